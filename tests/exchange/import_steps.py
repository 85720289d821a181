"""The steps of an import, taken as a person who agrees to what the program proposes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from senreg.exchange.pupils_import import ImportPlan, PlannedRow
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import take_sheet
from senreg.register import Register

from . import spreadsheet_school as school

TODAY = date(2026, 11, 22)


@contextmanager
def new_register(tmp_path: Path) -> Iterator[Register]:
    register = Register.create(tmp_path / "school.senreg", "Larkrise Junior School")
    try:
        yield register
    finally:
        register.close()


def plan_of(register: Register, path: Path, **options: Any) -> ImportPlan:
    """The plan for a file; `placed` maps headings to targets."""
    placed = options.pop("placed", {})
    taken = take_sheet(read_table_file(path), register, "pupils", chosen=placed)
    plan = taken.plan(register, today=TODAY, **options)
    assert isinstance(plan, ImportPlan)
    return plan


def plan_rows(register: Register, tmp_path: Path, rows: school.Rows, **options: Any) -> ImportPlan:
    """The plan for rows written as a CSV file."""
    return plan_of(register, school.write_csv(tmp_path / "roll.csv", rows), **options)


def states(plan: ImportPlan) -> list[str]:
    return [row.state for row in plan.rows]


def changed(row: PlannedRow) -> dict[str, tuple[object, object]]:
    return {each.field: (each.old, each.new) for each in row.changes if each.taken}


def stored(register: Register) -> dict[str, list[dict[str, Any]]]:
    """Everything live in the tables an import writes, without ids made by chance."""
    tables = ("pupils", "sen_statuses", "needs", "notes", "staff", "enrolments", "column_mappings")
    return {table: [row.stored() for row in register.all(table)] for table in tables}
