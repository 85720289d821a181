"""The backups of a register: listed, made, read back, and gone back to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.dialogs.backup_file import ENDING, ask_for_backup_file
from screens.dialogs.path import PathDialog
from screens.dialogs.working import Work, work
from screens.page import Page, app_of
from screens.plain import line, plain, say
from screens.settings.going_back import go_back
from screens.share.places import remember_folder, suggested
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from screens.wording import moment_words
from senreg.restoring import Backup, reason_words

KEPT = (
    "The last ten are kept, and one for each of 7 days, 4 weeks and 3 months. They lie in the "
    "register's own folder: press t now and then for one on a stick or another drive."
)


@dataclass(frozen=True, slots=True)
class _Row:
    """A backup as a line of the list."""

    backup: Backup

    @property
    def id(self) -> str:
        """Its file."""
        return str(self.backup.path)


class BackupsPage(Page):
    """Every backup in the register's folder, newest first."""

    PLACE = "backups"
    MODE = "settings"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#records"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self.records: RecordList[_Row] = RecordList(
            [
                Column("made", "Made", _made, _order, width=14, most=20),
                Column("why", "Why", lambda row: line(reason_words(row.backup)), width=26, most=40),
                Column("size", "Size", lambda row: (_size(row.backup.size), "muted"), width=10),
                Column("read", "Read back", _verified, width=18, most=30, rank=1),
            ],
            sort="made",
            markable=False,
            empty="There are none yet. One is made before the first edit of each day, and before "
            "each import and merge; n makes one now.",
            id="records",
        )

    def body(self) -> ComposeResult:
        """The title, what is kept, and the list."""
        yield self.title_line
        yield self.records
        yield Static(plain(KEPT), id="kept")

    def refill(self) -> None:
        """Read the folder again."""
        found = self.register.backups.all()
        self.title_line.show(Span("  Backups  ", "title"), Span(f"{len(found)}", "muted"))
        self.records.fill([_Row(each) for each in found])

    @property
    def backup(self) -> Backup | None:
        """The highlighted one."""
        row = self.records.current
        return row.backup if row is not None else None

    @on(RecordList.Opened, "#records")
    def command_go_back(self) -> None:
        """Show what going back to the highlighted backup would change, then do it."""
        if self.backup is not None:
            go_back(app_of(self), self.backup.path)

    def command_other_backup(self) -> None:
        """Choose a backup that lies elsewhere, and go back to it."""
        app = app_of(self)
        ask_for_backup_file(
            app,
            "The backup to go back to",
            "You read what it would change before anything is changed.",
            lambda path: go_back(app, path),
        )

    def command_back_up(self) -> None:
        """Make a backup, and read it back."""
        self._make(None)

    def command_back_up_to(self) -> None:
        """Ask where, and make a backup there."""
        app = app_of(self)

        def chosen(path: Path | None) -> None:
            if path is not None:
                remember_folder(app, path)
                self._make(path)

        app.push_screen(
            PathDialog(
                "Where the backup goes",
                wants="new file",
                start=suggested(app, "register", ENDING),
                endings=(ENDING,),
                said="Everything in this register with its history, protected as the register is.",
                words="Make it here",
            ),
            chosen,
        )

    def _make(self, path: Path | None) -> None:
        register, app = self.register, app_of(self)

        def job(doing: Work) -> Backup:
            doing.report(0, 0, "Writing it, and reading it back…")
            if path is None:
                return register.backups.back_up()
            from senreg.export_log import back_up_to

            return back_up_to(register, path)

        def made(backup: Backup) -> None:
            self.refill()
            self.records.go_to(str(backup.path))
            where = f" It is {backup.path}." if path is not None else ""
            say(app, f"The backup is made, and was read back whole.{where}")

        work(app, "Making a backup", job, made, stoppable=False)

    def command_verify(self) -> None:
        """Read the highlighted backup back whole."""
        backup, register, app = self.backup, self.register, app_of(self)
        if backup is None:
            return

        def job(doing: Work) -> Backup:
            doing.report(0, 0, "Reading all of it…")
            return register.backups.verify(backup)

        def read(_: Backup) -> None:
            self.refill()
            say(app, "It was read back whole: it is sound.")

        work(app, "Reading the backup back", job, read, stoppable=False)


def _made(row: _Row) -> Cell:
    return moment_words(row.backup.made_at)


def _order(row: _Row) -> int:
    return -row.backup.made_at


def _verified(row: _Row) -> Cell:
    if not row.backup.readable:
        return ("! cannot be read", "bad")
    if not row.backup.verified_at:
        return ("- never", "warn")
    return (f"✓ {moment_words(row.backup.verified_at)}", "good")


def _size(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"
