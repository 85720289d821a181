"""Share: copies that meet in a folder, and who they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.share.conflicts import Conflicts
from screens.share.copies import Copies
from screens.share.screen import Share
from senreg.places import documents_folder
from senreg.register import Register
from senreg.sync.bundle import export_bundle
from senreg.sync.folder import sync_folder
from senreg.sync.join import join
from senreg.sync.standing import standing
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture
def shared() -> Path:
    """A folder that can be chosen among the documents."""
    folder = documents_folder() / "shared [x]"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def second(register: Register, tmp_path: Path) -> Iterator[Register]:
    export_bundle(register, tmp_path / "first.senreg-bundle")
    with join(tmp_path / "first.senreg-bundle", tmp_path / "second", person="olafsson") as copy:
        yield copy


@pytest.fixture
def left(register: Register, second: Register, shared: Path) -> Path:
    """The folder, with what was done on the second copy in it; this copy met it before."""
    sync_folder(register, shared)
    with second.commit("Change") as c:
        c.set("ming", what_helps="Pictures [/] first")
        c.set("sam", strengths="[b]Drums")
    sync_folder(second, shared)
    return shared


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_first_time_a_folder_is_chosen_and_everything_is_left_there(
    running: Running, register: Register, shared: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        if mouse:
            await d.click("With a stick, or a folder")
            await d.click("shared [x]/")
            await d.click("✓ this folder")
        else:
            await d.keys("s")
            await d.type("shared")
            await d.keys("enter", "enter")
        assert any("Synced. Nothing new has come. Left there: " in each for each in d.toasts)
        assert d.shows("Synced 27 Nov 09:3")
    assert list(shared.iterdir())
    assert standing(register).folder == shared


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_waits_is_shown_by_copy_and_brought_in_with_words(
    running: Running, register: Register, second: Register, left: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        assert d.shows("! 1 file waits")
        await (d.click("Other copies") if mouse else d.keys("y"))
        assert isinstance(d.screen, Copies)
        assert d.shows("2 edits wait there.")
        assert d.shows("2 edits")
        await (d.click("Sync now") if mouse else d.keys("s"))
        assert d.shows("Brought in: 2 edits of 2 records.")
        assert d.shows("2 new edits by Mr Ólafsson on 2 pupils.")
        await (d.click("Enter Close") if mouse else d.keys("enter"))
        assert isinstance(d.screen, Copies)
        assert d.shows("Mr Ólafsson")
        assert not d.shows("edits wait there")
        if size == LARGE:
            assert d.shows(second.copy_id)
    assert register.get("ming")["what_helps"] == "Pictures [/] first"


async def test_a_conflict_leads_to_where_it_is_settled(
    running: Running, register: Register, left: Path
) -> None:
    with register.commit("Change") as c:
        c.set("sam", strengths="Trumpet")
    async with running(start="share") as d:
        await d.keys("s")
        assert d.shows("Conflict: Strengths")
        await d.keys("enter")
        assert isinstance(d.screen, Conflicts)


async def test_a_stick_that_is_not_plugged_in_is_said_and_nothing_is_changed(
    running: Running, register: Register, left: Path
) -> None:
    left.rename(left.with_name("pulled out"))
    version = register.version
    async with running(start="share") as d:
        assert d.shows("The sync folder cannot be reached.")
        await d.keys("s")
        assert d.shows("Plug the stick in or connect to the network")
        await d.keys("enter")
        assert isinstance(d.screen, Share)
    assert register.version == version


async def test_files_that_are_not_whole_are_named(
    running: Running, register: Register, left: Path
) -> None:
    (left / "half [b].senreg-bundle").write_bytes(b"senreg-")
    async with running(size=LARGE, start="share") as d:
        await d.keys("s")
        assert d.shows("! Passed by: half [b].senreg-bundle. It is not there whole yet")


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_folder_can_be_given_up(
    running: Running, register: Register, left: Path, mouse: bool
) -> None:
    async with running(start="share") as d:
        await d.keys("o")
        assert d.shows("shared [x]")
        await (d.click("Use none") if mouse else d.keys("n"))
        assert d.shows("With a stick, or a folder that all can reach")
    assert standing(register).folder is None
    assert list(left.iterdir())


async def test_a_sync_that_is_not_allowed_is_said(
    running: Running, register: Register, left: Path
) -> None:
    register.only_read()
    async with running(start="share") as d:
        await d.keys("s")
        assert d.toasts == ["This register is open for reading only."]


async def test_without_copies_the_list_says_how_they_come(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("y")
        assert d.shows("No other copy was met yet.")
        assert d.shows("There is no sync folder: s asks for one.")
