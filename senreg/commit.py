"""The changes of one commit, checked as they are given and made together at its end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from senreg.errors import FieldProblem, InvalidRecord, NoSuchRecord
from senreg.store.changes import Change
from senreg.store.operations import ARCHIVED, new_id
from senreg.store.rows import Row
from senreg.store.state import State

if TYPE_CHECKING:
    from senreg.models.describe import Field
    from senreg.models.record import Record


class Commit:
    """What the block of `Register.commit` is given. Nothing changes before the block ends."""

    def __init__(self, state: State) -> None:
        self.warnings: list[str] = []
        """What is odd about the values given, and kept all the same."""
        self._state = state
        self._changes: dict[tuple[str, str], Change] = {}
        self._tables: dict[str, str] = {}

    def add(
        self, table: str, values: Mapping[str, Any] | Record, *, record_id: str | None = None
    ) -> str:
        """Add a record and give its id. Raises InvalidRecord.

        Args:
            table: One of `senreg.models.tables.TABLES`.
            values: Its fields: JSON values or dates, or an instance of the model.
            record_id: Its id where it is decided already; it must be new.
        """
        checked = self._checked(table, _as_mapping(values))
        record = record_id or new_id()
        if record in self._tables or self._state.table_of(record) is not None:
            raise InvalidRecord(table, [FieldProblem("id", "This id is taken.")])
        self._tables[record] = table
        given = {name: value for name, value in checked.items() if value is not None}
        self._changes[(table, record)] = Change(table, record, given)
        return record

    def set(self, record: str | Row, /, **fields: Any) -> None:
        """Give fields of a record new values; None makes a field unknown.

        Raises InvalidRecord, and NoSuchRecord for an id that is not there.
        """
        table, key = self._located(record)
        checked = self._checked(table, fields, self._now(table, key))
        self._change(table, key, {name: checked[name] for name in fields})

    def archive(self, record: str | Row) -> None:
        """Put a record away; it can be restored."""
        table, key = self._located(record)
        self._change(table, key, {ARCHIVED: True})

    def restore(self, record: str | Row) -> None:
        """Bring an archived record back."""
        table, key = self._located(record)
        self._change(table, key, {ARCHIVED: False})

    def take(self, changes: Iterable[Change]) -> None:
        """Changes that lead to what was stored once, and was checked then."""
        for change in changes:
            self._tables[change.record] = change.table
            self._changes[(change.table, change.record)] = change

    def changes(self) -> list[Change]:
        """The changes that differ from what is stored."""
        return [
            change
            for change in self._changes.values()
            if change.values
            or change.dropped
            or self._state.document(change.table, change.record) is None
        ]

    def _located(self, record: str | Row) -> tuple[str, str]:
        key = record if isinstance(record, str) else record.id
        table = self._tables.get(key)
        if table is None:
            if isinstance(record, Row) and self._state.document(record.table, key) is not None:
                table = record.table
            else:
                table = self._state.table_of(key)
        if table is None:
            raise NoSuchRecord(
                "There is no record with that id in this register.",
                do="`senreg list` and `senreg search` show the ids there are.",
            )
        return table, key

    def _now(self, table: str, record: str) -> dict[str, Any]:
        """A record with what this commit has changed of it so far."""
        change = self._changes.get((table, record))
        return (self._state.document(table, record) or {}) | (change.values if change else {})

    def _change(self, table: str, record: str, values: Mapping[str, Any]) -> None:
        change = self._changes.setdefault((table, record), Change(table, record))
        stored = self._state.document(table, record) or {}
        for name, value in values.items():
            before = bool(stored.get(name)) if name == ARCHIVED else stored.get(name)
            same = before == value
            if same and not self._state.is_contested(table, record, name):
                change.values.pop(name, None)
            else:
                change.values[name] = value

    def _checked(
        self, table: str, values: Mapping[str, Any], stored: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """The values as they are stored; of a record that is there already, only some fields."""
        from senreg.models.validate import checked, warnings_for

        taken = checked(table, values, partial=stored is not None)
        stored = stored or {}
        missing = []
        for field in _links_of(table):
            if taken.get(field.name):
                named = taken[field.name]
                for each in named if isinstance(named, list) else [named]:
                    if not any(self._holds(place, str(each)) for place in field.tables):
                        places = " or ".join(field.tables or (field.about.of,))
                        sentence = f"{field.title}: there is no such record in {places}."
                        missing.append(FieldProblem(field.name, sentence))
        if missing:
            raise InvalidRecord(table, missing)
        found = warnings_for(table, {**stored, **taken})
        if found:
            known = warnings_for(table, stored)
            self.warnings += [each for each in found if each not in known]
        return taken

    def _holds(self, table: str, record: str) -> bool:
        return self._tables.get(record) == table or self._state.document(table, record) is not None


@cache
def _links_of(table: str) -> tuple[Field, ...]:
    """The fields that name other records."""
    from senreg.models.tables import fields_of

    return tuple(field for field in fields_of(table) if field.kind in ("record", "records"))


def _as_mapping(values: Mapping[str, Any] | Record) -> Mapping[str, Any]:
    if isinstance(values, Mapping):
        return values
    return values.model_dump(mode="json", exclude_unset=True)
