"""What a hand on the mouse does faster than a screen changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import ReferenceType, ref

from textual.events import MouseDown
from textual.screen import Screen

if TYPE_CHECKING:
    from screens.app import SenregApp


class SecondHalf:
    """Knows the second half of a double click of which the first has changed the screen."""

    def __init__(self) -> None:
        self._pressed: tuple[ReferenceType[Screen[Any]], tuple[int, int], float] | None = None
        """The screen, the place and the time of the last press of a button."""

    def falls_through(self, event: MouseDown, app: SenregApp) -> bool:
        """Whether a press would choose whatever has come to lie where the first half fell."""
        if event.is_forwarded:
            return False
        before = self._pressed
        place = (event.screen_x, event.screen_y)
        self._pressed = (ref(app.screen), place, event.time)
        if before is None:
            return False
        screen, spot, time = before
        soon = event.time - time <= app.CLICK_CHAIN_TIME_THRESHOLD
        return soon and spot == place and screen() is not app.screen
