"""The lines of a segment that was put away, each compressed by itself.

So damage to one line costs one, and the file needs no more than itself to be read. The header
of such a segment says `packed`, and how many bytes it had before. In a plain segment the
compressed JSON stands in base64; in a sealed one it is sealed as it is.
"""

from __future__ import annotations

import zlib
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from typing import Any

from senreg.store.codec import SEALED, BadLine, Codec, Lines

PACKED = "packed"
_LARGEST = 1 << 28


class PackedLines:
    """Lines whose payload is compressed.

    Args:
        lines: What frames them.
        readable: Whether what they frame has to be JSON.
    """

    def __init__(self, lines: Lines, *, readable: bool) -> None:
        self._lines = lines
        self._readable = readable

    def line(self, number: int, payload: bytes) -> bytes:
        """The payload compressed, as one line."""
        packed = zlib.compress(payload, 9)
        if self._readable:
            packed = b'"%b"' % b2a_base64(packed, newline=False)
        return self._lines.line(number, packed)

    def payload(self, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line. Raises BadLine."""
        number, packed = self._lines.payload(line)
        try:
            if self._readable:
                packed = a2b_base64(packed[1:-1], strict_mode=True)
            inflating = zlib.decompressobj()
            payload = inflating.decompress(packed, _LARGEST)
        except (zlib.error, ValueError) as bad:
            raise BadLine from bad
        if not inflating.eof or inflating.unused_data.strip(b" "):
            raise BadLine
        return number, payload


def lines_of(codec: Codec, opening: str, header: Mapping[str, Any]) -> Lines:
    """The lines of the segment with this header, packed where it says so. Raises BadLine."""
    lines = codec.lines(opening, header)
    return PackedLines(lines, readable=SEALED not in header) if header.get(PACKED) else lines
