"""The terminal interface, opened on a register or on the first-run page."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from senreg.cli.opening import attribute
from senreg.cli.unlocking import passphrase_given, unlocked
from senreg.errors import Locked, WrongUsage
from senreg.settings import Settings

if TYPE_CHECKING:
    from senreg.register import Register


def open_interface(path: Path | None) -> int:
    """Run the terminal interface.

    Args:
        path: The register's folder; None to begin with the page that makes or finds one. So
            does the register last opened where it is not there any more. A sealed one is
            unlocked there.

    Returns:
        The exit code of the process.

    Raises:
        WrongUsage: there is no terminal to show it in.
        SenregError: the register cannot be opened.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WrongUsage(
            "The interface needs a terminal to be shown in.",
            do="`senreg help` lists the commands that work without one.",
        )
    settings = Settings.load()
    gone = path is not None and not path.exists() and str(path.resolve()) == settings.last_register
    register, locked = None, None
    if path is not None and not gone:
        try:
            register = _opened(path)
        except Locked:
            locked = path
        else:
            attribute(register, None)
            settings.opened(path)
            settings.save()
    from screens.app import SenregApp

    app = SenregApp(register, settings, locked=locked)
    if gone:
        app.greeting = f"The register last opened is not there any more: {path}"
    try:
        code = app.run()
    finally:
        if app.register is not None:
            app.register.close()
    return app.return_code or 0 if code is None else code


def _opened(path: Path) -> Register:
    """The register, unlocked where SENREG_PASSPHRASE_FILE holds its passphrase. Raises Locked."""
    from senreg.register import Register
    from senreg.store.files import Files
    from senreg.store.unlocking import asks_for_keys, folder_of

    given = passphrase_given()
    if given is None or not asks_for_keys(Files(), folder_of(path)):
        return Register.open(path)
    # Deriving the key keeps the processor busy and Python idle: the screens are loaded meanwhile.
    ahead = Thread(target=import_module, args=("screens.app",), daemon=True)
    ahead.start()
    try:
        return Register.open(path, unlock=unlocked(path, given))
    finally:
        ahead.join()
