"""Which row of a sheet names its columns, and what each column is.

Above the headings there may be guidance, titles and blank rows. A row is taken for the header
where its cells are known headings; the row that knows most wins. Headings are compared
without case, accents, spaces and punctuation, then without the date a school system adds
("SEN status on 27 Nov 2026"), then without whose they are ("Pupil forename").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from senreg.errors import WrongUsage
from senreg.exchange.grid import Cell, Grid, column_letters, last_filled
from senreg.models.text import clean_line, folded

NOTE = "note"
"""The target of a column that is kept as a note, as it stands."""

SKIP = "skip"
"""The target of a column that is passed over."""

HEADER_WITHIN = 60
"""Rows from the top among which the header is looked for."""

_CELLS_WITHIN = 15_000
"""Cells in fewer rows where a sheet is wide: no header of a thousand columns stands in row 60."""

_MOST_STEMS = 1 << 15
"""Texts whose stems are kept: every table asks for those of all these cells, and each with the
words above it."""

How = Literal["chosen", "remembered", "recognised", "kept"]

_BRACKETED = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_WHEN = re.compile(
    r"\b(at any time|between|during|for this academic year|this academic year|this year|"
    r"current academic year|as at|as of|as on|today|on \d|in 20\d\d|20\d\d).*$"
)
_WHOSE = re.compile(r"^(?:pupil'?s?|students?'?s?|child'?s?|learner'?s?|current|actual)\s+")


@dataclass(slots=True)
class Column:
    """One column of a sheet.

    Args:
        index: Its place, 0 first.
        heading: What stands above it, cleaned; empty where nothing does.
        label: The heading, made unlike any other of the sheet: what a person chooses by.
        target: What it is taken for; `NOTE` or `SKIP` for none.
        how: Who says so: a person, a mapping kept from before, or the program; kept for
            a column that nobody has placed.
        rank: How sure the program is: 0 the field's own title, higher for vaguer.
    """

    index: int
    heading: str
    label: str
    target: str = NOTE
    how: How = "kept"
    rank: int = 99


@dataclass(slots=True)
class Header:
    """The row of headings of a sheet.

    Args:
        place: Which of the grid's rows it is, 0 first; the rows after it hold the records.
        number: Its row number in the file.
        columns: Its columns from the left.
    """

    place: int
    number: int
    columns: list[Column] = field(default_factory=list)

    @property
    def shape(self) -> str:
        """The headings, a line each, by which the same kind of file is known again."""
        return "\n".join(column.heading for column in self.columns)

    def of(self, target: str) -> list[Column]:
        """The columns taken for a target, the surest first."""
        found = [column for column in self.columns if column.target == target]
        return sorted(found, key=lambda column: (column.rank, column.index))

    @property
    def width(self) -> int:
        """Columns up to the last that has a heading."""
        return next((each.index + 1 for each in reversed(self.columns) if each.heading), 0)

    @property
    def targets(self) -> set[str]:
        """Everything that some column is taken for."""
        return {column.target for column in self.columns} - {NOTE, SKIP}

    def find(self, words: str) -> list[Column]:
        """The columns a person means: by label, by heading, or by letter ("column D")."""
        wanted = squeezed(words)
        for reading in (_label, _heading, _letters):
            found = [column for column in self.columns if reading(column) == wanted]
            if found:
                return found
        return []


@lru_cache(maxsize=4096)
def squeezed(text: str) -> str:
    """Text with nothing but its letters and figures, without case and accents."""
    return re.sub(r"[\W_]+", "", folded(text))


@lru_cache(maxsize=_MOST_STEMS)
def stems(heading: str) -> tuple[str, ...]:
    """What a heading may be known by, the fullest first, squeezed."""
    words = folded(heading).replace("_", " ")
    found = [squeezed(words)]
    words = " ".join(_BRACKETED.sub(" ", words).split())
    found.append(squeezed(words))
    words = _WHEN.sub("", words).strip(" ?:*-")
    found.append(squeezed(words))
    for _ in range(2):
        shorter = _WHOSE.sub("", words)
        if shorter == words:
            break
        words = shorter
        found.append(squeezed(words))
    return tuple(found)


Recognise = Callable[[str], "tuple[str, int] | None"]
"""Gives the target of a heading and how sure that is, 0 surest; None for an unknown one."""


def recogniser(known: Mapping[str, tuple[str, int]]) -> Recognise:
    """A `Recognise` over a vocabulary of squeezed headings."""

    def recognise(heading: str) -> tuple[str, int] | None:
        for step, stem in enumerate(stems(heading)):
            if stem and stem in known:
                target, rank = known[stem]
                return target, rank + 2 * step
        return None

    return recognise


def find_header(
    grid: Grid, recognise: Recognise, suffices: Callable[[set[str]], bool]
) -> Header | None:
    """The row that names the most columns, of those whose columns suffice; None for none.

    Args:
        grid: The rows of a sheet.
        recognise: Knows headings.
        suffices: Whether columns for these targets are enough to import anything.
    """
    best: tuple[int, Header] | None = None
    for place in range(_rows_within(grid)):
        if not _names_any(grid.rows[place].cells, recognise):
            continue
        header = header_at(grid, place, recognise)
        targets = header.targets
        if suffices(targets) and (best is None or len(targets) > best[0]):
            best = (len(targets), header)
    return best[1] if best else None


def _rows_within(grid: Grid) -> int:
    """How many rows from the top may be the header."""
    rows = min(HEADER_WITHIN, len(grid.rows))
    widest = max((len(row.cells) for row in grid.rows[:rows]), default=0)
    return min(rows, max(10, _CELLS_WITHIN // max(widest, 1)))


def _names_any(cells: Sequence[Cell], recognise: Recognise) -> bool:
    """Whether a row has a heading that is known by itself: most rows have none."""
    return any(recognise(heading) for cell in cells if (heading := heading_text(cell)))


def may_be_header(cells: Sequence[Cell]) -> bool:
    """Whether a row has any words; dates and figures beside them may be headings as well."""
    return any(isinstance(cell, str) and cell for cell in cells)


def header_at(grid: Grid, place: int, recognise: Recognise) -> Header:
    """The header where one row of the grid is taken for it, as a person may say.

    A heading that says too little by itself ("Status") is also looked up with what stands
    above it in merged cells ("SEN"). One that is merged downwards stands in the row above.
    """
    row = grid.rows[place]
    groups = _groups_above(grid, place)
    above = _row_above(grid, place)
    headings = [heading_text(cell) for cell in row.cells]
    width = max(_filled_width(grid, place), last_filled(headings))
    titled = sum(cell != "" for cell in above) > 1
    if titled and last_filled(above) > width and not grid.ragged:
        width = last_filled(above)
        headings += [""] * (width - len(headings))
    headings = headings[:width]
    header = Header(place, row.number)
    for index, heading in enumerate(headings):
        column = Column(index, heading, heading)
        found = recognise(heading) if heading else None
        if not heading and index < len(above) and (merged := heading_text(above[index])):
            found = recognise(merged)
            if found is not None or titled:
                column.heading = column.label = merged
        if found is None and heading and index < len(groups) and groups[index]:
            found = recognise(f"{groups[index]} {heading}")
        if found is not None:
            column.target, column.rank = found
            column.how = "recognised"
        header.columns.append(column)
    _label_apart(header.columns)
    return header


def put_column(header: Header, target: str, words: str, *, otherwise: str) -> None:
    """Take the column a person means for a target, and no other column for it.

    Args:
        header: The header to change.
        target: What the column is.
        words: The column: its heading, or "column D".
        otherwise: What another column becomes that was taken for the target before.

    Raises:
        WrongUsage: There is no such column.
    """
    found = header.find(words)
    if not found:
        raise WrongUsage(
            f"No column is headed {words}.",
            do="The columns are: " + ", ".join(column.label for column in header.columns) + ".",
        )
    if target not in (otherwise, SKIP):
        for column in header.of(target):
            column.target, column.how = otherwise, "kept"
    for column in found:
        column.target, column.how, column.rank = target, "chosen", 0


def _filled_width(grid: Grid, place: int) -> int:
    """How many columns hold anything, from a row of the grid on, where all are equally wide."""
    return len(grid.rows[place].cells) if grid.ragged else grid.widths[place]


def _label(column: Column) -> str:
    return squeezed(column.label)


def _heading(column: Column) -> str:
    return squeezed(column.heading)


def _letters(column: Column) -> str:
    return squeezed("column " + column_letters(column.index))


def _row_above(grid: Grid, place: int) -> Sequence[Cell]:
    """The cells of the row directly above; none where it is blank."""
    if place == 0 or grid.rows[place - 1].number != grid.rows[place].number - 1:
        return ()
    return grid.rows[place - 1].cells


def _groups_above(grid: Grid, place: int) -> list[str]:
    """What stands in the row above, spread to the right over blank cells as in merged ones."""
    spread: list[str] = []
    last = ""
    for cell in _row_above(grid, place):
        last = heading_text(cell) or last
        spread.append(last)
    return spread


def heading_text(cell: Cell) -> str:
    """A heading on one line, as it may be shown and kept."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return clean_line(str(cell))[:200]


def _label_apart(columns: Iterable[Column]) -> None:
    taken: set[str] = set()
    for column in columns:
        if not column.heading:
            column.label = f"Column {column_letters(column.index)}"
        elif squeezed(column.heading) in taken:
            column.label = f"{column.heading} (column {column_letters(column.index)})"
        taken.add(squeezed(column.label))
