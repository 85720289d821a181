"""One click chooses in a dialog, nothing falls through it, and its answers can be clicked."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from screens.dialogs.choose import ChooseDialog, ChooseManyDialog, Option
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver

MANY = [Option(str(number), f"Thing [{number}]") for number in range(40)]
LONG = "What choosing means, told at such length that it takes several lines. " * 4


async def ask(d: Driver, dialog: ChooseDialog | ChooseManyDialog) -> list[object]:
    """Show a dialog; what it gives comes into the list."""
    given: list[object] = []
    d.app.push_screen(dialog, given.append)  # type: ignore[arg-type]
    await d.settle()
    return given


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_click_chooses(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as d:
        given = await ask(d, ChooseDialog("Which?", MANY, now="5"))
        await d.click("Thing [3]")
        assert given == ["3"]


async def test_one_click_marks_and_once_more_takes_the_mark_away(running: Running) -> None:
    async with running() as d:
        given = await ask(d, ChooseManyDialog("Which?", MANY))
        await d.click("Thing [3]")
        await d.click("Thing [1]")
        await d.click("Thing [2]")
        await d.click("Thing [1]")
        await d.click("Ctrl+S Done")
        assert given == [["3", "2"]]


async def test_a_double_click_does_not_fall_through_to_the_page(running: Running) -> None:
    async with running() as d:
        page, below = d.screen, d.lines
        given = await ask(d, ChooseDialog("Which?", MANY))
        row = d.places("Thing [0]")[0][1]
        assert "Yr" in below[row], "a pupil lies below"
        await d.press("Thing [0]", times=2)
        assert given == ["0"]
        assert d.screen is page, "the second click has opened the pupil that lay below"


async def test_what_may_be_written_is_said_and_taken_by_a_click(running: Running) -> None:
    async with running() as d:
        given = await ask(d, ChooseDialog("Which?", MANY, typed=True))
        await d.click("or write another")
        await d.type("Oak [x]")
        await d.click("Use “Oak [x]”")
        assert given == ["Oak [x]"]
        await ask(d, ChooseDialog("Which?", MANY))
        assert not d.shows("or write another")


async def test_a_click_elsewhere_counts_at_once(running: Running) -> None:
    async with running() as d:
        given = await ask(d, ChooseDialog("Which?", MANY))
        await d.press("Thing [0]")
        assert given == ["0"]
        await d.press("3 Tar")
        assert d.app.current_mode == "targets"


@pytest.mark.parametrize("said", ["", LONG])
@pytest.mark.parametrize("size", [(80, 12), (80, 16), SMALL, LARGE])
async def test_cancel_can_always_be_clicked(
    running: Running, size: tuple[int, int], said: str
) -> None:
    async with running(size=size) as d:
        given = await ask(d, ChooseDialog("Which?", MANY, said=said))
        await d.click("Esc Cancel")
        assert given == [None]


async def test_a_dialog_keeps_its_answers_where_the_window_becomes_lower(
    running: Running,
) -> None:
    async with running(size=LARGE) as d:
        await ask(d, ChooseDialog("Which?", MANY, said=LONG))
        await d.pilot.resize_terminal(80, 20)
        await d.settle()
        assert d.shows("Esc Cancel")
        assert d.shows("Thing [0]")
        await d.pilot.resize_terminal(*LARGE)
        await d.settle()
        assert d.shows("Thing [9]"), "the list has its lines again"


async def test_a_message_does_not_lie_over_the_answers(running: Running) -> None:
    async with running() as d:
        d.app.notify("Something was done a moment ago. u takes it back.")
        given = await ask(d, ChooseDialog("Which?", MANY, said=LONG))
        assert d.shows("Something was done")
        await d.click("Esc Cancel")
        assert given == [None]
        assert d.screen.is_current


async def test_letters_typed_at_once_all_reach_the_list(
    running: Running, register: Register
) -> None:
    from screens.forms.record_form import RecordForm

    async with running() as d:
        d.app.push_screen(RecordForm(register, "staff", focus="role"))
        await d.settle()
        for letter in "teaching":
            d.app.simulate_key(letter)
        await d.settle()
        assert isinstance(d.screen, ChooseDialog)
        assert d.screen.query_one("#filter", Input).value == "teaching"
        assert sum(isinstance(each, ChooseDialog) for each in d.app.screen_stack) == 1
        await d.click("Teaching assistant")
        assert not isinstance(d.screen, ChooseDialog)
        assert d.shows("Teaching assistant")
