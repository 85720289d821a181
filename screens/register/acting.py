"""What can be done to all marked pupils at once, or to the highlighted one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, Option
from screens.page import app_of
from screens.plain import line, say
from senreg.clock import today
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.dates import days_after
from senreg.rules.naming import list_name, staff_name
from senreg.rules.order import natural
from senreg.rules.reading import covers

if TYPE_CHECKING:
    from screens.register.screen import RegisterPage


def act(page: RegisterPage) -> None:
    """Ask what is to be done to the marked pupils, and begin it."""
    pupils = page.chosen_pupils()
    if not pupils:
        say(page.app, "Mark pupils with Space first, or highlight one.")
        return
    whom = list_name(pupils[0]) if len(pupils) == 1 else f"{len(pupils)} pupils"
    options = [
        Option("status", "Change status"),
        Option("class", "Change class"),
        Option("teacher", "Change key teacher"),
        Option("assign", "Place in a group"),
        Option("target", "Write a target"),
        Option("cohort_in", "Put into the targeted cohort"),
        Option("cohort_out", "Take out of the targeted cohort"),
        Option("mark_all", "Mark every pupil shown"),
        Option("unmark", "Take all marks away"),
    ]
    page.app.push_screen(
        ChooseDialog(f"What is to be done with {line(whom)}?", options),
        lambda chosen: _begin(page, pupils, chosen) if chosen else None,
    )


def _begin(page: RegisterPage, pupils: Sequence[Row], chosen: str) -> None:
    doing: dict[str, Callable[[], None]] = {
        "status": lambda: change_status(page, pupils),
        "class": lambda: _change_class(page, pupils),
        "teacher": lambda: _change_teacher(page, pupils),
        "assign": lambda: assign(page, pupils),
        "target": page.command_write_target,
        "cohort_in": lambda: _join_cohort(page, pupils),
        "cohort_out": lambda: _leave_cohort(page, pupils),
        "mark_all": page.command_mark_all,
        "unmark": page.command_unmark,
    }
    app_of(page).attempt(doing[chosen])


def change_status(page: RegisterPage, pupils: Sequence[Row]) -> None:
    """The guided change of status, for all of them."""
    from screens.forms.status_form import StatusForm

    page.app.push_screen(StatusForm(page.register, pupils))


def assign(page: RegisterPage, pupils: Sequence[Row]) -> None:
    """Place all of them in a group."""
    from screens.assigning import assign as place

    place(app_of(page), [row.id for row in pupils])


def _set_all(
    page: RegisterPage, pupils: Sequence[Row], label: str, field: str, value: object
) -> None:
    with page.register.commit(label) as commit:
        for row in pupils:
            commit.set(row, **{field: value})
    count = "1 pupil was" if len(pupils) == 1 else f"{len(pupils)} pupils were"
    say(page.app, f"{count} changed. u takes it back.")


def _change_class(page: RegisterPage, pupils: Sequence[Row]) -> None:
    names = {str(row["class_name"]) for row in page.register.all("pupils") if row["class_name"]}
    options = [Option(name, line(name)) for name in sorted(names, key=natural)]
    page.app.push_screen(
        ChooseDialog("Into which class?", options, typed=True, empty="Type the name of the class."),
        lambda name: _class_chosen(page, pupils, name),
    )


def _class_chosen(page: RegisterPage, pupils: Sequence[Row], name: str | None) -> None:
    if name:
        app_of(page).attempt(lambda: _set_all(page, pupils, "Change class", "class_name", name))


def _change_teacher(page: RegisterPage, pupils: Sequence[Row]) -> None:
    day = today().isoformat()
    options = [
        Option(row.id, line(staff_name(row)), str(row["role"] or "").replace("_", " "))
        for row in page.register.all("staff")
        if not row["until"] or row["until"] >= day
    ]
    options.sort(key=lambda option: folded(option.text))
    page.app.push_screen(
        ChooseDialog("Who is their key teacher?", options, empty="Add staff in Settings first."),
        lambda chosen: _teacher_chosen(page, pupils, chosen),
    )


def _teacher_chosen(page: RegisterPage, pupils: Sequence[Row], chosen: str | None) -> None:
    if chosen:
        app_of(page).attempt(
            lambda: _set_all(page, pupils, "Change key teacher", "key_teacher", chosen)
        )


def _join_cohort(page: RegisterPage, pupils: Sequence[Row]) -> None:
    day = today().isoformat()
    inside = page.register.by("cohort_memberships", "pupil")
    joining = [
        row for row in pupils if not any(covers(each, day) for each in inside.get(row.id, ()))
    ]
    with page.register.commit("Put pupils into the cohort") as commit:
        for row in joining:
            commit.add("cohort_memberships", {"pupil": row.id, "start": day})
    said = f"{len(joining)} put into the targeted cohort from today."
    if len(joining) < len(pupils):
        said += f" {len(pupils) - len(joining)} were in it already."
    say(page.app, said)


def _leave_cohort(page: RegisterPage, pupils: Sequence[Row]) -> None:
    day, yesterday = today().isoformat(), days_after(today(), -1)
    inside = page.register.by("cohort_memberships", "pupil")
    leaving = [each for row in pupils for each in inside.get(row.id, ()) if covers(each, day)]
    with page.register.commit("Take pupils out of the cohort") as commit:
        for each in leaving:
            if each["start"] == day:
                commit.archive(each)
            else:
                commit.set(each, end=yesterday)
    say(page.app, f"{len(leaving)} taken out of the targeted cohort.")
