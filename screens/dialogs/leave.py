"""What to do with a form that was changed and not saved."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog


class LeaveDialog(Dialog[str | None]):
    """Gives save, keep or drop; None to go on writing.

    Args:
        may_keep: Whether a draft can be kept.
    """

    BINDINGS = [
        Binding("s", "give('save')", show=False),
        Binding("k", "give('keep')", show=False),
        Binding("t", "give('drop')", show=False),
        Binding("escape,enter", "stay", show=False),
    ]

    def __init__(self, *, may_keep: bool) -> None:
        super().__init__("You have changed something")
        self._may_keep = may_keep

    def content(self) -> ComposeResult:
        """What a draft is."""
        if self._may_keep:
            yield Static("A draft is offered again when you come back here.", id="said")

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Save, keep, throw away, go on."""
        keep = [("k", "Keep a draft", "give('keep')")] if self._may_keep else []
        return [
            ("s", "Save", "give('save')"),
            *keep,
            ("t", "Throw away", "give('drop')"),
            ("Esc", "Go on writing", "stay"),
        ]

    def action_give(self, answer: str) -> None:
        """Give an answer."""
        if answer != "keep" or self._may_keep:
            self.dismiss(answer)

    def action_stay(self) -> None:
        """Go on writing."""
        self.dismiss(None)
