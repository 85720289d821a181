"""The cycle of every term: targets set, reviewed on the agreed day, and set anew."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from senreg.demo.data import Ladder, ladders, words
from senreg.demo.making import Child, Making

_OUTCOMES = ((-2, 5), (-1, 18), (0, 40), (1, 27), (2, 10))
_SHARE_OF_STEP = {-2: 0.15, -1: 0.6, 0: 1.0, 1: 1.25, 2: 1.6}
_STATUS_AFTER = {-2: "not_met", -1: "partly", 0: "met", 1: "met", 2: "met"}
_STAYS_ON_LADDER = 0.7
FORGOTTEN_AFTER = 30
"""Days after which every action was either done or taken off the list."""

_SUBLEVELS = "cba"
_LOWEST_SUBLEVEL = 7
"""Points of level 1c; each sublevel is two points, each level six."""

STUCK = 3
"""Open targets that were reviewed below expectation twice."""

ANNUAL_DAYS = 330
"""From one annual review to the next: the meeting is four weeks before the year is over."""

LEFT_WEAK = 4
"""Targets of today that leave something to say: no baseline, no measure, no date."""


@dataclass(slots=True)
class Rung:
    """Where a child stands on a ladder at the start of a term, and where it should get to."""

    ladder: Ladder
    start: int
    goal: int
    reached: int = 0
    outcome: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """The days of one term's cycle: targets set on, looked at on (planned, where still to come)."""

    term: int
    set_on: date
    review: date


def write_cycles(made: Making) -> None:
    """Targets, their reviews, the termly reviews and the actions of every child on the register."""
    for child in made.children:
        if child.status in ("", "M"):
            continue
        spans = _spans(made, child)
        rungs: dict[str, Rung] = {}
        for span in spans:
            is_open = span.term == made.now and child.status != "N"
            if not (is_open and child.without_target):
                _write_targets(made, child, span, rungs, is_open=is_open)
            _write_review(made, child, span, is_open=is_open)
        if child.status in ("E", "S"):
            _write_annual_reviews(made, child)
    _weaken_some(made)


def write_earlier_cycle(
    made: Making, child: Child, term: int, set_on: date, rungs: dict[str, Rung]
) -> None:
    """Targets of a term before those of `write_cycles`, their reviews and the termly review.

    Args:
        made: The school.
        child: A child on the register.
        term: The place of the term.
        set_on: The day the targets are agreed on.
        rungs: Where the child stands, from term to term; empty before the first. The ladders of
            the targets it has already are left to these.
    """
    if not rungs:
        known = {
            (each.get("area"), each.get("measure"))
            for each in made.tables.get("targets", ())
            if each["pupil"] == child.id
        }
        names = ("targets_2011" if made.plan.old else "targets_curricular", "targets_wider")
        for ladder in (each for name in names for each in ladders(name)):
            if (ladder.area, ladder.measure) in known:
                rungs[f"later {ladder.area} {ladder.measure}"] = Rung(ladder, 0, 0)
    end = made.days.terms[term].end
    reviewed = made.school_day(max(set_on + timedelta(days=21), end - timedelta(days=20)), end)
    span = Span(term, set_on, reviewed)
    _write_targets(made, child, span, rungs, is_open=False)
    _write_review(made, child, span, is_open=False)


def _spans(made: Making, child: Child) -> list[Span]:
    """The child's cycles, oldest first; worked out backwards from the next review."""
    assert child.since is not None
    today = made.plan.today
    terms = made.days.terms
    earliest = max(child.since, child.joined) if made.plan.years == 1 else child.since
    spans = []
    bound = today
    if child.review is not None:
        start = terms[made.now].start
        wanted = start + timedelta(days=made.draw.between(2, 20))
        latest = min(today - timedelta(days=1), child.review - timedelta(days=21))
        bound = made.days.before(min(wanted, latest))
        bound = min(max(bound, earliest), today)
        spans.append(Span(made.now, bound, child.review))
    for term in range(made.now - 1, made.first_cycle - 1, -1):
        span = _past_span(made, term, bound)
        if span.set_on < earliest:
            break
        if child.until is None or span.review <= child.until:
            spans.append(span)
        bound = span.set_on
    return spans[::-1]


