"""What can be done here, for the page and for what has the focus."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import EVERYWHERE, Command, commands_of
from screens.dialogs.dialog import Dialog
from screens.plain import plain

WRITING = (
    "Dates are typed as you would say them: fri, +6w, end of term, 3/11, 3 Nov 2026. "
    "The full date is shown beneath."
)


class HelpDialog(Dialog[None]):
    """The commands of a page with their keys, and what the focused widget takes.

    Args:
        place: The place of the page in the table of commands.
        focused: What has the focus.
    """

    DEFAULT_CSS = """
    HelpDialog {
        & > #box { width: 84; height: 90%; }
        #scroll { height: 1fr; margin-top: 1; }
        #scroll Static { height: auto; padding: 0 1; }
    }
    """

    BINDINGS = [Binding("escape,enter,question_mark,f1", "close", show=False)]
    ANSWERS = (("Esc", "Close", "close"),)

    def __init__(self, place: str, focused: Widget | None) -> None:
        super().__init__("Help")
        self._place = place
        self._focused = focused

    def content(self) -> ComposeResult:
        """What has the focus, then the page, then what works everywhere."""
        with VerticalScroll(id="scroll"):
            yield Static(self._text())

    def _text(self) -> Content:
        parts: list[Content] = []
        own = getattr(self._focused, "HELP", None)
        if own:
            parts += [_heading("What has the focus"), plain(f"{own}\n")]
        if self._place:
            parts += [_heading("On this page"), *map(_row, commands_of(self._place)), plain("")]
        parts += [_heading("Everywhere"), *map(_row, commands_of(EVERYWHERE)), plain("")]
        parts += [_heading("Writing dates"), plain(WRITING)]
        return Content("\n").join(parts)

    def action_close(self) -> None:
        """Put the help away."""
        self.dismiss(None)


def _heading(text: str) -> Content:
    return Content.styled(text, "bold $primary")


def _row(command: Command) -> Content:
    return Content.assemble(
        (f"{command.shown_key if command.key else '':>8}  ", "bold"),
        f"{command.label:<20} ",
        (command.help, "$muted"),
    )
