"""How far a piece of work has come: words, a bar and a share, drawn only when it changes."""

from __future__ import annotations

from collections.abc import Sequence

from screens.widgets.line_list import fitted
from screens.widgets.spans import Span, SpanLine


class Progress(SpanLine):
    """A line of words above a bar. Nothing in it moves by itself."""

    DEFAULT_CSS = """
    Progress { height: 2; }
    """
    GROUND = "sheet"

    def __init__(self, words: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._words = words
        self._done = 0
        self._total = 0

    def show(self, done: int, total: int, words: str = "") -> None:
        """Show how much of how much is done; a total of 0 where nobody knows."""
        if (done, total, words or self._words) != (self._done, self._total, self._words):
            self._done, self._total = done, total
            self._words = words or self._words
            self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The words, then the bar."""
        if y == 0:
            return [Span(" " + fitted(self._words, max(0, width - 1)), "muted")]
        if not self._total:
            return []
        share = min(1.0, self._done / self._total)
        figure = f" {share:4.0%} "
        room = max(0, width - len(figure) - 1)
        filled = round(room * share)
        return [
            Span(" "),
            Span("█" * filled, "heading"),
            Span("░" * (room - filled), "faint"),
            Span(figure, "muted"),
        ]
