"""When groups meet, and who is in them: what clashes and provision maps both stand on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from senreg.rules.reading import Reading, Row, covers, iso
from senreg.rules.roll import roll_state

WEEKDAYS: dict[str, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_DAYS = {weekday: place for place, weekday in enumerate(WEEKDAYS)}

FIRST, LAST = "0000-00-00", "9999-99-99"
"""ISO days before and after every day: the ends of a period without ends."""


class Meeting(NamedTuple):
    """A time of the week at which a group meets.

    Args:
        weekday: mon to sun.
        start: Minutes after midnight.
        end: Minutes after midnight; where the length is unknown, one minute after the start.
        slot: The id of the slot.
    """

    weekday: str
    start: int
    end: int
    slot: str

    @property
    def order(self) -> tuple[int, str, int]:
        """Sorts by the day of the week and the time."""
        return (_DAYS.get(self.weekday, len(_DAYS)), self.weekday, self.start)

    @property
    def words(self) -> str:
        """'Monday 09:30'."""
        return f"{WEEKDAYS.get(self.weekday, self.weekday)} {clock(self.start)}"


class Span(NamedTuple):
    """A period by ISO days; both ends count."""

    start: str
    end: str

    def meets(self, other: Span) -> bool:
        """Whether the two periods have a day in common."""
        return self.start <= other.end and other.start <= self.end

    def within(self, other: Span) -> Span:
        """The days in both."""
        return Span(max(self.start, other.start), min(self.end, other.end))

    @property
    def is_empty(self) -> bool:
        """Whether it has no day."""
        return self.end < self.start


def span_of(row: Row) -> Span:
    """The days from a record's start to its end, open where one is absent."""
    return Span(row.get("start") or FIRST, row.get("end") or LAST)


def clock(minutes: int) -> str:
    """Minutes after midnight as a time: '09:30'."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def minute_of(at: object) -> int | None:
    """A stored time such as '09:30' in minutes after midnight; None where it is none."""
    hours, colon, minutes = str(at or "").partition(":")
    if not (colon and hours.isdecimal() and minutes[:2].isdecimal()):
        return None
    whole = int(hours) * 60 + int(minutes[:2])
    return whole if int(hours) < 24 and int(minutes[:2]) < 60 else None


def meetings(slots: Iterable[Row], session_minutes: object = None) -> list[Meeting]:
    """The times of one group that have a day and a time.

    Args:
        slots: The group's rows of `slots`.
        session_minutes: The length of a session where a slot does not say.
    """
    found = []
    for slot in slots:
        start = minute_of(slot.get("at"))
        if start is None or not slot.get("weekday"):
            continue
        length = _minutes(slot.get("minutes")) or _minutes(session_minutes) or 1
        found.append(Meeting(str(slot["weekday"]), start, start + int(length), slot["id"]))
    return found


def weekly_minutes(slots: Iterable[Row], intervention: Row | None) -> float | None:
    """How long a group meets in a week, in minutes; None where that is not known.

    The sum of its slots, a slot without a length lasting a session of the intervention. Of a
    group without slots: session length times sessions a week.
    """
    session = _minutes((intervention or {}).get("session_minutes"))
    total, any_slot = 0.0, False
    for slot in slots:
        length = _minutes(slot.get("minutes")) or session
        if length is None:
            return None
        total, any_slot = total + length, True
    if any_slot:
        return total
    times = (intervention or {}).get("sessions_per_week")
    return session * float(times) if session is not None and times is not None else None


class Held(NamedTuple):
    """One child's place in a group that runs on a day, and how long it is a week.

    Args:
        placement: The row of `placements`.
        pupil: The row of `pupils`.
        group: The row of `groups`.
        intervention: The row of `interventions`; None where it is not found.
        minutes: Minutes a week; None where not known.
    """

    placement: Row
    pupil: Row
    group: Row
    intervention: Row | None
    minutes: float | None


def running(register: Reading, day: date | str) -> Iterator[Held]:
    """Every place that holds on a day: group running, placement open, child on roll.

    A child placed twice in one group counts once.
    """
    when = iso(day)
    groups = {row["id"]: row for row in register.all("groups") if covers(row, when)}
    catalogue = {row["id"]: row for row in register.all("interventions")}
    slots = register.by("slots", "group")
    pupils = {row["id"]: row for row in register.all("pupils") if roll_state(row, when) == "here"}
    minutes: dict[str, float | None] = {}
    seen = set()
    for placement in register.all("placements"):
        key, child = str(placement.get("group") or ""), str(placement.get("pupil") or "")
        if key not in groups or child not in pupils or (key, child) in seen:
            continue
        if not covers(placement, when):
            continue
        seen.add((key, child))
        group = groups[key]
        name = str(group.get("intervention") or "")
        intervention = catalogue.get(name) or register.get(name)
        if key not in minutes:
            minutes[key] = weekly_minutes(slots.get(key, ()), intervention)
        yield Held(placement, pupils[child], group, intervention, minutes[key])


def _minutes(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and value > 0 else None
