"""The help there is: the catalogue, groups of every term, who was in them and how it went."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from senreg.demo.data import ANY, read, words
from senreg.demo.making import Child, Making
from senreg.demo.timetable import Timetable

_EARLY_END = 0.08
_NOT_YET_SCORED = 0.06


@dataclass(slots=True, eq=False)
class Run:
    """A group in the making."""

    id: str
    kind: dict[str, Any]
    children: list[Child]
    term: int
    start: date
    end: date | None
    here: bool
    """It ran in this school; what came in the file of the infant school did not."""
    leaders: list[str] = field(default_factory=list)


def write_provision(made: Making) -> None:
    """The catalogue, then the groups of each term up to today's with its timetable."""
    kinds = {each["name"]: made.draw.new_id() for each in read("interventions")}
    about_the_run = ("needs", "entry", "gain", "falling")
    for each in read("interventions"):
        shown = {name: value for name, value in each.items() if name not in about_the_run}
        if each.get("falling"):
            shown["direction"] = "down"
        shown["sessions_per_week"] = float(each["sessions_per_week"])
        shown["resource_cost"] = float(each["resource_cost"])
        made.add("interventions", record_id=kinds[each["name"]], **shown)
    for term in range(made.first_cycle, made.now + 1):
        runs = _runs(made, term)
        if term == made.now:
            timetable = Timetable(made)
            for run in runs:
                run.leaders = timetable.place(run.id, run.kind, run.children)
            timetable.plant_clash({run.id: run.leaders for run in runs})
            _plant_crowd(made, runs, timetable)
        else:
            for run in runs:
                run.leaders = [made.draw.one(made.staff["ta"])] if run.here else []
        for run in runs:
            _write_run(made, run, kinds[run.kind["name"]])


def _runs(made: Making, term: int) -> list[Run]:
    """Children who were helped in a term, put into groups of the kinds of help that fit them."""
    wanted: dict[tuple[str, bool], list[Child]] = {}
    kinds = {each["name"]: each for each in read("interventions")}
    for child in made.children:
        if _was_helped(made, child, term):
            here = child.joined <= _two_weeks_in(made, term)
            for name in _chosen(made, child):
                wanted.setdefault((name, here), []).append(child)
    runs = []
    for (name, here), children in sorted(wanted.items()):
        kind = kinds[name]
        children.sort(key=lambda child: (child.year, child.class_name))
        for members in _groups_of(children, kind["group_size"]):
            start, end = _dates(made, term, kind)
            runs.append(Run(made.draw.new_id(), kind, members, term, start, end, here))
    return runs


def _groups_of(children: list[Child], size: int) -> list[list[Child]]:
    """Children in order, in as few groups as hold them, filled in turn."""
    return [children[first : first + size] for first in range(0, len(children), size)]


def _two_weeks_in(made: Making, term: int) -> date:
    return min(made.days.terms[term].start + timedelta(days=14), made.plan.today)


def _was_helped(made: Making, child: Child, term: int) -> bool:
    """Whether a child was on the register, and here, when a term was two weeks old."""
    if child.since is None or child.status in ("", "M"):
        return False
    day = _two_weeks_in(made, term)
    if child.until is not None and child.until < made.days.terms[term].end:
        return False
    if term == made.now and child.status == "N":
        return False
    here = child.joined if made.plan.years == 1 else child.since
    return child.since <= day and here <= day


def _chosen(made: Making, child: Child) -> list[str]:
    """The kinds of help a child gets in a term: one or two for its needs, and some a club."""
    draw = made.draw
    fitting = [
        each for each in read("interventions") if not child.need_set.isdisjoint(each["needs"])
    ]
    clubs = [each for each in read("interventions") if ANY in each["needs"]]
    count = draw.between(2, 3) if child.status in ("E", "S") else draw.between(1, 2)
    chosen: list[str] = []
    for _ in range(min(count, len(fitting))):
        rest = [each for each in fitting if each["name"] not in chosen]
        chosen.append(draw.weighted([(each["name"], each["group_size"]) for each in rest]))
    if draw.chance(0.4) or not chosen:
        chosen.append(draw.fresh("club", clubs)["name"])
    return chosen


def _dates(made: Making, term: int, kind: dict[str, Any]) -> tuple[date, date | None]:
    dates, today = made.days.terms[term], made.plan.today
    start = made.days.after(dates.start + timedelta(days=made.draw.between(4, 12)))
    if term == made.now:
        start = max(min(start, made.days.before(today)), dates.start)
    end = made.days.before(start + timedelta(days=7 * kind["weeks"]))
    if term < made.now:
        return start, min(end, dates.end)
    if made.plan.old or end <= today + timedelta(days=7):
        return start, None
    return start, end


def _plant_crowd(made: Making, runs: list[Run], timetable: Timetable) -> None:
    """One group with one child more than it should hold."""
    full = [run for run in runs if len(run.children) == run.kind["group_size"] >= 2]
    for run in made.draw.shuffled(full):
        for child in made.draw.shuffled(made.helped):
            fits = not child.need_set.isdisjoint(run.kind["needs"])
            if fits and child not in run.children and timetable.has_time(child.id, run.id):
                run.children.append(child)
                return


def _write_run(made: Making, run: Run, intervention: str) -> None:
    draw = made.draw
    made.add(
        "groups",
        record_id=run.id,
        intervention=intervention,
        staff=run.leaders,
        start=run.start,
        end=run.end,
        place=draw.fresh("place", words("places")) if run.here else "Infant school",
    )
    for child in run.children:
        _write_placement(made, run, child)


def _write_placement(made: Making, run: Run, child: Child) -> None:
    draw, kind = made.draw, run.kind
    score = draw.between(*kind["entry"])
    start = min(max(run.start, child.joined) if run.here else run.start, made.plan.today)
    placement: dict[str, Any] = {
        "pupil": child.id,
        "group": run.id,
        "start": start,
        "targets": _served(run, child) or None,
    }
    ended = run.end is not None and run.term < made.now
    if ended or not draw.chance(_NOT_YET_SCORED):
        placement |= {"entry_on": start, "entry_score": float(score)}
    if ended and run.end is not None:
        placement |= _ending(made, run, score, start)
    made.add("placements", **placement)


def _ending(made: Making, run: Run, score: int, start: date) -> dict[str, Any]:
    assert run.end is not None
    draw = made.draw
    if draw.chance(_EARLY_END):
        end = made.school_day(min(start + timedelta(days=14), run.end), run.end)
        return {"end": end, "ended_reason": "Ended early: timetable"}
    low, high = run.kind["gain"]
    gain = (draw.between(low, high) + draw.between(low, high)) // 2
    share = (gain - low) / max(1, high - low)
    if run.kind.get("falling"):
        share = 1 - share
    outcome = -2 if share < 0.15 else -1 if share < 0.35 else 0 if share < 0.6 else 1
    reason = draw.fresh("ended", words("ended_reasons"))
    return {
        "end": run.end,
        "exit_on": run.end,
        "exit_score": float(score + gain),
        "outcome": 2 if share > 0.85 else outcome,
        "ended_reason": reason,
    }


def _served(run: Run, child: Child) -> list[str]:
    """The target of the term that the help works on: of learning and talk, or a wider one."""
    learning = run.kind["area_of_need"] in ("cognition_learning", "communication_interaction")
    wanted = "curricular" if learning else "wider"
    return [target for kind, target in child.targets.get(run.term, []) if kind == wanted][:1]
