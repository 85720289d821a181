"""How lines and snapshots are written as bytes, readable or sealed.

A line of a segment is `[number,"check",content]`: framed so that it stays one line and a
change of any bit is seen. In a plain register the check is a CRC-32 and the content JSON; in
a sealed one ([sealed.py]) they are the tag of the line before and the sealed JSON. The
header of a segment is a plain line in either.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Protocol
from zlib import crc32

from senreg.store.pieces import Readable

if TYPE_CHECKING:
    from senreg.store.layout import Assembled


class BadLine(ValueError):
    """A line whose bytes are not those that were written, or that no key here opens."""


class Lines(Protocol):
    """The lines of one segment, all written or all read with it, in their order."""

    def line(self, number: int, payload: bytes) -> bytes:
        """The payload as one line with its newline, bound to its segment and number."""
        ...

    def payload(self, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line without its newline. Raises BadLine."""
        ...


class Codec(Protocol):
    """What the store asks of a form of writing."""

    @property
    def key_id(self) -> str:
        """The id of the key it writes under; empty where it seals nothing."""
        ...

    def headed(self, opening: str, header: Mapping[str, Any]) -> dict[str, Any]:
        """The header of a new segment with what it says of its form, drawn anew for each."""
        ...

    def lines(self, opening: str, header: Mapping[str, Any]) -> Lines:
        """The lines of the segment with this header.

        Raises BadLine where it is of no form that this codec reads, or not genuine.
        """
        ...

    def seal(self, snapshot: bytes | Assembled) -> bytes:
        """A snapshot as it is written."""
        ...

    def is_of_this(self, written: bytes) -> bool:
        """Whether a snapshot is of this form and, as far as it says, under a key known here."""
        ...

    def opened(self, written: bytes) -> Readable:
        """What a snapshot's JSON is read from. Raises BadLine where a byte was changed."""
        ...

    def unseal(self, written: bytes) -> bytes:
        """All of a snapshot's JSON. Raises BadLine where a byte was changed."""
        ...


class PlainLines:
    """Lines of `[number,"crc32",payload]`, the checksum seeded with opening and number."""

    def __init__(self, opening: str) -> None:
        self._opening = opening

    def line(self, number: int, payload: bytes) -> bytes:
        """The payload behind its number and checksum."""
        return b'[%d,"%08x",%b]\n' % (number, _check(self._opening, number, payload), payload)

    def payload(self, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line. Raises BadLine where the checksum does not fit."""
        frame = _FRAME.match(line)
        if frame is None or not line.endswith(b"]"):
            raise BadLine
        number, payload = int(frame[1]), line[frame.end() : -1]
        if b"%08x" % _check(self._opening, number, payload) != frame[2]:
            raise BadLine
        return number, payload


class PlainCodec:
    """Readable JSON: plain lines, and a snapshot that carries its own digest."""

    key_id = ""

    def headed(self, opening: str, header: Mapping[str, Any]) -> dict[str, Any]:
        """The header as it is: a segment is plain unless its header says otherwise."""
        del opening
        return dict(header)

    def lines(self, opening: str, header: Mapping[str, Any]) -> Lines:
        """Plain lines. Raises BadLine for a sealed segment."""
        if SEALED in header:
            raise BadLine
        return PlainLines(opening)

    def seal(self, snapshot: bytes | Assembled) -> bytes:
        """The snapshot with its digest in the place kept for it."""
        assert isinstance(snapshot, bytes)
        if not _FORM.match(snapshot):
            raise ValueError("a snapshot starts with its _meta and an empty digest")
        return snapshot[: _DIGEST.start] + _digest(snapshot) + snapshot[_DIGEST.stop :]

    def is_of_this(self, written: bytes) -> bool:
        """Whether it is plain."""
        return not written.startswith(SEALED_BEGINNING)

    def opened(self, written: bytes) -> Readable:
        """The snapshot as it is. Raises BadLine where the digest does not fit."""
        return self.unseal(written)

    def unseal(self, written: bytes) -> bytes:
        """The same."""
        if not _FORM.match(written) or written[_DIGEST] != _digest(written):
            raise BadLine
        return written


SEALED_BEGINNING = b'{"senreg":"sealed",'
"""How a sealed snapshot begins."""

SEALED = "cipher"
"""What the header of a sealed segment has and that of a plain one has not."""

NO_DIGEST = "0" * 8
"""What stands in a snapshot's `_meta` until it is sealed: a CRC-32 in hexadecimal."""

NO_LENGTH = "0" * 10
"""What stands there until the length of all up to the end of `_meta` is known."""

_FRAME = re.compile(rb'\[(-?\d{1,12}),"([0-9a-f]{8})",')
_ANY_FRAME = re.compile(rb'\[-?\d{1,12},"(?:[0-9a-f]{8}|[A-Za-z0-9_-]{22})",')
_HEAD = b'{"_meta":{"1":{"digest":"'
_DIGEST = slice(len(_HEAD), len(_HEAD) + len(NO_DIGEST))
_FORM = re.compile(rb'\{"_meta":\{"1":\{"digest":"[0-9a-f]{8}","front":"\d{10}",')

FRONT_LENGTH = slice(_DIGEST.stop + len('","front":"'), _DIGEST.stop + len('","front":"') + 10)
"""Where a snapshot says how long it is up to the end of `_meta`."""


def starts(line: bytes) -> list[int]:
    """Where frames may begin in a line whose newline was damaged; the first is 0."""
    return [0, *(frame.start() for frame in _ANY_FRAME.finditer(line) if frame.start())]


def _check(opening: str, number: int, payload: bytes) -> int:
    return crc32(payload, crc32(f"{opening}/{number}".encode("ascii")))


def _digest(snapshot: bytes) -> bytes:
    """CRC-32 of all but the digest itself."""
    whole = memoryview(snapshot)
    return b"%08x" % crc32(whole[_DIGEST.stop :], crc32(whole[: _DIGEST.start]))
