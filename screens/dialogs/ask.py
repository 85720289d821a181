"""A question that is answered by yes or no."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widgets import Static

from screens.dialogs.dialog import Dialog
from screens.plain import plain


class AskDialog(Dialog[bool]):
    """A question; gives True for yes, and None where it was left without an answer.

    Args:
        title: The question.
        said: What follows from each answer.
        yes: The words of yes.
        no: The words of no, which Esc gives too.
        leave: The words of leaving the question open; Esc then gives that, and n gives no.
    """

    BINDINGS = [
        Binding("enter,y", "answer(True)", show=False),
        Binding("n", "answer(False)", show=False),
        Binding("escape", "leave", show=False),
    ]

    def __init__(
        self, title: str, said: str = "", *, yes: str = "Yes", no: str = "No", leave: str = ""
    ) -> None:
        super().__init__(title)
        self._said = said
        self._leave = leave
        self._words = (yes, no)

    def content(self) -> ComposeResult:
        """What follows from each answer."""
        if self._said:
            yield Static(plain(self._said), id="said")

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Yes and no."""
        yes, no = self._words
        if self._leave:
            leave = ("Esc", self._leave, "leave")
            return (("Enter", yes, "answer(True)"), ("n", no, "answer(False)"), leave)
        return (("Enter", yes, "answer(True)"), ("Esc", no, "answer(False)"))

    def action_answer(self, yes: bool) -> None:
        """Give the answer."""
        self.dismiss(yes)

    def action_leave(self) -> None:
        """Answer no, or leave the question open where that is another thing."""
        self.dismiss(None if self._leave else False)
