"""One conflict before a person: every value, what differs in it, and what may hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from screens.dialogs.dialog import Answers, Dialog
from screens.plain import lines, plain
from screens.share.words import about, by_whom, title_of, value_of
from senreg.models.tables import known_field
from senreg.register import Conflict, Register
from senreg.rules.settling import BOTH_KINDS, LEFT_OUT, Piece, own_words, shortened

Answer = int | Literal["both", "another"]
"""The place of the value taken among the conflict's values, or another way to settle it."""

MARK = "+"
"""Stands before and after the words that one value has and the other lacks."""


class SettleDialog(Dialog[Answer | None]):
    """Every value with who gave it and when; gives which holds, or None to leave it open.

    Args:
        register: The open register.
        conflict: What two people changed differently.
    """

    DEFAULT_CSS = """
    SettleDialog > #box { width: 96; }
    SettleDialog #values { height: auto; max-height: 70vh; margin-top: 1; }
    SettleDialog #values Static { height: auto; padding: 0 1; }
    SettleDialog #values Answers { margin: 0 0 1 1; }
    """

    GIVES_WAY = "#values"
    BINDINGS = [
        *(Binding(str(key), f"take({key})", show=False) for key in range(1, 10)),
        Binding("b", "both", show=False),
        Binding("w", "another", show=False),
        Binding("escape", "leave", show=False),
        Binding("up", "scroll(-1)", show=False),
        Binding("down", "scroll(1)", show=False),
        Binding("pageup", "scroll(-8)", show=False),
        Binding("pagedown", "scroll(8)", show=False),
    ]

    def __init__(self, register: Register, conflict: Conflict) -> None:
        super().__init__(f"{title_of(register, conflict)} of {about(register, conflict)}")
        self._register = register
        self._field = known_field(conflict.table, conflict.field)
        self._values = list(reversed(conflict.values))
        texts = ["\n".join(lines(value_of(register, conflict, each))) for each in self._values]
        self._texts = [list(self._pieces(texts, place)) for place in range(len(texts))]

    def _pieces(self, texts: Sequence[str], place: int) -> Iterator[Piece]:
        """A value's words; those of a text marked that the value shown now lacks."""
        written = self._field is not None and self._field.kind == "text"
        other = 0 if place else 1
        if written and self._values[place].value and self._values[other].value:
            yield from shortened(own_words(texts[place], texts[other]))
        else:
            yield Piece(texts[place], own=False)

    def content(self) -> ComposeResult:
        """The values, the one shown now first, each with the words that take it."""
        if any(piece.own for pieces in self._texts for piece in pieces):
            said = f"What stands between {MARK} and {MARK} is in that value alone."
            if any(LEFT_OUT in piece.text for pieces in self._texts for piece in pieces):
                said += f" {LEFT_OUT} is in both."
            yield Static(plain(said), id="said")
        with VerticalScroll(id="values", can_focus=False):
            for place, value in enumerate(self._values):
                now = "" if place else ", shown now"
                yield Static(plain(f"{by_whom(self._register, value)}{now}", "$primary bold"))
                yield Static(_drawn(self._texts[place]))
                key = str(place + 1)
                yield Answers(((key, "Take this", f"take({key})"),))

    def answers(self) -> Sequence[tuple[str, str, str]]:
        """What can be done besides taking one of the values."""
        both = [("b", "Take both", "both")] if self._may_join else []
        another = [("w", "Write another", "another")] if self._field is not None else []
        return [*both, *another, ("Esc", "Leave it open", "leave")]

    @property
    def _may_join(self) -> bool:
        return self._field is not None and self._field.kind in BOTH_KINDS

    def action_take(self, number: int) -> None:
        """Take a value by its number on the screen, from 1."""
        if number <= len(self._values):
            self.dismiss(len(self._values) - number)

    def action_both(self) -> None:
        """Take what both wrote, where one value can hold it."""
        if self._may_join:
            self.dismiss("both")

    def action_another(self) -> None:
        """Write a value that is none of these."""
        if self._field is not None:
            self.dismiss("another")

    def action_leave(self) -> None:
        """Leave the conflict open."""
        self.dismiss(None)

    def action_scroll(self, by: int) -> None:
        """Read on in values that are longer than the window."""
        self.query_one("#values").scroll_relative(y=by, animate=False)


def _drawn(pieces: Sequence[Piece]) -> Content:
    parts = []
    for text, own in pieces:
        words = text.rstrip()
        parts.append(
            plain(f"{MARK}{words}{MARK}", "$accent bold") if own and words else plain(words)
        )
        parts.append(plain(text[len(words) :]))
    return Content.assemble(*parts)
