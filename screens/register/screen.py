"""The Register: every pupil in one list that narrows as you type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from screens.modes import made
from screens.page import Page, app_of
from screens.register.columns import columns
from screens.register.sifting import counted_rows, kept_rows, sorted_rows
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import CommandLine, Span
from senreg.clock import today
from senreg.register import Row
from senreg.rules.register_rows import PupilRow, register_rows

if TYPE_CHECKING:
    from screens.pupil.pane import PupilPane
    from screens.register.facets import FacetPanel
    from screens.register.view import View

EMPTY = (
    "There are no pupils yet. Press n, or click New below, to add one, or bring in a list "
    "from the school's own system: Ctrl+P, then “Import”."
)
WIDE = 130
"""Columns from which on a pane has room beside the list; the class -wide begins there."""

REST = 0.06
"""Seconds the cursor rests on a pupil before the pane shows it."""

NO_MATCH = "No pupil fits. Press Esc in the filter to see everyone again."


class ToolLine(CommandLine):
    """What the list is narrowed by, and how many pupils are shown and marked."""

    GROUND = "paper"

    def __init__(self) -> None:
        super().__init__(id="tools")
        self._words: list[Span] = []

    def show(self, words: list[Span]) -> None:
        """Show other words."""
        if words != self._words:
            self._words = words
            self.refresh()

    def spans(self, y: int, width: int) -> list[Span]:
        """The words it was given."""
        del y, width
        return self._words


class RegisterPage(Page):
    """Every pupil: filter, facets, order, marks, and the highlighted one beside the list."""

    PLACE = "register"
    MODE = "register"
    AUTO_FOCUS = "#pupils"

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[PupilRow] = []
        self._resting: Timer | None = None
        self._gone_to: tuple[str, View] | None = None
        self.pupils: RecordList[PupilRow] = RecordList(
            columns(),
            sort="name",
            empty=EMPTY,
            sorter=sorted_rows,
            id="pupils",
        )
        self.chosen: dict[str, set[str]] = {}
        """The chosen values of each facet."""
        self.facets: FacetPanel | None = None
        self.pane: PupilPane | None = None
        self.tools = ToolLine()

    def body(self) -> ComposeResult:
        """Filter and tools, then the list; facets and pane join it when they are first wanted."""
        with Side(id="bar"):
            yield FilterInput("/ to filter: name, class, UPN, need")
            yield self.tools
        with Side(id="sheets"):
            yield self.pupils

    # What is shown

    def refill(self) -> None:
        """Read every pupil again."""
        self._rows = register_rows(self.register, today())
        self.pupils.fill(self._rows)
        if self.facets is not None:
            self.facets.fill(counted_rows(self._rows))
        self._narrow()
        self._show_current()

    def on_resize(self, event: Resize) -> None:
        """Where there is room, show the highlighted pupil beside the list."""
        if event.size.width >= WIDE and self.pane is None and not self.has_class("-no-pane"):
            self.call_after_refresh(self._with_pane)

    async def _with_pane(self) -> None:
        if self.pane is None:
            self.pane = made("pupil.pane:PupilPane", id="pane")
            await self.query_one("#sheets").mount(self.pane)
            self._show_current()

    async def _with_facets(self) -> FacetPanel:
        if self.facets is None:
            self.facets = made("register.facets:FacetPanel", chosen=self.chosen, id="facets")
            await self.query_one("#sheets").mount(self.facets, before=self.pupils)
            self.facets.fill(counted_rows(self._rows))
        return self.facets

    @property
    def filter_text(self) -> str:
        """What is typed in the filter."""
        return self.query_one("#filter", Input).value

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        # Keys that wait already are answered by one refill, by the last of them.
        if event.value == self.filter_text:
            self._narrow()

    def on_facet_panel_chosen(self) -> None:
        """Other values are chosen in the facets."""
        self._narrow()

    def _narrow(self) -> None:
        self.pupils.narrow(
            kept_rows(self._rows, self.filter_text, self.chosen), NO_MATCH if self._rows else EMPTY
        )
        self._tell_tools()

    def _tell_tools(self) -> None:
        marked = len(self.pupils.marks)
        words = [Span(" Narrow by ▾ ", "heading", "narrow", "band"), Span(" ")]
        words += [Span(f" {self.view_name or 'Views'} ▾ ", "heading", "views", "band"), Span("  ")]
        words.append(Span(f"{len(self.pupils.rows)} of {self.pupils.total}", "muted"))
        if marked:
            words += [
                Span("  "),
                Span(f" {marked} marked: act ", "here", "act"),
                Span(" unmark ", "", "unmark"),
            ]
        if self.chosen and not self.view_name:
            from screens.register.facets import words_of
            from senreg.rules.register_filter import FACETS, facet_label

            narrowed = words_of(self.chosen, FACETS, facet_label)
            words += [Span("  "), Span(narrowed, "accent", "narrow")]
        self.tools.show(words)

    @on(RecordList.Marked)
    def _marked(self) -> None:
        self._tell_tools()

    @on(RecordList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down, only where it comes to rest is shown.
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._show_current)

    def _show_current(self) -> None:
        self._resting = None
        if self.pane is not None:
            self.pane.show(self.register, self.pupils.current_id)

    # Keys

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.set_focus(self.query_one("#filter", Input))

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self.pupils.focus()

    def command_back(self) -> None:
        """From the filter or the facets to the list; there, show everyone again."""
        filtering = self.query_one("#filter", Input)
        if self.facets is not None and self.focused is self.facets:
            self._leave_facets()
        elif filtering.value:
            filtering.value = ""
            self.pupils.focus()
        elif self.focused is not self.pupils:
            self.pupils.focus()
        elif self.chosen:
            self.choose({})

    def choose(self, chosen: Mapping[str, Iterable[str]]) -> None:
        """Narrow the list by these values and no others."""
        self.chosen.clear()
        self.chosen.update({facet: set(values) for facet, values in chosen.items() if values})
        if self.facets is not None:
            self.facets.fill(counted_rows(self._rows))
        self._narrow()

    async def command_narrow(self) -> None:
        """Show the facets and go there; from there, hide them and come back."""
        facets = await self._with_facets()
        if self.focused is facets:
            self._leave_facets()
        else:
            self.add_class("-facets")
            facets.focus()

    def _leave_facets(self) -> None:
        self.remove_class("-facets")
        self.pupils.focus()

    async def command_pane(self) -> None:
        """Show or hide the highlighted pupil beside the list."""
        shown = self.pane is not None and self.pane.display
        await self._with_pane()
        self.set_class(not shown, "-pane")
        self.set_class(shown, "-no-pane")

    def command_open(self) -> None:
        """Open the highlighted pupil."""
        self.pupils.action_open()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        from screens.opening import open_pupil

        open_pupil(app_of(self), event.record_id)

    def command_mark(self) -> None:
        """Mark the highlighted pupil."""
        self.pupils.action_mark()

    def command_mark_all(self) -> None:
        """Mark every pupil that is shown."""
        self.pupils.mark(row.id for row in self.pupils.rows)

    def command_unmark(self) -> None:
        """Take every mark away."""
        self.pupils.unmark()

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.choose import ChooseDialog, Option
        from senreg.rules.register_filter import COLUMNS

        options = [Option(column, title) for column, title in COLUMNS.items()]
        self.app.push_screen(
            ChooseDialog(
                "Sort by",
                options,
                now=self.pupils.sort,
                said="Choosing the same column again turns the order round.",
            ),
            lambda column: self.pupils.sort_by(column) if column else None,
        )

    def command_views(self) -> None:
        """Go to a saved view, or save this one."""
        from screens.register.views import choose_view

        choose_view(self)

    @property
    def view(self) -> View:
        """How the list is looked at now."""
        from screens.register.view import View

        return View(
            self.filter_text,
            {facet: sorted(values) for facet, values in self.chosen.items()},
            self.pupils.sort,
            self.pupils.backwards,
        )

    @property
    def view_name(self) -> str:
        """What the view is called that is looked at; empty once something else is kept in it."""
        if self._gone_to is None:
            return ""
        name, view = self._gone_to
        return name if self.view.keeps_like(view) else ""

    def look(self, view: View, name: str) -> None:
        """Look at the list in another way."""
        with self.prevent(Input.Changed):
            self.query_one("#filter", Input).value = view.text
        self._gone_to = (name, view)
        self.choose(view.facets)
        if (view.sort, view.backwards) != (self.pupils.sort, self.pupils.backwards):
            self.pupils.sort_by(view.sort, backwards=view.backwards)
        self.pupils.focus()

    # Acting on pupils

    def chosen_pupils(self) -> list[Row]:
        """The marked pupils, or the highlighted one."""
        found = [self.register.get(row.id) for row in self.pupils.marked_or_current()]
        return [row for row in found if row is not None]

    def command_act(self) -> None:
        """Ask what is to be done to the marked pupils."""
        from screens.register.acting import act

        act(self)

    def command_status(self) -> None:
        """Change the status of the marked pupils."""
        from screens.register.acting import change_status

        pupils = self.chosen_pupils()
        if pupils:
            change_status(self, pupils)

    def command_assign(self) -> None:
        """Place the marked pupils in a group."""
        from screens.register.acting import assign

        assign(self, self.chosen_pupils())

    def command_write_target(self) -> None:
        """Write a target for the marked pupils, or for the highlighted one."""
        from screens.targets.writing import write_target

        pupils = self.chosen_pupils()
        if pupils:
            write_target(app_of(self), [row.id for row in pupils])

    def command_rollover(self) -> None:
        """Move every pupil up a year."""
        from screens.register.rollover import start_rollover

        start_rollover(app_of(self), self.register)

    def command_archived(self) -> None:
        """Choose among the pupils who were put away; the page of one can bring it back."""
        from screens.register.away import choose_archived

        choose_archived(self)

    def command_print(self) -> None:
        """Make a class sheet and show it in the browser."""
        from screens.register.papers import choose_paper

        choose_paper(self)

    def command_new(self) -> None:
        """Add a pupil."""
        from screens.forms.record_form import RecordForm

        self.app.push_screen(RecordForm(self.register, "pupils"), self._added)

    def _added(self, pupil_id: str | None) -> None:
        if pupil_id is not None:
            self.follow()
            self.pupils.go_to(pupil_id)

    def command_edit(self) -> None:
        """Change the highlighted pupil's details."""
        from screens.forms.record_form import RecordForm

        row = self.register.get(self.pupils.current_id or "")
        if row is not None:
            self.app.push_screen(RecordForm(self.register, "pupils", row))
