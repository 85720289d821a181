"""The statutory dates of one child, and of everybody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from senreg.rules.dates import as_day, days_after
from senreg.rules.reading import Reading, Row
from senreg.rules.retention import keepings
from senreg.rules.roll import roll_state
from senreg.rules.status import status_on
from senreg.rules.statutory.assessment import process_dates
from senreg.rules.statutory.limits import LIMITS, StatutoryDate
from senreg.rules.statutory.reviewing import review_dates, transfer_dates

CONSULTATION_DAYS = 15
"""Calendar days for the school's answer, the first the day after it came (Code of Practice
9.83)."""


def statutory_dates(register: Reading, today: date) -> list[StatutoryDate]:
    """Those of every child on roll and of consultations, by day; met ones among them."""
    processes = register.by("ehc_processes", "pupil")
    with_plan = {row.get("pupil") for row in register.by("sen_statuses", "code").get("E", ())}
    reviews = register.by("reviews", "pupil") if with_plan else {}
    statuses = register.by("sen_statuses", "pupil") if with_plan else {}
    phase = _phase(register)
    found = list(consultation_dates(register))
    for key in {*processes, *with_plan}:
        pupil = register.get(str(key or ""))
        if pupil is None or pupil.get("archived") or roll_state(pupil, today) == "left":
            continue
        found += _of(
            pupil,
            phase,
            reviews.get(key, ()),
            processes.get(key, ()),
            statuses.get(key, ()),
            today,
        )
    found.sort(key=lambda each: (each.day, each.limit.id, each.anchor))
    return found


def dates_of_pupil(register: Reading, pupil: Row, today: date) -> list[StatutoryDate]:
    """Those of one child, by day; met ones among them. None of a child who has left."""
    if roll_state(pupil, today) == "left":
        return []
    reviews, processes, statuses = (
        [row for row in register.all(table) if row.get("pupil") == pupil["id"]]
        for table in ("reviews", "ehc_processes", "sen_statuses")
    )
    found = list(_of(pupil, _phase(register), reviews, processes, statuses, today))
    found.sort(key=lambda each: (each.day, each.limit.id, each.anchor))
    return found


def consultation_dates(register: Reading, *, archived: bool = False) -> Iterator[StatutoryDate]:
    """When an authority is to have the school's answer about a child who is not on roll."""
    for row in register.all("consultations", archived=archived):
        received = as_day(row.get("received_on"))
        if received is not None:
            reference = str(row.get("reference") or "")
            yield StatutoryDate(
                LIMITS["consultation"],
                days_after(received, CONSULTATION_DAYS),
                row["id"],
                "consultations",
                row["id"],
                met_on=str(row.get("answered_on") or ""),
                note=reference,
            )


def record_dates(register: Reading, today: date) -> Iterator[StatutoryDate]:
    """When the files of children who have left are to be at their next school."""
    for each in keepings(register, today):
        if each.state == "to_send":
            limit = LIMITS["records"]
            yield StatutoryDate(limit, each.day, each.pupil, "pupils", each.pupil, each.pupil)


def _of(
    pupil: Row,
    phase: object,
    reviews: Sequence[Row],
    processes: Sequence[Row],
    statuses: Sequence[Row],
    today: date,
) -> Iterator[StatutoryDate]:
    for row in processes:
        yield from process_dates(row)
    status = status_on(statuses, today)
    if status is not None and status.get("code") == "E":
        yield from review_dates(pupil, reviews, processes, statuses, today)
        yield from transfer_dates(pupil, phase, processes, today)


def _phase(register: Reading) -> object:
    school = next(iter(register.all("school")), None)
    return school.get("phase") if school is not None else None