def _past_span(made: Making, term: int, bound: date) -> Span:
    dates = made.days.terms[term]
    reviewed = made.school_day(dates.end - timedelta(days=20), dates.end)
    reviewed = made.days.before(min(reviewed, bound))
    wanted = dates.start + timedelta(days=made.draw.between(2, 20))
    set_on = made.days.before(min(wanted, reviewed - timedelta(days=21)))
    return Span(term, set_on, reviewed)


def _write_targets(
    made: Making, child: Child, span: Span, rungs: dict[str, Rung], *, is_open: bool
) -> None:
    kinds = ["curricular", "wider"]
    if child.status in ("E", "S"):
        kinds.append("second")
    for kind in kinds:
        rung = _next_rung(made, child, kind, rungs)
        target = _write_target(made, child, span, rung, is_open=is_open)
        child.targets.setdefault(span.term, []).append((rung.ladder.kind, target))
        if is_open:
            _write_progress_check(made, child, span, rung, target)
        else:
            _write_target_review(made, child, rung, target, span.review)


def _next_rung(made: Making, child: Child, kind: str, rungs: dict[str, Rung]) -> Rung:
    """A step further up the child's ladder, or the foot of another one."""
    before = rungs.get(kind)
    stays = before is not None and made.draw.chance(_STAYS_ON_LADDER)
    rung = _rung(made, before.ladder, before.reached) if stays and before else None
    if rung is None:
        rung = _new_ladder(made, child, kind, rungs)
    rungs[kind] = rung
    return rung


def _new_ladder(made: Making, child: Child, kind: str, rungs: dict[str, Rung]) -> Rung:
    busy = {rung.ladder for rung in rungs.values()}
    curricular = "targets_2011" if made.plan.old else "targets_curricular"
    name = curricular if kind == "curricular" else "targets_wider"
    fitting = [each for each in ladders(name) if each.fits(child.need_set)] or list(ladders(name))
    ladder = made.draw.fresh("ladder", [each for each in fitting if each not in busy] or fitting)
    rung = _rung(made, ladder, made.draw.between(*ladder.start))
    assert rung is not None, ladder.measure
    return rung


def _rung(made: Making, ladder: Ladder, start: int) -> Rung | None:
    """The next rung from a figure, with how it will turn out; None at the ladder's end."""
    if ladder.levels:
        start -= (start + 1) % 2
    step = made.draw.between(*ladder.step)
    sign = -1 if ladder.falling else 1
    goal = _within(start + sign * step, ladder)
    if sign * (goal - start) <= 0:
        return None
    rung = Rung(ladder, start, goal)
    rung.outcome = made.draw.weighted(_OUTCOMES)
    moved = (goal - start) * _SHARE_OF_STEP[rung.outcome]
    rung.reached = _within(start + round(moved), ladder, result=True)
    if ladder.levels:
        rung.reached = start if rung.outcome < 0 else goal + 2 * (rung.outcome == 2)
        rung.reached = _within(rung.reached, ladder)
    if rung.outcome > 0 and sign * (rung.reached - goal) <= 0:
        rung.reached = _within(goal + sign, ladder, result=True) if not ladder.levels else goal
    if rung.outcome > 0 and rung.reached == goal:
        rung.outcome = 0
    if rung.outcome < 0 and rung.reached == goal:
        rung.reached = goal - sign
    return rung


def _within(figure: int, ladder: Ladder, *, result: bool = False) -> int:
    """A figure no further than the ladder goes; what falls may in the end come to nothing."""
    if ladder.falling:
        return max(figure, 0 if result else ladder.limit)
    return min(figure, ladder.limit)


def _figures(rung: Rung) -> dict[str, object]:
    """What a sentence may say of a rung: its figures, and as levels where it counts those."""
    figures = {"start": rung.start, "goal": rung.goal, "result": rung.reached}
    if not rung.ladder.levels:
        return dict(figures)
    return figures | {f"{name}_level": level(points) for name, points in figures.items()}


