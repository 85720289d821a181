"""Which table a sheet is of by its headings alone: said where it is clear, refused where not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from senreg.errors import Unreadable
from senreg.exchange.many import bring_in, look_at_sheets
from senreg.exchange.recognising import (
    may_be,
    refuse_unclear,
    rivals,
    say_guess,
    sheets_left,
    told_by_headings,
)
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import Taken, table_meant, take_sheet
from senreg.register import Register

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register

TARGETS = [
    ["Child", "Kind", "Target", "Due"],
    ["O'Neill, Łukasz", "Wider", "=Reads [50]", "18/12/2026"],
]
MARKS = [["Child", "Date", "Mark"], ["O'Neill, Łukasz", "03/11/2026", "Present"]]
CHILDREN = [["Surname", "Forename", "DOB", "UPN"], ["O'Neill", "Łukasz", "03/11/2016", ""]]
LETTER = [["Dear all,", "", ""], ["the hall is closed.", "", ""]]
BOOK = {"4B": CHILDREN, "Autumn <1>": TARGETS, "Lego": MARKS, "Letter": LETTER}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path) as made:
        yield made


def sheet_of(register: Register, path: Path, sheet: str) -> Taken:
    file = read_table_file(path)
    return take_sheet(file, register, table_meant(file, register, sheet), sheet=sheet)


def test_the_sheets_of_ones_own_workbook_are_told_by_their_headings(
    register: Register, tmp_path: Path
) -> None:
    path = school.write_xlsx(tmp_path / "mine.xlsx", BOOK)
    found = look_at_sheets(path, register)
    assert [(part.sheet, part.table, part.guessed) for part in found.parts] == [
        ("4B", "pupils", False),
        ("Autumn <1>", "targets", True),
    ]
    unclear, letter = found.passed
    assert (unclear.sheet, letter.sheet) == ("Lego", "Letter")
    assert "perhaps " in unclear.why
    assert "marks of sessions" in unclear.why
    bring_in(found, register, today=TODAY)
    assert [part.state for part in found.parts] == ["done", "done"]
    (target,) = register.all("targets")
    assert target["statement"] == "=Reads [50]"


def test_a_guess_is_said_and_a_sheet_that_may_be_several_is_refused(
    register: Register, tmp_path: Path
) -> None:
    path = school.write_xlsx(tmp_path / "mine.xlsx", BOOK)
    taken = sheet_of(register, path, "Autumn <1>")
    assert told_by_headings(taken)
    assert rivals(taken) == []
    say_guess(taken)
    assert taken.told == ("Taken for targets by its headings; --table TABLE says otherwise.",)
    assert taken.plan(register, today=TODAY).file_remarks[0] == taken.told[0]
    taken = sheet_of(register, path, "Lego")
    assert "session_marks" in rivals(taken)
    with pytest.raises(Unreadable, match="tell clearly") as refused:
        say_guess(taken)
    assert "--sheet 'Lego' --table " in refused.value.do
    left = sheets_left(taken)
    assert left[0].startswith("Sheet Lego is looked at, and not 4B, Autumn <1>, Letter: ")


def test_what_is_called_like_a_table_or_named_is_no_guess(
    register: Register, tmp_path: Path
) -> None:
    path = school.write_csv(tmp_path / "targets 2026.csv", TARGETS)
    taken = sheet_of(register, path, "")
    assert not told_by_headings(taken)
    say_guess(taken)
    assert (taken.told, sheets_left(taken)) == ((), ())


def test_a_file_of_nothing_known_is_refused_as_before(register: Register, tmp_path: Path) -> None:
    file = read_table_file(school.write_csv(tmp_path / "a.csv", [["Hall", "Seats"], ["1", "200"]]))
    refuse_unclear(file, None)
    assert may_be(file.grid("")) == []
    half = [["Target", "Due", "Status"], ["Reads", "18/12/2026", "Met"]]
    file = read_table_file(school.write_csv(tmp_path / "b.csv", half))
    with pytest.raises(Unreadable, match="perhaps targets"):
        refuse_unclear(file, None)
