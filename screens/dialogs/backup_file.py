"""Asking which backup is meant, wherever one is gone back to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from screens.dialogs.path import PathDialog
from screens.share.places import usual_folder

if TYPE_CHECKING:
    from screens.app import SenregApp

ENDING = ".senreg-backup"


def ask_for_backup_file(
    app: SenregApp, title: str, said: str, chosen: Callable[[Path], object]
) -> None:
    """Ask for a backup on the disk, and call `chosen` with it unless the question is left."""

    def answered(path: Path | None) -> None:
        if path is not None:
            chosen(path)

    app.push_screen(
        PathDialog(
            title,
            wants="file",
            start=usual_folder(app),
            endings=(ENDING,),
            said=said,
            words="Look at it",
        ),
        answered,
    )
