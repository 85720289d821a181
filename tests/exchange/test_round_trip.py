"""Every table out to XLSX and CSV, and back: the same register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senreg.demo.build import build
from senreg.exchange.many import bring_in, look_at_sheets, look_into
from senreg.exchange.many_found import Found
from senreg.exchange.spreadsheets_out import export_csv, export_xlsx, is_filled_in
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import table_meant, take_sheet
from senreg.models.tables import TABLES, fields_of
from senreg.register import Register
from senreg.rules.naming import describe_record

FILLED_IN = [table for table in TABLES if is_filled_in(table)]
DAY = date(2026, 11, 27)
OF_WHAT_IS_AWAY = "Rings home, about a conversation that was put away"
LONG = ("Łukasz =and 小明, [b]\n" * 3_000).strip()


@pytest.fixture(scope="module", params=[None, 2011])
def school(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Register]:
    """An invented school of today or of 2011, with something hard in it; the tests only read."""
    folder = tmp_path_factory.mktemp("school") / "demo.senreg"
    with build(folder, pupils=40, era=request.param, today=DAY) as register:
        staff, pupils = register.all("staff"), register.all("pupils")
        with register.commit("What the school has not") as c:
            child = pupils[0].id
            c.add("fsm_periods", {"pupil": child, "start": "2024-09-02"})
            c.add("holds", {"pupil": child, "reason": "=Inquiry [1]", "start": "2026-01-05"})
            c.add("notes", {"pupil": child, "kind": "call", "text": LONG})
            c.add("notes", {"pupil": child, "kind": "other", "text": "'=1+1", "confidential": True})
            c.set(child, surname="[/b] O'Neill", forename="@小明", what_helps="-1\n+2\t=3")
            for name in ("saved_views", "column_mappings"):
                c.add(name, {"name": "“Mine”; and, more"})
            for twin in ("Sam", "Sim"):
                seen = c.add("pupils", {"surname": "Lee", "forename": twin, "dob": "2017-01-01"})
                c.add("targets", {"pupil": seen, "kind": "wider", "statement": "Joins in"})
            authority = {"reference": "LA/12", "received_on": "2026-11-02"}
            c.add("consultations", authority)
            c.add("ehc_processes", {"pupil": child, "requested_on": "2026-09-07"})
            c.add("ehc_outcomes", {"pupil": child, "wording": "By the end of Year 6 …"})
            c.add("ehc_provisions", {"pupil": child, "wording": "=Speech therapy"})
            gone = c.add("conversations", {"pupil": child, "led_by": staff[0].id})
            c.add("actions", {"about": gone, "what": OF_WHAT_IS_AWAY})
            c.archive(gone)
        yield register


def test_there_is_something_in_every_table(school: Register) -> None:
    assert [table for table in FILLED_IN if not school.count(table)] == []


@pytest.fixture(scope="module")
def folder(school: Register, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a CSV file a table; and in it, in a folder of its own, the workbook."""
    folder = tmp_path_factory.mktemp("out")
    (folder / "book").mkdir()
    for table in FILLED_IN:
        export_csv(school, table, folder / f"{table}.csv")
    export_xlsx(school, folder / "book" / "all.xlsx", FILLED_IN, today=DAY)
    return folder


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_comes_back_unchanged(school: Register, folder: Path, kind: str) -> None:
    book = read_table_file(folder / "book" / "all.xlsx")
    for table in FILLED_IN:
        file = book if kind == "xlsx" else read_table_file(folder / f"{table}.csv")
        if kind == "csv":
            assert table_meant(file, school) == table
        taken = take_sheet(file, school, table)
        plan = taken.plan(school, today=DAY)
        wrong = [
            (row.problem, [(each.field, each.old, each.new) for each in row.changes])
            for row in plan.rows
            if row.state != "unchanged" or row.remarks
        ]
        assert wrong == [], table
        assert plan.counts.unchanged == school.count(table), table


def test_a_whole_register_comes_into_an_empty_one(
    school: Register, folder: Path, tmp_path: Path
) -> None:
    """Today's school from a folder of CSV files, that of 2011 from one workbook."""
    kind = "xlsx" if school.find("sen_statuses", code="P") else "csv"
    with Register.create(tmp_path / "new.senreg", "New") as new:
        if kind == "csv":
            found = look_into(folder, new)
            assert [each.name for each in found.passed] == ["book"]
        else:
            found = look_at_sheets(folder / "book" / "all.xlsx", new)
            assert found.passed == []
        assert {part.table for part in found.parts} == {*FILLED_IN}
        bring_in(found, new, today=DAY, dry_run=True)
        ahead = [part.plan.counts for part in found.parts if part.plan]
        assert new.count("pupils") == 0
        bring_in(found, new, today=DAY)
        assert {part.state for part in found.parts} == {"done"}
        assert [part.applied.counts for part in found.parts if part.applied] == ahead
        left = [row.problem for part in found.parts for row in part.plan.rows if row.problem]
        assert len(left) == 1, left
        assert left[0].startswith("About:")
        for table in FILLED_IN:
            there = [each for each in _said(school, table) if OF_WHAT_IS_AWAY not in each]
            assert _said(new, table) == there, table
        again = bring_in(_look_again(kind, folder, new), new, today=DAY, dry_run=True)
        assert sum(part.plan.counts.changed for part in again.parts if part.plan) == 0


def _look_again(kind: str, folder: Path, register: Register) -> Found:
    """Only what holds no ids of others: its rows are known again without them."""
    found = look_into(folder, register) if kind == "csv" else (
        look_at_sheets(folder / "book" / "all.xlsx", register)
    )  # fmt: skip
    for part in found.parts:
        part.wanted = part.table in ("school", "terms", "staff", "pupils", "interventions")
    return found


def _said(register: Register, table: str) -> list[str]:
    """What people say in the records of a table, with what they refer to in words."""
    asked = {field.name for field in fields_of(table) if not field.about.unasked}

    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(each) for each in value]
        row = register.get(value) if isinstance(value, str) else None
        return describe_record(row, register.get) if row is not None else value

    return sorted(
        repr(sorted((name, plain(row[name])) for name in asked if row[name]))
        for row in register.all(table)
    )
