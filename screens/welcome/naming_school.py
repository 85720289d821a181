"""The name of the school a new register is for."""

from __future__ import annotations

from screens.forms.form import Form
from screens.forms.sections import sections_of

SAID = "It stands on every page and every paper. All of it can be changed later, under Settings."


class SchoolForm(Form[dict[str, object] | None]):
    """Asks for the school's name; gives the values of its record.

    Args:
        title: What stands above.
        save: The words of going on.
    """

    def __init__(self, title: str, *, save: str) -> None:
        super().__init__(title, sections_of("school", ("name", "phase")), said=SAID, save=save)

    def save(self, values: dict[str, object]) -> None:
        """Give what was written."""
        self.finish({name: value for name, value in values.items() if value})
