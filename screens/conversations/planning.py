"""Planning the year for many children: for whom, from which days, a preview, then one commit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from screens.conversations.plan_preview import PlanPreview
from screens.dialogs.choose import ChooseDialog, Option
from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import line, say
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.models.validate import checked
from senreg.register import Register
from senreg.rules.conversation_plan import (
    A_DAY,
    Planned,
    into_cohort,
    offered_days,
    outside_part,
    plan_proposal,
    plan_year,
)
from senreg.rules.conversation_year import Part, conversations_a_year, parts_of_year
from senreg.rules.conversations import cohort
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.nouns import counted
from senreg.rules.order import natural
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_on

if TYPE_CHECKING:
    from screens.app import SenregApp


@dataclass(frozen=True, slots=True)
class Whom:
    """Children to plan for, in words, and whether they join the cohort by it."""

    words: str
    pupils: tuple[str, ...]
    joins: bool = False

    @property
    def said(self) -> str:
        """For whom it is, and what else is written."""
        return f"{self.words}." + (" It is written that they join it today." * self.joins)


NO_PUPILS = "There are no pupils yet. Bring them in on Today: press 1."
NOBODY = (
    "Nobody has SEN, and nobody is in the cohort. In the Register (2) mark children and press m."
)


def plan(app: SenregApp, marked: Sequence[str]) -> None:
    """Plan the year: for the marked children, a class, a key teacher's, the cohort, or all."""
    register = app.register
    assert register is not None
    choices = _choices(register, marked)

    def chosen(key: str | None) -> None:
        if key is not None:
            _ask_days(app, register, choices[key])

    options = [
        Option(key, line(whom.words), counted("pupils", len(whom.pupils)))
        for key, whom in choices.items()
    ]
    app.push_screen(
        ChooseDialog(
            "Plan the year's conversations for",
            options,
            said="Each family is seen once in each part of the year; who is planned already stays.",
            empty=NOBODY if register.count("pupils") else NO_PUPILS,
        ),
        chosen,
    )


def _choices(register: Register, marked: Sequence[str]) -> dict[str, Whom]:
    """Whom one can plan for, the likeliest first."""
    found: dict[str, Whom] = {}
    if marked:
        found["marked"] = Whom("The marked pupils", tuple(marked))
    members = cohort(register, today())
    if members:
        found["cohort"] = Whom("The whole cohort", tuple(row["id"] for row in members))
    statuses = register.by("sen_statuses", "pupil")
    inside = {row["id"] for row in members}
    outside = []
    for row in on_roll(register, today()):
        status = status_on(statuses.get(row["id"], ()), today())
        if row["id"] not in inside and has_sen(status["code"] if status is not None else None):
            outside.append(row["id"])
    if outside:
        found["sen"] = Whom("All with SEN, who join the cohort", tuple(outside), joins=True)
    by_class: dict[str, list[str]] = {}
    by_teacher: dict[str, list[str]] = {}
    for row in members:
        if row.get("class_name"):
            by_class.setdefault(str(row["class_name"]), []).append(row["id"])
        if row.get("key_teacher"):
            by_teacher.setdefault(str(row["key_teacher"]), []).append(row["id"])
    for name in sorted(by_class, key=natural):
        found[f"class {name}"] = Whom(f"Class {name}", tuple(by_class[name]))
    for key, pupils in by_teacher.items():
        name = staff_named(key, register.get)
        found[f"staff {key}"] = Whom(f"Key teacher {name}", tuple(pupils))
    return found


def _ask_days(app: SenregApp, register: Register, whom: Whom) -> None:
    form = DaysForm(register, whom)

    def asked(planned: list[Planned] | None) -> None:
        if planned is None:
            return
        if not planned:
            say(app, "Nothing is to plan: each of them is planned or was held in these parts.")
            return
        app.push_screen(PlanPreview(register, whom.said, planned, form.parts), agreed)

    def agreed(planned: list[Planned] | None) -> None:
        if not planned:
            say(app, "Nothing was planned.")
            return
        proposal = plan_proposal(planned)
        if whom.joins:
            proposal = into_cohort(register, whom.pupils, today()) + proposal
        with register.commit("Plan the year's conversations") as commit:
            proposal.write(commit)
        say(app, f"{counted('conversations', len(planned))} planned. u takes it back.")

    app.push_screen(form, asked)


class DaysForm(Form["list[Planned] | None"]):
    """From which day in each part of the year, how many a day, and who leads.

    Args:
        register: The open register.
        whom: For whom.
    """

    def __init__(self, register: Register, whom: Whom) -> None:
        self.register = register
        self._whom = whom
        count = conversations_a_year(register.school)
        self.parts: list[Part] = parts_of_year(today(), register.all("terms"), count)
        self._offered = offered_days(self.parts, today(), register.all("terms"))
        values: dict[str, object] = {f"part{place}": day for place, day in self._offered.items()}
        super().__init__(
            f"From when, for {counted('pupils', len(whom.pupils))}?",
            [Section("", tuple(self._asked()))],
            {**values, "a_day": A_DAY},
            register=register,
            said="School days are filled from each day on, class by class; bank holidays are left "
            "out. A part left empty is not planned.",
            save="Preview",
        )

    def _asked(self) -> list[Field]:
        fields = [
            Field(
                "form",
                f"part{place}",
                "day",
                False,
                About(
                    f"{self.parts[place].name}, from",
                    f"School is open from {short_day(self.parts[place].opens)} to "
                    f"{short_day(self.parts[place].closes)}.",
                    meeting=True,
                ),
            )
            for place in self._offered
        ]
        a_day = About("A day, for each adult", "How many one adult holds on one day.")
        leads = About("Who leads", "Empty: each child's own key teacher.", of="staff")
        at = About(
            "At",
            "The first of a day, such as 15:45; the next half an hour later. Empty: agreed with "
            "each family.",
        )
        return [
            *fields,
            Field("form", "a_day", "whole", True, a_day),
            Field("form", "led_by", "record", False, leads),
            Field("form", "at", "line", False, at),
        ]

    def save(self, values: dict[str, object]) -> None:
        """Work the preview out. Raises InvalidRecord for a day that is not in its part."""
        days: dict[int, str] = {}
        problems = []
        for place in self._offered:
            day, part = values[f"part{place}"], self.parts[place]
            if not day:
                continue
            if words := outside_part(part, str(day)):
                problems.append(FieldProblem(f"part{place}", words))
            days[place] = str(day)
        try:
            given = {"at": values["at"]} if values["at"] else {}
            at = str(checked("conversations", given, partial=True).get("at") or "")
        except InvalidRecord as refused:
            problems += refused.problems
        a_day = values["a_day"]
        if not isinstance(a_day, int) or a_day < 1:
            problems.append(FieldProblem("a_day", "At least one a day."))
        if problems:
            raise InvalidRecord("conversations", problems)
        planned = plan_year(
            self.register,
            self._whom.pupils,
            self.parts,
            days,
            today(),
            a_day=int(str(a_day)),
            led_by=str(values["led_by"] or ""),
            at=at,
        )
        self.finish(planned)
