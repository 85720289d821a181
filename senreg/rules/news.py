"""What changed while nobody was looking, in words: by person and pupil, the latest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from senreg.rules.belonging import pupil_of
from senreg.rules.naming import Get, pupil_name, staff_named
from senreg.rules.nouns import counted, counted_list
from senreg.rules.reading import Row

MANY = 12
"""A commit about more pupils than this is told of in one line."""

TOLD_BY_LABEL = frozenset({"Erase a pupil", "Make a staff pack"})
"""What has no record left to tell of: the label of its commit says it."""


class Changed(Protocol):
    """A change of one field, as `Register.changes_since` gives them."""

    @property
    def at(self) -> int:
        """When, in milliseconds since 1970."""

    @property
    def by(self) -> str:
        """Who: a staff id or a login name."""

    @property
    def table(self) -> str:
        """The record's table."""

    @property
    def record(self) -> str:
        """The record's id."""

    @property
    def commit(self) -> str:
        """The commit it was part of."""

    @property
    def label(self) -> str:
        """What that commit did, in the program's words."""


class NewsLine(NamedTuple):
    """What one person changed about one pupil, about the school, or about many pupils at once.

    Args:
        person: Who, as people say it.
        pupil: The pupil's id; empty for the school and for many pupils.
        name: The pupil's name; empty for the school and for many pupils.
        class_name: The pupil's class.
        record: What the line opens: the record that was changed last.
        words: What was changed: '2 targets, 1 note', 'Import pupils: 240 pupils'.
        at: When the last of it was changed, in milliseconds since 1970.
    """

    person: str
    pupil: str
    name: str
    class_name: str
    record: str
    words: str
    at: int


@dataclass(slots=True)
class _Group:
    by: str
    pupil: str = ""
    label: str = ""
    records: dict[str, tuple[int, str]] = field(default_factory=dict)
    """When each record was last changed, and its table."""
    pupils: set[str] = field(default_factory=set)

    def take(self, change: Changed) -> None:
        at = max(change.at, self.records.get(change.record, (0, ""))[0])
        self.records[change.record] = (at, change.table)

    @property
    def latest(self) -> tuple[int, str]:
        """When the record changed last was changed, and its id."""
        return max((at, record) for record, (at, _) in self.records.items())


def news(changes: Iterable[Changed], get: Get) -> list[NewsLine]:
    """Changes in words, the latest first.

    Args:
        changes: From `Register.changes_since`, those that are no news left out.
        get: Finds a record by its id.
    """
    changes = list(changes)
    pupil_by_record: dict[str, Row | None] = {}
    pupils_of: dict[str, set[str]] = {}
    for change in changes:
        if change.record not in pupil_by_record:
            pupil_by_record[change.record] = pupil_of(get(change.record), get, change.table)
        pupil = pupil_by_record[change.record]
        pupils_of.setdefault(change.commit, set()).add(pupil["id"] if pupil else "")
    groups: dict[tuple[str, ...], _Group] = {}
    for change in changes:
        pupil = pupil_by_record[change.record]
        about = pupil["id"] if pupil else ""
        many = len(pupils_of[change.commit] - {""}) > MANY or change.label in TOLD_BY_LABEL
        key = (change.commit,) if many else (change.by, about)
        group = groups.setdefault(key, _Group(change.by, "" if many else about))
        group.take(change)
        if many:
            group.label = change.label
            group.pupils |= {about} - {""}
    lines = [_line(group, get) for group in groups.values()]
    lines.sort(key=lambda line: (-line.at, line.name))
    return lines


def _line(group: _Group, get: Get) -> NewsLine:
    at, record = group.latest
    pupil = get(group.pupil) if group.pupil else None
    if group.pupils:
        words = f"{group.label or 'Many changes'}: {counted('pupils', len(group.pupils))}"
    elif group.label:
        words = group.label
    else:
        words = counted_list(dict(Counter(table for _, table in group.records.values())))
    return NewsLine(
        staff_named(group.by, get) or "Somebody",
        group.pupil,
        pupil_name(pupil) if pupil else "",
        str(pupil.get("class_name") or "") if pupil else "",
        record,
        words,
        at,
    )
