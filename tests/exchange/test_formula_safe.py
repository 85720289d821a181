"""Whatever text any table holds, no cell of it starts a formula, and it comes back as it was."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from senreg.exchange.formulas import would_start_a_formula
from senreg.exchange.record_columns import columns_of_table, read_record_header
from senreg.exchange.record_names import RecordNames
from senreg.exchange.record_rows import RecordReader
from senreg.exchange.spreadsheets_out import export_csv, export_xlsx, is_filled_in
from senreg.exchange.tabular import read_table_file
from senreg.models.tables import TABLES, fields_of
from senreg.models.text import clean, clean_line

from .shelf import Shelf

DAY = date(2026, 11, 27)
SIGNS = [
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    "'",
    "''=",
    "\t=",
    " \n=",
    "=\t",
    "|",
    ";=",
    "\\=",
]
TEXTS = st.one_of(
    st.builds(
        lambda sign, text: sign + text,
        st.sampled_from(SIGNS),
        st.sampled_from(["1+1", "O'Neill", "cmd|' /C calc'!A0", "小明", 'LINK("http://x")', "[b]"]),
    ),
    st.text(max_size=20),
)  # fmt: skip
SHOWN = [table for table in TABLES if is_filled_in(table) and table != "pupils"]


@st.composite
def records(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """A table and a record of it whose texts are as bad as can be."""
    table = draw(st.sampled_from(SHOWN))
    values: dict[str, Any] = {}
    for field in fields_of(table):
        if field.about.unasked:
            continue
        if field.kind == "line" and field.name != "at":
            values[field.name] = clean_line(draw(TEXTS)) or "x"
        elif field.kind == "text":
            values[field.name] = clean(draw(TEXTS)).strip() or "x"
    return table, {name: value for name, value in values.items() if not _says_nothing(value)}


def _says_nothing(text: str) -> bool:
    """Errors of a spreadsheet stand for blank cells."""
    return text.lower().startswith("#")


@settings(max_examples=60, deadline=None)
@given(found=records())
def test_no_cell_starts_a_formula_and_every_text_comes_back(
    found: tuple[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    table, values = found
    shelf = Shelf(**{table: [values]})
    folder = tmp_path_factory.mktemp("safe")
    path = export_csv(shelf, table, folder / "out.csv", today=DAY).path
    for row in csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")):
        for cell in row:
            assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
            assert not would_start_a_formula(cell) or cell.startswith("'")
    assert _back(shelf, table, path) == values
    book = export_xlsx(shelf, folder / "out.xlsx", [table], today=DAY).path
    with ZipFile(book) as parts:
        for name in parts.namelist():
            if name.startswith("xl/worksheets/"):
                assert b"<f" not in parts.read(name)
    assert _back(shelf, table, book) == values


def _back(shelf: Any, table: str, path: Path) -> dict[str, object]:
    """What the one row of a file says, as the import reads it."""
    file = read_table_file(path)
    grid = file.grid(file.sheets[0])
    columns = columns_of_table(table)
    header = read_record_header(grid, columns)
    assert header is not None
    reader = RecordReader(header, columns, RecordNames(shelf), DAY, {})
    row = reader.read(grid.rows[header.place + 1], ragged=grid.ragged)
    assert row.problem == ""
    assert row.record == f"{table}-0"
    flags = {each.name for each in fields_of(table) if each.kind == "yes_no"}
    return {name: value for name, value in row.values.items() if name not in flags}
