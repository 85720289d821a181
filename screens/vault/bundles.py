"""A bundle of an encrypted register is opened: by the keys at hand, or by a passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.working import Work, work
from screens.page import app_of
from screens.vault.secret import SecretDialog
from senreg.errors import Locked, SenregError, Unreadable

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.sync.bundle import Bundle

Took = Callable[["Bundle", str], object]
"""Takes a bundle, and what was typed to open it: empty where nothing was."""

SEALED = (
    "This bundle is encrypted. It opens with the passphrase of whoever made it, or with the "
    "printed recovery key."
)
PACK = ".senreg-pack"
PACKED = (
    "A staff pack opens with its own passphrase: whoever gave you the file tells you that apart "
    "from it."
)
NEWER_KEY = (
    "The register was given a new key since, and this copy has the one before: it is to join "
    "anew. Cancel, export a bundle of what was done here, then choose Join on this page. To "
    "merge this one all the same, type the passphrase of whoever made it."
)


def open_bundle(app: SenregApp, path: Path, took: Took, register: Register | None = None) -> None:
    """Read a bundle; where the keys at hand do not open it, ask for what does.

    Args:
        app: The app.
        path: The bundle.
        took: Takes it.
        register: The one that takes it in: its keys open it, and those of its packs.
    """

    def job(doing: Work) -> Bundle | str:
        from senreg.sync.bundle import asks_passphrase, is_of_newer_key, read_bundle
        from senreg.sync.packs import pack_keys
        from senreg.sync.returns import refuse_whole_in_pack

        doing.report(0, 0, "Reading the bundle…")
        if register is not None:
            refuse_whole_in_pack(register, path)
        keys = register.store.keys if register is not None else None
        packs = pack_keys(register) if register is not None else []
        if asks_passphrase(path, keys, packs):
            if path.suffix.lower() == PACK:
                return PACKED
            return NEWER_KEY if is_of_newer_key(path, keys) else SEALED
        bundle = read_bundle(path, keys, packs=packs)
        doing.pause()
        return bundle

    def read(bundle: Bundle | str) -> None:
        if isinstance(bundle, str):
            app.push_screen(BundlePassphrase(path, bundle), typed)
        else:
            took(bundle, "")

    def typed(opened: tuple[Bundle, str] | None) -> None:
        if opened is not None:
            took(*opened)

    work(app, "Reading the bundle", job, read)


class BundlePassphrase(SecretDialog["tuple[Bundle, str] | None"]):
    """Asks for the passphrase of whoever made a bundle; gives the bundle and what was typed.

    Args:
        path: The bundle.
        said: Why it is asked for.
    """

    FIELDS = (("passphrase", "Passphrase, or recovery key"),)
    ANSWERS = (("Enter", "Open", "go_on"), ("F4", "Show", "show"), ("Esc", "Cancel", "cancel"))

    def __init__(self, path: Path, said: str) -> None:
        super().__init__(path.name, said)
        self._path = path

    def entered(self) -> None:
        """Try it."""
        typed = self.typed("passphrase")
        if not typed:
            self.refuse("Type the passphrase.")
            return

        def job(doing: Work) -> tuple[Bundle, str]:
            from senreg.sync.bundle import read_bundle

            doing.report(1, 2, "Making the key from what was typed…")
            return read_bundle(self._path, passphrase=typed), typed

        work(
            app_of(self),
            "Opening the bundle",
            job,
            self.dismiss,
            stoppable=False,
            refused=self._not_opened,
        )

    def _not_opened(self, error: SenregError) -> None:
        if isinstance(error, (Locked, Unreadable)):
            self.refused(error)
        else:
            app_of(self).complain(error)
