"""The guided import of anything but pupils: the same steps, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from screens.importing.columns import ImportColumns
from screens.importing.preview import ImportPreview
from screens.importing.records_done import RecordsDone
from screens.register.screen import RegisterPage
from senreg.places import documents_folder
from senreg.register import Register
from senreg.rules.naming import group_name
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.test_importing import look_at

Write = Callable[..., Path]


@pytest.fixture
def write() -> Write:
    """Writes a file where the person's documents are."""

    def written(text: str, name: str = "mine.csv") -> Path:
        folder = documents_folder()
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


def sheet(heads: str, *cells: str) -> str:
    """A sheet about children of the invented school, one row each."""
    names = ("Żółkowski, Łukasz", "王, 小明", "[/b], [/b]")
    rows = (f'"{name}",{cell}' for name, cell in zip(names, cells, strict=False))
    return "\n".join([heads, *rows]) + "\n"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_targets_come_in_from_a_sheet_of_ones_own(
    running: Running, register: Register, write: Write, size
) -> None:
    before = register.count("targets")
    write(sheet("Who,Working on,Odd", "Reads [50] words,x", "=Counts,", ",y"))
    async with running(size=size) as d:
        await look_at(d, "mine.csv")
        assert d.shows("There are no pupils in mine.csv")
        await d.type("something else")
        await d.keys("enter")
        assert d.shows("What are the rows of the file?")
        await d.type("targets")
        await d.keys("enter")
        assert d.shows("There are no targets in mine.csv")
        await d.type("show")
        await d.keys("enter", "enter")
        assert isinstance(d.screen, ImportColumns)
        assert d.shows("Wanting: Pupil and Kind")
        await place(d, "Pupil", "enter")
        await d.keys("down")
        await place(d, "statement", "enter")
        await d.keys("a")
        await d.type("kind")
        await d.keys("enter")
        await d.type("wider")
        await d.keys("enter")
        assert d.shows("Every row")
        assert d.shows("✓ Kind")
        await d.keys("n")
        assert isinstance(d.screen, ImportPreview)
        assert d.shows("Reads [50] words")
        await d.keys("x", "n", "enter")
        assert isinstance(d.screen, RecordsDone)
        assert d.shows("2 new")
        assert register.count("targets") == before + 2
        await d.keys("u")
        assert d.shows("Taken back")
        assert register.count("targets") == before
        await d.keys("ctrl+y")
        assert register.find("targets", statement="=Counts")
        await d.keys("n")
        assert isinstance(d.screen, RegisterPage)
        write(sheet("Who,Working on,Odd", "Sits still,z"), "next.csv")
        await look_at(d, "next.csv")
        assert d.shows("Placed as for such a file before.")
        assert d.shows(" Targets ")


async def place(d: Driver, words: str, *keys: str) -> None:
    """Say what the highlighted column is."""
    await d.keys("enter")
    await d.type(words)
    await d.keys(*keys)


async def test_what_the_rows_are_is_changed_with_the_mouse(
    running: Running, register: Register, write: Write
) -> None:
    write(sheet("Pupil,Kind,Note", "Meeting,Came in", "Juggling,Rang"))
    async with running(size=SMALL) as d:
        await look_at(d, "mine.csv")
        assert isinstance(d.screen, ImportColumns)
        await d.click(" Notes ")
        await d.type("documents")
        await d.click("Documents")
        assert d.shows(" Documents ")
        await d.click(" Documents ")
        await d.type("notes and")
        await d.click("Notes and calls")
        await d.click("Go on")
        assert isinstance(d.screen, ImportPreview)
        assert d.shows("Left out")
        await d.click("Go on")
        await d.click("Bring in", nth=-1)
        assert isinstance(d.screen, RecordsDone)
        assert register.find("notes", text="Came in")
        assert not register.find("notes", text="Rang")


