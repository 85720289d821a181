"""Conversations: who is to be seen, who was, and who is seen when."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.timer import Timer
from textual.widgets import Input

from screens.conversations.columns import calendar_columns, columns, weeks
from screens.conversations.deeds import Deeds
from screens.conversations.pane import ConversationPane
from screens.page import app_of
from screens.register.facets import FacetPanel, words_of
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import SectionList
from screens.widgets.spans import CommandText, Span, SpanLine
from screens.widgets.tabs import Tabs
from senreg.clock import today
from senreg.register import Row
from senreg.rules.conversation_rows import (
    COLUMNS,
    FACETS,
    VIEWS,
    Planner,
    Seen,
    TalkRow,
    calendar,
    in_view,
    planner,
    sort_rows,
    view_counts,
)
from senreg.rules.conversations import next_planned
from senreg.rules.facets import narrowed

EMPTY = (
    "Nobody is in the cohort yet, so there is nobody to plan for. Press y, or click Plan the year "
    "below: it puts everybody with SEN into the cohort, offers the days of each term, and shows "
    "all before it writes."
)
NO_PUPILS = "This register has no pupils yet. Begin on Today: press 1."
NO_MATCH = "No child fits. Esc shows all of this view again; ← and → go to the other views."
NOTHING_SEEN = "Nothing is planned or held this year. Press y to plan the year."
REST = 0.06
"""Seconds the cursor rests on a child before the pane shows what was agreed."""

ROOMY = 104
"""Cells from which every view has its place in the line of views."""

MOST_LOOKED_AT = ("cohort", "lacking", "missed", "summary", "calendar")
SHORT = {"lacking": "Not seen"}
"""Names of views where there is little room."""

MORE = "more"
"""Stands for the views for which there is no room."""

TONES = {"missed": "bad", "lacking": "warn", "summary": "warn", "handover": "warn"}
"""The tone of a view's name, where it has anybody."""


