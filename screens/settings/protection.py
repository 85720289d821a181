"""What protects the register: its passphrase and keys, the idle lock, and papers for bad days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screens.dialogs.ask import AskDialog
from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.working import Work, work
from screens.forms.drafts import seal_drafts
from screens.forms.form import Form
from screens.forms.section import Section
from screens.page import Page, app_of
from screens.plain import say
from screens.vault.making import ask_passphrase, ask_seal, hints_of
from screens.vault.secret import SecretDialog
from senreg import vault
from senreg.models.describe import About, Field
from senreg.reports.keeping import HANDOVER, LOST_LAPTOP, Whose
from senreg.settings import LOCK_MINUTES

if TYPE_CHECKING:
    from pathlib import Path

    from senreg.register import Register
    from senreg.vault import Seal

NEW_KEY_SAID = (
    "For when a laptop is lost, or somebody goes who knew the passphrase. Everything in this "
    "register is encrypted anew, under a new passphrase and a new recovery key, which is printed "
    "and tested; the old ones open it no longer.\n\n"
    "The backups in its folder get the new key too. Copies that colleagues have, and bundles and "
    "backups kept elsewhere, keep the old one: what is in them can still be read with it. "
    "Colleagues join anew from a bundle you export afterwards; merge theirs first.\n\n"
    "If the power fails meanwhile, senreg goes on with it the next time the register is opened."
)
ENCRYPT_SAID = (
    "Everything in this register is encrypted where it is. You choose a passphrase, and print and "
    "test a recovery key first. The backups in its folder are encrypted too. Copies, bundles, and "
    "backups kept elsewhere stay as readable as they are: delete those that are not needed."
)
KEEPER = Field(
    "form",
    "keeper",
    "line",
    False,
    About("Who holds it", help="A name and a place: “Mrs Hill, in the safe of her office”."),
)


def minutes_words(minutes: int) -> str:
    """'1 minute', '5 minutes'."""
    return "1 minute" if minutes == 1 else f"{minutes} minutes"


def protection_of(register: Register) -> Iterator[tuple[str, str]]:
    """What can be done about a register's protection: the command, and what it stands at."""
    if register.sealed:
        yield "change_passphrase", "encrypted; a passphrase opens it"
        yield "new_key", "for a lost laptop, or when somebody goes"
    else:
        yield "encrypt", "plain: whoever opens its folder can read it"
    yield "print_handover", "for whoever takes the register over"
    yield "print_lost_laptop", "what was on it, and what to do today"


class OldPassphrase(SecretDialog["bool | None"]):
    """Asks for the passphrase that a register has; gives True when it is right.

    Args:
        path: The register's folder.
    """

    FIELDS = (("passphrase", "The passphrase until now"),)
    ANSWERS = (("Enter", "Go on", "go_on"), ("F4", "Show", "show"), ("Esc", "Cancel", "cancel"))

    def __init__(self, path: Path) -> None:
        super().__init__("Change the passphrase", "First the one that opens the register now.")
        self._path = path

    def entered(self) -> None:
        """Try it."""
        passphrase = self.typed("passphrase")
        work(
            app_of(self),
            "Trying the passphrase",
            lambda _: bool(vault.unlock(self._path, passphrase)),
            self.dismiss,
            stoppable=False,
            refused=self.refused,
        )


class KeeperForm(Form[str | None]):
    """Asks who holds the recovery key, for the handover page."""

    def __init__(self) -> None:
        super().__init__(
            "Who holds the recovery key?",
            [Section("", (KEEPER,))],
            said="It stands on the page. Left empty, the page has a line to write on.",
            save="Go on",
        )

    def save(self, values: dict[str, object]) -> None:
        """Give it."""
        self.finish(str(values["keeper"] or ""))


class Protection(Page):
    """The commands of protection: mixed into the page of settings."""

    def command_change_passphrase(self) -> None:
        """Let another passphrase open the register."""
        register, app = self.register, app_of(self)
        if not self._may_be_changed():
            return

        def known(right: bool | None) -> None:
            if right:
                ask_passphrase(app, "The new passphrase", register, chosen)

        def chosen(passphrase: str | None) -> None:
            if passphrase is None:
                return
            work(
                app,
                "Changing the passphrase",
                lambda _: register.change_passphrase(passphrase),
                lambda _: self._told("The new passphrase opens the register from now on."),
                stoppable=False,
            )

        app.push_screen(OldPassphrase(register.path), known)

    def command_new_key(self) -> None:
        """Encrypt everything anew, under a new passphrase and a new recovery key."""
        self._ask_to_protect(
            "Give this register a new key?",
            NEW_KEY_SAID,
            "Encrypting everything anew",
            "The register has a new key. Destroy the old sheet; export a bundle for those who "
            "have to join anew.",
        )

    def command_encrypt(self) -> None:
        """Encrypt a plain register where it is."""
        self._ask_to_protect(
            "Encrypt this register?",
            ENCRYPT_SAID,
            "Encrypting the register",
            "The register is encrypted. Delete copies and bundles that are not needed.",
        )

    def _ask_to_protect(self, title: str, said: str, doing: str, done: str) -> None:
        register, app = self.register, app_of(self)
        if not self._may_be_changed():
            return

        def sealed(seal: Seal | None) -> None:
            if seal is None:
                return
            work(
                app,
                doing,
                lambda watched: _protect(register, seal, watched),
                lambda _: self._told(done),
                stoppable=False,
            )

        def answered(yes: bool | None) -> None:
            if yes:
                ask_seal(
                    app,
                    "The new passphrase",
                    Whose.of(register),
                    hints_of(app, register),
                    sealed,
                    may_be_plain=False,
                )

        app.push_screen(AskDialog(title, said, yes="Begin", no="Not now"), answered)

    def _may_be_changed(self) -> bool:
        if self.register.read_only:
            say(self.app, "This register is open for reading only.", severity="warning")
        return not self.register.read_only

    def _told(self, words: str) -> None:
        self.refill()
        self.refresh()
        say(self.app, words)

    def command_print_handover(self) -> None:
        """A page for whoever takes the register over."""
        from screens.printing import print_paper

        app = app_of(self)

        def written(keeper: str | None) -> None:
            if keeper is not None:
                print_paper(app, HANDOVER, keeper=keeper)

        app.push_screen(KeeperForm(), written)

    def command_print_lost_laptop(self) -> None:
        """A sheet on what was on a laptop that is gone, and what to do."""
        from screens.printing import print_paper

        print_paper(app_of(self), LOST_LAPTOP)

    def command_lock_minutes(self) -> None:
        """Choose after how many minutes without a key the register is locked."""
        app = app_of(self)

        def chosen(minutes: str | None) -> None:
            if minutes is not None:
                app.settings.lock_minutes = int(minutes)
                app.settings.save()
                self.refill()

        app.push_screen(
            ChooseDialog(
                "Lock after how long without a key or click?",
                [Option(str(each), minutes_words(each)) for each in LOCK_MINUTES],
                now=str(app.settings.idle_minutes),
                said="A plain register has no passphrase and is only hidden.",
            ),
            chosen,
        )


def _protect(register: Register, seal: Seal, doing: Work) -> None:
    register.protect(
        seal, lambda done, total: doing.report(done, total, "Writing every file anew…")
    )
    seal_drafts(register)
