"""Pupils who were put away: chosen from a list, to look at them or bring them back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.opening import open_pupil
from screens.page import app_of
from screens.plain import line
from senreg.models.text import folded
from senreg.rules.naming import list_name

if TYPE_CHECKING:
    from screens.register.screen import RegisterPage


def choose_archived(page: RegisterPage) -> None:
    """Ask for one of the pupils who were put away, and open the page of that pupil."""
    rows = page.register.all("pupils", archived=True)
    options = [Option(row.id, line(list_name(row)), line(row["class_name"])) for row in rows]
    options.sort(key=lambda option: folded(option.text))
    page.app.push_screen(
        ChooseDialog(
            "Pupils who were put away",
            options,
            said="The page of a pupil opens; d there brings the pupil back.",
            empty="No pupil was put away. Those who have left are under Views.",
        ),
        lambda chosen: open_pupil(app_of(page), chosen) if chosen else None,
    )
