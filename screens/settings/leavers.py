"""The files of children who have left: what is to be done with each, and until when it is kept."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult

from screens.opening import open_pupil
from screens.page import Page, app_of
from screens.plain import line
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.models.text import folded
from senreg.rules.dates import short_day
from senreg.rules.retention import Keeping, due_keepings, keepings

STATES = {
    "to_send": ("to send", "warn"),
    "sent": ("sent", ""),
    "erase": ("erase", "warn"),
    "kept": ("kept", "muted"),
    "unknown": ("no date", "warn"),
}
"""Each state with its word and tone."""


class LeaversPage(Page):
    """Every file of a child who has left."""

    PLACE = "leavers"
    MODE = "settings"
    AUTO_FOCUS = "#records"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self.records: RecordList[Keeping] = RecordList(
            [
                Column("name", "Child", lambda each: line(each.name), _by_name, width=18, most=30),
                Column("state", "State", _state, lambda each: each.state, width=9, most=9),
                Column("day", "Until", _day, lambda each: each.day, width=12, most=13),
                Column("file", "File", _file, width=4, most=6, rank=2),
                Column("words", "", lambda each: line(each.words), width=24, most=90, rank=1),
            ],
            sort="",
            markable=False,
            empty="Nobody has left. A child has left once there is a day of leaving.",
            id="records",
        )

    def body(self) -> ComposeResult:
        """The title and the list."""
        yield self.title_line
        yield self.records

    def refill(self) -> None:
        """Read the files again."""
        found = keepings(self.register, today())
        due = len(due_keepings(self.register, today()))
        words = f"{len(found):,}" + (f", {due:,} to see to" if due else "")
        self.title_line.show(Span("  Files of leavers  ", "title"), Span(words, "muted"))
        self.records.fill(found)

    @on(RecordList.Opened, "#records")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Open the child's page."""
        if self.records.current is not None:
            open_pupil(app_of(self), self.records.current.pupil)

    def command_erase(self) -> None:
        """Erase the highlighted child."""
        from screens.pupil.erasing import erase_pupil

        if self.records.current is not None:
            erase_pupil(app_of(self), self.records.current.pupil)

    def command_hold(self) -> None:
        """Write down why the highlighted file must be kept."""
        from screens.pupil.erasing import hold_file

        if self.records.current is not None:
            hold_file(app_of(self), self.records.current.pupil)

    def command_transfer(self) -> None:
        """Send the highlighted file to the next school."""
        from screens.pupil.pack import hand_out

        if self.records.current is not None:
            hand_out(app_of(self), self.records.current.pupil, "transfer")


def _by_name(each: Keeping) -> str:
    return folded(each.name)


def _state(each: Keeping) -> Cell:
    return ("on hold", "muted") if each.held else STATES[each.state]


def _day(each: Keeping) -> Cell:
    return short_day(each.day) if each.day else ("-", "muted")


def _file(each: Keeping) -> Cell:
    return "SEN" if each.sen else ("-", "muted")
