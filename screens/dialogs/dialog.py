"""The frame of every dialog: a title, what it says, and the keys that answer it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from screens.dialogs.answered import AnsweredOnce
from screens.plain import plain
from screens.widgets.spans import Span, Text

T = TypeVar("T")


class Dialog(AnsweredOnce[T]):
    """A window over the page. Answers are keys, and words at its foot that can be clicked.

    Args:
        title: What it is about, one line.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 60%;
        & > #box {
            width: 72;
            max-width: 96%;
            height: auto;
            max-height: 94%;
            background: $surface;
            border: round $primary;
            padding: 0 1;
        }
        #title { text-style: bold; color: $primary; height: auto; padding: 0 1; }
        #said { height: auto; padding: 0 1; margin-top: 1; color: $foreground; }
        #answers { margin-top: 1; }
    }
    """

    ANSWERS: ClassVar[Sequence[tuple[str, str, str]]] = ()
    """Key as shown, words, and the action that answers."""

    GIVES_WAY: ClassVar[str] = ""
    """The part that is made lower where the answers would not be seen, as a selector."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title

    def compose(self) -> ComposeResult:
        """The box with title, content and answers."""
        with Vertical(id="box"):
            yield Static(plain(self._title), id="title")
            yield from self.content()
            yield Answers(self.answers(), id="answers")

    def content(self) -> ComposeResult:
        """What stands between title and answers."""
        yield from ()

    def on_resize(self) -> None:
        """Keep the answers in sight."""
        for part in self.query(self.GIVES_WAY) if self.GIVES_WAY else ():
            part.styles.max_height = None
            self.call_after_refresh(self._give_way, part)

    def _give_way(self, part: Widget) -> None:
        box = self.query_one("#box")
        over = box.virtual_size.height - box.content_size.height
        if over > 0:
            part.styles.max_height = max(1, part.outer_size.height - over)

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Key as shown, words, and the action that answers."""
        return self.ANSWERS


class Answers(Text):
    """The words at the foot of a dialog; a click does what the key does."""

    DEFAULT_CSS = """
    Answers { height: 1; }
    """

    def __init__(
        self,
        answers: Sequence[tuple[str, str, str]],
        *,
        id: str | None = None,  # noqa: A002
        ground: str = "sheet",
    ) -> None:
        self.GROUND = ground
        words: list[Span] = []
        for key, label, action in answers:
            words += [
                Span(f" {key}", "heading", action, "band"),
                Span(f" {label} ", "", action, "band"),
                Span("  "),
            ]
        super().__init__(*words, id=id)

    def press(self, press: str) -> None:
        """Run the action of the dialog."""
        self.call_later(self.screen.run_action, press)
