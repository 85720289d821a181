"""Undo and redo: a new commit that reverses one of this copy's own.

A field that anyone has changed since keeps its value and is reported. Reversing the creation
of a record archives it. Reversing what settled a conflict brings the conflict back: several
operations, each with one of the values, replace what settled it and do not know each other, so
that a person is asked again. Nothing decides which of them is shown meanwhile.

The commits to step through come from the journal, so that undo works across restarts; those
of this session are at hand without reading it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from senreg.store.changes import Change
from senreg.store.erasures import place_named
from senreg.store.folder import Store
from senreg.store.journal import Commit, written_by
from senreg.store.operations import ARCHIVED, WHOLE_RECORD, Operation, fields_written
from senreg.store.state import ARCHIVING, Place, State

_ABSENT = object()
_REVERSIBLE = ("edit", "redo")

Values = dict[tuple[str, str], tuple[int, Any]]
"""By operation and field: when the value was given, and the value."""


class Left(NamedTuple):
    """A field that was not taken back, because it was changed since."""

    table: str
    record: str
    field: str


class Undone(NamedTuple):
    """What undo or redo did: the label of the commit it reversed, and what it left."""

    label: str
    changed: int
    left: list[Left]


@dataclass(slots=True)
class Steps:
    """This copy's own commits, oldest first, from which the next step is chosen.

    One whose records were all erased is no step any more.
    """

    commits: list[Commit]
    erased: Collection[str] = ()

    def to_undo(self) -> Commit | None:
        """The newest commit whose effect still stands."""
        undone: set[str] = set()
        for commit in reversed(self.commits):
            kind = commit.get("kind", "edit")
            if kind == "undo":
                undone.add(commit["of"])
            elif kind in _REVERSIBLE and commit["tx"] not in undone and self._stands(commit):
                return commit
        return None

    def _stands(self, commit: Commit) -> bool:
        return any(
            place_named(each["table"], each["record"]) not in self.erased for each in commit["ops"]
        )

    def to_redo(self) -> Commit | None:
        """The newest undo that nothing followed, or None."""
        redone: set[str] = set()
        for commit in reversed(self.commits):
            kind = commit.get("kind", "edit")
            if kind == "redo":
                redone.add(commit["of"])
            elif kind == "undo":
                if commit["tx"] not in redone and (self._stands(commit) or not commit["ops"]):
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
    own = _places(commit)
    before = store.before.get(commit["tx"])
    if before is None or any(len(heads) > 1 for heads in _replaced(commit)):
        # What was at hand is what was shown; a conflict has more values than that.
        before = _values(store, commit)
    changes: list[Change] = []
    left: list[Left] = []
    done: set[Place] = set()
    for operation in commit["ops"]:
        table, record = operation["table"], operation["record"]
        if place_named(table, record) in state.erased:
            continue
        names = [n for n in fields_written(operation) if (table, record, n) not in done]
        done.update((table, record, name) for name in names)
        moved = [
            name
            for name in names
            if not _untouched(state, operation, name, own[table, record, name], own_reversals)
        ]
        if operation.get("new"):
            moved += [name for name in state.document(table, record) or {} if name not in names]
            if moved:
                left += [Left(table, record, name) for name in moved]
            else:
                changes.append(Change(table, record, {ARCHIVED: True}))
            continue
        left += [Left(table, record, name) for name in moved]
        kept = [name for name in names if name not in moved]
        changes += _changes_back(table, record, _stood(state, operation, kept, before))
    return changes, left


def _places(commit: Commit) -> dict[Place, list[str]]:
    """By place, the ids of the operations with which a commit wrote there."""
    found: dict[Place, list[str]] = {}
    for operation, name in written_by(commit):
        place = (operation["table"], operation["record"], name)
        found.setdefault(place, []).append(operation["h"])
    return found


def _replaced(commit: Commit) -> Iterator[list[str]]:
    """For each field the commit wrote, the ids it replaced there."""
    for operation, name in written_by(commit):
        yield operation["o"].get(name, [])


def _untouched(
    state: State,
    operation: Operation,
    name: str,
    own: Collection[str],
    own_reversals: Collection[str],
) -> bool:
    """Whether a field still is as the commit left it with the operations `own`."""
    table, record = operation["table"], operation["record"]
    heads = state.heads_of(table, record, name)
    if not heads or sorted(heads) == sorted(own):
        return True
    document = state.document(table, record) or {}
    same = document.get(name, _ABSENT) == operation["v"].get(name, _ABSENT)
    return same and len(heads) == 1 and heads[0] in own_reversals


def _changes_back(table: str, record: str, stood: dict[str, list[Any]]) -> list[Change]:
    """One change with a value of each field; one more for each further value of a conflict."""
    changes: list[Change] = []
    for name, values in stood.items():
        for place, value in enumerate(values):
            if place == len(changes):
                changes.append(Change(table, record))
            if value is _ABSENT:
                changes[place].dropped.add(name)
            else:
                changes[place].values[name] = value
    return changes


def _stood(
    state: State, operation: Operation, names: Collection[str], before: Values
) -> dict[str, list[Any]]:
    """By field, the different values that stood there before, the last given first."""
    stood = {}
    for name in names:
        replaced = operation["o"].get(name, ())
        if name == ARCHIVED and _archived_unseen(state, operation):
            stood[name] = [False, True]
            continue
        given = [(*before.get((h, name), (0, _ABSENT)), h) for h in replaced]
        given.sort(key=lambda each: (each[0], each[2]), reverse=True)
        values: list[Any] = []
        for _, value, _ in given:
            if value not in values:
                values.append(value)
        stood[name] = values or [_ABSENT]
    return stood


def _archived_unseen(state: State, operation: Operation) -> bool:
    """Whether the operation settled that a record was archived over an edit, unseen."""
    seen = state.seen.get(operation["table"], {}).get(operation["record"], {})
    archivings = [h for h in operation["o"].get(ARCHIVED, ()) if ARCHIVING in seen.get(h, ())]
    return any(
        h not in archivings and h not in seen[each] and each not in seen.get(h, ())
        for h in operation["o"].get(WHOLE_RECORD, ())
        for each in archivings
    )


def _values(store: Store, commit: Commit) -> Values:
    """The values that the operations replaced by a commit gave to fields, each with its time."""
    ids = {h for heads in _replaced(commit) for h in heads}
    found: Values = {}
    for each in store.commits() if ids else ():
        for operation in each["ops"]:
            if operation["h"] in ids:
                for name in operation["c"]:
                    value = (operation.get("v") or {}).get(name)
                    found[(operation["h"], name)] = (each["t"], value)
    return found
