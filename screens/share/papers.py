"""Papers from Share: whom they are about is chosen first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.papers import Whom, papers_of
from screens.plain import line
from senreg.clock import today
from senreg.models.text import folded
from senreg.rules.classes import classes
from senreg.rules.naming import list_name
from senreg.rules.roll import on_roll

if TYPE_CHECKING:
    from screens.app import SenregApp


def choose_class(app: SenregApp) -> None:
    """Ask for a class, and which paper."""
    assert app.register is not None

    def chosen(name: str | None) -> None:
        if name is not None:
            papers_of(app, Whom(class_name=name))

    options = [
        Option(each.name, line(each.name), f"{each.children} children, {each.on_register} with SEN")
        for each in classes(app.register, today())
    ]
    app.push_screen(
        ChooseDialog("Papers of which class?", options, empty="No pupil has a class yet."),
        chosen,
    )


def choose_pupil(app: SenregApp) -> None:
    """Ask for a pupil, and which paper."""
    assert app.register is not None

    def chosen(pupil: str | None) -> None:
        if pupil is not None:
            papers_of(app, Whom(pupil=pupil))

    options = [
        Option(row["id"], line(list_name(row)), line(row.get("class_name")))
        for row in on_roll(app.register, today())
    ]
    options.sort(key=lambda option: folded(option.text))
    app.push_screen(
        ChooseDialog("Papers of which pupil?", options, empty="There are no pupils yet."),
        chosen,
    )
