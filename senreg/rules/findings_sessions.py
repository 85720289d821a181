"""What is odd about sessions: one that is there twice, a child marked twice at one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.naming import group_name
from senreg.rules.reading import Reading, Row


def session_findings(register: Reading) -> Iterator[Finding]:
    """Every session of a group on a day that has one, and every second mark of a child at one."""
    yield from _twice(register, register.all("sessions"))
    yield from _marked_twice(register, register.all("session_marks"))


def findings_of_session(register: Reading, session: Row) -> Iterator[Finding]:
    """Of one session: whether its group has another on the day."""
    yield from _twice(register, register.by("sessions", "group").get(session.get("group"), ()))


def findings_of_mark(register: Reading, mark: Row) -> Iterator[Finding]:
    """Of one mark: whether the child has another at the session."""
    own = register.by("session_marks", "session").get(mark.get("session"), ())
    yield from _marked_twice(register, own)


def _twice(register: Reading, sessions: Iterable[Row]) -> Iterator[Finding]:
    for row in _later(sessions, "group", "date"):
        group = register.get(str(row["group"]))
        name = group_name(group, register.get) if group is not None else "A group"
        words = (
            f"{name} has two sessions on {short_day(row['date'])}, and its hours are counted "
            "twice: archive the one that was not."
        )
        yield Finding("session_twice", "warning", "sessions", row["id"], words)


def _marked_twice(register: Reading, marks: Iterable[Row]) -> Iterator[Finding]:
    for row in _later(marks, "session", "pupil"):
        session = register.get(str(row["session"])) or {}
        pupil = register.get(str(row["pupil"]))
        name = who(pupil) if pupil is not None else "A child"
        words = (
            f"{name} is marked twice at a session of {short_day(session.get('date'))}: archive "
            "the mark that is wrong."
        )
        yield Finding("mark_twice", "warning", "session_marks", row["id"], words)


def _later(rows: Iterable[Row], *names: str) -> Iterator[Row]:
    """Of rows that are alike in some fields and have them all, each but the first."""
    seen: set[tuple[object, ...]] = set()
    for row in rows:
        key = tuple(row.get(name) for name in names)
        if not all(key):
            continue
        if key in seen:
            yield row
        seen.add(key)
