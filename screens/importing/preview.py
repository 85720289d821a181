"""The preview of an import: every row of the file in one place, and what a person says of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from screens.dialogs.ask import AskDialog
from screens.dialogs.working import Work, work
from screens.importing import closer
from screens.importing.frame import ImportPage
from screens.importing.lines import (
    SHORT,
    AnyPlan,
    PreviewLine,
    PreviewTab,
    columns_of,
    counts_of,
    remarked_words,
    tabs_of,
    typed_words,
)
from screens.importing.task import ImportTask
from screens.plain import line, say
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, SpanLine
from screens.widgets.story import Story
from screens.widgets.tabs import Tabs
from screens.widgets.tick_list import TickList
from senreg.exchange.import_parts import Applied
from senreg.exchange.import_words import sessions_in_words
from senreg.exchange.pupils_import import ImportPlan
from senreg.exchange.records_import import RecordsPlan
from senreg.register import Register

if TYPE_CHECKING:
    from senreg.vault import Seal

NOT_YET = "Nothing is brought in yet. Space takes or leaves; Enter looks closer."


class ImportPreview(ImportPage):
    """New, changed, unchanged, absent and problems, each to be looked at and decided.

    Args:
        task: The import.
        plan: What it would do.
    """

    PLACE = "import_preview"
    STEP = 1
    AUTO_FOCUS = "#rows"

    def __init__(self, task: ImportTask, plan: AnyPlan) -> None:
        super().__init__(task)
        self.plan = plan
        self.tabs = Tabs(short=SHORT, id="tabs")
        self.tab = tabs_of(plan)[0]
        self.rows: TickList[PreviewLine] = TickList(columns_of(self.tab), markable=False, id="rows")
        self.pane = Story(cursor=False, id="closer")
        self._answered = False

    def sheet(self) -> ComposeResult:
        """The tabs over the rows, and the highlighted row beside them."""
        with Vertical():
            yield self.tabs
            yield self.rows
        yield self.pane

    def on_mount(self) -> None:
        """Begin at the first part in which there is anything."""
        counts = counts_of(self.plan)
        tabs = tabs_of(self.plan)
        self.go_to_tab(next((tab for tab in tabs if counts[tab.id]), tabs[0]))

    # What is shown

    def go_to_tab(self, tab: PreviewTab) -> None:
        """Show a part of the preview."""
        self.tab = tab
        self.rows.columns = tuple(columns_of(tab))
        self.rows.empty = tab.empty
        self.rows.narrow(None)
        self.show()
        self.rows.action_edge(-1)
        self.rows.focus()

    def show(self) -> None:
        """Show the plan as it stands now."""
        counts = counts_of(self.plan)
        tabs = tabs_of(self.plan)
        self.tabs.show([(tab.id, tab.title, counts[tab.id], tab.tone) for tab in tabs], self.tab.id)
        self.rows.fill(self.tab.lines(self.plan))
        staff, typed = self.plan.new_staff, typed_words(self.plan)
        alarm = [Span(f"  ! {typed} Space leaves it.", "warn")] if typed else []
        if remarked := remarked_words(self.plan):
            alarm.append(Span(f"  ! {remarked}", "warn"))
        if staff:
            names = ", ".join(line(each.name) for each in staff)
            more = "One member" if len(staff) == 1 else f"{len(staff)} members"
            self.told.show(*alarm, Span(f"  {more} of staff will be added, too: {names}", "muted"))
        elif sessions := sessions_in_words(len(self.plan.new_sessions), made=False):
            self.told.show(*alarm, Span(f"  {sessions}", "muted"))
        else:
            self.told.show(*(alarm or [Span(f"  {NOT_YET}", "muted")]))
        self._show_closer()

    def _show_closer(self) -> None:
        if self.pane.display:
            self.pane.fill(closer.entries(self.rows.current))

    @on(RecordList.Highlighted, "#rows")
    def _highlighted(self, event: RecordList.Highlighted) -> None:
        if not isinstance(event, RecordList.Opened):
            self._show_closer()

    @on(SpanLine.Pressed, "#tabs")
    def _tab_pressed(self, event: SpanLine.Pressed) -> None:
        self.go_to_tab(next(tab for tab in tabs_of(self.plan) if tab.id == event.press))

    def command_next_tab(self) -> None:
        """Go to the next part."""
        self._step(1)

    def command_previous_tab(self) -> None:
        """Go to the part before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        wanted = self.tabs.beside(by)
        self.go_to_tab(next(tab for tab in tabs_of(self.plan) if tab.id == wanted))

    # What a person says

    @property
    def answers_given(self) -> bool:
        """Whether anything was decided here."""
        return self._answered

    def decided(self) -> None:
        """Something was said about a row: show what follows from it."""
        self._answered = True
        self.show()

    @on(TickList.Ticked, "#rows")
    def _ticked(self, event: TickList.Ticked) -> None:
        each = next((each for each in self.rows.rows if each.id == event.record_id), None)
        if each is not None and each.taken is not None:
            self.senreg.attempt(lambda: self._turn(each))
            self.decided()

    def command_tick(self) -> None:
        """Take what is highlighted, or leave it."""
        self.rows.action_mark()

    def _turn(self, each: PreviewLine) -> None:
        if each.row is None:
            if isinstance(self.plan, ImportPlan):
                self.plan.mark_left(each.id, left=not each.taken)
        elif each.change is not None:
            self.plan.take(each.row.number, each.change.field, taken=not each.taken)
        else:
            self.plan.leave_out(each.row.number, out=bool(each.taken))

    def command_leave_row(self) -> None:
        """Leave the highlighted row out, or bring it in after all."""
        each = self.rows.current
        if each is None or each.row is None or each.row.spoilt:
            return
        out = self.tab.id != "problems"
        number = each.row.number
        self.senreg.attempt(lambda: self.plan.leave_out(number, out=out))
        self.decided()

    @on(RecordList.Opened, "#rows")
    def _opened(self) -> None:
        self.command_look_closer()

    def command_look_closer(self) -> None:
        """Everything about the highlighted row, and what there is to answer about it."""
        each = self.rows.current
        if each is not None:
            closer.look(self.senreg, self.plan, each, self.decided)

    # Going on

    def command_go_on(self) -> None:
        """Ask once more, then bring in what the preview shows."""
        if self._outdated():
            return
        left = sum(1 for each in self.plan.absent if each.left_on)
        counts = self.plan.counts
        if not (counts.new or counts.changed or left):
            say(self.app, "There is nothing to bring in: the register says it all already.")
            return
        words = [f"{counts.new:,} new, {counts.changed:,} changed."]
        if typed := typed_words(self.plan):
            words.append(typed)
        if remarked := remarked_words(self.plan):
            words.append(remarked)
        if sessions := sessions_in_words(len(self.plan.new_sessions), made=False):
            words.append(sessions)
        if left:
            words.append(f"{left:,} marked as left.")
        if counts.problems:
            rows = "row of the file is" if counts.problems == 1 else "rows of the file are"
            words.append(f"{counts.problems:,} {rows} left out.")
        asking = counts_of(self.plan)["settle"]
        if asking:
            words.append(f"{asking:,} of them wait under “To settle”.")
        words.append("One undo takes all of it back.")
        self.app.push_screen(
            AskDialog("Bring them in?", " ".join(words), yes="Bring in", no="Look again"),
            self._answered_yes,
        )

    def _answered_yes(self, yes: bool | None) -> None:
        if not yes:
            return
        if isinstance(self.import_task.register, Register):
            self._write()
        else:
            self._ask_where()

    def _outdated(self) -> bool:
        """Whether the register was changed meanwhile; then a new preview is offered."""
        register = self.import_task.register
        if not isinstance(register, Register) or register.version == self.plan.version:
            return False

        def again(yes: bool | None) -> None:
            if yes:
                work(self.senreg, "Comparing again", self.import_task.plan, self._renewed)

        self.app.push_screen(
            AskDialog(
                "The register was changed since this preview was made",
                "A new preview is needed; what you decided here is to be decided again.",
                yes="Make a new preview",
                no="Look at this one",
            ),
            again,
        )
        return True

    def _renewed(self, plan: AnyPlan) -> None:
        self.plan = plan
        self._answered = False
        self.show()

    def _write(self) -> None:
        from screens.importing.done import show_done
        from screens.importing.records_done import applied_to, show_records_done

        app, plan = self.senreg, self.plan
        if isinstance(plan, RecordsPlan):
            work(
                app,
                "Bringing them in",
                lambda doing: applied_to(plan, doing),
                lambda done: show_records_done(app, plan.table, *done),
            )
            return

        def job(doing: Work) -> Applied:
            return plan.apply(doing.report, doing.stopped)

        work(app, "Bringing the pupils in", job, lambda applied: show_done(app, applied))

    def _ask_where(self) -> None:
        from screens.welcome.coming import ask_protection, ask_where

        def chosen(folder: Path) -> None:
            school = self.import_task.school
            ask_protection(
                self.senreg, folder, school, lambda seal: self._start_register(folder, seal)
            )

        ask_where(self.senreg, chosen)

    def _start_register(self, folder: Path, seal: Seal | None) -> None:
        from screens.importing.done import show_started
        from senreg import vault
        from senreg.exchange.starting import start_register

        school, plan, app = self.import_task.school, self.plan, self.senreg
        assert isinstance(plan, ImportPlan), "a register begins with its pupils"

        def job(doing: Work) -> tuple[Register, Applied]:
            applied = start_register(
                folder, school, plan, seal=seal, progress=doing.report, cancelled=doing.stopped
            )
            keys = vault.unlock(folder, seal.passphrase) if seal is not None else None
            return Register.open(folder, unlock=keys), applied

        work(app, "Making the register", job, lambda made: show_started(app, *made))
