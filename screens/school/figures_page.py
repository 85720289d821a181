"""A page of figures: lines under headings, and beneath them the highlighted one in full."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.commands import run
from screens.page import Page
from screens.plain import line, plain, say
from screens.school.lines import FigureLine
from screens.widgets.line_list import fitted
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import SectionList
from screens.widgets.spans import Text
from screens.widgets.wrapping import wrapped

READ_ON = "   d reads on"
"""What stands at the end of what is cut short beneath the list."""


class _Foot(Static):
    """What is said of the highlighted line; a click shows all of it."""

    def on_click(self) -> None:
        """Read on."""
        run(self, "definition")


class FiguresPage(Page):
    """Lines of figures; `command_open` of a subclass shows what is behind the highlighted one.

    Args:
        figures: The list they stand in, with the id `figures`.
    """

    MODE = "school"
    AUTO_FOCUS = "#figures"

    def __init__(self, figures: SectionList[FigureLine]) -> None:
        super().__init__()
        self.heads = Text(id="heads")
        self.figures = figures
        self.foot = _Foot(id="foot")
        self.opened: dict[str, str] = {}
        """The id of the record that was opened last from a line, by the line."""

    def body(self) -> ComposeResult:
        """The lines, and the highlighted one in full."""
        yield self.heads
        yield self.figures
        yield self.foot

    @on(RecordList.Highlighted, "#figures")
    def _tell(self) -> None:
        each = self.figures.record
        text = each.in_full if each is not None else ""
        width, height = self.foot.content_size
        rows = [row for part in text.split("\n") for row in wrapped(line(part), max(10, width))]
        if height and len(rows) > height:
            kept = fitted(rows[height - 1], max(0, width - len(READ_ON))).rstrip()
            rows = [*rows[: height - 1], f"{kept}{READ_ON}"]
        self.foot.update(plain("\n".join(rows)))

    def on_resize(self) -> None:
        """Show as much beneath the list as there is room for."""
        self.call_after_refresh(self._tell)

    def command_definition(self) -> None:
        """Read all that is said of the highlighted line."""
        from screens.dialogs.message import MessageDialog

        each = self.figures.record
        if each is not None and each.in_full:
            title, _, rest = each.in_full.partition("\n")
            self.app.push_screen(MessageDialog(title, rest))
        else:
            say(self.app, "Nothing more is to be said of this line.")

    @on(RecordList.Opened, "#figures")
    def _opened(self) -> None:
        self.command_open()
