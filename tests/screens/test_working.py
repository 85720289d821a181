"""Work that takes time: told of, stopped, refused."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest

from screens.dialogs.message import MessageDialog
from screens.dialogs.working import Work, WorkDialog, work
from senreg.errors import SenregError
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver


async def test_the_result_is_handed_on(running: Running) -> None:
    results: list[int] = []
    async with running() as d:
        work(d.app, "Counting", lambda _: 42, results.append)
        await d.settle()
        assert results == [42]
        assert not isinstance(d.screen, WorkDialog)


async def begun(d: Driver, event: Event) -> None:
    """Wait for the thread to be at work, without keeping the interface from drawing."""
    import asyncio

    await asyncio.get_running_loop().run_in_executor(None, event.wait, 20)
    await d.pilot.pause()


async def test_it_is_shown_how_far_it_has_come_and_it_can_be_stopped(running: Running) -> None:
    results: list[object] = []
    told, go_on = Event(), Event()

    def job(doing: Work) -> str:
        doing.report(3, 4, "Row [3]")
        told.set()
        go_on.wait(20)
        doing.pause()
        return "done"

    async with running() as d:
        work(d.app, "Counting [/b]", job, results.append)
        await begun(d, told)
        d.screen.remove_class("-unseen")
        await d.pilot.pause()
        assert d.shows("Counting [/b]")
        assert d.shows("Row [3]")
        assert d.shows("75%")
        await d.pilot.press("escape")
        assert d.shows("Stopping…")
        go_on.set()
        await d.settle()
        assert results == []
        assert d.toasts == ["Stopped. Nothing was changed."]


async def test_it_is_stopped_with_the_mouse(running: Running) -> None:
    told, go_on = Event(), Event()

    def job(doing: Work) -> None:
        told.set()
        go_on.wait(20)
        doing.pause()

    async with running() as d:
        work(d.app, "Counting", job, lambda _: None)
        await begun(d, told)
        d.screen.remove_class("-unseen")
        await d.pilot.pause()
        x, y = d.places("Esc Stop")[0]
        await d.pilot.click(offset=(x, y))
        go_on.set()
        await d.settle()
        assert d.toasts == ["Stopped. Nothing was changed."]


async def test_what_cannot_be_stopped_offers_no_stopping(running: Running) -> None:
    told, go_on = Event(), Event()

    def job(_: Work) -> str:
        told.set()
        go_on.wait(20)
        return "done"

    results: list[str] = []
    async with running() as d:
        work(d.app, "Writing", job, results.append, stoppable=False)
        await begun(d, told)
        d.screen.remove_class("-unseen")
        await d.pilot.pause()
        assert not d.shows("Esc Stop")
        await d.pilot.press("escape")
        go_on.set()
        await d.settle()
        assert results == ["done"]


async def test_keys_are_answered_while_a_thread_works(running: Running) -> None:
    told, go_on = Event(), Event()

    def job(_: Work) -> None:
        told.set()
        go_on.wait(20)

    async with running() as d:
        work(d.app, "Waiting", job, lambda _: None)
        await begun(d, told)
        await d.pilot.resize_terminal(100, 30)
        assert d.app.size.width == 100
        go_on.set()
        await d.settle()


async def test_what_is_refused_is_said_in_words(running: Running) -> None:
    def job(_: Work) -> None:
        raise SenregError("The file [/b] is odd.", do="Choose another.")

    async with running() as d:
        work(d.app, "Looking", job, lambda _: None)
        await d.settle()
        assert d.shows("The file [/b] is odd.")
        assert d.shows("Choose another.")
        await d.keys("enter")
        assert not d.shows("odd")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_fault_in_the_job_is_said_and_the_app_goes_on(
    running: Running, tmp_path: Path, size: tuple[int, int]
) -> None:
    def job(_: Work) -> int:
        raise KeyError("O'Neill [Łukasz]")

    results: list[int] = []
    async with running(size=size) as d:
        d.faulty = True
        work(d.app, "Merging [a/b]", job, results.append)
        await d.settle()
        assert d.shows("“Merging [a/b]” did not come to its end"), d.text
        assert d.shows("saved is safe"), d.text
        assert d.shows("senreg check"), d.text
        assert not d.shows("O'Neill [")
        noted = (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
        assert noted.startswith("KeyError")
        assert "O'Neill" not in noted
        await d.keys("enter")
        assert not d.shows("did not come to its end")
        work(d.app, "Counting", lambda _: 42, results.append)
        await d.settle()
        assert results == [42]


async def test_a_fault_reaches_the_one_who_takes_what_is_refused(running: Running) -> None:
    def job(_: Work) -> int:
        raise RuntimeError("小明")

    taken: list[SenregError] = []
    async with running() as d:
        work(d.app, "Unlocking", job, lambda _: None, refused=taken.append)
        await d.settle()
        (said,) = taken
        assert "fault in the program" in said.happened
        assert "小明" not in str(said)
        assert not isinstance(d.screen, WorkDialog)


async def test_what_is_refused_afterwards_is_said_in_words(running: Running) -> None:
    def then(_: object) -> None:
        raise SenregError("That came too late.")

    async with running() as d:
        work(d.app, "Looking", lambda _: 1, then)
        await d.settle()
        assert d.shows("That came too late.")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_fault_in_what_follows_is_said_and_nothing_is_half_saved(
    running: Running, register: Register, tmp_path: Path, size: tuple[int, int]
) -> None:
    def then(_: object) -> None:
        with register.commit("Two children, of whom the second is at fault") as c:
            c.set("sam", class_name="6 [x]")
            raise KeyError("O'Neill [Łukasz]")

    before = register.get("sam")["class_name"]
    async with running(size=size) as d:
        d.faulty = True
        work(d.app, "Merging [a/b]", lambda _: 1, then)
        await d.settle()
        assert d.shows("“Merging [a/b]” did not come to its end"), d.text
        assert d.shows("saved is safe"), d.text
        assert not d.shows("O'Neill [")
        noted = (tmp_path / "home" / "mishap.txt").read_text(encoding="utf-8")
        assert noted.startswith("KeyError")
        assert "O'Neill" not in noted
        assert register.get("sam")["class_name"] == before
        await d.keys("enter")
        assert not isinstance(d.screen, MessageDialog)
        with register.commit("It goes on") as c:
            c.set("sam", class_name="6 [y]")
        await d.settle()
        assert register.get("sam")["class_name"] == "6 [y]"


async def test_work_that_ends_while_the_screen_is_hidden_leaves_it_hidden(
    running: Running,
) -> None:
    results: list[int] = []
    told, go_on = Event(), Event()

    def job(_: Work) -> int:
        told.set()
        go_on.wait(20)
        return 42

    async with running() as d:
        work(d.app, "Counting", job, results.append)
        await begun(d, told)
        await d.pilot.press("f9")
        await d.pilot.pause()
        go_on.set()
        await d.settle()
        assert not d.shows("Sam")
        assert results == []
        await d.keys("x")
        assert results == [42]
        assert not isinstance(d.screen, WorkDialog)
        assert d.shows("Sam [EAL]")
