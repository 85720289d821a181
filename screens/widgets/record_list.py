"""The one list of records: rows of columns, with a cursor, marks and an order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from screens.plain import line
from screens.widgets.columns import GAP, Column, shares
from screens.widgets.line_list import LineList, fitted, padded
from screens.widgets.wrapping import wrapped


class HasId(Protocol):
    """A row: anything with the id of the record it stands for."""

    @property
    def id(self) -> str:
        """The id of the record."""
        ...


R = TypeVar("R", bound=HasId)

GUTTER = 2
"""Cells at the left for the cursor's sign and the mark."""


class RecordList(LineList, Generic[R]):
    """Rows of columns: sorted, narrowed, marked; the cursor stays on its record.

    Args:
        columns: What is shown of a row.
        sort: The id of the column to sort by at first.
        markable: Whether rows can be marked.
        one_click: Whether one click chooses, as in a dialog: it opens a line, or marks it where
            lines can be marked.
        empty: What to say, and what to do first, where there are no rows at all.
        sorter: Sorts rows by the id of a column, backwards or not, where the order of the
            columns alone would not do.
    """

    FIXED_LINES = 1

    BINDINGS = [
        Binding("enter", "open", "Open", show=False),
        Binding("space", "mark", "Mark", show=False),
    ]

    HELP = (
        "Up and down move, Enter opens, Space marks. With the mouse: click a line to go to it, "
        "double click to open it, click its left edge to mark it, click a heading to sort by it."
    )

    class Highlighted(Message):
        """The cursor has come to another record, or to none."""

        def __init__(self, records: RecordList[Any], record_id: str | None) -> None:
            super().__init__()
            self.records = records
            self.record_id = record_id

        @property
        def control(self) -> RecordList[Any]:
            """The list it happened in."""
            return self.records

    class Opened(Highlighted):
        """A record is to be opened."""

        record_id: str

    class Marked(Message):
        """The marks have changed."""

        def __init__(self, records: RecordList[Any]) -> None:
            super().__init__()
            self.records = records

        @property
        def control(self) -> RecordList[Any]:
            """The list it happened in."""
            return self.records

    class Sorted(Marked):
        """The order has changed, by a heading or by a key."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        sort: str = "",
        markable: bool = True,
        one_click: bool = False,
        empty: str = "There is nothing here yet.",
        sorter: Callable[[list[R], str, bool], list[R]] | None = None,
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.columns = tuple(columns)
        self.sort = sort or next((each.id for each in columns if each.order), "")
        self.backwards = False
        self.markable = markable
        self.one_click = one_click
        self.empty = empty
        self._sorter = sorter
        self.marks: set[str] = set()
        self._all: list[R] = []
        self._shown: list[R] = []
        self._keep: Callable[[R], bool] | None = None
        self._empty_shown = empty
        self._cursor = 0
        self._clicked = ""
        self._told: str | None = None
        self._drawn: dict[tuple[str, bool, bool, bool], Strip] = {}
        self._shares: list[tuple[Column[R], int]] = []
        self._shared_width = -1

    # Rows

    @property
    def rows(self) -> Sequence[R]:
        """The rows that are shown, in order."""
        return self._shown

    @property
    def total(self) -> int:
        """How many rows there are, shown or not."""
        return len(self._all)

    @property
    def current(self) -> R | None:
        """The row under the cursor."""
        return self._shown[self._cursor] if self._cursor < len(self._shown) else None

    @property
    def current_id(self) -> str | None:
        """The id of the record under the cursor."""
        row = self.current
        return row.id if row is not None else None

    def fill(self, rows: Iterable[R]) -> None:
        """Show other rows; the cursor stays on its record, or goes to the next that is there."""
        shown, here = self._shown, self._cursor
        self._all = list(rows)
        self._order()
        self.marks &= {row.id for row in self._all}
        self.forget_lines()
        self._refill()
        if here < len(shown) and shown[here].id != self.current_id:
            now = {row.id for row in self._shown}
            near = (*shown[here:], *reversed(shown[:here]))
            self.go_to(next((row.id for row in near if row.id in now), None))

    def narrow(self, keep: Callable[[R], bool] | None, empty: str = "") -> None:
        """Show only the rows that `keep` is true of; `empty` is said where there are none."""
        self._keep = keep
        self._empty_shown = empty or self.empty
        self._refill()

    def sort_by(self, column_id: str, *, backwards: bool | None = None) -> None:
        """Sort by a column; once more by the same one turns the order round."""
        if backwards is None:
            backwards = column_id == self.sort and not self.backwards
        self.sort, self.backwards = column_id, backwards
        self._order()
        self._refill()
        self.post_message(self.Sorted(self))

    def go_to(self, record_id: str | None) -> bool:
        """Put the cursor on a record. False where it is not shown."""
        for index, row in enumerate(self._shown):
            if row.id == record_id:
                self._move_to(index)
                return True
        return False

    def show_from_top(self) -> None:
        """Scroll as little as the record under the cursor needs, to be seen at a first look."""
        self.scroll_to(y=0, animate=False, force=True)
        self.show_line(self._cursor)

    def _order(self) -> None:
        if self._sorter is not None:
            self._all = self._sorter(self._all, self.sort, self.backwards)
            return
        column = next((each for each in self.columns if each.id == self.sort), None)
        if column is not None and column.order is not None:
            self._all.sort(key=column.order, reverse=self.backwards)

    def _refill(self) -> None:
        here = self.current_id
        keep = self._keep
        self._shown = [row for row in self._all if keep(row)] if keep else self._all[:]
        place = self._cursor
        if here is not None:
            place = next((n for n, row in enumerate(self._shown) if row.id == here), 0)
        self._cursor = max(0, min(place, len(self._shown) - 1))
        self.set_line_count(len(self._shown))
        if self.is_mounted:
            self.show_line(self._cursor)
        self._tell()

    def _tell(self) -> None:
        if self.current_id != self._told:
            self._told = self.current_id
            self.post_message(self.Highlighted(self, self._told))

    # Marks

    def marked_or_current(self) -> list[R]:
        """The marked rows in order, or else the one under the cursor, or none."""
        if self.marks:
            return [row for row in self._all if row.id in self.marks]
        return [self.current] if self.current is not None else []

    def mark(self, ids: Iterable[str], *, on: bool = True) -> None:
        """Mark records, or take their marks away."""
        self.marks = self.marks | set(ids) if on else self.marks - set(ids)
        self.refresh()
        self.post_message(self.Marked(self))

    def unmark(self) -> None:
        """Take every mark away."""
        self.mark(list(self.marks), on=False)

    def _toggle(self, index: int) -> None:
        row = self._shown[index]
        self.mark([row.id], on=row.id not in self.marks)

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Move the cursor by some rows."""
        self._move_to(self._cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by a window's height."""
        self._move_to(self._cursor + by * max(1, self.window_height - 1))

    def action_edge(self, end: int) -> None:
        """Move the cursor to the first row, or to the last."""
        self._move_to(0 if end < 0 else len(self._shown) - 1)

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self.current_id is not None:
            self.post_message(self.Opened(self, self.current_id))

    def action_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go on to the next."""
        if self.markable and self._shown:
            self._toggle(self._cursor)
            self._move_to(self._cursor + 1)

    def _move_to(self, index: int) -> None:
        index = max(0, min(index, len(self._shown) - 1))
        if index != self._cursor:
            before, self._cursor = self._cursor, index
            self.redraw_line(before)
            self.redraw_line(index)
        self.show_line(index)
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """Go to a line, mark it, open it, or sort by a heading."""
        spot = self.spot(event)
        if spot is None:
            return
        if spot.y < self.FIXED_LINES:
            self._click_heading(spot.x)
            return
        index = self.line_at(spot.y)
        if index is None:
            return
        self._move_to(index)
        if self.markable and (self.one_click or spot.x < GUTTER):
            self._toggle(index)
        elif self._meant(self._shown[index], event.chain):
            self.action_open()

    def _meant(self, row: R, chain: int) -> bool:
        """Whether so many clicks at one place open a row.

        Two do where both fell on it: the first may have put another row in its place.
        """
        if self.one_click or self.opens_at_once(row):
            self._clicked = ""
            return chain == 1
        before, self._clicked = self._clicked, row.id
        return chain == 2 and before == row.id

    def opens_at_once(self, row: R) -> bool:
        """Whether one click opens a row, as it does with a thing to do among records."""
        del row
        return False

    def _click_heading(self, x: int) -> None:
        start = GUTTER
        for column, width in self._shared(self.room):
            if start <= x < start + width + GAP:
                if column.order is not None:
                    self.sort_by(column.id)
                return
            start += width + GAP

    # Drawing

    def forget_lines(self) -> None:
        """Drop what is remembered of drawn lines: rows, widths or colours are others now."""
        self._drawn.clear()
        self._shared_width = -1

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show by the cursor whether keys come here."""
        super().watch_has_focus(has_focus)
        self.redraw_line(self._cursor)

    def _shared(self, width: int) -> list[tuple[Column[R], int]]:
        if width != self._shared_width:
            self._shares = shares(self.columns, width - GUTTER)
            self._drawn.clear()
            self._shared_width = width
        return self._shares

    def draw_fixed(self, y: int, width: int) -> Strip:
        """The headings, the one sorted by with an arrow."""
        del y
        style = self.tones.style("muted", "band")
        segments = [Segment(" " * GUTTER, style)]
        for column, room in self._shared(width):
            if column.id == self.sort:
                arrow = "▼" if self.backwards else "▲"
                space = " " if len(column.title) + 2 <= room else ""
                # A narrow column's arrow stands in the gap behind it.
                words = fitted(f"{column.title}{space}{arrow}", room + 1) + " " * (GAP - 1)
                segments.append(Segment(words, self.tones.style("strong", "band")))
            else:
                segments.append(Segment(fitted(column.title, room) + " " * GAP, style))
        return padded(segments, width, style)

    def draw_nothing(self, y: int, width: int) -> Strip:
        """Below the last row; in an empty list, what to do first."""
        if not self._shown:
            parts = wrapped(line(self._empty_shown), max(10, width - 6))
            if 1 <= y <= len(parts):
                style = self.tones.style("muted")
                return padded([Segment("   " + parts[y - 1], style)], width, style)
        return self.blank(width)

    def draw_line(self, index: int, width: int) -> Strip:
        """One row."""
        columns = self._shared(width)
        row = self._shown[index]
        here = index == self._cursor
        marked = row.id in self.marks
        key = (row.id, here, marked, self.has_focus)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) > 4096:
                self._drawn.clear()
            strip = self._drawn[key] = self._draw_row(row, columns, width, here, marked)
        return strip

    def _draw_row(
        self, row: R, columns: list[tuple[Column[R], int]], width: int, here: bool, marked: bool
    ) -> Strip:
        ground = "marked" if marked else "sheet"
        if here:
            ground = "cursor" if self.has_focus else "cursor_away"
        style = self.tones.style("", ground)
        signs = ("›" if here else " ") + ("✓" if marked else " ")
        segments = [Segment(signs, self.tones.style("heading", ground))]
        for column, room in columns:
            cell = column.cell(row)
            text, tone = (cell, "") if isinstance(cell, str) else cell
            segments.append(
                Segment(
                    fitted(line(text), room) + " " * GAP,
                    self.tones.style(tone, ground) if tone else style,
                )
            )
        return padded(segments, width, style)
