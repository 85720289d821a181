"""How long nobody has touched a key or the mouse."""

from __future__ import annotations

from textual import events

from senreg.clock import milliseconds

TOUCHES = (
    events.Key,
    events.Paste,
    events.MouseDown,
    events.MouseScrollDown,
    events.MouseScrollUp,
)
"""What shows that somebody is there."""

LOOK_IDLE = 5.0
"""Seconds between two looks."""


class Idle:
    """Counts from the last key or click, by the clock on the wall.

    A computer that slept with its lid closed has been left alone all the while.
    """

    def __init__(self) -> None:
        self._last = milliseconds()

    def touched(self) -> None:
        """Somebody is there."""
        self._last = milliseconds()

    def for_minutes(self, minutes: int) -> bool:
        """Whether nobody was there for so long. A clock that was set back counts anew."""
        now = milliseconds()
        self._last = min(self._last, now)
        return now - self._last >= minutes * 60_000
