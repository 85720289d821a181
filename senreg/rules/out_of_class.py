"""When a child leaves the class for a group: what whoever teaches the class must know."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from senreg.models.text import clean_line
from senreg.rules.meeting import WEEKDAYS, Meeting, clock, meetings, running
from senreg.rules.reading import Reading, Row


class Out(NamedTuple):
    """A time of the week at which a group has a child.

    Args:
        order: Sorts by day and time.
        words: Such as "Mon, Thu 11:45–12:15, Rainbow room". What the group is for is not among
            them.
    """

    order: tuple[int, str, int]
    words: str


def out_of_class(register: Reading, today: date) -> dict[str, list[Out]]:
    """By pupil, the times at which groups that run have them, in the order of the week.

    A group whose times are not known tells none.
    """
    slots = register.by("slots", "group")
    told: dict[str, list[Out]] = {}
    found: dict[str, list[Out]] = {}
    for held in running(register, today):
        key = held.group["id"]
        if key not in told:
            length = (held.intervention or {}).get("session_minutes")
            told[key] = _times(held.group, meetings(slots.get(key, ()), length))
        if told[key]:
            found.setdefault(held.pupil["id"], []).extend(told[key])
    return {pupil: sorted(times) for pupil, times in found.items()}


def _times(group: Row, times: list[Meeting]) -> list[Out]:
    by_hour: dict[tuple[int, int], list[Meeting]] = {}
    for each in sorted(times, key=lambda meeting: meeting.order):
        by_hour.setdefault((each.start, each.end), []).append(each)
    place = clean_line(str(group.get("place") or ""))
    found = []
    for (start, end), days in by_hour.items():
        until = f"–{clock(end)}" if end > start + 1 else ""
        named = ", ".join(WEEKDAYS.get(each.weekday, each.weekday)[:3] for each in days)
        when = f"{named} {clock(start)}{until}"
        found.append(Out(days[0].order, ", ".join(each for each in (when, place) if each)))
    return found
