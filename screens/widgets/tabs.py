"""A line of tabs, one of them the present one."""

from __future__ import annotations

from collections.abc import Sequence

from screens.widgets.spans import Span, SpanLine, width_of


class Tabs(SpanLine):
    """Tabs with a count each; a click tells the id of the one that is meant.

    Posts `SpanLine.Pressed` with the tab's id.
    """

    GROUND = "paper"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.current = ""
        self._tabs: list[tuple[str, str, int, str]] = []

    def show(self, tabs: Sequence[tuple[str, str, int, str]], current: str) -> None:
        """Show tabs: id, title, count and tone of each; and which is the present one."""
        self._tabs = list(tabs)
        self.current = current
        self.refresh()

    def beside(self, by: int) -> str:
        """The id of the tab so many places after the present one, round the end."""
        ids = [each[0] for each in self._tabs]
        return ids[(ids.index(self.current) + by) % len(ids)] if self.current in ids else ""

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """Every tab; their names are cut where there is little room."""
        del y
        for longest in (30, 12, 7, 4):
            spans = [Span(" ")]
            for tab, title, count, tone in self._tabs:
                here = tab == self.current
                name = title if here or len(title) <= longest else title[: longest - 1] + "…"
                words = f" {name} {count:,} "
                shown = "here" if here else (tone if count else "muted")
                spans.append(Span(words, shown, tab))
            if width_of(spans) <= width:
                break
        return spans
