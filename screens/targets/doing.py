"""Ticking off an action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.plain import say
from senreg.clock import today

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Row


def tick_off(app: SenregApp, action: Row) -> None:
    """Say that an action was done today; one that was done is to do again."""
    assert app.register is not None
    done = None if action["done_on"] else today()
    with app.register.commit("Tick off an action" if done else "Take back a tick") as commit:
        commit.set(action, done_on=done)
    say(app, "Done today. u takes it back." if done else "It is to do again.")
