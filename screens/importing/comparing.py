"""The register beside the school's own system: change these there, take these here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from screens.dialogs.ask import AskDialog
from screens.dialogs.choose import ChooseDialog, Option
from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.importing.task import ImportTask
from screens.importing.ticked import TickedPage
from screens.page import app_of
from screens.plain import line, say
from screens.widgets.columns import Cell, Column
from screens.widgets.spans import Span, SpanLine
from screens.widgets.tabs import Tabs
from screens.widgets.tick_list import TickList
from senreg.models.days import short_day

if TYPE_CHECKING:
    from datetime import date

    from screens.app import SenregApp
    from senreg.exchange.comparing import Comparison, Difference
    from senreg.exchange.import_parts import Applied

WHO = (
    Option("all", "Everyone on roll"),
    Option("some", "Some: a class, the SEN register, new starters"),
)
CALM = "Nothing is changed yet. The list you can save is for the office."


@dataclass(frozen=True, slots=True)
class CompareLine:
    """One line of the comparison.

    Args:
        id: What it is about, unlike any other of its tab.
        cells: The text of each column, with its tone.
        difference: What it shows, where it is a difference.
        taken: Whether it is to be taken here; None where there is nothing to take.
    """

    id: str
    cells: dict[str, Cell] = field(default_factory=dict)
    difference: Difference | None = None
    taken: bool | None = None


_FACTS = (
    ("name", "Name", 18, 30),
    ("what", "What", 12, 22),
    ("here", "Here", 12, 30),
    ("there", "There", 12, 44),
)
_WORDS = (("name", "Name", 18, 30), ("what", "", 30, 100))
_TABS: dict[str, tuple[str, tuple[tuple[str, str, int, int], ...], str]] = {
    "there": ("Change there", _FACTS, "The school's system has every status and need as you do."),
    "here": ("Take here", _FACTS, "Names, classes and the rest are the same in both."),
    "unknown": ("New there", _WORDS, "Nobody with needs in the file is missing here."),
    "absent": ("Not there", _WORDS, "Nobody on roll here is missing from the file."),
    "unsettled": ("Not compared", _WORDS, "Every row of the file could be compared."),
}
_SHORT = {
    "there": "Change",
    "here": "Take",
    "unknown": "New",
    "absent": "Missing",
    "unsettled": "Unclear",
}
"""Names of the parts where there is little room."""


def start_comparing(app: SenregApp, task: ImportTask) -> None:
    """Ask who is in the file, compare it, and show what differs."""

    def chosen(who: str | None) -> None:
        if who is not None:
            task.whole_roll = who == "all"
            work(app, "Comparing the file with the register", job, shown)

    def job(doing: Work) -> Comparison:
        from senreg.exchange.comparing import Comparison
        from senreg.register import Register

        assert isinstance(task.register, Register)
        doing.report(0, 0, "Comparing…")
        return Comparison(
            task.register, task.grid, task.header, task.file.name, whole_roll=task.whole_roll
        )

    def shown(compared: Comparison) -> None:
        app.push_screen(ComparePage(task, compared))

    app.push_screen(
        ChooseDialog(
            "Who is in this file?",
            WHO,
            now="all",
            said="If it is everyone, you are told who is missing from it.",
        ),
        chosen,
    )


class ComparePage(TickedPage):
    """What differs, by which side is to be changed.

    Args:
        task: The file.
        compared: The comparison.
    """

    PLACE = "compare"

    def __init__(self, task: ImportTask, compared: Comparison) -> None:
        super().__init__(TickList[CompareLine](_columns(_FACTS), markable=False, id="rows"))
        self.file_name = task.title
        self.compared = compared
        self.left: set[tuple[int, str]] = set()
        """Differences that are not to be taken here, by row and field."""
        self.tab = "there"
        self.tabs = Tabs(short=_SHORT, id="tabs")

    def sheet(self) -> ComposeResult:
        """The differences, part by part."""
        yield self.tabs
        yield self.rows

    def on_mount(self) -> None:
        """Begin at the first part in which there is anything."""
        self.named.show(
            Span("  Beside ", "muted"),
            Span(line(self.file_name), "strong"),
            Span(f"  {self.compared.alike:,} alike", "muted"),
        )
        self.told.show(Span(f"  {CALM}", "muted"))
        self.go_to_tab(next((each for each in _TABS if self._lines(each)), "there"))

    def go_to_tab(self, tab: str) -> None:
        """Show a part of the comparison."""
        self.tab = tab
        _, columns, empty = _TABS[tab]
        self.rows.columns = tuple(_columns(columns))
        self.rows.empty = empty
        self.rows.narrow(None)
        self.show()
        self.rows.action_edge(-1)
        self.rows.focus()

    def show(self) -> None:
        """Show the part as it stands now."""
        counts = [(each, title, len(self._lines(each)), "") for each, (title, *_) in _TABS.items()]
        self.tabs.show(counts, self.tab)
        self.rows.fill(iter(self._lines(self.tab)))

    def _lines(self, tab: str) -> list[CompareLine]:
        if tab in ("there", "here"):
            found = self.compared.there if tab == "there" else self.compared.here
            return [self._fact(each, takes=tab == "here") for each in found]
        return list(_others(self.compared, tab))

    def _fact(self, each: Difference, *, takes: bool) -> CompareLine:
        taken = (each.row, each.field) not in self.left if takes else None
        cells: dict[str, Cell] = {
            "name": each.name,
            "what": each.title,
            "here": (each.here, "muted" if takes else "strong"),
            "there": (each.there, "strong" if takes else "muted"),
        }
        return CompareLine(f"{each.row}/{each.field}", cells, each, taken)

    @on(SpanLine.Pressed, "#tabs")
    def _tab_pressed(self, event: SpanLine.Pressed) -> None:
        self.go_to_tab(event.press)

    def command_next_tab(self) -> None:
        """Go to the next part."""
        self.go_to_tab(self.tabs.beside(1))

    def command_previous_tab(self) -> None:
        """Go to the part before."""
        self.go_to_tab(self.tabs.beside(-1))

    @on(TickList.Ticked, "#rows")
    def _ticked(self, event: TickList.Ticked) -> None:
        each = next((each for each in self.rows.rows if each.id == event.record_id), None)
        if each is not None and each.difference is not None and each.taken is not None:
            self.left ^= {(each.difference.row, each.difference.field)}
            self.show()

    def command_look_closer(self) -> None:
        """The whole of what the highlighted line says."""
        each = self.rows.current
        if each is None:
            return
        words = [each.cells.get("what", "")]
        if each.difference is not None:
            words += [f"Here: {each.difference.here}", f"There: {each.difference.there}"]
        name = each.cells.get("name", "")
        said = "\n".join(word if isinstance(word, str) else word[0] for word in words)
        self.app.push_screen(MessageDialog(name if isinstance(name, str) else name[0], said))

    # What can be done

    def command_take_here(self) -> None:
        """Ask once more, then take what is ticked into the register."""
        register = self.compared.plan.register
        taken = [each for each in self.compared.here if (each.row, each.field) not in self.left]
        if not taken:
            say(self.app, "There is nothing to take here.")
        elif app_of(self).register is None or getattr(register, "read_only", False):
            say(self.app, "This register is open for reading only.", severity="warning")
        else:
            facts = "1 fact" if len(taken) == 1 else f"{len(taken):,} facts"
            self.app.push_screen(
                AskDialog(
                    f"Take {facts} into the register?",
                    "Statuses and needs stay as they are here. One undo takes all of it back.",
                    yes="Take them",
                    no="Look again",
                ),
                lambda yes: self._take(taken) if yes else None,
            )

    def _take(self, taken: Sequence[Difference]) -> None:
        def job(doing: Work) -> Applied:
            doing.report(0, 0, "Taking them into the register…")
            return self.compared.take(taken)

        work(app_of(self), "Taking them into the register", job, self._took)

    def _took(self, applied: Applied) -> None:
        pupils = applied.counts.changed
        self.dismiss()
        say(self.app, f"Taken: {'1 pupil' if pupils == 1 else f'{pupils:,} pupils'} changed.")

    def command_save_list(self) -> None:
        """Ask where the list for the office goes, and write it."""
        from screens.share.places import remember_folder, suggested

        app = app_of(self)
        until = self._until()
        if not self.compared.there:
            say(app, "There is nothing to change there, so there is no list to save.")
            return

        def chosen(path: Path | None) -> None:
            if path is not None:
                remember_folder(app, path)
                app.attempt(lambda: self._write_list(path))

        app.push_screen(
            PathDialog(
                "Where the list for the office goes",
                wants="new file",
                start=suggested(app, "change-there", ".csv", until),
                endings=(".csv",),
                said="Whoever has the file can read it; delete it when the office is done.",
                words="Write it here",
            ),
            chosen,
        )

    def _write_list(self, path: Path) -> None:
        from senreg.exchange.comparing_list import write_list

        register = app_of(self).register
        assert register is not None
        count = write_list(register, self.compared.there, path)
        said = "1 line" if count == 1 else f"{count:,} lines"
        kept = f"Delete it after {short_day(self._until())}: whoever has the file can read it."
        self.app.push_screen(MessageDialog("The list is written", f"{said}.\n{path}\n\n{kept}"))

    def _until(self) -> date:
        from senreg.clock import today
        from senreg.rules.out_of_date import delete_after

        register = app_of(self).register
        assert register is not None
        return delete_after(register, today())


def _others(compared: Comparison, tab: str) -> Iterator[CompareLine]:
    if tab == "unknown":
        for row in compared.unknown:
            told = ", ".join([row.read.status or "", *row.read.needs.values()]).strip(", ")
            yield CompareLine(str(row.number), {"name": row.name, "what": told})
    elif tab == "absent":
        for gone in compared.plan.absent:
            yield CompareLine(gone.pupil, {"name": gone.name, "what": gone.words})
    else:
        for each in compared.unsettled:
            cells: dict[str, Cell] = {"name": each.name, "what": (each.problem, "warn")}
            yield CompareLine(str(each.number), cells)


def _columns(columns: Sequence[tuple[str, str, int, int]]) -> list[Column[CompareLine]]:
    tick: list[Column[CompareLine]] = [Column("taken", "", _tick, width=1)]
    return tick + [
        Column(name, title, _cell(name), width=width, most=most)
        for name, title, width, most in columns
    ]


def _tick(each: CompareLine) -> Cell:
    if each.taken is None:
        return ""
    return ("☒", "heading") if each.taken else ("☐", "muted")


def _cell(name: str) -> Callable[[CompareLine], Cell]:
    return lambda each: each.cells.get(name, "")
