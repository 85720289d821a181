"""The provision map as a grid: a cursor on its cells, as many columns as fit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from screens.plain import line
from screens.widgets.line_list import LineList, fitted, padded
from senreg.rules.provision_map import Cell, Line, ProvisionMap

LABEL = 24
"""Cells that the names of tiers and interventions take."""

NARROWEST = 11
WIDEST = 16
"""Cells of a column at least and at most."""

TOTAL = "\x00total"
"""The column of everything together."""

NOTHING = Cell()


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell of the map.

    Args:
        tier: The tier's code; None in the line of totals.
        intervention: The intervention's id; None in the line of a tier.
        column: The column's code; None in the column of totals.
        label: What the line and the column are called.
        cell: What stands there.
    """

    tier: str | None
    intervention: str | None
    column: str | None
    label: str
    cell: Cell


@dataclass(frozen=True, slots=True)
class _Row:
    line: Line
    tier: str | None
    intervention: str | None
    height: int


class MapGrid(LineList):
    """Tiers, and the interventions in them where they are shown, by year group or class."""

    FIXED_LINES = 1
    BINDINGS = [
        Binding("left", "across(-1)", show=False),
        Binding("right", "across(1)", show=False),
        Binding("enter", "open", "Open", show=False),
    ]
    HELP = (
        "The arrows go from cell to cell; Enter lists who is in it. With the mouse: click a cell "
        "to go to it, double click to list it."
    )

    class Opened(Message):
        """A cell is to be listed."""

        def __init__(self, spot: Spot) -> None:
            super().__init__()
            self.spot = spot

    class Moved(Message):
        """The cursor has come to another cell."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.detail = False
        self._map: ProvisionMap | None = None
        self._rows: list[_Row] = []
        self._starts: list[int] = []
        self._row = 0
        self._column = 0
        self._first = 0

    # What is shown

    def fill(self, shown: ProvisionMap) -> None:
        """Show a map; the cursor stays on its cell if that is still there."""
        here = self.current
        self._map = shown
        self._rows = list(self._built(shown))
        self._starts = []
        height = 0
        for row in self._rows:
            self._starts.append(height)
            height += row.height
        codes = [code for code, _ in self.columns]
        if here is not None:
            places = [n for n, row in enumerate(self._rows) if _same(row, here)]
            self._row = places[0] if places else min(self._row, len(self._rows) - 1)
            wanted = here.column or TOTAL
            self._column = codes.index(wanted) if wanted in codes else 0
        self._row = max(0, min(self._row, len(self._rows) - 1))
        self._column = max(0, min(self._column, len(codes) - 1))
        self.set_line_count(height)
        self._show_column()
        self.post_message(self.Moved())

    def _built(self, shown: ProvisionMap) -> Iterator[_Row]:
        for tier in shown.tiers:
            yield _Row(tier, tier.id, None, 2)
            if self.detail:
                for each in tier.interventions:
                    yield _Row(each, tier.id, each.id, 1)
        yield _Row(Line("", "All together", shown.totals, shown.total), None, None, 2)

    @property
    def columns(self) -> list[tuple[str, str]]:
        """Code and words of each column, the totals last."""
        return [*(self._map.columns if self._map is not None else ()), (TOTAL, "All")]

    @property
    def current(self) -> Spot | None:
        """The cell under the cursor."""
        if self._map is None or not self._rows:
            return None
        row = self._rows[self._row]
        code, words = self.columns[self._column]
        cell = row.line.total if code == TOTAL else row.line.cells.get(code, NOTHING)
        label = row.line.label if code == TOTAL else f"{row.line.label}, {words}"
        return Spot(row.tier, row.intervention, None if code == TOTAL else code, line(label), cell)

    # Where columns stand

    def _layout(self, width: int) -> tuple[int, int, int]:
        """Cells of the labels, cells of a column, and how many columns fit."""
        label = min(LABEL, max(8, width // 4))
        room = max(0, width - label)
        count = len(self.columns)
        fits = max(1, min(count, room // NARROWEST))
        return label, min(WIDEST, max(1, room // fits)), fits

    def _show_column(self) -> None:
        _, _, fits = self._layout(self.room)
        if self._column < self._first:
            self._first = self._column
        elif self._column >= self._first + fits:
            self._first = self._column - fits + 1
        self._first = max(0, min(self._first, len(self.columns) - fits))
        self.refresh()

    def on_resize(self) -> None:
        """Let the cell under the cursor be seen."""
        self._show_column()

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Go down, or up."""
        self._go(self._row + by, self._column)

    def action_page(self, by: int) -> None:
        """Go on by a window's height."""
        self._go(self._row + by * max(1, self.window_height // 2), self._column)

    def action_edge(self, end: int) -> None:
        """Go to the first column, or to the last."""
        self._go(self._row, 0 if end < 0 else len(self.columns) - 1)

    def action_across(self, by: int) -> None:
        """Go to the right, or to the left."""
        self._go(self._row, self._column + by)

    def action_open(self) -> None:
        """List who is in the cell."""
        spot = self.current
        if spot is not None:
            self.post_message(self.Opened(spot))

    def _go(self, row: int, column: int) -> None:
        if not self._rows:
            return
        self._row = max(0, min(row, len(self._rows) - 1))
        self._column = max(0, min(column, len(self.columns) - 1))
        self.show_line(self._starts[self._row], self._rows[self._row].height)
        self._show_column()
        self.post_message(self.Moved())

    def on_click(self, event: events.Click) -> None:
        """Go to a cell; a double click lists it."""
        spot = self.spot(event)
        index = self.line_at(spot.y) if spot is not None else None
        if spot is None or index is None:
            return
        label, each, fits = self._layout(self.room)
        place = (spot.x - label) // each if spot.x >= label else self._column - self._first
        if not 0 <= place < fits:
            return
        self._go(self._row_at(index), self._first + place)
        if event.chain == 2:
            self.action_open()

    def _row_at(self, index: int) -> int:
        return max(n for n, start in enumerate(self._starts) if start <= index)

    # Drawing

    def draw_fixed(self, y: int, width: int) -> Strip:
        """The headings of the columns that are seen."""
        del y
        label, each, fits = self._layout(width)
        style = self.tones.style("muted", "band")
        seen = self.columns[self._first : self._first + fits]
        segments = [Segment(fitted("  ◄ more" if self._first else "", label), style)]
        for place, (code, words) in enumerate(seen, self._first):
            tone = "strong" if place == self._column else "muted"
            more = place == self._first + fits - 1 and self._first + fits < len(self.columns)
            title = line(words) if code != TOTAL else "All"
            segments.append(
                Segment(
                    _right(f"{title} ►" if more else title, each), self.tones.style(tone, "band")
                )
            )
        return padded(segments, width, style)

    def draw_line(self, index: int, width: int) -> Strip:
        """One of the lines of a row."""
        place = self._row_at(index)
        row = self._rows[place]
        second = index > self._starts[place]
        label, each, fits = self._layout(width)
        here_row = place == self._row
        plain_style = self.tones.style()
        segments = [self._label(row, label, here=here_row, second=second)]
        for number in range(self._first, self._first + fits):
            code, _ = self.columns[number]
            cell = row.line.total if code == TOTAL else row.line.cells.get(code, NOTHING)
            here = here_row and number == self._column
            ground = ("cursor" if self.has_focus else "cursor_away") if here else "sheet"
            words, tone = _words(cell, row, second=second)
            if second and cell_len(words) > each - 2:
                words = str(cell.pupils)
            segments.append(Segment(_right(words, each), self.tones.style(tone, ground)))
        return padded(segments, width, plain_style)

    def _label(self, row: _Row, width: int, *, here: bool, second: bool) -> Segment:
        if second:
            return Segment(" " * width, self.tones.style())
        sign = "› " if here else "  "
        if row.intervention is not None:
            return Segment(
                fitted(f"{sign}  {line(row.line.label)}", width), self.tones.style("muted")
            )
        return Segment(fitted(f"{sign}{line(row.line.label)}", width), self.tones.style("heading"))

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show by the cursor whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh()


def _same(row: _Row, spot: Spot) -> bool:
    return (row.tier, row.intervention) == (spot.tier, spot.intervention)


def _words(cell: Cell, row: _Row, *, second: bool) -> tuple[str, str]:
    """Hours, and below them children; of an intervention both in one line."""
    if not cell.places:
        return ("·", "faint") if not second else ("", "")
    hours = f"{cell.hours:.1f}".removesuffix(".0") + " h" + ("*" if cell.unknown else "")
    if row.height == 1:
        return f"{hours} {cell.pupils:>3}", ""
    if second:
        return f"{cell.pupils} pupil{'' if cell.pupils == 1 else 's'}", "muted"
    return hours, "strong"


def _right(text: str, width: int) -> str:
    """Text against the right edge of a column, with a cell free on its left and right."""
    room = max(1, width - 2)
    if cell_len(text) > room:
        return f" {fitted(text, room)} "
    return f" {' ' * (room - cell_len(text))}{text} "
