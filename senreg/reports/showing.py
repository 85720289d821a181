"""Papers shown in the programs of the computer: the browser, a word processor, a reader."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import webbrowser
from pathlib import Path

from senreg.reports.definitions import PAGE_ENDINGS


def open_in_browser(path: Path) -> bool:
    """Show a paper in the user's own browser; whether one was started.

    A browser that would run inside the terminal is not started: senreg is there.
    """
    address = path.resolve().as_uri()
    try:
        if platform.system() in ("Windows", "Darwin"):
            return webbrowser.open(address)
        return _open_quietly(address)
    except (OSError, webbrowser.Error):
        return False


def open_file(path: Path) -> bool:
    """Show a paper in the browser, or a document in the program this computer opens it with."""
    if path.suffix.lower() in PAGE_ENDINGS:
        return open_in_browser(path)
    try:
        if platform.system() == "Windows":
            return webbrowser.open(path.resolve().as_uri())
        opener = "open" if platform.system() == "Darwin" else "xdg-open"
        return _start(opener, str(path.resolve()))
    except OSError:
        return False


def _open_quietly(address: str) -> bool:
    """Show an address without the browser's own messages coming up in the terminal."""
    if "BROWSER" in os.environ:
        return webbrowser.open(address)
    return _start("xdg-open", address)


def _start(opener: str, what: str) -> bool:
    """Start the system's opener; xdg-open without a desktop would take the terminal."""
    found = shutil.which(opener)
    desktop = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if found is None or (opener == "xdg-open" and not desktop):
        return False
    subprocess.Popen(  # noqa: S603 - the system's own opener, on a file senreg has just written
        [found, what],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    return True
