"""What a command is: its key, its name and where it can be given."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding

EVERYWHERE = "everywhere"
"""The place of commands that the app itself runs on every page."""


class Command(NamedTuple):
    """Something a person can do.

    Args:
        id: Its name in code: `command_<id>` runs it.
        key: The keys that run it, as Textual names them, by commas; empty for none.
        label: Its name in the footer and the palette, two or three words.
        help: One sentence on what it does.
        places: The pages it belongs to; their `PLACE`.
        footer: The pages in whose footer it stands. A page shows at most six.
        hidden: Left out of the palette, because it is about keys alone.
        always: Its key works in dialogs and forms too.
    """

    id: str
    key: str
    label: str
    help: str
    places: tuple[str, ...] = (EVERYWHERE,)
    footer: tuple[str, ...] = ()
    hidden: bool = False
    always: bool = False

    @property
    def method(self) -> str:
        """The name of the method that runs it."""
        return "command_" + self.id

    @property
    def shown_key(self) -> str:
        """Its first key as people write it: "/", "Enter", "Ctrl+P"."""
        return shown(self.key.split(",")[0])

    def bindings(self) -> list[Binding]:
        """Its keys, for Textual.

        A key that is a character is looked at before it goes to a widget: else the letters that
        are typed quickly after "/" or "f" would still run the commands of the list.
        """
        return [
            Binding(
                key,
                f"app.command('{self.id}', '{key}')",
                self.label,
                id=self.id,
                show=False,
                priority=self.always or character_of(key) is not None,
            )
            for key in self.key.split(",")
            if key
        ]


NAMED = {"slash": "/", "question_mark": "?"}
"""Characters whose keys have names of their own."""

_SHOWN = {
    "slash": "/",
    "question_mark": "?",
    "space": "Space",
    "enter": "Enter",
    "escape": "Esc",
    "left": "←",
    "right": "→",
}


def character_of(key: str) -> str | None:
    """The character a key types, as text that is being written would take it; None for others."""
    if key in NAMED:
        return NAMED[key]
    return key if len(key) == 1 else None


def shown(key: str) -> str:
    """A key as people write it."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key.removeprefix("ctrl+").upper()
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key
