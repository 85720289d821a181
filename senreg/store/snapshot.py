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
from senreg.store.layout import Assembled, Layout, Part
from senreg.store.lazy import LazyTables, Stretch
from senreg.store.migrations import MODELS, SCHEMA, Models
from senreg.store.pieces import Pieces, Readable
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
    if not codec.key_id:
        parts = _parts(meta, state, None)
        return codec.seal(
            b"".join([each.json() if isinstance(each, Stretch) else each for each in parts])
        )
    parts = _parts(meta, state, state.layout)
    if len(parts[0]) != state.layout.front:
        # Everything moves, so that there may as well be room for what is to come.
        parts = _parts(meta, state, Layout())
    return codec.seal(Assembled(parts, state.layout))


def _parts(meta: Meta, state: State, layout: Layout | None) -> list[Part]:
    """The snapshot's JSON in parts, its front first: laid out so, or without any space."""
    body = _Body(layout)
    for name, table in state.live.parts():
        body.add(name, table)
    body.add("_archived", orjson.dumps(_archived(state)))
    body.add("_conflicts", orjson.dumps(_conflicts(state)))
    body.nest(_HEADS, state.heads)
    stored = asdict(meta)
    stored |= stored.pop("other")
    first = {"digest": NO_DIGEST, "front": NO_LENGTH} | stored
    first |= {"awaited": state.awaited, "seen": state.seen, "tables": body.places}
    front = _FRONT + orjson.dumps(first)
    whole = len(front) + 1
    whole = layout.front_for(whole) if layout is not None else whole
    front += b" " * (whole - 1 - len(front)) + b"}"
    length = f"{whole:0{len(NO_LENGTH)}d}"
    front = front.replace(NO_LENGTH.encode("ascii"), length.encode("ascii"), 1)
    return [front, *body.parts, b"}"]


def decode_snapshot(codec: Codec, written: bytes, models: Models = MODELS) -> Snapshot:
    """The snapshot of these bytes, its records as those of the models.

    Raises:
        BadLine: they are damaged.
        Unreadable: they are of a newer format, and not to be read with what is known of this.
    """
    data = codec.opened(written)
    try:
        length, first = _front(data)
        return Snapshot(_meta(first), _state(first, data, length, models))
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        if says_newer(written):
            raise newer() from bad
        raise BadLine from bad


def decode_meta(codec: Codec, written: bytes) -> Meta:
    """What a snapshot says besides its records; all of it is found genuine.

    Raises BadLine where it is damaged, or of a form that is not read here.
    """
    try:
        return _meta(_front(codec.opened(written))[1])
    except (ValueError, KeyError, TypeError, AttributeError) as bad:
        raise BadLine from bad


def _front(data: Readable) -> tuple[int, dict[str, Any]]:
    """The length of a snapshot's front, and what stands there."""
    length = int(data[FRONT_LENGTH])
    return length, orjson.loads(data[len(_FRONT) : length - 1])


def says_newer(written: bytes) -> bool:
    """Whether a snapshot, sealed or not, says it is of a newer format; nothing vouches for it."""
    found = _FORMAT.search(written[:_FRONT_AT_MOST])
    return found is not None and int(found[1]) > FORMAT


class _Body:
    """The tables one after another, and where each begins and ends behind the front.

    Args:
        layout: Where they stood before, and are to stand again; without it, without any space.
    """

    def __init__(self, layout: Layout | None) -> None:
        self.parts: list[Part] = []
        self.places: dict[str, tuple[int, int]] = {}
        self._layout = layout
        self._length = self._last = 0

    def add(self, name: str, table: bytes | Stretch) -> None:
        """Write a table."""
        self._place(name, b"," + orjson.dumps(name) + b":", table)

    def nest(self, name: str, tables: LazyTables) -> None:
        """Write tables within a table; they are placed as `name/table`."""
        self._write(b"," + orjson.dumps(name) + b":{")
        for number, (inner, table) in enumerate(tables.parts()):
            before = (b"," if number else b"") + orjson.dumps(inner) + b":"
            self._place(f"{name}/{inner}", before, table)
        self._write(b"}")

    def _place(self, name: str, before: bytes, table: bytes | Stretch) -> None:
        if self._layout is not None:
            place = self._length + len(before)
            before = b" " * self._layout.room_before(name, place, self._last) + before
        self._write(before)
        self._last = table.end - table.start if isinstance(table, Stretch) else len(table)
        self.places[name] = (self._length, self._length + self._last)
        self.parts.append(table)
        self._length += self._last

    def _write(self, piece: bytes) -> None:
        self.parts.append(piece)
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
    began = {name: start for name, (start, _) in first["tables"].items()}
    layout = Layout(data, front, began) if isinstance(data, Pieces) else Layout()
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
        layout=layout,
    )
    for record, entry in archived.items():
        document = models.document(entry["table"], since, entry["record"])
        state.archived.setdefault(entry["table"], {})[record] = document
    for entry in conflicts.values():
        for name, heads_now in models.conflict(since, entry).items():
            state.contested[(entry["table"], entry["record"], name)] = heads_now
    return state
