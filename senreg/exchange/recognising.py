"""Whether a sheet clearly is what its headings are taken for, and what it may be instead.

Asked where many files come in at once and nobody looks at each, since any text has commas in it,
and a line of a letter or of a program may hold a word that heads a column in some table; and
where nobody says what the rows of one sheet are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from senreg.errors import Unreadable
from senreg.exchange.grid import last_filled
from senreg.exchange.headings import find_header, recogniser
from senreg.exchange.pupil_columns import ID, NAME
from senreg.exchange.record_columns import columns_of_table
from senreg.exchange.taking import PUPILS, Taken, tables_named
from senreg.models.tables import TABLES
from senreg.rules.nouns import NOUNS

if TYPE_CHECKING:
    from senreg.exchange.grid import Grid, GridRow
    from senreg.exchange.tabular import TableFile

_NAMES = frozenset({NAME, "surname", "forename", "preferred_name"})
"""What a list of anybody has, be it of parents, of staff or of suppliers."""

_ENOUGH = 2
"""Columns that must be known where neither the sheet's name nor an earlier import says more."""

_NAMED = 4
"""Tables that are named where it is not clear which one it is."""

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
    return any(_headings_known(taken.grid, table) >= most for table in _others(taken.table))


def told_by_headings(taken: Taken) -> bool:
    """Whether only its headings say what the rows of a sheet are."""
    named = tables_named(taken.file).get(taken.sheet) == taken.table
    return taken.table != PUPILS and not taken.known and not named


def may_be(grid: Grid, *, least: int = _ENOUGH, but: str = PUPILS) -> list[str]:
    """The tables, but for one, that know a sheet's headings best, where they know several.

    Args:
        grid: The sheet.
        least: Columns that a table must know.
        but: A table that is no answer.
    """
    known = {table: _headings_known(grid, table) for table in _others(but)}
    best = max(known.values())
    return [table for table, number in known.items() if number == best >= least]


def rivals(taken: Taken) -> list[str]:
    """The tables that know the headings of a sheet as well as the one it is taken for."""
    return may_be(taken.grid, least=max(len(_known(taken)), 1), but=taken.table)


def refuse_unclear(file: TableFile, sheet: str | None) -> None:
    """Refuse a file whose rows nobody knows, where some tables know its headings in part.

    Raises Unreadable, which says what they may be and how that is said; else does nothing.
    """
    for each in file.sheets if sheet is None else [sheet]:
        grid = file.grid(each)
        tables = may_be(grid) if has_columns(grid) else []
        if tables:
            raise _unclear(f"{file.name}, sheet {each}" if each else file.name, each, tables)


def say_guess(taken: Taken) -> None:
    """Note that only the headings of a sheet say what its rows are.

    Raises:
        Unreadable: They say it of several tables.
    """
    if not told_by_headings(taken):
        return
    others = rivals(taken)
    if others:
        raise _unclear(taken.title, taken.sheet, [taken.table, *others])
    what = NOUNS[taken.table][1]
    taken.told = (f"Taken for {what} by its headings; --table TABLE says otherwise.",)


def sheets_left(taken: Taken) -> tuple[str, ...]:
    """What is said of the other sheets of a workbook, of which one is taken."""
    file = taken.file
    left = [each for each in file.sheets if each != taken.sheet and len(file.grid(each).rows) > 1]
    if not left:
        return ()
    more = f" and {len(left) - _NAMED:,} more" if len(left) > _NAMED else ""
    others = f"{', '.join(left[:_NAMED])}{more}"
    how = "--sheet NAME takes another, --table all every sheet that is clear."
    return (f"Sheet {taken.sheet} is looked at, and not {others}: {how}",)


def _unclear(title: str, sheet: str, tables: list[str]) -> Unreadable:
    words = " or ".join(NOUNS[table][1] for table in tables[:_NAMED])
    which = f"--sheet '{sheet}' " if sheet else ""
    return Unreadable(
        f"The headings of {title} do not tell clearly what its rows are; perhaps {words}.",
        do=f"Say it: {which}--table {tables[0]}, for one; --map and --every place what is wanting.",
    )


def _others(table: str) -> list[str]:
    return [each for each in TABLES if each not in (PUPILS, table)]


def _headings_known(grid: Grid, table: str) -> int:
    """How many columns of a sheet a table knows, enough for a record or not."""
    header = find_header(grid, recogniser(columns_of_table(table).headings), bool)
    return len(header.targets - {ID}) if header is not None else 0


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
