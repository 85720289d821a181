"""An XLSX workbook in memory: typed cells, frozen headings, and never a formula.

Nothing goes through a temporary file: what is in a register is written in the clear only where
the user asked for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING

from senreg.exchange.cell_pieces import pieces
from senreg.exchange.columns import Column, Value
from senreg.exchange.formulas import would_start_a_formula
from senreg.exchange.own_sheets import HOW_TO_READ
from senreg.exchange.reading_sheet import AboutWorkbook, explain
from senreg.rules.reading import Row

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

# Excel takes 1900 for a leap year; before this day its dates are off by one or not there.
FIRST_SAFE_DAY = date(1900, 3, 1)

# A number in Excel is a float of 64 bits.
EXACT_BELOW = 2**53

SAFELY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""How a workbook is made: never on the disk, and no text becomes anything else."""

_NARROWEST, _WIDEST, _LONG, _ID = 8, 40, 60, 10


def workbook(
    sheets: Iterable[tuple[str, Sequence[Column], Sequence[Row]]], about: AboutWorkbook
) -> bytes:
    """The bytes of a workbook, whose last sheet says how to read it.

    Args:
        sheets: For each sheet the table's name, its columns and its records.
        about: What the workbook says of itself.
    """
    import xlsxwriter

    whole = BytesIO()
    with xlsxwriter.Workbook(whole, SAFELY) as book:
        styles = Styles(book)
        filled: list[tuple[str, Sequence[Column]]] = []
        for table, columns, rows in sheets:
            name = sheet_name(table)
            _fill(book.add_worksheet(name), styles, columns, rows)
            filled.append((name, columns))
        explain(book.add_worksheet(HOW_TO_READ), styles, about, filled)
    return whole.getvalue()


def sheet_name(table: str) -> str:
    """The name of a table's sheet: 'sen_statuses' is on 'SEN statuses'.

    In lower case with its blanks as underscores it is the table's name again. Table names are
    short and plain, so that no character or length that Excel forbids can come of it.
    """
    words = table.replace("_", " ")
    return "SEN" + words[3:] if words.startswith("sen ") else words[:1].upper() + words[1:]


class Styles:
    """The looks of cells; a workbook has each once."""

    def __init__(self, book: Workbook) -> None:
        top = {"valign": "top"}
        heading = {"bold": True, "bottom": 1, "bg_color": "#E4E9EE", "text_wrap": True} | top
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.heading: Format = book.add_format(heading)
        self.plain: Format = book.add_format(top)
        self.ids: Format = book.add_format(top | {"font_color": "#808080"})
        self.long: Format = book.add_format(top | {"text_wrap": True})
        self.day: Format = book.add_format(top | {"num_format": "dd/mm/yyyy", "align": "left"})
        # Excel shows the text with this mark as it is, also once someone has edited the cell.
        self.quoted: Format = book.add_format(top | {"quote_prefix": True})


def _fill(sheet: Worksheet, styles: Styles, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    values = [[column.value(row) for column in columns] for row in rows]
    at = 0
    for number, column in enumerate(columns):
        cells = [
            pieces(each) if isinstance(each := line[number], str) else [each] for line in values
        ]
        spread = max(map(len, cells), default=1)
        for part in range(spread):
            heading = column.heading if part == 0 else f"{column.heading} ({part + 1})"
            sheet.write_string(0, at + part, heading, styles.heading)
            style = styles.ids if column.is_id else styles.long if column.long else styles.plain
            for line, cell in enumerate(cells, start=1):
                if part < len(cell):
                    _write(sheet, (line, at + part), cell[part], styles, style)
            width = _width(column, [cell[0] for cell in cells])
            sheet.set_column(at + part, at + part, width)
        at += spread
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), at - 1)


def _write(
    sheet: Worksheet, at: tuple[int, int], value: Value, styles: Styles, style: Format
) -> None:
    match value:
        case None | "":
            return
        case str():
            guard = would_start_a_formula(value)
            sheet.write_string(*at, value, styles.quoted if guard else style)
        case date():
            if value >= FIRST_SAFE_DAY:
                sheet.write_datetime(*at, value, styles.day)
            else:
                sheet.write_string(*at, value.isoformat(), style)
        case int() if abs(value) >= EXACT_BELOW:
            sheet.write_string(*at, str(value), style)
        case _:
            sheet.write_number(*at, value, style)


def _width(column: Column, values: Sequence[Value]) -> int:
    """The width of a column in characters: what most of it needs, within bounds."""
    if column.is_id:
        return _ID
    lengths = sorted(10 if isinstance(each, date) else len(str(each)) for each in values if each)
    usual = lengths[len(lengths) * 9 // 10] if lengths else 0
    # The filter button hides about three characters of a heading.
    least = min(len(column.heading) + 3, 20)
    return max(_NARROWEST, least, min(usual + 1, _LONG if column.long else _WIDEST))
