"""What is done while nobody presses a key: looking at what others wrote, and coming to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakSet

from screens.faults import words_of
from screens.plain import say

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register

QUIET_MINUTES = 1
"""After so long without a key or click the journal is brought into the snapshot."""

_faulty: WeakSet[Register] = WeakSet()
"""Registers of which it was said that they could not be brought to rest."""


def look_outside(app: SenregApp) -> None:
    """Fold in what other windows or programs wrote into the register meanwhile.

    While a thread works the register may be busy, and a key would wait for it.
    """
    register = app.register
    if register is None or getattr(app.screen, "at_work", False):
        return
    if app.attempt(register.refresh):
        app.follow()
    from screens.sitting import look_around

    look_around(app)
    if register.wants_rest and app.idle.for_minutes(QUIET_MINUTES):
        rest(app)


def rest(app: SenregApp) -> None:
    """Bring the journal into the snapshot, on a thread of which nobody notices anything."""
    register = app.register
    if register is not None:

        def resting() -> None:
            try:
                register.rest()
            except Exception as error:
                app.call_later(_told, app, register, error)

        app.run_worker(
            resting,
            group="rest",
            exclusive=True,
            exit_on_error=False,
            thread=True,
        )


def _told(app: SenregApp, register: Register, error: Exception) -> None:
    """Say once that the register could not be brought to rest."""
    if register not in _faulty:
        _faulty.add(register)
        words = words_of("The journal could not be brought into the snapshot", error, again="")
        say(app, f"{words} Close senreg and open it again.", severity="error")
