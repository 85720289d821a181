"""Where files go out to and come in from: the folder used last, and names by the date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from senreg.clock import today
from senreg.places import documents_folder, kind_of

if TYPE_CHECKING:
    from datetime import date

    from screens.app import SenregApp


def usual_folder(app: SenregApp) -> Path:
    """The folder a file was last chosen in on this machine, or the documents."""
    last = Path(app.settings.last_folder) if app.settings.last_folder else documents_folder()
    return last if kind_of(last) == "folder" else documents_folder()


def suggested(app: SenregApp, stem: str, ending: str, until: date | None = None) -> Path:
    """A file of today's that is not there yet: 'register-2026-11-27.xlsx'.

    Args:
        app: The application.
        stem: How the name begins.
        ending: How it ends.
        until: The day after which the file is to be deleted, for one that can say so nowhere else:
            'pupils-2026-11-27-delete-after-2026-12-18.csv'.
    """
    folder = usual_folder(app)
    made = f"{stem}-{today()}" + (f"-delete-after-{until}" if until else "")
    number = 1
    while True:
        path = folder / f"{made}{f'-{number}' if number > 1 else ''}{ending}"
        if kind_of(path) == "nothing":
            return path
        number += 1


def remember_folder(app: SenregApp, path: Path) -> None:
    """Begin in this file's folder the next time."""
    app.settings.last_folder = str(path.parent)
    app.settings.save()
