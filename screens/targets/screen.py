"""Targets: what every child is working towards, in one list that narrows as you type."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from screens.page import Page, app_of
from screens.plain import say
from screens.register.facets import FacetPanel, words_of
from screens.targets.columns import columns
from screens.targets.pane import TargetPane
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import CommandText, Span, SpanLine
from screens.widgets.tabs import Tabs
from senreg.clock import today
from senreg.register import Row
from senreg.rules.facets import narrowed
from senreg.rules.target_rows import (
    FACETS,
    VIEWS,
    WITH_CLOSED,
    TargetRow,
    in_view,
    sort_targets,
    target_rows,
    view_counts,
)

EMPTY = (
    "No child has a target yet. Press n, or click New below, to write one: choose "
    "the child, then an example from the bank, and fill in its blanks."
)
NO_MATCH = "No target fits. Esc shows all of this view again; ← and → go to the other views."
REST = 0.06
"""Seconds the cursor rests on a target before the pane shows it."""

ROOMY = 110
"""Cells from which every view has its place in the line of views."""

MOST_LOOKED_AT = ("open", "overdue", "due", "stuck", "mine", "closed")
"""The views that stand there where there is less."""

FACET = {facet.id: facet for facet in FACETS}
TONES = {"overdue": "bad", "due": "warn", "undated": "warn", "stuck": "warn"}
"""The tone of a view's name, where it has any target."""


