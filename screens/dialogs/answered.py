"""A window that is answered once, however quickly its keys are pressed."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class AnsweredOnce(ModalScreen[T]):
    """A modal window whose second answer is passed over.

    A second Enter that comes before the window is gone would else give the answer once more, and
    take away the page below.
    """

    answered = False
    """Whether its answer was given."""

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close the window with an answer; once it was given, nothing happens."""
        if self.answered:
            return AwaitComplete()
        self.answered = True
        return super().dismiss(result)
