"""Days, terms and school years.

A school year runs from 1 September to 31 August, or from the first day of an autumn term that
is recorded as beginning in August. A register may hold its own terms; without them autumn begins
on 1 September, spring on 1 January and summer on 1 April.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from senreg.models.days import as_day, end_of_term, parse_day, short_day, shown_day
from senreg.rules.reading import Row

__all__ = [
    "Term",
    "TermDays",
    "as_day",
    "days_after",
    "end_of_term",
    "first_of_school_year",
    "parse_day",
    "school_days_after",
    "school_year_of",
    "school_year_span",
    "short_day",
    "shown_day",
    "term_of",
    "terms_of_year",
]


_AUGUST = 8


class Term(NamedTuple):
    """A term of one school year; its last day counts."""

    name: str
    start: date
    end: date
    school_year: str


def days_after(day: date, days: int) -> str:
    """The ISO day that many days later (earlier where negative), within what dates can say."""
    number = min(max(day.toordinal() + days, 1), date.max.toordinal())
    return date.fromordinal(number).isoformat()


def school_days_after(day: date, count: int, terms: Iterable[Row] = ()) -> str:
    """The ISO day on which so many school days after a day have passed.

    A school day is a weekday within a term; half terms and bank holidays are not known, so that
    the true day is the same or later.

    Args:
        day: The day after which counting begins.
        count: How many school days.
        terms: Rows of the table `terms`.
    """
    known = list(terms)
    years: dict[str, list[Term]] = {}
    number, last = day.toordinal(), min(day.toordinal() + 20 * count + 400, date.max.toordinal())
    while count > 0 and number < last:
        number += 1
        each = date.fromordinal(number)
        year = school_year_of(each)
        if year not in years:
            years[year] = terms_of_year(year, known)
        if each.weekday() < 5 and any(term.start <= each <= term.end for term in years[year]):
            count -= 1
    return date.fromordinal(number).isoformat()


def school_year_of(day: date | str, terms: Iterable[Row] = ()) -> str:
    """The school year a day falls in: '2026/27' from 1 September 2026 to 31 August 2027.

    Args:
        day: The day.
        terms: Rows of the table `terms`: with an autumn term that begins in August the year
            begins on its first day.
    """
    if isinstance(day, str):
        day = date.fromisoformat(day)
    first = day.year if day.month >= 9 else day.year - 1
    if day.month == _AUGUST and day >= _first_of(day.year, terms):
        first += 1
    return _label(first)


def school_year_span(school_year: str, terms: Iterable[Row] = ()) -> tuple[date, date]:
    """First and last day of a school year such as '2026/27'; terms as for `school_year_of`.

    Raises ValueError for other text.
    """
    first, slash, _ = school_year.partition("/")
    if not (slash and first.isascii() and first.isdigit() and len(first) == 4):
        raise ValueError("A school year is written like 2026/27.")
    year = int(first)
    if not _is_year(school_year, year):
        raise ValueError("A school year is written like 2026/27.")
    known = list(terms)
    return _first_of(year, known), _first_of(year + 1, known) - timedelta(1)


def first_of_school_year(day: date, terms: Iterable[Row] = ()) -> date:
    """The first day of the school year a day falls in; terms as for `school_year_of`."""
    known = list(terms)
    return school_year_span(school_year_of(day, known), known)[0]


def _first_of(year: int, terms: Iterable[Row]) -> date:
    """The first day of the school year that begins in a year."""
    starts = [term.start for term in _recorded(year, terms) if term.start.year == year]
    return min([date(year, 9, 1), *starts])


def terms_of_year(school_year: str, terms: Iterable[Row] = ()) -> list[Term]:
    """The terms of a school year: the register's own, and the usual ones where it has none.

    A usual term gives way to recorded ones that reach both of its halves. Where they reach one,
    it stands for the days of the other; it never holds a day of a recorded one.

    Args:
        school_year: Such as '2026/27'.
        terms: Rows of the table `terms`, of any year; those without both dates are passed over.
    """
    own, usual = _own_and_usual(school_year, terms)
    return sorted([*own, *usual], key=lambda term: term.start)


def _own_and_usual(school_year: str, terms: Iterable[Row]) -> tuple[list[Term], list[Term]]:
    """The terms of a year that are recorded, and the usual ones where none is."""
    first, _ = school_year_span(school_year)
    own = _recorded(first.year, terms)
    left = (_left_of(term, halves, own) for term, halves in _usual(first.year))
    return own, [term for term in left if term is not None]


def _recorded(year: int, terms: Iterable[Row]) -> list[Term]:
    """The terms recorded for the school year that begins in a year."""
    own = []
    for row in terms:
        start, end = as_day(row.get("start")), as_day(row.get("end"))
        if start is None or end is None or end < start:
            continue
        if _is_year(row.get("school_year"), year) or (
            not row.get("school_year") and _year_of_start(start) == year
        ):
            own.append(Term(str(row.get("name") or "Term"), start, end, _label(year)))
    return own


def _left_of(usual: Term, halves: tuple[date, date], own: list[Term]) -> Term | None:
    """What recorded terms leave of a usual one: all of it, the half they do not reach, or nothing.

    Args:
        usual: The usual term.
        halves: A day that is in term, of its first half and of its second.
        own: The recorded terms of the year.
    """
    first, second = ([term for term in own if term.start <= day <= term.end] for day in halves)
    if first and second:
        return None
    start = max((term.end + timedelta(1) for term in first), default=usual.start)
    end = min((term.start - timedelta(1) for term in second), default=usual.end)
    for term in sorted(own, key=lambda term: term.start):
        if term.start <= start <= term.end:
            start = term.end + timedelta(1)
    for term in sorted(own, key=lambda term: term.end, reverse=True):
        if term.start <= end <= term.end:
            end = term.start - timedelta(1)
    return usual._replace(start=start, end=end) if start <= end else None


class TermDays:
    """Tells the days of terms from holidays.

    Where no term is recorded the usual ones stand in, which know of no holidays; half terms are
    known where each half is recorded as a term.

    Args:
        terms: Rows of the table `terms`.
    """

    def __init__(self, terms: Iterable[Row]) -> None:
        self._terms = list(terms)
        self._years: dict[str, tuple[list[Term], list[Term]]] = {}

    def has(self, day: str) -> bool:
        """Whether an ISO day lies in a term, be it recorded or a usual one."""
        return self._within(day, 0) or self._within(day, 1)

    def supposed(self, day: str) -> bool:
        """Whether an ISO day lies in a usual term alone, so that it may be of the holidays."""
        return not self._within(day, 0) and self._within(day, 1)

    def _within(self, day: str, which: int) -> bool:
        years = [school_year_of(day)]
        if day[5:7] == f"{_AUGUST:02d}":
            years.append(school_year_of(f"{day[:4]}-09-01"))
        for year in years:
            if year not in self._years:
                self._years[year] = _own_and_usual(year, self._terms)
        that = date.fromisoformat(day)
        return any(
            term.start <= that <= term.end for year in years for term in self._years[year][which]
        )


def term_of(day: date | str, terms: Iterable[Row] = ()) -> Term:
    """The term a day belongs to; a day in the holidays belongs to the term before it.

    Days of a school year before its first term belong to that term. An autumn term that begins
    in August counts from its first day.
    """
    if isinstance(day, str):
        day = date.fromisoformat(day)
    known = list(terms)
    year = terms_of_year(school_year_of(day), known)
    if day.month == _AUGUST and day.year < date.max.year:
        year += terms_of_year(school_year_of(day.replace(month=9, day=1)), known)
    return next((term for term in reversed(year) if term.start <= day), year[0])


def _year_of_start(start: date) -> int:
    """In which year the school year begins whose term begins on a day: some begin in August."""
    return start.year if start.month >= _AUGUST else start.year - 1


def _is_year(school_year: object, first: int) -> bool:
    """Whether a stored school year, '2026/27' or '2026/2027', begins in the year `first`."""
    return school_year in (_label(first), f"{first}/{first + 1}")


def _label(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _usual(year: int) -> list[tuple[Term, tuple[date, date]]]:
    """The usual terms, each with a day of either half that no half-term or Easter reaches."""
    label, after = _label(year), year + 1
    return [
        (
            Term("Autumn", date(year, 9, 1), date(year, 12, 31), label),
            (date(year, 10, 1), date(year, 12, 1)),
        ),
        (
            Term("Spring", date(after, 1, 1), date(after, 3, 31), label),
            (date(after, 1, 25), date(after, 3, 10)),
        ),
        (
            Term("Summer", date(after, 4, 1), date(after, 8, 31), label),
            (date(after, 5, 10), date(after, 6, 20)),
        ),
    ]
