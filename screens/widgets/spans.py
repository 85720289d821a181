"""Lines made of words that can be clicked: the modes, the footer, tabs and tools."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from screens.look import Tones
from screens.widgets.line_list import fitted


class Span(NamedTuple):
    """Some words of a line.

    Args:
        text: The words, cleaned.
        tone: The tone they are written in.
        press: What is told when they are clicked; empty where nothing is.
        ground: What lies behind them; empty for the ground of the line.
    """

    text: str
    tone: str = ""
    press: str = ""
    ground: str = ""


class SpanLine(Widget):
    """One or more lines of words, some of which can be clicked."""

    DEFAULT_CSS = """
    SpanLine {
        height: 1;
        width: 1fr;
    }
    """

    ALLOW_SELECT = False
    GROUND = "band"

    class Pressed(Message):
        """Words were clicked."""

        def __init__(self, spans: SpanLine, press: str) -> None:
            super().__init__()
            self.spans = spans
            self.press = press

        @property
        def control(self) -> SpanLine:
            """The line they stand in."""
            return self.spans

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._tones: Tones | None = None

    def on_mount(self) -> None:
        """Draw again in other colours when the theme changes."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_unmount(self) -> None:
        """Let the app forget it: a signal holds whoever listens, and so what was shown."""
        self.app.theme_changed_signal.unsubscribe(self)

    def _theme_changed(self, _: Any) -> None:
        self._tones = None
        self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The words of a line that is `width` cells wide."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """A line, as Textual asks for it."""
        if self._tones is None:
            self._tones = Tones(self.app.theme)
        width = self.size.width
        segments = [
            Segment(span.text, self._tones.style(span.tone, span.ground or self.GROUND))
            for span in _within(self.spans(y, width), width)
        ]
        return Strip(segments).adjust_cell_length(width, self._tones.style("", self.GROUND))

    def pressed_at(self, x: int, y: int) -> str:
        """What is told for a click at a place; empty for none."""
        start = 0
        for span in self.spans(y, self.size.width):
            start += cell_len(span.text)
            if x < start:
                return span.press
        return ""

    def on_click(self, event: events.Click) -> None:
        """Tell which words were clicked."""
        event.stop()
        spot = event.get_content_offset(self)
        press = self.pressed_at(spot.x, spot.y) if spot is not None else ""
        if press:
            self.press(press)

    def press(self, press: str) -> None:
        """Do what the words say."""
        self.post_message(self.Pressed(self, press))


def _within(spans: Sequence[Span], width: int) -> Iterator[Span]:
    """Spans as far as they fit; the words of the last one end in an ellipsis where they are cut."""
    room = width
    for span in spans:
        taken = cell_len(span.text)
        if taken > room:
            if span.text.strip():
                yield span._replace(text=fitted(span.text.rstrip(), room))
            return
        yield span
        room -= taken


def width_of(spans: Sequence[Span]) -> int:
    """The cells that spans take."""
    return sum(cell_len(span.text) for span in spans)


class Text(SpanLine):
    """A line whose words are set from outside."""

    def __init__(self, *words: Span, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.words: tuple[Span, ...] = words

    def show(self, *words: Span) -> None:
        """Show other words."""
        if words != self.words:
            self.words = words
            self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The words it was given."""
        del width
        return self.words if y == 0 else ()


class CommandLine(SpanLine):
    """A line whose words run commands."""

    def press(self, press: str) -> None:
        """Run the command."""
        from screens.commands import run

        run(self, press)


class CommandText(Text):
    """A line whose words are set from outside, and run commands."""

    def press(self, press: str) -> None:
        """Run the command."""
        from screens.commands import run

        run(self, press)
