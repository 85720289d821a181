"""Larger files brought in, whole process, against those who open and save the same file.

A transfer file (CTF) of 2,000 children with their history, a workbook of 2,000 pupils, and one of
28,000 marks of theirs. Neither peer keeps anything but the cells: no history, no check of a value,
and no child found by its name. What is allowed is about half as much again as was measured.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.importing import imported, pupils_file
from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.office import office_is_there, opened_by_office
from benchmarks.workspace import Workspace

PUPILS, MARKS = 2000, 14
"""Children, and the marks of each."""

_ROWS = PUPILS * MARKS
_SHEET = "Marks"
_OFFICE = "LibreOffice opening and saving the file"
_VISIDATA = "VisiData opening and saving the file"
_CTF = Subject(
    "import-ctf",
    f"import {PUPILS:,} children with their history from a transfer file",
    "VisiData opening the file and saving its elements as a table",
    3.5,
)
_PUPILS = Subject("import-office", f"import {PUPILS:,} pupils from XLSX", _OFFICE, None)
_MARKS = Subject("import-marks", f"import {_ROWS:,} marks from XLSX", _VISIDATA, 5.0)
_MARKS_OFFICE = Subject("import-marks-office", f"import {_ROWS:,} marks from XLSX", _OFFICE, 10.0)
NAMES = tuple(each.name for each in (_CTF, _PUPILS, _MARKS, _MARKS_OFFICE))
PAIRS = 2


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Each file beside its peers; a peer that is not installed is left out and said."""
    if _CTF.name in names:
        file = transfer_file(workspace)
        peer = partial(_saved_by_visidata, workspace, file, "tsv") if _visidata_is_there() else None
        yield _beside(_CTF, partial(imported, workspace, file), peer)
    office = office_is_there()
    if _PUPILS.name in names:
        file = pupils_file(workspace, "xlsx")
        peer = partial(opened_by_office, workspace, [file], ".xlsx") if office else None
        yield _beside(_PUPILS, partial(imported, workspace, file), peer)
    if names & {_MARKS.name, _MARKS_OFFICE.name}:
        yield from _marks(workspace, names, office=office)


def _marks(workspace: Workspace, names: set[str], *, office: bool) -> Iterator[Measured]:
    """Both measurements of the marks, from the same runs of senreg's."""
    file = marks_file(workspace)
    rounds = range(PAIRS)
    ours = [marks_imported(workspace, file) for _ in rounds]
    if _MARKS.name in names and _visidata_is_there():
        sheet = f"+:{_SHEET}::"
        theirs = [_saved_by_visidata(workspace, file, "xlsx", sheet) for _ in rounds]
        yield _MARKS.measured(zip(ours, theirs, strict=True))
    elif _MARKS.name in names:
        yield _MARKS.alone(ours)
    if _MARKS_OFFICE.name in names and office:
        theirs = [opened_by_office(workspace, [file], ".xlsx") for _ in rounds]
        yield _MARKS_OFFICE.measured(zip(ours, theirs, strict=True))
    elif _MARKS_OFFICE.name in names:
        yield _MARKS_OFFICE.alone(ours)


def _beside(
    subject: Subject, ours: Callable[[], float], peer: Callable[[], float] | None
) -> Measured:
    if peer is None:
        return subject.alone([ours() for _ in range(PAIRS)])
    return subject.measured(in_turn(PAIRS, ours, peer))


def _visidata_is_there() -> bool:
    return all(find_spec(name) is not None for name in ("visidata", "openpyxl", "lxml"))


def _saved_by_visidata(workspace: Workspace, file: Path, ending: str, *sheet: str) -> float:
    out = workspace.fresh(f"out.{ending}")
    words = [sys.executable, "-m", "visidata", "--batch", "--nothing", str(file), *sheet]
    seconds = workspace.seconds([*words, "--output", str(out)])
    if not out.exists() or not out.stat().st_size:
        raise RuntimeError("VisiData saved nothing.")
    return seconds


def marks_imported(workspace: Workspace, file: Path) -> float:
    """Seconds of `senreg import` of marks into a school of 2,000. Raises RuntimeError for lost."""
    from senreg.register import Register

    path = workspace.copy(PUPILS)
    words = [sys.executable, "-m", "senreg", "import", str(file), "--into", str(path), "--json"]
    seconds = workspace.seconds([*words, "--table", "assessments"])
    with Register.open(path, read_only=True) as register:
        if register.count("assessments") != _ROWS:
            raise RuntimeError(f"{register.count('assessments')} of {_ROWS} marks were imported.")
    return seconds


