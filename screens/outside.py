"""What is done while nobody presses a key: looking at what others wrote, and coming to rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from screens.app import SenregApp

QUIET_MINUTES = 1
"""After so long without a key or click the journal is brought into the snapshot."""


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
    if app.register is not None:
        app.run_worker(
            app.register.rest,
            group="rest",
            exclusive=True,
            exit_on_error=False,
            thread=True,
        )
