"""Where a target is in its life: open or closed, due, and how its last review went."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from senreg.rules.due import due_state
from senreg.rules.reading import Row
from senreg.rules.status import Look

CLOSED = frozenset({"met", "partly", "not_met", "carried_over", "dropped"})
"""Statuses of a target that is no longer worked at. Any other, or none, is open."""

OUTCOMES: dict[int, str] = {
    -2: "Much less than expected",
    -1: "Less than expected",
    0: "As expected",
    1: "More than expected",
    2: "Much more than expected",
}
"""The five outcomes of a review; 0 is what was set (goal attainment scaling)."""

OUTCOME_LOOK: dict[int, Look] = {
    -2: Look("Much less", "▼", "red"),
    -1: Look("Less", "▼", "yellow"),
    0: Look("As expected", "=", "green"),
    1: Look("More", "▲", "green"),
    2: Look("Much more", "▲", "cyan"),
}


class TargetLife(NamedTuple):
    """A target's place in its life on a day.

    Args:
        is_open: It is still worked at.
        state: overdue, due (within a fortnight), later or none; none where it is closed.
        due: The ISO day it is to be reviewed; empty where there is none.
        last_review: Its latest review by date; None before the first.
        reviews: How many reviews it has had.
    """

    is_open: bool
    state: str
    due: str
    last_review: Row | None
    reviews: int

    @property
    def outcome(self) -> int | None:
        """The outcome of the last review, -2 to 2; None where none was given."""
        value = self.last_review.get("outcome") if self.last_review else None
        return outcome_number(value)

    @property
    def outcome_words(self) -> str:
        """The outcome of the last review in words; empty where none was given."""
        return outcome_words(self.outcome)


def is_open(target: Row) -> bool:
    """Whether a target is still worked at."""
    return target.get("status") not in CLOSED


def outcome_number(value: object) -> int | None:
    """A stored outcome, number or code, as a number from -2 to 2; None for anything else."""
    try:
        number = int(str(value).replace("−", "-").replace("+", "").removesuffix(".0"))
    except ValueError:
        return None
    return number if number in OUTCOMES else None


def outcome_words(value: object) -> str:
    """An outcome in words: '+1: More than expected'; empty for none."""
    number = outcome_number(value)
    if number is None:
        return ""
    sign = f"−{-number}" if number < 0 else f"+{number}" if number else "0"
    return f"{sign}: {OUTCOMES[number]}"


def last_review(reviews: Iterable[Row]) -> Row | None:
    """The latest review by date; of two on one day, the one recorded later."""
    latest: Row | None = None
    for row in reviews:
        if latest is None or (row.get("date") or "") >= (latest.get("date") or ""):
            latest = row
    return latest


def due_day(target: Row, reviews: Iterable[Row]) -> str:
    """The ISO day an open target is to be reviewed; empty where nothing is due.

    A review on or after the due date answers it; until a new date is set, nothing is due.
    """
    due = target.get("due")
    if not due or not is_open(target):
        return ""
    return "" if any((row.get("date") or "") >= due for row in reviews) else str(due)


def target_life(target: Row, reviews: Sequence[Row], today: date) -> TargetLife:
    """The life of one target.

    Args:
        target: A row of `targets`.
        reviews: Its rows of `target_reviews`.
        today: The day that decides what is overdue.
    """
    due = due_day(target, reviews)
    return TargetLife(
        is_open(target), due_state(due, today), due, last_review(reviews), len(reviews)
    )