def level(points: int) -> str:
    """A National Curriculum level by its average points: 15 is '2b'; below 1c it is 'W'."""
    place = (points - _LOWEST_SUBLEVEL) // 2
    return "W" if place < 0 else f"{place // 3 + 1}{_SUBLEVELS[place % 3]}"


def _write_target(made: Making, child: Child, span: Span, rung: Rung, *, is_open: bool) -> str:
    ladder, figures = rung.ladder, _figures(rung)

    def text(name: str) -> str:
        return child.say(made.draw.fresh(name, ladder.texts[name]), **figures)

    due = span.review
    status = _STATUS_AFTER[rung.outcome]
    if status == "partly" and made.draw.chance(0.3):
        status = "carried_over"
    if is_open:
        new = (made.plan.today - span.set_on).days < 14
        status = "set" if new else "working"
    return made.add(
        "targets",
        pupil=child.id,
        kind=ladder.kind,
        area=ladder.area,
        statement=text("statement"),
        child_statement=text("child"),
        baseline=text("baseline"),
        success_criterion=text("success"),
        measure=ladder.measure,
        unit=ladder.unit,
        start_value=float(rung.start),
        target_value=float(rung.goal),
        set_on=span.set_on,
        due=due,
        owner=made.led_by(child, span.set_on),
        status=status,
    )


def _write_target_review(made: Making, child: Child, rung: Rung, target: str, day: date) -> None:
    draw = made.draw
    tone = "met" if rung.outcome == 0 else "up" if rung.outcome > 0 else "short"
    evidence = draw.fresh("evidence", rung.ladder.texts[tone])

    def view(name: str, share: float) -> str | None:
        return child.say(draw.fresh(name, words(name)[tone])) if draw.chance(share) else None

    pupil_view = view("pupil_views", 0.6)
    review = made.add(
        "target_reviews",
        target=target,
        date=day,
        by=made.led_by(child, day),
        outcome=rung.outcome,
        value=float(rung.reached),
        evidence=child.say(evidence, **_figures(rung)),
        pupil_rating=min(4, rung.outcome + 3) if pupil_view else None,
        pupil_view=pupil_view,
        parent_view=view("parent_views", 0.45),
        next_step=view("next_steps", 0.9),
    )
    if draw.chance(0.35):
        _write_action(made, child, review, day)


def _write_progress_check(made: Making, child: Child, span: Span, rung: Rung, target: str) -> None:
    """What is agreed about an open target, and for some a look at it on the way."""
    if made.draw.chance(0.6):
        _write_action(made, child, target, span.set_on)
    middle = span.set_on + timedelta(days=30)
    last = min(made.plan.today, span.review - timedelta(days=1))
    if middle < last and made.draw.chance(0.3):
        halfway = Rung(rung.ladder, rung.start, rung.goal)
        halfway.reached = rung.start + round((rung.goal - rung.start) * 0.5)
        if rung.ladder.levels:
            halfway.reached = rung.start
        halfway.outcome = -1
        _write_target_review(made, child, halfway, target, made.school_day(middle, last))


def _write_action(made: Making, child: Child, about: str, day: date) -> None:
    draw = made.draw
    what, who, place = draw.fresh("action", words("actions"))
    due = made.days.after(day + timedelta(days=draw.between(7, 35)))
    long_past = due < made.plan.today - timedelta(days=FORGOTTEN_AFTER)
    done = made.school_day(day, due) if long_past or draw.chance(0.75) else None
    if done is not None and done > made.plan.today:
        done = None
    made.add(
        "actions", about=about, what=child.say(what), who=who, place=place, due=due, done_on=done
    )


