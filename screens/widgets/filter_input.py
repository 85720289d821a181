"""The line in which a list is narrowed."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class FilterInput(Input):
    """One line of text; typing in it lays out nothing else on the screen.

    Args:
        placeholder: What it is for.
    """

    DEFAULT_CSS = """
    FilterInput { border: none; height: 1; padding: 0 1; }
    FilterInput:focus { border: none; background: $cursor; }
    """

    HELP = "Type to narrow the list. Enter moves to the list; Esc shows everything again."

    # Textual lays out the whole screen when an input's text becomes longer; here nothing moves.
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, placeholder: str, *, id: str = "filter") -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, compact=True)
        self._hint = placeholder

    def on_resize(self, event: events.Resize) -> None:
        """Say what it is for as far as there is room, but nothing that is cut."""
        del event
        room = self.content_size.width - 1
        short, _, _ = self._hint.partition(":")
        hint = self._hint if cell_len(self._hint) <= room else short
        if hint != self.placeholder:
            self.placeholder = hint
