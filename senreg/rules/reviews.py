"""When a child is next to be reviewed, and when a target is.

A review is open while it is planned and not held. A target falls due on its date and stays
due while it is open and has had no review on or after that date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from senreg.rules.dates import short_day
from senreg.rules.due import DUE_LOOK, due_state
from senreg.rules.reading import Reading, Row
from senreg.rules.status import Look
from senreg.rules.target_life import CLOSED, due_day, is_open


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


def open_targets(register: Reading) -> list[Row]:
    """Every target still worked at, without touching the closed ones of ten years."""
    groups = register.by("targets", "status")
    return [row for status in groups if status not in CLOSED for row in groups[status]]


def next_reviews(
    register: Reading, today: date, targets: Sequence[Row] | None = None
) -> dict[str, ReviewDue]:
    """What is to be reviewed next of every pupil who has anything to review.

    The same as `next_review` pupil by pupil, in one pass that looks only at what is open and
    at reviews held since the earliest open day.

    Args:
        register: The open register.
        today: The day that decides what is overdue.
        targets: The open targets, where they are at hand.
    """
    first: dict[str, ReviewDue] = {}
    for day, record, kind, pupil in sorted(_open_dates(register, targets), key=_soonest):
        first.setdefault(pupil, ReviewDue(due_state(day, today), day, record, kind))
    return first


def _soonest(item: tuple[str, str, str, str]) -> tuple[str, bool]:
    return item[0], item[2] == "target"


def _open_dates(
    register: Reading, targets: Sequence[Row] | None
) -> Iterator[tuple[str, str, str, str]]:
    """Day, record, kind and pupil of every open review and every target that is due."""
    for day, row in pending_reviews(register):
        yield day, row["id"], "review", row.get("pupil") or ""
    for day, row in pending_targets(register, targets):
        yield day, row["id"], "target", row.get("pupil") or ""


def pending_reviews(register: Reading) -> list[tuple[str, Row]]:
    """Planned day and row of every open review, as `open_reviews` has them."""
    by_day = register.by("reviews", "held_on")
    waiting = [(day, row) for row in by_day.get(None, ()) if (day := row.get("planned_for"))]
    earliest = min((day for day, _ in waiting), default="9999")
    held: dict[tuple[Any, Any], str] = {}
    for day in by_day:
        if day and day >= earliest:
            for row in by_day[day]:
                key = (row.get("pupil"), row.get("kind"))
                held[key] = max(day, held.get(key, ""))
    if not held:
        return waiting
    return [
        (day, row)
        for day, row in waiting
        if day > held.get((row.get("pupil"), row.get("kind")), "")
    ]


def pending_targets(
    register: Reading, targets: Sequence[Row] | None = None
) -> list[tuple[str, Row]]:
    """Due day and row of every open target whose due date no review has answered."""
    opened = open_targets(register) if targets is None else targets
    waiting = [(due, row) for row in opened if (due := row.get("due"))]
    earliest = min((due for due, _ in waiting), default="9999")
    reviewed: dict[Any, str] = {}
    by_day = register.by("target_reviews", "date")
    for day in by_day:
        if day and day >= earliest:
            for row in by_day[day]:
                target = row.get("target")
                reviewed[target] = max(day, reviewed.get(target, ""))
    if not reviewed:
        return waiting
    return [(due, row) for due, row in waiting if due > reviewed.get(row["id"], "")]
