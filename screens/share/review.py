"""What comes about when people work apart and no merge can keep in order: a list, and ways out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from screens.dialogs.dialog import Answers, Dialog
from screens.page import Page, app_of
from screens.plain import line, plain, say
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.rules.found import Finding
from senreg.rules.remedies import Remedy, remedies, to_review

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

        def chosen(way: int | None) -> None:
            if way is not None:
                self._do(ways[way])

        self.app.push_screen(RemedyDialog(each.finding.message, ways), chosen)

    def _do(self, remedy: Remedy) -> None:
        def write() -> None:
            with self.register.commit(remedy.label) as commit:
                remedy.proposal.write(commit)

        if app_of(self).attempt(write):
            say(self.app, f"Done: {remedy.label.lower()}. u takes it back.")

    def command_open_record(self) -> None:
        """Open the record that the finding is about."""
        each = self.findings.current
        row = self.register.get(each.finding.record) if each is not None else None
        if row is not None:
            app_of(self).open_record(row)


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


def _severity(each: Line) -> Cell:
    return LOOKS[each.finding.severity]
