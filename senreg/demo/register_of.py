"""Who of the invented children is on the register and why: statuses, needs, what helps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from senreg.demo.data import Line, lines_for, words
from senreg.demo.making import FIRST_YEAR, LAST_YEAR, Child, Making

SHARE_ON_REGISTER = {3: 0.18, 4: 0.2, 5: 0.22, 6: 0.25}
"""A quarter of Year 6, as in the school that the seed describes; fewer in the younger years."""

SHARE_WITH_PLAN = {3: 0.034, 4: 0.034, 5: 0.042, 6: 0.05}
SHARE_WATCHED = {3: 0.05, 4: 0.05, 5: 0.05, 6: 0.0}
SHARE_FORMERLY = 0.025

_NEEDS = (
    ("SLCN", 26), ("SEMH", 17), ("SPLD", 16), ("MLD", 14), ("ASD", 12), ("PD", 3), ("HI", 3),
    ("OTH", 3), ("NSA", 4), ("VI", 2),
)  # fmt: skip
_NEEDS_WITH_PLAN = (
    ("ASD", 36), ("SLCN", 20), ("SEMH", 12), ("MLD", 8), ("SLD", 8), ("PD", 7), ("DS", 4),
    ("HI", 3), ("VI", 2),
)  # fmt: skip
_SECOND = {
    "SLCN": ("MLD", "SEMH", "SPLD"), "SEMH": ("SLCN", "SPLD"), "SPLD": ("SLCN", "SEMH"),
    "MLD": ("SLCN", "SEMH"), "ASD": ("SLCN", "SEMH"), "PD": ("SLCN",), "HI": ("SLCN",),
    "OTH": ("SEMH",), "VI": ("PD",), "SLD": ("SLCN",), "DS": ("SLCN", "HI"),
}  # fmt: skip
_BOYS_WEIGHT = 1.7

_BEFORE_2014 = {"SEMH": "BESD", "NSA": "MLD", "DS": "SLD"}
"""Codes of today that the census of 2011 did not have, and what stood in their place."""

_SETTLED_AFTER = 45
"""Days after which a child's targets can have fallen due here."""

WITHOUT_PRIMARY_NEED = 3
WITHOUT_TARGET = 2


def choose_children(made: Making) -> None:
    """Give each chosen child a status, needs and the day help began, and plan its next review."""
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        group = _in_order_of_chance(made, year)
        size = len(group)
        helped = max(1, round(size * SHARE_ON_REGISTER[year]))
        plans = min(helped, round(size * SHARE_WITH_PLAN[year]))
        watched = helped + round(size * SHARE_WATCHED[year])
        formerly = watched + round(size * SHARE_FORMERLY)
        for place, child in enumerate(group[:formerly]):
            if place < plans:
                child.status = "S" if made.plan.old else "E"
            elif place < helped:
                child.status = _support(made)
            else:
                child.status = "M" if place < watched else "N"
    _deal_needs(made)
    for child in made.children:
        if child.status:
            _begin(made, child)
    _plant_gaps(made)
    _plan_reviews(made)


def write_register(made: Making) -> None:
    """Statuses, needs, barriers, strategies and membership of the cohort of every child known."""
    for child in made.children:
        if not child.status:
            continue
        _write_statuses(made, child)
        if child.status == "N":
            continue
        if child.status != "M":
            _write_needs(made, child)
        _write_barriers(made, child)
        start = max(made.cohort_start, child.joined, child.since or made.year_start)
        made.add("cohort_memberships", pupil=child.id, start=start)


def _in_order_of_chance(made: Making, year: int) -> list[Child]:
    """The children of a year, those first whom the register is likelier to know: boys, mostly."""
    draw = made.draw
    ranked = []
    for child in made.children:
        if child.year == year:
            weight = (_BOYS_WEIGHT if child.sex == "M" else 1.0) * (1.4 if child.fsm else 1.0)
            ranked.append((draw.between(1, 10_000) / weight, child))
    ranked.sort(key=lambda pair: pair[0])
    return [child for _, child in ranked]


def _support(made: Making) -> str:
    if not made.plan.old:
        return "K"
    return "A" if made.draw.chance(0.58) else "P"


def _deal_needs(made: Making) -> None:
    """Needs in their usual shares, among those with a plan and among the others."""
    draw = made.draw
    planned = [child for child in made.helped if child.status in ("E", "S")]
    others = [child for child in made.children if child.status and child not in planned]
    others.sort(key=lambda child: child.status in ("M", "N"))
    for group, shares in ((planned, _NEEDS_WITH_PLAN), (others, _NEEDS)):
        for child, first in zip(group, _dealt(made, shares, len(group)), strict=True):
            needs = [first]
            if first in _SECOND and draw.chance(0.8 if group is planned else 0.35):
                needs.append(draw.one(_SECOND[first]))
            if made.plan.old:
                needs = [_BEFORE_2014.get(need, need) for need in needs]
            child.needs = tuple(dict.fromkeys(needs))


