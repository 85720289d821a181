"""Choosing the pupils that a group takes in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.assigning import assign
from screens.dialogs.choose import ChooseManyDialog, Option
from screens.plain import line
from screens.targets.writing import pupil_options
from senreg.clock import today
from senreg.rules.naming import group_name
from senreg.rules.placing import open_places

if TYPE_CHECKING:
    from screens.app import SenregApp


def choose_pupils(app: SenregApp, group_id: str) -> None:
    """Choose pupils and place them in a group; those who are in it already are not offered."""
    register = app.register
    assert register is not None
    group = register.get(group_id)
    if group is None:
        return
    inside = {row["pupil"] for row in open_places(register, group_id, today())}
    options: list[Option] = [each for each in pupil_options(register) if each.id not in inside]
    app.push_screen(
        ChooseManyDialog(
            f"Who joins {line(group_name(group, register.get))}?",
            options,
            said="Enter marks a pupil; Ctrl+S places those who are marked.",
            empty="Every pupil is in it already.",
        ),
        lambda chosen: assign(app, chosen, group_id) if chosen else None,
    )
