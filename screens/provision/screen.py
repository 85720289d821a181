"""Provision: the groups, the map of who gets what, and the catalogue."""

from __future__ import annotations

from functools import partial
from typing import Any

from textual.app import ComposeResult

from screens.commands import command_named, commands_of
from screens.page import Page
from screens.plain import say
from screens.provision.catalogue import CataloguePanel
from screens.provision.groups import GroupsPanel
from screens.provision.hours import HoursPanel
from screens.provision.impact import ImpactPanel
from screens.provision.map import MapPanel
from screens.provision.panel import Panel
from screens.widgets.spans import CommandText, Span

_OF_PANELS = frozenset(each.method for each in commands_of("provision"))
"""The methods of the commands that only some of the panels have."""


class ProvisionPage(Page):
    """Five ways of looking at provision, one of them seen at a time."""

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
        self.impact = ImpactPanel()
        self.hours = HoursPanel()
        self.panel: Panel = self.groups

    def __getattr__(self, name: str) -> Any:
        """A command that the page itself has not is one of the panel that is seen."""
        panel = self.__dict__.get("panel")
        if panel is None or not name.startswith("command_"):
            raise AttributeError(name)
        runs = getattr(panel, name, None)
        if runs is None and name in _OF_PANELS:
            return partial(self._elsewhere, name)
        if runs is None:
            raise AttributeError(name)
        return runs

    def _elsewhere(self, method: str) -> None:
        """Say that a key is for another panel: no key does nothing."""
        label = command_named(method.removeprefix("command_")).label
        where = [
            f"{command_named(each.NAME).shown_key} shows {each.TITLE.lower()}"
            for each in self.panels
            if hasattr(each, method)
        ]
        there = f" {' and '.join(where)}." if where else ""
        say(self.app, f"{label} is not for the {self.panel.TITLE.lower()}.{there}")

    @property
    def panels(self) -> tuple[Panel, ...]:
        """All of them; the holder of a staff pack has the groups, to mark their sessions."""
        if self.register.pack is not None:
            return (self.groups,)
        return (self.groups, self.map, self.catalogue, self.impact, self.hours)

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

    def command_impact(self) -> None:
        """Show what each intervention gained and cost."""
        self.look(self.impact)

    def command_hours(self) -> None:
        """Show hours planned beside hours given."""
        self.look(self.hours)
