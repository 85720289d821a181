"""The lines of a list for leaders, and what several lists say in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from senreg.rules.dates import short_day
from senreg.rules.reading import Reading, Row


class LeadLine(NamedTuple):
    """One line.

    Args:
        title: What it is.
        value: The figure, or a day.
        of: What it counts, with its n and how many are unknown.
        opens: The id of the record it is of; empty where it has only others behind it.
        behind: The ids of the pupils or records behind it.
        note: How it is worked out, for who asks.
        said: What is said of a pupil behind it, by id.
    """

    title: str
    value: str
    of: str = ""
    opens: str = ""
    behind: tuple[str, ...] = ()
    note: str = ""
    said: Mapping[str, str] = MappingProxyType({})


class LeadPart(NamedTuple):
    """Lines under a heading.

    Args:
        title: The heading.
        lines: The lines.
        note: What is said beside the heading.
        code: What a record that is written from here is about.
    """

    title: str
    lines: tuple[LeadLine, ...]
    note: str = ""
    code: str = ""


Rule = Callable[[Reading, date], list[LeadPart]]


def when(day: object) -> str:
    """A stored day in short words; empty where there is none."""
    return short_day(str(day)) if day else ""


def newest_first(rows: Iterable[Row], field: str = "date") -> list[Row]:
    """Rows by a day, the latest first; those without one last."""
    return sorted(rows, key=lambda row: str(row.get(field) or ""), reverse=True)


def said(*parts: str) -> str:
    """What there is of some words, with semicolons between."""
    return "; ".join(part for part in parts if part)


def year_back(day: date) -> date:
    """The same day of the year before."""
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)
