"""Where senreg keeps what belongs to the machine: settings and drafts, never the register."""

import os
from pathlib import Path


def settings_folder() -> Path:
    """The folder of this person's settings on this machine; SENREG_HOME moves it."""
    return _home("user_config_dir")


def state_folder() -> Path:
    """The folder of window state, drafts and the list of registers opened; SENREG_HOME moves it."""
    return _home("user_state_dir")


def _home(kind: str) -> Path:
    moved = os.environ.get("SENREG_HOME")
    if moved:
        folder = Path(moved)
    else:
        import platformdirs

        folder = Path(getattr(platformdirs, kind)("senreg", appauthor=False))
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
