"""Which paper to print from the Register: a class sheet, or the highlighted pupil's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.page import app_of
from screens.papers import papers_of_pupil
from screens.plain import line
from screens.printing import print_paper
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
    options = [Option(name, f"Class sheet {line(name)}") for name in ordered]
    if current is not None:
        options.append(Option(PUPIL, f"Papers of {line(list_name(current))}"))

    def chosen(name: str | None) -> None:
        if name == PUPIL:
            papers_of_pupil(app_of(page), page.pupils.current_id or "")
        elif name:
            print_paper(app_of(page), "class", class_name=name)

    page.app.push_screen(ChooseDialog("Which paper?", options), chosen)
