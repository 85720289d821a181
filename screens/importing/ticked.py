"""A page of lines that a person takes or leaves before anything happens."""

from __future__ import annotations

from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical

from screens.page import Page
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Text
from screens.widgets.tick_list import TickList


class TickedPage(Page):
    """What it is about and what can be done, over a list with a box at each line.

    Args:
        rows: The list.
    """

    CSS_PATH = "importing.tcss"
    AUTO_FOCUS = "#rows"

    def __init__(self, rows: TickList[Any]) -> None:
        super().__init__()
        self.named = Text(id="named")
        self.told = Text(id="told")
        self.named.GROUND = self.told.GROUND = "paper"
        self.rows = rows

    def body(self) -> ComposeResult:
        """The head, then the list."""
        with Vertical(id="head"):
            yield self.named
            yield self.told
        with Vertical(id="sheets"):
            yield from self.sheet()

    def sheet(self) -> ComposeResult:
        """The list, and what stands over it."""
        yield self.rows

    def command_tick(self) -> None:
        """Take what is highlighted, or leave it."""
        self.rows.action_mark()

    @on(RecordList.Opened, "#rows")
    def _opened(self) -> None:
        self.command_look_closer()

    def command_look_closer(self) -> None:
        """More about what is highlighted."""
        raise NotImplementedError

    def command_back(self) -> None:
        """Go back; nothing more happens."""
        self.dismiss()
