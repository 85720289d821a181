"""In a quiet minute the journal comes into the snapshot, and a long one does at once."""

from collections.abc import Callable

import pytest

from screens.app import SenregApp
from senreg.register import Register
from tests.screens.conftest import Running

Shift = Callable[[float], None]


def add(register: Register, surname: str) -> None:
    with register.commit("Add") as c:
        c.add("pupils", {"surname": surname, "forename": "Łukasz"})


async def rested(app: SenregApp) -> None:
    await app.workers.wait_for_complete(
        [each for each in app.workers if each.group == "rest"] or None
    )


async def test_a_quiet_minute_brings_the_register_to_rest(
    running: Running, register: Register, one_day: Shift
) -> None:
    async with running() as d:
        add(register, "O'Neill")
        d.app.look_outside()
        assert register.wants_rest, "somebody is still typing"
        one_day(70)
        d.app.look_outside()
        await rested(d.app)
        assert not register.wants_rest
        written = (register.path / "register.json").stat().st_mtime_ns
        d.app.look_outside()
        await rested(d.app)
        assert (register.path / "register.json").stat().st_mtime_ns == written


async def test_a_long_journal_comes_to_rest_aside(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as d:
        monkeypatch.setattr("senreg.store.resting._SNAPSHOT_PAST_BYTES", 2_000)
        for surname in ("O'Neill", "Nwosu", "Begum", "Łukasz"):
            add(register, surname * 50)
        await d.settle()
        await rested(d.app)
        assert not register.store.is_long
        assert register.store._generation