def _write_review(made: Making, child: Child, span: Span, *, is_open: bool) -> None:
    came = ["Class teacher", made.draw.one(("Mother", "Father", "Both parents", "Grandmother"))]
    if made.draw.chance(0.4):
        came.append("SENCO")
    invited = "\n".join(dict.fromkeys([*came, "Both parents", "SENCO"]))
    made.add(
        "reviews",
        pupil=child.id,
        kind="termly",
        planned_for=span.review if is_open else _planned(made, span.review),
        held_on=None if is_open else span.review,
        invited=invited,
        attended=None if is_open else "\n".join(came),
    )


def _planned(made: Making, held: date) -> date:
    """When a review that was held had been planned for: mostly that day, else some days before."""
    if made.draw.chance(0.8):
        return held
    return made.days.before(held - timedelta(days=made.draw.between(3, 9)))


def _write_annual_reviews(made: Making, child: Child) -> None:
    """Annual reviews back to the plan's first, and the next: within twelve months of the last."""
    draw, today = made.draw, made.plan.today
    last = made.school_day(today - timedelta(days=320), today - timedelta(days=90))
    plans = [each for each in made.tables["sen_statuses"] if each["pupil"] == child.id]
    issued = date.fromisoformat(plans[-1]["start"])
    first = issued + timedelta(days=ANNUAL_DAYS)
    if last <= issued + timedelta(days=200) and first < today:
        last = made.days.before(first)
    first_to_come = last <= max(issued + timedelta(days=200), child.joined)
    since = issued if first_to_come and first > today else last
    upcoming = made.days.before(since + timedelta(days=ANNUAL_DAYS))
    upcoming = max(upcoming, made.days.after(today + timedelta(days=1)))
    invited = "Parents\nClass teacher\nSENCO\nEducational psychologist\nAuthority's officer"
    while last > max(issued + timedelta(days=200), child.joined):
        decided = last + timedelta(days=draw.between(14, 28))
        made.add(
            "reviews",
            pupil=child.id,
            kind="annual",
            planned_for=last,
            held_on=last,
            invited=invited,
            attended="Mother\nClass teacher\nSENCO",
            advice_requested_on=made.days.before(last - timedelta(days=42)),
            papers_sent_on=made.days.before(last - timedelta(days=14)),
            report_sent_on=made.days.before(last + timedelta(days=draw.between(5, 14))),
            la_decision=draw.weighted((("maintain", 3), ("amend", 1))),
            la_decided_on=decided if decided <= today else None,
        )
        last = made.days.before(last - timedelta(days=355))
        if last < made.days.terms[made.first_cycle].start:
            break
    made.add("reviews", pupil=child.id, kind="annual", planned_for=upcoming, invited=invited)


def plant_stuck(made: Making) -> None:
    """A few open targets that were reviewed below expectation twice, for somebody to look at."""
    reviews: dict[str, list[dict[str, Any]]] = {}
    for review in made.tables.get("target_reviews", ()):
        reviews.setdefault(review["target"], []).append(review)
    today = made.plan.today.isoformat()
    planted = 0
    for target in made.tables.get("targets", ()):
        own = reviews.get(target["id"], [])
        if planted == STUCK or target["status"] != "working" or len(own) != 1:
            continue
        first = own[0]
        day = made.days.after(date.fromisoformat(first["date"]) + timedelta(days=7)).isoformat()
        if first["outcome"] < 0 and day <= today and day < target["due"]:
            again = {key: value for key, value in first.items() if key not in ("id", "next_step")}
            made.add("target_reviews", **again | {"date": day, "outcome": -1})
            planted += 1


def _weaken_some(made: Making) -> None:
    """A few open targets as they are written in a hurry."""
    open_ones = [each for each in made.tables["targets"] if each["status"] in ("set", "working")]
    for kind, area, statement in words("weak_targets")[:LEFT_WEAK]:
        fitting = [each for each in open_ones if each["kind"] == kind and "measure" in each]
        if not fitting:
            continue
        target: dict[str, Any] = made.draw.one(fitting)
        pupil = next(child for child in made.children if child.id == target["pupil"])
        target["area"], target["statement"] = area, pupil.say(statement)
        for name in ("baseline", "measure", "unit", "start_value", "target_value"):
            del target[name]
        del target["success_criterion"], target["child_statement"]
