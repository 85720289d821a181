"""The digest of a small note that nothing is sealed in: it tells damage, and protects nothing."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

DIGEST = "digest"


def digest(said: object) -> str:
    """BLAKE2b of 128 bits, in hexadecimal, over its JSON in ASCII, without spaces."""
    written = json.dumps(said, separators=(",", ":")).encode("ascii")
    return blake2b(written, digest_size=16).hexdigest()


def with_digest(said: Mapping[str, Any]) -> dict[str, Any]:
    """A note with the digest of all else in it at its end."""
    return {**said, DIGEST: digest(said)}


def checked(stored: dict[str, Any]) -> dict[str, Any]:
    """What a note says; one without a digest is of an earlier version.

    Raises ValueError where the digest is that of something else.
    """
    said = {name: value for name, value in stored.items() if name != DIGEST}
    if stored.get(DIGEST, digest(said)) != digest(said):
        raise ValueError("damaged")
    return said
