"""What a measure is asked and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from senreg.rules.reading import Reading, Row

Value = object
"""A JSON value: a number, text, true or false, null, or an object of these."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a measure is asked for.

    Args:
        start: The first day of the period; it counts.
        end: The last day; it counts.
        today: The day on which the pupils' own class and teacher hold.
        by: What the rows are parted by; empty for one row, or the measure's own parts.
        subject: Only this subject.
        scale: Only this scale; otherwise the one with most of the records.
        expected: Points a year; where None, the school's expectations.
        at_least: The value to be reached, on the order of its scale.
    """

    start: date
    end: date
    today: date
    by: str = ""
    subject: str = ""
    scale: str = ""
    expected: float | None = None
    at_least: str = ""

    @property
    def first(self) -> str:
        """The first day as it is stored."""
        return self.start.isoformat()

    @property
    def last(self) -> str:
        """The last day as it is stored."""
        return self.end.isoformat()

    def holds(self, day: object) -> bool:
        """Whether an ISO day lies in the period."""
        return bool(day) and self.first <= str(day) <= self.last


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One figure.

    Args:
        by: What it is of: words by the name of the part.
        n: How many it counts.
        unknown: How many were asked about and lack the data; they are not in n.
        value: The figure; None where n is none.
        unit: share (0 to 1), points a year, points, pupils, pounds and the like.
        more: Further figures by name.
        behind: The ids of the pupils it counts.
        missing: The ids of those who are unknown.
        record: The id of the record it is of, where it is of one: names may be alike.
        said: How a pupil stands in it, in words, by id.
    """

    by: dict[str, str]
    n: int
    unknown: int
    value: float | int | None
    unit: str
    more: Mapping[str, Value] = field(default_factory=dict)
    behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    record: str = ""
    said: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measure:
    """The answer of a measure: its definition in a sentence, its period and its rows."""

    name: str
    definition: str
    start: date
    end: date
    rows: tuple[MeasureRow, ...]
    notes: tuple[str, ...] = ()
    """What is to be said beside the figures."""
    whom: str = ""
    """Who n and unknown of a row are together; empty where nobody can be unknown."""


def twelve_months_to(day: date) -> date:
    """The day a year before a day, from which on twelve months are counted."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def period_in_words(start: date, end: date) -> str:
    """'12 months' where a period is that long, else 'this school year'."""
    return "12 months" if start == twelve_months_to(end) else "this school year"


Rule = Callable[[Reading, Asked], Measure]


def parted(items: Iterable[T], part_of: Callable[[T], Hashable]) -> list[tuple[Hashable, list[T]]]:
    """Items by the part they belong to, the parts in order of their words, unknown ones last."""
    parts: dict[Hashable, list[T]] = {}
    for item in items:
        parts.setdefault(part_of(item), []).append(item)
    return sorted(parts.items(), key=lambda pair: (pair[0] == NOT_KNOWN, _natural(pair[0])))


NOT_KNOWN = "not known"
"""What stands in `by` where the part is not known."""


def _natural(part: object) -> tuple[tuple[int, int, str], ...]:
    """A key by which 10 comes after 9 and 4B after 4A."""
    words: list[tuple[int, int, str]] = []
    digits = ""
    for letter in [*str(part), " "]:
        if letter.isdigit() and letter.isascii():
            digits += letter
            continue
        if digits:
            words.append((0, int(digits), ""))
            digits = ""
        words.append((1, 0, letter.casefold()))
    return tuple(words)


def share(count: int, n: int) -> float | None:
    """A share between 0 and 1; None of nothing."""
    return count / n if n else None


def mean(figures: Sequence[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    return sum(figures) / len(figures) if figures else None


def ids(rows: Iterable[Row]) -> tuple[str, ...]:
    """The ids of records, in order."""
    return tuple(row["id"] for row in rows)
