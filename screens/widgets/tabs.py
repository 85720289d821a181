"""A line of tabs, one of them the present one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from screens.widgets.spans import Span, SpanLine, width_of

Tab = tuple[str, str, int | None, str]
"""The id, title, count (or None) and tone of a tab."""

ROOMY = 30
"""Cells of a name that is neither cut nor shortened."""


class Tabs(SpanLine):
    """Tabs with a count each; a click tells the id of the one that is meant.

    Posts `SpanLine.Pressed` with the tab's id.

    Args:
        short: By tab, a shorter name for where there is little room; else names are cut.
    """

    GROUND = "paper"

    def __init__(
        self,
        *,
        short: Mapping[str, str] | None = None,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(id=id)
        self._short = short or {}
        self.current = ""
        self._tabs: list[Tab] = []

    def show(self, tabs: Sequence[Tab], current: str) -> None:
        """Show tabs, and which is the present one."""
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
        for longest in (ROOMY, 12, 7, 4):
            spans = [Span(" ")]
            for tab, title, count, tone in self._tabs:
                here = tab == self.current
                name = title if longest == ROOMY else self._short.get(tab, title)
                if not here and len(name) > longest:
                    name = name[: longest - 1] + "…"
                words = f" {name} " if count is None else f" {name} {count:,} "
                shown = "here" if here else (tone if count != 0 else "muted")
                spans.append(Span(words, shown, tab))
            if width_of(spans) <= width:
                break
        return spans
