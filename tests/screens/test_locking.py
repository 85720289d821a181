"""A register left alone is locked, and found again where it was left."""

from __future__ import annotations

import gc
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest
from textual import events

from screens.app import SenregApp
from screens.dialogs.hidden import HINT, Hidden
from screens.dialogs.working import Work, work
from screens.forms.record_form import RecordForm
from screens.pupil.screen import PupilPage
from screens.vault.unlock import Unlock, Veil
from screens.welcome.screen import Welcome
from senreg.register import Row
from senreg.settings import Settings
from senreg.store.sealing import DataKey
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.sealed import opened
from tests.screens.test_working import begun
from tests.store.sealing_keys import PASSPHRASE

Shift = Callable[[float], None]
HELD = ("O'Neil", "Sam", "Hilltop", "4B")


@asynccontextmanager
async def unlocked(
    folder: Path, size: tuple[int, int] = SMALL, **settings: int
) -> AsyncIterator[Driver]:
    """The interface on an open sealed register."""
    app = SenregApp(opened(folder), Settings(**settings), start="register")
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
    if app.register is not None:
        app.register.close()


async def left_alone(d: Driver, shift: Shift, minutes: float) -> None:
    shift(minutes * 60)
    await d.app.look_idle()
    await d.settle()


async def unlock(d: Driver) -> None:
    await d.type(PASSPHRASE)
    await d.keys("enter")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_after_five_minutes_it_is_locked_and_shows_its_name_alone(
    sealed: Path, time_goes_on: Shift, size
) -> None:
    async with unlocked(sealed, size) as d:
        assert d.shows("O'Neil")
        await left_alone(d, time_goes_on, 4.9)
        assert d.shows("O'Neil")
        await left_alone(d, time_goes_on, 0.2)
        assert isinstance(d.screen, Unlock)
        assert d.shows("sealed.senreg")
        assert not any(d.shows(word) for word in HELD)
        assert d.app.register is None
        await unlock(d)
        assert d.app.current_mode == "register"
        assert d.shows("O'Neil")


async def test_minutes_count_from_the_last_key_and_are_a_setting(
    sealed: Path, time_goes_on: Shift
) -> None:
    async with unlocked(sealed, lock_minutes=1) as d:
        for _ in range(3):
            await left_alone(d, time_goes_on, 0.8)
            assert d.app.register is not None
            await d.keys("down")
        await left_alone(d, time_goes_on, 1)
        assert d.app.register is None


async def test_the_mouse_counts_as_somebody_being_there(sealed: Path, time_goes_on: Shift) -> None:
    async with unlocked(sealed) as d:
        for turn in (events.MouseDown, events.MouseScrollUp, events.MouseScrollDown):
            time_goes_on(200)
            d.app.post_message(turn(None, 5, 5, 0, 0, 0, False, False, False, 5, 5))
            await d.settle()
        await left_alone(d, time_goes_on, 2)
        assert d.app.register is not None


@pytest.mark.parametrize(("written", "meant"), [(0, 1), (1, 1), (15, 15), (99, 15)])
def test_a_setting_written_by_hand_is_taken_within_bounds(written: int, meant: int) -> None:
    assert Settings(lock_minutes=written).idle_minutes == meant


def records_and_keys() -> list[object]:
    return [each for each in gc.get_objects() if isinstance(each, (Row, DataKey))]


async def test_nothing_of_the_register_stays_in_memory(sealed: Path) -> None:
    of_other_tests = records_and_keys()
    earlier = {id(each) for each in of_other_tests}
    async with unlocked(sealed) as d:
        assert d.app.register is not None
        keys = d.app.register.store.keys
        assert keys is not None
        held: list[weakref.ref[object]] = [weakref.ref(d.app.register)]
        held.append(weakref.ref(d.app.register.store))
        held.append(weakref.ref(keys))
        del keys
        await d.keys("enter", "1", "3", "4", "f8")
        assert isinstance(d.screen, Unlock)
        gc.collect()
        assert [each() for each in held] == [None] * 3
        assert [each for each in records_and_keys() if id(each) not in earlier] == []


