"""The graduated cycle of a child: assess, plan, do, review; and who is stuck in it.

Source of the four steps: SEND Code of Practice 2015, 6.44 to 6.56.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.text import folded
from senreg.rules.conversations import last_held
from senreg.rules.dates import school_year_of, term_of, terms_of_year
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.target_life import is_open, outcome_number

STEPS: dict[str, str] = {"assess": "Assess", "plan": "Plan", "do": "Do", "review": "Review"}
"""The four steps, in order, and their words."""

BELOW, UNREVIEWED, CARRIED = "below", "unreviewed", "carried"
REASONS: dict[str, str] = {
    BELOW: "Two reviews below expectation",
    UNREVIEWED: "No review in a term",
    CARRIED: "Carried over twice",
}
"""Why a target is stuck, and the words."""

IN_SHORT: dict[str, str] = {BELOW: "Two below", UNREVIEWED: "No review", CARRIED: "Carried 2×"}
"""The same where there is little room, beside how targets went."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the cycle.

    Args:
        id: assess, plan, do or review.
        day: The ISO day it was last taken; empty where it never was.
        words: What was found, planned, done or seen.
        count: Of how many records this tells.
    """

    id: str
    day: str = ""
    words: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Cycle:
    """Where a child is in the cycle.

    Args:
        steps: The four steps.
        next: The step to take now.
        stuck: The reasons of `REASONS`, each once.
    """

    steps: tuple[Step, ...]
    next: str
    stuck: tuple[str, ...]


def term_past(today: date, terms: Sequence[Row]) -> str:
    """The ISO day on which the last whole term that is over began."""
    now = term_of(today, terms)
    if now.end < today:
        return now.start.isoformat()
    year = school_year_of(today)
    before = f"{int(year[:4]) - 1}/{year[2:4]}"
    every = [*terms_of_year(before, terms), *terms_of_year(year, terms)]
    over = [term for term in every if term.end < today]
    return max(over, key=lambda term: term.end).start.isoformat()


def stuck_reasons(target: Row, reviews: Sequence[Row], carried: int, since: str) -> tuple[str, ...]:
    """Why an open target is stuck; nothing where it is not, or where it is closed.

    Args:
        target: The row of `targets`.
        reviews: Its rows of `target_reviews`.
        carried: How often it has been carried over.
        since: The ISO day on which the last whole term began.
    """
    if not is_open(target):
        return ()
    reasons = []
    outcomes = [
        outcome_number(row.get("outcome"))
        for row in sorted(reviews, key=lambda row: str(row.get("date") or ""))
    ]
    last_two = [each for each in outcomes if each is not None][-2:]
    if len(last_two) == 2 and all(each < 0 for each in last_two):
        reasons.append(BELOW)
    set_on = target.get("set_on")
    if set_on and set_on <= since and not any((row.get("date") or "") >= since for row in reviews):
        reasons.append(UNREVIEWED)
    if carried >= 2:
        reasons.append(CARRIED)
    return tuple(reasons)


def times_carried(target: Row, own: Sequence[Row]) -> int:
    """How often a target has been carried over until now.

    Args:
        target: The row of `targets`.
        own: All targets of the child. Where a target does not say which it follows, those of
            the same words that were carried over before count.
    """
    by_id: Mapping[str, Row] = {row["id"]: row for row in own}
    count, seen, here = 0, {target["id"]}, target
    while (before := str(here.get("follows") or "")) and before not in seen:
        count += 1
        seen.add(before)
        if before not in by_id:
            break
        here = by_id[before]
    words = folded(str(target.get("statement") or ""))
    same = [
        row
        for row in own
        if row["id"] not in seen
        and row.get("status") == "carried_over"
        and row.get("kind") == target.get("kind")
        and words
        and folded(str(row.get("statement") or "")) == words
    ]
    return count + len(same)


def stuck_targets(
    register: Reading, today: date, reviews: Mapping[Any, Sequence[Row]] | None = None
) -> dict[str, tuple[str, ...]]:
    """The open targets that are stuck, by id, with the reasons.

    Args:
        register: The open register.
        today: The day of the question.
        reviews: The rows of `target_reviews` by target, where they are at hand.
    """
    since = term_past(today, register.all("terms"))
    if reviews is None:
        reviews = register.by("target_reviews", "target")
    found = {}
    for own in register.by("targets", "pupil").values():
        for target in own:
            if not is_open(target):
                continue
            carried = times_carried(target, own)
            reasons = stuck_reasons(target, reviews.get(target["id"], ()), carried, since)
            if reasons:
                found[str(target["id"])] = reasons
    return found


def cycle_of(register: Reading, pupil: str, today: date) -> Cycle:
    """Where one child is in the cycle.

    Args:
        register: The open register.
        pupil: The pupil's id.
        today: The day of the question.
    """
    targets = register.by("targets", "pupil").get(pupil, ())
    reviews_of = register.by("target_reviews", "target")
    opened = [row for row in targets if is_open(row)]
    reviews = [row for target in targets for row in reviews_of.get(target["id"], ())]
    since = term_past(today, register.all("terms"))
    stuck = {
        reason
        for target in opened
        for reason in stuck_reasons(
            target, reviews_of.get(target["id"], ()), times_carried(target, targets), since
        )
    }
    steps = (
        _assess(register, pupil),
        _plan(register, pupil, opened),
        _do(register, pupil, today),
        _review(register, pupil, reviews),
    )
    return Cycle(
        steps, _next(steps, opened, today), tuple(each for each in REASONS if each in stuck)
    )


def _next(steps: tuple[Step, ...], opened: Sequence[Row], today: date) -> str:
    """The step to take now: what is missing first, else what a due date asks for."""
    assess, plan, do, _ = steps
    if not assess.day:
        return "assess"
    if not plan.count:
        return "plan"
    if any(row.get("due") and row["due"] < today.isoformat() for row in opened):
        return "review"
    return "do" if not do.count else "review"


def _assess(register: Reading, pupil: str) -> Step:
    needs = [row for row in register.by("needs", "pupil").get(pupil, ()) if not row.get("end")]
    barriers = register.by("barriers", "pupil").get(pupil, ())
    open_barriers = [row for row in barriers if not row.get("resolved_on")]
    assessments = register.by("assessments", "pupil").get(pupil, ())
    days = [
        *(row.get("start") for row in needs),
        *(row.get("identified_on") for row in barriers),
        *(row.get("date") for row in assessments),
    ]
    words = _counted(
        (len(needs), "need", "needs"),
        (len(open_barriers), "barrier", "barriers"),
        (len(assessments), "assessment", "assessments"),
    )
    return Step("assess", _latest(days), words, len(needs) + len(open_barriers) + len(assessments))


def _plan(register: Reading, pupil: str, opened: Sequence[Row]) -> Step:
    talk = last_held(register.by("conversations", "pupil").get(pupil, ()))
    days = [row.get("set_on") for row in opened]
    if talk is not None:
        days.append(talk["held_on"])
    return Step(
        "plan", _latest(days), _counted((len(opened), "open target", "open targets")), len(opened)
    )


def _do(register: Reading, pupil: str, today: date) -> Step:
    day = today.isoformat()
    places = [row for row in register.by("placements", "pupil").get(pupil, ()) if covers(row, day)]
    strategies = register.by("strategies", "pupil").get(pupil, ())
    words = _counted((len(places), "group", "groups"), (len(strategies), "strategy", "strategies"))
    count = len(places) + len(strategies)
    return Step("do", _latest([row.get("start") for row in places]), words, count)


def _review(register: Reading, pupil: str, reviews: Sequence[Row]) -> Step:
    meetings = register.by("reviews", "pupil").get(pupil, ())
    days = [*(row.get("date") for row in reviews), *(row.get("held_on") for row in meetings)]
    return Step(
        "review",
        _latest(days),
        _counted((len(reviews), "review of targets", "reviews of targets")),
        len(reviews),
    )


def _latest(days: Sequence[object]) -> str:
    return max((str(day) for day in days if day), default="")


def _counted(*parts: tuple[int, str, str]) -> str:
    """'2 needs, 1 barrier'."""
    return ", ".join(
        f"{count} {one if count == 1 else many}" for count, one, many in parts if count
    )
