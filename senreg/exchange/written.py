"""Files handed out to the user: whole and in their place, or not there at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from pathlib import Path

from senreg.errors import CannotWrite
from senreg.store.files import Files


def write_out(path: Path, chunks: Iterable[bytes], files: Files | None = None) -> None:
    """Write a file beside its place and put it there in one step.

    Args:
        path: Where the file goes; its folder must be there. An older file is replaced.
        chunks: The bytes of the file, a piece at a time.
        files: The calls by which the disk is touched.

    Raises:
        CannotWrite: The place is no place for a file or the disk refused. The older file
            is as it was.
    """
    files = files or Files()
    _refuse_bad_place(path)
    beside = path.with_name(f".senreg-{secrets.token_hex(6)}.new")
    try:
        try:
            descriptor = files.create(beside)
            try:
                for chunk in chunks:
                    files.append(descriptor, chunk)
                files.sync(descriptor)
            finally:
                files.close(descriptor)
            files.replace(beside, path)
        finally:
            beside.unlink(missing_ok=True)
    except PermissionError:
        raise CannotWrite(
            "The file could not be written: it is open in another program, or this folder may "
            "not be written to.",
            do="Close it there and try again, or choose another name or folder.",
        ) from None
    except OSError as refusal:
        raise CannotWrite(
            f"The file could not be written: {refusal.strerror or 'the disk refused it'}.",
            do="Choose another name or folder.",
        ) from None


def _refuse_bad_place(path: Path) -> None:
    if path.is_dir():
        raise CannotWrite("That name is a folder, not a file.", do="Add a file name to it.")
    if not path.parent.is_dir():
        raise CannotWrite(
            "The folder for this file is not there.", do="Make the folder, or choose another."
        )
    inside = path.absolute().parents
    if any(folder.suffix == ".senreg" or (folder / "register.json").exists() for folder in inside):
        raise CannotWrite(
            "That place is inside a register, where only senreg's own files belong.",
            do="Choose a folder outside it.",
        )
