"""Sorting and filtering the rows of the list.

The rules for it are loaded when they are first wanted: a start shows everyone by name.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from senreg.rules.register_rows import PupilRow

if TYPE_CHECKING:
    from senreg.rules.register_filter import FacetValue


def sorted_rows(rows: list[PupilRow], column: str, backwards: bool) -> list[PupilRow]:
    """The rows by a column, those without a value last."""
    if column == "name" and not backwards:
        return sorted(rows, key=lambda row: row.order)
    from senreg.rules.register_filter import sort_rows

    return sort_rows(rows, column, backwards)


def kept_rows(
    rows: list[PupilRow], text: str, chosen: Mapping[str, set[str]]
) -> Callable[[PupilRow], bool]:
    """What is true of the rows that hold a text and have the chosen values."""
    if not text and not chosen:
        return lambda row: row.roll != "left"
    from senreg.rules.register_filter import filter_rows

    shown = {row.id for row in filter_rows(rows, text, chosen)}
    return lambda row: row.id in shown


def counted_rows(rows: list[PupilRow]) -> dict[str, list[FacetValue]]:
    """What each facet offers for the rows."""
    from senreg.rules.register_filter import facet_values

    return facet_values(rows)
