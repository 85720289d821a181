"""A sealed register is opened: by its passphrase, or by the printed recovery key."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.binding import Binding

from screens.dialogs.working import Work, work
from screens.page import app_of
from screens.vault.secret import SecretDialog
from senreg import vault
from senreg.errors import Locked, SenregError, Unreadable

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.vault import OpenKeys

Keys = Callable[[], "OpenKeys"]

COVERED = """
    {name} {{
        background: $background;
        Toast {{ display: none; }}
    }}
"""
"""The look of a dialog through which nothing of the register is to be seen."""


class Unlock(SecretDialog["Register | None"]):
    """Asks for a register's passphrase; gives the open register, or None where it was left.

    Nothing stands on it but the name of the register's folder.

    Args:
        path: The register's folder.
    """

    DEFAULT_CSS = COVERED.format(name="Unlock")
    BINDINGS = [Binding("f3", "recover", show=False)]
    FIELDS = (("passphrase", "Passphrase"),)
    ANSWERS = (
        ("Enter", "Open", "go_on"),
        ("F4", "Show", "show"),
        ("F3", "Recovery key", "recover"),
        ("Esc", "Leave", "cancel"),
    )

    def __init__(self, path: Path) -> None:
        super().__init__(path.name, "This register is encrypted. Type its passphrase to open it.")
        self.path = path

    def on_mount(self) -> None:
        """Load what is needed next while the passphrase is typed."""
        self.run_worker(_load_ahead, thread=True, group="ahead")

    def entered(self) -> None:
        """Try the passphrase."""
        passphrase = self.typed("passphrase")
        if not passphrase:
            self.refuse("Type the passphrase; F3 if only the printed recovery key is at hand.")
            return
        self._try(lambda: vault.unlock(self.path, passphrase))

    def _try(self, keys: Keys) -> None:
        open_with(app_of(self), self.path, keys, self.dismiss, self._not_opened)

    def _not_opened(self, error: SenregError) -> None:
        self.query_one("#passphrase").value = ""  # type: ignore[attr-defined]
        if isinstance(error, Locked):
            self.refused(error)
        else:
            app_of(self).complain(error)

    def action_recover(self) -> None:
        """Open it with the printed recovery key."""

        def opened(register: Register | None) -> None:
            if register is not None:
                self.dismiss(register)

        self.app.push_screen(Recover(self.path), opened)


class Recover(SecretDialog["Register | None"]):
    """Asks for the printed recovery key; then a new passphrase has to be set.

    Args:
        path: The register's folder.
    """

    DEFAULT_CSS = COVERED.format(name="Recover")
    FIELDS = (("key", "Recovery key: nine groups of four"),)
    MASKED = False
    ANSWERS = (("Enter", "Open", "go_on"), ("Esc", "Back", "cancel"))

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name}: the recovery key",
            "Type it from the printed sheet; capitals, spaces and dashes do not matter. Then you "
            "choose a new passphrase, and the key on paper stays as it is.",
        )
        self._path = path

    def entered(self) -> None:
        """Try the key."""
        key = self.typed("key")
        open_with(
            app_of(self),
            self._path,
            lambda: vault.unlock_with_recovery(self._path, key),
            self._opened,
            self._not_opened,
        )

    def _not_opened(self, error: SenregError) -> None:
        if isinstance(error, (Locked, Unreadable)):
            self.refused(error)
        else:
            app_of(self).complain(error)

    def _opened(self, register: Register) -> None:
        from screens.vault.making import ask_passphrase

        if register.read_only:
            self.dismiss(register)
            return

        def chosen(passphrase: str | None) -> None:
            if passphrase is None:
                register.close()
                self.refuse("The register stays locked: it needs a new passphrase to go on.", "key")
                return

            def not_set(error: SenregError) -> None:
                register.close()
                told = (error.happened, error.safe, error.do, "The register is locked again.")
                self.refuse(" ".join(each for each in told if each), "key")

            work(
                app_of(self),
                "Setting the new passphrase",
                lambda _: register.change_passphrase(passphrase),
                lambda _: self.dismiss(register),
                stoppable=False,
                refused=not_set,
            )

        ask_passphrase(app_of(self), "A new passphrase", register, chosen)


class Veil(SecretDialog["bool | None"]):
    """Lies over work that is not to be interrupted, until the passphrase is typed; gives True.

    Args:
        path: The register's folder.
    """

    DEFAULT_CSS = COVERED.format(name="Veil")
    FIELDS = (("passphrase", "Passphrase"),)
    ANSWERS = (("Enter", "Go on", "go_on"), ("F4", "Show", "show"))

    def __init__(self, path: Path) -> None:
        super().__init__(path.name, "Locked. What is under way goes on behind this.")
        self._path = path

    def entered(self) -> None:
        """Try the passphrase."""
        passphrase = self.typed("passphrase")
        work(
            app_of(self),
            "Unlocking the register",
            lambda _: bool(vault.unlock(self._path, passphrase)),
            self.dismiss,
            stoppable=False,
            refused=self.refused,
        )

    def action_cancel(self) -> None:
        """It cannot be left."""


def open_with(
    app: SenregApp,
    path: Path,
    keys: Keys,
    opened: Callable[[Register], object],
    refused: Callable[[SenregError], object],
) -> None:
    """Derive a register's keys and open it, on a thread.

    Args:
        app: The app.
        path: The register's folder.
        keys: Derives them; it takes half a second and more.
        opened: Takes the open register.
        refused: Takes what was refused.
    """

    def job(doing: Work) -> Register:
        from senreg.cli.opening import attribute
        from senreg.register import Register

        doing.report(1, 3, "Making the key from what was typed…")
        found = keys()
        doing.report(2, 3, "Reading the register…")

        def going_on(done: int, total: int) -> None:
            doing.report(done, total, "Going on with the change of keys that was interrupted…")

        register = Register.open(path, unlock=found, watch=going_on)
        attribute(register, None)
        return register

    work(app, "Unlocking the register", job, opened, stoppable=False, refused=refused)


def _load_ahead() -> None:
    from importlib import import_module

    for name in ("senreg.register", "senreg.store.key_files", "screens.today.screen"):
        import_module(name)