class ConversationsPage(Deeds):
    """The planner: one line a child with every part of the year; and the calendar by weeks."""

    PLACE = "conversations"
    MODE = "conversations"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#talks"

    def __init__(self) -> None:
        super().__init__()
        self.view = "cohort"
        self._planner = Planner((), 0, ())
        self._rows: list[TalkRow] = []
        self._resting: Timer | None = None
        self.talks: RecordList[TalkRow] = RecordList(
            [], sort="name", empty=EMPTY, sorter=sort_rows, id="talks"
        )
        self.calendar: SectionList[Seen] = SectionList(
            calendar_columns(), empty=NOTHING_SEEN, id="calendar"
        )
        self.tabs = Tabs(short=SHORT, id="views")
        self.tools = CommandText(id="tools")
        self.facets = FacetPanel(
            {facet.id: facet.title for facet in FACETS}, _facet_label, id="facets"
        )
        self.pane = ConversationPane(id="pane")

    def body(self) -> ComposeResult:
        """Filter, tools and views; then facets, list or calendar, and pane side by side."""
        with Side(id="bar"):
            yield FilterInput("/ to filter: name, class, key teacher")
            yield self.tools
        yield self.tabs
        with Side(id="sheets"):
            yield self.facets
            yield self.talks
            yield self.calendar
            yield self.pane

    # What is shown

    def refill(self) -> None:
        """Read the planner again."""
        self._planner = planner(self.register, self.register.school, today())
        self.talks.columns = tuple(columns(self._planner))
        self._rows = list(self._planner.rows)
        self._show_tabs()
        if self.view != "calendar":
            self._rows = list(filter(in_view(self.view, self.register.person), self._rows))
        self.talks.fill(self._rows)
        self.facets.fill({facet.id: facet.values(self._rows) for facet in FACETS})
        self._narrow()
        self._show_current()

    def _show_tabs(self) -> None:
        counts = view_counts(self._planner.rows, self.register.person)
        counts["calendar"] = sum(
            each.state != "none" for row in self._planner.rows for each in row.parts
        )
        most: tuple[str, ...] = MOST_LOOKED_AT
        if self.view not in most:
            most = ("cohort", "missed", self.view, "calendar")
        shown = VIEWS if self.size.width >= ROOMY else most
        tabs: list[tuple[str, str, int | None, str]] = [
            (view, title, counts[view], TONES.get(view, ""))
            for view, title in VIEWS.items()
            if view in shown
        ]
        if len(tabs) < len(VIEWS):
            tabs.append((MORE, "More ▾", None, ""))
        self.tabs.show(tabs, self.view)

    def on_resize(self, event: Resize) -> None:
        """Show more views where there is more room."""
        del event
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
        self.talks.narrow(lambda row: row.id in shown, self._nothing())
        self.set_class(self.view == "calendar", "-calendar")
        if self.view == "calendar":
            since = self._planner.parts[0].start.isoformat()
            seen = calendar(self.register, shown, today(), since)
            self.calendar.fill(list(weeks(seen, today())))
        self._tell_tools()

    def _nothing(self) -> str:
        """What to say where nothing is shown."""
        if not self.register.count("pupils"):
            return NO_PUPILS
        if not self._planner.rows:
            return EMPTY
        return NO_MATCH if self._rows else "Nobody is in this view. ← and → go to the others."

    def _tell_tools(self) -> None:
        marked = len(self.talks.marks)
        words = [Span(" Narrow by ▾ ", "heading", "narrow", "band"), Span("  ")]
        words.append(Span(f"{len(self.talks.rows)} of {self.talks.total}", "muted"))
        if marked:
            words += [
                Span("  "),
                Span(f" {marked} marked: plan the year ", "here", "plan_year"),
                Span(" unmark ", "", "unmark"),
            ]
        chosen = words_of(
            self.facets.chosen, {each.id: each.title for each in FACETS}, _facet_label
        )
        if chosen:
            words += [Span("  "), Span(chosen, "accent", "narrow")]
        self.tools.show(*words)

    @on(RecordList.Marked, "#talks")
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
        self.pane.show(self.register, self.current_pupil)

    # What is meant

    @property
    def seen_list(self) -> RecordList[TalkRow] | SectionList[Seen]:
        """The list that is seen: children, or the calendar."""
        return self.calendar if self.view == "calendar" else self.talks

    @property
    def current_pupil(self) -> Row | None:
        """The child that is highlighted."""
        if self.view == "calendar":
            seen = self.calendar.record
            return self.register.get(seen.pupil) if seen is not None else None
        return self.register.get(self.talks.current_id or "")

    @property
    def current_conversation(self) -> Row | None:
        """The one highlighted on the calendar; else that of this part of the year, or the next."""
        if self.view == "calendar":
            seen = self.calendar.record
            return self.register.get(seen.id) if seen is not None else None
        row = self.talks.current
        if row is None:
            return None
        if row.now.conversation:
            return self.register.get(row.now.conversation)
        return self.next_of(row.id)

    def next_of(self, pupil: str) -> Row | None:
        """The next conversation that is planned with a child's family."""
        found = next_planned(self.register.find("conversations", pupil=pupil), today())
        return self.register.get(found["id"]) if found is not None else None

    @property
    def meant(self) -> list[str]:
        """The marked children, or the highlighted one."""
        if self.view != "calendar":
            return [row.id for row in self.talks.marked_or_current()]
        pupil = self.current_pupil
        return [pupil.id] if pupil is not None else []

    @property
    def marked(self) -> list[str]:
        """The marked children."""
        return [row.id for row in self._planner.rows if row.id in self.talks.marks]

    @property
    def owed(self) -> str:
        """The conversation of the highlighted child whose summary is not given; empty for none."""
        row = self.talks.current
        return row.summary if row is not None and self.view != "calendar" else ""

    # Views and keys

    def look(self, view: str) -> None:
        """Look at the planner in another way."""
        self.view = view
        self.refill()
        self.call_after_refresh(self.seen_list.focus)

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
        views = list(VIEWS)
        self.look(views[(views.index(self.view) + by) % len(views)])

    def command_quick_views(self) -> None:
        """Choose a view by its name."""
        from screens.dialogs.choose import ChooseDialog, Option

        options = [Option(view, title) for view, title in VIEWS.items()]
        self.app.push_screen(
            ChooseDialog("Which children?", options, now=self.view),
            lambda view: self.look(view) if view else None,
        )

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.query_one("#filter", Input).focus()

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
        elif self.view != "cohort":
            self.look("cohort")

    def command_narrow(self) -> None:
        """Show the facets and go there; from there, hide them and come back."""
        if self.focused is self.facets:
            self.remove_class("-facets")
            self.seen_list.focus()
        else:
            self.add_class("-facets")
            self.facets.focus()

    def command_pane(self) -> None:
        """Show or hide what was agreed last time beside the list."""
        shown = self.pane.display
        self.set_class(not shown, "-pane")
        self.set_class(shown, "-no-pane")
        self.call_after_refresh(self._show_current)

    def command_mark(self) -> None:
        """Mark the highlighted child."""
        if self.view != "calendar":
            self.talks.action_mark()

    def command_unmark(self) -> None:
        """Take every mark away."""
        self.talks.unmark()

    def command_mark_all(self) -> None:
        """Mark every child that is shown."""
        self.talks.mark([row.id for row in self.talks.rows])

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.choose import ChooseDialog, Option

        options = [Option(each.id, each.title or COLUMNS[each.id]) for each in self.talks.columns]
        self.app.push_screen(
            ChooseDialog("Sort by", options, now=self.talks.sort),
            lambda column: self.talks.sort_by(column) if column else None,
        )

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self.command_open()

    def command_go_to_pupil(self) -> None:
        """Open the page of the child."""
        from screens.pupil.screen import PupilPage

        pupil = self.current_pupil
        if pupil is not None:
            app_of(self).push_screen(PupilPage(pupil.id, tab="conversations"))


def _facet_label(facet: str, value: str) -> str:
    return next(each for each in FACETS if each.id == facet).label(value)
