"""When the groups of today meet, so that nobody is in two places but for one planted clash."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from senreg.demo.making import Child, Making

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")
BEFORE_SCHOOL = "08:25"
TIMES = (
    "09:05", "09:30", "09:55", "10:20", "10:55", "11:20", "11:45", "13:15", "13:40", "14:05",
    "14:30",
)  # fmt: skip
"""When sessions begin, between registration and home time."""

_BREAKFAST = "Nurture breakfast"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A weekly meeting: a day, and minutes of the day from and until."""

    weekday: str
    start: int
    end: int

    def overlaps(self, other: Meeting) -> bool:
        """Whether somebody in both would be in two places."""
        return self.weekday == other.weekday and self.start < other.end and other.start < self.end

    @property
    def at(self) -> str:
        """The time it begins, HH:MM."""
        return f"{self.start // 60:02}:{self.start % 60:02}"


class Timetable:
    """The week: who is busy when. Slots are written to the tables as they are found."""

    def __init__(self, made: Making) -> None:
        self._made = made
        self._busy: dict[str, list[Meeting]] = {}
        self._meetings: dict[str, list[Meeting]] = {}
        self._leaders: dict[str, str] = {}

    def place(self, group: str, kind: Mapping[str, Any], children: Sequence[Child]) -> list[str]:
        """Find times for a group and the adult who leads it; write its slots.

        Returns:
            The ids of its leaders: one, or none where no time could be found.
        """
        made = self._made
        adults = made.staff["ta"] + made.staff["pastoral"]
        pupils = [child.id for child in children]
        for adult in made.draw.shuffled(adults):
            meetings = self._meetings_for(kind, [adult, *pupils])
            if meetings:
                self._keep(group, adult, [adult, *pupils], meetings)
                return [adult]
        return []

    def has_time(self, person: str, group: str) -> bool:
        """Whether somebody is free whenever a group meets."""
        return self._free([person], self._meetings.get(group, []))

    def plant_clash(self, leaders: Mapping[str, list[str]]) -> None:
        """Give one group a second adult who leads another at one of its times, and only one.

        Args:
            leaders: The leaders of each group, to which the second adult is added.
        """
        groups = self._made.draw.shuffled(list(self._meetings))
        for group in groups:
            for other in groups:
                adult = self._leaders[other]
                if adult == self._leaders[group]:
                    continue
                clashes = [
                    (mine, theirs)
                    for mine in self._meetings[group]
                    for theirs in self._busy[adult]
                    if mine.overlaps(theirs)
                ]
                if len(clashes) == 1:
                    leaders[group].append(adult)
                    return

    def _meetings_for(self, kind: Mapping[str, Any], people: list[str]) -> list[Meeting]:
        """Times of a week at which all are free: the same time each day where it can be."""
        count, minutes = kind["sessions_per_week"], kind["session_minutes"]
        times = [BEFORE_SCHOOL] if kind["name"] == _BREAKFAST else self._made.draw.shuffled(TIMES)
        for time in times:
            start = int(time[:2]) * 60 + int(time[3:])
            free = [
                meeting
                for day in WEEKDAYS
                if self._free(people, [meeting := Meeting(day, start, start + minutes)])
            ]
            if len(free) >= count:
                kept = self._made.draw.some(free, count)
                return sorted(kept, key=lambda meeting: WEEKDAYS.index(meeting.weekday))
        return []

    def _free(self, people: Iterable[str], meetings: Iterable[Meeting]) -> bool:
        wanted = list(meetings)
        return not any(
            meeting.overlaps(taken)
            for person in people
            for taken in self._busy.get(person, ())
            for meeting in wanted
        )

    def _keep(self, group: str, adult: str, people: list[str], meetings: list[Meeting]) -> None:
        self._meetings[group] = meetings
        self._leaders[group] = adult
        for person in people:
            self._busy.setdefault(person, []).extend(meetings)
        for meeting in meetings:
            self._made.add(
                "slots",
                group=group,
                weekday=meeting.weekday,
                at=meeting.at,
                minutes=meeting.end - meeting.start,
            )
