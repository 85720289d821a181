"""What a register shows: the fold of a set of operations.

A field is a multi-value register. Its heads are the operations that wrote it and that no
other operation names in `o`; the shown value is that of the greatest (time, id). Documents
are replaced, never changed in place, so that a frozen copy of the tables is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from senreg.store.operations import ARCHIVED, Header, Operation, fields_written

Document = dict[str, Any]
Head = dict[str, Any]
"""One head of a contested field: h, t, by, copy, and v (absent where it took the field away)."""

Place = tuple[str, str, str]
"""Table, record, field."""

_BASE = ""


@dataclass(slots=True)
class State:
    """Tables of live and archived documents, the heads of their fields, and the contested ones.

    `find_head` looks an operation up in the journal; it is asked only when two heads meet.
    """

    live: dict[str, dict[str, Document]] = field(default_factory=dict)
    archived: dict[str, dict[str, Document]] = field(default_factory=dict)
    heads: dict[str, dict[str, Any]] = field(default_factory=dict)
    """By table and record: one id, or {"": id, field: id or [ids]} where fields differ."""
    contested: dict[Place, list[Head]] = field(default_factory=dict)
    awaited: dict[str, list[str]] = field(default_factory=dict)
    """Ids that were named as replaced before they arrived, with the fields they are named for."""
    find_head: Callable[[str, Place], Head | None] = lambda _id, _place: None

    def document(self, table: str, record: str) -> Document | None:
        """A stored document, live or archived."""
        found = self.live.get(table, {}).get(record)
        return found if found is not None else self.archived.get(table, {}).get(record)

    def heads_of(self, table: str, record: str, name: str) -> list[str]:
        """The ids of the operations whose value of a field nobody has replaced."""
        entry = self.heads.get(table, {}).get(record)
        if entry is None:
            return []
        if isinstance(entry, str):
            document = self.document(table, record)
            return [entry] if document is not None and name in document else []
        own = entry.get(name)
        if own is not None:
            return [own] if isinstance(own, str) else list(own)
        document = self.document(table, record)
        return [entry[_BASE]] if document is not None and name in document else []

    def all_heads_of(self, table: str, record: str) -> list[str]:
        """Every head of every field of a record, sorted."""
        entry = self.heads.get(table, {}).get(record)
        if entry is None:
            return []
        found: set[str] = set()
        for head in [entry] if isinstance(entry, str) else entry.values():
            found.update([head] if isinstance(head, str) else head)
        return sorted(found)

    def apply(self, header: Header, operation: Operation) -> None:
        """Take one operation in. It must be new; order does not matter, other operations do."""
        table, record, h = operation["table"], operation["record"], operation["h"]
        before = self.document(table, record)
        document = dict(before) if before is not None else {}
        late = self.awaited.pop(h, ())
        values = operation.get("v") or {}
        gone = operation.get("d") or ()
        seen = operation["o"]
        moved: dict[str, str | list[str]] = {}
        for name in fields_written(operation):
            current = self.heads_of(table, record, name) if before is not None else []
            replaced = seen.get(name, ())
            for each in replaced:
                if each not in current:
                    self._await(each, name)
            if name in late:
                continue
            remaining = [each for each in current if each not in replaced]
            mine: Head = {"h": h, "t": header["t"], "by": header["by"], "copy": header["copy"]}
            if name not in gone:
                mine["v"] = values.get(name)
            shown = mine
            place = (table, record, name)
            if remaining:
                shown = self._contest(place, remaining, mine)
                moved[name] = sorted([*remaining, h])
            else:
                self.contested.pop(place, None)
                moved[name] = h
            if "v" in shown:
                document[name] = shown["v"]
            else:
                document.pop(name, None)
        self._move_heads(table, record, moved, before, document)
        self._store(table, record, document)

    def _await(self, named: str, name: str) -> None:
        fields = self.awaited.setdefault(named, [])
        if name not in fields:
            fields.append(name)

    def _contest(self, place: Place, remaining: list[str], mine: Head) -> Head:
        known = {each["h"]: each for each in self.contested.get(place, ())}
        standing = []
        for h in remaining:
            head = known.get(h) or self.find_head(h, place)
            if head is None:
                document = self.document(place[0], place[1]) or {}
                head = {"h": h, "t": 0, "by": "", "copy": "", "v": document.get(place[2])}
            standing.append(head)
        standing.append(mine)
        standing.sort(key=lambda head: (head["t"], head["h"]))
        self.contested[place] = standing
        return standing[-1]

    def _move_heads(
        self,
        table: str,
        record: str,
        moved: Mapping[str, str | list[str]],
        before: Document | None,
        document: Document,
    ) -> None:
        records = self.heads.setdefault(table, {})
        entry = records.get(record)
        if not moved:
            return
        if entry is None and before is None:
            only = set(map(str, moved.values()))
            if len(only) == 1 and all(name in document for name in moved):
                records[record] = only.pop()
                return
        if entry is None:
            entry = {_BASE: next(h if isinstance(h, str) else h[-1] for h in moved.values())}
        elif isinstance(entry, str):
            entry = {_BASE: entry}
        else:
            entry = dict(entry)
        entry.update(moved)
        base = entry[_BASE]
        for name in [name for name in entry if name != _BASE]:
            if entry[name] == base and name in document:
                del entry[name]
        records[record] = base if len(entry) == 1 else entry

    def _store(self, table: str, record: str, document: Document) -> None:
        archived = bool(document.get(ARCHIVED))
        here, there = (self.archived, self.live) if archived else (self.live, self.archived)
        there.get(table, {}).pop(record, None)
        here.setdefault(table, {})[record] = document

    def table_of(self, record: str) -> str | None:
        """The table that holds a record, live or archived."""
        for tables in (self.live, self.archived):
            for name, documents in tables.items():
                if record in documents:
                    return name
        return None

    def conflicts(self) -> Iterator[tuple[Place, list[Head]]]:
        """Contested fields whose heads hold different values: what a person has to settle."""
        for place, standing in self.contested.items():
            values = [head.get("v") for head in standing]
            if any(value != values[0] for value in values[1:]):
                yield place, standing


def apply_all(state: State, header: Header, operations: Iterable[Operation]) -> None:
    """Take the operations of one commit in."""
    for operation in operations:
        state.apply(header, operation)
