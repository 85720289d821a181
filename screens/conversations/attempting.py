"""Logging a try at a conversation that was in vain, and where there is one the new day."""

from __future__ import annotations

from dataclasses import replace

from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import line, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.models.validate import checked
from senreg.register import Register, Row
from senreg.rules.conversation_attempts import usual_way, write_attempt
from senreg.rules.dates import short_day
from senreg.rules.naming import list_name


class AttemptForm(Form["str | None"]):
    """How it was tried, why it did not come about, and the new day. Gives the conversation's id.

    Args:
        register: The open register.
        pupil: The child.
        conversation: The conversation that did not come about; None where none was planned.
    """

    def __init__(self, register: Register, pupil: Row, conversation: Row | None) -> None:
        self.register = register
        self._pupil = pupil
        self._conversation = conversation
        planned = conversation["planned_for"] if conversation is not None else None
        day = today().isoformat()
        of = conversation.id if conversation is not None else f"new/{pupil.id}"
        super().__init__(
            f"It did not come about: {line(list_name(pupil))}",
            _sections(),
            {
                "on": planned if planned and planned < day else day,
                "how": usual_way(conversation, today()),
            },
            register=register,
            draft=f"{register.register_id}/attempts/{of}",
            said=f"Planned for {short_day(planned)}." if planned else "Nothing was planned yet.",
        )

    def save(self, values: dict[str, object]) -> None:
        """Write the attempt, and plan the new day."""
        new_day = values.pop("new_day")
        at = values.pop("new_at")
        problems = []
        if str(values["on"] or "") > today().isoformat():
            problems.append(FieldProblem("on", "This day is still to come."))
        if new_day and str(new_day) < today().isoformat():
            problems.append(FieldProblem("new_day", "This day is past."))
        try:
            checked("conversations", {"at": at} if at else {}, partial=True)
        except InvalidRecord as refused:
            problems += [FieldProblem("new_at", each.message) for each in refused.problems]
        if at and not new_day:
            problems.append(FieldProblem("new_day", "A time is given: on which day?"))
        if problems:
            raise InvalidRecord("attempts", problems)
        with self.register.commit("Log an attempt at a conversation") as commit:
            key = write_attempt(
                commit,
                self._pupil.id,
                self._conversation,
                values,
                str(new_day) if new_day else None,
                str(at) if at else None,
            )
        after = f" It is planned for {short_day(str(new_day))} now." if new_day else ""
        say(self.app, f"The attempt is kept.{after} u takes it back.")
        self.finish(key)


def _sections() -> list[Section]:
    from senreg.models.tables import fields_of

    asked = {field.name: field for field in fields_of("attempts")}
    why = asked["why_not"]
    asked["why_not"] = replace(why, about=replace(why.about, title="Why it did not"))
    new_day = About("New day", "Leave it empty where none is agreed yet.")
    at = About("At", "Such as 15:45.")
    return [
        Section("", (asked["how"], asked["why_not"], asked["on"])),
        Section(
            "When to try again",
            (
                Field("form", "new_day", "day", False, new_day),
                Field("form", "new_at", "line", False, at),
            ),
        ),
    ]
