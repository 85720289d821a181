"""The snapshot: one JSON file that stock TinyDB reads, with `_meta` in front.

Beside the tables of live documents it holds three of its own: `_archived` ({id: {table,
record}}), `_conflicts` ({key: {table, record, field, heads}}) and `_meta` ({"1": Meta}).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

import orjson

from senreg.errors import Unreadable
from senreg.store.codec import NO_DIGEST, BadLine, Codec
from senreg.store.segments import FORMAT
from senreg.store.state import State

SCHEMA = 1
"""The version of the models. A register of a newer one opens for reading only."""

_OWN_TABLES = ("_meta", "_archived", "_conflicts")


@dataclass(slots=True)
class Meta:
    """What the store knows of a register besides its records."""

    register: str
    copy: str
    format: int = FORMAT
    schema: int = SCHEMA
    invented: bool = False
    segments: int = 0
    """The highest running number a segment was given."""
    included: dict[str, int] = field(default_factory=dict)
    """By opening, how many of its lines the tables already hold."""
    read: dict[str, int] = field(default_factory=dict)
    """By segment file beside the snapshot, its size when all of it was in the tables."""
    ended: list[str] = field(default_factory=list)
    """Openings beside the snapshot that were closed."""
    merged: bool = False
    """Whether commits of other copies were ever taken in."""
    other: dict[str, Any] = field(default_factory=dict)
    """Entries of a newer version, kept as they are."""


@dataclass(slots=True)
class Snapshot:
    """A register at rest."""

    meta: Meta
    state: State


def encode_snapshot(codec: Codec, meta: Meta, state: State) -> bytes:
    """The bytes of `register.json`."""
    stored = asdict(meta)
    stored |= stored.pop("other")
    first = {"digest": NO_DIGEST} | stored
    first |= {"heads": state.heads, "awaited": state.awaited, "seen": state.seen}
    tables: dict[str, Any] = {"_meta": {"1": first}}
    tables.update(state.live)
    tables["_archived"] = {
        record: {"table": table, "record": document}
        for table, documents in state.archived.items()
        for record, document in documents.items()
    }
    tables["_conflicts"] = {
        "/".join(place): {
            "table": place[0],
            "record": place[1],
            "field": place[2],
            "heads": standing,
        }
        for place, standing in state.contested.items()
    }
    return codec.seal(orjson.dumps(tables))


def decode_snapshot(codec: Codec, written: bytes) -> Snapshot:
    """The snapshot of these bytes.

    Raises:
        BadLine: they are damaged.
        Unreadable: they are intact and of a newer format than this version reads.
    """
    try:
        tables = orjson.loads(codec.unseal(written))
        first = tables["_meta"]["1"]
        if first["format"] > FORMAT:
            raise Unreadable(
                "This register was written by a newer version of senreg.",
                do="Install that version on this machine to open it.",
            )
        return Snapshot(_meta(first), _state(tables, first))
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise BadLine from bad


def _meta(first: dict[str, Any]) -> Meta:
    known = {
        name: first.pop(name)
        for name in Meta.__dataclass_fields__
        if name in first and name != "other"
    }
    rest = {
        name: value
        for name, value in first.items()
        if name not in ("digest", "heads", "awaited", "seen")
    }
    return Meta(**known, other=rest)


def _state(tables: dict[str, Any], first: dict[str, Any]) -> State:
    state = State(
        heads=first["heads"], awaited=first.get("awaited", {}), seen=first.get("seen", {})
    )
    for record, entry in tables.get("_archived", {}).items():
        state.archived.setdefault(entry["table"], {})[record] = entry["record"]
    for entry in tables.get("_conflicts", {}).values():
        state.contested[(entry["table"], entry["record"], entry["field"])] = entry["heads"]
    state.live = {name: documents for name, documents in tables.items() if name not in _OWN_TABLES}
    return state
