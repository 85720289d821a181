"""An empty workbook to fill in, made from the models: a sheet a table, with lists to choose from.

It holds nobody's data and needs no register. What is typed into it as its notes say is
brought in without a question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import WrongUsage
from senreg.exchange.columns import headings_of
from senreg.exchange.own_sheets import HOW_TO_FILL, LISTS
from senreg.exchange.workbook import SAFELY, Styles, sheet_name
from senreg.exchange.written import write_out
from senreg.models.describe import About, Field
from senreg.models.entry import write_entry
from senreg.models.field_words import takes
from senreg.models.tables import fields_of

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

ROWS = 2_000
"""Rows below the headings that have lists and checks."""

# Microsoft's "Excel specifications and limits": the title and the text of an input message.
_TITLE_LIMIT, _MESSAGE_LIMIT = 32, 255

_LISTED = 12
"""Choices named in a note; the list itself has all of them."""

_UPN = Field(
    "pupils",
    "upn",
    "line",
    False,
    About("UPN", "Tells the pupil where two have one name; else the name is enough."),
)
_NAMED = "Surname first with a comma, as in the register, such as O'Neill, Sam; or the UPN."


@dataclass(frozen=True, slots=True)
class TemplateColumn:
    """One column to fill in.

    Args:
        heading: What stands above it, as our import knows it.
        field: What is filled in.
        needed: A row without it is left out.
        help: What belongs there.
        choices: What may be chosen, in words that the import understands; empty for no list.
    """

    heading: str
    field: Field
    needed: bool
    help: str
    choices: tuple[str, ...] = ()


@cache
def template_columns(table: str) -> tuple[TemplateColumn, ...]:
    """The columns of a table's template. Raises WrongUsage where there is no such table."""
    if table == "pupils":
        from senreg.exchange.pupil_columns import ID, NAME, PLAN, pupil_targets

        asked = [
            (target.title, target.field)
            for target in pupil_targets().values()
            if target.field is not None and target.name not in (ID, NAME, PLAN)
        ]
        return tuple(_column(title, field, table) for title, field in asked)
    fields = [field for field in fields_of(table) if not field.about.unasked]
    if not fields:
        raise WrongUsage(
            f"{table} is what senreg writes itself, and nothing to fill in.",
            do="Choose another table.",
        )
    found = []
    for field, heading in zip(fields, headings_of(fields), strict=True):
        found.append(_column(heading, field, table))
        if field.name == "pupil":
            found.append(TemplateColumn(_UPN.title, _UPN, needed=False, help=_UPN.about.help))
    return tuple(found)


def write_template(path: Path, tables: Sequence[str]) -> None:
    """Write an empty workbook with a sheet a table.

    Args:
        path: Where it goes; its name ends in .xlsx.
        tables: The tables, at least one.

    Raises:
        WrongUsage: There is no such table, or the file is to be of another kind.
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    if path.suffix.lower() != ".xlsx":
        raise WrongUsage("A template is an Excel workbook.", do="Let its name end in .xlsx.")
    write_out(path, [template(tables)])


def template(tables: Sequence[str]) -> bytes:
    """The bytes of an empty workbook with a sheet a table. Raises WrongUsage."""
    import xlsxwriter

    columns = {table: template_columns(table) for table in dict.fromkeys(tables)}
    whole = BytesIO()
    with xlsxwriter.Workbook(whole, SAFELY) as book:
        styles = _Looks(book)
        sheets = {table: book.add_worksheet(sheet_name(table)) for table in columns}
        _explain(book.add_worksheet(HOW_TO_FILL), columns, styles)
        lists = _Lists(book.add_worksheet(LISTS))
        for table, sheet in sheets.items():
            _lay_out(sheet, columns[table], styles, lists)
        lists.sheet.hide()
    return whole.getvalue()


class _Looks(Styles):
    """The looks of a template's cells."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        heading = {"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}
        self.needed = book.add_format(heading | {"bg_color": "#FFE9A8"})
        # As text, a UPN, a class called 4E5 and a telephone number stay what they are.
        self.text = book.add_format({"num_format": "@", "valign": "top", "text_wrap": True})


class _Lists:
    """What may be chosen, on a sheet of its own: a list of any length and with any sign in it."""

    def __init__(self, sheet: Worksheet) -> None:
        self.sheet = sheet
        self._places: dict[tuple[str, ...], str] = {}

    def place(self, choices: tuple[str, ...]) -> str:
        """The range in which a list stands, as a formula."""
        from xlsxwriter.utility import xl_col_to_name

        if choices not in self._places:
            column = len(self._places)
            for row, choice in enumerate(choices):
                self.sheet.write_string(row, column, choice)
            letters = xl_col_to_name(column)
            last = len(choices)
            self._places[choices] = f"={LISTS}!${letters}$1:${letters}${last}"
        return self._places[choices]


