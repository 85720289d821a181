"""A snapshot's JSON put together so that what nobody changed keeps its place.

An encrypted snapshot is compressed a piece at a time. A piece that is filled by a table which
was never looked at, at the place where it stood, is as it was, and is not compressed again.
Spaces between tables, which JSON allows, keep one that grew a little from moving all behind it.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from senreg.store.lazy import Stretch
from senreg.store.pieces import Pieces

_ROOM = 2_048
_ROOM_SHARE = 32
_MOST_ROOM = 1 << 18
_FRONT_GRAIN = 1_024

Part = bytes | memoryview | Stretch


class Layout(NamedTuple):
    """Where the tables of a snapshot stood that was read.

    Args:
        pieces: What it was read from; None where none of it can be kept as it is.
        front: The bytes before the first table.
        places: By table, where it began behind the front.
    """

    pieces: Pieces | None = None
    front: int = 0
    places: Mapping[str, int] = {}

    def front_for(self, length: int) -> int:
        """How long to make a front of this length: as it was, where it fits in there."""
        if length <= self.front <= length + _MOST_ROOM:
            return self.front
        return -(-(length + _ROOM) // _FRONT_GRAIN) * _FRONT_GRAIN

    def room_before(self, table: str, place: int, last: int) -> int:
        """How many spaces to put before a table.

        Args:
            table: Its name.
            place: Where it would begin without them, behind the front.
            last: The length of the table before it.
        """
        room = self.places.get(table, -1) - place
        return room if 0 <= room <= _MOST_ROOM else _ROOM + last // _ROOM_SHARE


class Assembled:
    """JSON in parts, of which no more is brought together at a time than is sealed.

    Args:
        parts: One after another.
        layout: How what was read was laid out.
    """

    def __init__(self, parts: Sequence[Part], layout: Layout) -> None:
        self._parts = parts = _joined(parts, layout)
        self._before = layout.pieces
        self._starts, place = [], 0
        for part in parts:
            self._starts.append(place)
            place += _length(part)
        self._whole = place

    def __len__(self) -> int:
        """How many bytes it has."""
        return self._whole

    def packed(self, number: int, length: int, level: int) -> bytes:
        """A piece of it compressed; as it was before, where it is what it was.

        Args:
            number: Which, counted from 0.
            length: The bytes of each piece, but for the last.
            level: Of zlib.
        """
        start, end = number * length, min((number + 1) * length, self._whole)
        before = self._before
        if before is None or before.length != length or number >= len(before):
            return zlib.compress(self._part(start, end), level)
        if end - start == length and self._is_kept(start, end):
            return before.packed(number)
        part = self._part(start, end)
        if before.once(start, start + length) == part:
            return before.packed(number)
        return zlib.compress(part, level)

    def _is_kept(self, start: int, end: int) -> bool:
        """Whether one part that stands where it stood before holds all of this."""
        place = bisect_right(self._starts, start) - 1
        part, begins = self._parts[place], self._starts[place]
        return (
            isinstance(part, Stretch)
            and part.data is self._before
            and part.start == begins
            and end <= begins + _length(part)
        )

    def _part(self, start: int, end: int) -> bytes:
        found, place = [], max(bisect_right(self._starts, start) - 1, 0)
        while place < len(self._parts) and self._starts[place] < end:
            part, begins = self._parts[place], self._starts[place]
            first, behind = max(start - begins, 0), min(end - begins, _length(part))
            found.append(_within(part, first, behind))
            place += 1
        return b"".join(found)


def _joined(parts: Sequence[Part], layout: Layout) -> Sequence[Part]:
    """The parts, in which tables that nobody looked at or moved are one with what is between them.

    So the pieces of which they fill no more than an end are known to be as they were, too.
    """
    if layout.pieces is None:
        return parts
    next_to = dict(pairwise(sorted(layout.front + place for place in layout.places.values())))
    joined: list[Part] = []
    place, last = 0, -1
    for part in parts:
        unmoved = isinstance(part, Stretch) and part.data is layout.pieces and part.start == place
        place += _length(part)
        if not isinstance(part, Stretch):
            joined.append(part)
            continue
        before = joined[-2] if len(joined) > 1 else None
        if unmoved and isinstance(before, Stretch) and next_to.get(last) == part.start:
            joined[-2:] = [Stretch(part.data, before.start, part.end)]
        else:
            joined.append(part)
        last = part.start if unmoved else -1
    return joined


def _length(part: Part) -> int:
    return part.end - part.start if isinstance(part, Stretch) else len(part)


def _within(part: Part, start: int, end: int) -> bytes | memoryview:
    if isinstance(part, Stretch):
        return Stretch(part.data, part.start + start, part.start + end).json()
    return part[start:end]
