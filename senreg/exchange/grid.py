"""A sheet as rows of cells, whatever file it came from.

Rows are counted as a spreadsheet program counts them, 1 first, so that a problem can be
found again in the file; rows with nothing in them are left out. Text is cleaned at this
door (`senreg.models.text.clean`) and bears no spaces at its ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import accumulate

from senreg.exchange.belongings import Belonging
from senreg.models.text import clean

Cell = str | int | float | bool | date | datetime | time | timedelta
"""What a cell holds; an empty one holds the empty text."""

LONGEST_CELL = 100_000
"""Characters a cell may hold, as many as a text of a register (`senreg.models.record.Text`);
Excel's own limit is a third of it. A longer one makes its row a problem."""


_SHORT, _MOST_MET = 40, 50_000
"""Characters of a text that may come back, and how many such texts are kept in mind."""


@dataclass(slots=True)
class GridRow:
    """One row of a sheet.

    Args:
        number: Its place in the file as spreadsheet programs count, 1 first.
        cells: What stands in it, from column A.
        problem: A sentence where the row cannot be taken as it stands; else empty.
        uncalculated: The columns, 0 first, of formulas whose value is not known.
    """

    number: int
    cells: Sequence[Cell]
    problem: str = ""
    uncalculated: frozenset[int] = frozenset()


@dataclass
class Grid:
    """The rows of one sheet that hold anything.

    Args:
        rows: In the order of the file.
        sheet: The name of the sheet; empty for a file of plain text.
        ragged: Rows keep the width they were written with, so that a row with too few
            columns shows; a workbook's rows are all equally wide.
        belongings: By row number, records of other tables that the file has for the pupil.
        remarks: Sentences about the file as a whole, for a person to read.
        look: Whether one of them is of something that was left out, or may have been.
    """

    rows: list[GridRow]
    sheet: str = ""
    ragged: bool = False
    belongings: dict[int, tuple[Belonging, ...]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
    look: bool = False

    @cached_property
    def widths(self) -> list[int]:
        """For each row, how many columns hold anything in it or in a row below."""
        backwards = accumulate((last_filled(row.cells) for row in reversed(self.rows)), max)
        return list(backwards)[::-1]


def last_filled(cells: Sequence[Cell]) -> int:
    """How many cells there are up to the last that holds anything."""
    for place in range(len(cells), 0, -1):
        if cells[place - 1] != "":
            return place
    return 0


def misfit_words(has: int, wants: int) -> str:
    """What is wrong with a row that has other cells than the headings name columns."""
    cells = "1 cell" if has == 1 else f"{has:,} cells"
    columns = "1 column" if wants == 1 else f"{wants:,} columns"
    return f"It has {cells} where the headings name {columns}."


def column_letters(index: int) -> str:
    """The name of a column in spreadsheet programs: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def tidy_row(
    number: int, raw: Iterable[Cell | None], same: dict[str, str] | None = None
) -> GridRow | None:
    """A row with its text cleaned; None where nothing stands in it.

    Args:
        number: Its place in the file.
        raw: What the file says.
        same: Short texts met in the file before: a text that comes back takes no room again.
    """
    cells: list[Cell] = []
    problem = ""
    filled = False
    for cell in raw:
        if isinstance(cell, str):
            if len(cell) > LONGEST_CELL:
                problem = problem or _too_long(number, len(cells), len(cell))
                text = ""
                filled = True
            else:
                text = cell if cell.isascii() and cell.isprintable() else clean(cell)
                text = text.strip()
            filled = filled or bool(text)
            cells.append(text if same is None else _once(text, same))
        elif cell is None:
            cells.append("")
        else:
            filled = True
            cells.append(cell)
    return GridRow(number, cells, problem) if filled else None


def _once(text: str, same: dict[str, str]) -> str:
    met = same.get(text)
    if met is not None:
        return met
    if len(text) <= _SHORT and len(same) < _MOST_MET:
        same[text] = text
    return text


def _too_long(number: int, index: int, length: int) -> str:
    return (
        f"Cell {column_letters(index)}{number} holds {length:,} characters; "
        f"a cell may hold {LONGEST_CELL:,}."
    )
