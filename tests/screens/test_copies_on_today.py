"""Today: an older file is told, and what waits from other copies."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from screens.share.screen import Share
from screens.today.screen import TodayPage
from senreg.register import Register
from senreg.sync.bundle import export_bundle
from senreg.sync.folder import sync_folder
from senreg.sync.join import join
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture
def older(register: Register, tmp_path: Path) -> Register:
    """The register was closed with a change, and an older copy of its folder came back."""
    register.close()
    shutil.copytree(register.path, tmp_path / "monday")
    with Register.open(register.path) as used, used.commit("Change") as c:
        c.set("ming", what_helps="Pictures")
    shutil.rmtree(register.path)
    shutil.copytree(tmp_path / "monday", register.path)
    return Register.open(register.path)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_older_file_is_told_at_the_start_and_on_today(
    running: Running, older: Register, size
) -> None:
    async with running(size=size, start="today", opened=older) as d:
        assert "This file is older than what you used here on" in d.toasts[0]
        assert d.shows("Is this the file you know?")
        await d.click("! Look", times=2)
        assert d.shows("Sync it, or merge a bundle of another copy")
        await d.keys("escape")
        assert isinstance(d.screen, TodayPage)
        assert older.doubts
    older.close()


@pytest.mark.parametrize("mouse", [False, True])
async def test_it_can_be_taken_as_it_is_or_repaired(
    running: Running, older: Register, mouse: bool
) -> None:
    async with running(start="today", opened=older) as d:
        await d.keys("home", "enter")
        await (d.click("Go to Share") if mouse else d.keys("enter"))
        assert isinstance(d.screen, Share)
        await d.keys("1", "home", "enter")
        await (d.click("Take it as it is") if mouse else d.keys("n"))
        assert not d.shows("Is this the file you know?")
    older.close()
    with Register.open(older.path) as again:
        assert again.doubts == []


async def test_nothing_is_said_of_copies_where_there_is_no_folder(running: Running) -> None:
    async with running(start="today", size=LARGE) as d:
        assert not d.shows("Other copies")


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_waits_is_told_and_enter_brings_it_in(
    running: Running, register: Register, tmp_path: Path, size, mouse: bool
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    export_bundle(register, tmp_path / "first.senreg-bundle")
    with join(tmp_path / "first.senreg-bundle", tmp_path / "second", person="olafsson") as second:
        sync_folder(register, shared)
        with second.commit("Change") as c:
            c.set("ming", what_helps="Pictures [/] first")
        sync_folder(second, shared)
    async with running(start="today", size=size) as d:
        assert d.shows("1 file waits in the sync folder.")
        if mouse:
            await d.click("! Waiting", times=2)
        else:
            await d.keys("s")
        assert d.shows("Brought in: 1 edit of 1 record.")
        await d.keys("enter")
        assert not d.shows("1 file waits")
    assert register.get("ming")["what_helps"] == "Pictures [/] first"


async def test_a_sync_long_ago_is_told(
    running: Running, register: Register, tmp_path: Path, time_goes_on
) -> None:
    (tmp_path / "shared").mkdir()
    sync_folder(register, tmp_path / "shared")
    async with running(start="today") as d:
        assert not d.shows("Last synced")
    time_goes_on(8 * 86_400)
    async with running(start="today") as d:
        assert d.shows("Last synced 27 Nov 09:3")
        await d.keys("s")
        assert not d.shows("Last synced")
