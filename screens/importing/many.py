"""A folder of files, or every sheet of a workbook, brought in one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from screens.dialogs.ask import AskDialog
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.importing.start import begin, look_at_file
from screens.importing.task import ImportTask, task_of
from screens.importing.ticked import TickedPage
from screens.page import app_of
from screens.plain import line, say
from screens.share.places import usual_folder
from screens.share.tables import many_of
from screens.widgets.columns import Cell, Column
from screens.widgets.spans import Span, Text
from screens.widgets.tick_list import TickList
from senreg.exchange.many import bring_in, look_at_sheets, look_into
from senreg.exchange.many_found import Found, Part, Passed, tables_in_words

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.register import Register

CALM = "Nothing is in yet. Space takes or leaves; Enter brings one in by itself."


@dataclass(frozen=True, slots=True)
class ManyLine:
    """A sheet, or what is passed over, as the list shows it."""

    place: int
    part: Part | None = None
    passed: Passed | None = None

    @property
    def id(self) -> str:
        """Its place."""
        return str(self.place)


def start_folder(app: SenregApp) -> None:
    """Ask for a folder, look into it, and show what there is to bring in."""
    register = app.register
    if register is None:
        return
    if register.read_only:
        say(app, "This register is open for reading only.", severity="warning")
        return

    def chosen(folder: Path | None) -> None:
        if folder is None:
            return
        app.settings.last_folder = str(folder)
        app.settings.save()
        _look(
            app,
            register,
            folder.name,
            lambda doing: look_into(folder, register, tell=doing.report, cancelled=doing.stopped),
        )

    app.push_screen(
        PathDialog(
            "The folder with the files to bring in",
            wants="folder",
            start=usual_folder(app),
            said="Spreadsheets and transfer files; you see what they are before anything happens.",
            words="Look into it",
        ),
        chosen,
    )


def start_every_sheet(app: SenregApp, register: Register, path: Path, name: str) -> None:
    """Show every sheet of a workbook that is called like a table."""
    _look(app, register, name, lambda _: look_at_sheets(path, register))


def _look(app: SenregApp, register: Register, name: str, looking: Callable[[Work], Found]) -> None:
    def job(doing: Work) -> Found:
        found = looking(doing)
        bring_in(found, register, dry_run=True, tell=doing.report, cancelled=doing.stopped)
        doing.pause()
        return found

    work(
        app,
        "Looking at the files",
        job,
        lambda found: app.push_screen(ManyPage(register, name, found)),
    )


class ManyPage(TickedPage):
    """Every sheet with what it is and what becomes of it.

    Args:
        register: Where they go.
        name: The folder, or the workbook.
        found: What there is, looked at.
    """

    PLACE = "import_many"

    def __init__(self, register: Register, name: str, found: Found) -> None:
        super().__init__(
            TickList[ManyLine](
                [
                    Column("taken", "", _tick, width=1),
                    Column("file", "File", _file, width=18, most=44),
                    Column("table", "What they are", _table, width=13, most=28, rank=1),
                    Column("state", "What becomes of it", _state, width=36, most=90),
                ],
                markable=False,
                empty="There is nothing in it that could be brought in.",
                id="rows",
            )
        )
        self._into = register
        self._name = name
        self.found = found
        self._other = False
        """Other sheets are taken than when it was looked at."""

    def on_mount(self) -> None:
        """Show what was found."""
        self.show()

    def show(self) -> None:
        """Show the sheets as they stand."""
        self.named.show(Span("  Bring in ", "muted"), Span(line(self._name), "strong"))
        done = self.found.done or any(each.state == "stopped" for each in self.found.parts)
        if done:
            self.told.show(
                Span(f"  {self.found.words}  ", "good"),
                Span(" u takes the last sheet back ", "muted", "undo", "band"),
            )
        else:
            self.told.show(Span(f"  {CALM}", "muted"))
        self.rows.fill(self._lines())

    def _lines(self) -> Iterator[ManyLine]:
        for place, part in enumerate(self.found.parts):
            yield ManyLine(place, part=part)
        for place, passed in enumerate(self.found.passed, len(self.found.parts)):
            yield ManyLine(place, passed=passed)

    @on(Text.Pressed)
    async def _pressed(self, event: Text.Pressed) -> None:
        await app_of(self).action_run(event.press)

    # What a person says

    @on(TickList.Ticked, "#rows")
    def _ticked(self, event: TickList.Ticked) -> None:
        part = self.rows.rows[int(event.record_id)].part if self.rows.rows else None
        if part is not None and part.state != "done":
            part.wanted = not part.wanted
            part.state = "waiting"
            self._other = True
            self.show()

    def command_look_closer(self) -> None:
        """Bring the highlighted sheet in by itself, step by step; or say why it is passed over."""
        each = self.rows.current
        if each is None:
            return
        part = each.part
        if part is None:
            assert each.passed is not None
            self._look_at_passed(each.passed)
            return

        def job(doing: Work) -> ImportTask:
            from senreg.exchange.tabular import read_table_file

            doing.report(0, 0, "Reading the file…")
            file = read_table_file(part.path)
            return task_of(file, part.sheet, self._into, part.table, meant=part.table)

        app = app_of(self)
        work(app, "Looking at the file", job, lambda task: begin(app, task))

    def _look_at_passed(self, passed: Passed) -> None:
        path, app = passed.path, app_of(self)
        if path is None:
            app.push_screen(MessageDialog(passed.name, passed.why))
            return
        sheet = passed.sheet or None
        app.push_screen(
            AskDialog(
                passed.name,
                f"{passed.why} Brought in by itself, you say what its rows are and which column "
                "is what.",
                yes="Bring it in by itself",
                no="Leave it",
            ),
            lambda yes: look_at_file(app, path, self._into, sheet=sheet) if yes else None,
        )

    # Going on

    def command_go_on(self) -> None:
        """Ask once more, then bring in every sheet that is taken."""
        wanted = [part for part in self.found.parts if part.wanted and part.state != "done"]
        if not wanted:
            say(self.app, "There is nothing left to bring in.")
        elif self._other:
            self._look_again()
        else:
            self._ask(wanted)

    def _look_again(self) -> None:
        """What a sheet brings depends on those before it: look anew at those that are taken."""

        def job(doing: Work) -> Found:
            found = bring_in(
                self.found, self._into, dry_run=True, tell=doing.report, cancelled=doing.stopped
            )
            for part in found.parts if doing.stopped() else ():
                part.state = "waiting" if part.state == "stopped" else part.state
            doing.pause()
            return found

        def looked(_: Found) -> None:
            self._other = False
            self.show()
            self.command_go_on()

        work(app_of(self), "Looking at the files", job, looked)

    def _ask(self, wanted: Sequence[Part]) -> None:
        sheets = "1 sheet" if len(wanted) == 1 else f"{len(wanted)} sheets"
        self.app.push_screen(
            AskDialog(
                f"Bring in {sheets}?",
                f"New or changed: {tables_in_words(wanted) or 'nothing'}. Each sheet is one step, "
                "which one undo takes back. You can stop between two; what is done by then "
                "stays, and you are told what was not reached.",
                yes="Bring in",
                no="Look again",
            ),
            lambda yes: self._bring_in() if yes else None,
        )

    def _bring_in(self) -> None:
        def job(doing: Work) -> Found:
            return bring_in(self.found, self._into, tell=doing.report, cancelled=doing.stopped)

        work(app_of(self), "Bringing them in", job, lambda _: self.show())


def _tick(each: ManyLine) -> Cell:
    if each.part is None or each.part.state == "done":
        return ""
    return ("☒", "heading") if each.part.wanted else ("☐", "muted")


def _file(each: ManyLine) -> Cell:
    """The sheet first: where there is little room, it tells one from another."""
    if each.part is not None:
        return _sheet_first(each.part.sheet, each.part.name)
    if each.passed is None:
        return ""
    return _sheet_first(each.passed.sheet, each.passed.file), "muted"


def _sheet_first(sheet: str, file: str) -> str:
    return line(f"{sheet}, {file}" if sheet else file)


def _table(each: ManyLine) -> Cell:
    if each.part is None:
        return ""
    return f"{many_of(each.part.table)}{', by headings' if each.part.guessed else ''}"


def _state(each: ManyLine) -> Cell:
    part = each.part
    if part is None:
        return (f"– {line(each.passed.why)}" if each.passed else "", "muted")
    if part.refused:
        return f"! {line(part.refused)}", "bad"
    if part.state == "stopped":
        return "! stopped: nothing of it was brought in", "warn"
    if not part.wanted:
        return "– left out", "muted"
    words = _counts(part)
    if part.state == "done":
        return f"✓ {words}", "warn" if part.left_out or part.remarked else "good"
    return words, "warn" if part.left_out or part.remarked else ""


def _counts(part: Part) -> str:
    """What it brings, or brought, in a few words."""
    if part.plan is None:
        return ""
    counts = part.applied.counts if part.applied is not None else part.plan.counts
    told = (
        (counts.problems, "left out" if part.state == "done" else "left out as it stands"),
        (part.remarked, "to look at"),
        (part.typed, "typed here overwritten"),
        (counts.new, "new"),
        (counts.changed, "changed"),
        (counts.unchanged, "unchanged"),
    )
    return ", ".join(f"{number:,} {words}" for number, words in told if number)
