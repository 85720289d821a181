"""Words anywhere in the register's text."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.timer import Timer
from textual.widgets import Input

from screens.dialogs.dialog import Dialog
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from senreg.register import Register, Row

WAIT = 0.15
"""Seconds of rest after which typed words are looked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """One record in which the words stand."""

    row: Row
    what: str
    excerpt: str

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.row.id


class FindDialog(Dialog["Row | None"]):
    """A search in all text; gives the record to open.

    Args:
        register: Where to look.
    """

    DEFAULT_CSS = """
    FindDialog {
        & > #box { width: 110; height: 86%; }
        #words { background: $panel; margin-top: 1; }
        #words:focus { background: $cursor; }
        #found { height: 1fr; margin-top: 1; }
        &.-short > #box { height: 94%; }
        &.-short #title { height: 1; }
        &.-short #words, &.-short #found, &.-short #answers { margin: 0; }
    }
    """
    VERTICAL_BREAKPOINTS = [(0, "-short"), (16, "-usual")]

    BINDINGS = [
        Binding("escape", "cancel", show=False),
        Binding("up", "found('move', -1)", show=False),
        Binding("down", "found('move', 1)", show=False),
        Binding("pageup", "found('page', -1)", show=False),
        Binding("pagedown", "found('page', 1)", show=False),
    ]
    ANSWERS = (("Enter", "Open", "open"), ("Esc", "Close", "cancel"))

    def __init__(self, register: Register) -> None:
        super().__init__("Find words anywhere in the register")
        self._register = register
        self._timer: Timer | None = None
        self._list: RecordList[Found] = RecordList(
            [
                Column("what", "Where", lambda each: each.what, width=30, most=56),
                Column(
                    "excerpt",
                    "What it says",
                    lambda each: (each.excerpt, "muted"),
                    width=28,
                    most=60,
                ),
            ],
            markable=False,
            one_click=True,
            empty="Type one word or several: names, notes, targets, anything that was written.",
            id="found",
        )

    def content(self) -> ComposeResult:
        """The words and what was found."""
        yield Input(placeholder="Words", id="words", compact=True)
        yield self._list

    @on(Input.Changed, "#words")
    def _typed(self) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(WAIT, self._look)

    def _look(self) -> None:
        from senreg.rules.naming import describe_record

        self._timer = None
        words = self.query_one("#words", Input).value
        hits = self._register.search(words)
        self._list.empty = (
            "Nothing in the register has these words." if words.strip() else self._list.empty
        )
        self._list.narrow(None, self._list.empty)
        self._list.fill(
            Found(hit.row, describe_record(hit.row, self._register.get), hit.excerpt)
            for hit in hits
        )

    def action_found(self, move: str, by: int) -> None:
        """Move in the list."""
        getattr(self._list, f"action_{move}")(by)

    @on(Input.Submitted, "#words")
    def action_open(self) -> None:
        """Open what is highlighted; look first if the words are new."""
        if self._timer is not None:
            self._timer.stop()
            self._look()
        if self._list.current is not None:
            self.dismiss(self._list.current.row)

    @on(RecordList.Opened)
    def _opened(self) -> None:
        self.action_open()

    def action_cancel(self) -> None:
        """Open nothing."""
        self.dismiss(None)
