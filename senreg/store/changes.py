"""What a commit changes, and the operations that come of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

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
    if change.values.get(ARCHIVED) or state.was_archived(table, record):
        replaced[WHOLE_RECORD] = state.all_heads_of(table, record)
    return make_operation(header, table, record, change.values, replaced, change.dropped, new=new)


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


def as_merged(commit: Commit) -> Commit:
    """A commit of another copy as a line carries it."""
    kept = (*HEADER_KEYS, "label", "kind", "of", "schema", "ops")
    return {key: commit[key] for key in kept if key in commit}
