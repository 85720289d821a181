"""What leaders have to see to: notes, objectives, the coach's next visit, who came to workshops."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from senreg.rules.due import due_state
from senreg.rules.leading.feedback import waiting
from senreg.rules.naming import UNWORDED, excerpt, staff_named
from senreg.rules.reading import Reading

_COUNTED = timedelta(days=365)
"""How long a workshop counts in the figures of what is offered to parents."""


class Awaited(NamedTuple):
    """One thing that waits for a leader.

    Args:
        record: The record it opens.
        day: The ISO day it is due; of a note, the day it was written. Empty where it has none.
        state: overdue, due, or none for what has no term.
        words: What it is, in a line.
    """

    record: str
    day: str
    state: str
    words: str


def awaited(register: Reading, today: date) -> list[Awaited]:
    """What waits for leaders, where the school has its School screen switched on; by day.

    Notes without the head's annotation; open objectives overdue or due within a fortnight;
    the coach's next visit within a fortnight; and workshops of the last twelve months of which
    it is not known how many families came.
    """
    school = next(iter(register.all("school")), {})
    if not school.get("school_mode"):
        return []
    found = [
        *_notes(register),
        *_objectives(register, today),
        *_visits(register, today),
        *_workshops(register, today),
    ]
    return sorted(found, key=lambda each: (each.day, each.words))


def _notes(register: Reading) -> Iterator[Awaited]:
    for row in waiting(register):
        by = staff_named(row.get("staff"), register.get)
        about = excerpt(row.get("idea") or row.get("pupil_matters") or UNWORDED, 70)
        words = f"Note{f' of {by}' if by else ''} waits for the head: {about}"
        yield Awaited(row["id"], str(row.get("date") or ""), "none", words)


def _objectives(register: Reading, today: date) -> Iterator[Awaited]:
    for row in register.all("objectives"):
        day, state = str(row.get("due") or ""), due_state(row.get("due"), today)
        if row.get("status") in (None, "open") and state in ("overdue", "due"):
            words = f"Objective: {excerpt(row.get('text') or UNWORDED, 70)}"
            yield Awaited(row["id"], day, state, words)


def _visits(register: Reading, today: date) -> Iterator[Awaited]:
    for row in register.all("coach_visits"):
        day = str(row.get("next_on") or "")
        if day >= today.isoformat() and due_state(day, today) == "due":
            by = staff_named(row.get("coach"), register.get)
            yield Awaited(row["id"], day, "due", f"The coach comes{f': {by}' if by else ''}")


def _workshops(register: Reading, today: date) -> Iterator[Awaited]:
    """Without how many came, a workshop is left out of the figure of the twelve months."""
    since = (today - _COUNTED).isoformat()
    for row in register.all("workshops"):
        day = str(row.get("date") or "")
        if since < day < today.isoformat() and row.get("attended") is None:
            words = f"Who came to the workshop? {excerpt(row.get('name') or UNWORDED, 60)}"
            yield Awaited(row["id"], day, "overdue", words)
