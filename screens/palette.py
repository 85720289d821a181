"""Every command by name: what ctrl+p searches."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from screens.commands import EVERYWHERE, Command, commands_of
from screens.page import app_of
from screens.plain import plain
from screens.withheld import commands_away


class CommandProvider(Provider):
    """The commands of the page that is shown, then those of every page."""

    def _commands(self) -> list[Command]:
        place = getattr(self.screen, "PLACE", "")
        here = [*commands_of(place)] if place else []
        away = commands_away(app_of(self.screen).register, self.screen)
        return [
            each
            for each in (*here, *commands_of(EVERYWHERE))
            if not each.hidden and each.id not in away
        ]

    async def discover(self) -> Hits:
        """Every command there is here."""
        for command in self._commands():
            yield DiscoveryHit(
                plain(_shown(command)), self._run(command), command.label, help=command.help
            )

    async def search(self, query: str) -> Hits:
        """The commands whose name or help has the words."""
        matcher = self.matcher(query)
        for command in self._commands():
            score = max(matcher.match(command.label), matcher.match(command.help) * 0.5)
            if score > 0:
                yield Hit(
                    score,
                    plain(_shown(command)),
                    self._run(command),
                    text=command.label,
                    help=command.help,
                )

    def _run(self, command: Command) -> Callable[[], Awaitable[bool]]:
        return partial(self.app.run_action, f"app.run('{command.id}')")


def _shown(command: Command) -> str:
    return f"{command.label}  ({command.shown_key})" if command.key else command.label
