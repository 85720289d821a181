"""A figure of the leadership screen: its value, its n, who they are, and its definition."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from senreg.rules.measures import Measure, MeasureRow
from senreg.rules.measures.words import adds_up, value_in_words


class Figure(NamedTuple):
    """One line of the leadership screen.

    Args:
        section: One of `SECTIONS`.
        title: What it is.
        value: The figure in words.
        of: What it counts, with its n and those who are unknown.
        note: Its definition, for who asks.
        behind: The ids of the pupils it counts.
        missing: The ids of those who are unknown.
        said: How a pupil stands in it, in words, by id.
    """

    section: str
    title: str
    value: str
    of: str
    note: str = ""
    behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    said: Mapping[str, str] = MappingProxyType({})


def n_of(row: MeasureRow) -> str:
    """'n 172, 68 unknown'."""
    unknown = f", {row.unknown:,} unknown" if row.unknown else ""
    return f"n {row.n:,}{unknown}"


def figure_of(section: str, title: str, row: MeasureRow, answer: Measure, more: str = "") -> Figure:
    """A row of a measure as a figure; `more` stands after its n."""
    words = n_of(row) + (f"; {more}" if more else "")
    return Figure(
        section, title, value_in_words(row.value, row.unit), words, note_of(answer, row),
        row.behind, row.missing, row.said,
    )  # fmt: skip


def note_of(answer: Measure, row: MeasureRow) -> str:
    """How n and unknown add up to whom, and the definition."""
    return "\n".join(filter(None, (adds_up(answer, row), answer.definition)))
