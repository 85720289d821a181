"""The line in which a list is narrowed."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.strip import Strip
from textual.widgets import Input

CLEAR = "✕ "
"""The sign at the end that empties the line."""


class FilterInput(Input):
    """One line of text; typing in it lays out nothing else on the screen.

    Args:
        placeholder: What it is for. After a colon stands what may be left out where there is
            little room.
    """

    DEFAULT_CSS = """
    FilterInput { border: none; height: 1; padding: 0 1; }
    FilterInput:focus { border: none; background: $cursor; }
    """

    HELP = (
        "Type to narrow the list. Enter moves to the list; Esc, or a click on the ✕, shows "
        "everything again."
    )

    # Textual lays out the whole screen when an input's text becomes longer; here nothing moves.
    virtual_size = Reactive(Size(0, 0))

    def __init__(self, placeholder: str, *, id: str = "filter") -> None:  # noqa: A002
        super().__init__(placeholder=placeholder, id=id, compact=True)
        self._hint = placeholder

    def on_resize(self, event: events.Resize) -> None:
        """Say what it is for as far as there is room, but nothing that is cut."""
        del event
        short, _, _ = self._hint.partition(":")
        fits = cell_len(self._hint) < self.content_size.width
        hint = self._hint if fits else short
        if hint != self.placeholder:
            self.placeholder = hint

    @property
    def _clear_at(self) -> int | None:
        """The first cell of the sign that empties the line; None where the text needs the room."""
        start = self.content_size.width - cell_len(CLEAR)
        return start if self.value and cell_len(self.value) < start else None

    def render_line(self, y: int) -> Strip:
        """The text, and the sign that empties it."""
        strip = super().render_line(y)
        start = self._clear_at
        if y or start is None:
            return strip
        sign = Segment(CLEAR, self.visual_style.rich_style)
        return Strip.join([strip.crop(0, start), Strip([sign], cell_len(CLEAR))])

    def on_click(self, event: events.Click) -> None:
        """Empty the line by its sign."""
        spot = event.get_content_offset(self)
        start = self._clear_at
        if spot is not None and start is not None and spot.x >= start:
            self.value = ""
