"""The list of what was handed out, for the school's data protection officer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from senreg.exchange.calendar_out import hand_out_calendar
from senreg.exchange.census_out import export_census
from senreg.exchange.comparing_list import write_list
from senreg.exchange.handed_list import ERASED, HEADINGS, handed_lines, write_handed_list
from senreg.export_log import SPREADSHEET, back_up_to, handed_out, note
from senreg.reports.handing import save_pack
from senreg.reports.pack import make_pack
from senreg.reports.papers import keep, make
from senreg.sync.bundle import export_bundle
from tests.reports.conftest import TODAY, Book, book

__all__ = ["book"]

TERM_ENDS = "2026-12-31"


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-22 09:30:00+00:00", tick=True):
        yield


def paper(book: Book, pupil: str, name: str, path: Path) -> None:
    keep(book.register, make(book.register, name, pupil=pupil, today=TODAY), path, TODAY)


WAYS: dict[str, Callable[[Book, str, Path], object]] = {
    "a.html": lambda book, pupil, path: paper(book, pupil, "passport", path),
    "a.docx": lambda book, pupil, path: paper(book, pupil, "plan", path),
    "a.csv": lambda book, pupil, path: write_list(book.register, (), path),
    "b.csv": lambda book, pupil, path: export_census(book.register, path, TODAY),
    "a.ics": lambda book, pupil, path: hand_out_calendar(book.register, path, TODAY),
    "a.zip": lambda book, pupil, path: save_pack(
        make_pack(book.register, pupil, "transfer", TODAY), path
    ),
    "a.senreg-bundle": lambda book, pupil, path: export_bundle(book.register, path),
    "a.senreg-backup": lambda book, pupil, path: back_up_to(book.register, path),
}
"""Every way out that writes a file and notes it, by the name of the file."""

KEPT = {"a.zip", "a.senreg-bundle", "a.senreg-backup"}
"""What whoever is given it keeps."""


@pytest.mark.parametrize("name", WAYS)
def test_every_way_out_is_noted_with_where_to_and_until_when(
    book: Book, tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    WAYS[name](book, book.child("Łukasz"), path)
    (line,) = handed_lines(book.register)
    assert path.stat().st_size
    assert (line.to, line.by) == (str(path), book.register.person)
    assert line.delete_after == ("" if name in KEPT else "2026-12-31")


def test_a_paper_that_the_family_keeps_is_not_to_be_deleted(book: Book, tmp_path: Path) -> None:
    pupil = book.child("Ann")
    book.add("conversations", pupil=pupil, held_on="2026-11-12", focus="Reading")
    paper(book, pupil, "summary", tmp_path / "a.html")
    paper(book, pupil, "passport", tmp_path / "b.html")
    assert [each.delete_after for each in handed_lines(book.register)] == ["2026-12-31", ""]


def test_newest_first_by_whom_and_about_whom(book: Book, tmp_path: Path) -> None:
    senco = book.add("staff", name="Zoë [Okafor]", role="senco")
    book.register.person = senco
    paper(book, book.child("Łukasz", "O'Neill"), "passport", tmp_path / "a.html")
    note(book.register, SPREADSHEET, "Spreadsheet of 3 pupils", tmp_path / "b.xlsx")
    note(book.register, "pack", "Subject access pack", tmp_path / "c.zip", pupil="gone")
    last, table, first = handed_lines(book.register)
    assert (first.about, first.by, first.what) == ("Łukasz O'Neill", "Zoë [Okafor]", "Passport")
    assert (table.about, table.kind) == ("", "spreadsheet")
    assert last.about == ERASED
    assert first.sentence == (
        f"Passport about Łukasz O'Neill, by Zoë [Okafor], to {tmp_path / 'a.html'}, "
        "delete after 31 Dec 2026"
    )


def test_what_is_past_its_day_is_overdue(book: Book, tmp_path: Path) -> None:
    note(book.register, SPREADSHEET, "Spreadsheet", tmp_path / "a.csv", delete_after=TODAY)
    (line,) = handed_lines(book.register)
    assert not line.overdue
    with time_machine.travel("2026-11-23 09:00:00+00:00"):
        (line,) = handed_lines(book.register)
    assert line.overdue


def test_the_list_itself_is_handed_out_and_starts_no_formula(book: Book, tmp_path: Path) -> None:
    paper(book, book.child("=1+1", "小明"), "passport", tmp_path / "a.html")
    path = tmp_path / "log.csv"
    write_handed_list(book.register, handed_lines(book.register), path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        heads, line = csv.reader(file)
    assert tuple(heads) == HEADINGS
    assert line[4] == "'=1+1 小明"
    assert line[6] == "2026-12-31"
    assert handed_out(book.register)[-1].what == "What was handed out of this copy"
