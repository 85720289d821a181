"""Undo and redo: a new commit that reverses one of this copy's own.

A field that anyone has changed since keeps its value and is reported. Reversing the creation
of a record archives it. The commits to step through come from the journal, so that undo
works across restarts; those of this session are at hand without reading it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from senreg.store.folder import Change, Store
from senreg.store.journal import Commit, written_by
from senreg.store.operations import ARCHIVED, Operation, fields_written

_ABSENT = object()
_REVERSIBLE = ("edit", "redo")


@dataclass(frozen=True, slots=True)
class Left:
    """A field that was not taken back, because it was changed since."""

    table: str
    record: str
    field: str


@dataclass(frozen=True, slots=True)
class Undone:
    """What undo or redo did: the label of the commit it reversed, and what it left."""

    label: str
    changed: int
    left: list[Left] = field(default_factory=list)


@dataclass(slots=True)
class Steps:
    """This copy's own commits, oldest first, from which the next step is chosen."""

    commits: list[Commit]

    def to_undo(self) -> Commit | None:
        """The newest commit whose effect still stands."""
        undone: set[str] = set()
        for commit in reversed(self.commits):
            kind = commit.get("kind", "edit")
            if kind == "undo":
                undone.add(commit["of"])
            elif kind in _REVERSIBLE and commit["tx"] not in undone and commit["ops"]:
                return commit
        return None

    def to_redo(self) -> Commit | None:
        """The newest undo that nothing followed, or None."""
        redone: set[str] = set()
        for commit in reversed(self.commits):
            kind = commit.get("kind", "edit")
            if kind == "redo":
                redone.add(commit["of"])
            elif kind == "undo":
                if commit["tx"] not in redone:
                    return commit
            elif kind == "edit":
                return None
        return None


def reversal(
    store: Store, commit: Commit, own_reversals: Collection[str]
) -> tuple[list[Change], list[Left]]:
    """The changes that reverse a commit, and the fields that were changed since.

    Args:
        store: The open folder.
        commit: One of this copy's own.
        own_reversals: Ids of operations by which this copy undid or redid. Where such a one
            brought back what `commit` left there, the field counts as unchanged.
    """
    state = store.state

    def untouched(operation: Operation, name: str) -> bool:
        table, record = operation["table"], operation["record"]
        heads = state.heads_of(table, record, name)
        if heads == [operation["h"]] or not heads:
            return True
        document = state.document(table, record) or {}
        same = document.get(name, _ABSENT) == operation["v"].get(name, _ABSENT)
        return same and all(head in own_reversals for head in heads)

    wanted = {
        (each, name)
        for operation, name in written_by(commit)
        for each in operation["o"].get(name, ())
    }
    before = store.before.get(commit["tx"])
    if before is None:
        before = _values(store, wanted) if wanted else {}
    changes: list[Change] = []
    left: list[Left] = []
    for operation in commit["ops"]:
        table, record = operation["table"], operation["record"]
        names = list(fields_written(operation))
        moved = [name for name in names if not untouched(operation, name)]
        if operation.get("new"):
            moved += [name for name in state.document(table, record) or {} if name not in names]
            if moved:
                left += [Left(table, record, name) for name in moved]
            else:
                changes.append(Change(table, record, {ARCHIVED: True}))
            continue
        left += [Left(table, record, name) for name in moved]
        change = Change(table, record)
        for name in names:
            if name in moved:
                continue
            value = _shown_before(operation["o"].get(name, ()), name, before)
            if value is _ABSENT:
                change.dropped.add(name)
            else:
                change.values[name] = value
        if change.values or change.dropped:
            changes.append(change)
    return changes, left


def _values(store: Store, wanted: set[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, Any]]:
    """The values that operations gave to fields, each with its time."""
    ids = {h for h, _ in wanted}
    found: dict[tuple[str, str], tuple[int, Any]] = {}
    for each in store.journal.commits():
        for operation in each["ops"]:
            if operation["h"] in ids:
                for name in operation["c"]:
                    value = (operation.get("v") or {}).get(name)
                    found[(operation["h"], name)] = (each["t"], value)
    return found


def _shown_before(
    replaced: list[str] | tuple[()], name: str, before: dict[tuple[str, str], tuple[int, Any]]
) -> Any:
    known = [(before[(h, name)], h) for h in replaced if (h, name) in before]
    if not known:
        return _ABSENT
    return max(known, key=lambda each: (each[0][0], each[1]))[0][1]
