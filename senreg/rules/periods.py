"""The period a paper is about: a term that is named, or the school year so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from senreg.models.text import clean_line, folded
from senreg.rules.dates import school_year_of, school_year_span, terms_of_year
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


def _words(name: str, start: date) -> str:
    """'Autumn 2026': a term's name with the year in which it begins."""
    name = clean_line(name)
    return name if str(start.year) in name else f"{name} {start.year}"
