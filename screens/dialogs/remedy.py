"""The ways to put something right, and doing one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.dialogs.dialog import Answers, Dialog
from screens.plain import plain, say

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.rules.remedies import Remedy


def put_right(app: SenregApp, said: str, ways: Sequence[Remedy]) -> None:
    """Show the ways to put something right, and do the one that is chosen.

    Args:
        app: The interface, with a register open.
        said: What is wrong.
        ways: The ways, the usual one first.
    """
    register = app.register
    assert register is not None

    def chosen(place: int | None) -> None:
        if place is None:
            return
        way = ways[place]

        def write() -> None:
            with register.commit(way.label) as commit:
                way.proposal.write(commit)

        if app.attempt(write):
            say(app, f"Done: {way.label.lower()}. u takes it back.")

    app.push_screen(RemedyDialog(said, ways), chosen)


class RemedyDialog(Dialog[int | None]):
    """The ways to put something right; gives the place of the one that is to be done.

    Args:
        said: What was found.
        ways: The ways, the usual one first.
    """

    DEFAULT_CSS = """
    RemedyDialog > #box { width: 84; }
    RemedyDialog #ways { height: auto; max-height: 60vh; margin-top: 1; }
    RemedyDialog #ways Static { height: auto; padding: 0 1; }
    RemedyDialog #ways Answers { margin: 0 0 1 1; }
    """

    GIVES_WAY = "#ways"
    BINDINGS = [
        *(Binding(str(key), f"take({key})", show=False) for key in range(1, 10)),
        Binding("enter", "take(1)", show=False),
        Binding("escape", "leave", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
    ]

    def __init__(self, said: str, ways: Sequence[Remedy]) -> None:
        super().__init__("Put this right")
        self._said = said
        self._ways = ways

    def content(self) -> ComposeResult:
        """What was found, and each way with the words that take it."""
        yield Static(plain(self._said), id="said")
        with VerticalScroll(id="ways", can_focus=False):
            for number, way in enumerate(self._ways, 1):
                yield Static(plain(way.words))
                yield Answers(((str(number), "Do this", f"take({number})"),))

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """Doing the usual, and leaving."""
        usual = [("Enter", "Do the first", "take(1)")] if self._ways else []
        return [*usual, ("Esc", "Leave it", "leave")]

    def action_take(self, number: int) -> None:
        """Do a way by its number on the screen, from 1."""
        if number <= len(self._ways):
            self.dismiss(number - 1)

    def action_leave(self) -> None:
        """Do nothing."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Read on where the ways are longer than the window."""
        self.query_one("#ways").scroll_relative(y=by, animate=False)
