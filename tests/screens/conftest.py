"""A small invented school, and the interface opened on it without a terminal."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import time_machine

from screens.app import SenregApp
from senreg.register import Register
from senreg.settings import Settings
from tests.screens.driving import Driver
from tests.screens.school import make_school
from tests.screens.sealed import cheap_keys, sealed

__all__ = ["cheap_keys", "sealed"]

Running = Callable[..., AbstractAsyncContextManager[Driver]]

SMALL = (80, 24)
LARGE = (160, 50)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings and drafts of their own for every test; nothing of the developer's environment."""
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    for name in ("SENREG_PERSON", "SENREG_REGISTER", "NO_COLOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits for a person to rest happens at once, so that no test has to wait."""
    monkeypatch.setattr("screens.register.screen.REST", 0.001)
    monkeypatch.setattr("screens.narrowing.REST", 0.001)
    monkeypatch.setattr("screens.today.screen.FIRST_REST", 0.001)
    monkeypatch.setattr("screens.today.screen.REST", 0.001)
    monkeypatch.setattr("screens.dialogs.find.WAIT", 0.001)


@pytest.fixture(autouse=True)
def one_day() -> Iterator[Callable[[float], None]]:
    """It is Friday 27 November 2026; time goes on, so that timers run."""
    with time_machine.travel("2026-11-27 09:30:00+00:00", tick=True) as traveller:
        yield traveller.shift


@pytest.fixture
def time_goes_on(one_day: Callable[[float], None]) -> Callable[[float], None]:
    """Lets so many seconds pass."""
    return one_day


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """A register of a handful of children with awkward names."""
    with make_school(tmp_path / "school.senreg") as opened:
        yield opened


@pytest.fixture
def running(register: Register) -> Running:
    """Runs the interface on the register: `async with running(size=SMALL) as d`."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = SMALL,
        start: str = "register",
        opened: Register | None = register,
        settings: Settings | None = None,
    ) -> AsyncIterator[Driver]:
        app = SenregApp(opened, settings or Settings(), start=start)
        async with app.run_test(size=size, notifications=True) as pilot:
            driver = Driver(app, pilot)
            await driver.settle()
            yield driver

    return run
