"""The ids of all operations in `history/`, and what merges brought, so that none need read it.

`history/operations.index` holds, sealed as the register is, one line of JSON, `{openings:
{opening: {lines, segments: {name: size}, brought: [[from, before, opening]]}}}`, and then the
ids, sorted, 22 characters each. What was brought is what lines of merges say: from which line of
another copy's opening to before which. A plain one begins with the line `senreg-index 1 DIGEST`,
BLAKE2b of 128 bits over all that follows. It says nothing that the segments do not say: where it
is missing or damaged, or where a segment has another size than it says, history is read instead.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, MutableSet
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar

import orjson

from senreg.store.codec import BadLine, Codec
from senreg.store.files import Files
from senreg.store.operations import new_id

S = TypeVar("S")
Brought = tuple[int, int, str]
"""From which line to before which of an opening a merge brought all."""

INDEX = "operations.index"
WORTH = 2_000
"""Ids that are not in it, from which on it is written anew."""
WORTH_OPENINGS = 8
"""The same for openings that are not in it, of which each is a file to be read."""
WORTH_AT_MOST = 32
"""As many openings are worth it however large it is."""
_IDS_AN_OPENING = 2_500
"""Ids that are written in the time in which one opening is read."""

_BEGINNING = b"senreg-index 1 "
_LENGTH = 22
_MANY = 5_000


class Ids(MutableSet[str]):
    """Ids of operations: those of an index as they are stored, and more.

    A merge of a day asks for few of them, and finds each by halving; to make a set of all costs
    more than all else it does. Whoever asks for many gets that set.

    Args:
        stored: Sorted, 22 characters each.
        more: Any others.
    """

    def __init__(self, stored: bytes = b"", more: Iterable[str] = ()) -> None:
        self._stored = stored
        self._places = range(len(stored) // _LENGTH)
        self._more = set(more)
        self._asked = 0

    def __contains__(self, wanted: object) -> bool:
        """Whether it is one of them."""
        if wanted in self._more:
            return True
        if not self._places or not isinstance(wanted, str):
            return False
        self._asked += 1
        if self._asked > _MANY:
            self._more.update(self)
            self._stored, self._places = b"", range(0)
            return wanted in self._more
        sought = wanted.encode()
        place = bisect_left(self._places, sought, key=self._at)
        return place in self._places and self._at(place) == sought

    def __iter__(self) -> Iterator[str]:
        """All of them, in no order."""
        text = self._stored.decode("ascii")
        yield from (text[place : place + _LENGTH] for place in range(0, len(text), _LENGTH))
        yield from self._more

    def __len__(self) -> int:
        """How many there are."""
        return len(self._places) + len(self._more)

    def add(self, value: str) -> None:
        """Take one in."""
        if value not in self:
            self._more.add(value)

    def discard(self, value: str) -> None:
        """Leave one out."""
        if value in self:
            self._more.update(self)
            self._stored, self._places = b"", range(0)
            self._more.discard(value)

    def copy(self) -> Ids:
        """One of its own, which grows by itself."""
        copied = Ids(self._stored)
        copied._more = set(self._more)
        return copied

    @classmethod
    def _from_iterable(cls, it: Iterable[S]) -> AbstractSet[S]:
        return set(it)

    def _at(self, place: int) -> bytes:
        return self._stored[place * _LENGTH : (place + 1) * _LENGTH]


@dataclass(slots=True)
class Index:
    """Which openings it is of, and the ids in them."""

    lines: dict[str, int] = field(default_factory=dict)
    """By opening, how many lines it has."""
    segments: dict[str, dict[str, int]] = field(default_factory=dict)
    """By opening, the size of each of its segments."""
    brought: dict[str, list[Brought]] = field(default_factory=dict)
    """By opening, what the merges in it brought."""
    ids: Ids = field(default_factory=Ids)

    def joined(self, more: Index) -> Index:
        """This one and another, of other openings, as one."""
        ids = self.ids.copy()
        ids |= more.ids
        return Index(
            self.lines | more.lines,
            self.segments | more.segments,
            self.brought | more.brought,
            ids,
        )

    def is_within(self, included: Mapping[str, int]) -> bool:
        """Whether all its lines are among the first lines given by opening."""
        return all(included.get(opening, 0) >= lines for opening, lines in self.lines.items())


def is_worth_writing(fresh: Index, ids: int) -> bool:
    """Whether so much is not in the index that it is written anew, with so many ids in all."""
    openings = max(WORTH_OPENINGS, min(WORTH_AT_MOST, ids // _IDS_AN_OPENING))
    return len(fresh.lines) >= openings or len(fresh.ids) >= WORTH


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
        if not ids.isascii() or len(ids) % _LENGTH:
            return Index()
        return Index(
            {opening: int(each["lines"]) for opening, each in openings.items()},
            {opening: dict(each["segments"]) for opening, each in openings.items()},
            {
                opening: [(int(start), int(end), str(of)) for start, end, of in each["brought"]]
                for opening, each in openings.items()
            },
            Ids(ids),
        )
    except (OSError, BadLine, ValueError, KeyError, TypeError, AttributeError):
        return Index()


def write_index(files: Files, history: Path, codec: Codec, index: Index) -> None:
    """Put an index in the place of the one before; that the disk refuses is no harm."""
    openings = {
        opening: {
            "lines": lines,
            "segments": index.segments[opening],
            "brought": index.brought[opening],
        }
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
