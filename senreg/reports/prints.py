"""Where papers go unless another place is chosen, and what their files are called."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from senreg.errors import CannotWrite
from senreg.reports.definitions import PAPERS


def prints_folder() -> Path:
    """The folder papers go to unless another is chosen; it is made where it is missing.

    It lies among the user's own documents; SENREG_HOME moves it.

    Raises:
        CannotWrite: It cannot be made.
    """
    moved = os.environ.get("SENREG_HOME")
    if moved:
        folder = Path(moved) / "prints"
    else:
        import platformdirs

        folder = Path(platformdirs.user_documents_dir()) / "senreg prints"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refusal:
        raise CannotWrite(
            f"The folder for prints could not be made: {refusal.strerror or 'the disk refused'}.",
            do="Choose another folder.",
        ) from None
    return folder


def free_path(name: str, today: date, folder: Path) -> Path:
    """A file name for a paper that no file of the folder has: 'class-sheet-2026-11-22-1.html'.

    Names of people and classes stay out of it: file names are seen, synced and remembered
    where the paper itself is not.
    """
    return unused(f"{PAPERS[name].file_stem}-{today.isoformat()}", folder)


def unused(stem: str, folder: Path, ending: str = ".html") -> Path:
    """A file name that no file of the folder has: the stem, and a number."""
    taken = {each.name.casefold() for each in folder.iterdir()} if folder.is_dir() else set()
    number = 1
    while f"{stem}-{number}{ending}" in taken:
        number += 1
    return folder / f"{stem}-{number}{ending}"
