"""The groups: what each runs, when it meets, how full it is, and what clashes."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.events import Resize
from textual.widgets import Input

from screens.page import app_of
from screens.plain import say
from screens.provision.columns import group_columns
from screens.provision.panel import Panel
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, SpanLine, Text
from screens.widgets.tabs import Tabs
from senreg.clock import today
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.group_rows import (
    VIEWS,
    GroupRow,
    group_rows,
    in_view,
    sort_groups,
)

EMPTY = (
    "There are no groups yet. Press n, or click New below, to make one: choose an "
    "intervention, who leads it, and when it meets. Interventions are in the catalogue: c."
)
EMPTY_IN_PACK = "None of the children of this staff pack is in a group."
TONES = {"clashing": "bad"}
ROOMY = 110
"""Cells from which adults and views are written by their whole names."""
SHORT_VIEWS = {"clashing": "Clash or too many", "free": "Free places"}
"""Views by shorter names, for where there is little room."""


class GroupsPanel(Panel):
    """The list of groups, with quick views and a filter."""

    NAME = "groups"
    TITLE = "Groups"
    FOOTER = ("open", "new", "assign", "edit", "quick_views", "map")

    def __init__(self) -> None:
        super().__init__(id="groups")
        self.view = "now"
        self._rows: list[GroupRow] = []
        self._counts: dict[str, int] = {}
        self.tabs = Tabs(id="views")
        self.told = Text(classes="told")
        self.groups: RecordList[GroupRow] = RecordList(
            group_columns(roomy=False),
            sort="name",
            sorter=sort_groups,
            markable=False,
            empty=EMPTY,
            id="group-list",
        )

    def compose(self) -> ComposeResult:
        """Filter, views and list."""
        with Side(classes="bar"):
            yield FilterInput("/ to filter: group, adult, day", id="group-filter")
            yield self.told
        yield self.tabs
        yield self.groups

    @property
    def home(self) -> RecordList[GroupRow]:
        """The list."""
        return self.groups

    def on_resize(self, event: Resize) -> None:
        """Write adults and views by their names where there is room."""
        self.groups.columns = tuple(group_columns(roomy=event.size.width >= ROOMY))
        self.groups.forget_lines()
        self.groups.refresh()
        if self._counts:
            self._show_tabs()

    def _show_tabs(self) -> None:
        short = {} if self.size.width >= ROOMY else SHORT_VIEWS
        self.tabs.show(
            [
                (view, short.get(view, title), self._counts[view], TONES.get(view, ""))
                for view, title in VIEWS.items()
            ],
            self.view,
        )

    def refill(self) -> None:
        """Read the groups again."""
        every = group_rows(self.register, today())
        self._counts = {view: sum(map(in_view(view), every)) for view in VIEWS}
        self._show_tabs()
        in_this = in_view(self.view)
        self._rows = [row for row in every if in_this(row)]
        self.groups.fill(self._rows)
        self._narrow()

    @on(Input.Changed, "#group-filter")
    def _narrow(self) -> None:
        words = folded(self.query_one(FilterInput).value).split()
        empty = EMPTY if self.register.pack is None else EMPTY_IN_PACK
        if self.register.count("groups"):
            empty = "No group fits." if self._rows else "There is nothing in this view."
        self.groups.narrow(lambda row: all(word in row.haystack for word in words), empty)
        self.told.show(Span(f"  {len(self.groups.rows)} of {self.groups.total} groups", "muted"))

    @on(Input.Submitted, "#group-filter")
    def _to_list(self) -> None:
        self.groups.focus()

    @on(SpanLine.Pressed, "#views")
    def _view_pressed(self, event: SpanLine.Pressed) -> None:
        self.look(event.press)

    def look(self, view: str) -> None:
        """Look at the groups in another way."""
        self.view = view
        self.refill()
        self.groups.focus()

    @property
    def current_row(self) -> Row | None:
        """The highlighted group."""
        return self.register.get(self.groups.current_id or "")

    # Commands of the page

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.screen.set_focus(self.query_one(FilterInput))

    def command_back(self) -> None:
        """Show everything again."""
        filtering = self.query_one(FilterInput)
        if filtering.value:
            filtering.value = ""
        elif filtering.has_focus:
            pass
        elif self.view != "now":
            self.look("now")
        self.groups.focus()

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
            ChooseDialog("Which groups?", options, now=self.view),
            lambda view: self.look(view) if view else None,
        )

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.groups)

    def command_open(self) -> None:
        """Open the highlighted group."""
        self.groups.action_open()

    @on(RecordList.Opened)
    def _opened(self, event: RecordList.Opened) -> None:
        from screens.provision.group_page import GroupPage

        self.app.push_screen(GroupPage(event.record_id))

    def command_new(self) -> None:
        """Make a group."""
        new_group(self)

    def command_edit(self) -> None:
        """Change the highlighted group."""
        from screens.provision.group_form import GroupForm

        if self.current_row is not None:
            self.app.push_screen(GroupForm(self.register, self.current_row))

    def command_assign(self) -> None:
        """Place pupils in the highlighted group."""
        from screens.provision.choosing import choose_pupils

        if self.current_row is not None:
            choose_pupils(app_of(self), self.current_row.id)

    def command_archive(self) -> None:
        """Put the highlighted group away."""
        from senreg.rules.placing import open_places

        row = self.current_row
        if row is None:
            return
        inside = len(open_places(self.register, row.id, today()))
        if inside:
            words = "Children are still in this group. End their places first: Enter, then x."
            say(app_of(self), words, severity="warning")
            return
        with self.register.commit("Archive a group") as commit:
            commit.archive(row)
        say(app_of(self), "The group was put away. u brings it back.")

    def show_group(self, group_id: str) -> None:
        """Go to a group, in the view that holds it."""
        self.refill()
        if not self.groups.go_to(group_id):
            self.look("all")
            self.groups.go_to(group_id)


def new_group(panel: Panel, intervention: str = "") -> None:
    """Make a group, of an intervention if one is given, and go to it."""
    from screens.provision.group_form import GroupForm

    preset = {"intervention": intervention} if intervention else None

    def made(group_id: str | None) -> None:
        from screens.provision.screen import ProvisionPage

        page = panel.screen
        if group_id is not None and isinstance(page, ProvisionPage):
            page.show_group(group_id)

    app = panel.app
    if not panel.register.count("interventions"):
        words = "The catalogue is empty: write down an intervention first. Press c, then n."
        say(app, words, severity="warning")
        return
    app.push_screen(GroupForm(panel.register, preset=preset), made)
