"""The year of structured conversations: into how many parts it falls, and when to hold each.

The programme asks for three conversations a year with the family of every child of the cohort
(Achievement for All, 2009 to 2011); a school may set another number. A conversation belongs to
the part of the year in which it was held, or for which it is planned.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from senreg.rules.dates import Term, school_year_of, school_year_span, terms_of_year
from senreg.rules.open_days import OpenDays
from senreg.rules.reading import Reading, Row

A_YEAR = 3
"""Conversations a year where the school says nothing else."""

SETTLING = 21
"""Days into a part of the year after which conversations are offered: the class is known then."""


class Part(NamedTuple):
    """One part of a school year, in which each family is seen once.

    Args:
        name: As it is called: 'Autumn'.
        start: Its first day; a part begins where the one before has ended.
        end: Its last day.
        opens: The first day of school in it.
        closes: The last day of school in it.
    """

    name: str
    start: date
    end: date
    opens: date
    closes: date

    def holds(self, day: str | None) -> bool:
        """Whether an ISO day lies in it."""
        return bool(day) and self.start.isoformat() <= str(day) <= self.end.isoformat()


def conversations_a_year(school: Row) -> int:
    """How many conversations a year the school means to hold with each family: 1 to 6."""
    number = school.get("conversations_a_year")
    return min(max(number, 1), 6) if isinstance(number, int) else A_YEAR


def parts_of_year(day: date, terms: Iterable[Row], count: int = A_YEAR) -> list[Part]:
    """The parts of the school year of a day, in order; together they hold all of its days.

    Terms are put together, or where there are fewer of them than parts the year is cut into
    equal stretches.

    Args:
        day: Any day of the year.
        terms: Rows of the table `terms`.
        count: How many parts.
    """
    terms = list(terms)
    year = school_year_of(day, terms)
    first, last = school_year_span(year, terms)
    known = terms_of_year(year, terms)
    spans = list(_together(known, count) if len(known) >= count else _stretches(known, count))
    starts = [first, *(opens for _, opens, _ in spans[1:])]
    ends = [*(each - timedelta(1) for each in starts[1:]), last]
    return [
        Part(name, start, end, opens, closes)
        for (name, opens, closes), start, end in zip(spans, starts, ends, strict=True)
    ]


def part_of(parts: Sequence[Part], day: date | str) -> Part:
    """The part a day lies in; the nearest where it lies in none."""
    when = day if isinstance(day, str) else day.isoformat()
    held = next((part for part in parts if part.holds(when)), None)
    return held or (parts[0] if when < parts[0].start.isoformat() else parts[-1])


def part_now(register: Reading, today: date) -> Part:
    """The part of the school's year that a day lies in."""
    school = next(iter(register.all("school")), {})
    parts = parts_of_year(today, register.all("terms"), conversations_a_year(school))
    return part_of(parts, today)


def offered_day(part: Part, today: date, days: OpenDays) -> str:
    """The ISO day from which conversations of a part are offered: a school day not yet past."""
    first = max(part.opens + timedelta(SETTLING), today + timedelta(1))
    day = next(days.since(first), first)
    return (day if day <= part.closes else today).isoformat()


def _together(terms: Sequence[Term], count: int) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of so many stretches of whole terms; a year in a name is left."""
    for place in range(count):
        own = terms[place * len(terms) // count : (place + 1) * len(terms) // count]
        words = own[0].name.split()
        if len(words) > 1 and (len(own) > 1 or words[-1][:4].isdigit()):
            words = words[:1]
        yield " ".join(words) or f"Part {place + 1}", own[0].start, own[-1].end


def _stretches(terms: Sequence[Term], count: int) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of so many equal stretches of the year."""
    first, last = terms[0].start, terms[-1].end
    length = (last - first).days + 1
    for place in range(count):
        start = first + timedelta(place * length // count)
        end = first + timedelta((place + 1) * length // count - 1)
        yield f"Part {place + 1}", start, end
