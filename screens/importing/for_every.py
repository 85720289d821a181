"""What holds for every row of a file that has no column for it: a field, and its value."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line
from senreg.exchange.record_columns import OF_SESSION, session_field
from senreg.models.tables import fields_of
from senreg.rules.naming import describe_record

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.exchange.taking import Taken
    from senreg.models.describe import Field

NOTHING = "\x00nothing"


def ask_for_every(
    app: SenregApp, taken: Taken, done: Callable[[], object], *, name: str = ""
) -> None:
    """Ask for a field, then for what it is in every row.

    Args:
        app: The app.
        taken: The sheet; the answer is put into it.
        done: Called when something was said.
        name: The field, where it is known.
    """
    fields = {each.name: each for each in fields_of(taken.table) if not each.about.unasked}
    fields |= {each: session_field(each) for each in OF_SESSION if each in taken.kind.titles}
    needed = taken.wanting
    if name in fields:
        _ask_value(app, taken, fields[name], done)
        return

    def chosen(name: str | None) -> None:
        if name is not None:
            _ask_value(app, taken, fields[name], done)

    options = [
        Option(name, each.title, taken.every.get(name, ""), search=name)
        for name, each in fields.items()
    ]
    first = next((name for name, each in fields.items() if each.title in needed), None)
    said = "It holds for each row that has no word of its own for it."
    app.push_screen(ChooseDialog("What is the same in every row?", options, now=first, said=said),
                    chosen)  # fmt: skip


def _ask_value(app: SenregApp, taken: Taken, field: Field, done: Callable[[], object]) -> None:
    def answered(value: str | None) -> None:
        if value is None:
            return
        if value in ("", NOTHING):
            taken.every.pop(field.name, None)
        else:
            taken.every[field.name] = value
        done()

    register = app.register
    options = [Option(each.code, each.label) for each in field.offered()]
    if field.kind == "record" and register is not None:
        rows = [row for table in field.tables for row in register.all(table)]
        options = [Option(row.id, line(describe_record(row, register.get))) for row in rows]
        options.sort(key=lambda each: each.text.casefold())
    elif field.kind == "yes_no":
        options = [Option("Yes", "Yes"), Option("No", "No")]
    options.append(Option(NOTHING, "Nothing: each row says it itself, or leaves it blank"))
    app.push_screen(
        ChooseDialog(
            f"{field.title} of every row",
            options,
            now=taken.every.get(field.name),
            said=field.about.help,
            typed=True,
        ),
        answered,
    )
