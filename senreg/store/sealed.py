"""The sealed form of a register's files; `docs/vault.md` has it on one page.

A line is `[number,"before","sealed"]`: the tag of the line before it in base64url, and the
sealed JSON in base64. It is bound to the header of its segment, its number and that tag, so
that a line that was changed, moved or taken out of its place does not open. The header stands
in clear and carries a tag of its own, which is that of nothing, sealed as line -1.

A snapshot is one JSON object: what is in clear (never more than ids, salt and sizes), and
`sealed`, an array of chunks of the compressed JSON, each in hexadecimal and bound to all
that is in clear, to its place and to whether it is the last.
"""

from __future__ import annotations

import os
import zlib
from binascii import a2b_base64, a2b_hex, b2a_base64, b2a_hex
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

import orjson

from senreg.store.codec import SEALED, SEALED_BEGINNING, BadLine, Lines, PlainCodec
from senreg.store.layout import Assembled, Layout
from senreg.store.pieces import Pieces, Readable
from senreg.store.sealing import (
    SALT_BYTES,
    TAG_BYTES,
    Cipher,
    DataKey,
    decoded,
    encoded,
)

FORMAT = 1
JOURNAL = b"senreg/journal/1"
SNAPSHOT = b"senreg/snapshot/1"

CHUNK = 1 << 20
"""Bytes sealed at a time, before compression."""
_LONGEST_CLEAR = 4_096
_WORTH_THREADS = 4
"""So many chunks are worth a second thread, for most of the work holds no lock."""
_BODY = b',"sealed":["'
_BETWEEN = b'","'
_END = b'"]}'
_HEADER_NONCE = b"\xff" * 12
_TAG = "tag"
_UPPER = (b"A", b"B", b"C", b"D", b"E", b"F")


class SealedLines:
    """The lines of one sealed segment; `tag` is that of the header, with which it should agree."""

    def __init__(self, key: DataKey, opening: str, header: Mapping[str, Any]) -> None:
        try:
            salt = decoded(str(header["salt"]))
        except (KeyError, ValueError) as bad:
            raise BadLine from bad
        self._cipher = key.cipher_for(JOURNAL, salt)
        said = {name: each for name, each in header.items() if name != _TAG}
        clear = orjson.dumps(said, option=orjson.OPT_SORT_KEYS)
        self._bound = sha256(opening.encode("ascii") + b"\n" + clear).digest()
        self._last: int | None = None
        self.tag = encoded(self._cipher.encrypt(_HEADER_NONCE, b"", self._bound))
        self._tag = self.tag.encode("ascii")

    def line(self, number: int, payload: bytes) -> bytes:
        """The payload sealed. Spaces behind it leave base64 no bits that mean nothing.

        Raises ValueError for a number that is not above the last: its nonce would be met again.
        """
        if self._last is not None and number <= self._last:
            raise ValueError("a line of this number was sealed already")
        payload += b" " * (-(len(payload) + TAG_BYTES) % 3)
        sealed = self._cipher.encrypt(
            number.to_bytes(12, "big"), payload, self._associated(number, self._tag)
        )
        line = b'[%d,"%b","%b"]\n' % (number, self._tag, b2a_base64(sealed, newline=False))
        self._passed(number, sealed)
        return line

    def payload(self, line: bytes) -> tuple[int, bytes]:
        """The number and payload of a line. Raises BadLine."""
        from cryptography.exceptions import InvalidTag

        try:
            head, before, sealed = line.split(b",", 2)
            if line[:1] + before[:1] + before[-1:] + sealed[:1] + sealed[-2:] != b'[""""]':
                raise BadLine
            number = int(head[1:])
            content = a2b_base64(sealed[1:-2], strict_mode=True)
            if head != b"[%d" % number:
                raise BadLine
            payload = self._cipher.decrypt(
                number.to_bytes(12, "big"), content, self._associated(number, before[1:-1])
            )
        except (InvalidTag, ValueError, OverflowError) as bad:
            raise BadLine from bad
        if self._last == number - 1 and before[1:-1] != self._tag:
            raise BadLine
        self._passed(number, content)
        return number, payload

    def _associated(self, number: int, before: bytes) -> bytes:
        return self._bound + number.to_bytes(12, "big") + before

    def _passed(self, number: int, sealed: bytes) -> None:
        self._last = number
        self._tag = encoded(sealed[-TAG_BYTES:]).encode("ascii")


