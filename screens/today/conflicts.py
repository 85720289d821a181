"""Conflicts on Today: fields that two people changed apart, each waiting for a person."""

from __future__ import annotations

from collections.abc import Iterator

from screens.today.lines import Line, some
from screens.widgets.section_list import Section
from screens.wording import field_words, record_words
from senreg.register import Conflict, Register
from senreg.rules.naming import staff_named


def conflict_lines(register: Register, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """A line for each conflict, if there are any."""
    conflicts = register.conflicts()
    if not conflicts:
        return
    yield Section(
        "conflicts", f"Two people changed these differently: {len(conflicts)}", tone="bad"
    )
    lines = [
        Line(
            f"conflict {each.id}",
            ("! Settle", "bad"),
            words=conflict_words(register, each),
            command="conflicts",
            table="step",
        )
        for each in conflicts
    ]
    yield from some("conflicts", lines, few, opened)


def conflict_words(register: Register, conflict: Conflict) -> str:
    """'Class of Sam O'Neil: 4A (Mrs Khan) or 4B (Mr Fox)'."""
    title, _ = field_words(register, conflict.table, conflict.field, None)
    values = " or ".join(
        f"{field_words(register, conflict.table, conflict.field, each.value)[1] or 'nothing'}"
        f" ({staff_named(each.by, register.get) or 'somebody'})"
        for each in conflict.values
    )
    return f"{title} of {record_words(register, conflict.record)}: {values}"
