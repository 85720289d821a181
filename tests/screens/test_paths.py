"""Choosing a path: typed, completed, browsed, by keyboard and by mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.dialogs.path import PathDialog
from senreg.register import Register
from senreg.settings import Settings
from tests.screens.conftest import LARGE, SMALL
from tests.screens.driving import Driver

Asking = Callable[..., AbstractAsyncContextManager[tuple[Driver, list[Path | None]]]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "root"
    (root / "deep [x]" / "deeper").mkdir(parents=True)
    (root / "empty").mkdir()
    for name in ("roll.csv", "roster.csv", "letter.docx"):
        (root / name).write_text("x", encoding="utf-8")
    (root / "deep [x]" / "[b].csv").write_text("x", encoding="utf-8")
    return root


@asynccontextmanager
async def asking(
    size: tuple[int, int] = SMALL, **asked: object
) -> AsyncIterator[tuple[Driver, list[Path | None]]]:
    """The dialog over the welcome page, and what it gave."""
    given: list[Path | None] = []
    app = SenregApp(None, Settings())
    async with app.run_test(size=size, notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        app.push_screen(PathDialog("Where?", **asked), given.append)  # type: ignore[arg-type]
        await d.settle()
        yield d, given


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 12)])
async def test_only_what_fits_is_listed(folder: Path, size) -> None:
    async with asking(size, wants="file", start=folder, endings=(".csv",)) as (d, _):
        if size[1] > 20:
            assert d.shows("deep [x]/")
            assert d.shows("roll.csv")
        assert not d.shows("letter.docx")


async def test_what_is_typed_and_what_fits_are_seen_in_a_very_small_window(folder: Path) -> None:
    said = "A file as your system or you saved it, whatever made it and wherever it is kept."
    wanted = {"wants": "file", "start": folder, "endings": (".csv",), "said": said}
    async with asking((40, 10), **wanted) as (d, given):
        await d.type("rol")
        assert d.shows("/rol")
        assert d.shows("roll.csv")
        assert d.shows("Enter Open")
        await d.keys("enter")
    assert given == [folder / "roll.csv"]


async def test_typing_narrows_and_enter_chooses(folder: Path) -> None:
    async with asking(wants="file", start=folder, endings=(".csv",)) as (d, given):
        await d.type("rost")
        assert not d.shows("roll.csv")
        await d.keys("enter")
        assert given == [folder / "roster.csv"]


async def test_tab_completes(folder: Path) -> None:
    async with asking(LARGE, wants="file", start=folder) as (d, given):
        await d.type("r")
        await d.keys("tab")
        assert d.shows("root/ro")
        await d.type("l")
        await d.keys("tab", "enter")
        assert given == [folder / "roll.csv"]


async def test_tab_goes_into_a_folder(folder: Path) -> None:
    async with asking(LARGE, wants="file", start=folder) as (d, given):
        await d.type("dee")
        await d.keys("tab")
        assert d.shows("[b].csv")
        await d.type("[b")
        await d.keys("enter")
        assert given == [folder / "deep [x]" / "[b].csv"]


async def test_a_whole_path_is_typed_or_pasted_with_its_quotes(folder: Path) -> None:
    async with asking(wants="file", start=folder / "empty") as (d, given):
        await d.keys("ctrl+u")
        await d.type(f'"{folder / "roll.csv"}"')
        await d.keys("enter")
        assert given == [folder / "roll.csv"]


async def test_folders_are_gone_through_by_keys(folder: Path) -> None:
    async with asking(wants="file", start=folder) as (d, given):
        await d.keys("enter")
        assert d.shows("[b].csv")
        await d.keys("up", "up", "up", "enter")
        assert d.shows("roll.csv")
        await d.keys("down", "down", "down", "enter")
        assert len(given) == 1


async def test_folders_are_gone_through_by_mouse(folder: Path) -> None:
    async with asking(wants="file", start=folder) as (d, given):
        await d.click("deep [x]/")
        assert d.shows("[b].csv")
        await d.click("the folder above")
        assert given == []
        await d.click("roll.csv")
        assert given == [folder / "roll.csv"]


async def test_a_place_is_gone_to_by_a_click(folder: Path) -> None:
    async with asking(LARGE, wants="file", start=folder) as (d, _):
        await d.click(" Home ")
        assert d.shows(f"{Path.home()}/")


async def test_what_is_not_there_is_said(folder: Path) -> None:
    async with asking(wants="file", start=folder) as (d, given):
        await d.type("nothing-like-it.csv")
        await d.keys("enter")
        assert d.shows("There is nothing of that name.")
        await d.keys("ctrl+u")
        await d.type("/no/such/folder/at/all")
        await d.keys("enter")
        assert given == []
        await d.keys("escape")
        assert given == [None]


async def test_it_is_left_with_the_mouse(folder: Path) -> None:
    async with asking(wants="file", start=folder) as (d, given):
        await d.click("Esc Cancel")
        assert given == [None]


async def test_a_new_file_gets_its_ending(folder: Path) -> None:
    suggested = folder / "new.xlsx"
    async with asking(wants="new file", start=suggested, endings=(".xlsx",)) as (d, given):
        await d.keys("end", *["backspace"] * len("new.xlsx"))
        await d.type("[mine]")
        await d.keys("enter")
        assert given == [folder / "[mine].xlsx"]


async def test_the_name_of_a_new_file_goes_along_into_a_folder(folder: Path) -> None:
    suggested = folder / "new.xlsx"
    async with asking(wants="new file", start=suggested, endings=(".xlsx",)) as (d, given):
        await d.click("deep [x]/", times=2)
        await d.keys("enter")
        assert given == [folder / "deep [x]" / "new.xlsx"]


async def test_a_file_is_replaced_only_when_that_is_said(folder: Path) -> None:
    async with asking(wants="new file", start=folder / "roll.csv", endings=(".csv",)) as (d, given):
        await d.keys("enter")
        assert d.shows("A file of that name is there already")
        await d.keys("escape")
        assert given == []
        await d.keys("enter", "enter")
        assert given == [folder / "roll.csv"]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("empty", ""),
        ("deep [x]", "holds something"),
        ("no such/school", "is not there"),
        ("fresh", ""),
        ("mine.senreg", "There is a register already"),
    ],
)
async def test_a_new_folder_must_be_free(folder: Path, typed: str, says: str) -> None:
    Register.create(folder / "mine.senreg", "School").close()
    async with asking(wants="new folder", start=folder / "school.senreg") as (d, given):
        await d.keys("end", *["backspace"] * len("school.senreg"))
        await d.type(typed)
        await d.keys("enter")
        if says:
            assert d.shows(says)
            assert given == []
        else:
            assert given == [folder / typed]


async def test_a_register_is_chosen_and_not_gone_into(folder: Path) -> None:
    Register.create(folder / "mine.senreg", "School").close()
    async with asking(wants="register", start=folder, endings=(".senreg-bundle",)) as (d, given):
        assert d.shows("mine.senreg/")
        assert not d.shows("roll.csv")
        await d.keys("enter")
        assert given == [folder / "mine.senreg"]


async def test_a_folder_without_any_register_says_so(folder: Path) -> None:
    async with asking(wants="register", start=folder / "empty") as (d, _):
        assert d.shows("There is no register in this folder, and no bundle.")


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_folder_is_chosen_where_a_folder_is_asked_for(
    folder: Path, size, mouse: bool
) -> None:
    async with asking(size, wants="folder", start=folder) as (d, given):
        assert not d.shows("roll.csv")
        if mouse:
            await d.click("deep [x]/")
            await d.click("✓ this folder")
        else:
            await d.type("deep")
            await d.keys("enter", "enter")
    assert given == [folder / "deep [x]"]


async def test_a_register_is_no_folder_to_meet_in(folder: Path) -> None:
    with Register.create(folder / "r.senreg", "Hollow Lane"):
        pass
    async with asking(wants="folder", start=folder) as (d, given):
        await d.type("r.senreg")
        await d.keys("enter")
        assert d.shows("That is a register itself.")
        await d.keys("ctrl+u")
        await d.type(str(folder / "empty"))
        await d.keys("enter")
    assert given == [folder / "empty"]