class SealedCodec:
    """Writes under one key; reads what was written under that and under retired ones.

    Args:
        register: The register's id, which stands in clear in what is written.
        keys: The key in use, then those it took the place of.
        clear: What a snapshot says in clear besides: how the recovery key opens it.
        plain_too: Whether files that are not sealed are read as well: while a plain register
            is being sealed, and never after, for then such a file is not this register's.
    """

    def __init__(
        self,
        register: str,
        keys: Iterable[DataKey],
        clear: Mapping[str, Any],
        *,
        plain_too: bool = False,
    ) -> None:
        self._register = register
        self._key, *_ = known = list(keys)
        self._keys = {key.id: key for key in known}
        self._clear = dict(clear)
        self._plain = PlainCodec() if plain_too else None

    @property
    def key_id(self) -> str:
        """The id of the key in use."""
        return self._key.id

    def headed(self, opening: str, header: Mapping[str, Any]) -> dict[str, Any]:
        """The header with the key's id, its cipher, a fresh salt and its own tag."""
        salt = encoded(os.urandom(SALT_BYTES))
        whole = {**header, "key": self._key.id, SEALED: self._key.cipher, "salt": salt}
        return whole | {_TAG: SealedLines(self._key, opening, whole).tag}

    def lines(self, opening: str, header: Mapping[str, Any]) -> Lines:
        """The lines under the header's key.

        Raises BadLine for a key that is not known here, for a segment that is not sealed, and
        for a header that was not written with the key.
        """
        if SEALED not in header and self._plain is not None:
            return self._plain.lines(opening, header)
        lines = SealedLines(self._key_of(header), opening, header)
        if lines.tag != header.get(_TAG):
            raise BadLine
        return lines

    def seal(self, snapshot: bytes | Assembled) -> bytes:
        """The snapshot compressed, a chunk at a time, and sealed."""
        salt = os.urandom(SALT_BYTES)
        front = {
            "senreg": "sealed",
            "salt": encoded(salt),
            "format": FORMAT,
            "kind": "snapshot",
            "register": self._register,
            "key": self._key.id,
            SEALED: self._key.cipher,
            "size": len(snapshot),
            **self._clear,
        }
        clear = orjson.dumps(front)[:-1]
        cipher = self._key.cipher_for(SNAPSHOT, salt)
        parts = [*map(b2a_hex, sealed_chunks(cipher, sha256(clear).digest(), snapshot))]
        parts[0] = b"%b%b%b" % (clear, _BODY, parts[0])
        parts[-1] += _END
        return _BETWEEN.join(parts)

    def is_of_this(self, written: bytes) -> bool:
        """Whether it is sealed under a key known here; what is damaged may be."""
        try:
            return not is_sealed(written) or in_clear(written)[1]["key"] in self._keys
        except (BadLine, KeyError, TypeError):
            return True

    def opened(self, written: bytes) -> Readable:
        """The snapshot's JSON: all of it found genuine, and none of it unpacked yet.

        Raises BadLine where anything was changed, the key is not known here, or the file is
        not sealed.
        """
        from cryptography.exceptions import InvalidTag

        if self._plain is not None and not is_sealed(written):
            return self._plain.opened(written)
        clear, front = in_clear(written)
        try:
            salt = decoded(front["salt"])
            chunks = _chunks(written, len(clear) + len(_BODY))
            cipher = self._key_of(front).cipher_for(SNAPSHOT, salt)
            bound = sha256(clear).digest()
            return Pieces([_packed(cipher, bound, chunks, n) for n in range(len(chunks))], CHUNK)
        except (InvalidTag, ValueError, KeyError, TypeError) as bad:
            raise BadLine from bad

    def unseal(self, written: bytes) -> bytes:
        """All of the snapshot's JSON. Raises BadLine as `opened` does."""
        return self.opened(written)[:]

    def _key_of(self, front: Mapping[str, Any]) -> DataKey:
        key = self._keys.get(str(front.get("key")))
        if key is None or key.cipher != front.get(SEALED):
            raise BadLine
        return key


