"""What comes about when people work apart and no merge can keep in order: a list, and ways out."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from screens.dialogs.remedy import put_right
from screens.page import Page, app_of
from screens.plain import line
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.rules.found import Finding
from senreg.rules.remedies import remedies, to_review

LOOKS = {"error": ("! Wrong", "bad"), "warning": ("? Look", "warn"), "note": ("· Note", "muted")}
"""Each severity with its word and tone."""


@dataclass(frozen=True, slots=True)
class Line:
    """A finding as the list shows it."""

    finding: Finding

    @property
    def id(self) -> str:
        """Its name in the list: a record may have several findings."""
        return f"{self.finding.code} {self.finding.record}"


class ToReview(Page):
    """Every finding that has a way out; Enter shows the ways."""

    PLACE = "to_review"
    MODE = "share"
    AUTO_FOCUS = "#findings"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self.findings: RecordList[Line] = RecordList(
            [
                Column("severity", "", _severity, width=8, most=8),
                Column(
                    "words", "What", lambda each: line(each.finding.message), width=40, most=140
                ),
            ],
            markable=False,
            empty="There is nothing to review: the records go together.",
            id="findings",
        )

    def body(self) -> ComposeResult:
        """What this is, and the findings."""
        yield self.title_line
        yield self.findings

    def refill(self) -> None:
        """Look at the records again."""
        found = to_review(self.register, today())
        words = f"{len(found)} that no merge of copies can put right by itself." if found else ""
        self.title_line.show(Span("  To review  ", "title"), Span(words, "muted"))
        self.findings.fill(Line(each) for each in found)

    @on(RecordList.Opened, "#findings")
    def _opened(self) -> None:
        self.command_put_right()

    def command_open(self) -> None:
        """Show the ways out of the highlighted finding."""
        self.command_put_right()

    def command_put_right(self) -> None:
        """Show the ways out of the highlighted finding, and take one."""
        each = self.findings.current
        if each is None:
            return
        ways = remedies(self.register, each.finding, today())
        put_right(app_of(self), each.finding.message, ways)

    def command_open_record(self) -> None:
        """Open the record that the finding is about."""
        each = self.findings.current
        row = self.register.get(each.finding.record) if each is not None else None
        if row is not None:
            app_of(self).open_record(row)


def _severity(each: Line) -> Cell:
    return LOOKS[each.finding.severity]
