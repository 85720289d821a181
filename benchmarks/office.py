"""LibreOffice without a window, where it is installed: what offices open such files with."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.workspace import Workspace

_FILTERS = {".xlsx": "xlsx:Calc MS Excel 2007 XML", ".pdf": "pdf"}


def office_is_there() -> bool:
    """Whether LibreOffice is installed."""
    return shutil.which("soffice") is not None


def opened_by_office(workspace: Workspace, files: list[Path], ending: str) -> float:
    """Seconds of LibreOffice opening files and saving each in a form, in one process.

    Raises RuntimeError where one of them was not saved.
    """
    out = workspace.fresh("office")
    # Its profile is kept between runs: the first one makes it, and only warms up.
    profile = (workspace.folder / "office-profile").as_uri()
    words = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to",
             _FILTERS[ending], "--outdir", str(out), *map(str, files)]  # fmt: skip
    seconds = workspace.seconds(words)
    saved = len(list(out.glob(f"*{ending}")))
    if saved != len(files):
        raise RuntimeError(f"LibreOffice saved {saved} of {len(files)} files.")
    return seconds
