"""When a group meets, as people write it: "mon wed 9:30, fri 13:15 for 20"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from senreg.rules.meeting import WEEKDAYS, clock, minute_of
from senreg.rules.reading import Row

HOW = "Write it like: mon wed 9:30, fri 13:15 for 20."
SCHOOL_DAYS = ("mon", "tue", "wed", "thu", "fri")
EARLIEST = 7
"""An hour before this without am or pm is one of the afternoon: 1:15 is 13:15, 01:15 is not."""

_PIECES = re.compile(
    r"\d{1,2}(?:[:.]\d{2})?\s*[ap]m\b|\d{1,3}\s*m(?:in(?:ute)?s?)?\b|[^\s,;&]+", re.IGNORECASE
)
_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_LENGTH = re.compile(r"(\d{1,3})\s*m(?:in(?:ute)?s?)?", re.IGNORECASE)
_DAILY = frozenset({"daily", "every", "everyday"})
_NOISE = frozenset({"and", "at", "day", "on", "each", "from"})
_UNTIL = frozenset({"to", "till", "until", "-", "–"})


class Time(NamedTuple):
    """A time of the week.

    Args:
        weekday: mon to sun.
        at: Such as 09:30.
        minutes: How long; None for as long as a session of the intervention.
    """

    weekday: str
    at: str
    minutes: int | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The fields of a row of `slots`, without its group."""
        return {"weekday": self.weekday, "at": self.at, "minutes": self.minutes}


def time_of(slot: Row) -> Time:
    """The time that a row of `slots` holds."""
    return Time(str(slot.get("weekday") or ""), str(slot.get("at") or ""), slot.get("minutes"))


def read_times(text: str) -> list[Time]:
    """The times that a text names, by day and hour.

    Days may be shortened, and joined by "to" or a dash; a length may follow a time ("for 20",
    "20 min") or be said by its end ("9:30-10:00").

    Raises:
        ValueError: with one sentence, where a piece of it cannot be meant.
    """
    reader = _Reader()
    for piece in _PIECES.findall(text):
        reader.take(piece)
    times = reader.end()
    order = list(WEEKDAYS)
    return sorted(dict.fromkeys(times), key=lambda time: (order.index(time.weekday), time.at))


class _Reader:
    """Reads piece after piece: days, then the times on them, then a length."""

    def __init__(self) -> None:
        self._days: list[str] = []
        self._fresh = True
        self._times: list[Time] = []
        self._last: list[int] = []
        self._joining = False
        self._length_next = False

    def take(self, piece: str) -> None:
        word = piece.casefold().rstrip(".")
        if word in _NOISE and word != "day":
            return
        if word in _UNTIL:
            self._joining = True
        elif word == "for":
            self._length_next = True
        elif not (self._length(word) or self._days_of(word) or self._time(word) or word in _NOISE):
            raise ValueError(f"“{piece}” is neither a day nor a time. {HOW}")

    def end(self) -> list[Time]:
        if self._days and self._fresh:
            raise ValueError(f"Say at what time on {WEEKDAYS[self._days[-1]]}. {HOW}")
        return self._times

    def _length(self, word: str) -> bool:
        found = _LENGTH.fullmatch(word)
        if not found and not (self._length_next and word.isdecimal()):
            return False
        if not self._last:
            raise ValueError(f"Say the time before how long it is. {HOW}")
        self._set_length(int(found[1] if found else word))
        self._length_next = False
        return True

    def _set_length(self, minutes: int) -> None:
        if not 1 <= minutes <= 600:
            raise ValueError("A session lasts from 1 minute to 600.")
        for place in self._last:
            self._times[place] = self._times[place]._replace(minutes=minutes)

    def _days_of(self, word: str) -> bool:
        first, dash, last = word.partition("-") if "-" in word else word.partition("–")
        days = list(SCHOOL_DAYS) if word in _DAILY else [_weekday(first)] if first else []
        if dash:
            days = _days_between(_weekday(first), _weekday(last))
        if not days or not all(days):
            return False
        if not self._fresh:
            self._days, self._fresh = [], True
        if self._joining and self._days:
            days = _days_between(self._days.pop(), days[0])
        self._joining = False
        self._days += [day for day in days if day not in self._days]
        return True

    def _time(self, word: str) -> bool:
        first, dash, last = word.partition("-") if "-" in word else word.partition("–")
        start = _clock(first)
        if start is None:
            return False
        if self._joining and self._last and not dash:
            self._until(start)
            return True
        if not self._days:
            raise ValueError(f"Say on which day first. {HOW}")
        self._fresh = False
        self._last = list(range(len(self._times), len(self._times) + len(self._days)))
        self._times += [Time(day, start) for day in self._days]
        if dash:
            end = _clock(last)
            if end is None:
                return False
            self._until(end)
        return True

    def _until(self, end: str) -> None:
        start = minute_of(self._times[self._last[0]].at) or 0
        minutes = (minute_of(end) or 0) - start
        self._joining = False
        if minutes <= 0:
            raise ValueError(f"It cannot end at {end}: it begins at {clock(start)}.")
        self._set_length(minutes)


