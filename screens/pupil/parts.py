"""What the tabs of a pupil's page are made of: records, headings, and what is missing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screens.widgets.story import Entry, Words
from senreg.register import Register, Row


@dataclass(frozen=True, slots=True)
class Page:
    """What a tab is drawn from.

    Args:
        register: The open register.
        pupil: The pupil's record.
        archived: Whether archived records are shown too.
        field: The field the history is narrowed to; empty for all.
        by: The person it is narrowed to; empty for all.
    """

    register: Register
    pupil: Row
    archived: bool = False
    field: str = ""
    by: str = ""

    def rows(self, table: str, field: str = "pupil", of: str = "") -> list[Row]:
        """The records of a table that belong to the pupil, or by `field` to another record."""
        of = of or self.pupil.id
        found = self.register.find(table, **{field: of})
        if self.archived:
            away = self.register.all(table, archived=True)
            found += [row for row in away if row[field] == of]
        return found


Build = Callable[[Page], Iterator[Entry]]


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the page.

    Args:
        id: Its name in code.
        title: Its name along the top.
        build: What it shows.
        tables: The tables whose records it shows; `n` adds one of these.
        short: A shorter name of its own, for where there is little room.
    """

    id: str
    title: str
    build: Build
    tables: tuple[str, ...]
    short: str = ""


def heading(title: str, table: str = "") -> Entry:
    """A heading; records of `table` follow."""
    return Entry("", [Words(title, "heading")], heading=True, detail=table)


def nothing(words: str, table: str) -> Entry:
    """Words where there are no records of a table yet; `n` there adds the first."""
    return Entry("", [Words(words, "muted")], detail=table)


def entry(row: Row, *words: Words, table: str = "", apart: bool = False) -> Entry:
    """A record; one that is archived says so before what it says.

    Args:
        row: The record.
        words: Its paragraphs; those without text are left out.
        table: The table that `n` adds to from here, where it is not the record's own.
        apart: Whether it stands apart from the record above.
    """
    shown = [each for each in words if each.text not in (None, "")]
    if row.archived:
        shown = [
            Words("Archived", "warn"),
            *(Words(w.text, "muted", w.indent, w.label) for w in shown),
        ]
    shown = shown or [Words("(nothing written)", "muted")]
    return Entry(row.id, shown, detail=table or row.table, apart=apart)


def joined(*parts: object, sign: str = "  ·  ") -> str:
    """The parts that say something, with a sign between them."""
    return sign.join(str(part) for part in parts if part not in (None, "", []))


def newest(rows: list[Row], field: str) -> list[Row]:
    """Records by a day, the newest first; those without a day first of all."""
    return sorted(rows, key=lambda row: str(row[field] or "9999"), reverse=True)
