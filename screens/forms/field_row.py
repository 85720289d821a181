"""One field of a form: its label, its entry, and what is said of what was entered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from screens.forms.entries import Entry, entry_for, value_of
from screens.forms.picking import Picking
from screens.plain import line, plain
from screens.widgets.line_list import fitted
from screens.widgets.spans import Span, SpanLine
from senreg.clock import today
from senreg.models.describe import Field

LABEL = 24
"""Cells of the labels; in a narrow form they stand above the entries."""

SHORT = {"day": 24, "number": 14, "whole": 14}
"""Cells of the entries that leave room for words beside them."""

TALL = ("text", "records")
"""Kinds whose entries may take several lines."""


class FieldRow(SpanLine):
    """A field. Only its entry is a widget of its own: a form of forty fields is there at once.

    Args:
        field: What is asked for.
        text: What stands in its entry at first.
        picking: Where the options of a list come from.
        terms: The school's terms, for the end of one and for days that are in none.
    """

    GROUND = "paper"

    def __init__(
        self, field: Field, text: str, picking: Picking, terms: Sequence[Mapping[str, object]] = ()
    ) -> None:
        super().__init__(classes=f"field -{field.kind}")
        self.field = field
        self._terms = terms
        self.entry = entry_for(field, text, picking)
        self.here = False
        """Whether this field is written now."""
        self._note: Static | None = None
        self._shut = ""
        self._doubted = ""
        self._echo = field.about.unit if field.kind in SHORT else ""

    def compose(self) -> ComposeResult:
        """The entry."""
        yield self.entry

    def on_mount(self) -> None:
        """Show a date in full from the start."""
        self.echo(quiet=True)
        if self._shut:
            self.say("")

    @property
    def text(self) -> str:
        """What stands in the entry."""
        entry: Entry = self.entry  # type: ignore[assignment]
        return entry.read()

    def put(self, text: str) -> None:
        """Let another text stand in the entry."""
        entry: Entry = self.entry  # type: ignore[assignment]
        entry.write(text)

    def say(self, problem: str) -> None:
        """Say under the entry what is wrong, or else what is odd; or take back what was said."""
        odd = self._doubted or self._shut
        words = f"! {problem}" if problem else f"? {odd}" if odd else ""
        if words and self._note is None:
            self._note = Static(classes="note", markup=False)
            self.mount(self._note)
        if self._note is not None:
            self._note.update(plain(words))
        self.set_class(bool(words), "-wrong")

    def doubt(self, words: str) -> None:
        """Say under the entry what is odd about what stands there, or that nothing is any more."""
        if words != self._doubted:
            self._doubted = words
            self.say("")

    def echo(self, *, quiet: bool = False) -> None:
        """Show the full date for what is typed now."""
        if self.field.kind != "day":
            return
        from senreg.models.entry import EntryProblem
        from senreg.rules.dates import shown_day
        from senreg.rules.open_days import shut_words

        try:
            value = value_of(self.field, self.text, today(), self._terms)
            words = shown_day(str(value)) if value else self.field.about.unit
            meets = self.field.about.meeting
            self._shut = shut_words(value, self._terms, today()) if meets else ""
        except EntryProblem:
            words, self._shut = "" if quiet else "…", ""
        if words != self._echo:
            self._echo = words
            self.refresh()

    def write_here(self, here: bool) -> None:
        """Show whether this field is written now."""
        if here != self.here:
            self.here = here
            self.refresh()

    def spans(self, y: int, width: int) -> Sequence[Span]:
        """The label, and beside a short entry its date or unit."""
        if y:
            return ()
        title = line(self.field.title) + (" *" if self.field.required else "")
        tone = "strong" if self.here else "muted"
        short = SHORT.get(self.field.kind)
        if self.screen.has_class("-narrow"):
            echo = f"  {line(self._echo)}" if self._echo else ""
            return [Span(title, tone, "write"), Span(echo, "muted")]
        spans = [Span(fitted(title, LABEL - 1) + " ", tone, "write")]
        if short is not None:
            echo = fitted(f"  {line(self._echo)}", max(0, width - LABEL - short))
            spans += [Span(" " * short), Span(echo, "muted", "write", "sheet")]
        return spans

    def press(self, press: str) -> None:
        """Write this field: its label was clicked."""
        del press
        self.entry.focus()


def checked(rows: Mapping[str, FieldRow], terms: Sequence[object]) -> dict[str, object]:
    """The stored value of every row. Raises InvalidRecord with a problem for each bad one."""
    from senreg.errors import FieldProblem, InvalidRecord
    from senreg.models.entry import EntryProblem

    values: dict[str, object] = {}
    problems = []
    for name, row in rows.items():
        try:
            values[name] = value_of(row.field, row.text, today(), terms)
        except EntryProblem as problem:
            problems.append(FieldProblem(name, problem.message))
            continue
        if row.field.required and values[name] in (None, "", []):
            problems.append(FieldProblem(name, f"{row.field.title} is missing."))
    if problems:
        raise InvalidRecord("form", problems)
    return values
