"""What is odd about evidence: attendance counted twice, scores that cannot be, marks of others."""

from __future__ import annotations

from collections.abc import Iterator

from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.measures.scale_steps import scale_named, scales_of
from senreg.rules.reading import Reading, Row, covers


def evidence_findings(register: Reading) -> Iterator[Finding]:
    """Everything odd about attendance, assessments, scores and marks of sessions."""
    yield from _attendance(register)
    yield from _assessments(register)
    yield from _scores(register)
    yield from _marks(register)


def _name(register: Reading, pupil: object) -> str:
    row = register.get(str(pupil or ""))
    return who(row) if row is not None else "A child"


def _attendance(register: Reading) -> Iterator[Finding]:
    """Periods that overlap are never added, and more cannot be missed than there was."""
    for pupil, rows in register.by("attendance", "pupil").items():
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
    """A result that is no step of its scale, and one subject on two scales on one day."""
    scales = scales_of(register)
    seen: dict[tuple[object, object, object], Row] = {}
    for row in register.all("assessments"):
        name, value = _name(register, row.get("pupil")), row.get("value")
        scale = scale_named(scales, row.get("scale"))
        if value is not None and row.get("points") is None and not scale.has(value):
            words = f"{name}: “{value}” is no step of the scale {row.get('scale') or 'of no name'}."
            yield Finding("no_step_of_scale", "warning", "assessments", row["id"], words)
        key = (row.get("pupil"), row.get("subject"), row.get("date"))
        other = seen.setdefault(key, row)
        if other is not row and other.get("scale") != row.get("scale") and row.get("date"):
            words = (
                f"{name}: {row.get('subject')} is on two scales on {short_day(row['date'])}; they "
                "are never compared."
            )
            yield Finding("two_scales", "note", "assessments", row["id"], words)


def _scores(register: Reading) -> Iterator[Finding]:
    """A score at the end that was taken before the one at the start."""
    for row in register.all("placements"):
        entry, exit_ = row.get("entry_on"), row.get("exit_on")
        if entry and exit_ and exit_ < entry:
            words = (
                f"{_name(register, row.get('pupil'))}: the score at the end is of "
                f"{short_day(exit_)}, before the one at the start of {short_day(entry)}."
            )
            yield Finding("exit_before_entry", "warning", "placements", row["id"], words)


def _marks(register: Reading) -> Iterator[Finding]:
    """A child who was marked at a session of a group it was not placed in that day."""
    placed: dict[tuple[str, str], list[Row]] = {}
    for row in register.all("placements"):
        placed.setdefault((str(row.get("group")), str(row.get("pupil"))), []).append(row)
    sessions = {row["id"]: row for row in register.all("sessions")}
    for mark in register.all("session_marks"):
        session = sessions.get(str(mark.get("session")))
        if session is None or not session.get("date") or not mark.get("mark"):
            continue
        day = str(session["date"])
        places = placed.get((str(session.get("group")), str(mark.get("pupil"))), ())
        if not any(covers(row, day) for row in places):
            words = (
                f"{_name(register, mark.get('pupil'))} was marked on {short_day(day)} in a group "
                "it had no place in."
            )
            yield Finding("marked_without_place", "warning", "session_marks", mark["id"], words)
