"""The register: pupils by code on a day, their share of the roll, and movement on and off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from senreg.rules.dates import as_day, days_after
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, ids, parted, share
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.who import on_roll
from senreg.rules.reading import Reading, Row
from senreg.rules.status import has_sen, status_on

_BY_STATUS = ("status", "sen")

DEFINITION = (
    "Pupils on roll on the last day by the status that held on it (or by need, year and the like, "
    "of those on the SEN register), with their share of the roll; and how many of the roll moved "
    "on to and off the SEN register in the period, by what they were on the day they came and on "
    "the last day they were on it (by status: on the first day off it). "
    "Nobody is unknown: all n together are the roll, or those of it on the SEN register, and who "
    "has no status or need recorded is in a row of their own."
)


def register_counts(register: Reading, asked: Asked) -> Measure:
    """The measure `register`: by status, or of those on the SEN register by any part of pupils."""
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    pupils = on_roll(register, asked.end)
    part = asked.by or "status"
    shown = pupils
    if part not in ("status", "sen"):
        shown = [pupil for pupil in pupils if parts.has_sen(pupil, asked.end)]
    on: dict[str, int] = {}
    off: dict[str, int] = {}
    for pupil, came, went in movements(register, asked):
        if came:
            word = parts.of(pupil, part, came)
            on[word] = on.get(word, 0) + 1
        if went:
            day = went if part in _BY_STATUS else went - timedelta(days=1)
            word = parts.of(pupil, part, day)
            off[word] = off.get(word, 0) + 1
    groups = dict(parted(shown, lambda p: parts.of(p, part, asked.end)))
    rows = []
    for each, _ in parted(dict.fromkeys([*groups, *on, *off]), str):
        word = str(each)
        members = groups.get(word, [])
        unknown = word == "none" and part == "status"
        rows.append(
            MeasureRow(
                {"code" if part == "status" else part: word},
                len(members),
                0,
                share(len(members), len(pupils)) if members else None,
                "share of the roll",
                {
                    "roll": len(pupils),
                    "moved_on": on.get(word, 0),
                    "moved_off": off.get(word, 0),
                }
                | ({"not_recorded": True} if unknown else {}),
                ids(members),
            )
        )
    return Measure("register", DEFINITION, asked.start, asked.end, tuple(rows))


def movements(register: Reading, asked: Asked) -> list[tuple[Row, date | None, date | None]]:
    """Each pupil on roll, with the day of the period it came on to the register, and went off it.

    The last such days; the day it went off is the first one without. None where it did not move.
    """
    statuses = register.by("sen_statuses", "pupil")
    return [
        (pupil, *_moves(statuses.get(pupil["id"], ()), asked))
        for pupil in on_roll(register, asked.end)
    ]


def _moves(statuses: Sequence[Row], asked: Asked) -> tuple[date | None, date | None]:
    """The last days of the period on which a pupil came on to the SEN register, and went off it.

    The day a pupil went off is the first one without; None where there was no such move.
    """
    came = went = None
    for day in sorted(_days_of_change(statuses)):
        if not asked.holds(day):
            continue
        when = date.fromisoformat(day)
        was = has_sen(_code(statuses, when - timedelta(days=1)))
        now = has_sen(_code(statuses, when))
        if now and not was:
            came = when
        elif was and not now:
            went = when
    return came, went


def _days_of_change(statuses: Iterable[Row]) -> set[str]:
    """The days on which a status begins, and those after one ends."""
    found = {str(row["start"]) for row in statuses if row.get("start")}
    ends = (as_day(row.get("end")) for row in statuses)
    return found | {days_after(end, 1) for end in ends if end is not None}


def _code(statuses: Sequence[Row], day: date) -> str:
    held = status_on(statuses, day)
    return str(held.get("code") or "") if held else ""
