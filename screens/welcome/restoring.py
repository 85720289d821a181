"""A register from a backup, where there is none or it is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.ask import AskDialog
from screens.dialogs.backup_file import ask_for_backup_file
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.welcome.coming import open_folder
from screens.wording import moment_words
from senreg.places import free_folder, is_register

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.errors import SenregError
    from senreg.restoring import MendPlan


def ask_for_backup(app: SenregApp) -> None:
    """Ask for a backup, and where its register is to be."""
    ask_for_backup_file(
        app,
        "The backup to restore",
        "Backups lie in the folder “backups” of the register, or where you put them.",
        lambda path: _ask_whose(app, path),
    )


def _ask_whose(app: SenregApp, backup: Path) -> None:
    """A backup in a register's own folder may put that register together."""
    folder = backup.parent.parent
    if backup.parent.name != "backups" or not (is_register(folder) or folder.is_dir()):
        _ask_where(app, backup)
        return

    def answered(yes: bool | None) -> None:
        if yes:
            _look(app, backup, folder)
        elif yes is False:
            _ask_where(app, backup)

    app.push_screen(
        AskDialog(
            "Put the register in this folder together?",
            f"The backup lies in {folder}. What can still be read there is joined in, and what is "
            "damaged is moved aside.",
            yes="Put it together",
            no="Into a new folder",
            leave="Cancel",
        ),
        answered,
    )


def _ask_where(app: SenregApp, backup: Path) -> None:
    def chosen(folder: Path | None) -> None:
        if folder is not None:
            _look(app, backup, folder)

    app.push_screen(
        PathDialog(
            "Where the register is to be kept",
            wants="new folder",
            start=free_folder("school", ".senreg"),
            said="Choose a folder that only you, or only the right people, can open.",
            words="Restore it here",
        ),
        chosen,
    )


def _look(app: SenregApp, backup: Path, folder: Path, passphrase: str | None = None) -> None:
    """Read the backup; ask for its passphrase where it has one; then show what would be done."""

    def job(doing: Work) -> MendPlan | None:
        from senreg.restoring import plan_mend, state_of, unlocking

        doing.report(0, 0, "Reading the backup…")
        unlock = unlocking(passphrase)
        found = state_of(folder, unlock)
        return None if found.state == "sound" else plan_mend(backup, folder, found, unlock=unlock)

    def read(plan: MendPlan | None) -> None:
        if plan is None:
            _whole(app, folder)
        else:
            _show(app, plan, passphrase)

    def refused(error: SenregError) -> None:
        from senreg.errors import Locked

        if not isinstance(error, Locked):
            app.complain(error)
            return
        from screens.welcome.backup_passphrase import BackupPassphrase

        app.push_screen(
            BackupPassphrase(error if passphrase is not None else None),
            lambda typed: _look(app, backup, folder, typed) if typed else None,
        )

    work(app, "Reading the backup", job, read, refused=refused)


def _whole(app: SenregApp, folder: Path) -> None:
    def answered(yes: bool | None) -> None:
        if yes:
            open_folder(app, folder)

    app.push_screen(
        AskDialog(
            "That register is whole",
            "Open it, and go back to a backup under Settings, Backups: there it is one step that "
            "can be undone.",
            yes="Open it",
            no="Cancel",
        ),
        answered,
    )


def _show(app: SenregApp, plan: MendPlan, passphrase: str | None) -> None:
    from screens.dialogs.merging import PreviewDialog

    def answered(yes: bool | None) -> None:
        if yes:
            _restore(app, plan, passphrase)

    app.push_screen(
        PreviewDialog(
            "What restoring would do",
            f"The backup is of {moment_words(plan.made_at)}.",
            plan.details,
            after=f"The register is then in {plan.folder}.",
            yes="Restore",
        ),
        answered,
    )


def _restore(app: SenregApp, plan: MendPlan, passphrase: str | None) -> None:
    def job(doing: Work) -> list[str]:
        from senreg.register import login_name
        from senreg.restoring import apply_mend, unlocking

        doing.report(0, 0, "Writing the register…")
        return apply_mend(plan, by=login_name(), unlock=unlocking(passphrase))

    def done(_: list[str]) -> None:
        open_folder(app, plan.folder)

    work(app, "Restoring", job, done, stoppable=False)
