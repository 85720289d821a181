"""The list of records under headings: the cursor passes over the headings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.strip import Strip

from screens.plain import line
from screens.widgets.columns import GAP, Cell, Column
from screens.widgets.line_list import fitted, padded
from screens.widgets.record_list import GUTTER, HasId, RecordList

R = TypeVar("R", bound=HasId)


class Section(NamedTuple):
    """A heading between records.

    Args:
        id: Its name in code.
        title: Its words; without any, an empty line.
        note: What is said after them.
        tone: The tone of the title.
    """

    id: str
    title: str
    note: str = ""
    tone: str = "heading"


class SectionList(RecordList[R | Section]):
    """Records under headings, in the order they are given.

    Args:
        columns: What is shown of a record; never asked of a heading.
        headed: Whether the titles of the columns stand above.
        whole: What is shown of a record instead of columns, over the whole width, and opened by
            one click; nothing for a record that is shown in columns.
        empty: What to say where there is nothing at all.
    """

    HELP = (
        "Up and down move from line to line, Enter opens. With the mouse: double click opens; one "
        "click is enough for a thing to do, such as showing the others."
    )

    def __init__(
        self,
        columns: Sequence[Column[R]],
        *,
        headed: bool = False,
        whole: Callable[[R], Sequence[Cell]] | None = None,
        markable: bool = False,
        empty: str = "There is nothing here yet.",
        id: str | None = None,  # noqa: A002
    ) -> None:
        self.FIXED_LINES = 1 if headed else 0
        self._whole = whole
        super().__init__(
            [_over_headings(column) for column in columns],
            markable=markable,
            empty=empty,
            sorter=lambda rows, _column, _backwards: rows,
            id=id,
        )

    def fill(self, rows: Iterable[R | Section]) -> None:
        """Show other rows; an empty line stands before every heading but the first."""
        spaced: list[R | Section] = []
        for row in rows:
            if isinstance(row, Section) and spaced:
                spaced.append(Section(f"before {row.id}", ""))
            spaced.append(row)
        super().fill(spaced)

    def _refill(self) -> None:
        super()._refill()
        if isinstance(self.current, Section):
            self._move_to(self._cursor)

    @property
    def record(self) -> R | None:
        """The record under the cursor; None where there is none."""
        return None if isinstance(self.current, Section) else self.current

    def go_to_section(self, section_id: str) -> bool:
        """Put the cursor on the first record under a heading. False where there is none."""
        for index, row in enumerate(self.rows):
            if row.id == section_id and isinstance(row, Section):
                self._move_to(index + 1)
                self.show_line(index, min(self.window_height, len(self.rows) - index))
                return True
        return False

    def action_open(self) -> None:
        """Open the record under the cursor."""
        if self.record is not None:
            super().action_open()

    def action_mark(self) -> None:
        """Mark the record under the cursor, or take its mark away, and go on to the next."""
        if self.record is not None:
            super().action_mark()

    def _move_to(self, index: int) -> None:
        index = max(0, min(index, len(self.rows) - 1))
        step = 1 if index >= self._cursor else -1
        target = self._record_from(index, step)
        if target is None:
            target = self._record_from(index, -step)
        super()._move_to(index if target is None else target)
        above = self._cursor - 1
        while above >= 0 and isinstance(self.rows[above], Section):
            above -= 1
        if above + 1 < self._cursor:
            self.show_line(above + 1, self._cursor - above)

    def _record_from(self, index: int, step: int) -> int | None:
        while 0 <= index < len(self.rows):
            if not isinstance(self.rows[index], Section):
                return index
            index += step
        return None

    def opens_at_once(self, row: R | Section) -> bool:
        """One click is enough for what is no record in columns but a thing to do."""
        return self._whole is not None and not isinstance(row, Section) and bool(self._whole(row))

    def on_click(self, event: events.Click) -> None:
        """Nothing happens where a heading is clicked."""
        spot = self.spot(event)
        index = self.line_at(spot.y) if spot is not None else None
        if index is not None and isinstance(self.rows[index], Section):
            event.prevent_default()

    def draw_line(self, index: int, width: int) -> Strip:
        """A heading, or a record."""
        row = self.rows[index]
        if not isinstance(row, Section):
            whole = self._whole(row) if self._whole is not None else ()
            if not whole:
                return super().draw_line(index, width)
            return self._draw_whole(whole, index == self._cursor, width)
        style = self.tones.style(row.tone)
        title, note = line(row.title), line(row.note)
        room = max(0, width - 2 - cell_len(title) - 2)
        return padded(
            [
                Segment("  " + title, style),
                Segment("  " + fitted(note, room), self.tones.style("muted")),
            ],
            width,
            style,
        )

    def _draw_whole(self, cells: Sequence[Cell], here: bool, width: int) -> Strip:
        ground = ("cursor" if self.has_focus else "cursor_away") if here else "sheet"
        segments = [Segment("› " if here else "  ", self.tones.style("heading", ground))]
        room = max(0, width - GUTTER)
        for place, cell in enumerate(cells):
            text, tone = (cell, "") if isinstance(cell, str) else cell
            text = line(text) if place + 1 == len(cells) else line(text) + " " * GAP
            taken = min(room, cell_len(text))
            segments.append(Segment(fitted(text, taken), self.tones.style(tone, ground)))
            room -= taken
        return padded(segments, width, self.tones.style("", ground))


def _over_headings(column: Column[R]) -> Column[R | Section]:
    """A column that is empty where a heading stands."""
    cell: Callable[[R | Section], str | tuple[str, str]] = lambda row: (  # noqa: E731
        "" if isinstance(row, Section) else column.cell(row)
    )
    return Column(
        column.id, column.title, cell, None, width=column.width, most=column.most, rank=column.rank
    )
