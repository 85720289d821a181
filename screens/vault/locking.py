"""The register locked: closed and its keys forgotten, until the passphrase is typed again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.screen import Screen

from screens.dialogs.hidden import Hidden
from screens.page import Page
from screens.plain import say
from screens.vault.unlock import Unlock, Veil
from screens.welcome.screen import Welcome

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody was: the mode, the pupil whose page was open, and a form half written."""

    mode: str
    pupil: str = ""
    writing: bool = False


def ask_to_unlock(app: SenregApp, path: Path, place: Place | None = None) -> None:
    """Show the unlock screen, and go back to a place when the register is open again."""

    def unlocked(register: Register | None) -> None:
        if register is not None:
            app.call_later(_come_back, app, register, place)

    app.push_screen(Unlock(path), unlocked)


async def lock(app: SenregApp) -> None:
    """Lock the register; what is not to be interrupted is covered and goes on."""
    register = app.register
    if register is None:
        return
    if not register.sealed:
        say(app, "A plain register has no passphrase to lock it. F9 hides the screen.")
    elif under_way(app):
        if not isinstance(app.screen, Veil):
            app.push_screen(Veil(register.path))
    else:
        place = place_of(app)
        path = register.path
        del register
        await app.drop_register()
        ask_to_unlock(app, path, place)


def let_go(screens: Iterable[Screen[Any]]) -> None:
    """Take from pages that are gone what they knew.

    Textual keeps the first page of a run for as long as it runs.
    """
    bare = vars(Screen())
    for screen in screens:
        if screen.is_attached:
            continue
        for name in vars(screen).keys() - bare.keys():
            delattr(screen, name)
        # Counting its children anew, it forgets those that it counted before.
        assert not screen.displayed_children


async def left_alone(app: SenregApp) -> None:
    """Lock after the minutes that are set; a register that is plain, or none, is hidden."""
    if app.register is not None and app.register.sealed:
        await lock(app)
    elif not isinstance(app.screen, (Hidden, Unlock, Welcome)):
        hide(app)


def hide(app: SenregApp) -> None:
    """Hide the screen until a key is pressed; where it is hidden, show it again."""
    if isinstance(app.screen, Hidden):
        app.screen.dismiss(None)
    else:
        app.push_screen(Hidden())


def under_way(app: SenregApp) -> bool:
    """Whether something goes on that locking would break off: work, or an import's answers."""
    return any(
        getattr(screen, "at_work", False) or getattr(screen, "answers_given", False)
        for screen in app.every_screen()
    )


def place_of(app: SenregApp) -> Place:
    """Where somebody is now."""
    from screens.forms.form import Form
    from screens.pupil.screen import PupilPage

    pupils = [each.pupil_id for each in app.screen_stack if isinstance(each, PupilPage)]
    writing = any(isinstance(each, Form) and each.keeps_draft for each in app.screen_stack)
    return Place(app.current_mode, pupils[-1] if pupils else "", writing)


async def _come_back(app: SenregApp, register: Register, place: Place | None) -> None:
    await app.show_register(register, place.mode if place is not None else "")
    asked = not isinstance(app.screen, Page)
    if place is not None and register.get(place.pupil) is not None and not asked:
        from screens.opening import open_pupil

        open_pupil(app, place.pupil)
    if place is not None and place.writing:
        say(app, "What you were writing is kept: open the form again to go on with it.")
    if register.warnings:
        say(app, "\n".join(register.warnings), severity="warning")
