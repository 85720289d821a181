"""The columns of the file: what each is taken for, and whoever says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.working import work
from screens.importing.frame import ImportPage
from screens.importing.start import choose_heading_row, choose_sheet
from screens.importing.task import ImportTask, task_of
from screens.plain import say
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span
from senreg.exchange.grid import column_letters
from senreg.exchange.headings import NOTE, SKIP
from senreg.exchange.headings import Column as FileColumn
from senreg.exchange.pupil_columns import names_pupils, place_column, pupil_targets

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan

KEPT_WORDS = "Keep it as a dated note"
LEFT_WORDS = "Leave it out"


@dataclass(frozen=True, slots=True)
class Line:
    """One column as the list shows it."""

    column: FileColumn
    examples: str

    @property
    def id(self) -> str:
        """The column's place."""
        return str(self.column.index)


class ImportColumns(ImportPage):
    """Every column with its heading, what stands in it, and what it comes in as."""

    PLACE = "import_columns"
    STEP = 0
    AUTO_FOCUS = "#columns"

    def __init__(self, task: ImportTask) -> None:
        super().__init__(task)
        self.columns: RecordList[Line] = RecordList(
            [
                Column("letter", "", _letter, width=2, rank=3),
                Column("heading", "Heading", lambda each: each.column.label, width=20, most=34),
                Column(
                    "examples",
                    "Such as",
                    lambda each: (each.examples, "muted"),
                    width=18,
                    most=48,
                    rank=1,
                ),
                Column("target", "Comes in as", _target, width=22, most=34),
                Column("how", "Because", _how, width=12, rank=2),
            ],
            markable=False,
            id="columns",
        )

    def sheet(self) -> ComposeResult:
        """The columns."""
        yield self.columns

    def on_mount(self) -> None:
        """Show what was recognised."""
        self.show()

    def show(self) -> None:
        """Show the columns as they are placed now."""
        header = self.import_task.header
        self.columns.fill(
            Line(each, self.import_task.examples(each.index))
            for each in header.columns
            if each.heading or self.import_task.examples(each.index)
        )
        below = self.import_task.rows_below
        rows = "row" if below == 1 else "rows"
        unknown = sum(each.how == "kept" for each in header.columns if each.heading)
        words = [Span(f"  Headings in row {header.number}, {below:,} {rows} below. ")]
        if not names_pupils(header):
            words.append(
                Span("! Say which column names the pupils: surname and forename, or UPN.", "warn")
            )
        elif self.import_task.known:
            words.append(Span("Placed as they were for such a file before.", "good"))
        elif unknown:
            words.append(Span(f"{unknown} not recognised: kept as a note.", "warn"))
        else:
            words.append(Span("Every column was recognised.", "good"))
        self.told.show(*words)

    # Placing columns

    @on(RecordList.Opened, "#columns")
    def _opened(self) -> None:
        self.command_take_for()

    def command_take_for(self) -> None:
        """Say what the highlighted column is."""
        line = self.columns.current
        if line is None:
            return
        taken = {each.target: each.label for each in self.import_task.header.columns}
        options = [
            Option(NOTE, KEPT_WORDS, "with each child, under its heading"),
            Option(SKIP, LEFT_WORDS),
            *(
                Option(target.name, target.title, f"now: {taken[target.name]}")
                if target.name in taken and taken[target.name] != line.column.label
                else Option(target.name, target.title, search=target.name)
                for target in pupil_targets().values()
            ),
        ]
        said = f"Such as {line.examples}" if line.examples else "The column is empty."
        self.app.push_screen(
            ChooseDialog(
                f"What is {line.column.label}?", options, now=line.column.target, said=said
            ),
            lambda target: self._place(line.column, target),
        )

    def _place(self, column: FileColumn, target: str | None) -> None:
        if target is not None:
            place_column(self.import_task.header, target, column.label)
            self.show()

    def command_keep_column(self) -> None:
        """Keep the highlighted column as a note."""
        if self.columns.current is not None:
            self._place(self.columns.current.column, NOTE)

    def command_skip_column(self) -> None:
        """Leave the highlighted column out."""
        if self.columns.current is not None:
            self._place(self.columns.current.column, SKIP)

    # Sheets and headings

    def command_heading_row(self) -> None:
        """Choose which row holds the headings."""
        task = self.import_task

        def chosen(place: int) -> None:
            self._go_on_with(task_of(task.file, task.sheet, task.register, place))

        choose_heading_row(self.senreg, task.grid, chosen, now=task.header.place)

    def command_other_sheet(self) -> None:
        """Choose another sheet of the workbook."""
        task = self.import_task
        if len(task.file.sheets) == 1:
            say(self.app, "This file has one sheet only.")
            return

        def chosen(sheet: str) -> None:
            work(
                self.senreg,
                "Looking at the sheet",
                lambda _: task_of(task.file, sheet, task.register),
                self._go_on_with,
            )

        choose_sheet(self.senreg, task.file, chosen, now=task.sheet)

    def _go_on_with(self, task: ImportTask) -> None:
        task.school = self.import_task.school
        self.import_task = task
        self.name_file()
        self.show()

    # Going on, and back

    @property
    def answers_given(self) -> bool:
        """Whether a person has placed a column."""
        return any(column.how == "chosen" for column in self.import_task.header.columns)

    def command_go_on(self) -> None:
        """Ask who is in the file, then make the preview."""
        if not names_pupils(self.import_task.header):
            say(
                self.app,
                "Say first which column names the pupils: their surname and forename, their "
                "whole name, or their UPN.",
                severity="warning",
            )
        elif self.import_task.register.all("pupils"):
            self._ask_who()
        else:
            self._plan(whole_roll=False)

    def _ask_who(self) -> None:
        options = (
            Option("all", "Everyone on roll"),
            Option("some", "Some: a class, the SEN register, new starters"),
        )
        self.app.push_screen(
            ChooseDialog(
                "Who is in this file?",
                options,
                now="all" if self.import_task.whole_roll else "some",
                said="If it is everyone, you are asked about each child who is missing from it: "
                "left, or still here? If it is some, nobody else is touched.",
            ),
            self._plan_for,
        )

    def _plan_for(self, who: str | None) -> None:
        if who is not None:
            self._plan(whole_roll=who == "all")

    def _plan(self, *, whole_roll: bool) -> None:
        self.import_task.whole_roll = whole_roll
        work(self.senreg, "Comparing the file with the register", self.import_task.plan, self._look)

    def _look(self, plan: ImportPlan) -> None:
        from screens.importing.preview import ImportPreview

        self.app.push_screen(ImportPreview(self.import_task, plan))


def _letter(each: Line) -> tuple[str, str]:
    return column_letters(each.column.index), "muted"


def _target(each: Line) -> tuple[str, str]:
    target = each.column.target
    if target == NOTE:
        known = each.column.how != "kept"
        return ("◆ a dated note", "info") if known else ("? a dated note", "warn")
    if target == SKIP:
        return "– left out", "muted"
    return f"✓ {pupil_targets()[target].title}", "good"


_HOW = {
    "chosen": ("you say so", "strong"),
    "remembered": ("as last time", ""),
    "recognised": ("recognised", "muted"),
    "kept": ("? not known", "warn"),
}


def _how(each: Line) -> tuple[str, str]:
    return _HOW[each.column.how]
