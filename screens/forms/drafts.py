"""What was typed into a form and not saved: kept on this machine, and offered again.

Drafts of a sealed register are sealed under its key, and cannot be read without it. What lies on
the disk, or is sealed, is the line `senreg-draft 1 DIGEST` and a JSON document; the digest is
BLAKE2b of 128 bits over that document. One that begins with the document itself is of a version
that kept no digest.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import blake2b, sha256
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.clock import milliseconds
from senreg.paths import state_folder

if TYPE_CHECKING:
    from senreg.register import Register

PLAIN = ".json"
SEALED = ".sealed"
_BEGINNING = b"senreg-draft 1 "


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts by field name, and when they were last typed on, in milliseconds since 1970."""

    texts: dict[str, str]
    at: int


def load_draft(register: Register, key: str) -> Draft | None:
    """The draft of a register under a key; None where there is none, or it is damaged."""
    name = _name(key)
    try:
        data = register.open_draft(_file(register, name).read_bytes(), name)
        stored = json.loads(_whole(data or b""))
        texts = {str(name): str(text) for name, text in stored["texts"].items()}
        return Draft(texts, int(stored["at"])) if texts else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_draft(register: Register, key: str, texts: dict[str, str]) -> None:
    """Keep texts under a key, in the place of those kept before.

    A machine that cannot keep drafts still works; it only forgets them.
    """
    stored = {"register": register.register_id, "at": milliseconds(), "texts": texts}
    document = json.dumps(stored, ensure_ascii=False).encode("utf-8")
    _write(register, _name(key), b"%b%b\n%b" % (_BEGINNING, _digest(document), document))


def drop_draft(register: Register, key: str) -> None:
    """Forget the draft under a key."""
    try:
        _file(register, _name(key)).unlink(missing_ok=True)
    except OSError:
        return


def seal_drafts(register: Register) -> None:
    """Seal the drafts that were kept while a register was plain.

    None is left that is not, unless the disk refuses: then it is tried again at the next
    opening, for what was typed stands nowhere else. One that is damaged is sealed as it is:
    what can be read of it must not lie there either.
    """
    for file in _folder().glob(f"*{PLAIN}"):
        try:
            data = file.read_bytes()
            ours = register.register_id.encode("ascii") in data
            if ours and _write(register, file.stem, data):
                file.unlink()
        except OSError:
            continue


def _write(register: Register, name: str, data: bytes) -> bool:
    """Whether the disk took it."""
    file = _file(register, name)
    beside = file.with_suffix(".new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(register.seal_draft(data, name))
        os.replace(beside, file)
    except OSError:
        return False
    return True


def _whole(data: bytes) -> bytes:
    """The document of a draft. Raises ValueError where it is not what was written."""
    if data.startswith(b"{"):
        return data
    line, _, document = data.partition(b"\n")
    if line != _BEGINNING + _digest(document):
        raise ValueError("the draft is damaged")
    return document


def _digest(document: bytes) -> bytes:
    return blake2b(document, digest_size=16).hexdigest().encode("ascii")


def _folder() -> Path:
    return state_folder() / "drafts"


def _name(key: str) -> str:
    """A name that tells nothing of what is in the draft."""
    return sha256(key.encode()).hexdigest()[:32]


def _file(register: Register, name: str) -> Path:
    return _folder() / f"{name}{SEALED if register.sealed else PLAIN}"
