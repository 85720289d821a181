"""Sitting down at a register, and what is done where somebody has it open already."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.plain import say
from screens.wording import moment_words
from senreg.rules.naming import staff_named

if TYPE_CHECKING:
    from screens.app import SenregApp
    from screens.dialogs.working import Work
    from senreg.errors import SenregError
    from senreg.register import Register
    from senreg.sitting import Holder

TAKE_OVER = "TAKE OVER"


def sit_down(app: SenregApp) -> None:
    """Take the place at the open register; where somebody has it, ask what is to be done.

    What speaks against its being what was last used here is said, and so is what speaks against
    the settings of this machine: once, and not before the register is seen.
    """
    register = app.register
    doubts = [doubt.words for doubt in register.doubts] if register is not None else []
    if register is not None and app.settings.doubt:
        doubts.append(app.settings.doubt)
        app.settings.doubt = ""
    for words in doubts:
        say(app, words, severity="warning")
    holder = register.sit() if register is not None else None
    if register is not None and holder is not None and not register.read_only:
        _ask(app, register, holder)


def look_around(app: SenregApp) -> None:
    """Say it when another has taken the register over, or today's backup could not be made."""
    register = app.register
    if register is None or register.sitting is None:
        return
    failed, register.sitting.failed = register.sitting.failed, ""
    if failed:
        say(app, f"No backup was made today. {failed}", severity="warning")
    holder = register.sitting.look(register.person)
    if holder is not None and holder.token != app.told_of:
        app.told_of = holder.token
        who = _who(register, holder)
        said = f"{who} took this register over on {holder.host}. What you write is kept all the "
        say(app, said + "same: both are brought together.", severity="warning")


def _ask(app: SenregApp, register: Register, holder: Holder) -> None:
    from screens.dialogs.in_use import InUseDialog

    since = f"since {moment_words(holder.since)}" if holder.since else "at this moment"
    if holder.here:
        title = "This register is open in another window on this computer"
        said = f"{_who(register, holder)} has it open there {since}."
    else:
        title = f"This register is open on another computer: {holder.host}"
        said = f"{_who(register, holder)} has it open there {since}. Whatever you choose, nothing "
        said += "that either of you saves is lost."

    def answered(way: str | None) -> None:
        if way == "over":
            _ask_over(app, register, holder)
        elif way == "copy":
            _ask_where(app, register, holder)
        elif way == "read":
            register.only_read()
            say(app, "Open for reading only.")
            app.follow()

    app.push_screen(InUseDialog(title, said, here=holder.here), answered)


def _ask_over(app: SenregApp, register: Register, holder: Holder) -> None:
    from screens.dialogs.typed import TypedDialog

    def answered(yes: bool | None) -> None:
        if yes:
            register.sit(over=True)
            say(app, "The register is yours now.")
        else:
            _ask(app, register, holder)

    app.push_screen(
        TypedDialog(
            f"Take over from {holder.host}?",
            f"Only if you know that it is closed there: {_who(register, holder)} would not see "
            "this window.",
            TAKE_OVER,
            yes="Take over",
        ),
        answered,
    )


def _ask_where(app: SenregApp, register: Register, holder: Holder) -> None:
    from screens.dialogs.path import PathDialog
    from senreg.places import free_folder

    def chosen(folder: Path | None) -> None:
        if folder is None:
            _ask(app, register, holder)
        else:
            _copy(app, register, folder)

    app.push_screen(
        PathDialog(
            "Where your own copy is to be kept",
            wants="new folder",
            start=free_folder("my copy", ".senreg"),
            said="Choose a folder on this computer that only you can open. When you meet, export "
            "a bundle from each copy and merge it into the other: under Share.",
            words="Make the copy here",
        ),
        chosen,
    )


def _copy(app: SenregApp, register: Register, folder: Path) -> None:
    from screens.dialogs.working import work

    def job(doing: Work) -> Register:
        from senreg.sync.join import copy_of

        doing.report(0, 0, "Writing the copy…")
        doing.pause()
        return copy_of(register, folder, person=register.person)

    def refused(error: SenregError) -> None:
        register.only_read()
        app.complain(error)

    def done(copy: Register) -> None:
        app.call_later(app.show_register, copy)

    work(app, "Making your copy", job, done, refused=refused)


def _who(register: Register, holder: Holder) -> str:
    return staff_named(holder.person, register.get) or "Somebody"
