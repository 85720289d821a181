"""What follows for a target: after a review, into its successor, from an example and into one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from senreg.rules.dates import school_year_of, school_year_span, terms_of_year
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Row, iso
from senreg.rules.target_life import last_review, outcome_number

_BLANK = re.compile(r"…|\.{3,}")
"""What stands in an example where something is to be filled in, as typed or as printed."""

WEEKS_AHEAD = 3
"""A review sooner than so many weeks after the last would have little to see."""

NEXT = "next"
CARRY_ON = "carry_on"

STEPS: dict[str, str] = {
    CARRY_ON: "Carries on",
    "met": "Met",
    "partly": "Partly met, and closed",
    "not_met": "Not met, and closed",
    NEXT: "Next step: a new target follows",
    "dropped": "Dropped",
}
"""What can become of a target after a review, and its words."""

_COPIED = ("kind", "area", "statement", "success_criterion", "measure", "child_statement")


def next_blank(text: str, start: int = 0) -> tuple[int, int] | None:
    """Where the next blank of a text begins and ends, from a place on; None where there is none."""
    found = _BLANK.search(text, start)
    return found.span() if found else None


def usual_step(outcome: object) -> str:
    """What usually becomes of a target after an outcome: met from 0 on, else it carries on.

    0 is what was set (goal attainment scaling), so that the target is met from there on.
    """
    number = outcome_number(outcome)
    return "met" if number is not None and number >= 0 else CARRY_ON


def after_review(
    target: Row, review: Mapping[str, Any], step: str, new_due: date | str | None = None
) -> Proposal:
    """What is written when a target is reviewed.

    A target that is followed by another stays open until that one is written (`successor`).

    Args:
        target: A row of `targets`.
        review: The values of the row of `target_reviews` to add.
        step: One of `STEPS`.
        new_due: When a target that carries on is looked at again; the day it had without it.
    """
    add = Add("target_reviews", {**review, "target": target["id"]})
    changes: dict[str, Any] = {}
    if step in ("met", "partly", "not_met", "dropped"):
        changes["status"] = step
    elif step == CARRY_ON:
        if target.get("status") != "working":
            changes["status"] = "working"
        if new_due and iso(new_due) != target.get("due"):
            changes["due"] = iso(new_due)
    sets = (Set("targets", target["id"], changes),) if changes else ()
    return Proposal(sets, (add,))


def next_due(today: date, terms: Sequence[Row]) -> str:
    """When a target that carries on is looked at again as a rule, as an ISO day.

    The end of this term if it is at least three weeks away, else the end of the next.

    Args:
        today: The day of the review.
        terms: Rows of the table `terms`.
    """
    earliest = date.fromordinal(today.toordinal() + WEEKS_AHEAD * 7)
    year = school_year_of(today)
    years = (year, school_year_of(school_year_span(year)[1].replace(month=9, day=1)))
    ends = sorted(term.end for each in years for term in terms_of_year(each, terms))
    return next((end for end in ends if end >= earliest), ends[-1]).isoformat()


def says_something(review: Mapping[str, Any]) -> bool:
    """Whether a review says how it went, or anything else than when and by whom."""
    return any(
        value not in (None, "") for name, value in review.items() if name not in ("date", "by")
    )


def successor(target: Row, reviews: Sequence[Row]) -> dict[str, Any]:
    """What a target that follows another begins with.

    It is about the same child and area, starts where the last review ended, and says what the
    review named as the next step.

    Args:
        target: The row of `targets` that is followed.
        reviews: Its rows of `target_reviews`.
    """
    review: Row = last_review(reviews) or {}
    begun: dict[str, Any] = {
        name: target.get(name) for name in ("pupil", "kind", "area", "measure", "unit", "owner")
    }
    begun["statement"] = review.get("next_step") or target.get("statement")
    begun["baseline"] = review.get("evidence")
    begun["start_value"] = review.get("value")
    return {name: value for name, value in begun.items() if value is not None}


def write_targets(pupils: Sequence[str], values: Mapping[str, Any], follows: str = "") -> Proposal:
    """What is written when a target is set for one child or several.

    Args:
        pupils: The pupils' ids.
        values: The fields of the target, the same for each.
        follows: The id of the target it follows, which is closed by it.
    """
    kept = {name: value for name, value in values.items() if value not in (None, "", [])}
    if follows:
        kept["follows"] = follows
    adds = tuple(Add("targets", {"status": "set", **kept, "pupil": pupil}) for pupil in pupils)
    sets = (Set("targets", follows, {"status": "carried_over"}),) if follows else ()
    return Proposal(sets, adds)


def from_example(example: Row) -> dict[str, Any]:
    """What a target written from an example of the bank begins with."""
    return {name: example[name] for name in _COPIED if example.get(name)}


def to_example(target: Row) -> dict[str, Any]:
    """What an example begins with that a target is kept as; what is the child's own is not."""
    return {name: target[name] for name in _COPIED if target.get(name)}


def usual_owner(pupils: Sequence[Row], person: Row | None) -> str:
    """Who leads on a new target as a rule: the one key teacher of all these children, else nobody.

    Args:
        pupils: Rows of `pupils`.
        person: The member of staff who sits here, where the children have no key teacher.
    """
    keepers = {str(pupil.get("key_teacher") or "") for pupil in pupils}
    if len(keepers) == 1 and (keeper := keepers.pop()):
        return keeper
    return str(person["id"]) if person is not None and not any(keepers) else ""
