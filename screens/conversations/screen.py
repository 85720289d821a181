"""Conversations: who is to be seen, who was, and who is seen when."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.conversations.columns import calendar_columns, columns, weeks
from screens.conversations.deeds import Deeds
from screens.conversations.pane import ConversationPane
from screens.page import app_of
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import SectionList
from screens.widgets.tabs import Tab, Tabs
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

EMPTY = (
    "Nobody is in the cohort yet, so there is nobody to plan for. Press y, or click Plan the year "
    "below: it puts everybody with SEN into the cohort, offers the days of each term, and shows "
    "all before it writes."
)
NO_PUPILS = "This register has no pupils yet. Begin on Today: press 1."
NO_MATCH = "No child fits. Esc shows all of this view again; ← and → go to the other views."
NOTHING_SEEN = "Nothing is planned or held this year. Press y to plan the year."
MOST_LOOKED_AT = ("cohort", "lacking", "missed", "summary", "calendar")
SHORT = {"lacking": "Not seen"}
"""Names of views where there is little room."""

TONES = {"missed": "bad", "lacking": "warn", "summary": "warn", "handover": "warn"}
"""The tone of a view's name, where it has anybody."""


class ConversationsPage(Deeds):
    """The planner: one line a child with every part of the year; and the calendar by weeks."""

    PLACE = "conversations"
    MODE = "conversations"
    CSS_PATH = ["../narrowing.tcss", "screen.tcss"]
    AUTO_FOCUS = "#talks"

    FIRST_VIEW = "cohort"
    VIEW_NAMES = VIEWS
    WHICH = "Which children?"
    FILTER = "/ to filter: name, class, key teacher"
    FACETS = FACETS
    ACT = ("plan the year", "plan_year")

    def __init__(self) -> None:
        super().__init__()
        self._planner = Planner((), 0, ())
        self.talks: RecordList[TalkRow] = RecordList(
            [], sort="name", empty=EMPTY, sorter=sort_rows, id="talks"
        )
        self.listed = self.talks
        self.calendar: SectionList[Seen] = SectionList(
            calendar_columns(), empty=NOTHING_SEEN, id="calendar"
        )
        self.tabs = Tabs(short=SHORT, id="views")
        self.pane: ConversationPane = ConversationPane(id="pane")

    def lists(self) -> ComposeResult:
        """The children, and the calendar in their place."""
        yield self.talks
        yield self.calendar

    # What is shown

    def refill(self) -> None:
        """Read the planner again."""
        self._planner = planner(self.register, self.register.school, today())
        self.talks.columns = tuple(columns(self._planner))
        rows = list(self._planner.rows)
        self.show_tabs()
        if self.view != "calendar":
            rows = list(filter(in_view(self.view, self.register.person), rows))
        self.show_rows(rows)

    def every_tab(self) -> list[Tab]:
        """Each view, with how many children it has; the calendar, with how many conversations."""
        counts = view_counts(self._planner.rows, self.register.person)
        counts["calendar"] = sum(
            each.state != "none" for row in self._planner.rows for each in row.parts
        )
        return [(view, title, counts[view], TONES.get(view, "")) for view, title in VIEWS.items()]

    def most_looked_at(self) -> tuple[str, ...]:
        """The views that stand above where there is little room."""
        if self.view in MOST_LOOKED_AT:
            return MOST_LOOKED_AT
        return ("cohort", "missed", self.view, "calendar")

    def show_narrowed(self, shown: set[str]) -> None:
        """Show these children alone, or what is planned with them."""
        super().show_narrowed(shown)
        self.set_class(self.view == "calendar", "-calendar")
        if self.view == "calendar":
            since = self._planner.parts[0].start.isoformat()
            seen = calendar(self.register, shown, today(), since)
            self.calendar.fill(list(weeks(seen, today())))

    def nothing(self) -> str:
        """What to say where nothing is shown."""
        if not self.register.count("pupils"):
            return NO_PUPILS
        if not self._planner.rows:
            return EMPTY
        return NO_MATCH if self._rows else "Nobody is in this view. ← and → go to the others."

    def show_current(self) -> None:
        """Show what was agreed last time with the highlighted child's family."""
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

    # Keys

    def look(self, view: str) -> None:
        """Look at the planner in another way; the calendar can have the focus once it is seen."""
        super().look(view)
        self.call_after_refresh(self.seen_list.focus)

    def command_mark(self) -> None:
        """Mark the highlighted child."""
        if self.view != "calendar":
            super().command_mark()

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
