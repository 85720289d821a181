"""Every file that left the register from here, for the school's data protection officer."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static

from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.faults import beside
from screens.page import Page, app_of
from screens.plain import line, plain, say
from screens.share.places import remember_folder, suggested
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from screens.wording import moment_words
from senreg.exchange.handed_list import HandedLine, handed_lines, write_handed_list
from senreg.rules.dates import short_day

SAID = (
    "What this copy handed out; other copies keep their own list. Only the day can be told: "
    "whether a file was deleted, ask who has it."
)
ENDING = ".csv"


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list, and which one it is."""

    id: str
    line: HandedLine


class Found(Message):
    """The journal was read: what was handed out."""

    def __init__(self, lines: list[HandedLine]) -> None:
        super().__init__()
        self.lines = lines


class HandedOut(Page):
    """What was handed out, newest first; s saves it."""

    PLACE = "handed_out"
    MODE = "share"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#records"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self._lines: list[HandedLine] = []
        self.records: RecordList[_Row] = RecordList(
            [
                Column("at", "When", _when, _order, width=13, most=20),
                Column("what", "What", lambda row: line(row.line.what), width=22, most=44),
                Column("about", "About", lambda row: line(row.line.about), width=12, rank=1),
                Column("by", "Who", lambda row: line(row.line.by), width=12, rank=1),
                Column("until", "Delete after", _until, _day, width=14),
                Column("to", "Where to", _where, width=14, most=80, rank=2),
            ],
            sort="at",
            markable=False,
            empty="Nothing was handed out of this copy yet. Papers, spreadsheets, bundles, "
            "calendars and backups elsewhere show here once they are written.",
            id="records",
        )

    def body(self) -> ComposeResult:
        """The title, the list, and what it cannot tell."""
        yield self.title_line
        yield self.records
        yield Static(plain(SAID), id="kept")

    def refill(self) -> None:
        """Read the journal on a thread."""
        self.title_line.show(Span("  Handed out  ", "title"), Span("Reading…", "muted"))
        self._read()

    @beside("handed", "What was handed out could not be read")
    def _read(self) -> None:
        self.post_message(Found(handed_lines(self.register)))

    def on_found(self, event: Found) -> None:
        """Show what was found."""
        self._lines = event.lines
        over = sum(each.overdue for each in event.lines)
        spans = [Span("  Handed out  ", "title"), Span(f"{len(event.lines):,}", "muted")]
        if over:
            spans.append(Span(f"  {over:,} past the day they should be deleted", "warn"))
        self.title_line.show(*spans)
        self.records.fill([_Row(str(place), each) for place, each in enumerate(event.lines)])

    @on(RecordList.Opened, "#records")
    def _opened(self) -> None:
        row = self.records.current
        if row is not None:
            self.app.push_screen(MessageDialog(moment_words(row.line.at), row.line.sentence + "."))

    def command_save_log(self) -> None:
        """Ask where, and write the list."""
        app, register, lines = app_of(self), self.register, self._lines

        def chosen(path: Path | None) -> None:
            if path is not None:
                remember_folder(app, path)
                work(
                    app,
                    "Writing the list",
                    lambda _: write_handed_list(register, lines, path),
                    lambda _: saved(path),
                    stoppable=False,
                )

        def saved(path: Path) -> None:
            say(app, f"Written. It names children, and is not encrypted: {path}")
            self.refill()

        app.push_screen(
            PathDialog(
                "Where the list goes",
                wants="new file",
                start=suggested(app, "handed-out", ENDING),
                endings=(ENDING,),
                words="Write it here",
            ),
            chosen,
        )


def _when(row: _Row) -> Cell:
    return moment_words(row.line.at)


def _order(row: _Row) -> int:
    return -row.line.at


def _day(row: _Row) -> str:
    return row.line.delete_after


def _where(row: _Row) -> Cell:
    return (line(row.line.to), "muted")


def _until(row: _Row) -> Cell:
    if not row.line.delete_after:
        return ("-", "muted")
    day = short_day(row.line.delete_after)
    return (f"! {day}", "warn") if row.line.overdue else day
