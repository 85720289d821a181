"""Every copy of this register that was met: whose it is, where, and what waits from it."""

from __future__ import annotations

from textual.app import ComposeResult

from screens.faults import beside
from screens.page import Page, app_of
from screens.plain import line
from screens.share.waited import Waited
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from screens.wording import moment_words
from senreg.sync.standing import Met, Standing, Waiting, copies_met, standing, what_waits


class Copies(Page):
    """The other copies; s syncs with them, o says where."""

    PLACE = "copies"
    MODE = "share"
    CSS_PATH = "screen.tcss"
    AUTO_FOCUS = "#copies"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self.folder_line = Text(id="folder")
        self.copies: RecordList[Met] = RecordList(
            [
                Column("whose", "Whose", lambda row: line(row.whose), width=18, most=30),
                Column("machine", "Computer", lambda row: (line(row.machine), "muted"), width=14),
                Column("at", "Last seen", _seen, lambda row: row.at, width=14, most=20),
                Column("waits", "Waiting", _waits, width=10),
                Column("came", "Came last", _came, width=10, rank=1),
                Column("id", "Copy", lambda row: (row.id, "muted"), width=16, rank=2),
            ],
            markable=False,
            empty="No other copy was met yet. One shows here once its bundle was merged, or its "
            "files were read in a sync folder.",
            id="copies",
        )
        self._waiting: Waiting | None = None

    def body(self) -> ComposeResult:
        """The title, how it stands with the folder, and the copies."""
        yield self.title_line
        yield self.folder_line
        yield self.copies

    def refill(self) -> None:
        """Show what is remembered, and look into the folder on a thread."""
        self._waiting = None
        self._show()
        self._look()

    @beside("waiting", "What waits in the sync folder could not be seen")
    def _look(self) -> None:
        self.post_message(Waited(what_waits(self.register, edits=True)))

    def left_undone(self, words: str) -> None:
        """Say in the place of what waits that it was not seen."""
        self.folder_line.show(Span(f"  {words}", "warn"))

    def on_waited(self, event: Waited) -> None:
        """Show what waits."""
        self._waiting = event.waiting
        self._show()

    def _show(self) -> None:
        stands = standing(self.register)
        waiting = self._waiting or Waiting()
        self.title_line.show(
            Span("  Other copies  ", "title"), Span(f"{len(stands.copies)}", "muted")
        )
        self.folder_line.show(*folder_spans(stands, self._waiting))
        self.copies.fill(copies_met(self.register, waiting.edits or {}))

    def command_sync(self) -> None:
        """Sync with the folder."""
        from screens.share.syncing import sync

        sync(app_of(self))

    def command_sync_folder(self) -> None:
        """Say in which folder the copies meet."""
        from screens.share.syncing import change_folder

        change_folder(app_of(self))


def folder_spans(stands: Standing, waiting: Waiting | None) -> list[Span]:
    """How it stands with the sync folder, in a line."""
    if stands.folder is None:
        return [Span("  There is no sync folder: s asks for one.", "muted")]
    tone = "warn" if stands.long_ago else "muted"
    spans = [Span(f"  {synced_words(stands)}", tone)]
    if waiting is None:
        spans.append(Span("  Looking into the folder…", "muted"))
    elif waiting.away:
        spans.append(Span(f"  {waiting.away}", "warn"))
    elif waiting.count:
        edits = "1 edit waits" if waiting.count == 1 else f"{waiting.count:,} edits wait"
        spans.append(Span(f"  {edits} there.", "warn"))
    return spans


def synced_words(stands: Standing) -> str:
    """When it was last synced, and what since: 'Synced 26 Nov 09:30; saved here once since.'."""
    said = f"Synced {moment_words(stands.at)}"
    if not stands.saved_since:
        return f"{said}; nothing saved here since."
    times = "once" if stands.saved_since == 1 else f"{stands.saved_since:,} times"
    return f"{said}; saved here {times} since."


def _seen(row: Met) -> Cell:
    return moment_words(row.at) if row.at else ("not yet", "muted")


def _waits(row: Met) -> Cell:
    return (f"{row.waits:,} edits" if row.waits != 1 else "1 edit", "warn") if row.waits else ""


def _came(row: Met) -> Cell:
    return (f"{row.came:,}", "muted") if row.came else ""
