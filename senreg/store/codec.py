"""How lines and snapshots are written as bytes: the door where encryption enters.

A codec frames the payload of a line so that it stays one line and a change of any bit is
seen, and wraps the bytes of a snapshot likewise.
"""

from __future__ import annotations

import re
from hashlib import blake2b
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
        if not snapshot.startswith(_HEAD + _NO_DIGEST):
            raise ValueError("a snapshot starts with its _meta and an empty digest")
        rest = snapshot[len(_HEAD) + len(_NO_DIGEST) :]
        return _HEAD + _digest(rest) + rest

    def unseal(self, written: bytes) -> bytes:
        """The snapshot as it is. Raises BadLine where the digest does not fit."""
        if not _FORM.match(written):
            raise BadLine
        start = len(_HEAD)
        end = start + len(_NO_DIGEST)
        if written[start:end] != _digest(written[end:]):
            raise BadLine
        return written


NO_DIGEST = "0" * 32
"""What stands in a snapshot's `_meta` until it is sealed: 128 bits in hexadecimal."""

_FRAME = re.compile(rb'\[(-?\d{1,12}),"([0-9a-f]{8})",')
_HEAD = b'{"_meta":{"1":{"digest":"'
_NO_DIGEST = NO_DIGEST.encode("ascii")
_FORM = re.compile(rb'\{"_meta":\{"1":\{"digest":"[0-9a-f]{32}",')


def _check(opening: str, number: int, payload: bytes) -> int:
    return crc32(payload, crc32(f"{opening}/{number}".encode("ascii")))


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).hexdigest().encode("ascii")
