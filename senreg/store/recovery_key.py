"""The recovery key: 160 random bits that are printed, and open a register without a passphrase.

It is written as nine groups of four letters and digits, of which the last is a check. From
it comes an X25519 key pair: the register keeps the public half, so that whatever is encrypted
later, on any copy, can be wrapped for the printed key without anybody typing it again.
"""

from __future__ import annotations

import os
import re
from base64 import b32decode, b32encode
from hashlib import blake2b
from typing import TYPE_CHECKING

from senreg.errors import Unreadable
from senreg.store.operations import EASY_LETTERS

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

_BYTES = 20
_GROUP = 4
_BASE_32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_EASY = str.maketrans(_BASE_32, EASY_LETTERS)
_HARD = str.maketrans(EASY_LETTERS, _BASE_32)
_INFO = b"senreg/recovery/1"


def new_recovery_key() -> str:
    """A recovery key as it is printed: nine groups of four."""
    return written(os.urandom(_BYTES))


def written(secret: bytes) -> str:
    """The groups of a key's twenty bytes."""
    text = _letters(secret) + _check(secret)
    return "-".join(text[place : place + _GROUP] for place in range(0, len(text), _GROUP))


def bare(text: str) -> str:
    """The characters of a recovery key that count: no spaces and dashes, no capitals."""
    return re.sub(r"[\s\-–—_.,]", "", text).lower()


def read(text: str) -> bytes:
    """The twenty bytes of a recovery key however it was typed: capitals, spaces, dashes.

    Raises:
        Unreadable: It has a character that no key has, is too short or long, or mistyped.
    """
    typed = bare(text)
    odd = next((each for each in typed if each not in EASY_LETTERS), None)
    if odd is not None:
        raise Unreadable(
            "That is not a recovery key: it has the letters a to z and the digits 2 to 9, but "
            "never l or o.",
            do="Compare each group of four with the printed sheet.",
        )
    length = _BYTES * 8 // 5 + _GROUP
    if len(typed) != length:
        raise Unreadable(
            f"A recovery key has nine groups of four; this has {len(typed)} characters of "
            f"{length}.",
            do="Compare each group of four with the printed sheet.",
        )
    secret = _bytes(typed[:-_GROUP])
    if _check(secret) != typed[-_GROUP:]:
        raise Unreadable(
            "A character of that recovery key was mistyped.",
            do="Compare each group of four with the printed sheet.",
        )
    return secret


def private_half(text: str) -> X25519PrivateKey:
    """The private key that a printed recovery key stands for. Raises Unreadable."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    from senreg.store.sealing import expand

    return X25519PrivateKey.from_private_bytes(expand(read(text), b"", _INFO))


def public_half(text: str) -> bytes:
    """The 32 bytes that a register keeps of a recovery key. Raises Unreadable."""
    return private_half(text).public_key().public_bytes_raw()


def _check(secret: bytes) -> str:
    return _letters(blake2b(secret, digest_size=5, person=b"senreg recovery").digest())[:_GROUP]


def _letters(data: bytes) -> str:
    """Bytes, five at a time, as eight letters and digits that are easy to read out."""
    return b32encode(data).decode("ascii").translate(_EASY)


def _bytes(letters: str) -> bytes:
    return b32decode(letters.translate(_HARD))
