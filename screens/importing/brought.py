"""The end of an import: what came in, which one key takes back, and what is known since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from screens.page import Page, app_of
from screens.widgets.spans import Span, Text

if TYPE_CHECKING:
    from senreg.exchange.import_parts import Applied


class BroughtIn(Page):
    """What an import brought in, over what there is to do about it.

    Args:
        applied: What was written.
    """

    LABEL: ClassVar[str]
    """The label of the commit that the import is."""

    CSS_PATH = "importing.tcss"

    def __init__(self, applied: Applied) -> None:
        super().__init__()
        self.applied = applied
        self.written = Text(id="written")
        self.known = Text(id="known")
        self.written.GROUND = self.known.GROUND = "paper"

    def body(self) -> ComposeResult:
        """What was written and is known now, then what is to be done."""
        with Vertical(id="done"):
            yield self.written
            yield self.known
            yield from self.below()

    def below(self) -> Iterator[Widget]:
        """What stands below it."""
        raise NotImplementedError

    @property
    def taken_back(self) -> bool:
        """Whether an undo took all of it back."""
        return self.register.redo_label == self.LABEL

    def refill(self) -> None:
        """Count again: an undo, for one, takes it all back."""
        counts = self.applied.counts
        parts = [f"{counts.new:,} new", f"{counts.changed:,} changed"]
        if self.applied.left:
            parts.append(f"{self.applied.left:,} marked as left")
        if self.applied.staff:
            parts.append(f"{self.applied.staff:,} staff added")
        if self.applied.sessions:
            sessions = "session" if self.applied.sessions == 1 else "sessions"
            parts.append(f"{self.applied.sessions:,} {sessions} made")
        if counts.problems:
            rows = "row" if counts.problems == 1 else "rows"
            parts.append(f"{counts.problems:,} {rows} left out")
        if self.taken_back:
            self.written.show(
                Span("  – Taken back. ", "warn"),
                Span(" Ctrl+Y brings them in again ", "muted", "redo", "band"),
            )
        else:
            self.written.show(
                Span("  ✓ Brought in: ", "good"),
                Span(", ".join(parts) + ".  "),
                Span(" u takes all of it back ", "muted", "undo", "band"),
            )

    @on(Text.Pressed)
    async def _pressed(self, event: Text.Pressed) -> None:
        await app_of(self).action_run(event.press)
