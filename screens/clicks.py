"""What a hand does faster than a screen changes: half a double click, or a key pressed twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from weakref import ReferenceType, ref

from textual._context import active_message_pump
from textual.events import MouseDown
from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

if TYPE_CHECKING:
    from screens.app import SenregApp

_NEAR = (2, 1)
"""Columns and rows by which a hand may slip between two clicks that are meant for one place."""


class _Press(NamedTuple):
    """A press of a button: on which screen, where, and when."""

    screen: ReferenceType[Screen[Any]]
    place: tuple[int, int]
    time: float


class SecondHalf:
    """Knows the second half of a double click of which the first has changed the screen."""

    def __init__(self) -> None:
        self._pressed: _Press | None = None
        self._changed = 0.0
        """When the screen changed last, on the clock of events."""

    def screen_changed(self, _: object = None) -> None:
        """Note that another screen is seen from now on."""
        self._changed = Message().time

    def falls_through(self, event: MouseDown, app: SenregApp) -> bool:
        """Whether a press would choose whatever has come to lie where the first half fell.

        It would where it comes soon after the first half, or soon after the screen that the first
        half brought: on a slow machine that is when the hand presses again. What was pressed
        first stays what counts, so that a third press of the same hand falls nowhere, either.
        """
        if event.is_forwarded:
            return False
        before = self._pressed
        place = (event.screen_x, event.screen_y)
        if before is not None and before.screen() is not app.screen and _near(before.place, place):
            since = max(before.time, self._changed)
            if event.time - since <= app.CLICK_CHAIN_TIME_THRESHOLD:
                self._pressed = before._replace(time=event.time)
                return True
        self._pressed = _Press(ref(app.screen), place, event.time)
        return False


def _near(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return all(abs(a - b) <= most for a, b, most in zip(one, other, _NEAR, strict=True))


def asked_by_covered(app: SenregApp) -> bool:
    """Whether a page asks for another that is covered by one already: it was asked twice."""
    from screens.page import Page

    asks = active_message_pump.get(None)
    if not isinstance(asks, Widget) or not asks.is_attached:
        return False
    page = asks.screen
    return isinstance(page, Page) and page is not app.screen and page in app.screen_stack
