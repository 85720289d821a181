"""Keys typed faster than the program opens what they ask for: each waits for those before it.

Textual hands a key to whatever has the focus when it comes in, and a widget takes it when its
turn comes. On a slow machine "Enter", then "n" would run "n" on the page that Enter is about to
leave, and what is typed into a form that is not there yet would run the commands behind it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from textual import events
from textual.message_pump import MessagePump
from textual.screen import Screen

if TYPE_CHECKING:
    from screens.app import SenregApp

PATIENCE = 40
"""After how many turns of the loop a key is no longer waited for."""
TURN = 0.025
"""Seconds of a turn in which nothing else is to do; one that blocks the loop is one turn, too."""
_ROUNDS = 2
"""A key goes from the widget up to the app; what the widget then says goes up once more."""


class TypedAhead:
    """Holds back keys, and what is pasted, until the key before has done its work.

    Letters that go into a text wait for nothing: they change no screen.
    """

    def __init__(self, app: SenregApp) -> None:
        self._app = app
        self._held: deque[events.Key | events.Paste] = deque()
        self._settling: asyncio.Task[None] | None = None
        self._before: list[Screen[Any]] = []
        self._key = ""
        self._asking: WeakSet[MessagePump] = WeakSet()

    def asked(self, pump: MessagePump | None) -> None:
        """Note who opened a screen: what becomes of its answer is done there."""
        if pump is not None:
            self._asking.add(pump)

    @property
    def at_work(self) -> bool:
        """Whether a key has not done its work yet, or others wait for it."""
        return self._settling is not None

    def holds(self, event: events.Event) -> bool:
        """Whether an event is kept for later; `released` gives it back."""
        if not self.at_work or not _is_typed(event):
            return False
        self._held.append(event)  # type: ignore[arg-type]
        return True

    def must_settle(self, event: events.Event) -> bool:
        """Whether the next key must wait for this one, which is about to be handed over."""
        if not isinstance(event, events.Key) or event.is_forwarded:
            return False
        self._before, self._key = self._stack, event.key
        focused = self._app.focused
        if focused is None or not event.is_printable:
            return True
        return not focused.check_consume_key(event.key, event.character)

    def settle(self) -> None:
        """Hold what is typed until the key that was handed over has done its work."""
        self._settling = asyncio.create_task(self._settle(self._app.focused))

    async def _settle(self, focused: MessagePump | None) -> None:
        rounds = asyncio.create_task(self._rounds(focused))
        for _ in range(PATIENCE):
            done, _still = await asyncio.wait({rounds}, timeout=TURN)
            if done:
                break
        rounds.cancel()
        if not self._app.call_later(self._release):
            self._settling = None

    async def _rounds(self, focused: MessagePump | None) -> None:
        number, seen = 0, self._before
        while number < _ROUNDS or seen != self._stack:
            seen = self._stack
            for pump in self._concerned(focused):
                await _passed(pump)
            number += 1
        if seen != self._before and seen:
            await _drawn(seen[-1])

    @property
    def _stack(self) -> list[Screen[Any]]:
        return list(self._app.screen_stack)

    def _concerned(self, focused: MessagePump | None) -> Iterator[MessagePump]:
        """Who may still have something to do, in the order in which it goes from one to another."""
        pump = focused
        while pump is not None and pump is not self._app:
            yield pump
            pump = pump._parent  # noqa: SLF001 - `parent` gives nodes alone
        yield self._app
        yield from [*self._asking]
        yield from self._stack[-2:]
        yield self._app

    async def _release(self) -> None:
        """Give back what was held, up to the first key that must be waited for."""
        self._settling = None
        while self._held and not self.at_work:
            event = self._held.popleft()
            if not self._is_impatience(event):
                await self._app.on_event(event)

    def _is_impatience(self, event: events.Event) -> bool:
        """Whether a key was only pressed again because what it opens was slow to come."""
        again = isinstance(event, events.Key) and event.key == self._key != "escape"
        return again and self._stack != self._before


def _is_typed(event: events.Event) -> bool:
    return isinstance(event, events.Key | events.Paste) and not event.is_forwarded


async def _passed(pump: MessagePump) -> None:
    """Wait until a pump has done all that was in its queue."""
    done = asyncio.Event()
    if pump.is_running and pump.call_later(done.set):
        await done.wait()


async def _drawn(screen: Screen[Any]) -> None:
    """Wait until a screen has been laid out, when it has its focus, too."""
    done = asyncio.Event()
    if screen.is_running and screen.call_after_refresh(done.set):
        await done.wait()
