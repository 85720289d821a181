"""How a person without a register comes by one."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.welcome.screen import Welcome
from senreg.places import documents_folder
from senreg.register import Register
from senreg.settings import Settings
from senreg.sync.bundle import export_bundle
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.sealed import keep_plain


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@asynccontextmanager
async def begun(size: tuple[int, int] = SMALL, **settings: object) -> AsyncIterator[Driver]:
    """The interface without a register; what it opened is closed at the end."""
    app = SenregApp(None, Settings(**settings))  # type: ignore[arg-type]
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
    if app.register is not None:
        app.register.close()


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_it_says_what_there_is_to_do(documents: Path, size) -> None:
    async with begun(size) as d:
        assert isinstance(d.screen, Welcome)
        assert d.shows("Look round")
        if size != (40, 10):
            for words in (
                "Start from my spreadsheet",
                "Open or join a copy",
                "A register with nobody in it",
                "Your own register is encrypted",
            ):
                assert d.shows(words)
        assert d.app.register is None


async def test_a_mode_cannot_be_reached_without_a_register(documents: Path) -> None:
    async with begun() as d:
        await d.keys("2")
        assert isinstance(d.screen, Welcome)
        assert d.toasts == ["Open or make a register first."]


@pytest.mark.parametrize("by", ["key", "enter", "mouse"])
async def test_looking_round_opens_the_invented_school(documents: Path, by: str) -> None:
    async with begun() as d:
        if by == "mouse":
            await d.click("Look round")
        else:
            await d.keys("l" if by == "key" else "enter")
        assert d.app.current_mode == "today"
        assert d.app.register is not None
        assert d.app.register.invented
        assert d.app.register.count("pupils") == 240
        assert d.shows("Nobody here is real")


async def test_a_register_is_opened_by_its_path(documents: Path, tmp_path: Path) -> None:
    folder = tmp_path / "kept [x]" / "my school.senreg"
    folder.parent.mkdir()
    Register.create(folder, "Hill [/b] School").close()
    async with begun() as d:
        await d.keys("o")
        await d.keys("ctrl+u")
        await d.type(str(folder))
        await d.keys("enter")
        assert d.app.register is not None
        assert d.shows("Hill [/b] School")
        assert d.app.settings.last_register == str(folder)


async def test_a_register_is_opened_by_browsing_with_the_mouse(documents: Path) -> None:
    folder = documents / "sub" / "school.senreg"
    folder.parent.mkdir()
    Register.create(folder, "Hill School").close()
    async with begun() as d:
        await d.click("Open or join a copy")
        await d.click("sub/")
        await d.click("school.senreg/")
        assert d.app.register is not None
        assert d.app.register.path == folder


async def test_what_was_opened_lately_comes_first(documents: Path, tmp_path: Path) -> None:
    Register.create(tmp_path / "last.senreg", "Hill School").close()
    async with begun(recent=[str(tmp_path / "last.senreg")]) as d:
        await d.click("last.senreg")
        assert d.shows("Hill School")


async def test_a_register_that_went_away_is_told_in_a_sentence(
    documents: Path, tmp_path: Path
) -> None:
    async with begun(recent=[str(tmp_path / "gone.senreg")]) as d:
        await d.keys("enter")
        assert d.app.register is None
        assert d.shows("Enter Close")
        await d.keys("enter")
        assert isinstance(d.screen, Welcome)


async def test_a_folder_that_is_no_register_is_told_in_a_sentence(documents: Path) -> None:
    (documents / "fake.senreg").mkdir()
    (documents / "fake.senreg" / "letter.txt").write_text("Dear all", encoding="utf-8")
    async with begun() as d:
        await d.keys("o")
        await d.type("fake.senreg")
        await d.keys("enter")
        assert d.app.register is None
        assert d.shows("Enter Close")
        assert "Traceback" not in d.text


async def test_a_bundle_becomes_a_copy_of_ones_own(
    documents: Path, register: Register, tmp_path: Path
) -> None:
    export_bundle(register, documents / "monday.senreg-bundle")
    async with begun(LARGE) as d:
        await d.keys("o")
        await d.type("monday.senreg-bundle")
        await d.keys("enter")
        assert d.shows("Hilltop [/b] Junior School")
        assert d.shows("It is of a plain")
        await d.keys("enter")
        joined = d.app.register
        assert joined is not None
        assert joined.path == documents / "copy.senreg"
        assert joined.register_id == register.register_id
        assert joined.copy_id != register.copy_id
        assert d.shows("O'Neil, Sam [EAL]")


async def test_joining_can_be_left_half_way(documents: Path, register: Register) -> None:
    export_bundle(register, documents / "monday.senreg-bundle")
    before = sorted(documents.iterdir())
    async with begun() as d:
        await d.click("Open or join a copy")
        await d.click("monday.senreg-bundle", times=2)
        await d.click("Esc Cancel")
        assert isinstance(d.screen, Welcome)
    assert [each for each in sorted(documents.iterdir()) if each.suffix != ".json"] == before


async def test_a_broken_bundle_is_told_in_a_sentence(documents: Path) -> None:
    (documents / "bad.senreg-bundle").write_bytes(b"senreg-bundle 1 00\nrubbish")
    async with begun() as d:
        await d.keys("o")
        await d.type("bad")
        await d.keys("enter")
        assert d.shows("damaged")
        assert d.app.register is None


async def test_an_empty_register_is_made_where_the_person_says(documents: Path) -> None:
    async with begun() as d:
        await d.keys("n")
        await d.type("Moss [/] School")
        await d.keys("ctrl+s")
        assert d.shows("school.senreg"), d.text
        await d.keys("enter")
        await keep_plain(d)
        assert d.app.register is not None
        assert d.app.register.path == documents / "school.senreg"
        assert d.app.register.school["name"] == "Moss [/] School"
        assert d.shows("This register has no pupils yet. Begin here:")


async def test_f2_goes_from_one_register_to_another_and_escape_comes_back(
    running: Running, tmp_path: Path, documents: Path
) -> None:
    Register.create(tmp_path / "other.senreg", "Other School").close()
    async with running() as d:
        await d.keys("f2")
        assert isinstance(d.screen, Welcome)
        await d.keys("escape")
        assert d.app.current_mode == "register"
        assert d.shows("O'Neil, Sam [EAL]")
        await d.keys("f2", "o", "ctrl+u")
        await d.type(str(tmp_path / "other.senreg"))
        await d.keys("enter")
        assert d.shows("Other School")
        assert not d.shows("O'Neil")
        assert d.app.register is not None
        d.app.register.close()
