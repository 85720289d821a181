"""What is odd about evidence: attendance counted twice, scores that cannot be, marks of others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from senreg.models.tables import field_of
from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.measures.scale_steps import Steps, folded_name, same_name, scale_named, scales_of
from senreg.rules.reading import Reading, Row, covers


def evidence_findings(register: Reading) -> Iterator[Finding]:
    """Everything odd about attendance, assessments, scores and marks of sessions."""
    yield from _attendance(register)
    yield from _assessments(register)
    yield from _wider(register)
    yield from _scores(register)
    yield from _marks(register)


def _name(register: Reading, pupil: object) -> str:
    row = register.get(str(pupil or ""))
    return who(row) if row is not None else "A child"


def _attendance(register: Reading) -> Iterator[Finding]:
    for pupil, rows in register.by("attendance", "pupil").items():
        yield from _attendance_of(register, pupil, rows)


def attendance_typed(register: Reading, row: Row) -> Iterator[Finding]:
    """Of one period: those it overlaps with, and whether more is missed than there was."""
    pupil = row.get("pupil")
    rows = register.by("attendance", "pupil").get(pupil, ())
    return _attendance_of(register, pupil, [each for each in rows if _meet(each, row)])


def _meet(one: Row, other: Row) -> bool:
    if one["id"] == other["id"]:
        return True
    days = [each.get(name) for each in (one, other) for name in ("start", "end")]
    return all(days) and one["start"] <= other["end"] and other["start"] <= one["end"]


def _attendance_of(register: Reading, pupil: object, rows: Sequence[Row]) -> Iterator[Finding]:
    """Periods that overlap are never added, and no more is missed than there was."""
    dated = [row for row in rows if row.get("start") and row.get("end")]
    reached = ""
    for row in sorted(dated, key=lambda row: str(row["start"])):
        if row["start"] <= reached:
            words = (
                f"{_name(register, pupil)}: attendance from {short_day(row['start'])} overlaps "
                f"with what reaches to {short_day(reached)}; neither is added."
            )
            yield Finding("attendance_overlaps", "warning", "attendance", row["id"], words)
        reached = max(reached, row["end"])
    for row in rows:
        missed = (row.get("authorised") or 0) + (row.get("unauthorised") or 0)
        possible = row.get("possible")
        if possible is not None and missed > possible:
            words = f"{_name(register, pupil)}: {missed} of {possible} sessions were missed."
            yield Finding("absence_above_possible", "warning", "attendance", row["id"], words)


def _assessments(register: Reading) -> Iterator[Finding]:
    scales = scales_of(register)
    for rows in register.by("assessments", "pupil").values():
        yield from _of_pupil(register, rows, scales)


def assessment_findings(register: Reading, row: Row) -> Iterator[Finding]:
    """Of one result: that it is no step of its scale, or its subject on two scales on its day."""
    own = register.by("assessments", "pupil").get(row.get("pupil"), ())
    others = [each for each in own if each["id"] != row["id"] and _is_beside(each, row)]
    found = _of_pupil(register, [*others, row], scales_of(register))
    return (each for each in found if each.record == row["id"])


def _is_beside(one: Row, other: Row) -> bool:
    return all(one.get(name) == other.get(name) for name in ("subject", "date"))


def _of_pupil(
    register: Reading, rows: Iterable[Row], scales: dict[str, Steps]
) -> Iterator[Finding]:
    seen: dict[tuple[object, object], Row] = {}
    for row in rows:
        value = row.get("value")
        scale = scale_named(scales, row.get("scale"))
        if value is not None and row.get("points") is None and not scale.has(value):
            name = _name(register, row.get("pupil"))
            words = f"{name}: “{value}” is no step of the scale {row.get('scale') or 'of no name'}."
            yield Finding("no_step_of_scale", "warning", "assessments", row["id"], words)
        other = seen.setdefault((row.get("subject"), row.get("date")), row)
        if other is row or not row.get("date"):
            continue
        if not same_name(other.get("scale"), row.get("scale")):
            yield _two_scales(register, "assessments", "subject", row)


def _two_scales(register: Reading, table: str, of: str, row: Row) -> Finding:
    what = field_of(table, of).label_of(row.get(of)) or "what is of nothing"
    words = (
        f"{_name(register, row.get('pupil'))}: {what} is on two scales on "
        f"{short_day(row['date'])}; they are never compared."
    )
    return Finding("two_scales", "note", table, row["id"], words)


_OF = {"assessments": "subject", "wider_marks": "category"}
"""What two results, or two marks, of one day have in common."""


def stands_already(
    register: Reading, table: str, of: str, scale: str, day: object, pupil: str
) -> str:
    """What a child has already on a day, before a result or a mark is added; empty for nothing.

    Args:
        register: The open register.
        table: `assessments` or `wider_marks`.
        of: The subject, or the category.
        scale: The scale of what is added.
        day: Its ISO day; None where it is not known.
        pupil: The child.
    """
    rows = [
        row
        for row in register.by(table, "pupil").get(pupil, ())
        if day and row.get("date") == day and row.get(_OF[table]) == of
    ]
    for row in rows:
        if not same_name(row.get("scale"), scale):
            other = row.get("scale") or "a scale of no name"
            words = f"{_told(row)} on {other} stands on this day already"
            return f"{words}; two scales are never compared."
    counts = "the better of the day counts" if table == "assessments" else "their mean counts"
    return f"{_told(rows[-1])} stands on this day already; {counts}." if rows else ""


def _told(row: Row) -> str:
    value = row.get("value")
    return f"{value:g}" if isinstance(value, float) else str(value if value is not None else "–")


def _wider(register: Reading) -> Iterator[Finding]:
    for rows in register.by("wider_marks", "pupil").values():
        yield from _wider_of_pupil(register, rows)


def wider_findings(register: Reading, row: Row) -> Iterator[Finding]:
    """Of one mark of a wider outcome: that its category is on two scales on its day.

    And that another direction is the good one than so far on its scale.
    """
    own = register.by("wider_marks", "pupil").get(row.get("pupil"), ())
    others = [each for each in own if each["id"] != row["id"]]
    found = _wider_of_pupil(register, [*others, row])
    return (each for each in found if each.record == row["id"])


def _wider_of_pupil(register: Reading, rows: Iterable[Row]) -> Iterator[Finding]:
    seen: dict[tuple[object, object], Row] = {}
    turned: dict[tuple[object, str], Row] = {}
    for row in rows:
        other = seen.setdefault((row.get("category"), row.get("date")), row)
        if row.get("date") and not same_name(other.get("scale"), row.get("scale")):
            yield _two_scales(register, "wider_marks", "category", row)
        if not row.get("direction"):
            continue
        before = turned.setdefault((row.get("category"), folded_name(row.get("scale"))), row)
        if before["direction"] != row["direction"]:
            yield _two_directions(register, row, before)


def _two_directions(register: Reading, row: Row, before: Row) -> Finding:
    what = field_of("wider_marks", "category").label_of(row.get("category")) or "A wider outcome"
    now, then = (
        field_of("wider_marks", "direction").label_of(each["direction"]).lower()
        for each in (row, before)
    )
    words = (
        f"{_name(register, row.get('pupil'))}: {what} is marked on one scale as {then}, and on "
        f"{short_day(row.get('date')) or 'another day'} as {now}: one of them is "
        "wrong, and with it the change."
    )
    return Finding("two_directions", "warning", "wider_marks", row["id"], words)


def _scores(register: Reading) -> Iterator[Finding]:
    for row in register.all("placements"):
        yield from score_findings(register, row)


def score_findings(register: Reading, row: Row) -> Iterator[Finding]:
    """Of one placement: a score at the end that was taken before the one at the start."""
    entry, exit_ = row.get("entry_on"), row.get("exit_on")
    if entry and exit_ and exit_ < entry:
        words = (
            f"{_name(register, row.get('pupil'))}: the score at the end is of "
            f"{short_day(exit_)}, before the one at the start of {short_day(entry)}."
        )
        yield Finding("exit_before_entry", "warning", "placements", row["id"], words)


def _marks(register: Reading) -> Iterator[Finding]:
    placed: dict[tuple[str, str], list[Row]] = {}
    for row in register.all("placements"):
        placed.setdefault((str(row.get("group")), str(row.get("pupil"))), []).append(row)
    sessions = {row["id"]: row for row in register.all("sessions")}
    for mark in register.all("session_marks"):
        session = sessions.get(str(mark.get("session")))
        if session is not None:
            places = placed.get((str(session.get("group")), str(mark.get("pupil"))), ())
            yield from _without_place(register, mark, session, places)


def mark_findings(register: Reading, mark: Row) -> Iterator[Finding]:
    """Of one mark: a child marked at a session of a group it was not placed in that day."""
    session = register.get(str(mark.get("session") or ""))
    if session is not None:
        own = register.by("placements", "pupil").get(mark.get("pupil"), ())
        places = [row for row in own if row.get("group") == session.get("group")]
        yield from _without_place(register, mark, session, places)


def _without_place(
    register: Reading, mark: Row, session: Row, places: Iterable[Row]
) -> Iterator[Finding]:
    day = str(session.get("date") or "")
    if day and mark.get("mark") and not any(covers(row, day) for row in places):
        words = (
            f"{_name(register, mark.get('pupil'))} was marked on {short_day(day)} in a group "
            "it had no place in."
        )
        yield Finding("marked_without_place", "warning", "session_marks", mark["id"], words)
