"""A page of one list that views, a filter and facets narrow, with the highlighted row beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from screens.page import Page
from screens.register.facets import FacetPanel, words_of
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import CommandText, Span, SpanLine
from screens.widgets.tabs import Tab, Tabs
from senreg.rules.facets import Facet, Searchable, narrowed

MORE = "more"
"""Stands for the views for which there is no room."""

REST = 0.06
"""Seconds the cursor rests on a row before the pane shows it."""


class Seen(Searchable, Protocol):
    """A row that has an id."""

    @property
    def id(self) -> str:
        """The id of its record."""


class NarrowingPage(Page):
    """Filter, tools and views above; facets, list and pane side by side.

    A subclass names its views and facets and what it calls them, gives its `tabs`, `pane` and
    `listed`, and says what is shown in `show_narrowed` and `show_current`.
    """

    FIRST_VIEW: ClassVar[str]
    """The view to begin in, and to come back to."""
    VIEW_NAMES: ClassVar[Mapping[str, str]]
    WHICH: ClassVar[str]
    """The question above the choice of views."""
    FILTER: ClassVar[str]
    """What can be typed in the filter."""
    FACETS: ClassVar[Sequence[Facet[Any]]]
    ACT: ClassVar[tuple[str, str]]
    """What is done with marked rows: its words, and its command."""
    ROOMY: ClassVar[int] = 104
    """Cells from which every view has its place in the line of views."""

    tabs: Tabs
    pane: Widget
    listed: RecordList[Any]
    """The list that is narrowed."""

    def __init__(self) -> None:
        super().__init__()
        self.view = self.FIRST_VIEW
        self._rows: Sequence[Seen] = ()
        self._resting: Timer | None = None
        self._facets = {facet.id: facet for facet in self.FACETS}
        self._titles = {facet.id: facet.title for facet in self.FACETS}
        self.tools = CommandText(id="tools")
        self.facets = FacetPanel(self._titles, self._facet_label, id="facets")

    def body(self) -> ComposeResult:
        """Filter, tools and views; then facets, list and pane side by side."""
        with Side(id="bar"):
            yield FilterInput(self.FILTER)
            yield self.tools
        yield self.tabs
        with Side(id="sheets"):
            yield self.facets
            yield from self.lists()
            yield self.pane

    def lists(self) -> ComposeResult:
        """The list, and whatever may be seen in its place."""
        yield self.listed

    # What is shown

    def show_rows(self, rows: Sequence[Seen]) -> None:
        """Show these rows of the view, as far as they are not narrowed away."""
        self._rows = rows
        self.listed.fill(rows)
        self.facets.fill({facet.id: facet.values(rows) for facet in self.FACETS})
        self._narrow()
        self._rest()

    def show_narrowed(self, shown: set[str]) -> None:
        """Show the rows with these ids alone."""
        self.listed.narrow(lambda row: row.id in shown, self.nothing())

    def nothing(self) -> str:
        """What to say where nothing is shown."""
        raise NotImplementedError

    def show_current(self) -> None:
        """Show in the pane what is highlighted."""
        raise NotImplementedError

    def every_tab(self) -> Sequence[Tab]:
        """Each view as a tab, with its count and tone."""
        raise NotImplementedError

    def most_looked_at(self) -> Sequence[str]:
        """The views that stand above where there is little room."""
        raise NotImplementedError

    def show_tabs(self) -> None:
        """Show the views, where there is little room those that are looked at most."""
        tabs = list(self.every_tab())
        if self.size.width < self.ROOMY:
            shown = self.most_looked_at()
            tabs = [each for each in tabs if each[0] in shown]
            tabs.append((MORE, "More ▾", None, ""))
        self.tabs.show(tabs, self.view)

    def on_resize(self, event: Resize) -> None:
        """Show more views where there is more room."""
        del event
        if self._seen is not None:
            self.show_tabs()

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
        found = narrowed(self._rows, self.FACETS, self.facets.chosen, self.filter_text)
        self.show_narrowed({row.id for row in found})
        self._tell_tools()

    @on(RecordList.Marked)
    def _tell_tools(self) -> None:
        marked = len(self.listed.marks)
        words = [Span(" Narrow by ▾ ", "heading", "narrow", "band"), Span("  ")]
        words.append(Span(f"{len(self.listed.rows)} of {self.listed.total}", "muted"))
        if marked:
            what, command = self.ACT
            words += [
                Span("  "),
                Span(f" {marked} marked: {what} ", "here", command),
                Span(" unmark ", "", "unmark"),
            ]
        chosen = words_of(self.facets.chosen, self._titles, self._facet_label)
        if chosen:
            words += [Span("  "), Span(chosen, "accent", "narrow")]
        self.tools.show(*words)

    def _facet_label(self, facet: str, value: str) -> str:
        return self._facets[facet].label(value)

    @on(RecordList.Highlighted)
    def _highlighted(self) -> None:
        # While a key is held down, only where it comes to rest is shown.
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._rest)

    def _rest(self) -> None:
        self._resting = None
        self.show_current()

    # Views

    @property
    def seen_list(self) -> Widget:
        """The list that is seen."""
        return self.listed

    def look(self, view: str) -> None:
        """Look at the list in another way."""
        self.view = view
        self.refill()
        self.seen_list.focus()

    @on(SpanLine.Pressed, "#views")
    def _view_pressed(self, event: SpanLine.Pressed) -> None:
        if event.press == MORE:
            self.command_quick_views()
        else:
            self.look(event.press)

    def command_next_tab(self) -> None:
        """The view to the right."""
        self._step(1)

    def command_previous_tab(self) -> None:
        """The view to the left."""
        self._step(-1)

    def _step(self, by: int) -> None:
        """Go through every view, those for which there is no room above as well."""
        views = list(self.VIEW_NAMES)
        self.look(views[(views.index(self.view) + by) % len(views)])

    def command_quick_views(self) -> None:
        """Choose a view by its name."""
        from screens.dialogs.choose import ChooseDialog, Option

        options = [Option(view, title) for view, title in self.VIEW_NAMES.items()]
        self.app.push_screen(
            ChooseDialog(self.WHICH, options, now=self.view),
            lambda view: self.look(view) if view else None,
        )

    # Keys

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.set_focus(self.query_one("#filter", Input))

    @on(Input.Submitted, "#filter")
    def _to_list(self) -> None:
        self.seen_list.focus()

    def command_back(self) -> None:
        """From the filter or the facets to the list; there, show everything again."""
        filtering = self.query_one("#filter", Input)
        if self.focused is self.facets:
            self.command_narrow()
        elif filtering.value:
            filtering.value = ""
            self.seen_list.focus()
        elif self.focused is not self.seen_list:
            self.seen_list.focus()
        elif self.facets.chosen:
            self.facets.choose({})
        elif self.view != self.FIRST_VIEW:
            self.look(self.FIRST_VIEW)

    def command_narrow(self) -> None:
        """Show the facets and go there; from there, hide them and come back."""
        if self.focused is self.facets:
            self.remove_class("-facets")
            self.seen_list.focus()
        else:
            self.add_class("-facets")
            self.facets.focus()

    def command_pane(self) -> None:
        """Show or hide the pane beside the list."""
        shown = self.pane.display
        self.set_class(not shown, "-pane")
        self.set_class(shown, "-no-pane")
        self.call_after_refresh(self._rest)

    def command_mark(self) -> None:
        """Mark the highlighted row."""
        self.listed.action_mark()

    def command_unmark(self) -> None:
        """Take every mark away."""
        self.listed.unmark()
