"""How lines and snapshots are written as bytes: the door where encryption enters.

A codec frames the payload of a line so that it stays one line and a change of any bit is
seen, and wraps the bytes of a snapshot likewise.
"""

from __future__ import annotations

import re
from typing import Protocol
from zlib import crc32


class BadLine(ValueError):
    """A line whose bytes are not those that were written."""


class Codec(Protocol):
    """What the store asks of a form of writing."""

    def line(self, opening: str, number: int, payload: bytes) -> bytes:
        """The payload as one line with its newline, bound to its opening and number."""
        ...

    def payload(self, opening: str, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line without its newline. Raises BadLine."""
        ...

    def starts(self, line: bytes) -> list[int]:
        """Where frames may begin in a line whose newline was damaged; the first is 0."""
        ...

    def seal(self, snapshot: bytes) -> bytes:
        """A snapshot as it is written."""
        ...

    def unseal(self, written: bytes) -> bytes:
        """A snapshot's bytes as JSON. Raises BadLine where they were changed."""
        ...


class PlainCodec:
    """Readable JSON: a line is `[number,"crc32",payload]`, a snapshot carries its own digest."""

    def line(self, opening: str, number: int, payload: bytes) -> bytes:
        """The payload behind its number and a checksum seeded with opening and number."""
        return b'[%d,"%08x",%b]\n' % (number, _check(opening, number, payload), payload)

    def payload(self, opening: str, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line. Raises BadLine where the checksum does not fit."""
        frame = _FRAME.match(line)
        if frame is None or not line.endswith(b"]"):
            raise BadLine
        number, payload = int(frame[1]), line[frame.end() : -1]
        if b"%08x" % _check(opening, number, payload) != frame[2]:
            raise BadLine
        return number, payload

    def starts(self, line: bytes) -> list[int]:
        """Where frames may begin in a line whose newline was damaged; the first is 0."""
        return [0, *(frame.start() for frame in _FRAME.finditer(line) if frame.start())]

    def seal(self, snapshot: bytes) -> bytes:
        """The snapshot with its digest in the place kept for it."""
        if not _FORM.match(snapshot):
            raise ValueError("a snapshot starts with its _meta and an empty digest")
        return snapshot[: _DIGEST.start] + _digest(snapshot) + snapshot[_DIGEST.stop :]

    def unseal(self, written: bytes) -> bytes:
        """The snapshot as it is. Raises BadLine where the digest does not fit."""
        if not _FORM.match(written) or written[_DIGEST] != _digest(written):
            raise BadLine
        return written


NO_DIGEST = "0" * 8
"""What stands in a snapshot's `_meta` until it is sealed: a CRC-32 in hexadecimal."""

NO_LENGTH = "0" * 10
"""What stands there until the length of all up to the end of `_meta` is known."""

_FRAME = re.compile(rb'\[(-?\d{1,12}),"([0-9a-f]{8})",')
_HEAD = b'{"_meta":{"1":{"digest":"'
_DIGEST = slice(len(_HEAD), len(_HEAD) + len(NO_DIGEST))
_FORM = re.compile(rb'\{"_meta":\{"1":\{"digest":"[0-9a-f]{8}","front":"\d{10}",')

FRONT_LENGTH = slice(_DIGEST.stop + len('","front":"'), _DIGEST.stop + len('","front":"') + 10)
"""Where a snapshot says how long it is up to the end of `_meta`."""


def _check(opening: str, number: int, payload: bytes) -> int:
    return crc32(payload, crc32(f"{opening}/{number}".encode("ascii")))


def _digest(snapshot: bytes) -> bytes:
    """CRC-32 of all but the digest itself."""
    whole = memoryview(snapshot)
    return b"%08x" % crc32(whole[_DIGEST.stop :], crc32(whole[: _DIGEST.start]))
