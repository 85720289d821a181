"""What can be done here, for the page and for what has the focus."""

from __future__ import annotations

from collections.abc import Iterator

from textual.app import ComposeResult
from textual.binding import Binding
from textual.widget import Widget

from screens.commands import EVERYWHERE, Command, commands_of
from screens.dialogs.dialog import Dialog
from screens.page import app_of
from screens.widgets.story import Entry, Story, Words
from screens.withheld import commands_away

WRITING = (
    "Dates are typed as you would say them: fri, +6w, end of term, 3/11, 3 Nov 2026. "
    "The full date is shown beside them."
)


class HelpDialog(Dialog[None]):
    """The commands of a page with their keys, and what the focused widget takes.

    Args:
        place: The place of the page in the table of commands.
        focused: What has the focus.
    """

    DEFAULT_CSS = """
    HelpDialog {
        & > #box { width: 92; height: 90%; }
        #story { height: 1fr; margin-top: 1; }
    }
    """

    BINDINGS = [
        Binding("escape,enter,question_mark,f1", "close", show=False),
        Binding("up", "scroll('move', -1)", show=False),
        Binding("down", "scroll('move', 1)", show=False),
        Binding("pageup", "scroll('page', -1)", show=False),
        Binding("pagedown,space", "scroll('page', 1)", show=False),
    ]
    ANSWERS = (("Esc", "Close", "close"),)

    def __init__(self, place: str, focused: Widget | None) -> None:
        super().__init__("Help")
        self._place = place
        self._focused = focused
        self._story = _Commands(cursor=False, id="story")

    def content(self) -> ComposeResult:
        """What has the focus, then the page, then what works everywhere."""
        yield self._story

    def on_mount(self) -> None:
        """Write the help."""
        self._story.fill(self._entries())

    def _entries(self) -> Iterator[Entry]:
        own = getattr(self._focused, "HELP", None)
        if own:
            yield _heading("What has the focus")
            yield Entry("", [Words(own)])
        here = getattr(self._focused.screen, "HELP", None) if self._focused is not None else None
        if here:
            yield _heading("What this is")
            yield Entry("", [Words(here)])
        away = commands_away(app_of(self).register, self.app.screen_stack[-2])
        if self._place:
            yield _heading("On this page")
            yield from (_row(each) for each in commands_of(self._place) if each.id not in away)
        if self._place == "form":
            yield _heading("Writing dates")
            yield Entry("", [Words(WRITING)])
            return
        yield _heading("Everywhere")
        yield from (_row(each) for each in commands_of(EVERYWHERE) if each.id not in away)
        yield _heading("Writing dates")
        yield Entry("", [Words(WRITING)])

    def action_scroll(self, move: str, by: int) -> None:
        """Scroll the help."""
        getattr(self._story, f"action_{move}")(by)

    def action_close(self) -> None:
        """Put the help away."""
        self.dismiss(None)


class _Commands(Story):
    """The commands, with room for a key and a whole name."""

    LABEL_WIDTH = 31


def _heading(text: str) -> Entry:
    return Entry("", [Words(text, "heading")], heading=True)


def _row(command: Command) -> Entry:
    key = command.shown_key if command.key else ""
    return Entry("", [Words(command.help, label=f"{key:<7} {command.label}")])
