"""The ground of every list: lines drawn one by one, only those that are seen."""

from __future__ import annotations

from typing import Any

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.geometry import Offset, Region, Size
from textual.reactive import var
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from screens.look import Tones

ELLIPSIS = "…"


def fitted(text: str, width: int) -> str:
    """Text as exactly `width` cells: filled with spaces, or cut and ended with an ellipsis."""
    if text.isascii():
        length = len(text)
        if length <= width:
            return text + " " * (width - length)
        return text[: width - 1] + ELLIPSIS if width > 0 else ""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + ELLIPSIS, width)


def padded(segments: list[Segment], width: int, style: Style) -> Strip:
    """Segments as a strip of exactly `width` cells."""
    return Strip(segments).adjust_cell_length(width, style)


class LineList(ScrollView, can_focus=True, can_focus_children=False):
    """Lines in a window that scrolls, with a cursor on some of them.

    A subclass says how many lines there are (`set_line_count`), draws one (`draw_line`), and
    knows which lines the cursor can be on.
    """

    DEFAULT_CSS = """
    LineList {
        height: 1fr;
        background: $surface;
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 0;
    }
    """

    BINDINGS = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(-1)", show=False),
        Binding("end", "edge(1)", show=False),
    ]

    ALLOW_SELECT = False
    FIXED_LINES = 0
    """Lines at the top that stay where they are while the rest scrolls."""

    line_count = var(0)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._tones: Tones | None = None
        self._barred: dict[tuple[int, bool], tuple[Strip, Strip]] = {}
        self._blank: Strip | None = None
        self._dragging = False

    @property
    def tones(self) -> Tones:
        """The styles of the theme that is on."""
        if self._tones is None:
            self._tones = Tones(self.app.theme)
        return self._tones

    def on_mount(self) -> None:
        """Draw again in other colours when the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_unmount(self) -> None:
        """Let the app forget it: a signal holds whoever listens, and so what was shown."""
        self.app.theme_changed_signal.unsubscribe(self)

    def _theme_changed(self, _: Any) -> None:
        self._tones = None
        self._barred.clear()
        self._blank = None
        self.forget_lines()
        self.refresh()

    def forget_lines(self) -> None:
        """Drop whatever is remembered of drawn lines."""

    def set_line_count(self, count: int) -> None:
        """Say how many lines there are to scroll through, the fixed ones left out.

        The scrollbar is told directly, because setting `virtual_size` lays out the whole screen
        again, at every key in a filter.
        """
        size = Size(self.size.width, count + self.FIXED_LINES)
        self.set_reactive(Widget.virtual_size, size)
        self.line_count = count
        if self.is_mounted and self.container_size:
            self._scroll_update(size)
        self.refresh()

    @property
    def room(self) -> int:
        """How many cells a line has, the scrollbar left out."""
        return max(0, self.size.width - 1)

    @property
    def window_height(self) -> int:
        """How many lines are seen at once, the fixed ones left out."""
        return max(1, self.size.height - self.FIXED_LINES)

    def show_line(self, index: int, height: int = 1) -> None:
        """Scroll so that a line, and the `height` lines from it on, are seen."""
        top = round(self.scroll_y)
        window = self.window_height
        if index < top:
            target = index
        elif index + height > top + window:
            target = min(index, index + height - window)
        else:
            return
        self.scroll_to(y=target, animate=False, force=True)

    def redraw_line(self, index: int, height: int = 1) -> None:
        """Draw some lines again and nothing else."""
        y = index - round(self.scroll_y) + self.FIXED_LINES
        self.refresh(Region(0, y, self.size.width, height))

    def line_at(self, y: int) -> int | None:
        """The line under a row of the window; None above the first and below the last."""
        if y < self.FIXED_LINES:
            return None
        index = round(self.scroll_y) + y - self.FIXED_LINES
        return index if 0 <= index < self.line_count else None

    def render_line(self, y: int) -> Strip:
        """One line of the window, as Textual asks for it."""
        width = self.room
        if y < self.FIXED_LINES:
            strip = self.draw_fixed(y, width)
        else:
            index = self.line_at(y)
            if index is None:
                strip = self.draw_nothing(y - self.FIXED_LINES, width)
            else:
                strip = self.draw_line(index, width)
        return self._with_bar(strip, self._in_thumb(y - self.FIXED_LINES))

    # The scrollbar: a cell at the end of each line, because a widget of its own costs as much
    # at every key as all the lines together.

    @property
    def _overflows(self) -> bool:
        return self.line_count > self.window_height

    def _in_thumb(self, y: int) -> bool:
        if y < 0 or not self._overflows:
            return False
        window, count = self.window_height, self.line_count
        size = max(1, window * window // count)
        travel = count - window
        top = (round(self.scroll_y) * (window - size) + travel // 2) // travel
        return top <= y < top + size

    def _with_bar(self, strip: Strip, thumb: bool) -> Strip:
        key = (id(strip), thumb)
        known = self._barred.get(key)
        if known is None:
            if len(self._barred) > 8192:
                self._barred.clear()
            cell = Segment("▐" if thumb else " ", self.tones.style("faint"))
            # The strip is kept too, so that its id stays its own.
            known = self._barred[key] = (strip, Strip.join([strip, Strip([cell], 1)]))
        return known[1]

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of the scrollbar."""
        if event.x >= self.room and self._overflows:
            self._dragging = True
            self.capture_mouse()
            self._drag(event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Scroll with the mouse."""
        if self._dragging:
            self._drag(event.y)

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Let the scrollbar go."""
        del event
        if self._dragging:
            self._dragging = False
            self.release_mouse()

    def _drag(self, y: int) -> None:
        share = (y - self.FIXED_LINES) / max(1, self.window_height - 1)
        travel = self.line_count - self.window_height
        self.scroll_to(y=round(min(1.0, max(0.0, share)) * travel), animate=False, force=True)

    def spot(self, event: events.Click) -> Offset | None:
        """Where in the window a click fell; None on the scrollbar or beside the content."""
        spot = event.get_content_offset(self)
        return None if spot is None or spot.x >= self.room else spot

    def blank(self, width: int) -> Strip:
        """A line with nothing on it."""
        if self._blank is None or self._blank.cell_length != width:
            self._blank = Strip.blank(width, self.tones.style("muted"))
        return self._blank

    def draw_fixed(self, y: int, width: int) -> Strip:
        """One of the fixed lines."""
        del y
        return self.blank(width)

    def draw_nothing(self, y: int, width: int) -> Strip:
        """A line below the last."""
        del y
        return self.blank(width)

    def draw_line(self, index: int, width: int) -> Strip:
        """A line of the list."""
        raise NotImplementedError
