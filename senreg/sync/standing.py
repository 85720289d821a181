"""How a register stands with its other copies, in a few figures that are quick to have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from senreg.errors import SenregError
from senreg.register import Register
from senreg.rules.naming import staff_named
from senreg.sync.copies import LONG_DAYS, Copy, Remembered, lines_of, remembered
from senreg.sync.folder import new_files, waiting

__all__ = ["LONG_DAYS", "Met", "Standing", "Waiting", "copies_met", "standing", "what_waits"]


@dataclass(frozen=True, slots=True)
class Standing:
    """What this machine remembers, and what was saved here since.

    Args:
        folder: The sync folder; None where there is none.
        at: When it was last synced, in milliseconds since 1970; 0 for never.
        long_ago: That is more than a week ago.
        saved_since: How often something was saved here since then.
        copies: The other copies that were met, the one last seen first.
    """

    folder: Path | None
    at: int
    long_ago: bool
    saved_since: int
    copies: list[Copy]


@dataclass(frozen=True, slots=True)
class Waiting:
    """What stands in the sync folder and was not brought in yet.

    Args:
        files: How many files; of those that can be read, `edits` tells.
        edits: By copy, how many of its edits.
        away: Why the folder could not be looked into; empty where it could.
    """

    files: int = 0
    edits: dict[str, int] | None = None
    away: str = ""

    @property
    def count(self) -> int:
        """All edits that wait."""
        return sum((self.edits or {}).values())


def standing(register: Register) -> Standing:
    """How a register stands; one small file of this machine is read."""
    known: Remembered = remembered(register.copy_id)
    copies = sorted(known.copies.values(), key=lambda each: (-each.at, each.id))
    since = max(0, lines_of(register) - known.lines) if known.at else 0
    folder = Path(known.folder) if known.folder else None
    return Standing(folder, known.at, known.long_ago, since, copies)


@dataclass(frozen=True, slots=True)
class Met:
    """Another copy, as somebody reads of it.

    Args:
        id: The copy's.
        whose: Who worked there last, as people say it.
        machine: The computer it is on.
        at: When it was last seen, in milliseconds since 1970; 0 for never.
        came: How many of its edits came last.
        waits: How many of its edits wait in the sync folder.
    """

    id: str
    whose: str
    machine: str
    at: int
    came: int = 0
    waits: int = 0


NOT_KNOWN = "not known"


def copies_met(register: Register, edits: Mapping[str, int]) -> list[Met]:
    """The other copies, the one last seen first; then those of which only edits wait.

    Args:
        register: The register.
        edits: By copy, how many of its edits wait.
    """
    found = [
        Met(
            each.id,
            staff_named(each.by, register.get) or NOT_KNOWN,
            each.machine or NOT_KNOWN,
            each.at,
            each.came,
            edits.get(each.id, 0),
        )
        for each in standing(register).copies
    ]
    known = {each.id for each in found} | {register.copy_id}
    new = [(copy, count) for copy, count in edits.items() if copy not in known]
    return [*found, *(Met(copy, NOT_KNOWN, NOT_KNOWN, 0, waits=count) for copy, count in new)]


def what_waits(register: Register, *, edits: bool) -> Waiting:
    """What waits in the sync folder. It may take seconds: call it on a thread.

    Args:
        register: The register.
        edits: Whether new files are read to tell whose edits, and how many; else they are
            only counted.
    """
    if not remembered(register.copy_id).folder:
        return Waiting()
    try:
        files = new_files(register)
        return Waiting(files, waiting(register) if edits and files else {})
    except SenregError as error:
        return Waiting(away=error.happened)
