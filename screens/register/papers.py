"""Which paper to print from the Register: a class sheet, or the highlighted pupil's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.page import app_of
from screens.papers import Whom, papers_of
from screens.plain import line
from senreg.rules.naming import list_name
from senreg.rules.order import natural

if TYPE_CHECKING:
    from screens.register.screen import RegisterPage

PUPIL = "\x00pupil"


def choose_paper(page: RegisterPage) -> None:
    """Ask for the class, or the pupil; the highlighted pupil's class comes first."""
    register = page.register
    current = register.get(page.pupils.current_id or "")
    names = {str(row["class_name"]) for row in register.all("pupils") if row["class_name"]}
    here = str(current["class_name"] or "") if current is not None else ""
    ordered = sorted(names, key=lambda name: (name != here, natural(name)))
    options = [Option(name, f"Papers of {line(name)}") for name in ordered]
    if current is not None:
        options.append(Option(PUPIL, f"Papers of {line(list_name(current))}"))

    def chosen(name: str | None) -> None:
        if name == PUPIL:
            papers_of(app_of(page), Whom(pupil=page.pupils.current_id))
        elif name:
            papers_of(app_of(page), Whom(class_name=name))

    page.app.push_screen(ChooseDialog("Which paper?", options), chosen)
