"""What an open register can be asked: rows, words, the past, and what waits for a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Any

from senreg.store.conflicts import Conflict, open_conflicts
from senreg.store.folder import Store
from senreg.store.pack_record import PACKS, own_pack, without_key
from senreg.store.rows import Row

if TYPE_CHECKING:
    # Loaded where they are used: a start needs none of them.
    from senreg.search import Hit
    from senreg.store.story import FieldChange


class Reads:
    """The reading half of a register. Rows are immutable."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = RLock()
        self._givers: dict[str, tuple[str, int]] = {}
        self.version = 0
        self._left: tuple[int, frozenset[str]] = (-1, frozenset())

    @property
    def path(self) -> Path:
        """The register's folder."""
        return self._store.folder

    @property
    def register_id(self) -> str:
        """What all copies of this register have in common."""
        return self._store.meta.register

    @property
    def copy_id(self) -> str:
        """Which copy this is."""
        return self._store.meta.copy

    @property
    def school(self) -> Row:
        """The school's own record."""
        schools = self.all("school")
        return schools[0] if schools else Row("school", "", {})

    def all(self, table: str, *, archived: bool = False) -> list[Row]:
        """The records of a table: live ones, or those that were archived."""
        state = self._store.state
        with self._lock:
            documents = (state.archived if archived else state.live).get(table, {})
            if table == PACKS:
                documents = {each: without_key(values) for each, values in documents.items()}
            left = self._left_out
            return [
                Row(table, record, document)
                for record, document in documents.items()
                if record not in left
            ]

    def everything(self) -> Iterator[Row]:
        """Every record of every table, live ones and those that were archived."""
        state = self._store.state
        for archived, tables in ((False, list(state.live)), (True, list(state.archived))):
            for table in tables:
                yield from self.all(table, archived=archived)

    def get(self, record: str, table: str | None = None) -> Row | None:
        """One record by its id, live or archived; of one table where only that can hold it."""
        state = self._store.state
        with self._lock:
            table = table or state.table_of(record)
            document = state.document(table, record) if table else None
            if record in self._left_out:
                return None
            if table == PACKS and document is not None:
                document = without_key(document)
            return Row(table, record, document) if table and document is not None else None

    def find(self, table: str, **fields: Any) -> list[Row]:
        """The live records whose stored values equal these."""
        return [
            row
            for row in self.all(table)
            if all(row[name] == value for name, value in fields.items())
        ]

    def by(self, table: str, name: str) -> dict[Any, list[Row]]:
        """The live records of a table grouped by a field, in one pass."""
        grouped: dict[Any, list[Row]] = {}
        with self._lock:
            left = self._left_out
            for record, document in self._store.state.live.get(table, {}).items():
                if record in left:
                    continue
                grouped.setdefault(document.get(name), []).append(Row(table, record, document))
        return grouped

    def count(self, table: str, *, archived: bool = False) -> int:
        """How many records a table has: live ones, or those that were archived."""
        state = self._store.state
        documents = (state.archived if archived else state.live).get(table, {})
        return sum(record not in self._left_out for record in documents)

    def search(self, words: str, *, limit: int = 200) -> list[Hit]:
        """The live records in whose text all the words stand, best first."""
        from senreg.search import hits

        return hits(self.all, words, limit=limit)

    def history(
        self,
        record: str | None = None,
        *,
        children: bool = False,
        field: str | None = None,
        by: str | None = None,
    ) -> list[FieldChange]:
        """Every change, or those of one record, oldest first.

        Args:
            record: The record's id.
            children: Also the records that belong to it, such as a pupil's targets.
            field: Only the changes of this field.
            by: Only the changes of this person: a staff id, or a login name.
        """
        records = None
        if record is not None:
            from senreg.rules.belonging import owned_by

            owned = owned_by(self.everything(), record) if children else ()
            records = {record, *(row["id"] for row in owned)}
        from senreg.store.story import field_changes

        erased = self._store.state.erased
        return [
            each
            for each in field_changes(self._store.commits(), records, erased=erased)
            if field in (None, each.field)
            and by in (None, each.by)
            and each.record not in self._left_out
        ]

    def origins(self, records: Collection[str]) -> dict[tuple[str, str], FieldChange]:
        """By record and field, where the last value comes from; it reads the whole journal.

        For one that undo or redo brought back, that is the change that first gave it.
        """
        from senreg.store.story import field_changes, origins

        erased = self._store.state.erased
        return origins(field_changes(self._store.commits(), records, erased=erased))

    def changes_since(self, milliseconds: int) -> list[FieldChange]:
        """The changes made, or merged in, at that time or later; old values may be unknown."""
        from senreg.store.story import field_changes

        commits = self._store.commits(since=milliseconds)
        changes = field_changes(commits, erased=self._store.state.erased)
        return [each for each in changes if each.record not in self._left_out]

    def conflicts(self) -> list[Conflict]:
        """The fields that people changed apart and nobody has settled."""
        found = open_conflicts(self._store, self._givers)
        return [each for each in found if each.record not in self._left_out]

    @property
    def _left_out(self) -> frozenset[str]:
        """In a staff pack, the records of children who are in it no more; else none."""
        if self._left[0] != self.version:
            pack = own_pack(self._store.state, self._store.keys)
            left: frozenset[str] = frozenset()
            if pack is not None:
                from senreg.pack_guard import left_behind

                left = left_behind(self._store, pack)
            self._left = (self.version, left)
        return self._left[1]
