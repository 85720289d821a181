"""Two records of one child, put together from the child's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.remedy import put_right
from screens.plain import line
from senreg.clock import today
from senreg.models.text import folded
from senreg.rules.naming import list_name, pupil_name
from senreg.rules.remedies import ways_to_merge

if TYPE_CHECKING:
    from screens.app import SenregApp


def merge_with_another(app: SenregApp, pupil: str) -> None:
    """Ask which other record is of the same child, and which of the two is to stay.

    Args:
        app: The interface, with a register open.
        pupil: The id of the child whose page it is.
    """
    register = app.register
    assert register is not None
    mine = register.get(pupil)
    if mine is None:
        return
    surname = folded(str(mine["surname"] or ""))
    others = [row for row in register.all("pupils") if row.id != pupil]
    others.sort(key=lambda row: (folded(str(row["surname"] or "")) != surname, list_name(row)))
    options = [
        Option(row.id, line(list_name(row)), line(row["class_name"]), search=line(row["upn"]))
        for row in others
    ]

    def chosen(other: str | None) -> None:
        second = register.get(other) if other is not None else None
        if second is not None:
            said = f"{pupil_name(mine)} and {pupil_name(second)} become one record."
            put_right(app, said, ways_to_merge(register, mine, second, today()))

    app.push_screen(
        ChooseDialog(
            f"Which other record is of {pupil_name(mine)}?",
            options,
            empty="There is no other pupil.",
        ),
        chosen,
    )
