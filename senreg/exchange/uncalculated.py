"""Formulas of a workbook whose value nobody has worked out yet.

A program that writes workbooks without calculating leaves the value of a formula out, or writes
nought and asks the next spreadsheet program to calculate. Such a cell says nothing of a child,
and must not be taken for a blank one, nor for nought.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO

from senreg.exchange.grid import Grid, GridRow, column_letters
from senreg.exchange.headings import SKIP, Column, Header

OPEN_AND_SAVE = "Open the file in Excel or LibreOffice, save it there, and bring it in again."
"""What gives formulas their values."""

_NAMED = 3
"""Cells that are named where more have no value."""

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_LATER = re.compile(rb"<(?:\w+:)?calcPr\b[^>]*\bfullCalcOnLoad=[\"'](?:1|true)[\"']")
_DATA = re.compile(rb"<(\w+:)?sheetData\b[^>]*>")
_PLACE = re.compile(rb"\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"']")
_NUMBER = re.compile(rb"\br=[\"'](\d{1,7})[\"']")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_TEXT_KIND = re.compile(rb"\bt=[\"'](?:str|inlineStr)[\"']")
_NOUGHT = re.compile(rb"0+(?:\.0+)?")
_ODS_TABLE = re.compile(rb"<table:table\b[^>]*\btable:name=[\"']([^\"']*)[\"'][^>]*>")
_ODS_PART = re.compile(
    rb"<(/?)table:(table-row|table-cell|covered-table-cell)\b([^>]*)>|</table:table>"
)
_ODS_TIMES = re.compile(rb"number-(?:columns|rows)-repeated=[\"'](\d{1,9})")

Places = dict[int, set[int]]
"""By row number, 1 first, the columns, 0 first."""


def uncalculated(content: bytes, sheet: str) -> Places:
    """The cells of a sheet that hold a formula and no value.

    Args:
        content: An .xlsx or .ods workbook that was looked at already
            (`senreg.exchange.workbook_bounds.check_zipped`).
        sheet: The sheet's name.

    Returns:
        None of them for a sheet that cannot be found; whether it can be read is told elsewhere.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as book:
            if "content.xml" in book.namelist():
                return _in_ods(book.read("content.xml"), sheet)
            part = _part_of(book, sheet)
            return _in_xlsx(book.read(part), later=_is_later(book)) if part else {}
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, OSError, RuntimeError):
        return {}


def mark_uncalculated(grid: Grid, places: Places) -> None:
    """Note the cells in the rows of a grid; a row with nothing else in it is a row that is told."""
    if not places:
        return
    known = {row.number: row for row in grid.rows}
    for number, columns in places.items():
        row = known.get(number)
        if row is None:
            grid.rows.append(GridRow(number, (), _nothing_else(), frozenset(columns)))
            continue
        row.cells = ["" if at in columns else cell for at, cell in enumerate(row.cells)]
        row.uncalculated = frozenset(columns)
        if all(cell == "" for cell in row.cells):
            row.problem = row.problem or _nothing_else()
    grid.rows.sort(key=lambda row: row.number)
    width = max((len(row.cells) for row in grid.rows), default=0)
    for row in grid.rows:
        row.cells = row.cells or [""] * width


def _nothing_else() -> str:
    return f"It holds only formulas without a value. {OPEN_AND_SAVE}"


def uncalculated_in(row: GridRow, columns: Iterable[Column]) -> Iterator[tuple[Column, str]]:
    """Those of these columns whose value is missing in a row, each with a sentence that says so."""
    if row.uncalculated:
        for column in columns:
            if column.index in row.uncalculated:
                cell = f"{column_letters(column.index)}{row.number}"
                told = f"the formula in {cell} has no value, so nothing is taken from it."
                yield column, f"{column.label}: {told}"


def told_of_file(grid: Grid, header: Header) -> tuple[str, ...]:
    """What is said of a sheet as a whole: how many such cells, where, and what is to be done."""
    taken = {column.index for column in header.columns if column.target != SKIP}
    cells = [
        f"{column_letters(index)}{row.number}"
        for row in grid.rows[header.place :]
        for index in sorted(row.uncalculated)
        if index in taken or row is grid.rows[header.place]
    ]
    if not cells:
        return ()
    where = ", ".join(cells[:_NAMED])
    if len(cells) == 1:
        return (f"A formula has no value: {where}. {OPEN_AND_SAVE}",)
    more = f" and {len(cells) - _NAMED:,} more" if len(cells) > _NAMED else ""
    return (f"{len(cells):,} formulas have no value: {where}{more}. {OPEN_AND_SAVE}",)


