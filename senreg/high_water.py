"""How much of a register this machine has seen, kept outside of it.

Nothing in a folder tells that the whole of it is an older copy of itself, nor that a plain
register was put in the place of an encrypted one. So the machine keeps, by the folder's path,
whether it was encrypted and how many lines of each opening it held: ids and numbers, and
nothing of a child, with a digest of it. Where that cannot be kept, nothing is noticed, and
nothing fails; where it is damaged, that is told, and it is begun anew.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import orjson

from senreg import clock
from senreg.digests import checked, with_digest
from senreg.paths import state_folder

if TYPE_CHECKING:
    from senreg.store.folder import Store

OLDER = "older"
PLAIN = "plain"
DAMAGED = "damaged"

_BEGINNING = "seen-"
_MOST = 200
"""Folders that are remembered; those not used for longest are forgotten."""


class Doubt(NamedTuple):
    """A reason not to take what lies in a folder for what was last used there.

    Args:
        code: `older`, `plain` or `damaged`.
        happened: What was noticed, in a sentence.
        do: What to do, in a sentence.
    """

    code: str
    happened: str
    do: str

    @property
    def words(self) -> str:
        """Both sentences."""
        return f"{self.happened} {self.do}"


class _Mark(NamedTuple):
    """What was seen at a path of one copy of a register."""

    sealed: bool = False
    """Whether whatever stood there was encrypted."""
    at: int = 0
    lines: Mapping[str, int] | None = None
    newest: str = ""
    """The id of an operation of the last change made here."""
    damaged: bool = False
    """It was kept, and cannot be read."""


def doubts_of(store: Store) -> list[Doubt]:
    """What does not fit what this machine has seen of a register that was just opened."""
    mark = _read(store)
    found = []
    if mark.damaged:
        found.append(
            Doubt(
                DAMAGED,
                "What this machine had noted of the register is damaged, so an older or another "
                "one in its place would not be noticed.",
                "Look whether your last changes are there; from now on it is noted anew.",
            )
        )
    if mark.sealed and store.keys is None:
        found.append(
            Doubt(
                PLAIN,
                "This register was encrypted when it was last used here, and now it is not: "
                "another may have been put in its place.",
                "Write nothing into it before you know why; a backup or another copy has the "
                "encrypted one.",
            )
        )
    # Damage is told as such: what cannot be read is not older.
    lacking = 0 if store.warnings else _lacking(store, mark)
    if lacking:
        from senreg.models.days import shown_moment

        found.append(
            Doubt(
                OLDER,
                f"This file is older than what you used here on {shown_moment(mark.at)}: it lacks "
                f"{_changes(lacking)} made since.",
                "Sync it, or merge a bundle of another copy, which brings them back; a newer "
                "backup may hold them too.",
            )
        )
    return found


def after_merge(store: Store, doubts: list[Doubt]) -> list[Doubt]:
    """The doubts that are left once what other copies had was brought in.

    What could be done about an older file is done then: where the newest change made here is
    still not known, that is told once more, and not again at the next opening.
    """
    if not any(each.code == OLDER for each in doubts):
        return doubts
    mark = _read(store)
    left = [each for each in doubts if each.code != OLDER]
    if mark.newest and mark.newest not in store.known():
        left.append(
            Doubt(
                OLDER,
                "What you last wrote here before this file was put back is not in it yet.",
                "Another copy, or a newer backup, may hold it.",
            )
        )
    with suppress(OSError):
        _write(store, _Mark(mark.sealed, clock.milliseconds(), store.meta.included, mark.newest))
    return left


def keep(store: Store, *, newest: str = "", made: bool = False) -> None:
    """Remember what a register holds by now. Never raises.

    Args:
        store: The register, open or just closed.
        newest: The id of an operation made here last; empty for none.
        made: What stands there now is what is meant to: it was made here, or a person said so.
    """
    with suppress(OSError, ValueError):
        mark = _Mark() if made else _read(store)
        known, held = mark.lines or {}, store.meta.included
        behind = _lacking(store, mark) > 0
        now = _Mark(
            sealed=mark.sealed or store.keys is not None,
            at=mark.at if behind else clock.milliseconds(),
            lines={each: max(held.get(each, 0), known.get(each, 0)) for each in {**known, **held}},
            newest=mark.newest if behind or not newest else newest,
        )
        if (
            mark.damaged
            or now.lines != known
            or now.newest != mark.newest
            or now.sealed != mark.sealed
        ):
            _write(store, now)


def forget(folder: Path) -> None:
    """Forget what was seen in a folder, for a person had another put there. Never raises."""
    with suppress(OSError):
        _file(folder).unlink(missing_ok=True)


def _lacking(store: Store, mark: _Mark) -> int:
    """How many lines that were here once are not in the register now."""
    held = store.meta.included
    return sum(
        lines - held.get(opening, 0)
        for opening, lines in (mark.lines or {}).items()
        if lines > held.get(opening, 0)
    )


def _changes(count: int) -> str:
    return "1 saved change" if count == 1 else f"{count:,} saved changes"


def _read(store: Store) -> _Mark:
    """The mark at the path of a register; an empty one where there is none, or it is damaged."""
    try:
        stored = checked(orjson.loads(_file(store.folder).read_bytes()))
        of_copy: dict[str, Any] = stored["copies"].get(store.meta.copy) or {}
        lines = {str(each): int(count) for each, count in of_copy.get("lines", {}).items()}
        newest = str(of_copy.get("newest", ""))
        return _Mark(stored["sealed"] is True, int(of_copy.get("at", 0)), lines, newest)
    except OSError:
        return _Mark()
    except (ValueError, KeyError, TypeError, AttributeError):
        return _Mark(damaged=True)


def _write(store: Store, mark: _Mark) -> None:
    """Keep the mark of this copy alone: another register at its path has gone. Raises OSError."""
    of_copy = {"at": mark.at, "lines": mark.lines, "newest": mark.newest}
    file = _file(store.folder)
    if not file.exists():
        _forget_oldest(file.parent)
    beside = file.with_name(f"{file.name}.new-{os.getpid()}")
    seen = {"sealed": mark.sealed, "copies": {store.meta.copy: of_copy}}
    beside.write_bytes(orjson.dumps(with_digest(seen)))
    os.replace(beside, file)


def _forget_oldest(folder: Path) -> None:
    marks = [each for each in folder.iterdir() if each.name.startswith(_BEGINNING)]
    marks.sort(key=lambda each: each.stat().st_mtime_ns)
    for each in marks[: max(0, len(marks) - _MOST + 1)]:
        each.unlink()


def _file(folder: Path) -> Path:
    path = os.path.realpath(folder)
    named = blake2b(os.fsencode(path), digest_size=10).hexdigest()
    return state_folder() / f"{_BEGINNING}{named}.json"
