"""What a hand on the mouse reaches on every page: opening, emptying, leaving, and whole words."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from screens.dialogs.ask import AskDialog
from screens.forms.record_form import RecordForm
from screens.page import Page
from screens.provision.groups import GroupsPanel
from screens.targets.form import TargetForm
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE])


@SIZES
@pytest.mark.parametrize(
    ("start", "words", "place"),
    [
        ("register", "王, 小明", "pupil"),
        ("targets", "O'Neil, Sam", "target"),
        ("provision", "Lego [therapy]", "group"),
    ],
)
async def test_what_is_highlighted_is_opened_by_a_word_in_the_footer(
    running: Running, size: tuple[int, int], start: str, words: str, place: str
) -> None:
    async with running(size=size, start=start) as d:
        await d.click(words)
        await d.click("Enter Open")
        assert isinstance(d.screen, Page)
        assert place == d.screen.PLACE


@SIZES
@pytest.mark.parametrize("start", ["register", "targets", "provision"])
async def test_a_filter_is_emptied_by_its_sign(
    running: Running, size: tuple[int, int], start: str
) -> None:
    async with running(size=size, start=start) as d:
        assert not d.shows("✕")
        await d.click("/ to filter")
        await d.type("nobody")
        assert d.shows("nobody")
        await d.click("✕")
        assert not d.shows("✕")
        assert d.screen.query(Input).first().value == ""
        assert d.shows("/ to filter")


async def test_the_sign_gives_way_to_a_long_text(running: Running) -> None:
    async with running() as d:
        await d.click("/ to filter")
        await d.type("a long name and more")
        assert not d.shows("✕")


@pytest.mark.parametrize("start", ["register", "targets", "provision"])
async def test_the_hint_of_a_filter_is_not_cut(running: Running, start: str) -> None:
    async with running(start=start) as d:
        hint = d.screen.query(Input).first()
        assert hint.placeholder == "/ to filter"
        await d.pilot.resize_terminal(*LARGE)
        await d.settle()
        assert hint.placeholder.startswith("/ to filter: ")
        assert d.shows(hint.placeholder)


async def test_the_views_of_groups_are_named_in_whole(running: Running) -> None:
    async with running(start="provision") as d:
        views = d.lines[d.screen.query_one(GroupsPanel).tabs.region.y]
        assert "Clash or too many 0" in views
        assert "All 1" in views
        assert "…" not in views
        await d.pilot.resize_terminal(*LARGE)
        await d.settle()
        assert d.shows("Clashing or over size 0")


async def test_words_that_are_cut_say_so(running: Running) -> None:
    async with running() as d:
        await d.click("Narrow by ▾")
        for value in ("Year 3", "Year 4", "Year 5", "Year 6"):
            await d.click(f"☐ {value}")
        tools = d.lines[d.screen.query_one("#tools").region.y]
        assert tools.rstrip().endswith("…")


async def test_a_target_for_all_that_are_marked(running: Running, register: Register) -> None:
    async with running() as d:
        await d.click("王, 小明")
        await d.click("Space Mark")
        await d.click("[/b], [/b]")
        await d.click("Space Mark")
        await d.click("2 marked: act")
        await d.click("Write a target")
        await d.click("A blank curricular")
        assert isinstance(d.screen, TargetForm)
        await d.click("Ctrl+S Save")
    assert {row["pupil"] for row in register.all("targets") if not row["statement"]} == {
        "ming",
        "closing",
    }


async def test_a_target_without_words_is_called_so_in_the_lists(
    running: Running, register: Register
) -> None:
    with register.commit("Write nothing") as commit:
        commit.add("targets", {"pupil": "ming", "kind": "curricular", "due": "2026-11-30"})
    async with running(start="targets") as d:
        assert d.shows("(not worded yet)")
        await d.click("1 Today")
        assert d.shows("(not worded yet)")


@SIZES
async def test_settings_lead_out_of_the_program(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size, start="settings") as d:
        await d.keys("end")
        await d.click("Quit")
        assert d.app._exit or isinstance(d.screen, AskDialog)


@SIZES
async def test_settings_lead_to_another_register(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size, start="settings") as d:
        await d.wheel("Target bank")
        await d.click("Open another register")
        assert isinstance(d.screen, Page)
        assert d.screen.PLACE == "welcome"


async def test_a_hidden_screen_says_how_it_comes_back(running: Running) -> None:
    async with running() as d:
        await d.keys("f9")
        await d.click("or click")
        assert isinstance(d.screen, Page)


@SIZES
async def test_a_register_with_nobody_in_it_begins_by_a_click(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    with Register.create(tmp_path / "empty.senreg", "Hill School") as empty:
        async with running(size=size, start="today", opened=empty) as d:
            await d.click("Or add a pupil by hand")
            assert isinstance(d.screen, RecordForm)


async def test_what_takes_the_place_of_a_clicked_line_is_not_opened(
    running: Running, register: Register
) -> None:
    with register.commit("Many") as c:
        for number in range(9):
            c.add("actions", {"about": "target", "what": f"Thing {number}", "due": "2026-11-20"})
    async with running(start="today") as d:
        await d.press("Show the other 6", times=2)
        assert d.shows("Thing 8")
        assert isinstance(d.screen, Page)
        assert d.screen.PLACE == "today"


async def test_words_are_found_and_opened_by_mouse_alone(running: Running) -> None:
    async with running(size=LARGE) as d:
        await d.click("f Find")
        await d.type("homework")
        await d.click("She will ring back")
        assert isinstance(d.screen, Page)
        assert d.screen.PLACE == "pupil"