def _column(heading: str, field: Field, table: str) -> TemplateColumn:
    needed = field.required and field.table == table
    words = takes(field)
    if field.kind in ("record", "records"):
        words = _NAMED if field.tables == ("pupils",) else words.replace("by id, name", "by name")
        if field.kind == "records":
            words += " Several are parted by semicolons."
    elif field.kind == "day":
        words = "A date, such as 18/12/2026."
    if field.kind == "yes_no":
        choices: tuple[str, ...] = ("Yes", "No")
    else:
        choices = tuple(write_entry(field, _stored(field, each.code)) for each in field.offered())
        if choices:
            more = "; …" if len(choices) > _LISTED else ""
            other = " Or anything else." if field.about.open else ""
            words = f"One of: {'; '.join(choices[:_LISTED])}{more}.{other}"
    help_ = " ".join(filter(None, (field.about.help, words)))
    return TemplateColumn(heading, field, needed, help_, choices)


def _stored(field: Field, code: str) -> object:
    return int(code) if field.kind == "whole" else code


def _lay_out(
    sheet: Worksheet, columns: Sequence[TemplateColumn], styles: _Looks, lists: _Lists
) -> None:
    for place, column in enumerate(columns):
        field = column.field
        sheet.write_string(
            0, place, column.heading, styles.needed if column.needed else styles.heading
        )
        sheet.write_comment(0, place, _note(column), {"x_scale": 2, "y_scale": 1.5})
        style = {"day": styles.day, "number": styles.plain, "whole": styles.plain}.get(field.kind)
        if field.kind == "whole" and column.choices:
            style = styles.text
        width = 60 if field.kind == "text" else max(12, min(len(column.heading) + 3, 30))
        sheet.set_column(place, place, width, style or styles.text)
        sheet.data_validation(1, place, ROWS, place, _check(column, lists))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, ROWS, len(columns) - 1)


def _note(column: TemplateColumn) -> str:
    return f"{'Needed. ' if column.needed else ''}{column.help}".strip() or column.heading


def _check(column: TemplateColumn, lists: _Lists) -> dict[str, Any]:
    """What a spreadsheet program shows where a cell is filled in, and what it refuses."""
    field = column.field
    check: dict[str, Any] = {"validate": "any"}
    if column.choices:
        check = {"validate": "list", "source": lists.place(column.choices)}
        if field.about.open:
            check["error_type"] = "information"
    elif field.kind == "day":
        from datetime import date

        check = {
            "validate": "date",
            "criteria": "between",
            "minimum": date(1900, 3, 1),
            "maximum": date(2199, 12, 31),
        }
    elif field.kind in ("whole", "number"):
        validate = "integer" if field.kind == "whole" else "decimal"
        check = {
            "validate": validate,
            "criteria": "between",
            "minimum": -(10**12),
            "maximum": 10**12,
        }
    if check["validate"] != "any":
        check["error_title"] = column.heading[:_TITLE_LIMIT]
        check["error_message"] = _cut(column.help)
    return check | {
        "input_title": column.heading[:_TITLE_LIMIT],
        "input_message": _cut(_note(column)),
    }


def _cut(text: str) -> str:
    return text if len(text) <= _MESSAGE_LIMIT else text[: _MESSAGE_LIMIT - 1] + "…"


def _explain(
    sheet: Worksheet, columns: dict[str, tuple[TemplateColumn, ...]], styles: _Looks
) -> None:
    told = (
        "A row for each record. Yellow headings are needed; blank elsewhere means: not known.",
        "Where there is a list, choose from it. Dates are day/month/year.",
        "Bring it in with Import in senreg, or: senreg import FILE --into REGISTER",
    )
    for row, words in enumerate(told):
        sheet.write_string(row, 0, words, styles.plain)
    at = len(told) + 1
    for place, heading in enumerate(("On sheet", "Under", "Needed", "What belongs there")):
        sheet.write_string(at, place, heading, styles.heading)
    for table, each in ((table, each) for table, found in columns.items() for each in found):
        at += 1
        needed = "yes" if each.needed else ""
        for place, text in enumerate((sheet_name(table), each.heading, needed, each.help)):
            sheet.write_string(at, place, text, styles.long if place == 3 else styles.plain)
    for place, width in enumerate((22, 30, 8, 90)):
        sheet.set_column(place, place, width)
