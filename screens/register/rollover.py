"""The year-end roll-over: a preview of every child's line, changed by hand, then one commit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.forms.form import Form
from screens.forms.section import Section
from screens.page import Page, app_of
from screens.plain import plain, say
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import About, Field
from senreg.register import Register
from senreg.rules.dates import short_day
from senreg.rules.naming import staff_named
from senreg.rules.order import natural
from senreg.rules.rollover import (
    RollOver,
    RollOverLine,
    adjusted,
    next_first,
    roll_over,
    roll_over_proposal,
    years_around,
)
from senreg.rules.years import YEARS, year_rank, year_word

if TYPE_CHECKING:
    from screens.app import SenregApp

STEPS = {"moves": "", "stays": "stays", "done": "moved already", "starts": "starts then"}


def start_rollover(app: SenregApp, register: Register) -> None:
    """Ask for the first day of the new school year, then show what would change."""

    def planned(plan: RollOver | None) -> None:
        if plan is not None:
            app.push_screen(RollOverPage(plan))

    app.push_screen(YearForm(register), planned)


class YearForm(Form[RollOver | None]):
    """Asks for the first day of the year that begins, and for the school's last year group.

    Args:
        register: The open register.
    """

    def __init__(self, register: Register) -> None:
        choices = tuple((year, year_word(year)) for year in YEARS)
        offered = next_first(register, today())
        first = Field(
            "form",
            "first",
            "day",
            required=True,
            about=About("New year begins on", "Normally 1 September."),
        )
        top = Field(
            "form",
            "top",
            "choice",
            required=False,
            about=About(
                "Last year group",
                "Its children are offered as leavers; left empty, the highest there is.",
                choices=choices,
            ),
        )
        super().__init__(
            "Year-end roll-over",
            [Section("", (first, top))],
            {"first": offered.isoformat()},
            said=f"{_offered(offered, register)} Nothing is changed yet: "
            "the next page shows what would become of every child.",
            save="Show what would change",
        )
        self.register = register

    def save(self, values: dict[str, object]) -> None:
        """Work out the plan."""
        first = date.fromisoformat(str(values["first"]))
        plan = roll_over(self.register, first, str(values["top"]) if values["top"] else None)
        if not plan.lines:
            raise InvalidRecord("form", [FieldProblem("first", "Nobody is on roll on that day.")])
        self.finish(plan)


def _offered(first: date, register: Register) -> str:
    """Which school year the children are moved into, in words."""
    ends, begins = years_around(first, register.all("terms"))
    if first <= today():
        return f"The children have not been moved from {ends} to {begins} yet."
    return f"This moves the children from {ends} to {begins}."


class _Line:
    """A line of the plan, as the list takes it."""

    def __init__(self, line: RollOverLine, register: Register) -> None:
        self.line = line
        self.id = line.pupil
        self.teacher = staff_named(line.to_teacher, register.get)


def _to(row: _Line) -> Cell:
    line = row.line
    if line.leaves:
        return "leaves", "warn"
    after = "  ".join(part for part in (year_word(line.to_year), line.to_class) if part)
    if not line.sure:
        return f"? {after}", "warn"
    step = STEPS[line.step]
    return (f"{after} ({step})", "muted") if step else after


class RollOverPage(Page):
    """What would become of every child; each line can be changed before it is done.

    Args:
        plan: The plan as the rules propose it.
    """

    PLACE = "rollover"
    CSS_PATH = "rollover.tcss"
    AUTO_FOCUS = "#lines"

    def __init__(self, plan: RollOver) -> None:
        super().__init__()
        self.plan = plan
        self.list: RecordList[_Line] = RecordList(
            [
                Column("name", "Name", lambda row: row.line.name, _by_name, width=22, most=32),
                Column("from", "From", _from, _by_year, width=14, most=22),
                Column("to", "To", _to, _by_year, width=18, most=28),
                Column(
                    "teacher", "Key teacher", lambda row: row.teacher, width=14, most=24, rank=1
                ),
            ],
            sort="from",
            id="lines",
        )

    def body(self) -> ComposeResult:
        """What this is, and every line."""
        yield Static(id="said", markup=False)
        yield self.list

    def refill(self) -> None:
        """Show every line and how many move, leave and want a look."""
        self.list.fill(_Line(line, self.register) for line in self.plan.lines)
        lines = self.plan.lines
        moves = sum(line.step == "moves" and not line.leaves for line in lines)
        leaves = sum(line.leaves for line in lines)
        unsure = sum(not line.sure and not line.leaves for line in lines)
        said = (
            f"From {self.plan.ends} to {self.plan.begins}: {moves} move up, {leaves} leave, "
            f"{len(lines) - moves - leaves} stay as they are."
        )
        if unsure:
            said += f" {unsure} with ? want a look at their class."
        self.query_one("#said", Static).update(plain(said))

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self.command_edit()

    def command_edit(self) -> None:
        """Change the highlighted line, or all marked ones."""
        rows = self.list.marked_or_current()
        if rows:
            self.app.push_screen(LineForm(self.register, [row.line for row in rows]), self._changed)

    def _changed(self, lines: list[RollOverLine] | None) -> None:
        if lines:
            changed = {line.pupil: line for line in lines}
            kept = tuple(changed.get(line.pupil, line) for line in self.plan.lines)
            self.plan = replace(self.plan, lines=kept)
            self.list.unmark()
            self.refill()

    def command_mark(self) -> None:
        """Mark the highlighted line."""
        self.list.action_mark()

    def command_agree(self) -> None:
        """Ask once more, then write the plan."""
        from screens.dialogs.ask import AskDialog

        self.app.push_screen(
            AskDialog(
                f"Begin the school year {self.plan.begins}?",
                self._early() + "Everything is written in one step, and u takes it back.",
                yes="Begin it",
                no="Not yet",
            ),
            self._agreed,
        )

    def _early(self) -> str:
        if not self.plan.is_early(today()):
            return ""
        day = short_day(self.plan.first)
        return f"That is not until {day}, and every child shows the new year from now on. "

    def _agreed(self, yes: bool | None) -> None:
        if yes:
            app_of(self).attempt(self._write)

    def _write(self) -> None:
        proposal = roll_over_proposal(self.plan, self.register)
        with self.register.commit("Year-end roll-over") as commit:
            proposal.write(commit)
        app = self.app
        self.dismiss(None)
        say(app, f"The school year {self.plan.begins} has begun. u takes it back.")


def _from(row: _Line) -> str:
    line = row.line
    return "  ".join(part for part in (year_word(line.from_year), line.from_class) if part)


def _by_name(row: _Line) -> str:
    return row.line.name.casefold()


def _by_year(row: _Line) -> tuple[object, ...]:
    return year_rank(row.line.from_year), natural(row.line.from_class), _by_name(row)


class LineForm(Form[list[RollOverLine] | None]):
    """Changes what becomes of one child, or of several together.

    Args:
        register: The open register.
        lines: Their lines of the plan.
    """

    def __init__(self, register: Register, lines: list[RollOverLine]) -> None:
        self._lines = lines
        first = lines[0]
        choices = tuple((year, year_word(year)) for year in YEARS)
        fields = (
            Field("form", "leaves", "yes_no", required=False, about=About("Leaves the school")),
            Field(
                "form",
                "to_year",
                "choice",
                required=False,
                about=About("Year group", choices=choices),
            ),
            Field("form", "to_class", "line", required=False, about=About("Class")),
            Field(
                "form",
                "to_teacher",
                "record",
                required=False,
                about=About("Key teacher", of="staff"),
            ),
        )
        title = first.name if len(lines) == 1 else f"{len(lines)} pupils"
        super().__init__(
            title,
            [Section("", fields)],
            {
                "leaves": first.leaves,
                "to_year": first.to_year or None,
                "to_class": first.to_class or None,
                "to_teacher": first.to_teacher or None,
            },
            register=register,
            said="" if len(lines) == 1 else "Only what is changed here is changed for all of them.",
        )

    def save(self, values: dict[str, object]) -> None:
        """Give the lines what was changed."""
        changed: dict[str, object] = {
            name: (bool(value) if name == "leaves" else str(value or ""))
            for name, value in values.items()
            if len(self._lines) == 1 or self.rows[name].text != self.first_text(name)
        }
        self.finish([adjusted(line, **changed) for line in self._lines])
