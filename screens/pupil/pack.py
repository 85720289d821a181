"""A child's whole file before it is handed out: each entry is kept in it, or left out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from screens.dialogs.message import MessageDialog
from screens.dialogs.path import PathDialog
from screens.dialogs.working import work
from screens.page import Page, app_of
from screens.plain import line
from screens.share.places import remember_folder, suggested
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from screens.widgets.tick_list import TickList
from senreg.clock import today
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name

if TYPE_CHECKING:
    from screens.app import SenregApp
    from senreg.reports.pack import Entry, Pack, Purpose

SAID = {
    "subject_access": "What is about others, or a view, stands first. Space keeps it or leaves it "
    "out; the pack says why, not what.",
    "transfer": "All of it goes to the next school, but for what you leave out with Space.",
}
TOLD = {
    "subject_access": "It is not encrypted. .html is to read, .json for programs, .zip holds both.",
    "transfer": "Not encrypted. .docx and .pdf are to read, .html with who wrote what and when, "
    ".json for programs; .zip holds these two.",
}
STEMS = {"subject_access": "subject-access", "transfer": "sen-file"}


def hand_out(app: SenregApp, pupil_id: str, purpose: Purpose) -> None:
    """Gather a child's file and show what would be in it."""
    register = app.register
    assert register is not None

    def gather(_: object) -> Pack:
        from senreg.reports.pack import make_pack

        return make_pack(register, pupil_id, purpose, today())

    work(
        app,
        "Gathering all that is kept about the child",
        gather,
        lambda pack: app.push_screen(PackPage(pack)),
    )


class PackPage(Page):
    """The entries of a file; those that want looking at first.

    Args:
        pack: The file, with nothing left out.
    """

    PLACE = "pack"
    AUTO_FOCUS = "#rows"

    def __init__(self, pack: Pack) -> None:
        super().__init__()
        self.pack = pack
        self.title_line = Text(id="title")
        self.told = Text(id="told")
        self.rows: TickList[Entry] = TickList(
            [
                Column("box", "", self._box, width=2, most=2),
                Column("kind", "Kind", lambda each: line(each.kind), width=10, most=18, rank=1),
                Column("title", "Entry", lambda each: line(each.title), width=20, most=60),
                Column("day", "Date", _day, width=12, most=13, rank=2),
                Column("why", "Look at it because", _why, width=16, most=60),
            ],
            sort="",
            markable=False,
            id="rows",
        )

    def body(self) -> ComposeResult:
        """What it is, what to do, and the entries."""
        yield self.title_line
        yield self.told
        yield self.rows

    @property
    def answers_given(self) -> bool:
        """Whether anything was left out: leaving the page would forget it."""
        return bool(self.pack.left_out)

    def refill(self) -> None:
        """Show the entries as they stand."""
        from senreg.reports.pack import title_of

        entries = [*self.pack.entries, *self.pack.left_out]
        entries.sort(key=lambda each: not each.grounds)
        out = f"{len(self.pack.left_out):,} left out" if self.pack.left_out else "all of it"
        self.title_line.show(
            Span(f"  {line(title_of(self.pack))}  ", "title"),
            Span(f"{len(self.pack.entries):,} entries, {out}", "muted"),
        )
        self.told.show(Span(f"  {SAID[self.pack.purpose]}", "muted"))
        self.rows.fill(entries)

    @on(TickList.Ticked, "#rows")
    def _ticked(self, event: TickList.Ticked) -> None:
        if app_of(self).attempt(lambda: self._turn(event.record_id)):
            self.refill()

    def _turn(self, entry_id: str) -> None:
        out = {each.id for each in self.pack.left_out}
        turned = self.pack.with_again if entry_id in out else self.pack.without
        self.pack = turned({entry_id} if entry_id in out else out | {entry_id})

    def command_tick(self) -> None:
        """Keep what is highlighted in the pack, or leave it out."""
        self.rows.action_mark()

    @on(RecordList.Opened, "#rows")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Read the highlighted entry."""
        entry = self.rows.current
        if entry is not None:
            said = [f"{each.title}: {each.words}" for each in entry.lines]
            self.app.push_screen(MessageDialog(line(entry.title), "\n".join(said)))

    def command_write_pack(self) -> None:
        """Ask where the pack goes, and write it."""
        from senreg.reports.handing import ENDINGS

        endings = ENDINGS[self.pack.purpose]
        app, pack = app_of(self), self.pack

        def chosen(path: Path | None) -> None:
            if path is not None:
                remember_folder(app, path)
                _write(app, pack, path)

        self.app.push_screen(
            PathDialog(
                "Where the pack goes",
                wants="new file",
                start=suggested(app, STEMS[pack.purpose], endings[0]),
                endings=endings,
                said=TOLD[pack.purpose],
                words="Write it here",
            ),
            chosen,
        )

    def _box(self, each: Entry) -> Cell:
        if each.id == self.pack.pupil.id:
            return ""
        kept = all(each.id != other.id for other in self.pack.left_out)
        return ("☒", "heading") if kept else ("☐", "muted")


def _day(each: Entry) -> Cell:
    return short_day(each.day) if each.day else ""


def _why(each: Entry) -> Cell:
    return (each.why, "warn")


def _write(app: SenregApp, pack: Pack, path: Path) -> None:
    def job(_: object) -> None:
        from senreg.reports.handing import save_pack, sent

        save_pack(pack, path)
        if pack.purpose == "transfer" and not pack.pupil["records_sent"]:
            sent(pack.register, pack.pupil.id, today())

    def written(_: object) -> None:
        said = f"{path}\n\nIt is not encrypted: hand it over safely, then delete it."
        if pack.purpose == "transfer":
            said += (
                "\n\nToday is kept as the day it was sent. Once the next school has confirmed it, "
                "write the day under Receipt confirmed; then the child is erased here."
            )
        app.pop_screen()
        app.push_screen(MessageDialog(f"The file of {pupil_name(pack.pupil)} is written", said))

    work(app, "Writing the pack", job, written, stoppable=False)
