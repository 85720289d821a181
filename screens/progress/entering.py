"""Entering results: one class, one subject, a child a line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from screens.dialogs.choose import ChooseDialog, Option
from screens.forms.form import Form, Section
from screens.plain import line, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.models.evidence import SUBJECTS
from senreg.register import Register
from senreg.rules.measures.scale_steps import Steps, scale_named, scales_of
from senreg.rules.naming import list_name
from senreg.rules.nouns import counted
from senreg.rules.order import natural
from senreg.rules.roll import on_roll

if TYPE_CHECKING:
    from screens.app import SenregApp


def enter_results(app: SenregApp) -> None:
    """Ask for class, subject and scale, then for a result of each child."""
    register = app.register
    assert register is not None
    pupils = on_roll(register, today())
    classes = sorted({str(row.get("class_name") or "") for row in pupils} - {""}, key=natural)
    scales = sorted({each.name for each in scales_of(register).values()})

    def class_chosen(name: str | None) -> None:
        if name is None:
            return
        options = [Option(code, label) for code, label in SUBJECTS]
        app.push_screen(
            ChooseDialog(f"{name}: which subject?", options), lambda code: subject(name, code)
        )

    def subject(name: str, code: str | None) -> None:
        if code is None:
            return
        app.push_screen(
            ChooseDialog(
                "On which scale?",
                [Option(each, each) for each in scales],
                said="The school's own scales are written under School, Scales.",
                now=_last_scale(register, code),
            ),
            lambda scale: results(name, code, scale),
        )

    def results(name: str, code: str, scale: str | None) -> None:
        if scale is not None:
            members = [row for row in pupils if row.get("class_name") == name]
            app.push_screen(ResultsForm(register, members, code, scale, name))

    app.push_screen(
        ChooseDialog(
            "Which class was assessed?",
            [Option(name, name) for name in classes],
            empty="No child has a class yet.",
        ),
        class_chosen,
    )


def _last_scale(register: Register, subject: str) -> str | None:
    """The scale that was used last in a subject."""
    rows = [row for row in register.all("assessments") if row["subject"] == subject]
    newest = max(rows, key=lambda row: str(row["date"] or ""), default=None)
    return str(newest["scale"]) if newest is not None and newest["scale"] else None


class ResultsForm(Form[int | None]):
    """A result for each child; those left empty are not known. Gives how many were given.

    Args:
        register: The open register.
        pupils: The children.
        subject: The code of the subject.
        scale: The name of the scale.
        name: What the children are together.
    """

    def __init__(
        self,
        register: Register,
        pupils: Sequence[Mapping[str, Any]],
        subject: str,
        scale: str,
        name: str,
    ) -> None:
        self.register = register
        self._subject, self._scale = subject, scale
        self._steps: Steps = scale_named(scales_of(register), scale)
        ordered = sorted(pupils, key=list_name)
        fields = [
            Field("form", row["id"], "line", required=False, about=About(list_name(row)))
            for row in ordered
        ]
        day = Field("form", "on", "day", required=True, about=About("Assessed on"))
        words = dict(SUBJECTS).get(subject, subject)
        super().__init__(
            f"{words}, {name}",
            [Section("", (day,)), Section("", tuple(fields))],
            {"on": today().isoformat()},
            register=register,
            said=f"{line(scale)}. Leave out whoever was not assessed; Esc leaves all.",
        )

    def save(self, values: dict[str, object]) -> None:
        """Keep the results that were given."""
        day = str(values.pop("on"))
        given = {pupil: str(value) for pupil, value in values.items() if value not in (None, "")}
        problems = [
            FieldProblem(pupil, f"“{value}” is no step of {self._scale}.")
            for pupil, value in given.items()
            if not self._steps.has(value)
        ]
        if problems:
            raise InvalidRecord("assessments", problems)
        if given:
            with self.register.commit("Enter results") as commit:
                for pupil, value in given.items():
                    points = self._steps.points_of(value)
                    commit.add(
                        "assessments",
                        {
                            "pupil": pupil,
                            "subject": self._subject,
                            "date": day,
                            "scale": self._scale,
                            "value": value,
                            **({"points": points} if points is not None else {}),
                        },
                    )
            say(self.app, f"Kept: {counted('assessments', len(given))}. u takes them back.")
        self.finish(len(given))
