"""A window that is answered once, however quickly its keys are pressed."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

from screens.plain import let_messages

T = TypeVar("T")


class AnsweredOnce(ModalScreen[T]):
    """A modal window whose second answer is passed over.

    A second Enter that comes before the window is gone would else give the answer once more, and
    take away the page below.
    """

    answered = False
    """Whether its answer was given."""

    def on_mount(self) -> None:
        """Say in its frame that the register is not encrypted: it may cover the line that does."""
        register = getattr(self.app, "register", None)
        if register is not None and not register.sealed and not register.invented:
            for frame in self.query("#box, #form"):
                frame.border_subtitle = "Plain: not encrypted"

    def on_screen_suspend(self) -> None:
        """What lies over it tells what there is to tell."""
        let_messages(self, False)

    def on_screen_resume(self) -> None:
        """Tell again what there is to tell."""
        let_messages(self, True)

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        """Close the window with an answer; once it was given, nothing happens."""
        if self.answered:
            return AwaitComplete()
        self.answered = True
        return super().dismiss(result)
