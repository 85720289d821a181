"""A record that somebody else changed while it was being written."""

from __future__ import annotations

from collections.abc import Mapping

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class ClashDialog(Dialog[str | None]):
    """Both values of each field; gives mine or theirs, or None to go back to the form.

    Args:
        clashes: By field: its title, what stands there now, and what was typed here.
    """

    DEFAULT_CSS = """
    ClashDialog #scroll { height: auto; max-height: 60vh; margin-top: 1; }
    ClashDialog #scroll Static { height: auto; padding: 0 1; }
    """

    GIVES_WAY = "#scroll"
    BINDINGS = [
        Binding("m", "take('mine')", show=False),
        Binding("t", "take('theirs')", show=False),
        Binding("escape", "take('')", show=False),
    ]
    ANSWERS = (
        ("m", "Keep mine", "take('mine')"),
        ("t", "Keep theirs", "take('theirs')"),
        ("Esc", "Back to the form", "take('')"),
    )

    def __init__(self, clashes: Mapping[str, tuple[str, str, str]]) -> None:
        super().__init__("This was changed elsewhere while you were writing")
        self._clashes = clashes

    def content(self) -> ComposeResult:
        """Each field with both values."""
        parts: list[Content] = []
        for title, theirs, mine in self._clashes.values():
            parts += [
                plain(title, "bold"),
                Content.assemble(("There now:  ", "$muted"), plain(theirs or "(nothing)")),
                Content.assemble(("Yours:      ", "$muted"), plain(mine or "(nothing)")),
                plain(""),
            ]
        with VerticalScroll(id="scroll"):
            yield Static(Content("\n").join(parts))

    def action_take(self, take: str) -> None:
        """Give the answer."""
        self.dismiss(take or None)
