"""Driving the interface as a person does: keys, clicks, and what stands on the screen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.screen import Screen
from textual.worker import WorkerCancelled, WorkerFailed

from screens.app import SenregApp
from screens.dialogs.message import MessageDialog
from screens.faults import FaultLine


class Driver:
    """The running interface, its keys and mouse, and its screen as text."""

    def __init__(self, app: SenregApp, pilot: Pilot[int]) -> None:
        self.app = app
        self.pilot = pilot
        self.faulty = False
        """Whether a rule is to raise in this test."""

    @property
    def screen(self) -> Screen[object]:
        """The screen that is seen."""
        return self.app.screen

    async def settle(self) -> None:
        """Wait until every message is handled and drawn, and no thread is at work.

        A fault that a page or a dialog tells of fails the test, unless it is `faulty`.
        """
        while True:
            with suppress(WorkerCancelled, *((WorkerFailed,) if self.faulty else ())):
                await self.app.workers.wait_for_complete()
            await self.pilot.pause()
            await self.pilot.pause()
            idle = all(worker.is_finished for worker in self.app.workers)
            if idle and not self.app.ahead.at_work:
                break
        if not self.faulty:
            said = [each.visual for each in self.screen.query(FaultLine)]
            if isinstance(self.screen, MessageDialog):
                said = [words for words in self.lines if "a fault in the program" in words]
            assert not said, f"{said}\n{self.text}"

    async def until(self, there: Callable[[], bool]) -> None:
        """Settle until something has come about: on a loaded machine more is on its way.

        Textual's pilot takes a process that has to wait for the processor for an idle one, so
        that one round may end before what was pressed has done its work. 100 rounds are a failure.
        """
        for _ in range(100):
            if there():
                return
            await self.settle()
        raise AssertionError(self.text)

    async def keys(self, *keys: str) -> None:
        """Press keys one after another."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        """Type text as it is, as fast as a terminal hands on what was typed ahead."""
        for each in text:
            key = events.Key(_character_to_key(each), each)
            key.set_sender(self.app)
            self.app.post_message(key)
        await self.settle()

    async def in_haste(self, *keys: str) -> None:
        """Press keys so fast that none waits for what the one before does."""
        for name in keys:
            key = events.Key(name, {"enter": "\r"}.get(name, name if len(name) == 1 else None))
            key.set_sender(self.app)
            self.app.post_message(key)
        await self.settle()

    async def click(self, words: str, *, times: int = 1, nth: int = 0, dx: int = 0) -> None:
        """Click words where they stand on the screen.

        Args:
            words: They stand in one line.
            times: 2 for a double click.
            nth: Which of several places, from the top.
            dx: Cells to the right of their first character.
        """
        x, y = self.places(words)[nth]
        await self.pilot.click(offset=(x + dx, y), times=times)
        await self.settle()

    async def press(self, words: str, *, times: int = 1) -> None:
        """Press and release the button on words, as a terminal tells it.

        Unlike `click`, what is clicked a second time is what is there by then.
        """
        x, y = self.places(words)[0]
        for _ in range(times):
            for kind in (events.MouseDown, events.MouseUp):
                self.app.post_message(kind(None, x, y, 0, 0, 1, False, False, False, x, y))
                await self.settle()

    async def wheel(self, words: str) -> None:
        """Turn the wheel down over words."""
        x, y = self.places(words)[0]
        wheel = events.MouseScrollDown(None, x, y, 0, 1, 0, False, False, False, x, y)
        self.app.post_message(wheel)
        await self.settle()

    def places(self, words: str) -> list[tuple[int, int]]:
        """Where words stand: column and row in cells."""
        from rich.cells import cell_len

        found = []
        for y, line in enumerate(self.lines):
            start = line.find(words)
            while start >= 0:
                found.append((cell_len(line[:start]), y))
                start = line.find(words, start + 1)
        assert found, f"{words!r} is not on the screen:\n{self.text}"
        return found

    @property
    def lines(self) -> list[str]:
        """What stands on the screen, line by line."""
        width, height = self.app.size
        strips = self.screen._compositor.render_strips(self.app.size)
        return ["".join(segment.text for segment in strip)[:width] for strip in strips][:height]

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self.lines)

    def shows(self, words: str) -> bool:
        """Whether words stand on the screen in one line."""
        return any(words in line for line in self.lines)

    @property
    def toasts(self) -> list[str]:
        """The messages at the edge."""
        return [each.message for each in self.app._notifications]
