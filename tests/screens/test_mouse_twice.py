"""Hands that press twice: one page is opened, and nothing on it is acted on."""

from __future__ import annotations

import pytest
from textual import events
from textual.message import Message

from screens.pupil.screen import PupilPage
from screens.targets.page import TargetPage
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver


async def in_haste(d: Driver, words: str, times: int) -> None:
    """Press the button on words so often that no press waits for what the one before does."""
    x, y = d.places(words)[-1]
    for _ in range(times):
        for kind in (events.MouseDown, events.MouseUp):
            d.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
    await d.settle()


async def press_at(d: Driver, x: int, y: int, time: float) -> None:
    """Press and release the button at a place and time."""
    for kind in (events.MouseDown, events.MouseUp):
        event = kind(None, x, y, 0, 0, 1, False, False, False, x, y)
        event.time = time
        d.app.post_message(event)
        await d.settle()


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("times", [2, 3])
@pytest.mark.parametrize(
    ("start", "words"),
    [
        ("register", "Open"),
        ("register", "New"),
        ("register", "?"),
        ("targets", "Open"),
        ("today", "Open"),
    ],
)
async def test_words_pressed_in_haste_open_one_page(
    running: Running, size: tuple[int, int], times: int, start: str, words: str
) -> None:
    async with running(size=size, start=start) as d:
        await in_haste(d, words, times)
        assert len(d.app.screen_stack) == 2, d.app.screen_stack


@pytest.mark.parametrize("start", ["register", "targets", "provision", "today"])
async def test_a_key_pressed_twice_in_haste_opens_one_page(running: Running, start: str) -> None:
    async with running(start=start) as d:
        for _ in range(2):
            pressed = events.Key("enter", "\r")
            pressed.set_sender(d.app)
            d.app.post_message(pressed)
        await d.settle()
        assert len(d.app.screen_stack) == 2, d.app.screen_stack


@pytest.mark.parametrize(("right", "down"), [(0, 0), (2, 0), (-1, 1)])
async def test_a_press_after_the_page_came_acts_on_nothing_of_it(
    running: Running, right: int, down: int
) -> None:
    """On the page of a pupil a click changes the tab, on the register it opened the page."""
    async with running(start="register") as d:
        x, y = d.places("Enter Open")[0]
        begun = Message().time
        await press_at(d, x, y, begun)
        assert isinstance(d.screen, PupilPage)
        before = d.text
        # The hand slips a little, and presses a third time as well.
        await press_at(d, x + right, y - down, begun + 0.2)
        await press_at(d, x, y, begun + 0.6)
        assert len(d.app.screen_stack) == 2
        assert d.text == before


async def test_a_press_that_came_as_the_page_did_acts_on_nothing_of_it(running: Running) -> None:
    """A page that takes long: the hand presses again after a second, just as it comes."""
    async with running(start="targets") as d:
        x, y = d.places("Enter Open")[0]
        await press_at(d, x, y, Message().time - 2)
        assert isinstance(d.screen, TargetPage)
        came = d.app._double._changed
        await press_at(d, x, y, came + 0.3)
        assert len(d.app.screen_stack) == 2
        await press_at(d, x, y, came + 5)
        assert len(d.app.screen_stack) == 3, "who waits until it is seen means what is there"
