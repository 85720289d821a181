"""The sheet "How to read this" of a workbook: what it is, what each column means, and its codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from senreg.exchange.columns import ID_HEADING, NAME_MARK, WORDS_MARK, Column
from senreg.models.describe import Field
from senreg.models.field_words import takes

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from senreg.exchange.workbook import Styles

_ID = "The register's own name for the record. Leave it: the row is known by it when it comes back."
_CODE = "A code; what it means stands below."


@dataclass(frozen=True, slots=True)
class AboutWorkbook:
    """What a workbook says of itself.

    Args:
        title: What it is, with the school's name.
        made_on: The day it was made.
        delete_after: The day after which it is out of date and should be deleted.
        left_out: What is not in it, in a sentence.
        lines: Further definitions: what, and the sentence that explains it.
        meanings: By heading, what a column without a field means.
    """

    title: str
    made_on: date
    delete_after: date
    left_out: str
    lines: tuple[tuple[str, str], ...] = ()
    meanings: Mapping[str, str] | None = None


OF_TABLES = (
    ("A blank cell", "Not known. It does not mean none, and it is not nought."),
    ("Yes and No", "No stands also where nobody said anything."),
    (ID_HEADING, _ID),
    (
        f"…{NAME_MARK}, …{WORDS_MARK}",
        "Says for people what the column before it holds. An import passes over it.",
    ),
    ("… (2), … (3)", "Goes on with a text that is longer than a cell may be."),
    ("Several names or ids in a cell", "Are parted by semicolons or commas."),
    ("Bringing it back", "senreg import FILE --into REGISTER, or Import on the screen."),
)
"""What holds for every sheet of a table."""


def explain(
    sheet: Worksheet,
    styles: Styles,
    about: AboutWorkbook,
    columns: Sequence[tuple[str, Sequence[Column]]],
) -> None:
    """Fill the sheet.

    Args:
        sheet: An empty sheet.
        styles: The looks of cells.
        about: What the workbook says of itself.
        columns: The name of each sheet, with its columns.
    """
    for place, width in enumerate((30, 32, 60, 60, 12)):
        sheet.set_column(place, place, width)
    sheet.write_string(0, 0, about.title, styles.title)
    sheet.write_string(1, 0, "Made on", styles.plain)
    sheet.write_datetime(1, 1, about.made_on, styles.day)
    sheet.write_string(2, 0, "Delete after", styles.plain)
    sheet.write_datetime(2, 1, about.delete_after, styles.day)
    told = (
        ("Who may see it", "Staff who need it. It is not encrypted: whoever has it can read it."),
        ("Not in it", about.left_out),
        *about.lines,
    )
    at = _rows(sheet, styles, 3, (each for each in told if each[1]))
    heads = ("Sheet", "Column", "What it is", "What stands there", "Confidential")
    at = _block(sheet, styles, at + 1, heads, _columns(columns, about.meanings or {}))
    _block(sheet, styles, at + 1, ("Codes of", "Code", "Means"), _codes(columns))


def _columns(
    columns: Sequence[tuple[str, Sequence[Column]]], meanings: Mapping[str, str]
) -> Iterator[tuple[str, ...]]:
    for sheet, found in columns:
        for column in found:
            field = column.field
            if column.beside:
                continue
            if field is None:
                meaning = _ID if column.is_id else meanings.get(column.heading, "")
                yield sheet, column.heading, meaning
                continue
            written = _CODE if field.kind in ("choice", "whole") and field.choices() else ""
            written = written or takes(field) or "Text."
            if field.kind in ("record", "records"):
                written = f"{ID_HEADING} of {' or '.join(field.tables).replace('_', ' ')}."
            secret = "yes" if field.about.confidential else ""
            yield sheet, column.heading, field.about.help, written, secret


def _codes(columns: Sequence[tuple[str, Sequence[Column]]]) -> Iterator[tuple[str, ...]]:
    sets: dict[object, tuple[Field, list[str]]] = {}
    for sheet, found in columns:
        for column in found:
            field = column.field
            if field is not None and not column.beside and field.choices():
                key = field.about.code_set or field.about.choices
                sets.setdefault(key, (field, []))[1].append(f"{sheet}: {column.heading}")
    for field, places in sets.values():
        for choice in field.choices():
            older = "" if choice.active else " (of older years)"
            yield "; ".join(places), choice.code, choice.label + older


def _block(
    sheet: Worksheet,
    styles: Styles,
    at: int,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
) -> int:
    """Headings with rows below them; the first row after it."""
    for place, head in enumerate(heads):
        sheet.write_string(at, place, head, styles.heading)
    return _rows(sheet, styles, at + 1, rows)


def _rows(sheet: Worksheet, styles: Styles, at: int, rows: Iterable[Sequence[str]]) -> int:
    for row in rows:
        for place, text in enumerate(row):
            if text:
                sheet.write_string(at, place, text, styles.long if place > 1 else styles.plain)
        at += 1
    return at
