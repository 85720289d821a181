"""Dates as people type them, and as they are shown.

British order always: 3/11 is the third of November.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from senreg import clock
from senreg.models.text import clean_line

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
_LONGEST = 60

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?", re.IGNORECASE
)
_FIGURES = re.compile(
    r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})(?:\s*[/.\-]\s*(\d{4}|\d{2}))?(?:\s+[\d:.]+)?"
)
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[\s\-/.]*(?:of\s+)?([a-z]{3,9})\.?[\s\-/.,]*(\d{4}|\d{2})?"
    r"(?:\s+[\d:.]+)?"
)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}|\d{2}))?")
_WEEKDAY_FIRST = re.compile(r"([a-z]{3,9})\.?,?\s+(?=\d|[a-z]{3,9}\.?\s+\d)")
_SPAN = re.compile(r"([+\-])?\s*(\d{1,4})\s*([a-z]+?)s?")
_OFFSETS = {
    "today": 0,
    "now": 0,
    "tomorrow": 1,
    "yesterday": -1,
    "next week": 7,
    "last week": -7,
}
_UNITS = {
    "d": "d", "day": "d",
    "w": "w", "wk": "w", "week": "w",
    "m": "m", "mth": "m", "month": "m",
    "y": "y", "yr": "y", "year": "y",
}  # fmt: skip


def parse_day(text: str, *, today: date, terms: Iterable[Any] = ()) -> date:
    """The date a person means.

    Understood: today, tomorrow, yesterday; a weekday ("fri": the coming one, a week off when
    typed on that day; "next fri": in the week after this one; "last fri"); "+6w", "-2w",
    "+10d", "+3m", "in 6 weeks", "2 weeks ago"; "end of term", "end of year"; 3/11, 3/11/26,
    3.11.2026, 3-Nov-2016, 3 November 2016, Fri 27 Nov 2026; ISO with or without a time.

    A date without a year is the one nearest to today, and on a tie the coming one: in
    December 3/11 is last month, in July it is next November. A year of two figures is the
    one from 89 years back to ten years on.

    Args:
        text: What was typed, or what a cell holds.
        today: The day from which relative dates count.
        terms: The school's terms: rows or objects with `start` and `end`. Without any that
            fit, autumn runs from 1 September, spring from 1 January, summer from 1 April,
            and the year ends on 31 August.

    Raises:
        ValueError: With one sentence that says what is wrong.
    """
    words = " ".join(clean_line(text).casefold().split())
    if not words:
        raise ValueError("A date is missing.")
    try:
        found = len(words) <= _LONGEST and (
            _written(words, today)
            or _named(words, today)
            or _counted(words, today)
            or _ending(words, today, terms)
        )
    except (ValueError, OverflowError):
        found = None
    if not found or not EARLIEST_YEAR <= found.year <= LATEST_YEAR:
        shown = clean_line(text)
        raise ValueError(f"{shown} is not a date." if len(shown) <= 40 else "This is not a date.")
    _agreed(words, found)
    return found


def as_day(value: object) -> date | None:
    """A stored date (ISO text or a date) as a date; None for anything else."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None


def shown_day(value: object) -> str:
    """A date in full, "Fri 27 Nov 2026"; "" for None, and what is no date as it stands."""
    day = as_day(value)
    return f"{WEEKDAYS[day.weekday()][:3]} {short_day(day)}" if day else _as_it_stands(value)


def short_day(value: object) -> str:
    """A date without its weekday, "27 Nov 2026"."""
    day = as_day(value)
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}" if day else _as_it_stands(value)


def shown_moment(milliseconds: int) -> str:
    """A stamp in milliseconds since 1970, in local time: "27 Nov 2026, 14:05"."""
    day, _, time = clock.shown(milliseconds).partition(" ")
    return f"{short_day(day)}, {time}"


def typed_day(value: object) -> str:
    """A date as an input shows it, "27/11/2026"."""
    day = as_day(value)
    return f"{day.day:02}/{day.month:02}/{day.year:04}" if day else _as_it_stands(value)


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_term(today: date, terms: Iterable[Any] = ()) -> date:
    """The last day of the term today is in; between terms, of the next one.

    Without terms that reach today: 31 December, 31 March or 31 August.
    """
    ends = [end for start, end in _spans(terms) if end >= today]
    if ends:
        return min(ends)
    if today.month >= 9:
        return date(today.year, 12, 31)
    return date(today.year, 3, 31) if today.month <= 3 else date(today.year, 8, 31)


