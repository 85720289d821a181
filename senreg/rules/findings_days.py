"""What is said to have happened on a day that is still to come, or too early: a wrong year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.rules.belonging import pupil_of
from senreg.rules.dates import short_day
from senreg.rules.found import Finding, who
from senreg.rules.naming import group_name
from senreg.rules.reading import Reading, Row

HAPPENED: dict[str, tuple[tuple[str, str], ...]] = {
    "target_reviews": (("date", "the target review is of"),),
    "attempts": (("on", "the attempt at a conversation is of"),),
    "notes": (("happened_on", "the note is of"),),
    "assessments": (("date", "the assessment is of"),),
    "attendance": (("start", "the attendance period begins on"),),
    "wider_marks": (("date", "the wider outcome mark is of"),),
    "sessions": (("date", "the session is of"),),
    "actions": (("done_on", "the action is done on"),),
    "barriers": (("identified_on", "the barrier was seen on"),),
    "placements": (
        ("entry_on", "the score at the start is of"),
        ("exit_on", "the score at the end is of"),
    ),
}
"""By table, the fields with a day on which something happened, and how that is said."""


def day_findings(register: Reading, today: date) -> Iterator[Finding]:
    """Everything that is said to have happened on a day that cannot be, by table."""
    for table in HAPPENED:
        for row in register.all(table):
            yield from findings_of_days(register, table, row, today)


def findings_of_days(register: Reading, table: str, row: Row, today: date) -> Iterator[Finding]:
    """Of one record: each day on which it says that something happened, and that cannot be.

    A day that is still to come; of a review, one before its target was set.

    Args:
        register: The open register.
        table: Its table.
        row: The record.
        today: The last day on which something can have happened.
    """
    now = today.isoformat()
    for field, said in HAPPENED.get(table, ()):
        day = row.get(field)
        if day and str(day) > now:
            name = _whose(register, table, row)
            words = f"{name}: {said} {short_day(day)}, which is still to come."
            yield Finding("day_to_come", "warning", table, row["id"], words)
    if table == "target_reviews":
        yield from _before_it_was_set(register, row)


def _before_it_was_set(register: Reading, review: Row) -> Iterator[Finding]:
    target = register.get(str(review.get("target") or "")) or {}
    day, set_on = review.get("date"), target.get("set_on")
    if day and set_on and day < set_on:
        words = (
            f"{_whose(register, 'target_reviews', review)}: the target review is of "
            f"{short_day(day)}, before the target was set on {short_day(set_on)}."
        )
        yield Finding("review_before_target", "warning", "target_reviews", review["id"], words)


def _whose(register: Reading, table: str, row: Row) -> str:
    if table == "sessions":
        group = register.get(str(row.get("group") or ""))
        return group_name(group, register.get) if group is not None else "A group"
    pupil = pupil_of(row, register.get, table)
    return who(pupil) if pupil is not None else "The school"
