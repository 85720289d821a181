"""What the groups delivered: sessions, who was there, and what an hour of each role costs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.making import Making

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
_TOOK_PLACE = 0.9
_MARKS = (("present", 90), ("absent", 8), ("late", 2))

RATES = {
    "head": 58.0,
    "deputy": 49.0,
    "senco": 42.0,
    "class_teacher": 38.0,
    "pastoral": 19.0,
    "home_school_worker": 18.5,
    "ta": 16.5,
}
"""Pounds an hour with the employer's costs: invented, of the size that schools pay in 2026."""

_THEN = 0.68
"""What these rates were in 2010, about."""


def write_delivery(made: Making) -> None:
    """Rates by role, and the sessions of every group that ran here in the last three terms."""
    for role, rate in RATES.items():
        for start, share in ((date(made.year - 1, 9, 1), 0.96), (date(made.year, 9, 1), 1.0)):
            now = rate * share * (_THEN if made.plan.old else 1.0)
            made.add("rates", role=role, per_hour=round(now, 2), start=start)
    kinds = {each["id"]: each for each in made.tables.get("interventions", ())}
    slots: dict[str, list[dict[str, Any]]] = {}
    for slot in made.tables.get("slots", ()):
        slots.setdefault(slot["group"], []).append(slot)
    placed: dict[str, list[dict[str, Any]]] = {}
    for placement in made.tables.get("placements", ()):
        placed.setdefault(placement["group"], []).append(placement)
    first = made.days.terms[max(0, made.now - 2)].start.isoformat()
    for group in made.tables.get("groups", ()):
        if group["staff"] and group["start"] >= first:
            _write_group(made, group, kinds[group["intervention"]], slots, placed)


def _write_group(
    made: Making,
    group: dict[str, Any],
    kind: dict[str, Any],
    slots: dict[str, list[dict[str, Any]]],
    placed: dict[str, list[dict[str, Any]]],
) -> None:
    draw = made.draw
    days = [slot["weekday"] for slot in slots.get(group["id"], ())]
    if not days:
        days = draw.some(_WEEKDAYS, int(kind["sessions_per_week"]))
    start = date.fromisoformat(group["start"])
    last = made.days.before(made.plan.today)
    end = min(date.fromisoformat(group["end"]), last) if group.get("end") else last
    day = start
    while day <= end:
        meets = made.days.before(day) == day and _WEEKDAYS[day.weekday()] in days
        if meets and draw.chance(_TOOK_PLACE):
            _write_session(made, group["id"], kind, day, placed.get(group["id"], []))
        day += timedelta(days=1)


def _write_session(
    made: Making, group: str, kind: dict[str, Any], day: date, placements: list[dict[str, Any]]
) -> None:
    on = day.isoformat()
    there = [
        each
        for each in placements
        if each["start"] <= on and (not each.get("end") or each["end"] >= on)
    ]
    if not there:
        return
    session = made.add("sessions", group=group, date=day, minutes=kind["session_minutes"])
    for placement in there:
        mark = made.draw.weighted(_MARKS)
        made.add("session_marks", session=session, pupil=placement["pupil"], mark=mark)