def end_of_school_year(today: date, terms: Iterable[Any] = ()) -> date:
    """The last day of the last term of the school year (1 September to 31 August) of today.

    Without terms in that year that reach today, 31 August.
    """
    last = date(today.year + (today.month >= 9), 8, 31)
    ends = [end for start, end in _spans(terms) if today <= end <= last and end.month >= 6]
    return max(ends, default=last)


def _as_it_stands(value: object) -> str:
    return "" if value is None else str(value)


def _spans(terms: Iterable[Any]) -> list[tuple[date, date]]:
    spans = []
    for term in terms:
        if isinstance(term, Mapping):
            start, end = as_day(term.get("start")), as_day(term.get("end"))
        else:
            start, end = as_day(getattr(term, "start", None)), as_day(getattr(term, "end", None))
        if start and end and start <= end:
            spans.append((start, end))
    return spans


def _written(words: str, today: date) -> date | None:
    """A day of the calendar: in figures, with the month's name, or ISO."""
    if found := _ISO.fullmatch(words):
        return date(int(found[1]), int(found[2]), int(found[3]))
    bare = _without_weekday(words)
    if found := _FIGURES.fullmatch(bare):
        return _dated(int(found[1]), int(found[2]), found[3], today)
    if (found := _DAY_MONTH.fullmatch(bare)) and (month := _index(found[2], MONTHS)) is not None:
        return _dated(int(found[1]), month + 1, found[3], today)
    if (found := _MONTH_DAY.fullmatch(bare)) and (month := _index(found[1], MONTHS)) is not None:
        return _dated(int(found[2]), month + 1, found[3], today)
    return None


def _agreed(words: str, day: date) -> None:
    """Raises ValueError where a weekday was written before a date that falls on another."""
    found = _WEEKDAY_FIRST.match(words)
    place = _index(found[1], WEEKDAYS) if found else None
    if place is not None and place != day.weekday():
        raise ValueError(f"{short_day(day)} is a {WEEKDAYS[day.weekday()]}.")


def _without_weekday(words: str) -> str:
    found = _WEEKDAY_FIRST.match(words)
    return words[found.end() :] if found and _index(found[1], WEEKDAYS) is not None else words


def _dated(day: int, month: int, year: str | None, today: date) -> date:
    if year is None:
        return _nearest(day, month, today)
    full = int(year)
    if len(year) == 2:
        full += today.year // 100 * 100 + 100
        while full > today.year + 10:
            full -= 100
    return date(full, month, day)


def _nearest(day: int, month: int, today: date) -> date:
    near = [
        date(year, month, day)
        for year in range(today.year - 4, today.year + 5)
        if 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    ]
    return min(near, key=lambda each: (abs((each - today).days), each < today))


def _index(word: str, names: tuple[str, ...]) -> int | None:
    """The place of a name, whole or by at least its first three letters."""
    if len(word) >= 3:
        for place, name in enumerate(names):
            if name.casefold().startswith(word):
                return place
    return None


def _named(words: str, today: date) -> date | None:
    if words in _OFFSETS:
        return today + timedelta(days=_OFFSETS[words])
    if words in ("next month", "last month"):
        return months_on(today, 1 if words.startswith("next") else -1)
    which, _, name = words.rpartition(" ")
    place = _index(name, WEEKDAYS)
    return None if place is None else _weekday(which, place, today)


def _weekday(which: str, place: int, today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    days = {
        "": today + timedelta(days=(place - today.weekday() - 1) % 7 + 1),
        "this": monday + timedelta(days=place),
        "next": monday + timedelta(days=7 + place),
        "last": today - timedelta(days=(today.weekday() - place - 1) % 7 + 1),
    }
    return days.get("" if which in ("on", "coming") else which)


def _counted(words: str, today: date) -> date | None:
    back = words.endswith(" ago")
    bare = words.removesuffix(" ago").removeprefix("in ")
    bare = bare.removesuffix(" from now").removesuffix(" time").removesuffix("'")
    found = _SPAN.fullmatch(bare)
    if not found or found[3] not in _UNITS or (back and found[1]):
        return None
    count = -int(found[2]) if back or found[1] == "-" else int(found[2])
    unit = _UNITS[found[3]]
    if unit in "my":
        return months_on(today, count * (12 if unit == "y" else 1))
    return today + timedelta(days=count * (7 if unit == "w" else 1))


def _ending(words: str, today: date, terms: Iterable[Any]) -> date | None:
    if words in ("end of term", "end of the term", "end of this term", "eot"):
        return end_of_term(today, terms)
    if words in ("end of year", "end of the year", "end of school year", "end of the school year"):
        return end_of_school_year(today, terms)
    return None
