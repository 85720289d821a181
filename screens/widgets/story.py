"""A page of records that reads like a document: wrapped text, with a cursor on each record."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from screens.plain import lines
from screens.widgets.line_list import LineList, fitted, padded
from screens.widgets.wrapping import wrapped


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of an entry.

    Args:
        text: Its text as stored.
        tone: The tone it is written in.
        indent: Cells it stands in from the left.
        label: What the text is, in a column of its own before it.
    """

    text: object
    tone: str = ""
    indent: int = 0
    label: str = ""


NOBODY = -2
"""The entry of lines that belong to none."""

WIDEST = 100
"""Cells of a line of text beyond which reading is tiring."""


@dataclass(frozen=True, slots=True)
class _Line:
    entry: int
    label: str = ""
    text: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on the page.

    Args:
        id: The id of the record it shows; empty where there is nothing to open.
        words: Its paragraphs.
        heading: It stands apart from what is above, and the cursor passes over it.
        apart: It stands apart from the entry above, but not from a heading.
        detail: What else the page wants to know of it, such as a field's name or a table.
    """

    id: str
    words: Sequence[Words]
    heading: bool = False
    detail: str = ""
    apart: bool = False


class Story(LineList):
    """Entries one below the other, each as many lines as it takes.

    Args:
        cursor: Whether entries can be gone to and opened.
        empty: What to say where there are none.
    """

    BINDINGS = [Binding("enter", "open", "Open", show=False)]
    LABEL_WIDTH = 22
    """Cells of the column of labels."""

    HELP = "Up and down go from one record to the next; Enter opens, e edits."

    class Highlighted(Message):
        """The cursor has come to another entry."""

        def __init__(self, story: Story, entry: Entry | None) -> None:
            super().__init__()
            self.story = story
            self.entry = entry

        @property
        def control(self) -> Story:
            """The page it happened on."""
            return self.story

    class Opened(Highlighted):
        """An entry is to be opened."""

        entry: Entry

    def __init__(
        self,
        *,
        cursor: bool = True,
        empty: str = "",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.can_focus = cursor
        self.empty = empty
        self._entries: list[Entry] = []
        self._cursor = -1
        self._went = False
        self._told: Entry | None = None
        self._lines: list[_Line] = []
        self._starts: list[int] = []
        self._width = 0

    # Entries

    @property
    def entries(self) -> Sequence[Entry]:
        """Everything on the page."""
        return self._entries

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries[self._cursor] if 0 <= self._cursor < len(self._entries) else None

    def fill(self, entries: Iterable[Entry]) -> None:
        """Show other entries; the cursor stays on its record if it is still there."""
        here = self.current
        self._entries = list(entries)
        self._cursor = -1
        if self.can_focus:
            wanted = (here.id, here.detail) if here is not None else None
            self._cursor = next(
                (
                    n
                    for n, each in enumerate(self._entries)
                    if not each.heading and (each.id, each.detail) == wanted
                ),
                self._next(-1, 1),
            )
        self._lay_out(self.room)
        if not self.can_focus:
            self.scroll_to(y=0, animate=False, force=True)
        self._tell()

    def go_to(self, record_id: str) -> bool:
        """Put the cursor on a record's entry. False where it is not shown."""
        for index, each in enumerate(self._entries):
            if each.id == record_id and not each.heading:
                self._go(index)
                return True
        return False

    def _next(self, start: int, step: int) -> int:
        place = start + step
        while 0 <= place < len(self._entries) and self._entries[place].heading:
            place += step
        return place if 0 <= place < len(self._entries) else start

    def _tell(self) -> None:
        if self.current is not self._told:
            self._told = self.current
            self.post_message(self.Highlighted(self, self._told))

    # Keys and mouse

    def action_move(self, by: int) -> None:
        """Go to the next entry, or the one before; a long one is read to its end first."""
        if not self.can_focus or not self._entries:
            self.scroll_relative(y=by, animate=False)
            return
        first, last = self._extent(self._cursor)
        top, window = round(self.scroll_y), self.window_height
        if by > 0 and last >= top + window:
            self.scroll_to(y=min(top + window - 1, last - window + 1), animate=False, force=True)
            return
        if by < 0 and first < top:
            self.scroll_to(y=max(first, top - window + 1), animate=False, force=True)
            return
        target = self._next(self._cursor, by)
        if target == self._cursor:
            self.scroll_to(y=0 if by < 0 else self.max_scroll_y, animate=False, force=True)
        else:
            self._go(target)

    def action_page(self, by: int) -> None:
        """Go on by about a window's height."""
        if not self.can_focus or not self._entries:
            self.scroll_relative(y=by * self.window_height, animate=False)
            return
        line = self._extent(self._cursor)[0] + by * self.window_height
        index = self._entry_at(max(0, min(line, len(self._lines) - 1)))
        if self._entries[index].heading:
            index = self._next(index, by)
        self._go(index)

    def action_edge(self, end: int) -> None:
        """Go to the first entry, or to the last."""
        if self.can_focus and self._entries:
            self._go(self._next(-1, 1) if end < 0 else self._next(len(self._entries), -1))

    def action_open(self) -> None:
        """Open the entry under the cursor."""
        if self.current is not None:
            self.post_message(self.Opened(self, self.current))

    def _go(self, index: int) -> None:
        if not 0 <= index < len(self._entries):
            return
        self._cursor = index
        first, last = self._extent(index)
        above = index
        while above and self._entries[above - 1].heading:
            above -= 1
        if above != index:
            self.show_line(self._starts[above], last - self._starts[above] + 1)
        self.show_line(first, last - first + 1)
        self.refresh()
        self._tell()

    def on_click(self, event: events.Click) -> None:
        """Go to an entry; a double click opens it."""
        spot = self.spot(event)
        index = self.line_at(spot.y) if spot is not None else None
        if index is None or not self.can_focus:
            return
        went, self._went = self._went, False
        if event.chain == 2 and went:
            # The first click may have scrolled: what it fell on is meant.
            self.action_open()
            return
        entry = self._entry_at(index)
        if not self._entries[entry].heading:
            self._go(entry)
            self._went = True

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the text to the new width."""
        del event
        if self.room != self._width:
            self._lay_out(self.room)
            if self.current is not None:
                self._go(self._cursor)

    def _lay_out(self, width: int) -> None:
        self._width = width
        self._lines = []
        self._starts = []
        for index, entry in enumerate(self._entries):
            before = self._entries[index - 1] if index else None
            if before is not None and (entry.heading or (entry.apart and not before.heading)):
                self._lines.append(_Line(NOBODY))
            self._starts.append(len(self._lines))
            for words in entry.words:
                self._lines += _laid_out(index, words, min(width - 4, WIDEST), self.LABEL_WIDTH)
        self.set_line_count(len(self._lines))

    def _extent(self, index: int) -> tuple[int, int]:
        """The first and the last line of an entry."""
        if not 0 <= index < len(self._starts):
            return 0, 0
        end = self._starts[index + 1] if index + 1 < len(self._starts) else len(self._lines)
        return self._starts[index], max(self._starts[index], end - 1)

    def _entry_at(self, line: int) -> int:
        return max(0, bisect_right(self._starts, line) - 1)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show by the cursor whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def draw_nothing(self, y: int, width: int) -> Strip:
        """Below the last entry; on an empty page, what to do first."""
        if not self._entries and self.empty:
            parts = wrapped(self.empty, max(10, width - 4))
            if 1 <= y <= len(parts):
                style = self.tones.style("muted")
                return padded([Segment("  " + parts[y - 1], style)], width, style)
        return self.blank(width)

    def draw_line(self, index: int, width: int) -> Strip:
        """One line of an entry."""
        each = self._lines[index]
        here = each.entry == self._cursor
        ground = ("cursor" if self.has_focus else "cursor_away") if here else "sheet"
        sign = "› " if here and index == self._extent(each.entry)[0] else "  "
        style = self.tones.style(each.tone, ground)
        return padded(
            [
                Segment(sign, self.tones.style("heading", ground)),
                Segment(each.label, self.tones.style("muted", ground)),
                Segment(each.text, style),
            ],
            width,
            style,
        )


def _laid_out(index: int, words: Words, width: int, label_width: int) -> Iterator[_Line]:
    """The lines of a paragraph; a label stands before its first, or above it where it is narrow."""
    indent = words.indent
    label = " " * indent
    if words.label:
        if width >= label_width * 2:
            label += fitted(words.label, label_width - 1) + " "
            indent += label_width
        else:
            yield _Line(index, label + words.label)
            indent += 2
            label = " " * indent
    for paragraph in lines(words.text):
        for part in wrapped(paragraph, max(8, width - indent)):
            yield _Line(index, label, part, words.tone)
            label = " " * indent
