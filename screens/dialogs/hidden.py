"""An empty screen, for when someone walks in."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.widgets import Static

HINT = "Press any key, or click, to go on"


class Hidden(ModalScreen[None]):
    """Nothing but a hint; any key or click brings the page back."""

    DEFAULT_CSS = """
    Hidden { background: $background; align: center middle; }
    Hidden Static { width: auto; color: $muted; }
    Hidden Toast { display: none; }
    """

    def compose(self) -> ComposeResult:
        """A hint that names nothing."""
        yield Static(HINT, markup=False)

    def on_key(self, event: events.Key) -> None:
        """Bring the page back."""
        event.stop()
        self.dismiss(None)

    def on_click(self) -> None:
        """Bring the page back."""
        self.dismiss(None)
