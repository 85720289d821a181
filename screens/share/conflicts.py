"""What two people changed differently, and which of it holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import on
from textual.app import ComposeResult

from screens.forms.form import Form
from screens.forms.section import Section
from screens.page import Page, app_of
from screens.plain import say
from screens.share.settling import Answer, SettleDialog
from screens.share.words import about, by_whom, title_of, value_of
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.models.describe import Field
from senreg.models.tables import known_field
from senreg.register import Conflict, Register
from senreg.rules.settling import BOTH_KINDS, both


@dataclass(frozen=True, slots=True)
class Line:
    """One conflict as the list shows it."""

    conflict: Conflict
    record: str
    field: str
    values: tuple[str, ...]
    people: str

    @property
    def id(self) -> str:
        """The conflict's id."""
        return self.conflict.id


class Conflicts(Page):
    """Every conflict with its values; Enter settles one, `a` all about one pupil."""

    PLACE = "conflicts"
    MODE = "share"
    AUTO_FOCUS = "#conflicts"

    def __init__(self) -> None:
        super().__init__()
        self.title_line = Text(id="title")
        self.conflicts: RecordList[Line] = RecordList(
            [
                Column("record", "What", lambda each: each.record, width=22, most=44),
                Column("field", "Which part", lambda each: each.field, width=12, most=20),
                Column("shown", "Shown now", _shown, width=16, most=36),
                Column("other", "Or", _other, width=16, most=36),
                Column(
                    "people", "By", lambda each: (each.people, "muted"), width=24, most=60, rank=1
                ),
            ],
            markable=False,
            empty="There are no conflicts: everybody's changes go together.",
            id="conflicts",
        )

    def body(self) -> ComposeResult:
        """What this is, and the conflicts."""
        yield self.title_line
        yield self.conflicts

    def refill(self) -> None:
        """Read the conflicts again."""
        register = self.register
        count = len(register.conflicts())
        self.title_line.show(
            Span("  Conflicts  ", "title"),
            Span(
                f"{count} to settle: two people changed the same thing." if count else "", "muted"
            ),
        )
        self.conflicts.fill(
            Line(
                conflict,
                about(register, conflict),
                title_of(register, conflict),
                tuple(value_of(register, conflict, each) for each in reversed(conflict.values)),
                "; ".join(by_whom(register, each) for each in reversed(conflict.values)),
            )
            for conflict in register.conflicts()
        )

    @on(RecordList.Opened, "#conflicts")
    def _opened(self) -> None:
        self.command_settle()

    def command_open(self) -> None:
        """Settle the highlighted conflict."""
        self.command_settle()

    def command_settle(self) -> None:
        """Show every value, and ask which holds."""
        each = self.conflicts.current
        if each is not None:
            self._ask(each.conflict)

    def _ask(self, conflict: Conflict) -> None:
        self.app.push_screen(
            SettleDialog(self.register, conflict), lambda answer: self._answered(conflict, answer)
        )

    def _answered(self, conflict: Conflict, answer: Answer | None) -> None:
        if answer is None:
            return
        field = known_field(conflict.table, conflict.field)
        if answer == "another":
            assert field is not None
            self.app.push_screen(
                OtherValueForm(self.register, conflict, field),
                lambda done: self._told(True) if done else self._ask(conflict),
            )
            return
        values = [each.value for each in conflict.values]
        if answer == "both":
            assert field is not None
            value = both(field.kind, values)
        else:
            value = values[answer]
        self._settle({conflict.id: value})

    def command_settle_pupil(self) -> None:
        """Settle everything about the highlighted pupil at once."""
        from screens.share.settling_many import ask_for_all

        each = self.conflicts.current
        if each is not None:
            ask_for_all(app_of(self), each.conflict, self._settle)

    def _settle(self, chosen: Mapping[str, object]) -> None:
        self._told(app_of(self).attempt(lambda: self.register.settle_all(chosen)))

    def _told(self, done: bool) -> None:
        if done:
            left = len(self.register.conflicts())
            say(self.app, f"Settled. {left} left." if left else "Settled. There are none left.")

    def command_open_record(self) -> None:
        """Open the page of the record the conflict is about."""
        each = self.conflicts.current
        row = self.register.get(each.conflict.record) if each is not None else None
        if row is not None:
            app_of(self).open_record(row)


class OtherValueForm(Form[bool]):
    """Asks for a value that is neither of those in conflict, and settles it with that.

    Args:
        register: The open register.
        conflict: The conflict.
        field: The field it is about.
    """

    def __init__(self, register: Register, conflict: Conflict, field: Field) -> None:
        super().__init__(
            f"{title_of(register, conflict)} of {about(register, conflict)}",
            [Section("", (field,))],
            {field.name: _to_begin_with(conflict, field)},
            register=register,
            save="Settle",
        )
        self._open_register = register
        self._conflict = conflict

    def save(self, values: dict[str, object]) -> None:
        """Settle the conflict. Raises InvalidRecord for a value that cannot be taken."""
        self._open_register.settle(self._conflict.id, values[self._conflict.field])
        self.finish(True)


def _to_begin_with(conflict: Conflict, field: Field) -> object:
    values = [each.value for each in conflict.values]
    return both(field.kind, values) if field.kind in BOTH_KINDS else values[-1]


def _shown(each: Line) -> Cell:
    return each.values[0], "strong"


def _other(each: Line) -> Cell:
    return " or ".join(each.values[1:])
