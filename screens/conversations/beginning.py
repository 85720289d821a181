"""A conversation that nothing is written of yet: held now, or planned for a day."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.conversations.record import open_conversation
from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line
from senreg.register import Row
from senreg.rules.naming import list_name

if TYPE_CHECKING:
    from screens.app import SenregApp

Then = Callable[["str | None"], None]


def begin(app: SenregApp, pupil: Row, then: Then | None = None) -> None:
    """Write down a conversation that was not planned, or plan one.

    Args:
        app: The app.
        pupil: The child.
        then: What is done with the id of the conversation; None where there is none.
    """

    def chosen(what: str | None) -> None:
        if what == "hold":
            open_conversation(app, pupil, None, then)
        elif what == "plan":
            plan_one(app, pupil, None, then)

    options = [
        Option(
            "hold", "Write one down now", "who came, what was said and agreed", search="hold held"
        ),
        Option("plan", "Plan one", "a day, a time and who leads"),
    ]
    name = line(list_name(pupil))
    app.push_screen(ChooseDialog(f"A conversation with the family of {name}", options), chosen)


def plan_one(
    app: SenregApp, pupil: Row, conversation: Row | None, then: Then | None = None
) -> None:
    """Say when a conversation is to be held, and who leads; of a planned one, anew."""
    from screens.forms.record_form import RecordForm

    assert app.register is not None
    form = RecordForm(
        app.register,
        "conversations",
        conversation,
        preset={"pupil": pupil.id, "led_by": pupil["key_teacher"]},
        fields=("planned_for", "at", "led_by"),
        title=f"When to meet the family of {line(list_name(pupil))}",
        focus="planned_for",
    )
    app.push_screen(form, then)
