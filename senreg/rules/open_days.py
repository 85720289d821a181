"""On which days a school is open to families: weekdays of a term, bank holidays apart.

The bank holidays are those of England and Wales (Banking and Financial Dealings Act 1971,
Schedule 1, with New Year's Day and May Day by proclamation), and since 2007 the days that were
moved or added once by proclamation. One that falls on a weekend has its substitute.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from senreg.models.days import WEEKDAYS
from senreg.rules.dates import TermDays, as_day, short_day
from senreg.rules.reading import Row

_MOVED = {
    "early May": {2020: date(2020, 5, 8)},
    "spring": {2012: date(2012, 6, 4), 2022: date(2022, 6, 2)},
}
"""Where a holiday was moved to, in the years in which it was."""

_ONCE = {
    date(2011, 4, 29): "royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State Funeral",
    date(2023, 5, 8): "coronation",
}
"""The holidays that were added for one year."""


class OpenDays:
    """Tells the days on which families can be asked into the school.

    Half terms are known where each half is recorded as a term.

    Args:
        terms: Rows of the table `terms`; where none is recorded, every weekday counts but bank
            holidays.
    """

    def __init__(self, terms: Iterable[Row] = ()) -> None:
        self._terms = TermDays(terms)

    def has(self, day: date) -> bool:
        """Whether the school is open."""
        return not self.why_closed(day)

    def why_closed(self, day: date) -> str:
        """Why it is not: 'a Saturday', 'a bank holiday (early May)', 'no day of term'."""
        if day.weekday() > 4:
            return f"a {WEEKDAYS[day.weekday()]}"
        holiday = bank_holidays(day.year).get(day)
        if holiday:
            return f"a bank holiday ({holiday})"
        return "" if self._terms.has(day.isoformat()) else "no day of term"

    def since(self, day: date) -> Iterator[date]:
        """The open days from a day on, for two years at most."""
        for number in range(day.toordinal(), min(day.toordinal() + 731, date.max.toordinal() + 1)):
            if self.has(each := date.fromordinal(number)):
                yield each


def why_closed(day: object, terms: Iterable[Row] = ()) -> str:
    """Why the school is not open on a stored day; empty where it is, and for what is no day."""
    when = as_day(day)
    return OpenDays(terms).why_closed(when) if when is not None else ""


def shut_words(day: object, terms: Iterable[Row], today: date) -> str:
    """A sentence where people are asked to come on a coming day on which the school is shut."""
    closed = why_closed(day, terms)
    when = as_day(day)
    if not closed or when is None or when < today:
        return ""
    return f"{short_day(when)} is {closed}."


@cache
def bank_holidays(year: int) -> dict[date, str]:
    """The bank holidays of a calendar year, each with what it is called."""
    sunday = easter(year)
    found = {
        sunday - timedelta(2): "Good Friday",
        sunday + timedelta(1): "Easter Monday",
        _MOVED["early May"].get(year, _monday_from(date(year, 5, 1))): "early May",
        _MOVED["spring"].get(year, _monday_from(date(year, 5, 25))): "spring",
        _monday_from(date(year, 8, 25)): "summer",
    }
    for day, name in (
        (date(year, 1, 1), "New Year's Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ):
        kept = day
        while kept.weekday() > 4 or kept in found:
            kept += timedelta(1)
        found[kept] = name
    return found | {day: name for day, name in _ONCE.items() if day.year == year}


def _monday_from(day: date) -> date:
    return day + timedelta(-day.weekday() % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)
