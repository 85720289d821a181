"""What people changed apart, and who gave which of the values."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from senreg.store.operations import ARCHIVED
from senreg.store.state import Head, Place

if TYPE_CHECKING:
    from senreg.store.folder import Store
    from senreg.store.journal import Commit
    from senreg.store.operations import Operation

Givers = dict[str, tuple[str, int]]
"""By operation: who first gave its value, and when in milliseconds since 1970."""


class ConflictValue(NamedTuple):
    """One of the values people gave to a field: who, and when in milliseconds since 1970."""

    value: Any
    by: str
    at: int
    head: str


class Conflict(NamedTuple):
    """A field that two people changed apart. The last value is the one shown meanwhile."""

    id: str
    table: str
    record: str
    field: str
    values: list[ConflictValue]


def open_conflicts(store: Store, givers: Givers) -> list[Conflict]:
    """The fields that people changed apart and nobody has settled.

    Args:
        store: The open folder. Its journal is read where undo brought a conflict back.
        givers: What was found out before; what is found out now is put into it.
    """
    found = list(store.state.conflicts())
    back = [(place, head) for place, standing in found for head in _brought_back(place, standing)]
    if any(head["h"] not in givers for _, head in back):
        givers.update(_givers(store, back))
    conflicts = []
    for place, standing in found:
        values = [
            ConflictValue(head.get("v"), *givers.get(head["h"], (head["by"], head["t"])), head["h"])
            for head in standing
        ]
        conflicts.append(Conflict("/".join(place), *place, values))
    return conflicts


def _brought_back(place: Place, standing: list[Head]) -> list[Head]:
    """The heads by which undo brought a conflict back: several of one commit."""
    commits = Counter((head["t"], head["copy"]) for head in standing)
    if place[2] == ARCHIVED:
        return []
    return [head for head in standing if commits[head["t"], head["copy"]] > 1]


def _givers(store: Store, back: list[tuple[Place, Head]]) -> Givers:
    """Who gave each value before somebody settled between them and undid that."""
    records = {place[1] for place, _ in back}
    made = {
        operation["h"]: (commit, operation)
        for commit in store.commits()
        for operation in commit["ops"]
        if operation["record"] in records
    }
    givers: Givers = {}
    for place, head in back:
        commit = _giver(made, head["h"], place[2])
        givers[head["h"]] = (commit["by"], commit["t"]) if commit else (head["by"], head["t"])
    return givers


def _giver(made: dict[str, tuple[Commit, Operation]], h: str, name: str) -> Commit | None:
    """The commit that first gave the value of an operation that undo or redo made.

    It replaced what had replaced an operation of the same value; that one may be such, too.
    """
    while h in made:
        commit, operation = made[h]
        if commit.get("kind") not in ("undo", "redo"):
            return commit
        value = (operation.get("v") or {}).get(name)
        between = [made[each][1] for each in operation["o"].get(name, ()) if each in made]
        h = next(
            (
                each
                for settling in between
                for each in settling["o"].get(name, ())
                if each in made and (made[each][1].get("v") or {}).get(name) == value
            ),
            "",
        )
    return None
