"""When a child is next to be reviewed, and when a target is.

A review is open while it is planned and not held. A target falls due on its date and stays
due while it is open and has had no review on or after that date.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from senreg.rules.dates import short_day
from senreg.rules.due import DUE_LOOK, due_state
from senreg.rules.reading import Row
from senreg.rules.status import Look
from senreg.rules.target_life import due_day, is_open


class ReviewDue(NamedTuple):
    """The next thing to review.

    Args:
        state: overdue, due (today or within a fortnight), later, or none.
        day: The ISO day it is due on; empty where none is planned.
        record: The id of the review or target that falls due; empty where there is none.
        kind: 'review' or 'target'; empty where there is none.
    """

    state: str
    day: str = ""
    record: str = ""
    kind: str = ""

    @property
    def look(self) -> Look:
        """Its word, symbol and colour."""
        return DUE_LOOK[self.state]

    @property
    def words(self) -> str:
        """'Overdue since 13 Nov 2026', 'Due 27 Nov 2026', 'Planned 12 Jan 2027'."""
        if self.state == "none":
            return "None planned"
        lead = {"overdue": "Overdue since", "due": "Due", "later": "Planned"}[self.state]
        return f"{lead} {short_day(self.day)}"


NONE_PLANNED = ReviewDue("none")


def open_reviews(reviews: Sequence[Row]) -> list[Row]:
    """The reviews of one pupil that are planned and still to be held, earliest first.

    One that was missed is left behind by a later review of the same kind that was held.
    """
    held: dict[object, str] = {}
    for row in reviews:
        on = row.get("held_on")
        if on and on > held.get(row.get("kind"), ""):
            held[row.get("kind")] = on
    waiting = [
        row
        for row in reviews
        if row.get("planned_for")
        and not row.get("held_on")
        and row["planned_for"] > held.get(row.get("kind"), "")
    ]
    if len(waiting) > 1:
        waiting.sort(key=lambda row: str(row["planned_for"]))
    return waiting


def next_review(
    reviews: Sequence[Row],
    targets: Iterable[Row],
    today: date,
    reviews_of: Mapping[str, Sequence[Row]] | None = None,
) -> ReviewDue:
    """What of one pupil is to be reviewed next.

    Args:
        reviews: The pupil's rows of `reviews`.
        targets: The pupil's rows of `targets`.
        today: The day that decides what is overdue.
        reviews_of: Rows of `target_reviews` by target id.
    """
    first = earliest_due(reviews, targets, reviews_of or {})
    if first is None:
        return NONE_PLANNED
    day, record, kind = first
    return ReviewDue(due_state(day, today), day, record, kind)


def earliest_due(
    reviews: Sequence[Row], targets: Iterable[Row], reviews_of: Mapping[str, Sequence[Row]]
) -> tuple[str, str, str] | None:
    """Day, record id and kind ('review' or 'target') of what falls due first, if anything.

    On one day a review comes before a target, because targets are looked at in it.
    """
    first: tuple[str, str, str] | None = None
    if reviews:
        waiting = open_reviews(reviews)
        if waiting:
            first = (waiting[0]["planned_for"], waiting[0]["id"], "review")
    for target in targets:
        if not is_open(target):
            continue
        day = due_day(target, reviews_of.get(target["id"], ()))
        if day and (first is None or day < first[0]):
            first = (day, target["id"], "target")
    return first
