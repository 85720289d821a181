"""The structured conversations of every term: planned, held or tried, and what came of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.cycle import FORGOTTEN_AFTER, Rung, write_earlier_cycle
from senreg.demo.data import read
from senreg.demo.making import Child, Making

_HELD = 0.9
_TERMS = 3
_WORDS = ("going_well", "concerns", "hopes", "has_worked", "focus", "plan", "review")
_WHO_CAME = (
    ("Mum", 8),
    ("Mum and Dad", 4),
    ("Dad", 3),
    ("Grandmother", 1),
    ("Mum, interpreter", 1),
)
_TIMES = ("08:40", "15:30", "15:45", "16:15", "17:00")

_SPREAD = 40
"""Days over which the next conversations of a term are agreed."""


def write_conversations(made: Making) -> None:
    """A conversation a term with every family: three, or those of the programme's year."""
    targets: dict[str, list[dict[str, Any]]] = {}
    for target in made.tables.get("targets", ()):
        targets.setdefault(target["pupil"], []).append(target)
    last_three = max(0, made.now - _TERMS + 1)
    if made.plan.years == 1:
        with made.drawing_apart("earlier conversations"):
            _write_rounds(made, range(made.first_of_programme, last_three), targets)
    _write_rounds(made, range(last_three, made.now + 1), targets)


def _write_rounds(made: Making, places: range, targets: dict[str, list[dict[str, Any]]]) -> None:
    for child in made.known:
        rungs: dict[str, Rung] = {}
        for place in places:
            _write_one(made, child, place, targets.get(child.id, []), rungs)


def _write_one(
    made: Making,
    child: Child,
    place: int,
    targets: list[dict[str, Any]],
    rungs: dict[str, Rung],
) -> None:
    """The conversation of one term; the targets set in that term were agreed in it.

    In a term from before the cycles of the register begin they are set in it.
    """
    draw, today, term = made.draw, made.plan.today, made.days.terms[place]
    if child.since is None or child.since > term.end or child.joined > term.end:
        return
    here = max(term.start, child.joined, child.since)
    agreed = [
        each for each in targets if term.start.isoformat() <= each["set_on"] <= term.end.isoformat()
    ]
    day = made.days.after(here + timedelta(days=draw.between(8, 30)))
    if agreed:
        day = date.fromisoformat(min(each["set_on"] for each in agreed))
    if day < here:
        return
    teacher = made.led_by(child, min(day, today))
    at = draw.one(_TIMES)
    if day > today:
        made.add("conversations", pupil=child.id, planned_for=day, at=at, led_by=teacher)
        return
    if not draw.chance(_HELD):
        _write_missed(made, child, day, at, teacher)
        return
    conversation = _write_held(made, child, place, day, at, teacher)
    if place < made.first_cycle and child.status != "M":
        before = len(made.tables.get("targets", ()))
        write_earlier_cycle(made, child, place, day, rungs)
        agreed = made.tables["targets"][before:]
    for kind in ("curricular", "wider"):
        for target in [each for each in agreed if each["kind"] == kind][:1]:
            target["conversation"] = conversation
    _write_actions(made, child, conversation, day)


def _write_held(
    made: Making, child: Child, place: int, day: date, at: str, teacher: str | None
) -> str:
    draw, today, practice = made.draw, made.plan.today, read("practice")

    def said(name: str) -> str:
        return child.say(draw.fresh(name, practice[name]))

    planned = day if draw.chance(0.8) else made.days.before(day - timedelta(days=7))
    given = made.days.after(day + timedelta(days=draw.between(1, 6)))
    weeks_on = timedelta(days=21 + day.toordinal() % _SPREAD)
    following = made.days.terms[place + 1].start + weeks_on
    lead = draw.weighted((("teacher", 86), ("senco", 9), ("head", 5)))
    return made.add(
        "conversations",
        pupil=child.id,
        planned_for=planned,
        at=at,
        held_on=day,
        led_by=teacher if lead == "teacher" else made.staff[lead][0],
        attendees=_may_come(made, child, draw.weighted(_WHO_CAME)),
        minutes=draw.between(4, 11) * 5,
        pupil_present=draw.chance(0.35),
        voice=draw.one(practice["voice"]),
        parent_words=said("parent_words"),
        pupil_words=said("pupil_words"),
        summary_given_on=given if given <= today and draw.chance(0.92) else None,
        next_on=made.days.after(following),
        **{name: said(name) for name in _WORDS},
    )


def _may_come(made: Making, child: Child, drawn: str) -> str:
    """Who came: no father about whom there is a restriction, and no interpreter not needed."""
    own = [each for each in made.tables.get("contacts", ()) if each["pupil"] == child.id]
    if any(each.get("restriction") for each in own):
        return "Mum"
    return drawn if any(each["interpreter"] for each in own) else drawn.partition(", ")[0]


def _write_actions(made: Making, child: Child, conversation: str, day: date) -> None:
    """What was agreed for school and for home."""
    draw, today, practice = made.draw, made.plan.today, read("practice")
    for place, name in (("school", "school_actions"), ("home", "home_actions")):
        what, who = draw.fresh(name, practice[name])
        due = made.days.after(day + timedelta(days=draw.between(14, 42)))
        long_past = due < today - timedelta(days=FORGOTTEN_AFTER)
        done = None
        if due <= today and (long_past or draw.chance(0.6)):
            done = made.school_day(day, due)
        made.add(
            "actions",
            about=conversation,
            what=child.say(what),
            who=who,
            place=place,
            due=due,
            done_on=done,
        )


def _write_missed(made: Making, child: Child, day: date, at: str, teacher: str | None) -> None:
    """A conversation that did not come about, and what was tried."""
    draw, practice = made.draw, read("practice")
    conversation = made.add("conversations", pupil=child.id, planned_for=day, at=at, led_by=teacher)
    for how in draw.some(("letter", "call", "text", "gate"), draw.between(1, 2)):
        on = made.days.after(day + timedelta(days=draw.between(0, 9)))
        if on <= made.plan.today:
            made.add(
                "attempts",
                conversation=conversation,
                on=on,
                how=how,
                why_not=draw.fresh("why_not", practice["why_not"]),
            )