def _is_later(book: zipfile.ZipFile) -> bool:
    """Whether the program that wrote it left calculating to the next one."""
    return _LATER.search(book.read("xl/workbook.xml")) is not None


def _part_of(book: zipfile.ZipFile, sheet: str) -> str:
    """The part of an .xlsx workbook that holds a sheet."""
    wanted = [
        _attribute(tag, "r:id") or _attribute(tag, "id")
        for tag in _SHEET.findall(book.read("xl/workbook.xml"))
        if _attribute(tag, "name") == sheet
    ]
    for tag in _RELATION.findall(book.read("xl/_rels/workbook.xml.rels")):
        if wanted and _attribute(tag, "Id") == wanted[0]:
            return posixpath.normpath(posixpath.join("/xl", _attribute(tag, "Target"))).lstrip("/")
    return ""


def _attribute(tag: bytes, name: str) -> str:
    from html import unescape

    found = re.search(rb"\s" + name.encode() + rb"=(?:\"([^\"]*)\"|'([^']*)')", tag)
    return unescape((found[1] or found[2] or b"").decode("utf-8")) if found else ""


def _in_xlsx(sheet: bytes, *, later: bool) -> Places:
    places: Places = {}
    begun = _DATA.search(sheet)
    if begun is None:
        return places
    prefix = begun[1] or b""
    cell, end_of_cell, formula = b"<" + prefix + b"c", b"</" + prefix + b"c>", b"<" + prefix + b"f"
    rows = _Rows(sheet, b"<" + prefix + b"row", cell)
    done = begun.end()
    while (found := sheet.find(formula, done)) >= 0:
        end = sheet.find(end_of_cell, found)
        if end < 0:
            break
        value = _VALUE.search(sheet, found, end)
        if value is None or (later and _NOUGHT.fullmatch(value[1].strip())):
            start = sheet.rfind(cell, done, found)
            tag = sheet[start : sheet.find(b">", start)]
            # A text without a letter in it was worked out.
            if start >= 0 and not _TEXT_KIND.search(tag):
                row, column = rows.place_of(start, tag)
                places.setdefault(row, set()).add(column)
        done = end
    return places


class _Rows:
    """Where cells stand: as they say, else by counting. Asked from the top downwards."""

    def __init__(self, sheet: bytes, row: bytes, cell: bytes) -> None:
        self._sheet = sheet
        self._row = re.compile(re.escape(row) + rb"\b[^>]*>")
        self._cell = re.compile(re.escape(cell) + rb"[\s/>]")
        self._number, self._next = 0, self._row.search(sheet)
        self._counted, self._column = 0, 0

    def place_of(self, start: int, tag: bytes) -> tuple[int, int]:
        """Row, 1 first, and column, 0 first, of the cell whose tag begins there."""
        said = _PLACE.search(tag)
        if said is not None:
            return int(said[2]), _number(said[1]) - 1
        while self._next is not None and self._next.start() < start:
            number = _NUMBER.search(self._next[0])
            self._number = int(number[1]) if number else self._number + 1
            self._counted, self._column = self._next.end(), 0
            self._next = self._row.search(self._sheet, self._counted)
        self._column += sum(1 for _ in self._cell.finditer(self._sheet, self._counted, start))
        self._counted = start
        return self._number, self._column


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _in_ods(content: bytes, sheet: str) -> Places:
    from html import unescape

    places: Places = {}
    for table in _ODS_TABLE.finditer(content):
        if unescape(table[1].decode("utf-8")) == sheet:
            end = content.find(b"</table:table>", table.end())
            _ods_rows(content[table.end() : end], places.setdefault)
            break
    return places


def _ods_rows(table: bytes, put: Callable[[int, set[int]], set[int]]) -> None:
    row, column, repeated = 1, 0, 1
    for found in _ODS_PART.finditer(table):
        closing, tag, attributes = found[1], found[2], found[3] or b""
        times = _ODS_TIMES.search(attributes)
        count = int(times[1]) if times else 1
        if tag == b"table-row":
            if closing or attributes.endswith(b"/"):
                row += repeated if closing else count
            else:
                column, repeated = 0, count
        elif tag and not closing:
            if b"table:formula=" in attributes and b"value-type=" not in attributes:
                put(row, set()).update(range(column, column + min(count, 1000)))
            column += count
