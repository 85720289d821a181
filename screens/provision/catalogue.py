"""The catalogue: every intervention the school can offer, and how much of it runs."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from screens.page import app_of
from screens.provision.columns import catalogue_columns
from screens.provision.groups import new_group
from screens.provision.panel import Panel
from screens.widgets.filter_input import FilterInput
from screens.widgets.frame import Side
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.models.text import folded
from senreg.register import Row
from senreg.rules.catalogue import CatalogueRow, catalogue

EMPTY = (
    "The catalogue is empty. Press n, or click New below, to write down an intervention: "
    "its name, its tier, how long a session is and how often, and what is measured."
)


class CataloguePanel(Panel):
    """The list of interventions."""

    NAME = "catalogue"
    TITLE = "Catalogue"
    FOOTER = ("filter", "new", "edit", "assign", "archive", "groups")

    def __init__(self) -> None:
        super().__init__(id="catalogue")
        self.archived = False
        self.told = Text(classes="told")
        self.interventions: RecordList[CatalogueRow] = RecordList(
            catalogue_columns(), sort="tier", markable=False, empty=EMPTY, id="intervention-list"
        )

    def compose(self) -> ComposeResult:
        """Filter and list."""
        with Side(classes="bar"):
            yield FilterInput("/ to filter: name, tier, area", id="intervention-filter")
            yield self.told
        yield self.interventions

    @property
    def home(self) -> RecordList[CatalogueRow]:
        """The list."""
        return self.interventions

    def refill(self) -> None:
        """Read the catalogue again."""
        archived = tuple(self.register.all("interventions", archived=True)) if self.archived else ()
        self.interventions.fill(catalogue(self.register, today(), archived))
        self._narrow()

    @on(Input.Changed, "#intervention-filter")
    def _narrow(self) -> None:
        words = folded(self.query_one(FilterInput).value).split()
        self.interventions.narrow(
            lambda row: all(word in row.haystack for word in words),
            "No intervention fits." if self.interventions.total else EMPTY,
        )
        count = f"  {len(self.interventions.rows)} of {self.interventions.total} interventions"
        self.told.show(Span(count, "muted"))

    @on(Input.Submitted, "#intervention-filter")
    def _to_list(self) -> None:
        self.interventions.focus()

    @property
    def current_row(self) -> Row | None:
        """The highlighted intervention."""
        return self.register.get(self.interventions.current_id or "")

    # Commands of the page

    def command_filter(self) -> None:
        """Type to narrow the list."""
        self.screen.set_focus(self.query_one(FilterInput))

    def command_back(self) -> None:
        """Show everything again."""
        self.query_one(FilterInput).value = ""
        self.interventions.focus()

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.interventions)

    def command_open(self) -> None:
        """Change the highlighted intervention."""
        self.command_edit()

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self.command_edit()

    def command_edit(self) -> None:
        """Change the highlighted intervention."""
        from screens.forms.record_form import RecordForm

        if self.current_row is not None:
            self.app.push_screen(RecordForm(self.register, "interventions", self.current_row))

    def command_new(self) -> None:
        """Write down an intervention."""
        from screens.forms.record_form import RecordForm

        self.app.push_screen(RecordForm(self.register, "interventions"), self._added)

    def _added(self, intervention_id: str | None) -> None:
        if intervention_id is not None:
            self.refill()
            self.interventions.go_to(intervention_id)

    def command_assign(self) -> None:
        """Make a group of the highlighted intervention."""
        if self.current_row is not None:
            new_group(self, self.current_row.id)

    def command_archive(self) -> None:
        """Put the highlighted intervention away, or bring it back."""
        from screens.pupil.changing import archive

        if self.current_row is not None:
            archive(app_of(self), self.current_row)

    def command_archived(self) -> None:
        """Show archived interventions too, or hide them again."""
        self.archived = not self.archived
        self.refill()
