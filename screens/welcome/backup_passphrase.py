"""What opens a sealed backup: its passphrase, or the printed recovery key."""

from __future__ import annotations

from screens.vault.secret import SecretDialog
from senreg.errors import SenregError


class BackupPassphrase(SecretDialog[str | None]):
    """Gives what was typed, or None.

    Args:
        wrong: Why what was typed before did not do; None for the first time.
    """

    FIELDS = (("secret", "The passphrase of this backup, or the printed recovery key"),)
    ANSWERS = (("Enter", "Go on", "go_on"), ("F4", "Show", "show"), ("Esc", "Cancel", "cancel"))

    def __init__(self, wrong: SenregError | None = None) -> None:
        super().__init__("This backup is encrypted", "It is the passphrase of when it was made.")
        self._wrong = wrong

    def on_mount(self) -> None:
        """Say what was wrong before."""
        if self._wrong is not None:
            self.refused(self._wrong)

    def entered(self) -> None:
        """Give what was typed."""
        self.dismiss(self.typed("secret") or None)
