"""Columns of a list of records, and how they share the width there is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, NamedTuple, TypeVar

R = TypeVar("R")

Cell = str | tuple[str, str]
"""The text of a cell, or its text and the tone it is written in."""

GAP = 2
"""Cells left free between two columns."""


class Column(NamedTuple, Generic[R]):
    """A column: what it shows of a row, and how wide it would like to be.

    Args:
        id: Its name in code and in saved views.
        title: Its heading.
        cell: The text of a row, or text and tone.
        order: What rows are sorted by here; None where the column cannot be sorted by.
        width: The width it needs, in cells.
        most: The width beyond which more room is no use to it; 0 where it takes none.
        rank: 0 stays for ever; the highest goes first when the window is narrow.
    """

    id: str
    title: str
    cell: Callable[[R], Cell]
    order: Callable[[R], Any] | None = None
    width: int = 10
    most: int = 0
    rank: int = 0


def shares(columns: Sequence[Column[Any]], room: int) -> list[tuple[Column[Any], int]]:
    """The columns that fit and the width of each.

    Those of the highest rank are left out until the rest fit; what is left over goes to those
    that can use it, in proportion to what they lack; where even the last do not fit, the one that
    could use most gives way.
    """
    kept = list(columns)
    while len(kept) > 1 and _needed(kept) > room:
        last = max(kept, key=lambda column: column.rank)
        if last.rank == 0:
            break
        kept.remove(last)
    widths = [column.width for column in kept]
    spare = room - _needed(kept)
    if spare < 0 and widths:
        giving = max(range(len(kept)), key=lambda place: kept[place].most)
        widths[giving] = max(4, widths[giving] + spare)
    wishes = [max(0, column.most - column.width) for column in kept]
    wanted = sum(wishes)
    if spare > 0 and wanted:
        give = min(spare, wanted)
        widths = [width + give * wish // wanted for width, wish in zip(widths, wishes, strict=True)]
    return list(zip(kept, widths, strict=True))


def _needed(columns: Sequence[Column[Any]]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)
