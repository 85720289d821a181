"""The modes along the top: the digit, the name and the screen of each, loaded when first seen."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from textual.screen import Screen

    from senreg.register import Register


class Mode(NamedTuple):
    """One area of the interface.

    Args:
        id: Its name in code.
        digit: The key that goes there.
        title: Its name along the top.
        help: One sentence on what is found there.
        screen: Module of `screens` and class, "module:Class".
        in_pack: Whether the holder of a staff pack has it, too.
        switch: The field of the school's record that switches it on; empty where it always is.
    """

    id: str
    digit: str
    title: str
    help: str
    screen: str
    in_pack: bool = True
    switch: str = ""

    def load(self) -> Screen[Any]:
        """A new screen of this mode; its module is loaded now."""
        screen: Screen[Any] = made(self.screen)
        return screen


MODES: tuple[Mode, ...] = (
    Mode(
        "today",
        "1",
        "Today",
        "What is due and overdue, what is missing, and what has changed.",
        "today.screen:TodayPage",
    ),
    Mode(
        "register",
        "2",
        "Register",
        "Every pupil, and who they are.",
        "register.screen:RegisterPage",
    ),
    Mode(
        "targets",
        "3",
        "Targets",
        "What every child is working towards, and how it goes.",
        "targets.screen:TargetsPage",
    ),
    Mode(
        "provision",
        "4",
        "Provision",
        "The groups, the map of who gets what, and the catalogue.",
        "provision.screen:ProvisionPage",
    ),
    Mode(
        "conversations",
        "5",
        "Conversations",
        "Who is to be met, who was, and what was agreed with the family.",
        "conversations.screen:ConversationsPage",
    ),
    Mode(
        "progress",
        "6",
        "Progress",
        "Every child's line in every subject, and who stands out.",
        "progress.screen:ProgressPage",
    ),
    Mode(
        "school",
        "7",
        "School",
        "What heads look at, what parents say, objectives, self-review and staff.",
        "school.screen:SchoolPage",
        in_pack=False,
        switch="school_mode",
    ),
    Mode(
        "share",
        "8",
        "Share",
        "Bundles, conflicts, spreadsheets and papers.",
        "share.screen:Share",
    ),
    Mode(
        "settings",
        "9",
        "Settings",
        "The school, its terms and staff, and this computer.",
        "settings.screen:Settings",
    ),
)
"""The modes there are, in the order of their digits."""

FIRST = "today"
"""The mode that is shown when a register opens."""

FIRST_LOOKS = ("today/screen.tcss", "register/screen.tcss")
"""The styles of that mode and of the next, read with the app's: a start works them out once."""


def modes_of(register: Register | None) -> list[Mode]:
    """The modes of a register; in a staff pack only those that its holder has."""
    in_pack = register is not None and register.pack is not None
    school = register.school if register is not None else None
    return [
        mode
        for mode in MODES
        if (mode.in_pack or not in_pack)
        and not (mode.switch and school is not None and not school.get(mode.switch))
    ]


def not_shown_why(register: Register, mode_id: str) -> str:
    """Why a mode has no place in a register, and how it gets one; empty where it is shown."""
    mode = mode_named(mode_id)
    if mode in modes_of(register):
        return ""
    if register.pack is not None:
        return f"{mode.title} is the SENCO's: it is not part of this pack."
    return f"{mode.title} is not shown yet. Settings, The school, switches it on."


def mode_named(mode_id: str) -> Mode:
    """The mode of an id. Raises KeyError where there is none."""
    for mode in MODES:
        if mode.id == mode_id:
            return mode
    raise KeyError(mode_id)


def loaders() -> dict[str, Callable[[], Screen[Any]]]:
    """What makes each mode's screen, by mode id."""
    return {mode.id: mode.load for mode in MODES}


def made(place: str, *arguments: Any, **named: Any) -> Any:
    """An instance of the class at "module:Class" within `screens`, loaded now."""
    module, name = place.split(":")
    return getattr(import_module(f"screens.{module}"), name)(*arguments, **named)
