"""The summary for the family: made, printed, and the day it was given kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from screens.plain import say
from screens.printing import print_paper
from senreg.clock import today
from senreg.register import Row
from senreg.reports.conversation_paper import summary_text
from senreg.rules.dates import short_day

if TYPE_CHECKING:
    from screens.app import SenregApp


def give_summary(app: SenregApp, conversation: Row) -> None:
    """Make the summary of a conversation, and ask whether the family has it today."""

    def kept() -> None:
        from screens.dialogs.ask import AskDialog

        row = app.register.get(conversation.id) if app.register is not None else None
        if row is None or row["summary_given_on"]:
            return
        app.push_screen(
            AskDialog(
                "Does the family get it today?",
                "Then today is kept as the day on which the summary was given. Otherwise write the "
                "day into the conversation, under Review.",
                yes="Given today",
                no="Not yet",
            ),
            lambda yes: _given(app, conversation) if yes else None,
        )

    print_paper(
        app,
        "summary",
        pupil=conversation["pupil"],
        conversation=conversation.id,
        then=kept,
    )


def _given(app: SenregApp, conversation: Row) -> None:
    register = app.register
    assert register is not None
    day = today()
    pupil = register.get(conversation["pupil"] or "")
    assert pupil is not None, "the summary of this child was just made"
    with register.commit("Give the summary of a conversation") as commit:
        commit.set(
            conversation.id,
            summary_given_on=day,
            summary_given=conversation["summary_given"] or "on paper",
        )
        commit.add(
            "plans",
            {
                "pupil": pupil.id,
                "kind": "Summary of a conversation",
                "title": f"Conversation of {short_day(conversation['held_on'])}",
                "issued_on": day,
                "shared_with": "the family",
                "shared_on": day,
                "text": summary_text(register, pupil, conversation, day),
            },
        )
    say(app, "Given today, and kept as it was given. u takes it back.")