def is_sealed(written: bytes) -> bool:
    """Whether the bytes of a snapshot are sealed, as far as its beginning tells."""
    return written.startswith(SEALED_BEGINNING)


def in_clear(written: bytes) -> tuple[bytes, dict[str, Any]]:
    """What a sealed snapshot says in clear: the bytes of it, and what they say.

    Raises BadLine where that is damaged.
    """
    clear, between, _ = written[:_LONGEST_CLEAR].partition(_BODY)
    try:
        front = orjson.loads(clear + b"}")
    except ValueError as bad:
        raise BadLine from bad
    if not between or not isinstance(front, dict):
        raise BadLine
    return clear, front


def sealed_chunks(
    cipher: Cipher, bound: bytes, data: bytes | Assembled, level: int = 1
) -> Iterable[bytes]:
    """Data compressed and sealed a mebibyte at a time; two threads at once, as for opening.

    Args:
        cipher: Under a key that seals nothing else.
        bound: What each chunk is bound to, besides its place.
        data: Any bytes; none at all are one chunk too.
        level: Of zlib.
    """
    whole = data if isinstance(data, Assembled) else Assembled([data], Layout())
    count = max(-(-len(whole) // CHUNK), 1)

    def sealed(number: int) -> bytes:
        place = _place(bound, number, last=number == count - 1)
        packed = whole.packed(number, CHUNK, level)
        return cipher.encrypt(number.to_bytes(12, "big"), packed, place)

    if count < _WORTH_THREADS:
        return map(sealed, range(count))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(sealed, range(count)))


def opened_chunks(cipher: Cipher, bound: bytes, chunks: Sequence[bytes]) -> Iterable[bytes]:
    """The data of sealed chunks, in pieces; two threads at once, for most of it holds no lock.

    Raises cryptography's InvalidTag, or zlib.error.
    """

    def piece(number: int) -> bytes:
        inflating = zlib.decompressobj()
        data = inflating.decompress(_packed(cipher, bound, chunks, number), CHUNK)
        if not inflating.eof and inflating.decompress(inflating.unconsumed_tail, 1):
            raise zlib.error
        return data

    if len(chunks) < _WORTH_THREADS:
        return map(piece, range(len(chunks)))
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as threads:
        return list(threads.map(piece, range(len(chunks))))


def _packed(cipher: Cipher, bound: bytes, chunks: Sequence[bytes], number: int) -> bytes:
    """What one of the chunks holds, still compressed. Raises cryptography's InvalidTag."""
    place = _place(bound, number, last=number == len(chunks) - 1)
    return cipher.decrypt(number.to_bytes(12, "big"), chunks[number], place)


def _chunks(written: bytes, start: int) -> list[bytes]:
    """The bytes whose hexadecimal stands between the quotation marks from `start` on.

    Raises BadLine for another end than that of a snapshot, and for capitals: they would be
    read as the small letters that were written.
    """
    end = len(written) - len(_END)
    if not written.endswith(_END) or any(written.find(each, start) >= 0 for each in _UPPER):
        raise BadLine
    whole, chunks = memoryview(written), []
    # One sign is found much faster than three; what else it may begin is no hexadecimal.
    while (stop := written.find(_BETWEEN[:1], start, end)) >= 0:
        if written[stop : stop + len(_BETWEEN)] != _BETWEEN:
            raise BadLine
        chunks.append(a2b_hex(whole[start:stop]))
        start = stop + len(_BETWEEN)
    return [*chunks, a2b_hex(whole[start:end])]


def _place(bound: bytes, number: int, *, last: bool) -> bytes:
    return bound + number.to_bytes(12, "big") + (b"\1" if last else b"\0")
