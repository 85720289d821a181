"""The snapshot: one JSON file that stock TinyDB reads, with `_meta` in front.

Beside the tables of live documents it holds four of its own: `_meta` ({"1": Meta}),
`_archived` ({id: {table, record}}), `_conflicts` ({key: {table, record, field, heads}}) and
`_heads` ({table: {record: heads}}). `_meta` says where each table stands in the file, so that
a table is parsed when it is first looked at.
"""

from __future__ import annotations

import re
from copy import copy
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import orjson

from senreg.store.codec import FRONT_LENGTH, NO_DIGEST, NO_LENGTH, BadLine, Codec
from senreg.store.lazy import LazyTables, Stretch
from senreg.store.migrations import MODELS, SCHEMA, Models
from senreg.store.pieces import Readable
from senreg.store.refusals import newer
from senreg.store.segments import FORMAT
from senreg.store.state import State

_FRONT = b'{"_meta":{"1":'
_FORMAT = re.compile(rb'[{,]"format":(\d{1,9})[,}]')
_FRONT_AT_MOST = 400
_HEADS = "_heads"


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
    order: int = 0
    """How many commits came one after another: the place of the latest, whatever clocks said."""
    merged: bool = False
    """Whether commits of other copies were ever taken in."""
    scrub: list[str] = field(default_factory=list)
    """Erasures whose values may still stand in files of the folder."""
    waiting: list[str] = field(default_factory=list)
    """Openings that were still written to when the rest of the folder was scrubbed."""
    other: dict[str, Any] = field(default_factory=dict)
    """Entries of a newer version, kept as they are."""

    def frozen(self) -> Meta:
        """A copy that stays as this is now."""
        held = {each.name: getattr(self, each.name) for each in fields(self)}
        return Meta(**{name: copy(value) for name, value in held.items()})


@dataclass(slots=True)
class Snapshot:
    """A register at rest."""

    meta: Meta
    state: State


def encode_snapshot(codec: Codec, meta: Meta, state: State) -> bytes:
    """The bytes of `register.json`."""
    body = _Body()
    for name, table in state.live.json():
        body.add(name, table)
    body.add("_archived", orjson.dumps(_archived(state)))
    body.add("_conflicts", orjson.dumps(_conflicts(state)))
    body.nest(_HEADS, state.heads)
    stored = asdict(meta)
    stored |= stored.pop("other")
    first = {"digest": NO_DIGEST, "front": NO_LENGTH} | stored
    first |= {"awaited": state.awaited, "seen": state.seen, "tables": body.places}
    front = _FRONT + orjson.dumps(first) + b"}"
    length = f"{len(front):0{len(NO_LENGTH)}d}"
    front = front.replace(NO_LENGTH.encode("ascii"), length.encode("ascii"), 1)
    whole = b"".join([front, *body.pieces, b"}"])
    body.pieces.clear()  # It is all in `whole`, and twice is more than a small machine has.
    return codec.seal(whole)


def decode_snapshot(codec: Codec, written: bytes, models: Models = MODELS) -> Snapshot:
    """The snapshot of these bytes, its records as those of the models.

    Raises:
        BadLine: they are damaged.
        Unreadable: they are of a newer format, and not to be read with what is known of this.
    """
    data = codec.opened(written)
    try:
        length = int(data[FRONT_LENGTH])
        first = orjson.loads(data[len(_FRONT) : length - 1])
        return Snapshot(_meta(first), _state(first, data, length, models))
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        if says_newer(written):
            raise newer() from bad
        raise BadLine from bad


def says_newer(written: bytes) -> bool:
    """Whether a snapshot, sealed or not, says it is of a newer format; nothing vouches for it."""
    found = _FORMAT.search(written[:_FRONT_AT_MOST])
    return found is not None and int(found[1]) > FORMAT


class _Body:
    """The tables one after another, and where each begins and ends behind the front."""

    def __init__(self) -> None:
        self.pieces: list[bytes | memoryview] = []
        self.places: dict[str, tuple[int, int]] = {}
        self._length = 0

    def add(self, name: str, table: bytes | memoryview) -> None:
        """Write a table."""
        self._write(b"," + orjson.dumps(name) + b":")
        self._place(name, table)

    def nest(self, name: str, tables: LazyTables) -> None:
        """Write tables within a table; they are placed as `name/table`."""
        self._write(b"," + orjson.dumps(name) + b":{")
        for number, (inner, table) in enumerate(tables.json()):
            self._write((b"," if number else b"") + orjson.dumps(inner) + b":")
            self._place(f"{name}/{inner}", table)
        self._write(b"}")

    def _place(self, name: str, table: bytes | memoryview) -> None:
        self.places[name] = (self._length, self._length + len(table))
        self._write(table)

    def _write(self, piece: bytes | memoryview) -> None:
        self.pieces.append(piece)
        self._length += len(piece)


def _archived(state: State) -> dict[str, Any]:
    return {
        record: {"table": table, "record": document}
        for table, documents in state.archived.items()
        for record, document in documents.items()
    }


def _conflicts(state: State) -> dict[str, Any]:
    return {
        "/".join(place): {
            "table": place[0],
            "record": place[1],
            "field": place[2],
            "heads": standing,
        }
        for place, standing in state.contested.items()
    }


def _meta(first: dict[str, Any]) -> Meta:
    known = {
        name: first[name] for name in Meta.__dataclass_fields__ if name in first and name != "other"
    }
    own = {*known, "digest", "front", "tables", "awaited", "seen"}
    return Meta(**known, other={name: first[name] for name in first if name not in own})


def _state(first: dict[str, Any], data: Readable, front: int, models: Models) -> State:
    places = {
        name: Stretch(data, front + start, front + end)
        for name, (start, end) in first["tables"].items()
    }
    archived = orjson.loads(places.pop("_archived").json())
    conflicts = orjson.loads(places.pop("_conflicts").json())
    nested = f"{_HEADS}/"
    heads = {
        name.removeprefix(nested): places.pop(name)
        for name in list(places)
        if name.startswith(nested)
    }
    since = first["schema"]
    state = State(
        live=LazyTables(places, models.tables(since)),
        heads=LazyTables(heads, models.heads(since)),
        awaited=models.awaited(since, first["awaited"]),
        seen=first["seen"],
    )
    for record, entry in archived.items():
        document = models.document(entry["table"], since, entry["record"])
        state.archived.setdefault(entry["table"], {})[record] = document
    for entry in conflicts.values():
        for name, heads_now in models.conflict(since, entry).items():
            state.contested[(entry["table"], entry["record"], name)] = heads_now
    return state
