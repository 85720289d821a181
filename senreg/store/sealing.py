"""Sealing: authenticated encryption under keys that are each used for one file only.

A register has one random data key. A file's own key is HKDF-SHA256 of it, with the file's 32
random bytes of salt and a purpose; nonces count from 0 within the file. So no key meets a
nonce twice, whatever was torn, restored or copied. The whole format is in `docs/vault.md`.
"""

from __future__ import annotations

import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple, Protocol

from senreg.store.codec import BadLine

CIPHERS = ("AES-256-GCM", "ChaCha20-Poly1305")
KEY_BYTES = 32
SALT_BYTES = 32
TAG_BYTES = 16


class WrongKey(Exception):
    """What was sealed does not open with this key, or was changed since."""


class Cipher(Protocol):
    """An AEAD of `cryptography`."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The sealed bytes with their tag."""
        ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes | None) -> bytes:
        """The bytes again; raises cryptography's InvalidTag."""
        ...


class DataKey(NamedTuple):
    """A key of a register, by its id; `cipher` is one of `CIPHERS`."""

    id: str
    cipher: str
    secret: bytes

    def __repr__(self) -> str:
        """Its id alone: a key has no place in a log."""
        return f"DataKey({self.id})"

    def cipher_for(self, purpose: bytes, salt: bytes) -> Cipher:
        """The cipher under the key of one file."""
        return cipher_of(self.cipher, expand(self.secret, salt, purpose))


def new_data_key(key_id: str, cipher: str) -> DataKey:
    """A fresh random key."""
    return DataKey(key_id, cipher, os.urandom(KEY_BYTES))


def cipher_of(name: str, key: bytes) -> Cipher:
    """The cipher of a name. Raises BadLine for one nobody knows here."""
    if name not in CIPHERS:
        raise BadLine
    from cryptography.hazmat.primitives.ciphers import aead

    return aead.AESGCM(key) if name == CIPHERS[0] else aead.ChaCha20Poly1305(key)


def faster_cipher() -> str:
    """Whichever cipher this machine does faster: AES wants instructions old processors lack."""
    import time

    def seconds(name: str) -> float:
        cipher, data = cipher_of(name, b"\0" * KEY_BYTES), bytes(1 << 20)
        cipher.encrypt(bytes(12), data, None)
        start = time.perf_counter()
        cipher.encrypt(bytes(12), data, None)
        return time.perf_counter() - start

    # Where they are alike AES is taken: other programs know it best.
    return CIPHERS[0] if seconds(CIPHERS[0]) < 2 * seconds(CIPHERS[1]) else CIPHERS[1]


def expand(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """HKDF-SHA256: 32 bytes."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=purpose).derive(secret)


def wrap(key: bytes, secret: bytes, bound: bytes) -> str:
    """A secret sealed under another key and bound to what it is said to be, in base64url.

    The key is used for other wraps too, so the nonce is random.
    """
    nonce = os.urandom(12)
    return encoded(nonce + cipher_of(CIPHERS[0], key).encrypt(nonce, secret, bound))


def unwrap(key: bytes, wrapped: str, bound: bytes) -> bytes:
    """The secret again. Raises WrongKey."""
    from cryptography.exceptions import InvalidTag

    try:
        data = decoded(wrapped)
        return cipher_of(CIPHERS[0], key).decrypt(data[:12], data[12:], bound)
    except (InvalidTag, ValueError) as bad:
        raise WrongKey from bad


def encoded(data: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def decoded(text: str) -> bytes:
    """The bytes of base64url without padding. Raises ValueError."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
