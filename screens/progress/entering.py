"""Entering a column: what it is of, for which children, and then a child a line."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.plain import line
from screens.progress.columns_entered import (
    AttendanceForm,
    ParticipationForm,
    PeriodForm,
    ResultsForm,
    WiderForm,
)
from senreg.clock import today
from senreg.models.evidence import SUBJECTS
from senreg.models.wider import CATEGORIES
from senreg.register import Register
from senreg.rules.children_together import Together, children_together
from senreg.rules.column_entry import NO_ACTIVITY, wider_scales
from senreg.rules.measures.scale_steps import scales_of
from senreg.rules.nouns import counted

if TYPE_CHECKING:
    from screens.app import SenregApp

_NOTHING = "nothing"
"""The option of an activity that stands for taking part in none."""


_NOT_SESSIONS = "a rating, no sessions"


def enter_column(app: SenregApp) -> None:
    """Ask what is entered and for whom, then for a figure of each child."""
    ways: dict[str, tuple[str, str, Callable[[SenregApp, Together], None]]] = {
        "assessments": ("Results", "a subject on a scale", _results),
        "wider_marks": ("Wider outcomes", "behaviour, relationships and so on", _wider),
        "attendance": ("Attendance", "sessions missed of a term", _attendance),
        "participations": ("Who takes part", "in an activity, or in none", _participation),
    }

    def chosen(key: str | None) -> None:
        if key is not None:
            _ask_whom(app, ways[key][2])

    options = [Option(key, words, note) for key, (words, note, _) in ways.items()]
    app.push_screen(ChooseDialog("Enter for many children at once", options), chosen)


def _ask_whom(app: SenregApp, go_on: Callable[[SenregApp, Together], None]) -> None:
    known = {each.id: each for each in children_together(_register(app), today())}
    options = [
        Option(each.id, line(each.words), counted("pupils", len(each.pupils)))
        for each in known.values()
    ]

    def chosen(key: str | None) -> None:
        if key is not None:
            go_on(app, known[key])

    app.push_screen(
        ChooseDialog(
            "For which children?",
            options,
            empty="No child is on roll yet. Bring them in on Today: press 1.",
        ),
        chosen,
    )


def _register(app: SenregApp) -> Register:
    assert app.register is not None
    return app.register


def _results(app: SenregApp, whom: Together) -> None:
    register = _register(app)
    scales = sorted({each.name for each in scales_of(register).values()})

    def subject(code: str | None) -> None:
        if code is None:
            return
        app.push_screen(
            ChooseDialog(
                "On which scale?",
                [Option(each, line(each)) for each in scales],
                said="The school's own scales are written under School, Scales.",
                now=_last_scale(register, code),
            ),
            lambda scale: on_scale(code, scale),
        )

    def on_scale(code: str, scale: str | None) -> None:
        if scale is not None:
            app.push_screen(ResultsForm(register, whom, code, scale))

    options = [Option(code, label) for code, label in SUBJECTS]
    app.push_screen(ChooseDialog(f"{line(whom.words)}: which subject?", options), subject)


def _last_scale(register: Register, subject: str) -> str | None:
    """The scale that was used last in a subject."""
    rows = [row for row in register.all("assessments") if row["subject"] == subject]
    newest = max(rows, key=lambda row: str(row["date"] or ""), default=None)
    return str(newest["scale"]) if newest is not None and newest["scale"] else None


def _wider(app: SenregApp, whom: Together) -> None:
    register = _register(app)

    def category(code: str | None) -> None:
        if code is None:
            return
        scales = wider_scales(register, code)
        app.push_screen(
            ChooseDialog(
                "On which scale?",
                [Option(each, line(each)) for each in scales],
                said="Or type what the marks are on: Incidents a week; Teacher rating, of 5.",
                typed=True,
            ),
            lambda scale: on_scale(code, scale),
        )

    def on_scale(code: str, scale: str | None) -> None:
        if scale is not None:
            app.push_screen(WiderForm(register, whom, code, scale))

    options = [
        Option(code, label, _NOT_SESSIONS if code == "attendance" else "")
        for code, label in CATEGORIES
    ]
    app.push_screen(ChooseDialog(f"{line(whom.words)}: which outcome?", options), category)


def _attendance(app: SenregApp, whom: Together) -> None:
    register = _register(app)

    def period(found: tuple[str, str, int] | None) -> None:
        if found is not None:
            app.push_screen(AttendanceForm(register, whom, *found))

    app.push_screen(PeriodForm(register, whom), period)


def _participation(app: SenregApp, whom: Together) -> None:
    register = _register(app)
    day = today().isoformat()
    running = [row for row in register.all("activities") if not row["end"] or row["end"] >= day]
    running.sort(key=lambda row: str(row["name"]).casefold())

    def chosen(activity: str | None) -> None:
        if activity is None:
            return
        row = register.get(activity)
        if activity == _NOTHING:
            form = ParticipationForm(register, whom, NO_ACTIVITY, "In no activity")
        elif row is not None and row.table == "activities":
            form = ParticipationForm(register, whom, activity, str(row["name"]))
        else:
            form = ParticipationForm(register, whom, None, activity)
        app.push_screen(form)

    options = [
        *(Option(row.id, line(row["name"]), line(row["partner"] or "")) for row in running),
        Option(_NOTHING, "In no activity", "asked, and takes part in nothing", "accent"),
    ]
    app.push_screen(
        ChooseDialog(
            f"{line(whom.words)}: which activity?",
            options,
            said="Or type the name of a new one.",
            typed=True,
        ),
        chosen,
    )
