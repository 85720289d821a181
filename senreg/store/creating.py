"""The folder of a new register: empty before, and as before where making it fails."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from senreg.errors import Unreadable
from senreg.store.files import Files, disk_refused


def prepare(files: Files, folder: Path) -> None:
    """Make a folder for a register, or take an empty one.

    Raises:
        Unreadable: Something is there already.
        CannotWrite: The disk refuses.
    """
    try:
        refuse_taken(folder, files)
        files.make_folder(folder)
    except OSError as refusal:
        raise disk_refused(refusal) from refusal


def refuse_taken(folder: Path, files: Files | None = None) -> None:
    """Raise Unreadable where a new register cannot be put: there is something already."""
    if (files or Files()).names(folder):
        raise Unreadable("There is already something in that folder.", do="Choose a new folder.")
    if folder.exists() and not folder.is_dir():
        raise Unreadable("There is a file of that name.", do="Choose a new folder.")


@contextmanager
def whole_or_gone(folder: Path) -> Iterator[None]:
    """A block that makes a register: what it leaves half made in the folder is removed.

    What was in the folder before is not touched.
    """
    new = not folder.exists()
    ours = new or (folder.is_dir() and not any(folder.iterdir()))
    try:
        yield
    except BaseException:
        if ours:
            shutil.rmtree(folder, ignore_errors=True)
            if not new:
                folder.mkdir(mode=0o700, exist_ok=True)
        raise