def _dealt(made: Making, shares: Sequence[tuple[str, int]], count: int) -> list[str]:
    """So many codes, each as often as its share asks for, in drawn order."""
    total = sum(share for _, share in shares)
    dealt = [code for code, share in shares for _ in range(share * count // total)]
    rest = made.draw.shuffled([code for code, _ in shares])
    while len(dealt) < count:
        dealt += rest[: count - len(dealt)]
    return made.draw.shuffled(dealt)


def _begin(made: Making, child: Child) -> None:
    """Decide since when the child has had help, or been watched."""
    draw = made.draw
    reception = date(made.year - child.year, 9, 1)
    if child.status == "M":
        child.since = made.recent_day(child, 150)
        return
    early = child.status in ("E", "S")
    last = made.plan.today - timedelta(days=500 if early else 75)
    span = (last - reception).days
    back = draw.between(0, span) if not early else draw.between(span * 2 // 3, span)
    child.since = made.days.before(max(reception + timedelta(days=60), last - timedelta(days=back)))
    child.since = max(child.since, reception)
    if child.status == "N":
        _end_help(made, child)


def _end_help(made: Making, child: Child) -> None:
    """A day on which help ended, between a term after it began and the last weeks."""
    assert child.since is not None
    first = child.since + timedelta(days=100)
    last = max(first, made.plan.today - timedelta(days=30))
    child.until = min(made.school_day(first, last), made.plan.today)


def _plant_gaps(made: Making) -> None:
    """A few children of whom something is missing, so that the screens have it to point out."""
    plain = [
        child
        for child in made.helped
        if child.status in ("K", "A") and child.joined <= made.year_start
    ]
    chosen = made.draw.some(plain, WITHOUT_PRIMARY_NEED + WITHOUT_TARGET)
    for child in chosen[:WITHOUT_PRIMARY_NEED]:
        child.without_primary_need = True
    for child in chosen[WITHOUT_PRIMARY_NEED:]:
        child.without_target = True
    cared_for = [child for child in made.helped if child.fsm and child not in chosen]
    for child in made.draw.some(cared_for, max(1, len(made.children) // 120)):
        child.looked_after = True


def _plan_reviews(made: Making) -> None:
    """Of every eight children one is overdue, two are due in a fortnight, the rest later.

    Only children who have been here for some weeks can be either of the first two.
    """
    today = made.plan.today
    settled_since = today - timedelta(days=_SETTLED_AFTER)
    helped = made.draw.shuffled(made.helped)
    helped.sort(key=lambda child: child.joined > settled_since)
    eighth = ceil(len(helped) / 8)
    for place, child in enumerate(helped):
        settled = child.joined <= settled_since
        if settled and place < eighth:
            child.review = _school_day_near(made, today - timedelta(days=19), 16)
        elif settled and place < 3 * eighth:
            child.review = _school_day_near(made, today + timedelta(days=1), 12)
        else:
            child.review = _school_day_near(made, today + timedelta(days=16), 45)


def _school_day_near(made: Making, first: date, span: int) -> date:
    return made.school_day(first, first + timedelta(days=span))


def _write_statuses(made: Making, child: Child) -> None:
    assert child.since is not None
    steps = _steps(made, child, child.since)
    for place, (code, start) in enumerate(steps):
        end = steps[place + 1][1] - timedelta(days=1) if place + 1 < len(steps) else None
        told = made.days.before(
            min(start + timedelta(days=made.draw.between(-7, 5)), made.plan.today)
        )
        here = start >= child.joined or code == "N"
        reasons = words("join_reasons")[code] if here else words("arrived_reasons")
        if here and place and steps[place - 1][0] == "M":
            reasons = words("watched_reasons")
        made.add(
            "sen_statuses",
            pupil=child.id,
            code=code,
            start=start,
            end=end,
            reason=child.say(made.draw.fresh("reason", reasons)),
            parents_informed_on=max(told, date(made.year - child.year, 9, 1)),
        )


def _steps(made: Making, child: Child, since: date) -> list[tuple[str, date]]:
    """The statuses of a child in order, each with the day it began."""
    draw, today = made.draw, made.plan.today
    first = {"S": "P", "E": "K", "N": _support(made)}.get(child.status, child.status)
    steps = [(first, since)]
    later = made.days.before(since + timedelta(days=draw.between(150, 420)))
    if child.status in ("E", "S", "P") and since < later < today:
        if child.status == "P":
            steps = [("A", since)]
        steps.append((child.status, later))
    elif child.status in ("E", "S"):
        steps = [(child.status, since)]
    if child.status == "N" and child.until:
        steps.append(("N", child.until))
    watched = since - timedelta(days=draw.between(60, 130))
    reception = date(made.year - child.year, 9, 1)
    if child.status in ("K", "A") and draw.chance(0.3) and watched > reception:
        steps.insert(0, ("M", made.days.after(watched)))
    return steps


def _write_needs(made: Making, child: Child) -> None:
    needs = list(enumerate(child.needs, 1))
    if child.without_primary_need:
        needs = [(2, child.needs[0])] if made.draw.chance(0.34) else []
    for rank, code in needs:
        made.add(
            "needs",
            pupil=child.id,
            code=code,
            rank=rank,
            start=child.since,
            source=made.draw.one(words("sources")[code]),
        )


def _write_barriers(made: Making, child: Child) -> None:
    draw = made.draw
    seen: set[int] = set()

    def fresh(name: str) -> Line:
        options = [line for line in lines_for(name, child.need_set) if id(line) not in seen]
        chosen = draw.fresh(name, options)
        seen.add(id(chosen))
        return chosen

    watched = child.status == "M"
    for place in range(1 if watched else 2):
        line = fresh("barriers")
        found = made.recent_day(child, 300)
        resolved = place == 1 and draw.chance(0.15)
        made.add(
            "barriers",
            pupil=child.id,
            category=line["category"],
            description=child.say(line["description"]),
            identified_on=found,
            by=made.led_by(child, found),
            resolved_on=made.school_day(found, made.plan.today) if resolved else None,
        )
    for _ in range(1 if watched else 3):
        line = fresh("strategies")
        made.add(
            "strategies",
            pupil=child.id,
            place=line["place"],
            description=child.say(line["description"]),
        )