async def test_fields_are_left_one_by_one_and_the_needed_stay(
    running: Running, register: Register, write: Write
) -> None:
    write(sheet("Pupil,Kind,Note,With whom", "Meeting,Came in,Mum"))
    async with running(size=LARGE) as d:
        await look_at(d, "mine.csv")
        await d.keys("n", "enter")
        await d.type("With")
        await d.keys("enter", "ctrl+s")
        await d.keys("n", "enter")
        (made,) = register.find("notes", text="Came in")
        assert made.get("with_whom") is None
        assert made["kind"] == "meeting"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_formula_without_a_value_is_shown_before_anything_comes_in(
    running: Running, register: Register, size
) -> None:
    book = openpyxl.Workbook()
    for cells in (
        ["Pupil", "Kind", "Note", "With whom"],
        ["王, 小明", "Meeting", "Came [in]", "=A2"],
        ["Żółkowski, Łukasz", "Meeting", "Rang", "Mum"],
    ):
        book.worksheets[0].append(cells)
    documents_folder().mkdir(parents=True, exist_ok=True)
    book.save(documents_folder() / "mine.xlsx")
    async with running(size=size) as d:
        await look_at(d, "mine.xlsx")
        await d.keys("n")
        assert isinstance(d.screen, ImportPreview)
        assert d.shows("1 row to look at: see “To look at”.")
        await d.keys("right", "right", "right")
        assert d.shows("With whom: the formula in D2 has no value")
        await d.keys("right")
        assert d.shows("A formula has no value: D2.")
        await d.keys("n")
        assert d.shows("1 row to look at")
        await d.keys("enter")
        assert isinstance(d.screen, RecordsDone)
        (made,) = register.find("notes", text="Came [in]")
        assert made.get("with_whom") is None


async def test_a_word_that_is_no_choice_is_shown_and_its_row_comes_in(
    running: Running, register: Register, write: Write
) -> None:
    write(sheet("Pupil,Kind,Target,Status", "Wider,Reads [b],Juggling", "Wider,Counts,Met"))
    async with running(size=SMALL) as d:
        await look_at(d, "mine.csv")
        await d.keys("n")
        assert isinstance(d.screen, ImportPreview)
        assert d.shows("1 row to look at")
        await d.keys("right", "right", "right", "enter")
        assert d.shows("Juggling was not")
        await d.keys("escape", "n", "enter")
        assert isinstance(d.screen, RecordsDone)
        (made,) = register.find("targets", statement="Reads [b]")
        assert made.get("status") is None


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_marks_of_a_sheet_without_sessions_bring_them_along(
    running: Running, register: Register, write: Write, size
) -> None:
    group = register.all("groups")[0]
    name = group_name(group, register.get)
    with register.commit("Ended") as c:
        for each in register.all("groups")[1:]:
            if group_name(each, register.get) == name:
                c.archive(each.id)
    before = register.count("sessions"), register.count("session_marks")
    write(sheet("Child,Date,Mark", "06/10/2019,Present", "06/10/2019,Late", "13/10/2019,Absent"))
    async with running(size=size) as d:
        await look_at(d, "mine.csv")
        await d.keys("o")
        await d.type("session_marks")
        await d.keys("enter")
        await d.type("show")
        await d.keys("enter", "enter")
        assert isinstance(d.screen, ImportColumns)
        assert d.shows("Wanting: Group of")
        await d.keys("a", "enter")
        await d.type(name)
        await d.keys("enter", "n")
        assert isinstance(d.screen, ImportPreview)
        assert d.shows("2 sessions would be made for these marks.")
        await d.keys("n", "enter")
        assert isinstance(d.screen, RecordsDone)
        assert d.shows("2 sessions made")
        assert register.count("sessions") == before[0] + 2
        await d.keys("u")
        assert (register.count("sessions"), register.count("session_marks")) == before


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_guess_is_said_to_be_one_and_can_be_corrected(
    running: Running, register: Register, size
) -> None:
    book = openpyxl.Workbook()
    for name, rows in (
        ("Autumn", (["Child", "Kind", "Target"], ["王, 小明", "Wider", "Reads [b]"])),
        ("Lego", (["Child", "Date", "Mark"], ["王, 小明", "03/11/2026", "Present"])),
    ):
        page = book.create_sheet(name)
        for cells in rows:
            page.append(cells)
    del book["Sheet"]
    documents_folder().mkdir(parents=True, exist_ok=True)
    book.save(documents_folder() / "mine.xlsx")
    async with running(size=size) as d:
        await look_at(d, "mine.xlsx")
        assert isinstance(d.screen, ImportColumns)
        assert d.shows("Guessed: o corrects.")
        await d.keys("t")
        await d.type("Lego")
        await d.keys("enter")
        assert d.shows("! Or ")
        await d.keys("o")
        await d.type("wider_marks")
        await d.keys("enter")
        assert not d.shows("Guessed")
