"""Meeting other copies in a folder: chosen once, then synced with one key."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.ask import AskDialog
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.page import Page
from screens.plain import say
from screens.share.bundles import summary
from screens.share.places import usual_folder
from senreg.sync.standing import standing

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.sync.folder import Synced

MOST_TOLD = 40
"""Sentences of what came that are shown; the history has all of it."""

SAID = (
    "On a stick, on a network share, or one that a cloud service copies. Each copy leaves only "
    "files of its own there, as encrypted as the register is."
)


def sync(app: SenregApp) -> None:
    """Sync with the folder; where there is none yet, ask for it first."""
    register = app.register
    assert register is not None
    folder = standing(register).folder
    if register.read_only:
        say(app, "This register is open for reading only.", severity="warning")
    elif folder is None:
        _ask(app)
    else:
        _sync(app, folder)


def change_folder(app: SenregApp) -> None:
    """Say in which folder the copies meet from now on, or that they meet in none."""
    register = app.register
    assert register is not None
    now = standing(register).folder
    if now is None:
        sync(app)
        return

    def answered(another: bool | None) -> None:
        if another:
            _ask(app)
        elif another is False:
            from senreg.sync.copies import forget_folder

            forget_folder(register)
            _show_anew(app)
            say(app, "This copy syncs with no folder now. What lies there stays there.")

    app.push_screen(
        AskDialog(
            "The folder in which copies meet",
            str(now),
            yes="Choose another",
            no="Use none",
            leave="Leave it",
        ),
        answered,
    )


def _ask(app: SenregApp) -> None:
    def chosen(path: Path | None) -> None:
        if path is not None:
            _sync(app, path)

    app.push_screen(
        PathDialog(
            "The folder in which copies meet",
            wants="folder",
            start=usual_folder(app),
            said=SAID,
            words="Meet there",
        ),
        chosen,
    )


def _sync(app: SenregApp, folder: Path) -> None:
    register = app.register
    assert register is not None

    def job(doing: Work) -> Synced:
        from senreg.sync.folder import look_into, meet

        doing.report(0, 0, "Reading the folder…")
        looked = look_into(register, folder, doing.watch)
        doing.pause()
        doing.report(0, 0, f"Bringing in {looked.plan.operations:,} edits, and writing ours…")
        return meet(register, looked)

    work(app, "Syncing", job, lambda done: _told(app, done))


def _told(app: SenregApp, done: Synced) -> None:
    _show_anew(app)
    plan = done.plan
    came = f"Brought in: {summary(plan)}." if plan.operations else "Nothing new has come."
    sent = f"Left there: {done.sent:,} edit{'' if done.sent == 1 else 's'}." if done.sent else ""
    said = " ".join(each for each in (came, sent) if each)
    details = plan.details[:MOST_TOLD]
    if len(plan.details) > MOST_TOLD:
        details.append(f"And {len(plan.details) - MOST_TOLD:,} lines more: see the history.")
    details += [f"! Passed by: {each.name}. {each.why}" for each in done.passed]
    if done.lost:
        details.append(
            f"! The folder lacks {done.lost:,} saved changes that can no longer be read."
        )
    if not details:
        say(app, f"Synced. {said}")
        return

    def read(_: None) -> None:
        if app.register is not None and app.register.conflicts():
            from screens.share.conflicts import Conflicts

            app.push_screen(Conflicts())

    app.push_screen(MessageDialog("Synced", "\n".join([said, "", *details])), read)


def _show_anew(app: SenregApp) -> None:
    """Show on the page what was remembered outside of the register."""
    screen = app.screen
    if isinstance(screen, Page):
        screen.refill()
