"""What a merge or a backup would bring, in words, before it is brought in."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain
from screens.widgets.story import Entry, Story, Words

TONES = {
    "Conflict": "bad",
    "Clock": "warn",
    "Given up": "bad",
    "Left behind": "bad",
    "Missing": "warn",
}
"""How a sentence is drawn, by the word it begins with."""

AFTER = "Nothing that anybody wrote is lost by it. A merge is no step of undo."
ERASING = "What is erased goes for good; nothing else is lost by it. A merge is no step of undo."


class PreviewDialog(Dialog[bool]):
    """A preview in words; gives True to do it.

    Args:
        title: What it is of.
        said: What it comes to.
        details: The preview, a sentence each.
        after: What is to be known of it.
        yes: The words of doing it.
    """

    DEFAULT_CSS = """
    PreviewDialog {
        & > #box { width: 92; height: 94%; max-height: 38; }
        #details { height: 1fr; min-height: 3; margin-top: 1; }
        #after { color: $muted; height: auto; padding: 0 1; margin-top: 1; }
        &.-short #said { display: none; }
        &.-short #title { height: 1; }
        &.-short #details { min-height: 1; }
        &.-short #details, &.-short #after, &.-short #answers { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]
    BINDINGS = [
        Binding("enter", "answer(True)", show=False),
        Binding("escape", "answer(False)", show=False),
        Binding("up", "scroll('move', -1)", show=False),
        Binding("down", "scroll('move', 1)", show=False),
        Binding("pageup", "scroll('page', -1)", show=False),
        Binding("pagedown,space", "scroll('page', 1)", show=False),
    ]

    def __init__(
        self, title: str, said: str, details: Sequence[str], *, after: str, yes: str
    ) -> None:
        super().__init__(title)
        self._said = said
        self._after = after
        self._yes = yes
        self._details = details
        self._story = Story(cursor=False, id="details")

    def content(self) -> ComposeResult:
        """How much it is, then everything."""
        yield Static(plain(self._said), id="said")
        yield self._story
        yield Static(plain(self._after), id="after")

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Doing it, and not."""
        return (("Enter", self._yes, "answer(True)"), ("Esc", "Cancel", "answer(False)"))

    def on_mount(self) -> None:
        """Show every sentence; conflicts stand out."""
        self._story.fill(
            Entry("", [Words(each, TONES.get(each.partition(":")[0], ""))])
            for each in self._details
        )

    def action_scroll(self, move: str, by: int) -> None:
        """Read on."""
        getattr(self._story, f"action_{move}")(by)

    def action_answer(self, yes: bool) -> None:
        """Give the answer."""
        self.dismiss(yes)


class MergeDialog(PreviewDialog):
    """The preview of a merge; gives True to bring it in.

    Args:
        made: When the bundle was made, and by whom.
        summary: How much it brings.
        details: The preview in words: by person, by pupil, then each conflict.
        erases: Whether it erases a child here, too.
    """

    def __init__(
        self, made: str, summary: str, details: Sequence[str], *, erases: bool = False
    ) -> None:
        super().__init__(
            "What this bundle brings",
            f"{made} It brings {summary}.",
            details,
            after=ERASING if erases else AFTER,
            yes="Bring it in",
        )
