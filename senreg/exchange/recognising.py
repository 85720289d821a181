"""Whether a sheet clearly is what its headings are taken for.

Asked where many files come in at once and nobody looks at each: any text has commas in it, and
a line of a letter or of a program may hold a word that heads a column in some table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senreg.exchange.grid import last_filled
from senreg.exchange.pupil_columns import ID, NAME
from senreg.exchange.taking import PUPILS, Taken, kind_of_table, tables_named
from senreg.models.tables import TABLES

if TYPE_CHECKING:
    from senreg.exchange.grid import Grid, GridRow

_NAMES = frozenset({NAME, "surname", "forename", "preferred_name"})
"""What a list of anybody has, be it of parents, of staff or of suppliers."""

_ENOUGH = 2
"""Columns that must be known where neither the sheet's name nor an earlier import says more."""

_LOOKED_AT = 500
"""Rows by which a text shows whether it is a table."""


def is_clear(taken: Taken) -> bool:
    """Whether a sheet is, beyond doubt, of the table its columns were placed for.

    It is where such a file was placed by hand before; else where it is called like the table, or
    its headings know that table and no other as well, and most of its rows stand below them.
    """
    if taken.known:
        return True
    known = _known(taken)
    if tables_named(taken.file).get(taken.sheet) == taken.table:
        clear = len(known) >= _ENOUGH or taken.header.place == 0
    else:
        of_whom = known - _NAMES if taken.table == PUPILS else known
        clear = len(known) >= _ENOUGH and bool(of_whom) and not _known_elsewhere(taken, len(known))
    return clear and _stands_below(taken)


def has_columns(grid: Grid) -> bool:
    """Whether most rows of a sheet have several cells, as those of a table do."""
    rows = grid.rows[:_LOOKED_AT]
    return 2 * sum(len(row.cells) > 1 for row in rows) > len(rows)


def _known(taken: Taken) -> set[str]:
    return taken.header.targets - {ID}


def _known_elsewhere(taken: Taken, known: int) -> bool:
    """Whether another table knows the headings as well; of pupils, better."""
    headed = [each for each in taken.header.columns if each.heading]
    if taken.table == PUPILS and 2 * known >= len(headed):
        return False
    most = known + (1 if taken.table == PUPILS else 0)
    for table in TABLES:
        if table in (PUPILS, taken.table):
            continue
        header = kind_of_table(table).read_header(taken.grid, {}, ())
        if header is not None and len(header.targets - {ID}) >= most:
            return True
    return False


def _stands_below(taken: Taken) -> bool:
    """Whether more than half of the rows have what such a record needs, in as many columns."""
    rows = taken.grid.rows[taken.header.place + 1 :][:_LOOKED_AT]
    return 2 * sum(_is_record(row, taken) for row in rows) > len(rows)


def _is_record(row: GridRow, taken: Taken) -> bool:
    columns = taken.header.columns
    if len(row.cells) < taken.header.width or last_filled(row.cells) > len(columns):
        return False
    filled = {
        column.target
        for column, cell in zip(columns, row.cells, strict=False)
        if cell not in ("", None)
    }
    return not row.problem and taken.kind.suffices(filled | set(taken.every))
