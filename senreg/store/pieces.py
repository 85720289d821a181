"""The JSON of an encrypted snapshot, of which a part is unpacked when it is looked at."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Protocol


class Readable(Protocol):
    """What a snapshot's JSON is read from: bytes, or pieces that stand for them."""

    def __getitem__(self, part: slice, /) -> bytes:
        """The bytes of a part; the slice has no step and counts from the beginning."""
        ...

    def find(self, wanted: bytes, start: int, end: int, /) -> int:
        """Where something stands in a part; -1 where it does not."""
        ...


class Pieces:
    """Bytes that were compressed a piece at a time, and found genuine already.

    Args:
        packed: The pieces, each compressed by itself.
        length: How many bytes each has unpacked, but for the last.
    """

    def __init__(self, packed: Sequence[bytes], length: int) -> None:
        self._packed = packed
        self.length = length
        self._unpacked: dict[int, bytes] = {}

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self._packed)

    def packed(self, number: int) -> bytes:
        """A piece as it was compressed."""
        return self._packed[number]

    def __getitem__(self, part: slice, /) -> bytes:
        start = part.start or 0
        end = len(self._packed) * self.length if part.stop is None else part.stop
        return self._part(start, max(start, end), keep=True)

    def once(self, start: int, end: int) -> bytes:
        """A part that is not asked for again: only pieces it shares with others are kept."""
        return self._part(start, end, keep=False)

    def _part(self, start: int, end: int, *, keep: bool) -> bytes:
        first, behind = start // self.length, -(-end // self.length)
        numbers = range(first, min(behind, len(self._packed)))
        pieces = [self._piece(each, keep=keep or each in (first, behind - 1)) for each in numbers]
        before = first * self.length
        whole = pieces[0] if len(pieces) == 1 else b"".join(pieces)
        return whole[start - before : end - before]

    def find(self, wanted: bytes, start: int, end: int, /) -> int:
        """Where something stands in a part; -1 where it does not."""
        found = self[start:end].find(wanted)
        return found if found < 0 else start + found

    def _piece(self, number: int, *, keep: bool) -> bytes:
        piece = self._unpacked.get(number)
        if piece is None:
            piece = zlib.decompress(self._packed[number], bufsize=self.length)
            if keep:
                self._unpacked[number] = piece
        return piece
