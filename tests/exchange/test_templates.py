"""A template of every table is filled in and comes back without a question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from senreg.errors import CannotWrite, Unreadable, WrongUsage
from senreg.exchange.columns import headings_of
from senreg.exchange.grid import column_letters
from senreg.exchange.own_sheets import HOW_TO_FILL, LISTS
from senreg.exchange.spreadsheets_out import is_filled_in
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import table_meant, take_sheet
from senreg.exchange.templates import template_columns, write_template
from senreg.exchange.workbook import sheet_name
from senreg.models.tables import TABLES, fields_of
from senreg.register import Register

from .import_steps import TODAY, new_register

EPOCH = date(1899, 12, 30)


def filled(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """Fill the first sheet of a template in, as a spreadsheet program would save it."""
    with ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    first = "xl/worksheets/sheet1.xml"
    page = parts[first].decode("utf-8")
    lines = []
    for number, row in enumerate(rows, start=2):
        cells = "".join(
            _cell(f"{column_letters(place)}{number}", value)
            for place, value in enumerate(row)
            if value not in (None, "")
        )
        lines.append(f'<row r="{number}">{cells}</row>')
    assert "</sheetData>" in page
    parts[first] = page.replace("</sheetData>", "".join(lines) + "</sheetData>").encode("utf-8")
    with ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def _cell(place: str, value: Any) -> str:
    if isinstance(value, date):
        return f'<c r="{place}"><v>{(value - EPOCH).days}</v></c>'
    if isinstance(value, int | float):
        return f'<c r="{place}"><v>{value}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory):
    """A register with something of everything that can be referred to, read only by the tests."""
    folder = tmp_path_factory.mktemp("templates")
    with new_register(folder) as made:
        with made.commit("Fill") as c:
            for surname, forename, upn in (
                ("O'Neill", "Sam [EAL]", "A802000012001"),
                ("王", "小明", None),
                ("Nowak", "Łukasz", None),
            ):
                child = c.add("pupils", {"surname": surname, "forename": forename, "upn": upn})
            c.add("staff", {"name": "Ms =Olu", "role": "ta"})
            reading = c.add("interventions", {"name": "Reading, daily"})
            group = c.add("groups", {"intervention": reading, "place": "Library"})
            c.add("sessions", {"group": group, "date": "2026-11-03"})
            talk = c.add("conversations", {"pupil": child, "planned_for": "2026-11-03"})
            c.add("targets", {"pupil": child, "kind": "wider", "statement": "Joins [in]"})
            c.add("surveys", {"name": "Parents, autumn"})
            c.add("activities", {"name": "Choir"})
            assert talk
        yield made


def example(register: Register, table: str) -> list[Any]:
    """A row for a template: something in every column, chosen from its list where it has one."""
    from senreg.rules.naming import describe_record, list_name

    row: list[Any] = []
    for column in template_columns(table):
        field = column.field
        if field.kind in ("record", "records"):
            found = [each for name in field.tables for each in register.all(name)]
            named = found[-1] if found else None
            if named is None:
                row.append("")
            elif named.table == "pupils":
                row.append(list_name(named))
            else:
                row.append(describe_record(named, register.get))
        elif column.heading == "UPN" and table != "pupils":
            row.append("")
        elif field.name == "upn":
            row.append("B801200005001")
        elif column.choices:
            row.append(column.choices[-1])
        elif field.kind == "day":
            row.append(date(2016, 2, 29))
        elif field.kind in ("number", "whole"):
            row.append(3)
        elif field.name == "at":
            row.append("09:30")
        else:
            row.append(f"=Some [words] of {column.heading}, 小明"[:200])
    return row


FILLED_IN = [table for table in TABLES if is_filled_in(table)]


@pytest.mark.parametrize("table", FILLED_IN)
def test_a_filled_template_comes_in_without_a_question(
    school: Register, tmp_path: Path, table: str
) -> None:
    write_template(tmp_path / "mine.xlsx", [table])
    path = filled(tmp_path / "mine.xlsx", [example(school, table)])
    file = read_table_file(path)
    assert table_meant(file, school) == table
    taken = take_sheet(file, school, table)
    assert [each.label for each in taken.header.columns if each.how == "kept"] == []
    plan = taken.plan(school, today=TODAY)
    (row,) = plan.rows
    state = "changed" if table == "school" else "new"
    assert (row.state, row.problem, row.remarks) == (state, "", [])
    fields = {each.name for each in fields_of(table) if not each.about.unasked}
    fields -= {each.name for each in fields_of(table) if not _can_be_named(school, each)}
    if table != "pupils":
        assert set(row.values) == fields
    else:
        said = {change.field for change in row.changes}
        assert said >= {"upn", "dob", "sen_statuses.code", "needs.code", "what_helps"}


def _can_be_named(register: Register, field: Any) -> bool:
    return field.kind not in ("record", "records") or any(map(register.count, field.tables))


def test_every_choice_of_every_list_is_understood() -> None:
    from senreg.models.entry import read_entry

    for table in FILLED_IN:
        for column in template_columns(table):
            for each in column.choices:
                assert read_entry(column.field, each, today=TODAY) is not None, (table, each)


def test_headings_of_a_template_are_those_of_the_export(tmp_path: Path) -> None:
    for table in FILLED_IN:
        if table == "pupils":
            continue
        fields = [each for each in fields_of(table) if not each.about.unasked]
        headings = [each.heading for each in template_columns(table)]
        assert set(headings_of(fields)) <= set(headings)
        assert len(headings) == len(set(headings)), table


def test_what_a_template_helps_with(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", ["targets", "attendance", "targets"])
    book = CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    assert book.sheet_names == [sheet_name("targets"), sheet_name("attendance"), HOW_TO_FILL, LISTS]
    with ZipFile(tmp_path / "t.xlsx") as parts:
        names = parts.namelist()
        page = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
        notes = parts.read("xl/comments1.xml").decode("utf-8")
        whole = parts.read("xl/workbook.xml").decode("utf-8")
    assert "xl/comments2.xml" in names
    assert 'type="list"' in page
    assert 'type="date"' in page
    assert 'type="decimal"' in page
    assert 'state="frozen"' in page
    assert "<autoFilter" in page
    assert "Needed." in notes
    assert re.search(rf'name="{LISTS}"[^>]*state="hidden"', whole)
    assert "<f>" not in page


def test_an_empty_template_is_refused_in_a_sentence(school: Register, tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", ["targets"])
    file = read_table_file(tmp_path / "t.xlsx")
    with pytest.raises(Unreadable, match="no targets"):
        take_sheet(file, school, "targets")


def test_a_template_of_nothing_and_to_nowhere(tmp_path: Path) -> None:
    with pytest.raises(WrongUsage):
        write_template(tmp_path / "t.xlsx", ["crows"])
    with pytest.raises(WrongUsage, match="writes itself"):
        write_template(tmp_path / "t.xlsx", ["year_figures"])
    with pytest.raises(WrongUsage, match="Excel"):
        write_template(tmp_path / "t.csv", ["targets"])
    with pytest.raises(CannotWrite):
        write_template(tmp_path / "none" / "t.xlsx", ["targets"])
    assert list(tmp_path.iterdir()) == []


def test_of_two_with_one_name_the_upn_tells(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        with register.commit("Twins") as c:
            same = {"surname": "Lee", "forename": "Sam", "dob": "2017-01-01"}
            c.add("pupils", same)
            second = c.add("pupils", same | {"upn": "B801200005001"})
        write_template(tmp_path / "t.xlsx", ["notes"])
        heads = [each.heading for each in template_columns("notes")]
        row = [""] * len(heads)
        row[heads.index("Pupil")] = "Lee, Sam"
        row[heads.index("Kind")] = "Meeting"
        unclear = list(row)
        row[heads.index("UPN")] = "b801200005001"
        file = read_table_file(filled(tmp_path / "t.xlsx", [row, unclear]))
        plan = take_sheet(file, register, "notes").plan(register, today=TODAY)
        first, other = plan.rows
        assert first.values["pupil"] == second
        assert "several" in other.problem
