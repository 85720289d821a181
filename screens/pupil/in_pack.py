"""What of a child's page the holder of a staff pack can change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from senreg.rules.pack_scope import is_added

if TYPE_CHECKING:
    from screens.pupil.parts import Tab
    from screens.widgets.story import Entry, Words
    from senreg.register import Register, Row


def added_here(register: Register, tab: Tab) -> list[str]:
    """The tables of a tab to which records are added."""
    return [each for each in tab.tables if register.pack is None or is_added(each)]


def withheld(register: Register, tab: Tab, row: Row | None, detail: str) -> frozenset[str]:
    """The commands that are not a pack's holder's to give; none but in a pack.

    Args:
        register: The open register.
        tab: The tab that is shown.
        row: The highlighted record.
        detail: What of it is highlighted, such as a field of the child's own record.
    """
    if register.pack is None:
        return frozenset()
    from screens.pupil.changing import part_of

    names = register.fields_changed(row) if row is not None else frozenset()
    found = set() if added_here(register, tab) else {"new"}
    if "archived" not in names:
        found.add("archive")
    asked = part_of(detail) if row is not None and row.table == "pupils" else None
    if detail == "standing" or not names.intersection(asked or names):
        found.add("edit")
    return frozenset(found)


def as_offered(register: Register, entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries of a tab; none that is empty names a key that a pack's holder has not."""
    for each in entries:
        if register.pack is None or each.heading or each.id or is_added(each.detail):
            yield each
        else:
            yield replace(each, words=[_first_sentence(words) for words in each.words])


def _first_sentence(words: Words) -> Words:
    return replace(words, text=str(words.text).partition(". ")[0].rstrip(".") + ".")
