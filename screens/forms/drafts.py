"""What was typed into a form and not saved: kept on this machine, and offered again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from senreg.clock import milliseconds
from senreg.paths import state_folder


@dataclass(frozen=True, slots=True)
class Draft:
    """Texts by field name, and when they were last typed on, in milliseconds since 1970."""

    texts: dict[str, str]
    at: int


def load_draft(key: str) -> Draft | None:
    """The draft under a key; None where there is none, or none that can be read."""
    try:
        stored = json.loads(_file(key).read_text(encoding="utf-8"))
        texts = {str(name): str(text) for name, text in stored["texts"].items()}
        return Draft(texts, int(stored["at"])) if texts else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def keep_draft(key: str, texts: dict[str, str]) -> None:
    """Keep texts under a key, in the place of those kept before.

    A machine that cannot keep drafts still works; it only forgets them.
    """
    file = _file(key)
    beside = file.with_suffix(".new")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump({"at": milliseconds(), "texts": texts}, stream, ensure_ascii=False)
        os.replace(beside, file)
    except OSError:
        return


def drop_draft(key: str) -> None:
    """Forget the draft under a key."""
    try:
        _file(key).unlink(missing_ok=True)
    except OSError:
        return


def _file(key: str) -> Path:
    """A file whose name tells nothing of what is in it."""
    return state_folder() / "drafts" / f"{sha256(key.encode()).hexdigest()[:32]}.json"
