"""Terms, holidays and school days of an English school, for any school year.

The pattern is the usual one of English authorities, not that of any one of them: autumn from
the first weekday of September's first days to the Friday before Christmas week, two weeks
about Easter, summer to a Wednesday of late July, a week's half-term in each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, timedelta

from senreg.demo.draw import Draw
from senreg.rules.open_days import easter

MONDAY, WEDNESDAY, FRIDAY = 0, 2, 4
_WEEKEND = 5


@dataclass(frozen=True, slots=True)
class TermDates:
    """A term; its first and last day are school days."""

    name: str
    start: date
    end: date
    school_year: str


def school_year(day: date) -> int:
    """The calendar year in which the school year of a day begins (on 1 September)."""
    return day.year if day.month >= 9 else day.year - 1


def written_year(first: int) -> str:
    """A school year as it is written: 2026 is '2026/27'."""
    return f"{first}/{(first + 1) % 100:02d}"


class SchoolDays:
    """The terms of several school years, and every school day in them.

    Args:
        first: The calendar year in which the earliest school year begins.
        last: That of the latest.
    """

    def __init__(self, first: int, last: int) -> None:
        self.terms = [term for year in range(first, last + 1) for term in terms_of(year)]
        closed = {day for year in range(first, last + 1) for day in _closed(year)}
        self._days = [
            day
            for term in self.terms
            for day in range(term.start.toordinal(), term.end.toordinal() + 1)
            if date.fromordinal(day).weekday() < _WEEKEND and day not in closed
        ]

    def current(self, today: date) -> int:
        """The place in `terms` of the term today is in, or in the holidays of the last one."""
        places = [place for place, term in enumerate(self.terms) if term.start <= today]
        return places[-1] if places else 0

    def before(self, day: date) -> date:
        """The day itself, or the last school day before it."""
        place = bisect_right(self._days, day.toordinal())
        return date.fromordinal(self._days[place - 1]) if place else day

    def after(self, day: date) -> date:
        """The day itself, or the next school day."""
        place = bisect_left(self._days, day.toordinal())
        return date.fromordinal(self._days[place]) if place < len(self._days) else day

    def between(self, first: date, last: date) -> int:
        """How many school days there are from the first day to the last."""
        low = bisect_left(self._days, first.toordinal())
        return max(0, bisect_right(self._days, last.toordinal()) - low)

    def draw(self, draw: Draw, first: date, last: date) -> date:
        """A school day from the first to the last; where there is none, a weekday near them."""
        low = bisect_left(self._days, first.toordinal())
        high = bisect_right(self._days, last.toordinal())
        if low < high:
            return date.fromordinal(self._days[draw.between(low, high - 1)])
        day = first + timedelta(days=draw.between(0, (last - first).days))
        late = max(0, day.weekday() - FRIDAY)
        earlier = day - timedelta(days=late)
        return earlier if earlier >= first else day


def terms_of(year: int) -> list[TermDates]:
    """The three terms of the school year that begins in a calendar year."""
    label = written_year(year)
    spring_end, summer_start = _easter_break(year + 1)
    return [
        TermDates(
            f"Autumn {year}",
            _weekday_from(date(year, 9, 2)),
            _last(FRIDAY, date(year, 12, 20)),
            label,
        ),
        TermDates(f"Spring {year + 1}", _weekday_from(date(year + 1, 1, 4)), spring_end, label),
        TermDates(
            f"Summer {year + 1}", summer_start, _last(WEDNESDAY, date(year + 1, 7, 23)), label
        ),
    ]


def _easter_break(year: int) -> tuple[date, date]:
    """The last day of spring term and the first of summer term: two weeks that hold Easter."""
    sunday = easter(year)
    monday = sunday + timedelta(days=1)
    if (sunday.month, sunday.day) < (4, 8):
        return sunday - timedelta(days=3), monday + timedelta(days=14)
    if sunday.day < 17:
        return monday - timedelta(days=10), monday + timedelta(days=7)
    return monday - timedelta(days=17), monday + timedelta(days=1)


def _closed(year: int) -> list[int]:
    """Half-term weeks and bank holidays inside the terms, as ordinals."""
    weeks = [
        _last(MONDAY, date(year, 10, 28)),
        _last(MONDAY, date(year + 1, 2, 18)),
        _last(MONDAY, date(year + 1, 5, 31)),
    ]
    days = [monday.toordinal() + day for monday in weeks for day in range(5)]
    return [*days, _last(MONDAY, date(year + 1, 5, 7)).toordinal()]


def _last(weekday: int, day: date) -> date:
    return day - timedelta(days=(day.weekday() - weekday) % 7)


def _weekday_from(day: date) -> date:
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _WEEKEND else day
