"""The provision map: child-hours a week and pupils, by tier, for year groups or classes."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.page import app_of
from screens.plain import plain, say
from screens.provision.map_grid import MapGrid, Spot
from screens.provision.panel import Panel
from screens.widgets.spans import CommandText, Span
from senreg.clock import today
from senreg.rules.dates import shown_day
from senreg.rules.nouns import counted
from senreg.rules.provision_map import ProvisionMap, places_in, provision_map


class MapPanel(Panel):
    """The map of today, with its definition; each cell opens the list behind it."""

    NAME = "map"
    TITLE = "Map"
    FOOTER = ("open", "map_by", "map_detail", "groups", "catalogue")

    def __init__(self) -> None:
        super().__init__(id="map")
        self.by: Literal["year", "class"] = "year"
        self.tools = CommandText(classes="told")
        self.grid = MapGrid(id="grid")
        self.foot = Static(id="foot", markup=False)

    def compose(self) -> ComposeResult:
        """What the map is of, the grid, and what its figures mean."""
        yield self.tools
        yield self.grid
        yield self.foot

    @property
    def home(self) -> MapGrid:
        """The grid."""
        return self.grid

    def refill(self) -> None:
        """Work the map out again."""
        shown = provision_map(self.register, today(), self.by)
        self.grid.fill(shown)
        years = self.by == "year"
        self.tools.show(
            Span(f"  {shown_day(shown.day)}  ", "strong"),
            Span(" Year groups ", "here" if years else "", "" if years else "map_by"),
            Span(" Classes ", "" if years else "here", "map_by" if years else ""),
            Span("  "),
            Span(
                " ☒ Interventions " if self.grid.detail else " ☐ Interventions ", "", "map_detail"
            ),
        )
        self.foot.update(plain(_meaning(shown), "$muted"))

    @on(MapGrid.Opened)
    def _opened(self, event: MapGrid.Opened) -> None:
        self._list(event.spot)

    def _list(self, spot: Spot) -> None:
        from screens.opening import open_pupil
        from screens.provision.cell import CellDialog

        if not spot.cell.places:
            say(app_of(self), f"Nobody is in {spot.label}.")
            return
        held = places_in(
            self.register,
            today(),
            self.by,
            tier=spot.tier,
            column=spot.column,
            intervention=spot.intervention,
        )

        def go(place_id: str | None) -> None:
            row = self.register.get(place_id) if place_id else None
            if row is not None:
                open_pupil(app_of(self), row["pupil"], row)

        self.app.push_screen(CellDialog(self.register, spot, held), go)

    # Commands of the page

    def command_open(self) -> None:
        """List who is in the cell."""
        self.grid.action_open()

    def command_map_by(self) -> None:
        """Show the other columns."""
        self.by = "class" if self.by == "year" else "year"
        self.refill()

    def command_map_detail(self) -> None:
        """Show the interventions of each tier, or hide them."""
        self.grid.detail = not self.grid.detail
        self.refill()


def _meaning(shown: ProvisionMap) -> str:
    """How much there is in all, and what hours mean."""
    if not shown.total.places:
        return "No child is in a group that runs today. g shows the groups."
    words = f"{counted('pupils', shown.total.pupils)}, {counted('placements', shown.total.places)}."
    words += " Hours are child-hours a week: an hour with six children is six."
    if shown.total.unknown:
        words += f" * {shown.total.unknown} of unknown length add none."
    return words
