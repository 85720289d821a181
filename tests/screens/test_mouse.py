"""What a hand on the mouse alone must find: the way back, undo and redo."""

from __future__ import annotations

import pytest
from textual.widget import Widget

from screens.page import Page
from screens.widgets.frame import TopLines
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver


def pages_alive(d: Driver) -> list[Widget]:
    """The top lines of every page whose messages are still handled."""
    return [
        each for each in d.app._registry if isinstance(each, TopLines) and each._task is not None
    ]


def place_of(d: Driver) -> str:
    """The place of the page that is seen in the table of commands."""
    assert isinstance(d.screen, Page)
    return d.screen.PLACE


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_mode_clicked_on_a_page_over_it_leaves_the_page(
    running: Running, size: tuple[int, int]
) -> None:
    async with running(size=size) as d:
        await d.click("王, 小明", times=2)
        assert place_of(d) == "pupil"
        assert len(pages_alive(d)) == 2
        await d.click("2 Register")
        assert place_of(d) == "register"
        # A click that waits for the end of its own page never ends: the page would stay alive.
        assert len(pages_alive(d)) == 1


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize(
    ("start", "words", "place"),
    [("register", "王, 小明", "pupil"), ("targets", "O'Neil, Sam", "target")],
)
async def test_every_page_over_another_has_a_way_back_to_click(
    running: Running, size: tuple[int, int], start: str, words: str, place: str
) -> None:
    async with running(size=size, start=start) as d:
        assert not d.shows("Esc Back")
        await d.click(words, times=2)
        assert place_of(d) == place
        await d.click("Esc Back")
        assert place_of(d) == start
        assert len(d.app.screen_stack) == 1
        assert not d.shows("Esc Back")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_undo_and_redo_are_clicked(
    running: Running, register: Register, size: tuple[int, int]
) -> None:
    async with running(size=size) as d:
        with register.commit("Change a class") as c:
            c.set("ming", class_name="Oak")
        await d.settle()
        assert d.shows("Oak")
        assert not d.shows("Redo")
        await d.click("u Undo")
        assert not d.shows("Oak")
        await d.click("Redo")
        assert d.shows("Oak")


async def test_a_register_that_cannot_be_written_offers_no_undo(
    running: Running, register: Register
) -> None:
    register.close()
    with Register.open(register.path, read_only=True) as opened:
        async with running(opened=opened) as d:
            assert d.shows("Read-only")
            assert not d.shows("Undo")
