"""A conflict in words: what it is about, and each value with who gave it and when."""

from __future__ import annotations

from collections.abc import Iterator

from screens.widgets.story import Entry, Words
from screens.wording import field_words, moment_words, record_words
from senreg.register import Conflict, ConflictValue, Register
from senreg.rules.naming import staff_named

NOTHING = "(nothing)"


def about(register: Register, conflict: Conflict) -> str:
    """The record that two people changed differently."""
    return record_words(register, conflict.record)


def title_of(register: Register, conflict: Conflict) -> str:
    """The field they changed."""
    return field_words(register, conflict.table, conflict.field, None)[0]


def value_of(register: Register, conflict: Conflict, each: ConflictValue) -> str:
    """One of the values, as people read it."""
    return field_words(register, conflict.table, conflict.field, each.value)[1] or NOTHING


def by_whom(register: Register, each: ConflictValue) -> str:
    """Who gave a value, and when: 'Mrs Khan, 27 Nov 09:30'."""
    return f"{staff_named(each.by, register.get) or 'somebody'}, {moment_words(each.at)}"


def conflict_entries(register: Register) -> Iterator[Entry]:
    """Every conflict as the pane beside the menu tells it."""
    conflicts = register.conflicts()
    if not conflicts:
        return
    yield Entry("", [Words("To settle", "heading")], heading=True)
    for conflict in conflicts:
        yield Entry(
            conflict.id,
            [Words(f"{title_of(register, conflict)} of {about(register, conflict)}", "strong")]
            + [
                Words(
                    f"{value_of(register, conflict, each)}  ({by_whom(register, each)})", "muted", 2
                )
                for each in conflict.values
            ],
        )
