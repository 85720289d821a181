"""What a register shows: the fold of a set of operations.

A field is a multi-value register. Its heads are the operations that wrote it and that no
other operation names in `o`; the shown value is that of the greatest (time, id). Documents
are replaced, never changed in place, so that a frozen copy of the tables is cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from senreg.store.erasures import ERASURES, erased_by, place_named
from senreg.store.layout import Layout
from senreg.store.lazy import LazyTables
from senreg.store.operations import (
    ARCHIVED,
    WHOLE_RECORD,
    Header,
    Operation,
    fields_written,
)
from senreg.store.pack_record import OF_PACKS

Document = dict[str, Any]
Head = dict[str, Any]
"""One head of a contested field: h, t, by, copy, and v (absent where it took the field away)."""

Stamp = tuple[int, str, str]
"""When, by whom and on which copy an operation was made."""

Place = tuple[str, str, str]
"""Table, record, field."""

_BASE = ""

ARCHIVING = "!"
"""Stands among the heads an operation had seen where that operation archived the record."""


@dataclass(slots=True)
class State:
    """Tables of live and archived documents, the heads of their fields, and the contested ones.

    `stamp_of` looks an operation up in the journal; it is asked only when two heads meet.
    """

    live: LazyTables = field(default_factory=LazyTables)
    archived: dict[str, dict[str, Document]] = field(default_factory=dict)
    heads: LazyTables = field(default_factory=LazyTables)
    """By table and record: one id, or {"": id, field: id or [ids]} where fields differ."""
    contested: dict[Place, list[Head]] = field(default_factory=dict)
    awaited: dict[str, list[str]] = field(default_factory=dict)
    """Ids that were named as replaced before they arrived, with the fields they are named for."""
    seen: dict[str, dict[str, dict[str, list[str]]]] = field(default_factory=dict)
    """By table, record and id: the heads that an operation which archived the record, or
    came after one that did, had seen of the whole record."""
    stamp_of: Callable[[str], Stamp | None] = lambda _id: None
    stamps: dict[str, Stamp] = field(default_factory=dict)
    """Of operations that came from other copies since the register was opened."""
    erased: set[str] = field(default_factory=set)
    """The records whose values were erased, as `table/record`; it only grows."""
    layout: Layout = Layout()  # noqa: RUF009 - it never changes
    """How the snapshot that this was read from was laid out."""

    def __post_init__(self) -> None:
        for document in self.live.get(ERASURES, {}).values():
            self.erased.update(erased_by(document))

    def frozen(self) -> State:
        """A copy that stays as this is now: documents are replaced, never changed in place."""
        seen = {
            table: {record: dict(known) for record, known in records.items()}
            for table, records in self.seen.items()
        }
        return State(
            live=self.live.frozen(),
            archived={table: dict(documents) for table, documents in self.archived.items()},
            heads=self.heads.frozen(),
            contested=dict(self.contested),
            awaited={h: list(names) for h, names in self.awaited.items()},
            seen=seen,
            layout=self.layout,
        )

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
        named = set(entry) - {_BASE} if isinstance(entry, dict) else set()
        names = named | set(self.document(table, record) or ())
        return sorted({h for name in names for h in self.heads_of(table, record, name)})

    def was_archived(self, table: str, record: str) -> bool:
        """Whether any head of the record archives it, also where that is contested."""
        return bool(self._archivings(table, record))

    def unseen_by_archiving(self, table: str, record: str) -> list[str]:
        """Heads of a record that whoever archived it had not seen, and who did not see that."""
        archivings = self._archivings(table, record)
        seen = self.seen.get(table, {}).get(record, {})
        return [
            h
            for h in (self.all_heads_of(table, record) if archivings else ())
            if h not in archivings
            and any(h not in seen[each] and each not in seen.get(h, ()) for each in archivings)
        ]

    def is_contested(self, table: str, record: str, name: str) -> bool:
        """Whether a field has several heads, or was archived over an edit."""
        if name == ARCHIVED and self.unseen_by_archiving(table, record):
            return True
        return len(self.heads_of(table, record, name)) > 1

    def _archivings(self, table: str, record: str) -> list[str]:
        seen = self.seen.get(table, {}).get(record)
        if not seen:
            return []
        heads = self.heads_of(table, record, ARCHIVED)
        return [h for h in heads if h in seen and ARCHIVING in seen[h]]

    def apply(self, header: Header, operation: Operation) -> None:
        """Take one operation in. It must be new; order does not matter, other operations do."""
        if operation["table"] == ERASURES:
            self._erase(operation)
        elif not self.erased or place_named(*_record_of(operation)) not in self.erased:
            self._fold(header, operation)

    def _fold(self, header: Header, operation: Operation) -> None:
        table, record, h = operation["table"], operation["record"], operation["h"]
        before = self.document(table, record)
        late = self.awaited.pop(h, ())
        values = operation.get("v") or {}
        gone = operation.get("d") or ()
        seen = operation["o"]
        if not (late or gone) and self._is_plain(operation, before, values):
            return
        document = dict(before) if before is not None else {}
        moved: dict[str, str | list[str]] = {}
        for name in fields_written(operation):
            current = self.heads_of(table, record, name) if before is not None else []
            replaced = seen.get(name, ())
            for each in replaced:
                if each not in current:
                    self._await(each, name)
            remaining = [each for each in current if each not in replaced]
            place = (table, record, name)
            standing = self._standing(place, remaining)
            if name not in late:
                mine: Head = {"h": h, "t": header["t"], "by": header["by"], "copy": header["copy"]}
                if name == ARCHIVED:
                    mine["v"] = bool(values.get(name))
                elif name not in gone:
                    mine["v"] = values.get(name)
                standing.append(mine)
            elif remaining == current:
                continue
            standing.sort(key=lambda head: (head["t"], head["h"]))
            if len(standing) > 1:
                self.contested[place] = standing
                moved[name] = sorted(head["h"] for head in standing)
            else:
                self.contested.pop(place, None)
                moved[name] = standing[0]["h"]
            if "v" in standing[-1] and not (name in gone and standing[-1]["h"] == h):
                document[name] = standing[-1]["v"]
            else:
                document.pop(name, None)
        self._note_seen(operation)
        self._move_heads(table, record, moved, before, document)
        self._store(table, record, document)

    def _erase(self, operation: Operation) -> None:
        """Forget the records an erasure names. Nothing takes an erasure back or changes it."""
        if operation["o"] or not operation.get("new"):
            return
        values = operation.get("v") or {}
        self.heads.setdefault(ERASURES, {})[operation["record"]] = operation["h"]
        self.live.setdefault(ERASURES, {})[operation["record"]] = dict(values)
        gone = set(erased_by(values)) - self.erased
        self.erased |= gone
        for table, _, record in (each.partition("/") for each in gone):
            for tables in (self.live, self.archived, self.heads, self.seen):
                if table in tables:
                    tables[table].pop(record, None)
        for place in [each for each in self.contested if place_named(*each[:2]) in gone]:
            del self.contested[place]

    def _is_plain(
        self, operation: Operation, before: Document | None, values: Mapping[str, Any]
    ) -> bool:
        """Take in what begins a record, or saw just what stands there; False for all else."""
        if before is not None:
            return self._succeed(operation, before, values)
        if operation["o"] or ARCHIVED in operation["c"]:
            return False
        self._begin(operation, values)
        return True

    def _begin(self, operation: Operation, values: Mapping[str, Any]) -> None:
        """Take in the first operation of a record, whose fields can have no other head."""
        table, record = operation["table"], operation["record"]
        self.heads.setdefault(table, {})[record] = operation["h"]
        document = {name: values.get(name) for name in operation["c"]}
        self.live.setdefault(table, {})[record] = document

    def _succeed(self, operation: Operation, before: Document, values: Mapping[str, Any]) -> bool:
        """Take in an operation that saw just what stands there: the way of nearly every edit.

        Args:
            operation: It takes no field away, and nothing that came before replaces it.
            before: The record as it stands.
            values: What the operation sets.

        Returns:
            False, with nothing changed, where a field has several heads or other ones than the
            operation saw, or where the record is or was archived.
        """
        table, record, h = operation["table"], operation["record"], operation["h"]
        entry = self.heads.get(table, {}).get(record)
        live = self.live.get(table, {})
        names, replaced = operation["c"], operation["o"]
        if entry is None or record not in live or self.seen.get(table, {}).get(record):
            return False
        if not replaced.keys() <= names.keys():
            return False
        base, own = (entry, {}) if isinstance(entry, str) else (entry[_BASE], entry)
        for name in names:
            head = own.get(name) or (base if name in before else None)
            if replaced.get(name, []) != ([head] if head else []) or name == ARCHIVED:
                return False
        self.heads[table][record] = {_BASE: base, **own, **dict.fromkeys(names, h)}
        live[record] = {**before, **{name: values.get(name) for name in names}}
        return True

    def _note_seen(self, operation: Operation) -> None:
        """Keep what an operation that archived, or came after that, had seen of the record."""
        if WHOLE_RECORD in operation["o"]:
            marks = [ARCHIVING] if (operation.get("v") or {}).get(ARCHIVED) else []
            table, record = operation["table"], operation["record"]
            known = self.seen.setdefault(table, {}).setdefault(record, {})
            known[operation["h"]] = [*marks, *operation["o"][WHOLE_RECORD]]

    def _await(self, named: str, name: str) -> None:
        fields = self.awaited.setdefault(named, [])
        if name not in fields:
            fields.append(name)

    def _standing(self, place: Place, remaining: list[str]) -> list[Head]:
        """What these ids say of a field: from the contested ones, else from the document."""
        known = {each["h"]: each for each in self.contested.get(place, ())}
        standing = []
        for h in remaining:
            head = known.get(h)
            if head is None:
                document = self.document(place[0], place[1]) or {}
                head = self._head(h, v=False)
                del head["v"]
                if place[2] == ARCHIVED:
                    marks = self.seen.get(place[0], {}).get(place[1], {}).get(h, ())
                    head["v"] = ARCHIVING in marks
                elif place[2] in document:
                    head["v"] = document[place[2]]
            standing.append(head)
        return standing

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
        live = self.live.setdefault(table, {})
        archived = self.archived.setdefault(table, {})
        (live if record in live or record not in archived else archived)[record] = document
        if self.was_archived(table, record):
            # Over an edit it had not seen, archiving waits for a person: the record stays.
            standing = self.contested.get((table, record, ARCHIVED))
            shown = standing[-1].get("v") if standing else True
            document[ARCHIVED] = bool(shown) and not self.unseen_by_archiving(table, record)
        put_away = bool(document.get(ARCHIVED))
        (live if put_away else archived).pop(record, None)
        (archived if put_away else live)[record] = document

    def table_of(self, record: str) -> str | None:
        """The table that holds a record, live or archived."""
        for name, documents in self.archived.items():
            if record in documents:
                return name
        return self.live.holding(record)

    def conflicts(self) -> Iterator[tuple[Place, list[Head]]]:
        """What a person has to settle, with the heads of it.

        Contested fields whose heads hold different values, and records that were archived
        over an edit: those as the field `archived`, true for one and false for the other. The
        records of staff packs are senreg's own: of these what came last holds.
        """
        for place, standing in self.contested.items():
            if place[0] not in OF_PACKS and _differ(standing):
                yield place, standing
        for table, records in self.seen.items():
            for record in records if table not in OF_PACKS else ():
                place = (table, record, ARCHIVED)
                unseen = self.unseen_by_archiving(table, record)
                if unseen and not _differ(self.contested.get(place, ())):
                    standing = [self._head(h, v=True) for h in self._archivings(table, record)]
                    yield place, standing + [self._head(h, v=False) for h in unseen]

    def _head(self, h: str, *, v: bool) -> Head:
        at, by, copy = self.stamps.get(h) or self.stamp_of(h) or (0, "", "")
        return {"h": h, "t": at, "by": by, "copy": copy, "v": v}


def _record_of(operation: Operation) -> tuple[str, str]:
    return operation["table"], operation["record"]


def _differ(standing: Sequence[Head]) -> bool:
    values = [head.get("v") for head in standing]
    return any(value != values[0] for value in values[1:])


def apply_all(state: State, header: Header, operations: Iterable[Operation]) -> None:
    """Take the operations of one commit in."""
    for operation in operations:
        state.apply(header, operation)
