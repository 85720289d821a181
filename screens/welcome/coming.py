"""The ways to a register: the invented school, one that is there, a bundle, a new one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.plain import say
from screens.share.places import usual_folder
from screens.wording import moment_words
from senreg.places import documents_folder, free_folder, kind_of

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register
    from senreg.sync.bundle import Bundle
    from senreg.vault import Seal

BUNDLE = ".senreg-bundle"
PACK = ".senreg-pack"
READABLE = (
    "It is of a plain register, and so is the copy: choose a folder that only you can open, and "
    "encrypt it under Settings."
)
PACK_SEALED = "The copy is encrypted, and the same passphrase opens it."
SEALED_ALIKE = "The copy is encrypted too. The recovery key in the safe opens it as well."
WHERE = (
    "Choose a folder that only the right people can open; the passphrase that protects it is "
    "asked next."
)


def look_round(app: SenregApp) -> None:
    """Open the invented school, made first where it is not there yet."""

    def job(doing: Work) -> Register:
        from senreg.demo.kept import kept_school

        doing.report(0, 0, "Children, staff, needs, targets, provision…")
        path = kept_school()
        doing.pause()
        return _opened(path)

    work(app, "Making the invented school", job, lambda register: _show(app, register))


def open_folder(app: SenregApp, path: Path) -> None:
    """Open the register in a folder, or go back to it where it is the one that is open."""
    now = app.register
    if now is not None and now.path.resolve() == path.resolve():
        app.call_later(app.command_back)
        return
    from senreg.vault import is_sealed

    if is_sealed(path):
        from screens.vault.unlock import Unlock

        def unlocked(register: Register | None) -> None:
            if register is not None:
                _show(app, register)

        app.push_screen(Unlock(path), unlocked)
        return
    work(
        app,
        "Opening the register",
        lambda _: _opened(path),
        lambda register: _show(app, register),
        stoppable=False,
    )


def open_or_join(app: SenregApp) -> None:
    """Ask for a register or a bundle, and open or join it."""

    def chosen(path: Path | None) -> None:
        if path is None:
            return
        if kind_of(path) == "file" and path.suffix.lower() in (BUNDLE, PACK):
            join_bundle(app, path)
        else:
            open_folder(app, path)

    app.push_screen(
        PathDialog(
            "Open a register, or join from a bundle",
            wants="register",
            start=_usual(app),
            endings=(BUNDLE, PACK),
            said="A register is a folder. A bundle is a file that ends in .senreg-bundle, a "
            "staff pack one that ends in .senreg-pack.",
        ),
        chosen,
    )


def ask_to_join(app: SenregApp) -> None:
    """Ask for a bundle alone, and make a copy of its register."""
    app.push_screen(
        PathDialog(
            "The bundle to make a copy from",
            wants="file",
            start=usual_folder(app),
            endings=(BUNDLE,),
        ),
        lambda path: join_bundle(app, path) if path else None,
    )


def join_bundle(app: SenregApp, path: Path) -> None:
    """Read a bundle, ask where the copy of its register is to be, and make it."""
    from screens.vault.bundles import open_bundle

    open_bundle(app, path, lambda bundle, typed: _place_copy(app, bundle, typed))


def _place_copy(app: SenregApp, bundle: Bundle, typed: str) -> None:
    def chosen(folder: Path | None) -> None:
        if folder is None:
            return
        if bundle.keys is None or bundle.keys.passkey is not None:
            write(folder, typed)
            return
        from screens.vault.making import ask_own_passphrase

        hints = [bundle.school or "", folder.stem]
        ask_own_passphrase(app, "A passphrase for your copy", hints, lambda own: write(folder, own))

    def write(folder: Path, passphrase: str) -> None:
        def job(doing: Work) -> Register:
            from senreg.sync.join import join_from

            doing.report(0, 0, "Writing the copy…")
            doing.pause()
            return _attributed(join_from(bundle, folder, passphrase=passphrase or None))

        work(app, "Making the copy", job, lambda register: _show(app, register))

    protected = READABLE if bundle.keys is None else SEALED_ALIKE
    what = "bundle"
    if bundle.is_pack:
        what, protected = "staff pack", PACK_SEALED
    school = bundle.school or "a school without a name"
    edits = sum(len(each["ops"]) for each in bundle.commits)
    app.push_screen(
        PathDialog(
            "Where your copy is to be kept",
            wants="new folder",
            start=free_folder("pack" if bundle.is_pack else "copy", ".senreg"),
            said=f"A {what} of {school}, made {moment_words(bundle.made_at)}, "
            f"with {edits:,} edits. {protected}",
            words="Make the copy here",
        ),
        chosen,
    )


def start_empty(app: SenregApp) -> None:
    """Ask for the school's name and a folder, and make a register with nobody in it."""
    from screens.welcome.naming_school import SchoolForm

    def named(values: dict[str, object] | None) -> None:
        if values is not None:
            ask_where(app, lambda folder: protect(folder, values))

    def protect(folder: Path, values: dict[str, object]) -> None:
        ask_protection(app, folder, values, lambda seal: _make(app, folder, values, seal))

    app.push_screen(SchoolForm("A new register", save="Go on"), named)


def ask_where(app: SenregApp, took: Callable[[Path], object]) -> None:
    """Ask for the folder of a new register."""

    def chosen(folder: Path | None) -> None:
        if folder is not None:
            took(folder)

    app.push_screen(
        PathDialog(
            "Where the register is to be kept",
            wants="new folder",
            start=free_folder("school", ".senreg"),
            said=WHERE,
            words="Keep it here",
        ),
        chosen,
    )


def ask_protection(
    app: SenregApp,
    folder: Path,
    school: dict[str, object],
    took: Callable[[Seal | None], object],
) -> None:
    """Ask what is to open a new register; None is handed on where it is to be plain."""
    from screens.vault.making import ask_seal
    from senreg.reports.keeping import Whose

    name = str(school.get("name") or "")
    ask_seal(
        app,
        "A passphrase for the register",
        Whose(name, folder.name),
        [name, folder.stem],
        took,
        may_be_plain=True,
    )


def _make(app: SenregApp, folder: Path, school: dict[str, object], seal: Seal | None) -> None:
    def job(doing: Work) -> Register:
        from senreg.register import Register

        doing.pause()
        return _attributed(Register.create(folder, school, seal=seal))

    work(app, "Making the register", job, lambda register: _show(app, register))


def _opened(path: Path) -> Register:
    from senreg.register import Register

    return _attributed(Register.open(path))


def _attributed(register: Register) -> Register:
    from senreg.cli.opening import attribute

    attribute(register, None)
    return register


def _show(app: SenregApp, register: Register) -> None:
    """Show a register that was just opened; what is damaged in it is said."""
    app.call_later(app.show_register, register)
    if register.warnings:
        say(app, "\n".join(register.warnings), severity="warning")


def _usual(app: SenregApp) -> Path:
    """The folder in which the register last opened lies, or the documents."""
    last = Path(app.settings.last_register).parent if app.settings.last_register else None
    return last if last is not None and kind_of(last) == "folder" else documents_folder()
