"""On Today: whether this is the file that is known here, and how long ago it met its copies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from screens.today.lines import Line
from screens.widgets.section_list import Section
from screens.wording import moment_words
from senreg.register import Register
from senreg.sync.copies import LONG_DAYS, remembered

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.sync.standing import Waiting

DOUBT = "doubt"
"""The command of a line that tells a doubt."""


def doubt_lines(register: Register) -> Iterator[Line | Section]:
    """What speaks against this being the file that was last used here."""
    if not register.doubts:
        return
    yield Section("doubts", "Is this the file you know?", tone="bad")
    for each in register.doubts:
        yield Line(each.code, ("! Look", "bad"), words=each.happened, command=DOUBT)


def sync_lines(register: Register, waiting: Waiting | None) -> Iterator[Line | Section]:
    """What waits in the sync folder, or that the last sync is long ago; else nothing.

    Args:
        register: The open register.
        waiting: What a thread found in the folder; None where it has not looked yet.
    """
    known = remembered(register.copy_id)
    if not known.folder:
        return
    files = waiting.files if waiting is not None else 0
    if not files and not known.long_ago:
        return
    yield Section("sync", "Other copies", tone="warn")
    if files:
        words = "1 file waits" if files == 1 else f"{files:,} files wait"
        said = f"{words} in the sync folder. Enter brings in what is in it."
        yield Line("sync", ("! Waiting", "warn"), words=said, command="sync", table="step")
    else:
        said = f"Last synced {moment_words(known.at)}, over {LONG_DAYS} days ago. Enter syncs."
        yield Line("sync", ("! Sync", "warn"), words=said, command="sync", table="step")


def ask_about_doubt(app: SenregApp, code: str, then: Callable[[], object]) -> None:
    """Tell a doubt whole; where a person takes the register as it is, go on with `then`."""
    from screens.dialogs.ask import AskDialog

    register = app.register
    assert register is not None
    found = [each for each in register.doubts if each.code == code]
    if not found:
        return

    def answered(share: bool | None) -> None:
        if share:
            app.call_later(app.go_to_mode, "share")
        elif share is False:
            register.take_as_it_is()
            then()

    app.push_screen(
        AskDialog(
            found[0].happened,
            found[0].do,
            yes="Go to Share",
            no="Take it as it is",
            leave="Leave it",
        ),
        answered,
    )
