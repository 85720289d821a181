"""Progress: every child's line in every subject, and who stands out."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Input, Static

from screens.faults import beside
from screens.page import Page, app_of
from screens.plain import plain, say
from screens.progress.columns import columns, followed_columns, in_full, moved_columns, moves
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, SpanLine, Text
from screens.widgets.tabs import Tabs
from senreg.clock import today
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.tracking import CRITERIA, TERMS_SHOWN, VIEWS, Tracking, TrackRow, tracking

EMPTY = (
    "No child has an assessment in the last twelve months. Press n, or click New below, to enter "
    "what a class was assessed at."
)
NO_MATCH = "No child is in this view, or fits what is typed. ← and → go to the other views."


SHORT = {
    "below": "Below",
    "fifth": "Lowest",
    "followed": "Terms",
    "ready": "Ready?",
    "moved": "Moved",
}
"""Names of views where there is little room."""


class Tracked(Message):
    """The grid of a version of the register is there."""

    def __init__(self, version: int, found: Tracking) -> None:
        super().__init__()
        self.version = version
        self.found = found


class ProgressPage(Page):
    """The tracking grid of twelve months."""

    PLACE = "progress"
    MODE = "progress"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#lines"

    def __init__(self) -> None:
        super().__init__()
        self.view = "all"
        self._found: Tracking | None = None
        self.tabs = Tabs(short=SHORT, id="views")
        self.told = Text(id="told")
        self.lines: RecordList[TrackRow] = RecordList(
            columns([""] * TERMS_SHOWN), sort="", markable=False, empty=EMPTY, id="lines"
        )
        self.foot = Static(id="foot", markup=False)

    def body(self) -> ComposeResult:
        """The filter, the views, the grid, and by which criteria a child is in it."""
        with Side(id="bar"):
            yield FilterInput("/ to filter: name, class, y4, k, subject")
            yield self.told
        yield self.tabs
        yield self.lines
        yield self.foot

    # What is shown

    def refill(self) -> None:
        """Work the grid out again, beside what the person does."""
        self._track()

    @beside("tracking", "The grid could not be worked out")
    def _track(self) -> None:
        version = self.register.version
        self.post_message(Tracked(version, tracking(self.register, today())))

    def left_undone(self, words: str) -> None:
        """Say in the place of the grid that it will not come."""
        self._found = None
        self.lines.fill([])
        self.lines.narrow(None, words)

    @on(Tracked)
    def _tracked(self, event: Tracked) -> None:
        if event.version == self.register.version:
            self._found = event.found
            self._show()

    def _show(self) -> None:
        found = self._found
        if found is None:
            return
        rows = [row for row in found.rows if self.view in row.lists]
        if self.view == "followed":
            drawn = followed_columns(found.terms, rows)
        elif self.view == "moved":
            drawn = moved_columns(found.terms)
        else:
            drawn = columns(found.terms)
        self.lines.columns = tuple(drawn)
        self.tabs.show(
            [(view, title, found.count(view), "") for view, title in VIEWS.items()], self.view
        )
        self.lines.fill(rows)
        self._narrow()
        self._tell()

    @on(RecordList.Highlighted, "#lines")
    def _tell(self) -> None:
        found, row = self._found, self.lines.current
        if found is None:
            return
        words = CRITERIA[self.view]
        if self.view == "ready":
            words += f" {found.a_tenth_fewer}"
        elif self.view == "followed":
            words += " " + " · ".join(each.words for each in found.fifth) + "."
        if row is not None:
            full = in_full(found.terms, row)
            if self.view != "followed":
                full = f"{full} {moves(row)}".rstrip()
            words = f"{full}\n{words}"
        self.foot.update(plain(words))

    @on(Input.Changed, "FilterInput")
    def _narrow(self) -> None:
        words = folded(self.query_one(FilterInput).value).split()
        nothing = NO_MATCH if self._found is not None and self._found.rows else EMPTY
        self.lines.narrow(lambda row: all(word in row.haystack for word in words), nothing)
        pupils = len({row.pupil for row in self.lines.rows})
        self.told.show(Span(f"  {_so_many(pupils, len(self.lines.rows))}", "muted"))

    @on(Input.Submitted, "FilterInput")
    def _to_list(self) -> None:
        self.set_focus(self.lines)

    @on(SpanLine.Pressed, "#views")
    def _view_pressed(self, event: SpanLine.Pressed) -> None:
        self._look(event.press)

    def _look(self, view: str) -> None:
        if view in VIEWS:
            self.view = view
            self._show()

    # Keys

    @property
    def row(self) -> Row | None:
        """The pupil of the highlighted line."""
        current = self.lines.current
        return self.register.get(current.pupil) if current is not None else None

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.set_focus(self.query_one(FilterInput))

    def command_back(self) -> None:
        """Show everything again."""
        self.query_one(FilterInput).value = ""
        self.lines.focus()

    def command_next_tab(self) -> None:
        """Go to the next view."""
        self._step(1)

    def command_previous_tab(self) -> None:
        """Go to the view before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        order = list(VIEWS)
        self._look(order[(order.index(self.view) + by) % len(order)])

    @on(RecordList.Opened, "#lines")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Open the page of the highlighted child."""
        if self.row is not None:
            app_of(self).open_record(self.row)

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.lines)

    def command_new(self) -> None:
        """Enter results, wider outcomes, attendance or activities of many children."""
        from screens.progress.entering import enter_column

        if self.register.read_only:
            say(app_of(self), "This register is open for reading only.")
        else:
            enter_column(app_of(self))


def _so_many(children: int, lines: int) -> str:
    return (
        f"{children} {'child' if children == 1 else 'children'}, "
        f"{lines} {'line' if lines == 1 else 'lines'}"
    )
