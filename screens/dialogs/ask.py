"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class AskDialog(Dialog[bool]):
    """A question; gives True for yes.

    Args:
        title: The question.
        said: What follows from each answer.
        yes: The words of yes.
        no: The words of no, which Esc gives too.
    """

    BINDINGS = [
        Binding("enter,y", "answer(True)", show=False),
        Binding("escape,n", "answer(False)", show=False),
    ]

    def __init__(self, title: str, said: str = "", *, yes: str = "Yes", no: str = "No") -> None:
        super().__init__(title)
        self._said = said
        self._words = (yes, no)

    def content(self) -> ComposeResult:
        """What follows from each answer."""
        if self._said:
            yield Static(plain(self._said), id="said")

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Yes and no."""
        yes, no = self._words
        return (("Enter", yes, "answer(True)"), ("Esc", no, "answer(False)"))

    def action_answer(self, yes: bool) -> None:
        """Give the answer."""
        self.dismiss(yes)
