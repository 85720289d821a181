"""Formulas whose value nobody worked out: told, and never taken for blank or nought."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from senreg.exchange.comparing import Comparison
from senreg.exchange.import_words import as_document, as_lines
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import take_sheet
from senreg.exchange.uncalculated import OPEN_AND_SAVE
from senreg.register import Register

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register, plan_of, states

ROLL = [
    ["Surname", "Forename", "DOB", "SEN status"],
    ["O'Neill", "Łukasz", "03/11/2016", '=IF(1=1,"K","N")'],
    ["王", "小明", "31/01/2017", "K"],
    ["=A2", "Sam", "31/01/2018", "K"],
    ["=A2", "=B2", "=C2", "=D2"],
]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path) as made:
        yield made


def by_openpyxl(path: Path, rows: school.Rows, sheet: str = "Rōle & <co>") -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    book.save(path)
    return path


def by_xlsxwriter(path: Path, rows: school.Rows, sheet: str = "Rōle & <co>") -> Path:
    """A workbook whose formulas hold nought until the next program calculates them."""
    with xlsxwriter.Workbook(str(path)) as book:
        page = book.add_worksheet("First")
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
    return path


@pytest.mark.parametrize("write", [by_openpyxl, by_xlsxwriter])
def test_a_formula_without_a_value_is_told_and_changes_nothing(
    register: Register, tmp_path: Path, write
) -> None:
    plan_of(register, school.write_csv(tmp_path / "a.csv", [ROLL[0], [*ROLL[1][:3], "E"]])).apply()
    plan = plan_of(register, write(tmp_path / "b.xlsx", ROLL))
    assert states(plan) == ["unchanged", "new", "problem", "problem"]
    told = "the formula in D2 has no value, so nothing is taken from it."
    assert plan.row(2).remarks == [f"SEN status: {told}"]
    assert plan.row(4).problem.startswith("It gives no surname. Surname: the formula in A4")
    assert plan.row(5).problem.endswith(OPEN_AND_SAVE)
    assert plan.file_remarks == (
        f"6 formulas have no value: D2, A4, A5 and 3 more. {OPEN_AND_SAVE}",
    )
    assert plan.worth_a_look
    assert told in "\n".join(as_lines(plan))
    assert told in str(as_document(plan)["details"])
    plan.apply()
    (status,) = register.all("sen_statuses")[:1]
    assert status["code"] == "E"
    assert not register.all("notes")


def test_a_value_that_was_worked_out_is_taken_be_it_nought_or_blank(
    register: Register, tmp_path: Path
) -> None:
    """Excel and LibreOffice write them so; a text that is blank is worked out as well."""
    path = by_openpyxl(tmp_path / "a.xlsx", [ROLL[0][:3], *(row[:3] for row in ROLL[1:3])])
    content = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c t="inlineStr"><is><t>Surname</t></is></c>'
        '<c t="inlineStr"><is><t>Forename</t></is></c><c t="inlineStr"><is><t>DOB</t></is></c>'
        '<c t="inlineStr"><is><t>Seat</t></is></c></row>'
        '<row r="2"><c t="str"><f>A9</f><v>王</v></c><c t="str"><f>B9</f><v>小明</v></c>'
        '<c t="str"><f aca="false">C9</f><v></v></c><c><f>2-2</f><v>0</v></c></row>'
        '<row r="4"><c t="str"><f>A9</f><v>O\'Neill</v></c><c t="str"><f>B9</f><v>Sam</v></c>'
        "<c/><c><f>2-2</f></c></row></sheetData></worksheet>"
    )
    from .test_workbooks_hostile import altered

    altered(path, "xl/worksheets/sheet1.xml", lambda _: content.encode())
    altered(path, "xl/workbook.xml", lambda page: page.replace(b'fullCalcOnLoad="1"', b""))
    plan = plan_of(register, path)
    assert states(plan) == ["new", "new"]
    assert [bool(row.remarks) for row in plan.rows] == [False, True]
    assert "in D4 has" in plan.row(4).remarks[0]
    assert plan.row(2).read.kept == [("Seat", "0")]


def test_records_of_other_tables_tell_it_as_well(register: Register, tmp_path: Path) -> None:
    plan_of(register, school.write_csv(tmp_path / "a.csv", [ROLL[0], ROLL[2]])).apply()
    rows = [
        ["Pupil", "Kind", "Target", "Figure to reach"],
        ["王, 小明", "Wider", "Reads", "=2*5"],
        ["=A2", "Wider", "Counts", 4],
    ]
    path = by_xlsxwriter(tmp_path / "b.xlsx", rows)
    plan = take_sheet(read_table_file(path), register, "targets").plan(register, today=TODAY)
    assert states(plan) == ["new", "problem"]
    assert "target_value" not in {each.field for each in plan.row(2).changes}
    assert "in D2 has no value" in plan.row(2).remarks[0]
    assert "in A3 has no value" in plan.row(3).problem
    filled = take_sheet(
        read_table_file(path), register, "targets", every={"target_value": "7"}
    ).plan(register, today=TODAY)
    assert "target_value" not in {each.field for each in filled.row(2).changes}


def test_a_column_that_is_passed_over_is_no_matter(register: Register, tmp_path: Path) -> None:
    rows = [["Name", "Role", "Sum"], ["Ms Olu", "TA", "=1+1"]]
    path = by_xlsxwriter(tmp_path / "b.xlsx", rows)
    plan = take_sheet(read_table_file(path), register, "staff").plan(register, today=TODAY)
    assert (plan.worth_a_look, plan.file_remarks) == (False, ())


def test_a_comparison_does_not_take_it_for_no_status(register: Register, tmp_path: Path) -> None:
    plan_of(register, school.write_csv(tmp_path / "a.csv", [ROLL[0], [*ROLL[1][:3], "K"]])).apply()
    path = by_openpyxl(tmp_path / "b.xlsx", ROLL[:2])
    taken = take_sheet(read_table_file(path), register, "pupils")
    compared = Comparison(register, taken.grid, taken.header, "b.xlsx", today=TODAY)
    assert compared.there == []
    assert [(each.number, "D2" in each.problem) for each in compared.unsettled] == [(2, True)]


def test_a_formula_of_libreoffice_without_a_value_is_told(
    register: Register, tmp_path: Path
) -> None:
    cells = ['office:value-type="string"><text:p>Surname</text:p>',
             'office:value-type="string"><text:p>Forename</text:p>',
             'office:value-type="string"><text:p>SEN status</text:p>']  # fmt: skip
    said = ['office:value-type="string"><text:p>王</text:p>',
            'office:value-type="string"><text:p>小明</text:p>',
            'table:formula="of:=[.A1]">']  # fmt: skip
    rows = [
        "".join(f"<table:table-cell {each}</table:table-cell>" for each in row)
        for row in (cells, said)
    ]
    body = '<table:table table:name="Roll">' + "".join(
        f"<table:table-row>{row}</table:table-row>" for row in rows
    )
    plan = plan_of(register, school.write_ods_content(tmp_path / "a.ods", body + "</table:table>"))
    assert "the formula in C2 has no value" in plan.row(2).remarks[0]


def test_cells_of_another_prefix_and_without_an_end_are_placed_or_passed_over() -> None:
    from senreg.exchange.uncalculated import _in_xlsx

    row = b"<x:row><x:c/><x:c r='B1'><x:v>1</x:v></x:c><x:c><x:f>A1</x:f></x:c></x:row>"
    page = b"<x:cols><x:col/></x:cols><x:sheetData>" + row + b"<x:row r='7'/>" + row
    assert _in_xlsx(page, later=False) == {1: {2}, 8: {2}}
    assert _in_xlsx(page + b"<x:c r='XFD9'><x:f/></x:c>", later=False)[9] == {16383}
    assert _in_xlsx(page + b"<x:row><x:c><x:f>" * 1000, later=False) == {1: {2}, 8: {2}}
