"""One row of the preview from near: what it says, who it is, whether a child has left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from screens.dialogs.choose import ChooseDialog, ChooseManyDialog, Option
from screens.dialogs.message import MessageDialog
from screens.forms.form import Form
from screens.forms.section import Section
from screens.plain import line
from screens.widgets.story import Entry, Words
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.exchange.pupil_matching import NEW
from senreg.exchange.pupils_import import ImportPlan
from senreg.exchange.records_import import PlannedRecord
from senreg.models.describe import About, Field

if TYPE_CHECKING:
    from screens.app import SenregApp
    from screens.importing.lines import AnyPlan, AnyRow, PreviewLine
    from senreg.exchange.field_change import FieldChange
    from senreg.exchange.import_parts import PlannedRow

OUT = "\x00out"
UNTOUCHED = "Everything that the row says stands in the register already."


def entries(each: PreviewLine | None) -> Iterator[Entry]:
    """A row as the pane beside the list tells it."""
    if each is None:
        return
    if each.row is None and "name" not in each.cells:
        yield Entry("", [Words("The file", "title")], heading=True)
        yield Entry("", [Words(str(each.cells.get("what", "")))])
        return
    if each.row is None:
        cell = each.cells.get("name", "")
        yield Entry("", [Words(cell if isinstance(cell, str) else cell[0], "title")], heading=True)
        yield Entry("", [Words("On roll, and not in the file.", "muted")])
        return
    row = each.row
    yield Entry(
        "",
        [Words(row.name or "(no name)", "title"), Words(f"Row {row.number} of the file", "muted")],
        heading=True,
    )
    if row.problem:
        yield Entry("", [Words(row.problem, "warn")])
    for candidate in row.candidates:
        yield Entry("", [Words(f"Perhaps {candidate.words}", indent=2)])
    if row.changes:
        title = "What would change" if row.pupil else "What it says"
        yield Entry("", [Words(title, "heading")], heading=True)
    for change in row.changes:
        tone = "" if change.taken else "muted"
        title = change.title if change.taken else f"{change.title}: left as it is"
        was = f"! {change.old_words}, typed here" if change.typed else change.old_words
        old = [Words(was, "warn" if change.typed else "muted", 2)] if was else []
        arrow = "→ " if change.old_words else ""
        yield Entry("", [Words(title, "muted"), *old, Words(f"{arrow}{change.new_words}", tone, 2)])
    for remark in row.remarks + row.upn_remarks:
        yield Entry("", [Words(f"! {remark}", "warn")], heading=True)


def look(app: SenregApp, plan: AnyPlan, each: PreviewLine, decided: Callable[[], object]) -> None:
    """Show one row from near, and take what a person says of it.

    Args:
        app: The app.
        plan: The plan the row is of.
        each: The line that was opened.
        decided: Called when something was said.
    """
    row = each.row
    if row is None and "name" not in each.cells:
        app.push_screen(MessageDialog("The file", str(each.cells.get("what", ""))))
    elif row is None:
        if isinstance(plan, ImportPlan):
            _ask_leaving(app, plan, each, decided)
    elif (row.candidates or row.may_be_new) and isinstance(plan, ImportPlan):
        assert not isinstance(row, PlannedRecord)
        _ask_who(app, plan, row, decided)
    elif row.problem or not row.changes:
        remarks = [*row.remarks, *row.upn_remarks]
        said = row.problem or "\n".join(remarks) or UNTOUCHED
        app.push_screen(MessageDialog(f"Row {row.number}: {row.name or '(no name)'}", said))
    else:
        _ask_facts(app, plan, row, decided)


def _ask_who(
    app: SenregApp, plan: ImportPlan, row: PlannedRow, decided: Callable[[], object]
) -> None:
    from senreg.exchange.typed_over import mark_typed_over

    options = [
        Option(each.pupil, line(each.words), "put away: would come back" if each.archived else "")
        for each in row.candidates
    ]
    if row.may_be_new:
        options.append(Option(NEW, "A new pupil"))
    options.append(Option(OUT, "Leave this row out"))

    def chosen(answer: str | None) -> None:
        if answer is None:
            return
        if answer == OUT:
            app.attempt(lambda: plan.leave_out(row.number))
        else:
            app.attempt(lambda: choose(answer))
        decided()

    def choose(answer: str) -> None:
        plan.choose(row.number, answer)
        mark_typed_over(plan, plan.register)

    told = [row.problem]
    if row.read.text("dob"):
        told.append(f"The row says: born {row.read.text('dob')}.")
    app.push_screen(
        ChooseDialog(f"Who is {row.name or 'this'}?", options, said=" ".join(told)), chosen
    )


def _ask_facts(app: SenregApp, plan: AnyPlan, row: AnyRow, decided: Callable[[], object]) -> None:
    changes = {change.field: change for change in row.changes}
    options = [
        Option(
            name,
            line(change.title),
            line(_change_words(change) if row.pupil else change.new_words),
        )
        for name, change in changes.items()
    ]

    def chosen(taken: list[str] | None) -> None:
        if taken is None:
            return
        app.attempt(lambda: take(taken))
        decided()

    def take(taken: list[str]) -> None:
        for name in changes:
            if plan.may_leave(row.number, name):
                plan.take(row.number, name, taken=name in taken)

    app.push_screen(
        ChooseManyDialog(
            f"Row {row.number}: {row.name}",
            options,
            now=[name for name, change in changes.items() if change.taken],
            said=" ".join(
                ["What is marked is brought in; the rest stays as it is.", *map(line, row.remarks)]
            ),
        ),
        chosen,
    )


def _change_words(change: FieldChange) -> str:
    typed = " (typed here)" if change.typed else ""
    return f"{change.old_words}{typed} → {change.new_words}"


LAST_DAY = Field("form", "left_on", "day", True, About("Last day on roll"))


class LeavingForm(Form[str | None]):
    """Asks for the last day of a child who has left; gives it as an ISO date.

    Args:
        name: The child.
    """

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} has left",
            [Section("", (LAST_DAY,))],
            {"left_on": today().isoformat()},
            save="Mark as left",
        )

    def save(self, values: dict[str, object]) -> None:
        """Give the day. Raises InvalidRecord for one that is still to come."""
        day = str(values["left_on"])
        if day > today().isoformat():
            raise InvalidRecord("form", [FieldProblem("left_on", "That day is still to come.")])
        self.finish(day)


def _ask_leaving(
    app: SenregApp, plan: ImportPlan, each: PreviewLine, decided: Callable[[], object]
) -> None:
    from datetime import date

    cell = each.cells["name"]

    def answered(day: str | None) -> None:
        if day is not None:
            app.attempt(lambda: plan.mark_left(each.id, date.fromisoformat(day)))
            decided()

    app.push_screen(LeavingForm(cell if isinstance(cell, str) else cell[0]), answered)
