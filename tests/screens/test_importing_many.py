"""A folder of files brought in from the screen: seen first, one after another, stoppable."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.importing.columns import ImportColumns
from screens.importing.many import ManyPage
from screens.share.screen import Share
from senreg.exchange.many_found import Found
from senreg.places import documents_folder
from senreg.register import Register
from tests.exchange import spreadsheet_school as school
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.test_importing import look_at


@pytest.fixture
def folder() -> Path:
    """A folder where the person's documents are."""
    folder = documents_folder() / "september"
    folder.mkdir(parents=True)
    texts = {
        "roll.csv": "Surname,Forename,DOB\nNúñez,=Zoë,03/11/2018\nÓlafs,Eli,31/02/2014\n",
        "notes.csv": 'Pupil,Kind,Note\n"Núñez, =Zoë",Meeting,Came in [b]\n',
        "staff.csv": "Name,Role\nMs Olu,TA\n",
        "menu.txt": "Soup on Monday",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


async def open_folder(d: Driver, mouse: bool = False) -> ManyPage:
    await (d.click("A folder of files") if mouse else d.keys("b"))
    await d.type("september")
    await d.keys("enter")
    if not isinstance(d.screen, ManyPage):
        await d.keys("enter")
    assert isinstance(d.screen, ManyPage)
    return d.screen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_folder_by_keyboard(
    running: Running, register: Register, folder: Path, size
) -> None:
    before = register.count("pupils")
    async with running(size=size, start="share") as d:
        await open_folder(d)
        assert d.shows("staff.csv")
        assert d.shows("– It is not a table senreg knows")
        assert register.count("pupils") == before
        await d.keys("n")
        assert d.shows("Bring in 3 sheets?")
        assert d.shows("New or changed: 1 member of staff, 1 pupil, 1 note.")
        await d.keys("enter")
        assert d.shows("Brought in: 3 sheets, 3 records.")
        assert d.shows("1 left out")
        (note,) = register.find("notes", text="Came in [b]")
        assert register.get(note["pupil"])["surname"] == "Núñez"
        await d.keys("u")
        assert not register.find("notes", text="Came in [b]")
        assert register.count("pupils") == before + 1
        await d.keys("escape")
        assert isinstance(d.screen, Share)


async def test_a_sheet_is_left_and_one_looked_at_by_itself_with_the_mouse(
    running: Running, register: Register, folder: Path
) -> None:
    async with running(size=LARGE, start="share") as d:
        await open_folder(d, mouse=True)
        await d.click("☒", nth=0)
        assert d.shows("– left out")
        await d.click("menu.txt", times=2)
        assert d.shows("It is not a table senreg knows.")
        await d.keys("escape")
        await d.click("roll.csv", times=2)
        assert isinstance(d.screen, ImportColumns)
        await d.keys("escape")
        await d.click("Go on")
        await d.click("Bring in", nth=-1)
        assert d.shows("Brought in: 2 sheets")
        assert not register.find("staff", name="Ms Olu")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_nobody_knows_comes_in_by_itself_where_a_person_says_what_it_is(
    running: Running, register: Register, folder: Path, size
) -> None:
    (folder / "club.csv").write_text('Who,Told\n"Lee, Ada",Came\n', encoding="utf-8")
    async with running(size=size, start="share") as d:
        await open_folder(d)
        await (d.keys("down", "down", "down", "enter") if size == SMALL else
               d.click("club.csv", times=2))  # fmt: skip
        assert d.shows("Brought in by itself, you say")
        await (d.keys("enter") if size == SMALL else d.click("Bring it in by itself"))
        assert d.shows("Show the rows")
        assert register.find("pupils", surname="Lee", forename="Ada") == []


async def test_what_is_left_brings_nothing_to_those_after_it(
    running: Running, register: Register, folder: Path
) -> None:
    async with running(size=LARGE, start="share") as d:
        await open_folder(d)
        await d.keys("down", "space", "n")
        assert d.shows("Bring in 2 sheets?")
        assert d.shows("New or changed: 1 member of staff.")
        await d.keys("escape")
        assert d.shows("1 left out as it stands")


async def test_what_was_done_when_it_was_stopped_is_said(
    running: Running, register: Register, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from screens.importing import many

    def stopped_after_one(found: Found, into: Register, **options: object) -> Found:
        if options.get("dry_run"):
            return real(found, into, **options)
        done: list[object] = []
        options |= {"each": done.append, "cancelled": lambda: bool(done)}
        return real(found, into, **options)

    real = many.bring_in
    monkeypatch.setattr(many, "bring_in", stopped_after_one)
    async with running(size=LARGE, start="share") as d:
        await open_folder(d)
        await d.keys("n", "enter")
        assert d.shows("Stopped. Brought in: 1 sheet, 1 record. It stays.")
        assert d.shows("Not reached: roll.csv, notes.csv")
        assert register.find("staff", name="Ms Olu")
        monkeypatch.setattr(many, "bring_in", real)
        await d.keys("n", "enter")
        assert d.shows("Brought in: 3 sheets")


async def test_every_sheet_of_a_workbook(running: Running, register: Register) -> None:
    sheets = {
        "Pupils": [["Surname", "Forename"], ["Núñez", "=Zoë"]],
        "Notes": [["Pupil", "Kind", "Note"], ["Núñez, =Zoë", "Meeting", "Came in"]],
    }
    documents_folder().mkdir(parents=True, exist_ok=True)
    school.write_xlsx(documents_folder() / "mine.xlsx", sheets)
    async with running(size=SMALL) as d:
        await look_at(d, "mine.xlsx")
        await d.keys("b")
        assert isinstance(d.screen, ManyPage)
        assert d.shows("Notes, mine.xlsx")
        assert not d.shows("left out as it stands")
        await d.keys("n", "enter")
        assert d.shows("Brought in: 2 sheets, 2 records.")
        assert register.find("notes", text="Came in")
