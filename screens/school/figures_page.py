"""A page of figures: lines under headings, and beneath them the highlighted one in full."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.page import Page
from screens.plain import plain
from screens.school.lines import FigureLine
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import SectionList
from screens.widgets.spans import Text


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
        self.foot = Static(id="foot")

    def body(self) -> ComposeResult:
        """The lines, and the highlighted one in full."""
        yield self.heads
        yield self.figures
        yield self.foot

    @on(RecordList.Highlighted, "#figures")
    def _tell(self) -> None:
        each = self.figures.record
        self.foot.update(plain(each.in_full if each is not None else ""))

    @on(RecordList.Opened, "#figures")
    def _opened(self) -> None:
        self.command_open()
