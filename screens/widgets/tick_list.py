"""A list in which each row can be taken or left, by Space or by a click on its box."""

from __future__ import annotations

from typing import Any, TypeVar

from textual import events
from textual.message import Message

from screens.widgets.record_list import GUTTER, HasId, RecordList

R = TypeVar("R", bound=HasId)

BOX = GUTTER + 2
"""Cells at the left in which a click means the box: the gutter, and the first column."""


class TickList(RecordList[R]):
    """Rows whose first column is a box. What a tick means is for the page to say."""

    HELP = (
        "Up and down move, Space takes or leaves, Enter looks closer. With the mouse: click a "
        "box to take or leave, double click a line to look closer."
    )

    class Ticked(Message):
        """A row is to be taken, or left."""

        def __init__(self, records: TickList[Any], record_id: str) -> None:
            super().__init__()
            self.records = records
            self.record_id = record_id

        @property
        def control(self) -> TickList[Any]:
            """The list it happened in."""
            return self.records

    def action_mark(self) -> None:
        """Take or leave the row under the cursor, and go on to the next."""
        if self.current_id is not None:
            self.post_message(self.Ticked(self, self.current_id))
            self.action_move(1)

    def on_click(self, event: events.Click) -> None:
        """Take or leave by a click on the box; elsewhere a click does what it does in any list."""
        spot = event.get_content_offset(self)
        index = self.line_at(spot.y) if spot is not None and spot.x < BOX else None
        if index is not None:
            event.prevent_default()
            row = self.rows[index]
            self.go_to(row.id)
            self.post_message(self.Ticked(self, row.id))
