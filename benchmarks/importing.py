"""A spreadsheet of 2,000 pupils brought in, whole process, against VisiData on the same file."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.workspace import Workspace

PUPILS = 2000
_SHEET = "Pupils"
_PEER = "VisiData opening and saving the file"
SUBJECTS = {
    "csv": Subject("import-csv", f"import {PUPILS:,} pupils from CSV", _PEER, 5.0),
    "xlsx": Subject("import-xlsx", f"import {PUPILS:,} pupils from XLSX", _PEER, 1.0),
}
NAMES = tuple(subject.name for subject in SUBJECTS.values())
PAIRS = 5

# The headings are those of a school's own system, not ours.
_HEADINGS = {
    "UPN": "upn",
    "Legal Surname": "surname",
    "Legal Forename": "forename",
    "Preferred Forename": "preferred_name",
    "Date of Birth": "dob",
    "Gender": "sex",
    "Year Taught In": "year_group",
    "Reg Group": "class_name",
    "Date of Admission": "joined",
    "EAL": "eal",
    "FSM": "fsm",
    "Pupil Premium Indicator": "pupil_premium",
    "In Care": "looked_after",
}


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Both kinds of file, each into a register made for it."""
    for kind, subject in SUBJECTS.items():
        if subject.name not in names:
            continue
        file = pupils_file(workspace, kind)
        if peer_is_there(kind):
            yield subject.measured(
                in_turn(
                    PAIRS,
                    partial(imported, workspace, file),
                    partial(opened_by_visidata, workspace, file),
                )
            )
        else:
            yield subject.alone([imported(workspace, file) for _ in range(PAIRS)])


def pupils_file(workspace: Workspace, kind: str) -> Path:
    """A file of 2,000 pupils, csv or xlsx, as a school's own system writes it."""
    from senreg.register import Register

    with Register.open(workspace.register(PUPILS), read_only=True) as register:
        rows = [[_cell(row[name]) for name in _HEADINGS.values()] for row in register.all("pupils")]
    file = workspace.fresh(f"pupils.{kind}")
    _WRITERS[kind](file, [list(_HEADINGS), *rows])
    return file


def peer_is_there(kind: str) -> bool:
    """Whether VisiData is installed and can read such files."""
    return find_spec("visidata") is not None and (
        kind == "csv" or find_spec("openpyxl") is not None
    )


def imported(workspace: Workspace, file: Path) -> float:
    """Seconds of `senreg import` into an empty register. Raises RuntimeError for lost rows."""
    from senreg.register import Register

    path = workspace.fresh("school.senreg")
    Register.create(path, "Oakfield Junior School").close()
    words = [sys.executable, "-m", "senreg", "import", str(file), "--into", str(path), "--json"]
    seconds = workspace.seconds(words)
    with Register.open(path, read_only=True) as register:
        if register.count("pupils") != PUPILS:
            raise RuntimeError(f"{register.count('pupils')} of {PUPILS} pupils were imported.")
    return seconds


def opened_by_visidata(workspace: Workspace, file: Path) -> float:
    """Seconds of VisiData in batch mode, opening the sheet and saving it in the same format."""
    out = workspace.fresh(f"out{file.suffix}")
    # A workbook opens as a list of its sheets, and without this only that list is saved.
    sheet = [f"+:{_SHEET}::"] if file.suffix == ".xlsx" else []
    words = [sys.executable, "-m", "visidata", "--batch", "--nothing", str(file), *sheet]
    seconds = workspace.seconds([*words, "--output", str(out)])
    if (saved := _rows_in(out)) != PUPILS + 1:
        raise RuntimeError(f"VisiData saved {saved} of {PUPILS + 1} rows.")
    return seconds


def _rows_in(file: Path) -> int:
    if file.suffix == ".csv":
        with file.open(encoding="utf-8", newline="") as lines:
            return sum(1 for _ in csv.reader(lines))
    from python_calamine import CalamineWorkbook

    return len(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python())


def _cell(value: object) -> str | date | None:
    match value:
        case None:
            return None
        case bool():
            return "Yes" if value else "No"
        case str() if len(value) == 10 and value[4:8:3] == "--":
            return date.fromisoformat(value)
    return str(value)


def _write_csv(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for row in rows:
            csv.writer(file).writerow(
                [each.strftime("%d/%m/%Y") if isinstance(each, date) else each for each in row]
            )


def _write_xlsx(path: Path, rows: Sequence[Sequence[Any]]) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(_SHEET), book.add_format({"num_format": "dd/mm/yyyy"})
        for line, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, column, value, day)
                elif value is not None:
                    sheet.write_string(line, column, value)


_WRITERS = {"csv": _write_csv, "xlsx": _write_xlsx}
