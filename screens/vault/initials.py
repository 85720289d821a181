"""Pupils by initials, following the register as it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.plain import hide_names, say
from senreg.rules.initials import InitialsOnly

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register


def show_names(app: SenregApp, *, told: bool = False) -> None:
    """Show pupils by name or by initials, whichever was chosen, and say so if it was just now."""
    shown = app.register if app.initials else None
    hide_names(Initials(shown) if shown is not None else None)
    if told:
        app.follow()
        say(app, "Pupils are shown by initials." if app.initials else "Names are shown again.")


class Initials:
    """Takes pupils' names out of what is shown.

    Args:
        register: The open register, whose pupils they are.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._made_at = -1
        self._way = InitialsOnly(())

    def __call__(self, text: str) -> str:
        """A text without names."""
        if self._made_at != self._register.version:
            self._made_at = self._register.version
            self._way = self._made()
        return self._way(text)

    def _made(self) -> InitialsOnly:
        register = self._register
        pupils = [*register.all("pupils"), *register.all("pupils", archived=True)]
        staff = [str(row["name"] or "") for row in register.all("staff")]
        classes = {str(row["class_name"] or "") for row in pupils}
        return InitialsOnly(pupils, [str(register.school["name"] or ""), *staff, *classes])
