"""The columns of the file: what each is taken for, and whoever says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.working import work
from screens.importing.for_every import ask_for_every
from screens.importing.frame import ImportPage
from screens.importing.start import ask_table, choose_heading_row, choose_sheet, no_headings
from screens.importing.task import ImportTask, NoHeadings, looked_at, task_of
from screens.plain import say
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.exchange.grid import column_letters
from senreg.exchange.headings import NOTE, SKIP
from senreg.exchange.headings import Column as FileColumn
from senreg.register import Register
from senreg.rules.nouns import NOUNS

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan

KEPT_WORDS = "Keep it as a dated note"
LEFT_WORDS = "Leave it out"


@dataclass(frozen=True, slots=True)
class Line:
    """One column as the list shows it; or, with `every`, a field that is the same in every row."""

    column: FileColumn
    examples: str
    every: str = ""

    @property
    def id(self) -> str:
        """The column's place, or the field."""
        return self.every or str(self.column.index)


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
                Column("target", "Comes in as", self._target, width=22, most=34),
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
        lines = [
            Line(each, self.import_task.examples(each.index))
            for each in header.columns
            if each.heading or self.import_task.examples(each.index)
        ]
        for name, value in self.import_task.taken.every.items():
            said = FileColumn(-1, "Every row", "Every row", name, "chosen")
            lines.append(Line(said, value, every=name))
        self.columns.fill(lines)
        task, below = self.import_task, self.import_task.rows_below
        rows = "row" if below == 1 else "rows"
        unknown = sum(each.how == "kept" for each in header.columns if each.heading)
        words = [
            Span("  "),
            Span(f" {NOUNS[task.taken.table][1].capitalize()} ", "heading", "other_table", "band"),
            Span(f"  Headings in row {header.number}, {below:,} {rows} below. "),
        ]
        if not task.taken.suffices:
            words.append(Span(f"! Wanting: {task.taken.wanting}. ", "warn"))
            if not task.about_pupils:
                words.append(Span(" a For every row ", "muted", "for_every_row", "band"))
        elif task.taken.known:
            words.append(Span("Placed as for such a file before.", "good"))
        elif task.rivals:
            words.append(Span(f"! Or {NOUNS[task.rivals[0]][1]}? o says it.", "warn"))
        elif unknown:
            kept = "kept as a note" if task.taken.kind.keeps_notes else "left out"
            words.append(Span(f"{unknown} not recognised: {kept}.", "warn"))
        elif task.guessed:
            words.append(Span("Guessed: o corrects.", "info"))
        else:
            words.append(Span("Every column was recognised.", "good"))
        self.told.show(*words)

    @on(Text.Pressed, "#told")
    async def _told_pressed(self, event: Text.Pressed) -> None:
        await self.senreg.action_run(event.press)

    def _target(self, each: Line) -> tuple[str, str]:
        target, known = each.column.target, each.column.how != "kept"
        kind = self.import_task.taken.kind
        if target in kind.titles:
            return f"✓ {kind.titles[target]}", "good"
        if kind.keeps_notes and target != SKIP:
            return ("◆ a dated note", "info") if known else ("? a dated note", "warn")
        return ("– left out", "muted") if known else ("? left out", "warn")

    # Placing columns

    @on(RecordList.Opened, "#columns")
    def _opened(self) -> None:
        self.command_take_for()

    def command_take_for(self) -> None:
        """Say what the highlighted column is."""
        line = self.columns.current
        if line is None:
            return
        if line.every:
            ask_for_every(self.senreg, self.import_task.taken, self.show, name=line.every)
            return
        taken = {each.target: each.label for each in self.import_task.header.columns}
        kind = self.import_task.taken.kind
        note = Option(NOTE, KEPT_WORDS, "with each child, under its heading")
        options = [
            *([note] if kind.keeps_notes else []),
            Option(SKIP, LEFT_WORDS),
            *(
                Option(name, title, f"now: {taken[name]}")
                if name in taken and taken[name] != line.column.label
                else Option(name, title, search=name)
                for name, title in kind.titles.items()
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
        if target is not None and column.index >= 0:
            self.import_task.taken.place(target, column.label)
            self.show()

    def command_keep_column(self) -> None:
        """Keep the highlighted column as a note."""
        if not self.import_task.taken.kind.keeps_notes:
            say(self.app, "Only beside pupils can a column be kept as a note. x leaves it out.")
        elif self.columns.current is not None:
            self._place(self.columns.current.column, NOTE)

    def command_skip_column(self) -> None:
        """Leave the highlighted column out."""
        here = self.columns.current
        if here is not None and here.every:
            self.import_task.taken.every.pop(here.every, None)
            self.show()
        elif here is not None:
            self._place(here.column, SKIP)

    # Sheets and headings

    def command_heading_row(self) -> None:
        """Choose which row holds the headings."""
        task = self.import_task

        def chosen(place: int) -> None:
            self._go_on_with(self._again(task.taken.sheet, place))

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
                lambda _: self._again(sheet),
                self._go_on_with,
            )

        choose_sheet(self.senreg, task.file, chosen, now=task.taken.sheet)

    def _again(self, sheet: str, place: int | None = None) -> ImportTask:
        from senreg.exchange.taking import PUPILS, table_meant

        task = self.import_task
        table = task.taken.table
        if sheet != task.taken.sheet and isinstance(task.register, Register):
            meant = table_meant(task.file, task.register, sheet)
            table = table if meant == PUPILS else meant
        else:
            meant = task.taken.meant
        again = task_of(task.file, sheet, task.register, table, place=place, meant=meant)
        if table == task.taken.table:
            again.taken.every = task.taken.every
        return again

    # What the rows are

    def command_other_table(self) -> None:
        """Say what the rows of the file are."""
        task = self.import_task
        if not isinstance(task.register, Register):
            say(self.app, "A register begins with its pupils; the rest comes in afterwards.")
            return

        def chosen(table: str) -> None:
            work(
                self.senreg,
                "Looking at the file",
                lambda _: looked_at(task.file, task.register, table),
                took,
            )

        def took(found: ImportTask | NoHeadings) -> None:
            if isinstance(found, NoHeadings):
                no_headings(self.senreg, found, task.register, self._go_on_with)
            else:
                self._go_on_with(found)

        ask_table(self.senreg, chosen, now=task.taken.table)

    def command_every_sheet(self) -> None:
        """Bring in every sheet of the workbook that is called like a table."""
        from screens.importing.many import start_every_sheet

        register, file = self.import_task.register, self.import_task.file
        if len(file.sheets) == 1 or not isinstance(register, Register):
            say(self.app, "This file has one sheet only.")
        else:
            start_every_sheet(self.senreg, register, file.path, file.name)

    def command_template(self) -> None:
        """Write an empty workbook for such rows."""
        from screens.share.templates import ask_template

        ask_template(self.senreg, self.import_task.taken.table)

    def command_for_every_row(self) -> None:
        """Say what holds for each row that has no word of its own for it."""
        task = self.import_task
        if task.about_pupils:
            say(self.app, "What holds for every row can be said of other rows than pupils.")
        else:
            ask_for_every(self.senreg, task.taken, self.show)

    def _go_on_with(self, task: ImportTask) -> None:
        task.school = self.import_task.school
        self.import_task = task
        self.name_file()
        self.show()

    # Going on, and back

    @property
    def answers_given(self) -> bool:
        """Whether a person has placed a column."""
        taken = self.import_task.taken
        return bool(taken.every) or any(each.how == "chosen" for each in taken.header.columns)

    def command_go_on(self) -> None:
        """Ask who is in the file, then make the preview."""
        if not self.import_task.taken.suffices:
            say(self.app, _wanted(self.import_task), severity="warning")
        elif self.import_task.about_pupils and self.import_task.register.all("pupils"):
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

    def _look(self, plan: ImportPlan | RecordsPlan) -> None:
        from screens.importing.preview import ImportPreview

        self.app.push_screen(ImportPreview(self.import_task, plan))


def _letter(each: Line) -> tuple[str, str]:
    return "" if each.every else column_letters(each.column.index), "muted"


def _wanted(task: ImportTask) -> str:
    """What has to be said before the rows can be compared."""
    if task.about_pupils:
        return (
            "Say first which column names the pupils: their surname and forename, their whole "
            "name, or their UPN."
        )
    return f"Say first {task.taken.wanting}: which column, or what holds for every row."


_HOW = {
    "chosen": ("you say so", "strong"),
    "remembered": ("as last time", ""),
    "recognised": ("recognised", "muted"),
    "kept": ("? not known", "warn"),
}


def _how(each: Line) -> tuple[str, str]:
    return _HOW[each.column.how]
