"""A passphrase, typed unseen."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class SecretDialog(Dialog[str | None]):
    """Gives what was typed, or None where nothing was.

    Args:
        title: What the passphrase is of.
        wrong: What was wrong with the one before; empty for the first time.
    """

    DEFAULT_CSS = """
    SecretDialog {
        #secret { margin: 1 1 0 1; background: $panel; }
        #wrong { height: auto; padding: 0 1; color: $text-warning; }
    }
    """
    BINDINGS = [Binding("escape", "cancel", show=False)]
    ANSWERS = (("Enter", "Open it", "do"), ("Esc", "Cancel", "cancel"))

    def __init__(self, title: str, wrong: str = "") -> None:
        super().__init__(title)
        self._wrong = wrong

    def content(self) -> ComposeResult:
        """What was wrong, and where it is typed."""
        if self._wrong:
            yield Static(plain(self._wrong), id="wrong")
        yield Static(plain("The printed recovery key opens it too."), id="said")
        yield Input(password=True, id="secret", compact=True)

    @on(Input.Submitted, "#secret")
    def action_do(self) -> None:
        """Give what was typed."""
        self.dismiss(self.query_one("#secret", Input).value or None)

    def action_cancel(self) -> None:
        """Give nothing."""
        self.dismiss(None)
