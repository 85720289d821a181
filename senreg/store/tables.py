"""TinyDB over a register: its Query API for reading, and each of its writes one commit.

TinyDB's own table reads and rewrites the whole file at each change. Here the tables are in
memory, an update is given a copy-on-write overlay, and the difference goes to `write`. An
exception half-way through an update therefore changes nothing. Removing archives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from math import isfinite
from typing import Any, cast

import orjson
from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document, Table

from senreg.store.changes import Change
from senreg.store.operations import ARCHIVED, new_id
from senreg.store.state import State

Write = Callable[[list[Change]], None]
"""Makes the changes one commit; raises before anything changed."""


def _own(document: Document) -> Document:
    """The document with lists of its own, so that changing a result changes no record."""
    for name, held in document.items():
        if isinstance(held, (list, dict)):
            document[name] = orjson.loads(orjson.dumps(held))
    return document


class StateStorage(Storage):
    """TinyDB's storage over the state in memory. Whole-file writing does not happen here."""

    def __init__(self, state: State, write: Write) -> None:
        self.state = state
        self.write_changes = write

    def read(self) -> dict[str, dict[str, Any]]:
        """The tables that hold a live record."""
        return {name: records for name, records in self.state.live.items() if records}

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Make the tables these: what TinyDB asks for when tables are dropped."""
        changes: list[Change] = []
        for name, records in self.state.live.items():
            kept = data.get(name, {})
            changes += _difference(
                name, self.state, {each: kept.get(each) for each in (*records, *kept)}
            )
        self.write_changes(changes)


class StateTable(Table):
    """A TinyDB table with string ids whose updates are commits."""

    document_id_class = cast("type[int]", str)

    def _get_next_id(self) -> Any:
        return new_id()

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        storage = cast("StateStorage", self._storage)
        return cast("dict[str, Mapping[str, Any]]", storage.state.live.get(self.name, {}))

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        storage = cast("StateStorage", self._storage)
        overlay = _Overlay(storage.state.live.get(self.name, {}))
        updater(overlay)
        changes = _difference(self.name, storage.state, overlay.touched)
        if changes:
            storage.write_changes(changes)
        self.clear_cache()

    def search(self, cond: QueryLike) -> list[Document]:
        """The documents that match; never from a cache, for others write too."""
        self.clear_cache()
        return [_own(each) for each in super().search(cond)]

    def get(self, *args: Any, **named: Any) -> Any:
        """One document, or those of several ids."""
        found = super().get(*args, **named)
        return [_own(each) for each in found] if isinstance(found, list) else found and _own(found)

    def __iter__(self) -> Iterator[Document]:
        return map(_own, super().__iter__())

    def update(
        self, fields: Any, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> list[int]:
        """Change matching documents, found first so that only they are copied."""
        if doc_ids is None and cond is not None:
            doc_ids = self._matching(cond)
        return super().update(fields, None, doc_ids)

    def remove(
        self, cond: QueryLike | None = None, doc_ids: Iterable[Any] | None = None
    ) -> list[int]:
        """Archive matching documents."""
        if doc_ids is None and cond is not None:
            doc_ids = self._matching(cond)
        return super().remove(None, doc_ids)

    def _matching(self, cond: QueryLike) -> list[Any]:
        return [record for record, document in self._read_table().items() if cond(document)]


class RegisterDB(TinyDB):
    """A TinyDB over a state."""

    table_class = StateTable

    def __init__(self, state: State, write: Write) -> None:
        super().__init__(state, write, storage=StateStorage)


class _Overlay(MutableMapping[str, Any]):
    """A table in which a document is copied when it is first looked at."""

    def __init__(self, under: Mapping[str, Mapping[str, Any]]) -> None:
        self._under = under
        self.touched: dict[str, dict[str, Any] | None] = {}

    def __getitem__(self, record: str) -> Any:
        if record in self.touched:
            document = self.touched[record]
            if document is None:
                raise KeyError(record)
            return document
        document = dict(_own(Document(self._under[record], cast("int", record))))
        self.touched[record] = document
        return document

    def __setitem__(self, record: str, document: Mapping[str, Any]) -> None:
        self.touched[str(record)] = dict(document)

    def __delitem__(self, record: str) -> None:
        if record not in self:
            raise KeyError(record)
        self.touched[record] = None

    def __contains__(self, record: object) -> bool:
        if record in self.touched:
            return self.touched[record] is not None
        return record in self._under

    def __iter__(self) -> Iterator[str]:
        yield from (each for each in self._under if self.touched.get(each, ()) is not None)
        yield from (
            each
            for each, document in self.touched.items()
            if document is not None and each not in self._under
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _difference(
    table: str, state: State, wanted: Mapping[str, Mapping[str, Any] | None]
) -> list[Change]:
    """The changes that lead from the state to these documents; None archives.

    Raises TypeError or ValueError for a value that JSON does not have.
    """
    changes = []
    live = state.live.get(table, {})
    for record, document in wanted.items():
        before = live.get(record)
        if document is None:
            if before is not None:
                changes.append(Change(table, record, {ARCHIVED: True}))
            continue
        if any(isinstance(value, float) and not isfinite(value) for value in document.values()):
            raise ValueError("a number that is not finite has no place in JSON")
        after = orjson.loads(orjson.dumps(document))
        old = before if before is not None else (state.document(table, record) or {})
        values = {
            name: value
            for name, value in after.items()
            if name not in old or old[name] != value or type(old[name]) is not type(value)
        }
        dropped = {name for name in old if name not in after}
        if values or dropped or before is None:
            changes.append(Change(table, record, values, dropped))
    return changes
