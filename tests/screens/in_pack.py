"""The interface on an open staff pack."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from screens.app import SenregApp
from senreg.register import Register
from senreg.settings import Settings
from senreg.vault import unlock
from tests.screens.conftest import SMALL
from tests.screens.driving import Driver

WORDS = "kettle orbit velvet hammock prune"


@asynccontextmanager
async def in_pack(
    folder: Path, size: tuple[int, int] = SMALL, start: str = "register"
) -> AsyncIterator[Driver]:
    """The interface on an open pack."""
    register = Register.open(folder, unlock=unlock(folder, WORDS))
    app = SenregApp(register, Settings(), start=start)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
    register.close()
