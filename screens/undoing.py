"""Undo and redo, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.plain import say

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register, Undone


def undo(app: SenregApp) -> None:
    """Take back the last change made by this copy, and say what was taken back."""
    if app.register is None:
        return
    undone = app.register.undo()
    if undone is None:
        say(app, "There is nothing to undo.")
    else:
        _tell(app, app.register, "Undone", undone)


def redo(app: SenregApp) -> None:
    """Make the last undone change again, and say what was made."""
    if app.register is None:
        return
    undone = app.register.redo()
    if undone is None:
        say(app, "There is nothing to redo.")
    else:
        _tell(app, app.register, "Done again", undone)


def _tell(app: SenregApp, register: Register, did: str, undone: Undone) -> None:
    count = f"{undone.changed} change{'' if undone.changed == 1 else 's'}"
    text = f"{did}: {undone.label} ({count})."
    if undone.left:
        text += "\nLeft as they are, because they were changed since: " + "; ".join(
            _left(register, each.record, each.table, each.field) for each in undone.left[:3]
        )
        more = len(undone.left) - 3
        text += f"; and {more} more." if more > 0 else "."
    app.clear_notifications()
    say(app, text, severity="warning" if undone.left else "information")


def _left(register: Register, record: str, table: str, field: str) -> str:
    from senreg.models.tables import field_of
    from senreg.rules.naming import describe_record

    row = register.get(record)
    words = describe_record(row, register.get) if row is not None else table
    title = field if field == "archived" else field_of(table, field).title
    return f"{title} of {words}"
