"""The recovery key: shown once, printed, and tested before anything depends on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.page import app_of
from screens.plain import plain
from screens.printing import forget_sheet, show_sheet
from screens.vault.secret import SecretDialog
from senreg import vault

if TYPE_CHECKING:
    from senreg.reports.keeping import Whose

SAID = (
    "This key opens the register if the passphrase is forgotten or its owner is gone. It is "
    "shown only now. Print it, or copy it by hand, and give it to the head, for the safe."
)


class RecoveryKeyDialog(Dialog[bool | None]):
    """Shows a recovery key; gives True once it was tested from paper.

    Args:
        key: The key.
        whose: The school and register it is of.
    """

    DEFAULT_CSS = """
    RecoveryKeyDialog {
        #key {
            height: auto; width: auto; margin: 1 0 0 3; padding: 0 2; background: $panel;
            color: $primary; text-style: bold;
        }
        #printed { height: auto; padding: 0 1; margin-top: 1; color: $muted; }
        &.-short #said, &.-short #printed, &.-short #answers { margin-top: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (20, "-usual")]
    BINDINGS = [
        Binding("p", "print", show=False),
        Binding("enter", "test", show=False),
        Binding("escape", "cancel", show=False),
    ]
    ANSWERS = (
        ("p", "Print the sheet", "print"),
        ("Enter", "I have it on paper", "test"),
        ("Esc", "Cancel", "cancel"),
    )

    def __init__(self, key: str, whose: Whose) -> None:
        super().__init__("The recovery key")
        self._key = key
        self._whose = whose
        self._file: Path | None = None

    def content(self) -> ComposeResult:
        """The key in its groups."""
        yield Static(plain(SAID), id="said")
        yield Static(plain(in_groups(self._key)), id="key")
        yield Static(plain("Not printed yet: press p."), id="printed")

    def action_print(self) -> None:
        """Show the sheet in the browser."""
        from senreg.clock import today
        from senreg.reports.keeping import recovery_sheet

        def kept(path: Path, shown: bool) -> None:
            self._file = path
            words = (
                "The browser shows the sheet; print it there."
                if shown
                else f"No browser could be started. Print this file: {path}."
            )
            self.query_one("#printed", Static).update(
                plain(f"{words} The file is deleted as soon as the key is tested.")
            )

        paper = recovery_sheet(self._whose, self._key, today())
        show_sheet(app_of(self), paper, self._file, kept)

    def action_test(self) -> None:
        """Let it be typed from the paper."""

        def tested(passed: bool | None) -> None:
            if passed:
                self.dismiss(True)

        self.app.push_screen(RecoveryTest(self._key), tested)

    def action_cancel(self) -> None:
        """Leave; nothing was made."""
        self.dismiss(None)

    def on_unmount(self) -> None:
        """Delete the sheet, however this was left."""
        forget_sheet(self._file)


class RecoveryTest(SecretDialog[bool | None]):
    """Asks for the end of a recovery key from paper; gives True when it is right.

    Args:
        key: The key.
    """

    FIELDS = (("end", "The last two groups, or the whole key"),)
    MASKED = False
    ANSWERS = (("Enter", "Go on", "go_on"), ("Esc", "See the key again", "cancel"))

    def __init__(self, key: str) -> None:
        super().__init__(
            "Is it on paper?",
            "Look at your paper, not at the screen, and type the last two groups of four.",
        )
        self._key = key

    def entered(self) -> None:
        """Compare."""
        if vault.ends_recovery_key(self.typed("end"), self._key):
            self.dismiss(True)
        else:
            self.refuse(
                "That is not what the key says. Compare it with your paper, and type it again."
            )


def in_groups(key: str) -> str:
    """A recovery key in lines of three groups."""
    groups = key.split("-")
    return "\n".join("   ".join(groups[place : place + 3]) for place in range(0, len(groups), 3))
