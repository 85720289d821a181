"""The last verified backup on Today: calm while it is fresh, a warning once it is not."""

from __future__ import annotations

from collections.abc import Iterator

from screens.today.lines import Line
from screens.widgets.section_list import Section
from screens.wording import moment_words
from senreg.register import Register
from senreg.sitting import STALE_DAYS, standing


def backup_lines(register: Register, *, stale: bool) -> Iterator[Line | Section]:
    """The line about backups, where it is a warning or where it is none.

    Args:
        register: The open register. One in which nobody is real is never warned of.
        stale: Give it only as a warning; else only where there is nothing to warn of.
    """
    found = standing(register.path)
    warned = found.stale and not register.invented
    if warned is not stale or (register.invented and not found.at):
        return
    yield Section("backup", "Backup", tone="warn" if warned else "")
    if not warned:
        words = f"Last verified backup: {moment_words(found.at)}, read back whole."
        yield Line("backup", ("✓ Backed up", "good"), words=words, command="backups", table="step")
        return
    words = (
        f"Last verified backup: {moment_words(found.at)}, over {STALE_DAYS} days ago."
        if found.at
        else "There is no verified backup yet. Enter opens the backups; there, n makes one."
    )
    yield Line("backup", ("! No backup", "warn"), words=words, command="backups", table="step")
