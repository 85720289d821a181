"""Any table can be brought in: by id, or new; what it refers to is found by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.import_words import as_document, as_lines
from senreg.exchange.record_columns import (
    columns_of_table,
    place_record_column,
    read_record_header,
    sheet_of_records,
)
from senreg.exchange.records_import import RecordsPlan
from senreg.exchange.spreadsheets_out import export_csv, export_xlsx
from senreg.exchange.tabular import read_table_file
from senreg.register import Register

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register, plan_of


@pytest.fixture
def register(tmp_path: Path):
    with new_register(tmp_path) as made:
        plan_of(made, school.write_csv(tmp_path / "roll.csv", school.scholarpack(12))).apply()
        pupils, staff = made.all("pupils"), made.all("staff")
        with made.commit("Fill") as c:
            for pupil in pupils[:4]:
                c.add(
                    "contacts",
                    {"pupil": pupil.id, "name": "=Mum, \"Jo\"", "relationship": "mother",
                     "lives_with": True, "priority": 1},
                )  # fmt: skip
                c.add("targets", {"pupil": pupil.id, "kind": "curricular", "statement": "Reads",
                                  "start_value": 1.5, "due": "2026-12-18"})  # fmt: skip
            reading = c.add("interventions", {"name": "Reading, daily", "tier": "targeted"})
            group = c.add("groups", {"intervention": reading, "staff": [each.id for each in staff]})
            c.add("placements", {"pupil": pupils[0].id, "group": group, "entry_score": 12})
        yield made


def plan(register: Register, path: Path, table: str, **placed: str) -> RecordsPlan:
    columns = columns_of_table(table)
    chosen = {heading: columns.target_named(target) for target, heading in placed.items()}
    file = read_table_file(path)
    grid = file.grid(sheet_of_records(file, columns, chosen))
    header = read_record_header(grid, columns, chosen)
    assert header is not None
    for heading, target in chosen.items():
        place_record_column(header, target, heading)
    return RecordsPlan(register, grid, header, columns, file.name, today=TODAY)


def from_rows(register: Register, tmp_path: Path, table: str, rows: Any, **placed: str):
    return plan(register, school.write_csv(tmp_path / "in.csv", rows), table, **placed)


TABLES = [
    "staff", "enrolments", "contacts", "sen_statuses", "needs", "targets", "interventions",
    "groups", "placements", "school",
]  # fmt: skip


@pytest.mark.parametrize("table", TABLES)
def test_our_own_export_of_a_table_comes_back_unchanged(
    register: Register, tmp_path: Path, table: str
) -> None:
    assert register.count(table)
    export_csv(register, table, tmp_path / "out.csv")
    found = plan(register, tmp_path / "out.csv", table)
    assert {row.state for row in found.rows} == {"unchanged"}, [r.problem for r in found.rows]
    assert found.counts.rows == register.count(table)


def test_a_whole_workbook_has_a_sheet_for_each_table(register: Register, tmp_path: Path) -> None:
    export_xlsx(register, tmp_path / "all.xlsx")
    for table in ("contacts", "targets", "groups"):
        found = plan(register, tmp_path / "all.xlsx", table)
        assert {row.state for row in found.rows} == {"unchanged"}


def test_records_are_found_by_names_and_made(register: Register, tmp_path: Path) -> None:
    first, second = register.all("pupils")[:2]
    rows = [
        ["UPN", "Name", "Relationship", "Phone", "Lives with them"],
        [first["upn"], "Ada Okafor", "Father", "01234 567890", "Yes"],
        [second["upn"].lower(), "Ben O'Hara", "Grandparent", "", ""],
    ]
    found = from_rows(register, tmp_path, "contacts", rows)
    assert [row.state for row in found.rows] == ["new", "new"]
    found.apply()
    made = {row["name"]: row for row in register.all("contacts")}
    assert made["Ada Okafor"]["pupil"] == first.id
    assert made["Ada Okafor"]["relationship"] == "father"
    assert made["Ben O'Hara"]["pupil"] == second.id
    again = from_rows(register, tmp_path, "contacts", rows)
    assert [row.state for row in again.rows] == ["unchanged", "unchanged"]
    register.undo()
    assert "Ada Okafor" not in {row["name"] for row in register.all("contacts")}


def test_a_pupil_is_told_by_names_and_birth(register: Register, tmp_path: Path) -> None:
    pupil = register.all("pupils")[0]
    rows = [
        ["Surname", "Forename", "DOB", "Kind", "Note"],
        [pupil["surname"], pupil["forename"], pupil["dob"], "Phone call", "Rang home"],
        [pupil["surname"], pupil["forename"], "01/01/2001", "Phone call", "Rang home"],
        ["Nobody", "Known", "", "Phone call", "Rang home"],
    ]
    found = from_rows(register, tmp_path, "notes", rows)
    assert [row.state for row in found.rows] == ["new", "problem", "problem"]
    assert found.worth_a_look


def test_the_record_of_an_id_is_changed_field_by_field(register: Register, tmp_path: Path) -> None:
    target = register.all("targets")[0]
    rows = [["Id", "Review by", "Statement"], [target.id, "18/12/2026", "Reads 50 words"]]
    found = from_rows(register, tmp_path, "targets", rows, statement="Statement")
    (row,) = found.rows
    assert row.state == "changed"
    assert [(each.field, each.old, each.new) for each in row.changes] == [
        ("statement", "Reads", "Reads 50 words")
    ]
    found.apply()
    assert register.get(target.id)["statement"] == "Reads 50 words"


def test_bad_rows_are_left_out_and_told(register: Register, tmp_path: Path) -> None:
    rows = [
        ["Name", "Role", "Since"],
        ["Mr New", "Teaching assistant", "01/09/2026"],
        ["Ms Bad", "Teaching assistant", "31/02/2014"],
        ["Ms Odd", "Juggler", ""],
        ["", "Teaching assistant", ""],
        ["Mr New", "Teaching assistant", "01/09/2026"],
        ["short"],
    ]
    found = from_rows(register, tmp_path, "staff", rows)
    assert [row.state for row in found.rows] == ["new", *["problem"] * 5]
    document = as_document(found)
    assert document["rows"] == document["new"] + document["problems"] == 6
    assert document["details"][0]["record"] is None
    assert "31/02/2014" in "\n".join(as_lines(found))
    applied = found.apply()
    assert register.get(applied.ids[2])["name"] == "Mr New"


def test_a_file_without_such_records_is_refused(register: Register, tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="Name and Role"):
        from_rows(register, tmp_path, "staff", [["Room", "Seats"], ["Hall", "200"]])
    with pytest.raises(WrongUsage):
        columns_of_table("crows")
    with pytest.raises(WrongUsage):
        columns_of_table("staff").target_named("shoe size")


def test_a_table_comes_into_another_register_by_names(register: Register, tmp_path: Path) -> None:
    export_csv(register, "pupils", tmp_path / "pupils.csv")
    export_csv(register, "contacts", tmp_path / "contacts.csv")
    (tmp_path / "other").mkdir()
    with new_register(tmp_path / "other") as other:
        plan_of(other, tmp_path / "pupils.csv").apply()
        found = plan(other, tmp_path / "contacts.csv", "contacts")
        assert {row.state for row in found.rows} == {"new"}
        found.apply()
        assert {row["name"] for row in other.all("contacts")} == {'=Mum, "Jo"'}
        assert len({row["pupil"] for row in other.all("contacts")}) == 4
