"""The ids of all operations in `history/`, so that merging need not read it.

`history/operations.index` holds, sealed as the register is, one line of JSON, `{openings:
{opening: {lines, segments: {name: size}}}}`, and then the ids, sorted, 22 characters each. A
plain one begins with the line `senreg-index 1 DIGEST`, BLAKE2b of 128 bits over all that
follows. It says nothing that the segments do not say: where it is missing or damaged, or where
a segment has another size than it says, history is read instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import orjson

from senreg.store.codec import BadLine, Codec
from senreg.store.files import Files
from senreg.store.operations import new_id

INDEX = "operations.index"
WORTH = 2_000
"""Ids that are not in it, from which on it is written anew."""
WORTH_OPENINGS = 32
"""The same for openings that are not in it, of which each is a file to be read."""

_BEGINNING = b"senreg-index 1 "
_LENGTH = 22


@dataclass(slots=True)
class Index:
    """Which openings it is of, and the ids in them."""

    lines: dict[str, int] = field(default_factory=dict)
    """By opening, how many lines it has."""
    segments: dict[str, dict[str, int]] = field(default_factory=dict)
    """By opening, the size of each of its segments."""
    ids: set[str] = field(default_factory=set)

    def is_within(self, included: Mapping[str, int]) -> bool:
        """Whether all its lines are among the first lines given by opening."""
        return all(included.get(opening, 0) >= lines for opening, lines in self.lines.items())


def read_index(files: Files, history: Path, codec: Codec) -> Index:
    """The index that lies there; an empty one where there is none that can be read."""
    try:
        written = files.read(history / INDEX)
        if codec.key_id:
            body = codec.unseal(written)
        else:
            line, _, body = written.partition(b"\n")
            if line != _BEGINNING + _digest(body):
                return Index()
        said, _, ids = body.partition(b"\n")
        openings = orjson.loads(said)["openings"]
        text = ids.decode("ascii")
        return Index(
            {opening: int(each["lines"]) for opening, each in openings.items()},
            {opening: dict(each["segments"]) for opening, each in openings.items()},
            {text[place : place + _LENGTH] for place in range(0, len(text), _LENGTH)},
        )
    except (OSError, BadLine, ValueError, KeyError, TypeError, AttributeError):
        return Index()


def write_index(files: Files, history: Path, codec: Codec, index: Index) -> None:
    """Put an index in the place of the one before; that the disk refuses is no harm."""
    openings = {
        opening: {"lines": lines, "segments": index.segments[opening]}
        for opening, lines in index.lines.items()
    }
    said = orjson.dumps({"openings": openings})
    body = b"%b\n%b" % (said, "".join(sorted(index.ids)).encode("ascii"))
    written = codec.seal(body) if codec.key_id else b"%b%b\n%b" % (_BEGINNING, _digest(body), body)
    beside = history / f"{INDEX}.new-{new_id()}"
    try:
        files.write_whole(beside, written)
        files.replace(beside, history / INDEX)
        files.sync_entry(history / INDEX)
    except OSError:
        files.discard(beside)


def forget_index(files: Files, history: Path) -> None:
    """Remove it, where it would be in another form than the register."""
    with suppress(OSError):
        if files.size(history / INDEX) is not None:
            files.remove(history / INDEX)


def _digest(body: bytes) -> bytes:
    return blake2b(body, digest_size=16).hexdigest().encode("ascii")
