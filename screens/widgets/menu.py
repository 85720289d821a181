"""A menu: things to do or to look at, each a title with a value beside it or words below it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding
from textual.message import Message
from textual.strip import Strip

from screens.commands import command_named
from screens.plain import line
from screens.widgets.line_list import ELLIPSIS, LineList, fitted, padded
from screens.widgets.wrapping import wrapped


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a menu.

    Args:
        id: What choosing it tells; empty for a heading.
        title: Its name.
        key: The key that does the same, as people write it.
        value: What it stands at now, beside the title.
        said: What it is, below the title.
        tone: The tone of the value.
        tail: Of a value that is too long the end is shown, as of a path.
    """

    id: str
    title: str
    key: str = ""
    value: str = ""
    said: str = ""
    tone: str = ""
    tail: bool = False


def heading(title: str) -> Item:
    """A heading over the items that follow."""
    return Item("", title)


def without_empty(items: Iterable[Item]) -> list[Item]:
    """Items without the headings that none follows."""
    found = list(items)
    return [
        each
        for each, after in zip(found, [*found[1:], None], strict=True)
        if each.id or (after is not None and after.id)
    ]


def command_item(command_id: str, *, value: str = "", said: str = "", tone: str = "") -> Item:
    """A command of the table as an item; its help is said below it."""
    command = command_named(command_id)
    key = command.shown_key if command.key else ""
    return Item(command.id, command.label, key, value, said or command.help, tone)


