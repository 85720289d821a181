"""What a commit changes, and the operations that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from senreg.errors import SenregError
from senreg.store.erasures import ERASURES, erasures_in, place_named, without_values
from senreg.store.journal import Commit
from senreg.store.operations import (
    ARCHIVED,
    HEADER_KEYS,
    WHOLE_RECORD,
    Header,
    Operation,
    make_operation,
)
from senreg.store.state import State


@dataclass(slots=True)
class Change:
    """What a commit does to one record: values set, fields taken away."""

    table: str
    record: str
    values: dict[str, Any] = field(default_factory=dict)
    dropped: set[str] = field(default_factory=set)


def operation_for(state: State, header: Header, change: Change) -> Operation:
    """The operation that makes a change, naming what it replaces."""
    table, record = change.table, change.record
    new = state.document(table, record) is None
    names = () if new else (*change.values, *change.dropped)
    replaced = {name: state.heads_of(table, record, name) for name in names}
    if _is_after_archiving(state, change):
        replaced[WHOLE_RECORD] = state.all_heads_of(table, record)
    return make_operation(header, table, record, change.values, replaced, change.dropped, new=new)


def _is_after_archiving(state: State, change: Change) -> bool:
    """Whether a change archives, or comes after an archiving and takes it as it is.

    Whoever writes in a record that was archived over an edit, and is still shown, does not agree
    to the archiving by that: it goes on waiting for a person.
    """
    if ARCHIVED in change.values:
        return bool(change.values[ARCHIVED]) or state.was_archived(change.table, change.record)
    place = (change.table, change.record)
    return state.was_archived(*place) and not state.unseen_by_archiving(*place)


def values_before(
    state: State, changes: Iterable[Change]
) -> dict[tuple[str, str], tuple[int, Any]]:
    """The values that changes will replace, by (id of the operation that gave it, field)."""
    values: dict[tuple[str, str], tuple[int, Any]] = {}
    for change in changes:
        document = state.document(change.table, change.record)
        if document is None:
            continue
        for name in (*change.values, *change.dropped):
            heads = state.heads_of(change.table, change.record, name)
            if name in document:
                values.update({(h, name): (0, document[name]) for h in heads})
    return values


def refuse_erased(state: State, changes: Iterable[Change], kind: str) -> None:
    """Raise SenregError for a change of an erased record, or of the list of erasures."""
    for change in changes:
        if change.table == ERASURES and kind != "erase":
            raise SenregError(
                "What was erased is kept by senreg itself.", do="`senreg erase` erases a pupil."
            )
        if place_named(change.table, change.record) in state.erased:
            raise SenregError("This record was erased.", do="Add a new one where it is needed.")


def as_merged(state: State, merged: Iterable[Commit]) -> list[Commit]:
    """Commits of other copies as a line carries them: without values of erased records."""
    kept = (*HEADER_KEYS, "label", "kind", "of", "schema", "ops")
    stored = [{key: commit[key] for key in kept if key in commit} for commit in merged]
    erased = state.erased | erasures_in(stored)
    return [without_values(each, erased) for each in stored] if erased else stored


def changes_to(now: State, then: State) -> list[Change]:
    """What leads from one state to another: fields as they were, records back or put away.

    A record that only `now` holds is put away; nothing is ever taken out. What was erased
    stays so.
    """
    changes = []
    for table, records in _documents(then).items():
        for record, document in records.items():
            if table == ERASURES or place_named(table, record) in now.erased:
                continue
            change = _change_to(table, record, now.document(table, record), document)
            if change is not None:
                changes.append(change)
    for table, records in now.live.items():
        changes += [
            Change(table, record, {ARCHIVED: True})
            for record in records
            if table != ERASURES and then.document(table, record) is None
        ]
    return changes


def _documents(state: State) -> dict[str, dict[str, dict[str, Any]]]:
    """Every stored document by table and id, live or archived."""
    found = {table: dict(records) for table, records in state.live.items()}
    for table, records in state.archived.items():
        found.setdefault(table, {}).update(records)
    return found


def _change_to(
    table: str, record: str, now: dict[str, Any] | None, then: dict[str, Any]
) -> Change | None:
    if now is None:
        return Change(table, record, dict(then))
    put_away = bool(then.get(ARCHIVED))
    values = {
        name: value
        for name, value in then.items()
        if name != ARCHIVED and (name not in now or now[name] != value)
    }
    if put_away != bool(now.get(ARCHIVED)):
        values[ARCHIVED] = put_away
    dropped = {name for name in now if name not in then and name != ARCHIVED}
    return Change(table, record, values, dropped) if values or dropped else None
