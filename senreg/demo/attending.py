"""Attendance of every child, wider outcomes of the cohort, and what children take part in."""

from __future__ import annotations

from datetime import date, timedelta

from senreg.demo.data import read
from senreg.demo.making import Child, Making
from senreg.demo.school_days import TermDates

_RATING = "Teacher's rating, of 5"
_INCIDENTS = "Incidents a half term"
_TAKES_PART = 0.7
_ASKED = 0.9
_OFTEN_AWAY = 0.16
"""Of the children of the cohort, those who began last year away for a tenth or more."""


def write_wider_outcomes(made: Making) -> None:
    """Attendance by term, marks at the end of each, activities and who is in them."""
    terms = made.days.terms[max(0, made.now - 3) : made.now + 1]
    for child in made.children:
        _write_attendance(made, child, terms)
    for child in made.known:
        _write_marks(made, child, terms)
    _write_activities(made)


def _write_attendance(made: Making, child: Child, terms: list[TermDates]) -> None:
    draw = made.draw
    known = child.status not in ("", "N")
    often = draw.chance(_OFTEN_AWAY if known else 0.05)
    share = draw.between(110, 190) / 1000 if often else draw.between(5, 70) / 1000
    for term in terms:
        first, last = max(term.start, child.joined), min(term.end, made.plan.today)
        possible = 2 * made.days.between(first, last)
        if possible < 20:
            continue
        missed = min(possible, max(0, round(possible * share) + draw.between(-1, 1)))
        unauthorised = round(missed * draw.between(0, 45) / 100)
        made.add(
            "attendance",
            pupil=child.id,
            start=first,
            end=last,
            possible=possible,
            authorised=missed - unauthorised,
            unauthorised=unauthorised,
        )
        share *= 0.78 if often else 0.97


def _write_marks(made: Making, child: Child, terms: list[TermDates]) -> None:
    draw = made.draw
    behaviour, relations = draw.between(2, 4), draw.between(2, 4)
    incidents, bullied = draw.between(0, 6), draw.between(0, 3)
    for term in terms:
        day = made.days.before(min(term.end - timedelta(days=10), made.plan.today))
        if day < max(term.start, child.joined):
            continue
        for category, value, scale, direction in (
            ("behaviour", incidents, _INCIDENTS, "down"),
            ("bullying", bullied, _INCIDENTS, "down"),
            ("relationships", relations, _RATING, "up"),
            ("participation", behaviour, _RATING, "up"),
        ):
            if draw.chance(0.93):
                made.add(
                    "wider_marks",
                    pupil=child.id,
                    date=day,
                    category=category,
                    value=float(value),
                    scale=scale,
                    direction=direction,
                    by=made.led_by(child, day),
                )
        incidents = max(0, incidents - draw.between(-1, 2))
        bullied = max(0, bullied - draw.between(0, 1))
        relations = min(5, relations + draw.weighted(((0, 5), (1, 4), (-1, 1))))
        relations = max(1, relations)
        behaviour = min(5, behaviour + draw.between(0, 1))


def _write_activities(made: Making) -> None:
    draw = made.draw
    start = made.days.terms[max(0, made.now - 2)].start
    activities: list[tuple[str, date, date | None]] = []
    for name, partner in read("practice")["activities"]:
        first = made.days.after(start + timedelta(days=draw.between(5, 25)))
        outing = name.startswith("Residential")
        last = first + timedelta(days=4) if outing else None
        activity = made.add("activities", name=name, partner=partner or None, start=first, end=last)
        activities.append((activity, first, last))
    for child in made.known:
        if not draw.chance(_ASKED):
            continue
        if not draw.chance(_TAKES_PART):
            since = min(made.days.after(max(start, child.joined)), made.plan.today)
            made.add("participations", pupil=child.id, takes_no_part=True, start=since)
            continue
        for activity, first, last in draw.some(activities, draw.between(1, 2)):
            began = max(first, child.joined)
            if (last and began > last) or began > made.plan.today:
                continue
            offered = max(1, (min(last or made.plan.today, made.plan.today) - began).days // 7)
            made.add(
                "participations",
                pupil=child.id,
                activity=activity,
                start=began,
                end=last,
                sessions=offered,
                attended=max(1, offered - draw.between(0, max(0, offered // 4))),
            )
