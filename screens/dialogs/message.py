"""Something said that has to be read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class MessageDialog(Dialog[None]):
    """A message that stays until it is put away.

    Args:
        title: What happened.
        said: The rest, of any length.
    """

    DEFAULT_CSS = """
    MessageDialog #scroll { height: auto; max-height: 60vh; }
    """

    GIVES_WAY = "#scroll"
    over_any = True
    """It is shown whatever covers the page that says it."""
    BINDINGS = [Binding("enter,escape,space", "close", show=False)]
    ANSWERS = (("Enter", "Close", "close"),)

    def __init__(self, title: str, said: str = "") -> None:
        super().__init__(title)
        self._said = said

    def content(self) -> ComposeResult:
        """The rest, which scrolls."""
        if self._said:
            with VerticalScroll(id="scroll"):
                yield Static(plain(self._said), id="said")

    def action_close(self) -> None:
        """Put the message away."""
        self.dismiss(None)
