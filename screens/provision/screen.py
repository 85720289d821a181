"""Provision: the groups, the map of who gets what, and the catalogue."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from screens.commands import command_named
from screens.page import Page
from screens.provision.catalogue import CataloguePanel
from screens.provision.groups import GroupsPanel
from screens.provision.map import MapPanel
from screens.provision.panel import Panel
from screens.widgets.spans import CommandText, Span


class ProvisionPage(Page):
    """Three ways of looking at provision, one of them seen at a time."""

    PLACE = "provision"
    MODE = "provision"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#group-list"

    def __init__(self) -> None:
        super().__init__()
        self.heads = CommandText(id="heads")
        self.groups = GroupsPanel()
        self.map = MapPanel()
        self.catalogue = CataloguePanel()
        self.panel: Panel = self.groups

    def __getattr__(self, name: str) -> Any:
        """A command that the page itself has not is one of the panel that is seen."""
        panel = self.__dict__.get("panel")
        if panel is None or not name.startswith("command_"):
            raise AttributeError(name)
        return getattr(panel, name)

    @property
    def panels(self) -> tuple[Panel, ...]:
        """The three, in order."""
        return (self.groups, self.map, self.catalogue)

    def body(self) -> ComposeResult:
        """The names of the panels, and the panels."""
        yield self.heads
        yield from self.panels

    def refill(self) -> None:
        """Let the panel that is seen read the register again."""
        self._tell()
        self.panel.refill()

    def _tell(self) -> None:
        words = [Span(" ")]
        for panel in self.panels:
            command = command_named(panel.NAME)
            if panel is self.panel:
                words.append(Span(f" {command.shown_key} {panel.TITLE} ", "here"))
            else:
                words += [
                    Span(f" {command.shown_key}", "heading", panel.NAME),
                    Span(f" {panel.TITLE} ", "", panel.NAME),
                ]
        self.heads.show(*words)
        for panel in self.panels:
            panel.set_class(panel is self.panel, "-seen")
        self.tell_footer(self.panel.FOOTER)

    def look(self, panel: Panel) -> None:
        """Show a panel."""
        self.panel = panel
        self.refill()
        panel.home.focus()

    def show_group(self, group_id: str) -> None:
        """Show a group in the list."""
        self.look(self.groups)
        self.groups.show_group(group_id)

    def command_groups(self) -> None:
        """Show the groups."""
        self.look(self.groups)

    def command_map(self) -> None:
        """Show the map."""
        self.look(self.map)

    def command_catalogue(self) -> None:
        """Show the catalogue."""
        self.look(self.catalogue)
