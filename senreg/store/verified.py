"""When each backup of a register was last read back whole: `verified.json` beside them.

It is {verified: {name: milliseconds since 1970}, digest}; the digest is BLAKE2b of 128 bits over
the JSON of what was verified. One without a digest, of names alone, is of an earlier version.
"""

from __future__ import annotations

from pathlib import Path

import orjson

from senreg.digests import digest
from senreg.store.files import Files
from senreg.store.operations import new_id

BACKUPS = "backups"
"""The folder of backups within a register's folder."""

MAKING = ".making-"
"""How the name of a file begins that is not yet what it is to be."""

_VERIFIED = "verified.json"


def verified(files: Files, backups: Path) -> dict[str, int]:
    """By name, when it was read back, in milliseconds since 1970; none where that is not known."""
    try:
        stored = orjson.loads(files.read(backups / _VERIFIED))
        if "digest" in stored:
            if stored["digest"] != digest(stored["verified"]):
                return {}
            stored = stored["verified"]
        return {str(name): int(at) for name, at in stored.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def last_verified(files: Files, backups: Path) -> int:
    """When one that is still there was last read back; 0 for never."""
    names = set(files.names(backups))
    return max((at for name, at in verified(files, backups).items() if name in names), default=0)


def note_verified(files: Files, backups: Path, name: str, at: int) -> None:
    """Keep when a backup was read back; that this cannot be kept is no harm."""
    names = set(files.names(backups))
    noted = {each: at for each, at in verified(files, backups).items() if each in names}
    noted[name] = at
    beside = backups / f"{MAKING}{new_id()}"
    try:
        stored = {"verified": noted, "digest": digest(noted)}
        files.write_whole(beside, orjson.dumps(stored))
        files.replace(beside, backups / _VERIFIED)
    except OSError:
        files.discard(beside)
