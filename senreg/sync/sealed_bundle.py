"""A bundle sealed under the key that all copies of a register have for their bundles.

After the line `senreg-bundle 2` stands one line of JSON in clear: {register, key, slots,
salt}, and `pack` where it comes back from a staff pack; then the sealed chunks, each behind its
length in four bytes. Copies open it with the key they hold; to join a new copy, a slot opens it
with the passphrase of whoever made it, and another with the printed recovery key.

A staff pack begins with the line `senreg-pack 1` and is the same otherwise: its key is its own,
and so is its passphrase.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

import orjson

from senreg.errors import Locked, NewerKey
from senreg.store.codec import BadLine
from senreg.store.keys import RECOVERY, KeyFile, OpenKeys, passphrase_slot_for, recovery_slot
from senreg.store.sealed import CHUNK, opened_chunks, sealed_chunks
from senreg.store.sealing import SALT_BYTES, DataKey, decoded, encoded
from senreg.sync.bundle import FIRST_LINE, PACK_LINE
from senreg.sync.bundle_files import unknown_pack

_PURPOSES = {FIRST_LINE: b"senreg/bundle/1", PACK_LINE: b"senreg/pack/1"}
_LONGEST_CLEAR = 16_384
_LENGTH = 4
_MOST_CHUNKS = 200


def seal(
    keys: OpenKeys, data: bytes, first_line: bytes = FIRST_LINE, *, of_pack: bool = False
) -> bytes:
    """The bytes of a bundle, sealed for every copy of the register.

    Args:
        keys: Of the register it is made from.
        data: What is in the bundle.
        first_line: Which kind it is.
        of_pack: It comes back from a staff pack.
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
    front = {"register": register, "key": said, "slots": slots, "salt": encoded(salt)}
    clear = orjson.dumps(front | ({"pack": True} if of_pack else {}))
    cipher = key.cipher_for(_PURPOSES[first_line], salt)
    chunks = sealed_chunks(cipher, sha256(clear).digest(), data, level=6)
    body = b"".join(len(each).to_bytes(_LENGTH, "big") + each for each in chunks)
    return b"%b%b\n%b" % (first_line, clear, body)


@dataclass(slots=True)
class Envelope:
    """A sealed bundle that was not opened yet."""

    first_line: bytes
    keys: KeyFile
    """What opens it, as a key file: the key is that of the bundle."""
    of_pack: bool
    """It is a staff pack or comes back from one."""
    _clear: bytes = field(repr=False)
    _salt: bytes = field(repr=False)
    _chunks: list[bytes] = field(repr=False)

    @classmethod
    def read(cls, written: bytes) -> Envelope:
        """The envelope in these bytes, its first line included. Raises BadLine."""
        first = next(each for each in _PURPOSES if written.startswith(each))
        end = written.find(b"\n", len(first), len(first) + _LONGEST_CLEAR)
        clear = written[len(first) : end]
        try:
            said: dict[str, Any] = orjson.loads(clear)
            salt = decoded(said["salt"])
            keys = KeyFile(str(said["register"]), dict(said["key"]), list(said["slots"]))
        except (ValueError, KeyError, TypeError) as bad:
            raise BadLine from bad
        of_pack = first == PACK_LINE or said.get("pack") is True
        return cls(first, keys, of_pack, clear, salt, _chunks(written, end + 1))

    def held_by(
        self, keys: OpenKeys | None, packs: Iterable[DataKey] = ()
    ) -> tuple[OpenKeys, bool] | None:
        """What opens it of a register's own keys and those of its packs; None where none does.

        Beside it stands whether the register has given the key up.
        """
        wanted = self.keys.key.get("id")
        if keys is not None and keys.file.register == self.keys.register:
            for place, key in enumerate(keys.bundles):
                if key.id == wanted:
                    return replace(keys, key=key), place > 0
        for key in packs:
            if key.id == wanted:
                return OpenKeys(self.keys, key, [], [], None), False
        return None

    def is_beyond(self, keys: OpenKeys) -> bool:
        """Whether it is of the register that these keys open, under one they do not hold."""
        own = keys.file.register == self.keys.register and not self.of_pack
        return own and self.held_by(keys) is None

    def unlocked(self, passphrase: str) -> OpenKeys:
        """The key, by the passphrase or the recovery key. Raises Locked."""
        try:
            return self.keys.open_by(passphrase)
        except Locked:
            raise Locked(
                "That passphrase does not open this bundle.",
                do="It is that of whoever made it; the printed recovery key opens it too.",
            ) from None

    def opening(
        self, keys: OpenKeys | None, packs: Iterable[DataKey], passphrase: str | None
    ) -> tuple[OpenKeys, bool]:
        """What opens it, and whether that is a key the register has given up. Raises Locked."""
        held = self.held_by(keys, packs)
        if held is not None:
            return held
        try:
            if passphrase is not None:
                return self.unlocked(passphrase), False
        except Locked:
            if keys is None or not self.is_beyond(keys):
                raise
        if keys is not None and self.is_beyond(keys):
            raise NewerKey(
                "That bundle is under a new key of this register, and this copy has the one "
                "before.",
                do="Export what was done here, and join anew from that bundle: senreg join.",
            )
        if self.of_pack and passphrase is None and keys is not None:
            raise unknown_pack()
        raise Locked(
            "That bundle opens with the passphrase of whoever made it.",
            do="Give that passphrase, or the printed recovery key.",
        )

    def opened(self, key: DataKey) -> bytes:
        """What is in it. Raises BadLine where anything was changed."""
        from cryptography.exceptions import InvalidTag

        try:
            cipher = key.cipher_for(_PURPOSES[self.first_line], self._salt)
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
