"""Putting a bundle on the disk, and what is said of one that cannot be used."""

from __future__ import annotations

from pathlib import Path

from senreg.errors import CannotWrite, Unreadable
from senreg.store.files import Files
from senreg.store.operations import new_id


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
