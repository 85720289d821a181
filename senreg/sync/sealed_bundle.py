"""A bundle sealed under the key that all copies of a register have for their bundles.

After the line `senreg-bundle 2` stands one line of JSON in clear: {register, key, slots,
salt}; then the sealed chunks, each behind its length in four bytes. Copies open it with the
key they hold; to join a new copy, a slot opens it with the passphrase of whoever made it, and
another with the printed recovery key.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import orjson

from senreg.errors import Locked
from senreg.store.codec import BadLine
from senreg.store.keys import RECOVERY, KeyFile, OpenKeys, passphrase_slot_for, recovery_slot
from senreg.store.sealed import CHUNK, opened_chunks, sealed_chunks
from senreg.store.sealing import SALT_BYTES, DataKey, decoded, encoded
from senreg.sync.bundle import FIRST_LINE

_PURPOSE = b"senreg/bundle/1"
_LONGEST_CLEAR = 16_384
_LENGTH = 4
_MOST_CHUNKS = 200


def seal(keys: OpenKeys, data: bytes) -> bytes:
    """The bytes of a bundle, sealed for every copy of the register.

    Args:
        keys: Of the register it is made from.
        data: What is in the bundle.
    """
    key, salt = keys.bundles[0], os.urandom(SALT_BYTES)
    register = keys.file.register
    said = {"id": key.id, "cipher": key.cipher, "made": 0}
    slots = []
    if keys.passkey is not None:
        slots.append(passphrase_slot_for(keys, said, key))
    public = keys.recovery_public
    if public is not None:
        slots.append(recovery_slot(register, said, key, public))
    clear = orjson.dumps({"register": register, "key": said, "slots": slots, "salt": encoded(salt)})
    cipher = key.cipher_for(_PURPOSE, salt)
    chunks = sealed_chunks(cipher, sha256(clear).digest(), data, level=6)
    body = b"".join(len(each).to_bytes(_LENGTH, "big") + each for each in chunks)
    return b"%b%b\n%b" % (FIRST_LINE, clear, body)


@dataclass(slots=True)
class Envelope:
    """A sealed bundle that was not opened yet."""

    keys: KeyFile
    """What opens it, as a key file: the key is that of the bundle."""
    _clear: bytes = field(repr=False)
    _salt: bytes = field(repr=False)
    _chunks: list[bytes] = field(repr=False)

    @classmethod
    def read(cls, written: bytes) -> Envelope:
        """The envelope in these bytes, its first line included. Raises BadLine."""
        end = written.find(b"\n", len(FIRST_LINE), len(FIRST_LINE) + _LONGEST_CLEAR)
        clear = written[len(FIRST_LINE) : end]
        try:
            said: dict[str, Any] = orjson.loads(clear)
            salt = decoded(said["salt"])
            keys = KeyFile(str(said["register"]), dict(said["key"]), list(said["slots"]))
        except (ValueError, KeyError, TypeError) as bad:
            raise BadLine from bad
        return cls(keys, clear, salt, _chunks(written, end + 1))

    def held_by(self, keys: OpenKeys) -> tuple[DataKey, bool] | None:
        """The key among a register's own, and whether it was retired; None where it is none."""
        for place, key in enumerate(keys.bundles):
            if key.id == self.keys.key.get("id") and keys.file.register == self.keys.register:
                return key, place > 0
        return None

    def is_beyond(self, keys: OpenKeys) -> bool:
        """Whether it is of the register that these keys open, under one they do not hold."""
        return keys.file.register == self.keys.register and self.held_by(keys) is None

    def unlocked(self, passphrase: str) -> OpenKeys:
        """The key, by the passphrase or the recovery key. Raises Locked."""
        from senreg.errors import Unreadable

        try:
            return self.keys.open_with(passphrase)
        except Locked:
            try:
                return self.keys.open_with_recovery(passphrase)
            except (Locked, Unreadable):
                raise Locked(
                    "That passphrase does not open this bundle.",
                    do="It is that of whoever made it; the printed recovery key opens it too.",
                ) from None

    def opened(self, key: DataKey) -> bytes:
        """What is in it. Raises BadLine where anything was changed."""
        from cryptography.exceptions import InvalidTag

        try:
            cipher = key.cipher_for(_PURPOSE, self._salt)
            return b"".join(opened_chunks(cipher, sha256(self._clear).digest(), self._chunks))
        except (InvalidTag, ValueError, zlib.error) as bad:
            raise BadLine from bad


def recovery_public_of(envelope: Envelope) -> bytes | None:
    """The public half of the recovery key that opens a bundle, and so every copy joined."""
    slot = envelope.keys.slot(RECOVERY)
    return decoded(slot["public"]) if slot else None


def _chunks(written: bytes, start: int) -> list[bytes]:
    chunks = []
    while start < len(written):
        length = int.from_bytes(written[start : start + _LENGTH], "big")
        start += _LENGTH
        if not 0 < length <= 2 * CHUNK or start + length > len(written):
            raise BadLine
        chunks.append(written[start : start + length])
        start += length
    if not 0 < len(chunks) <= _MOST_CHUNKS:
        raise BadLine
    return chunks
