"""Putting a bundle on the disk, what went into it, and what is said of one that cannot be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from senreg.errors import CannotWrite, SenregError, Unreadable
from senreg.store.files import Files
from senreg.store.journal import Commit
from senreg.store.operations import HEADER_KEYS, new_id


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """What went into a bundle."""

    path: Path
    operations: int
    records: int
    size: int
    """Bytes of the file."""
    lost: int = 0
    """Changes that are in the records and, because the journal lost them, not in the bundle."""

    @classmethod
    def of(cls, path: Path, commits: list[Commit], size: int, lost: int = 0) -> BundleSummary:
        """What went into a bundle of these commits."""
        operations = [operation for each in commits for operation in each["ops"]]
        records = {(operation["table"], operation["record"]) for operation in operations}
        return cls(path, len(operations), len(records), size, lost)


def write(path: Path, data: bytes) -> None:
    """Put a bundle in its place, whole or not at all. Raises CannotWrite."""
    files = Files()
    beside = path.with_name(f"{path.name}.{new_id()}")
    try:
        files.write_whole(beside, data)
        files.replace(beside, path)
    except OSError as refusal:
        beside.unlink(missing_ok=True)
        raise CannotWrite(
            f"The bundle could not be written: {refusal.strerror or 'unknown reason'}.",
            safe="The register is as it was.",
            do="Choose another place, or make room there.",
        ) from refusal


def unknown_pack() -> SenregError:
    """What is told of what comes back from a pack that another copy of the register made."""
    return SenregError(
        "That comes from a staff pack of which this copy does not know.",
        do="First merge a bundle of the copy that made the pack.",
    )


def damaged() -> Unreadable:
    """A byte of it was changed, or some are missing."""
    return Unreadable(
        "That bundle is damaged or was not copied whole.", do="Copy it again, or ask for a new one."
    )


def newer() -> Unreadable:
    """It holds what this version may not understand."""
    return Unreadable(
        "That bundle was made by a newer version of senreg.",
        do="Install that version here, or ask for a bundle made by this one.",
    )


def too_large() -> Unreadable:
    """It is, or says that it is, beyond what is ever unpacked."""
    return Unreadable(
        "That bundle is larger than any register senreg makes.", do="Ask who made it what it is."
    )


def contents(path: Path, most: int) -> bytes:
    """The bytes of a file that has at most so many. Raises Unreadable."""
    try:
        if path.stat().st_size > most:
            raise too_large()
        return path.read_bytes()
    except OSError as refusal:
        raise Unreadable(
            f"That file cannot be read: {refusal.strerror or 'unknown reason'}.",
            do="Check its name and that it is there.",
        ) from refusal


def portable(commit: Commit) -> Commit:
    """A commit as it goes into a bundle."""
    kept = (*HEADER_KEYS, "label", "kind", "of", "schema", "ops")
    return {key: commit[key] for key in kept if key in commit}