class Menu(LineList):
    """Items one below the other; Enter or one click chooses.

    Args:
        titles: The width that titles take where values stand beside them, in cells.
    """

    DEFAULT_CSS = """
    Menu { overflow-y: auto; }
    """
    BINDINGS = [Binding("enter,space", "choose", "Choose", show=False)]
    HELP = "Up and down go from one to the next; Enter, or one click, chooses."

    class Highlighted(Message):
        """The cursor has come to another item."""

        def __init__(self, menu: Menu, item: Item) -> None:
            super().__init__()
            self.menu = menu
            self.item = item

        @property
        def control(self) -> Menu:
            """The menu it happened in."""
            return self.menu

    class Chosen(Highlighted):
        """An item is chosen."""

    def __init__(self, *, titles: int = 30, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._titles = titles
        self._items: list[Item] = []
        self._cursor = 0
        self._lines: list[tuple[int, int, str]] = []
        """The item of each line, which of its lines it is (-1 above it), and the words said."""
        self._starts: list[int] = []
        self._width = 0

    @property
    def items(self) -> Sequence[Item]:
        """Everything on the menu."""
        return self._items

    @property
    def current(self) -> Item | None:
        """The item under the cursor."""
        return self._items[self._cursor] if self._cursor < len(self._items) else None

    def fill(self, items: Iterable[Item]) -> None:
        """Show other items; the cursor stays on its own if it is still there."""
        here = self.current
        self._items = list(items)
        places = [place for place, item in enumerate(self._items) if item.id]
        same = [place for place in places if here and self._items[place].id == here.id]
        self._cursor = (same or places or [0])[0]
        self._lay_out(self.room)
        self._tell()

    def go_to(self, item_id: str) -> None:
        """Put the cursor on an item."""
        for place, item in enumerate(self._items):
            if item.id == item_id:
                self._go(place)

    def action_move(self, by: int) -> None:
        """Go to the next item, over headings."""
        step = 1 if by > 0 else -1
        place = self._cursor + by
        while 0 <= place < len(self._items) and not self._items[place].id:
            place += step
        if 0 <= place < len(self._items):
            self._go(place)
        else:
            self.show_line(0 if by < 0 else len(self._lines) - 1)

    def action_page(self, by: int) -> None:
        """Go on by half a dozen items."""
        for _ in range(6):
            self.action_move(by)

    def action_edge(self, end: int) -> None:
        """Go to the first item, or to the last."""
        places = [place for place, item in enumerate(self._items) if item.id]
        if places:
            self._go(places[0 if end < 0 else -1])

    def action_choose(self) -> None:
        """Choose the item under the cursor."""
        item = self.current
        if item is not None and item.id:
            self.post_message(self.Chosen(self, item))

    def _go(self, place: int) -> None:
        self._cursor = place
        above = place
        while above and not self._items[above - 1].id:
            above -= 1
        first, last = self._extent(place)
        self.show_line(self._starts[above], last - self._starts[above] + 1)
        self.show_line(first, last - first + 1)
        self.refresh()
        self._tell()

    def _tell(self) -> None:
        item = self.current
        if item is not None and item.id:
            self.post_message(self.Highlighted(self, item))

    def on_click(self, event: events.Click) -> None:
        """Choose the item that is clicked."""
        spot = event.get_content_offset(self)
        index = self.line_at(spot.y) if spot is not None else None
        if index is not None and self._items[self._lines[index][0]].id:
            self._go(self._lines[index][0])
            self.action_choose()

    # Drawing

    def on_resize(self, event: events.Resize) -> None:
        """Break the words to the new width."""
        del event
        if self.room != self._width:
            self._lay_out(self.room)

    def _lay_out(self, width: int) -> None:
        self._width = width
        self._lines, self._starts = [], []
        for place, item in enumerate(self._items):
            if place and _apart(self._items[place - 1], item):
                self._lines.append((place - 1, -1, ""))
            self._starts.append(len(self._lines))
            said = self._said(item, width) if item.said else []
            self._lines += [(place, part, words) for part, words in enumerate(["", *said])]
        self.set_line_count(len(self._lines))

    def _said(self, item: Item, width: int) -> list[str]:
        return wrapped(line(item.said), max(16, min(width, 92) - self._indent - 2))

    @property
    def _indent(self) -> int:
        """Cells before a title: the cursor's sign, and the widest key."""
        widest = max((cell_len(item.key) for item in self._items), default=0)
        return 2 + (widest + 2 if widest else 0)

    def _extent(self, place: int) -> tuple[int, int]:
        own = [
            index
            for index, (item, part, _) in enumerate(self._lines)
            if item == place and part >= 0
        ]
        return (own[0], own[-1]) if own else (0, 0)

    def watch_has_focus(self, has_focus: bool) -> None:
        """Show by the cursor whether keys come here."""
        super().watch_has_focus(has_focus)
        self.refresh()

    def draw_line(self, index: int, width: int) -> Strip:
        """A line of an item, or the empty one above it."""
        place, part, said = self._lines[index]
        item = self._items[place]
        if part < 0:
            return Strip.blank(width, self.tones.style())
        if not item.id:
            style = self.tones.style("heading")
            return padded([Segment(f"  {line(item.title)}", style)], width, style)
        here = place == self._cursor
        ground = ("cursor" if self.has_focus else "cursor_away") if here else "sheet"
        if part > 0:
            style = self.tones.style("muted", ground)
            return padded([Segment(fitted(" " * self._indent + said, width), style)], width, style)
        return self._draw_title(item, here, ground, width)

    def _draw_title(self, item: Item, here: bool, ground: str, width: int) -> Strip:
        key = self.tones.style("heading", ground)
        sign = "› " if here else "  "
        room = max(0, self._indent - 2)
        segments = [Segment(sign + fitted(item.key, room), key)]
        if not item.value:
            style = self.tones.style("strong" if item.said else "", ground)
            segments.append(Segment(line(item.title), style))
        else:
            titles = min(self._titles, max(12, width // 2))
            words = self.tones.style("strong" if item.said else "", ground)
            segments.append(Segment(fitted(line(item.title), titles - 2) + "  ", words))
            rest = max(0, width - titles - self._indent - 1)
            value = self.tones.style(item.tone or "muted", ground)
            shown = line(item.value)
            segments.append(
                Segment(ended(shown, rest) if item.tail else fitted(shown, rest), value)
            )
        return padded(segments, width, self.tones.style("", ground))


def ended(text: str, width: int) -> str:
    """Text as exactly `width` cells: filled with spaces, or its end after an ellipsis."""
    if cell_len(text) > width:
        while text and cell_len(text) >= width:
            text = text[1:]
        text = ELLIPSIS + text
    return fitted(text, width)


def _apart(before: Item, item: Item) -> bool:
    """Whether an empty line stands between two items."""
    return not item.id or bool(before.said) or bool(item.said and before.id)
