"""A register that somebody has open already."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from screens.dialogs.in_use import InUseDialog
from screens.dialogs.typed import TypedDialog
from senreg import clock
from senreg.places import documents_folder
from senreg.register import Register
from senreg.settings import UNREADABLE, Settings
from senreg.store.lock import IN_USE, Seat, this_host
from tests.screens.conftest import LARGE, SMALL, Running


def held(register: Register, host: str = "LAPTOP-12 [/b]") -> None:
    at = clock.milliseconds() - 2_940_000
    stored = {"person": "khan", "host": host, "pid": 8, "since": at, "token": "t" * 16}
    (register.path / IN_USE).write_text(json.dumps(stored), encoding="utf-8")


async def test_a_free_register_is_simply_opened(running: Running, register: Register) -> None:
    async with running() as d:
        assert not isinstance(d.screen, InUseDialog)
        found = Seat(register.path).look()
        assert found is not None
        assert found.host == this_host()


@pytest.mark.parametrize("mouse", [False, True])
async def test_another_window_here_is_named_and_both_go_on(
    running: Running, register: Register, mouse: bool
) -> None:
    with Register.open(register.path, person="khan") as other:
        other.sit()
        async with running() as d:
            assert isinstance(d.screen, InUseDialog)
            assert d.shows("another window on this computer")
            assert d.shows("Mrs Khan has it open there since 27 Nov")
            await (d.click("Go on in this window too") if mouse else d.keys("enter"))
            assert not register.read_only
            with other.commit("Test") as c:
                c.set("sam", class_name="6C")
            d.app.look_outside()
            await d.settle()
            assert register.get("sam")["class_name"] == "6C"


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_another_computer_leaves_three_ways(
    running: Running, register: Register, size, mouse: bool
) -> None:
    held(register)
    async with running(size=size) as d:
        assert d.shows("another computer: LAPTOP-12 [/b]")
        assert d.shows("Mrs Khan has it open there since 27 Nov 08:41")
        for words in ("Only read it", "Work on my own copy", "take it over", "Esc Only read it"):
            assert d.shows(words)
        await (d.click("Only read it") if mouse else d.keys("escape"))
        assert register.read_only
        assert d.app.screen.MODE == "register"


@pytest.mark.parametrize("mouse", [False, True])
async def test_taking_over_is_typed(running: Running, register: Register, mouse: bool) -> None:
    held(register)
    async with running() as d:
        await (d.click("take it over") if mouse else d.keys("down", "down", "enter"))
        assert isinstance(d.screen, TypedDialog)
        await d.type("take ove")
        await d.keys("enter")
        assert isinstance(d.screen, TypedDialog)
        assert d.shows("That is not yet TAKE OVER.")
        await d.keys("end", "ctrl+u")
        await d.type("take over" if mouse else "TAKE OVER")
        await (d.click("Enter Take over") if mouse else d.keys("enter"))
        assert not register.read_only
        found = Seat(register.path).look()
        assert found is not None
        assert found.host == this_host()


async def test_not_taking_over_asks_again(running: Running, register: Register) -> None:
    held(register)
    async with running() as d:
        await d.keys("end", "enter", "escape")
        assert isinstance(d.screen, InUseDialog)
        found = Seat(register.path).look()
        assert found is not None
        assert found.person == "khan"


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_copy_of_ones_own_is_worked_on_and_merged_later(
    running: Running, register: Register, mouse: bool
) -> None:
    from senreg.sync.bundle import export_bundle, read_bundle
    from senreg.sync.merge import apply_merge, plan_merge

    held(register)
    documents_folder().mkdir(parents=True, exist_ok=True)
    async with running() as d:
        await (d.click("Work on my own copy") if mouse else d.keys("down", "enter"))
        await (d.click("Make the copy here") if mouse else d.keys("enter"))
        copy = d.app.register
        assert copy is not None
        assert copy.path == documents_folder() / "my copy.senreg"
        assert copy.register_id == register.register_id
        assert copy.copy_id != register.copy_id
        assert not copy.read_only
        with copy.commit("Test") as c:
            c.set("sam", class_name="6C")
        bundle: Path = documents_folder() / "back.senreg-bundle"
        export_bundle(copy, bundle)
        copy.close()
    with Register.open(register.path) as whole:
        apply_merge(whole, plan_merge(whole, read_bundle(bundle)))
        assert whole.get("sam")["class_name"] == "6C"


async def test_it_is_said_when_another_computer_takes_over(
    running: Running, register: Register
) -> None:
    async with running() as d:
        held(register, "LAPTOP-12")
        d.app.look_outside()
        d.app.look_outside()
        await d.settle()
        (told,) = [each for each in d.toasts if "took this register over" in each]
        assert told.startswith("Mrs Khan took this register over on LAPTOP-12.")


async def test_settings_that_are_not_as_they_were_written_are_told_once(
    running: Running, register: Register
) -> None:
    settings = Settings(doubt=UNREADABLE)
    async with running(settings=settings) as d:
        assert UNREADABLE in d.toasts
    assert not settings.doubt
