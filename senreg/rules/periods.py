"""The period a paper is about: a term that is named, or the school year so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from senreg.models.text import clean_line, folded
from senreg.rules.dates import parse_day, school_year_of, school_year_span, terms_of_year
from senreg.rules.reading import Row


class Period(NamedTuple):
    """First and last day, and its name."""

    start: date
    end: date
    name: str


def year_so_far(today: date) -> Period:
    """The school year until today."""
    year = school_year_of(today)
    return Period(school_year_span(year)[0], today, f"school year {year} so far")


def terms_so_far(today: date, terms: Iterable[Row]) -> list[Period]:
    """The terms of this school year and the two before that have begun, the newest first.

    The last day of one that runs still is today.
    """
    known = list(terms)
    first = int(school_year_of(today)[:4])
    years = [f"{year}/{(year + 1) % 100:02d}" for year in (first, first - 1, first - 2)]
    found = [term for year in years for term in terms_of_year(year, known) if term.start <= today]
    found.sort(key=lambda term: term.start, reverse=True)
    return [
        Period(term.start, min(term.end, today), _words(term.name, term.start)) for term in found
    ]


def period_named(name: str, today: date, terms: Iterable[Row]) -> Period | None:
    """The newest term of that name, with or without its year; None where there is none."""
    wanted = " ".join(folded(name).split())
    for period in terms_so_far(today, terms):
        words = folded(period.name)
        if words == wanted or words.rpartition(" ")[0] == wanted:
            return period
    return None


def last_terms(today: date, terms: Iterable[Row], count: int) -> tuple[date, date]:
    """The days from the start of the last so many terms, of which the present one is the last."""
    known = terms_so_far(today, terms)[:count]
    return (known[-1].start if known else today), today


def by_terms(start: date, end: date, terms: Iterable[Row]) -> list[Period]:
    """The days from one day to another, parted at the first day of each term.

    A holiday belongs to the term before it, as in `senreg.rules.dates.term_of`.

    Args:
        start: The first day.
        end: The last day; nothing where it is before the first.
        terms: Rows of the table `terms`.
    """
    known = list(terms)
    years = range(int(school_year_of(start)[:4]) - 1, int(school_year_of(end)[:4]) + 2)
    there_are = [
        term
        for year in years
        if date.min.year < year < date.max.year
        for term in terms_of_year(f"{year}/{(year + 1) % 100:02d}", known)
        if term.start <= end
    ]
    there_are.sort(key=lambda term: term.start)
    found = []
    for place, term in enumerate(there_are):
        after = there_are[place + 1].start - timedelta(1) if place + 1 < len(there_are) else end
        first, last = max(term.start, start), min(after, end)
        if first <= last:
            found.append(Period(first, last, _words(term.name, term.start)))
    return found


def days_typed(text: str, today: date, terms: Iterable[Row]) -> tuple[date, date]:
    """The first and the last day of '1 Sep 2025 to 20 Mar 2026'; of one day alone, until today.

    Raises ValueError with a sentence for what is no day.
    """
    known = list(terms)
    first, to, last = clean_line(text).partition(" to ")
    start = parse_day(first, today=today, terms=known)
    return start, parse_day(last, today=today, terms=known) if to else today


def _words(name: str, start: date) -> str:
    """'Autumn 2026': a term's name with the year in which it begins."""
    name = clean_line(name)
    return name if str(start.year) in name else f"{name} {start.year}"