def marks_file(workspace: Workspace) -> Path:
    """A workbook with 14 marks of each pupil, by UPN and name as schools' systems list them."""
    import xlsxwriter

    from senreg.register import Register

    with Register.open(workspace.register(PUPILS), read_only=True) as register:
        pupils = [(row.id, str(row["surname"]), str(row["forename"])) for row in
                  register.all("pupils")]  # fmt: skip
    path = workspace.fresh("marks.xlsx")
    with xlsxwriter.Workbook(path) as book:
        sheet, day = book.add_worksheet(_SHEET), book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["Pupil", "Surname", "Forename", "Subject", "Date", "Points"])
        for number in range(_ROWS):
            pupil, mark = pupils[number // MARKS], number % MARKS
            subject = ("Reading", "Writing", "Mathematics")[mark % 3]
            sheet.write_row(number + 1, 0, [*pupil, subject])
            on = date(2020 + mark // 3, (1, 4, 7)[mark % 3], 3)
            sheet.write_datetime(number + 1, 4, on, day)
            sheet.write_number(number + 1, 5, 20 + mark)
    return path


def transfer_file(workspace: Workspace) -> Path:
    """A transfer file of 2,000 children with SEN, languages, contacts, attendance and schools."""
    path = workspace.fresh("transfer.xml")
    children = (_CHILD.format(name=escape(f"{_letters(each)} O'Neill")) for each in range(PUPILS))
    path.write_text(_HEAD + "".join(children) + _END, encoding="utf-8")
    return path


def _letters(number: int) -> str:
    return "Łu" + "".join(chr(97 + number // 26**place % 26) for place in range(3))


_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<CTfile><Header><DocumentName>Common Transfer File</DocumentName><CTFversion>25.0</CTFversion>
<DateTime>2026-01-12T09:30:00</DateTime><SourceSchool><LEA>801</LEA><Estab>2005</Estab>
<SchoolName>Alder Infants</SchoolName><AcademicYear>2025</AcademicYear></SourceSchool></Header>
<CTFpupilData>
"""
_CHILD = """<Pupil><Surname>Łukaszewicz</Surname><Forename>{name}</Forename><DOB>2018-03-04</DOB>
<Sex>F</Sex><BasicDetails><NCyearActual>3</NCyearActual><Ethnicity>WOTH</Ethnicity><Languages>
<Type><LanguageType>F</LanguageType><Language>POL</Language></Type></Languages></BasicDetails>
<FSMhistory><FSMinstance><FSMstartDate>2025-01-06</FSMstartDate></FSMinstance></FSMhistory>
<SENhistory><SEN><StartDate>2023-01-09</StartDate><SENprovision>K</SENprovision></SEN>
<SEN><StartDate>2025-02-03</StartDate><SENprovision>E</SENprovision></SEN><SENneeds><SENneed>
<NeedStartDate>2023-01-09</NeedStartDate><SENtypeRank>1</SENtypeRank><SENtype>SLCN</SENtype>
</SENneed><SENneed><SENtypeRank>2</SENtypeRank><SENtype>ASD</SENtype></SENneed></SENneeds>
</SENhistory><Contacts><Contact><Order>1</Order><Surname>O'Neill</Surname>
<Forename>Ana</Forename><Relationship>PAM</Relationship><Phones><Phone><PhoneNo>01632 960001
</PhoneNo></Phone></Phones></Contact></Contacts><Attendance><YearData><Year>2025</Year>
<AttendanceStartDate>2025-09-03</AttendanceStartDate><SessionsPossible>140</SessionsPossible>
<SessionsAuthorised>4</SessionsAuthorised></YearData></Attendance><SchoolHistory><School>
<LEA>801</LEA><Estab>2001</Estab><SchoolName>Elm Nursery</SchoolName><EntryDate>2021-09-06
</EntryDate><LeavingDate>2022-07-20</LeavingDate></School></SchoolHistory></Pupil>
"""
_END = "</CTFpupilData></CTfile>\n"