def _weekday(word: str) -> str:
    """The day a word means: at least two letters of it, or its plural; empty for none."""
    word = word.removesuffix("s") if word.endswith("days") else word
    if len(word) < 2:
        return ""
    return next((code for code, name in WEEKDAYS.items() if name.casefold().startswith(word)), "")


def _days_between(first: str, last: str) -> list[str]:
    """The days from one to another; nothing where one is none, or they are turned round."""
    order = list(WEEKDAYS)
    if not first or not last:
        return []
    return order[order.index(first) : order.index(last) + 1]


def _clock(word: str) -> str | None:
    """A word as a time of the day, HH:MM; None where it is none."""
    found = _TIME.fullmatch(word)
    if not found:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").casefold()
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif hour < EARLIEST and not found[1].startswith("0"):
        hour += 12
    return clock(hour * 60 + minute) if hour < 24 and minute < 60 else None


# In words


def write_times(times: Iterable[Time]) -> str:
    """Times as a form shows them, such that reading them gives them again."""
    parts = []
    for (at, minutes), days in _by_hour(times).items():
        length = f" for {minutes}" if minutes else ""
        parts.append(f"{' '.join(days)} {at}{length}")
    return ", ".join(parts)


def times_words(times: Iterable[Time], *, short: bool = False) -> str:
    """'Monday and Wednesday 09:30 for 30 minutes; Friday 13:15', or short: 'Mon, Wed 09:30'."""
    parts = []
    for (at, minutes), codes in _by_hour(times).items():
        names = [WEEKDAYS.get(code, code) for code in codes]
        if short:
            parts.append(f"{_short_days(codes)} {at}".strip())
            continue
        days = " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        length = f" for {minutes} minutes" if minutes else ""
        parts.append(f"{days} {at}{length}".strip())
    return "; ".join(parts)


def _short_days(codes: Sequence[str]) -> str:
    """'Mon–Wed, Fri': three days or more that follow each other by the first and the last."""
    order = list(WEEKDAYS)
    runs: list[list[str]] = []
    for code in codes:
        if runs and code in order and runs[-1][-1] == order[order.index(code) - 1]:
            runs[-1].append(code)
        else:
            runs.append([code])
    words = []
    for run in runs:
        names = [WEEKDAYS.get(code, code)[:3] for code in run]
        words += [f"{names[0]}–{names[-1]}"] if len(run) > 2 else names
    return ", ".join(words)


def _by_hour(times: Iterable[Time]) -> dict[tuple[str, int | None], list[str]]:
    """The days at each time and length, the days in order."""
    order = list(WEEKDAYS)
    found: dict[tuple[str, int | None], list[str]] = {}
    for time in sorted(
        times, key=lambda each: order.index(each.weekday) if each.weekday in order else len(order)
    ):
        found.setdefault((time.at, time.minutes), []).append(time.weekday)
    return found


@dataclass(frozen=True, slots=True)
class TimeChanges:
    """What is written when a group meets at other times.

    Args:
        add: Times without a record.
        drop: Ids of records whose time is no longer among them.
    """

    add: tuple[Time, ...]
    drop: tuple[str, ...]


def time_changes(slots: Sequence[Row], wanted: Iterable[Time]) -> TimeChanges:
    """What differs between the times a group has and those it is to have.

    Args:
        slots: The group's rows of `slots`.
        wanted: The times it is to have.
    """
    missing = list(dict.fromkeys(wanted))
    drop = []
    for slot in slots:
        time = time_of(slot)
        if time in missing:
            missing.remove(time)
        else:
            drop.append(str(slot["id"]))
    return TimeChanges(tuple(missing), tuple(drop))
