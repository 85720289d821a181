"""What a set of operations shows, worked out from the whole set at once.

The store folds one operation after another and keeps only heads; this keeps nothing and asks
everything, so that the two agree only where both are right.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any, NamedTuple

ARCHIVED = "archived"
WHOLE = "*"
OF_PACKS = ("packs", "set_aside")
"""What nobody settles."""

Place = tuple[str, str, str]
"""Table, record, field."""


class Written(NamedTuple):
    """An operation with the time of its commit."""

    t: int
    operation: dict[str, Any]

    @classmethod
    def of(cls, t: int, operation: dict[str, Any]) -> Written:
        """An operation as it was read: salts and values that are none may be left out or empty."""
        beside = {key for key in ("s", "v") if operation.get(key) == {}}
        return cls(t, {key: each for key, each in operation.items() if key not in beside})


class View(NamedTuple):
    """What a copy shows: records live and put away, heads, and what waits for a person."""

    live: dict[tuple[str, str], dict[str, Any]]
    away: dict[tuple[str, str], dict[str, Any]]
    heads: dict[Place, list[str]]
    conflicts: dict[Place, set[str]]


def view_of(held: dict[str, Written], erased: set[str]) -> View:
    """The view of these operations by their ids, without records that were erased."""
    records: dict[tuple[str, str], list[str]] = defaultdict(list)
    for h, (_, operation) in held.items():
        place = (operation["table"], operation["record"])
        if operation["table"] != "erasures" and "/".join(place) not in erased:
            records[place].append(h)
    view = View({}, {}, {}, {})
    for record, ids in records.items():
        _add_record(view, record, {h: held[h] for h in ids})
    return view


def _add_record(view: View, record: tuple[str, str], held: dict[str, Written]) -> None:
    heads = _heads(held)
    seen = {
        h: set(each.operation["o"][WHOLE])
        for h, each in held.items()
        if WHOLE in each.operation["o"]
    }
    archivings = [
        h
        for h in heads.get(ARCHIVED, ())
        if h in seen and (held[h].operation.get("v") or {}).get(ARCHIVED)
    ]
    standing = {h for ids in heads.values() for h in ids} - set(archivings)
    unseen = {
        h
        for h in standing
        for each in archivings
        if h not in seen[each] and each not in seen.get(h, ())
    }
    document = {}
    for name, ids in heads.items():
        shown = max(ids, key=lambda h: (held[h].t, h))
        if name in (held[shown].operation.get("v") or {}):
            document[name] = held[shown].operation["v"][name]
        view.heads[(*record, name)] = sorted(ids)
        values = {repr(_value(held[h].operation, name)) for h in ids}
        if len(values) > 1 and record[0] not in OF_PACKS:
            view.conflicts[(*record, name)] = values
    put_away = bool(document.pop(ARCHIVED, False)) and not unseen
    if unseen and record[0] not in OF_PACKS:
        view.conflicts[(*record, ARCHIVED)] = {"True", "False"}
    (view.away if put_away else view.live)[record] = document


def _heads(held: dict[str, Written]) -> dict[str, list[str]]:
    named = defaultdict(set)
    for each in held.values():
        for name, ids in each.operation["o"].items():
            named[name].update(ids)
    heads = defaultdict(list)
    for h, each in held.items():
        for name in (*each.operation["c"], *each.operation.get("d", ())):
            if h not in named[name]:
                heads[name].append(h)
    return heads


def _value(operation: dict[str, Any], name: str) -> Any:
    value = (operation.get("v") or {}).get(name)
    return bool(value) if name == ARCHIVED else value