async def test_the_page_of_a_pupil_is_open_again_afterwards(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        pupil = d.screen.pupil_id
        await d.keys("f8")
        await unlock(d)
        assert isinstance(d.screen, PupilPage)
        assert d.screen.pupil_id == pupil
        await d.keys("escape")
        assert d.app.current_mode == "register"


async def test_a_form_that_was_being_written_is_offered_again(sealed: Path, tmp_path: Path) -> None:
    async with unlocked(sealed) as d:
        assert d.app.register is not None
        d.app.push_screen(RecordForm(d.app.register, "notes", d.app.register.get("note")))
        await d.settle()
        d.screen.write_at("with_whom")  # type: ignore[attr-defined]
        await d.settle()
        await d.type("Grandmother")
        await d.keys("f8")
        assert isinstance(d.screen, Unlock)
        (draft,) = (tmp_path / "home" / "drafts").iterdir()
        assert b"Grandmother" not in draft.read_bytes()
        await unlock(d)
        assert any("What you were writing is kept" in each for each in d.toasts)
        assert d.app.register is not None
        d.app.push_screen(RecordForm(d.app.register, "notes", d.app.register.get("note")))
        await d.settle()
        await d.keys("enter")
        assert "Grandmother" in d.screen.rows["with_whom"].text  # type: ignore[attr-defined]


async def test_nothing_is_said_of_a_form_in_which_nothing_was_written(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        assert d.app.register is not None
        d.app.push_screen(RecordForm(d.app.register, "notes", d.app.register.get("note")))
        await d.settle()
        await d.keys("f8")
        await unlock(d)
        assert not any("What you were writing" in each for each in d.toasts)


async def test_what_was_saved_is_there_and_a_snapshot_was_left(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        assert d.app.register is not None
        with d.app.register.commit("Change class") as c:
            c.set("sam", class_name="5X")
        await d.keys("f8")
        before = (sealed / "register.json").read_bytes()
        with opened(sealed) as other:
            assert other.get("sam")["class_name"] == "5X"
        assert (sealed / "register.json").read_bytes() == before
        await d.keys("escape")
        assert isinstance(d.screen, Welcome)


async def test_work_is_covered_and_goes_on(sealed: Path, time_goes_on: Shift) -> None:
    results: list[int] = []
    told, go_on = Event(), Event()

    def job(_: Work) -> int:
        told.set()
        go_on.wait(20)
        return 42

    async with unlocked(sealed) as d:
        work(d.app, "Counting", job, results.append)
        await begun(d, told)
        time_goes_on(301)
        await d.app.look_idle()
        await d.pilot.pause()
        assert isinstance(d.screen, Veil)
        assert not any(d.shows(word) for word in HELD)
        await d.pilot.press("escape")
        assert isinstance(d.screen, Veil)
        go_on.set()
        await d.settle()
        await d.type("wrong")
        await d.keys("enter")
        assert d.shows("does not open this register")
        assert results == []
        await unlock(d)
        assert results == [42]
        assert d.shows("O'Neil")


async def test_a_plain_register_is_hidden_and_a_key_shows_it(
    running: Running, time_goes_on: Shift
) -> None:
    async with running() as d:
        await left_alone(d, time_goes_on, 6)
        assert isinstance(d.screen, Hidden)
        assert not any(d.shows(word) for word in HELD)
        await d.keys("x")
        assert d.shows("O'Neil")
        await d.keys("f8")
        assert "F9 hides the screen" in d.toasts[-1]


async def test_a_hidden_screen_is_locked_too(sealed: Path, time_goes_on: Shift) -> None:
    async with unlocked(sealed) as d:
        await d.keys("f9")
        await left_alone(d, time_goes_on, 6)
        assert isinstance(d.screen, Unlock)
        await unlock(d)
        assert d.shows("O'Neil")


@pytest.mark.parametrize(
    "way", [(), ("question_mark",), ("ctrl+p",), ("f",), ("e",), ("m",), ("f2",), ("enter", "n")]
)
async def test_one_key_hides_everything_from_every_page_and_dialog(
    running: Running, way: tuple[str, ...]
) -> None:
    async with running(size=LARGE) as d:
        await d.app.run_action("app.notify('Sam was here')")
        await d.keys(*way)
        await d.keys("f9")
        assert isinstance(d.screen, Hidden)
        assert d.text.strip() == HINT
        await d.keys("f9")
        assert not isinstance(d.screen, Hidden)