class TargetsPage(Page):
    """Every target: quick views, filter, facets, order, marks, and the highlighted one beside."""

    PLACE = "targets"
    MODE = "targets"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#targets"

    def __init__(self) -> None:
        super().__init__()
        self.view = "open"
        self._rows: list[TargetRow] = []
        self._counts: dict[str, int] = {}
        self._resting: Timer | None = None
        self.targets: RecordList[TargetRow] = RecordList(
            columns(), sort="due", empty=EMPTY, sorter=sort_targets, id="targets"
        )
        self.tabs = Tabs(id="views")
        self.tools = CommandText(id="tools")
        self.facets = FacetPanel(
            {facet.id: facet.title for facet in FACETS}, _facet_label, id="facets"
        )
        self.pane = TargetPane(id="pane")

    def body(self) -> ComposeResult:
        """Filter, tools and views; then facets, list and pane side by side."""
        with Side(id="bar"):
            yield FilterInput("/ to filter: name, class, words of the target")
            yield self.tools
        yield self.tabs
        with Side(id="sheets"):
            yield self.facets
            yield self.targets
            yield self.pane

    # What is shown

    def refill(self) -> None:
        """Read the targets again; closed ones only where they are looked at."""
        self._rows = target_rows(self.register, today(), closed=self.view in WITH_CLOSED)
        counts = view_counts(self._rows, self.register.person)
        every = self.register.count("targets")
        counts |= {"closed": every - counts["open"], "all": every}
        self._counts = counts
        self._show_tabs()
        in_this = in_view(self.view, self.register.person)
        self._rows = [row for row in self._rows if in_this(row)]
        self.targets.fill(self._rows)
        self.facets.fill({facet.id: facet.values(self._rows) for facet in FACETS})
        self._narrow()
        self._show_current()

    def _show_tabs(self) -> None:
        """The views, where there is little room only those that are looked at most."""
        shown = VIEWS if self.size.width >= ROOMY else (*MOST_LOOKED_AT, self.view)
        self.tabs.show(
            [
                (view, title, self._counts[view], TONES.get(view, ""))
                for view, title in VIEWS.items()
                if view in shown
            ],
            self.view,
        )

    def on_resize(self, event: Resize) -> None:
        """Show more views where there is more room."""
        del event
        if self._counts:
            self._show_tabs()

    @property
    def filter_text(self) -> str:
        """What is typed in the filter."""
        return self.query_one("#filter", Input).value

    @on(Input.Changed, "#filter")
    def _typed(self, event: Input.Changed) -> None:
        # Keys that wait already are answered by one refill, by the last of them.
        if event.value == self.filter_text:
            self._narrow()

    @on(FacetPanel.Chosen)
    def _narrow(self) -> None:
        shown = {
            row.id for row in narrowed(self._rows, FACETS, self.facets.chosen, self.filter_text)
        }
        self.targets.narrow(lambda row: row.id in shown, self._nothing())
        self._tell_tools()

    def _nothing(self) -> str:
        """What to say where nothing is shown."""
        if not self.register.count("targets"):
            return EMPTY
        if self._rows:
            return NO_MATCH
        if self.view == "mine":
            return (
                "No open target is led by you. If you are not the person named at the top, "
                "choose who you are in Settings."
            )
        return "There is nothing in this view. ← and → go to the others."

    def _tell_tools(self) -> None:
        marked = len(self.targets.marks)
        words = [Span(" Narrow by ▾ ", "heading", "narrow", "band"), Span("  ")]
        words.append(Span(f"{len(self.targets.rows)} of {self.targets.total}", "muted"))
        if marked:
            words += [
                Span("  "),
                Span(f" {marked} marked: write a target ", "here", "new"),
                Span(" unmark ", "", "unmark"),
            ]
        chosen = words_of(self.facets.chosen, self._titles, _facet_label)
        if chosen:
            words += [Span("  "), Span(chosen, "accent", "narrow")]
        self.tools.show(*words)

    @property
    def _titles(self) -> dict[str, str]:
        return {facet.id: facet.title for facet in FACETS}

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
        self.pane.show(self.register, self.current_row)

    @property
    def current_row(self) -> Row | None:
        """The highlighted target."""
        return self.register.get(self.targets.current_id or "")

    # Views

    def look(self, view: str) -> None:
        """Look at the list in another way."""
        self.view = view
        self.refill()
        self.targets.focus()

    @on(SpanLine.Pressed, "#views")
    def _view_pressed(self, event: SpanLine.Pressed) -> None:
        self.look(event.press)

    def command_next_tab(self) -> None:
        """The view to the right."""
        self.look(self.tabs.beside(1))

    def command_previous_tab(self) -> None:
        """The view to the left."""
        self.look(self.tabs.beside(-1))

    def command_quick_views(self) -> None:
        """Choose a view by its name."""
        from screens.dialogs.choose import ChooseDialog, Option

        options = [Option(view, title) for view, title in VIEWS.items()]
        self.app.push_screen(
            ChooseDialog("Which targets?", options, now=self.view),
            lambda view: self.look(view) if view else None,
        )

    # Keys

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.query_one("#filter", Input).focus()

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self.targets.focus()

    def command_back(self) -> None:
        """From the filter or the facets to the list; there, show everything again."""
        filtering = self.query_one("#filter", Input)
        if self.focused is self.facets:
            self.command_narrow()
        elif filtering.value:
            filtering.value = ""
            self.targets.focus()
        elif self.focused is not self.targets:
            self.targets.focus()
        elif self.facets.chosen:
            self.facets.choose({})
        elif self.view != "open":
            self.look("open")

    def command_narrow(self) -> None:
        """Show the facets and go there; from there, hide them and come back."""
        if self.focused is self.facets:
            self.remove_class("-facets")
            self.targets.focus()
        else:
            self.add_class("-facets")
            self.facets.focus()

    def command_pane(self) -> None:
        """Show or hide the highlighted target beside the list."""
        shown = self.pane.display
        self.set_class(not shown, "-pane")
        self.set_class(shown, "-no-pane")
        self.call_after_refresh(self._show_current)

    def command_mark(self) -> None:
        """Mark the highlighted target."""
        self.targets.action_mark()

    def command_unmark(self) -> None:
        """Take every mark away."""
        self.targets.unmark()

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.targets)

    # Acting on targets

    def command_open(self) -> None:
        """Open the highlighted target."""
        self.targets.action_open()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        from screens.targets.page import TargetPage

        self.app.push_screen(TargetPage(event.record_id))

    def command_new(self) -> None:
        """Write a target: for the children of the marked targets, or for one that is chosen."""
        from screens.targets.writing import write_target

        marked = [row.pupil for row in self.targets.rows if row.id in self.targets.marks]
        current = self.targets.current
        near = current.pupil if current is not None else ""
        write_target(app_of(self), marked, self._written, near=near)

    def _written(self, target_id: str | None) -> None:
        if target_id is not None:
            self.targets.unmark()
            self.follow()
            if not self.targets.go_to(target_id):
                self.look("open")
                self.targets.go_to(target_id)

    def command_edit(self) -> None:
        """Change the highlighted target."""
        from screens.targets.writing import edit_target

        if self.current_row is not None:
            edit_target(app_of(self), self.current_row)

    def command_review(self) -> None:
        """Review the highlighted target, and go on to the next in the list."""
        from screens.targets.reviewing import review

        ids = [row.id for row in self.targets.rows]
        here = self.current_row
        if here is None:
            return
        after = ids[ids.index(here.id) + 1 :]

        def reviewed(review_id: str | None) -> None:
            if review_id is not None and after:
                self.follow()
                self.targets.go_to(after[0])

        review(app_of(self), here, reviewed)

    def command_go_to_pupil(self) -> None:
        """Open the page of the target's pupil."""
        from screens.opening import open_pupil

        row = self.current_row
        if row is not None and row["pupil"]:
            open_pupil(app_of(self), row["pupil"], row)

    def command_assign(self) -> None:
        """Place the children of the marked targets in a group that serves these."""
        from screens.assigning import assign

        rows = self.targets.marked_or_current()
        serves: dict[str, list[str]] = {}
        for row in rows:
            if row.pupil:
                serves.setdefault(row.pupil, []).append(row.id)
        assign(app_of(self), list(serves), serves=serves)

    def command_archive(self) -> None:
        """Put the marked targets away, or the highlighted one."""
        rows = self.targets.marked_or_current()
        if not rows:
            return
        with self.register.commit("Archive targets") as commit:
            for row in rows:
                commit.archive(row.id)
        what = "The target was" if len(rows) == 1 else f"{len(rows)} targets were"
        say(app_of(self), f"{what} put away. u brings it back.")

    def command_bank(self) -> None:
        """Open the bank of examples."""
        from screens.targets.bank import BankPage

        self.app.push_screen(BankPage())


def _facet_label(facet: str, value: str) -> str:
    return FACET[facet].label(value)
