"""Writing a target, with what it lacks said beside it; for one child or several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.events import Resize
from textual.widgets import Input, TextArea
from textual.widgets.input import Selection as Marked
from textual.widgets.text_area import Selection

from screens.forms.form import WIDE
from screens.forms.record_form import RecordForm
from screens.plain import say
from screens.targets.advice import Advice
from senreg.errors import FieldProblem, InvalidRecord
from senreg.register import Register, Row
from senreg.rules.naming import list_name
from senreg.rules.scales import figures_off_scale
from senreg.rules.target_steps import next_blank, write_targets

NAMED = 3
"""So many children are named in the title; of more, their number is said."""


class TargetForm(RecordForm):
    """A new target for one child or several, or one that is changed.

    Args:
        register: The open register.
        pupils: The children it is for.
        values: What it begins with, such as an example of the bank.
        row: The target to change; None for a new one.
        follows: The id of the target it follows, which it closes.
        focus: The field to begin at.
    """

    MORE_ANSWERS = (("F2", "Next blank", "blank"),)
    BINDINGS = [Binding("f2", "blank", show=False)]

    def __init__(
        self,
        register: Register,
        pupils: Sequence[Row],
        values: Mapping[str, object] | None = None,
        *,
        row: Row | None = None,
        follows: str = "",
        focus: str = "statement",
    ) -> None:
        self._pupils = list(pupils)
        self._follows = follows
        preset = {**(values or {}), "pupil": ",".join(each.id for each in pupils)}
        super().__init__(
            register,
            "targets",
            row,
            preset=preset,
            title=f"{'New target' if row is None else 'Target'} for {whom(pupils)}",
            focus=focus,
            hidden=("status",) if row is None else (),
        )

    def beside(self) -> ComposeResult:
        """What the target still lacks."""
        yield Advice()

    def on_mount(self) -> None:
        """Begin at the first blank of an example."""
        self.query_one("#form").add_class("-advised")
        self.changed()
        self.call_after_refresh(self._to_blank)

    def on_resize(self, event: Resize) -> None:
        """Say it in a list, or in a sentence where there is little room."""
        del event
        self.changed()

    def changed(self) -> None:
        """Look at what is written now."""
        for advice in self.query(Advice):
            advice.look(self.typed(), listed=self.size.width >= WIDE)

    # Blanks

    def action_blank(self) -> None:
        """Go to the next blank that an example has left."""
        if not self._to_blank():
            say(self.app, "There is no blank left to fill in.")

    def _to_blank(self) -> bool:
        """Mark the next blank, so that typing fills it in. False where there is none."""
        entries = [row.entry for row in self.rows.values()]
        here = next((n for n, each in enumerate(entries) if each.has_focus), 0)
        start = _end_of_selection(entries[here]) if entries[here].has_focus else 0
        for place, entry in enumerate([*entries[here:], *entries[: here + 1]]):
            if isinstance(entry, Input | TextArea) and _mark_blank(entry, 0 if place else start):
                entry.focus()
                return True
        return False

    # Saving

    def save(self, values: dict[str, object]) -> None:
        """Write it. Raises InvalidRecord for a figure that its measure does not allow."""
        off = figures_off_scale(values, self._row)
        if off:
            problems = [FieldProblem(name, words) for name, words in off.items()]
            raise InvalidRecord("targets", problems)
        super().save(values)

    def _add(self, values: dict[str, object]) -> None:
        given = {**self._preset, **values}
        given.pop("pupil")
        proposal = write_targets([each.id for each in self._pupils], given, self._follows)
        with self.register.commit("Write a target") as commit:
            ids = proposal.write(commit)
        self._done(ids[0], commit.warnings)


def whom(pupils: Sequence[Row]) -> str:
    """The children in a few words: their names, or how many they are."""
    if len(pupils) > NAMED:
        return f"{len(pupils)} pupils"
    return " · ".join(list_name(each) for each in pupils)


def _text(entry: Input | TextArea) -> str:
    return entry.value if isinstance(entry, Input) else entry.text


def _end_of_selection(entry: object) -> int:
    """Where the cursor stands in an entry, in characters from its beginning."""
    if isinstance(entry, Input):
        return max(entry.selection.start, entry.selection.end)
    if isinstance(entry, TextArea):
        row, column = max(entry.selection.start, entry.selection.end)
        return sum(len(each) + 1 for each in entry.text.split("\n")[:row]) + column
    return 0


def _mark_blank(entry: Input | TextArea, start: int) -> bool:
    """Select the first blank of an entry from a place on. False where there is none."""
    text = _text(entry)
    blank = next_blank(text, start)
    if blank is None:
        return False
    at, end = blank
    if isinstance(entry, Input):
        entry.selection = Marked(at, end)
        return True
    row = text.count("\n", 0, at)
    column = at - (text.rfind("\n", 0, at) + 1)
    entry.selection = Selection((row, column), (row, column + end - at))
    return True
