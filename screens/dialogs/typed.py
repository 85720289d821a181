"""A question that is answered by typing words, where a slip of a key must not be enough."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Input, Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class TypedDialog(Dialog[bool]):
    """Gives True once the words stand there whole and Enter is pressed.

    Args:
        title: What is asked.
        said: What follows.
        words: What is to be typed, in capitals or small letters.
        yes: The words of doing it.
    """

    DEFAULT_CSS = """
    TypedDialog {
        #typed { margin: 1 1 0 1; background: $panel; }
        #wrong { height: auto; padding: 0 1; color: $text-warning; }
    }
    """
    BINDINGS = [Binding("escape", "cancel", show=False)]

    def __init__(self, title: str, said: str, words: str, *, yes: str) -> None:
        super().__init__(title)
        self._said = said
        self._words = words
        self._yes = yes

    def content(self) -> ComposeResult:
        """What follows, and where the words are typed."""
        yield Static(plain(f"{self._said}\n\nType {self._words} to do it."), id="said")
        yield Input(placeholder=self._words, id="typed", compact=True)
        yield Static("", id="wrong")

    def answers(self) -> tuple[tuple[str, str, str], ...]:
        """Doing it, and not."""
        return (("Enter", self._yes, "do"), ("Esc", "Cancel", "cancel"))

    @on(Input.Submitted, "#typed")
    def action_do(self) -> None:
        """Answer, if the words are there."""
        typed = " ".join(self.query_one("#typed", Input).value.split())
        if typed.casefold() == self._words.casefold():
            self.dismiss(True)
        else:
            wrong = f"That is not yet {self._words}."
            self.query_one("#wrong", Static).update(plain(wrong))

    def action_cancel(self) -> None:
        """Do nothing."""
        self.dismiss(False)
