"""Keys typed before what they are meant for is there wait for it."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from screens.forms.entries import PickEntry
from screens.pupil.screen import PupilPage
from tests.screens.conftest import Running


async def test_a_key_after_enter_is_for_the_page_that_enter_opens(running: Running) -> None:
    async with running(start="register") as d:
        await d.in_haste("enter", "n")
        assert isinstance(d.app.screen_stack[1], PupilPage)
        assert not d.shows("New pupil")


async def test_what_is_typed_into_a_form_that_is_not_there_yet_stands_in_it(
    running: Running,
) -> None:
    async with running(start="register") as d:
        await d.in_haste("n", *"Dana", "tab", *"O'Neill")
        assert [each.value for each in d.screen.query(Input)][:2] == ["Dana", "O'Neill"]
        assert len(d.app.screen_stack) == 2


async def test_enter_chooses_what_was_typed_before_it(running: Running) -> None:
    async with running(start="targets") as d:
        await d.keys("n")
        first = d.lines
        await d.in_haste(*"o", "enter", *"reading")
        assert d.lines != first
        focused = d.app.focused
        assert isinstance(focused, Input)
        assert focused.value == "reading"


@pytest.mark.parametrize("mode", ["2", "3", "4", "5", "6"])
async def test_a_key_after_a_mode_is_for_that_mode(running: Running, mode: str) -> None:
    async with running(start="today") as d:
        await d.in_haste(mode, "question_mark", "escape", "slash", *"zz")
        focused = d.app.focused
        assert len(d.app.screen_stack) == 1
        assert isinstance(focused, Input)
        assert focused.value == "zz"


async def test_the_letter_that_opens_a_list_is_typed_in_it_with_what_follows(
    running: Running,
) -> None:
    async with running(start="register") as d:
        await d.keys("n")
        next(iter(d.screen.query(PickEntry))).focus()
        await d.in_haste(*"Neill")
        focused = d.app.focused
        assert isinstance(focused, Input)
        assert focused.value == "Neill"
