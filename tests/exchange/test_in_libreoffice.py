"""A workbook opened by LibreOffice and saved again holds what it held."""

from __future__ import annotations

from pathlib import Path

from python_calamine import CalamineWorkbook

from senreg.exchange.census_out import export_census
from senreg.exchange.spreadsheets_out import export_xlsx
from tests.reports.conftest import TODAY, Book, book
from tests.reports.one_childs import written_about
from tests.reports.reading import resaved

__all__ = ["book"]


def cells(path: Path) -> dict[str, list[list[object]]]:
    with CalamineWorkbook.from_path(path) as workbook:
        return {name: workbook.get_sheet_by_name(name).to_python() for name in workbook.sheet_names}


def test_every_cell_of_every_table_is_as_it_was(book: Book, tmp_path: Path) -> None:
    written_about(book, "小明 O'Neill <b>&\"")
    for name in ("=1+1", "'quoted", "-3", "@sum", "Łukasz [b]"):
        book.child(name, dob="2018-02-28")
    before = tmp_path / "all.xlsx"
    export_xlsx(book.register, before)
    after = tmp_path / "again.xlsx"
    after.write_bytes(resaved(before))
    held = cells(before)
    assert len(held) > 40
    assert cells(after) == held


def test_the_census_too(book: Book, tmp_path: Path) -> None:
    book.child("Łukasz", dob="2018-02-28")
    before = tmp_path / "census.xlsx"
    export_census(book.register, before, TODAY)
    after = tmp_path / "again.xlsx"
    after.write_bytes(resaved(before))
    assert cells(after) == cells(before)
