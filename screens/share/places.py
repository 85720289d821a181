"""Where files go out to and come in from: the folder used last, and names by the date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from senreg.clock import today
from senreg.places import documents_folder, kind_of

if TYPE_CHECKING:
    from screens.app import SenregApp


def usual_folder(app: SenregApp) -> Path:
    """The folder a file was last chosen in on this machine, or the documents."""
    last = Path(app.settings.last_folder) if app.settings.last_folder else documents_folder()
    return last if kind_of(last) == "folder" else documents_folder()


def suggested(app: SenregApp, stem: str, ending: str) -> Path:
    """A file of today's that is not there yet: 'register-2026-11-27.xlsx'."""
    folder = usual_folder(app)
    number = 1
    while True:
        path = folder / f"{stem}-{today()}{f'-{number}' if number > 1 else ''}{ending}"
        if kind_of(path) == "nothing":
            return path
        number += 1


def remember_folder(app: SenregApp, path: Path) -> None:
    """Begin in this file's folder the next time."""
    app.settings.last_folder = str(path.parent)
    app.settings.save()
