"""A sealed register for the tests of screens, and what is typed to open it."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.register import Register
from senreg.vault import OpenKeys, Seal, unlock
from tests.screens.driving import Driver
from tests.screens.school import make_school
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY

SEAL = Seal(PASSPHRASE, RECOVERY_KEY)
NEW = "plinth uncombed mooing starry quarrel"


@pytest.fixture(autouse=True)
def cheap_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys are made at the least cost: what they protect here is invented."""
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
    monkeypatch.setattr("screens.vault.passphrase.REST", 0.001)


@pytest.fixture
def sealed(tmp_path: Path, cheap_keys: None) -> Path:
    """A closed register that PASSPHRASE opens."""
    folder = tmp_path / "sealed.senreg"
    with make_school(folder) as made:
        made.protect(SEAL)
    return folder


def keys_of(folder: Path, passphrase: str = PASSPHRASE) -> OpenKeys:
    """What opens it."""
    return unlock(folder, passphrase)


def opened(folder: Path, passphrase: str = PASSPHRASE) -> Register:
    """It, open."""
    return Register.open(folder, unlock=keys_of(folder, passphrase))


async def keep_plain(d: Driver, *, mouse: bool = False) -> None:
    """Answer the question for a passphrase: there is to be none."""
    await (d.click("F6 Plain") if mouse else d.keys("f6"))
    await (d.click("n Keep it plain") if mouse else d.keys("n"))


async def protect(d: Driver, passphrase: str = "", *, mouse: bool = False) -> tuple[str, str]:
    """Choose a passphrase, or take the words that are offered, and test the recovery key.

    Returns:
        What opens the register from now on: the passphrase and the recovery key.
    """
    chosen = passphrase or d.screen._words  # type: ignore[attr-defined]
    if passphrase:
        await d.type(passphrase)
    await (d.click("Enter Go on") if mouse else d.keys("enter"))
    await d.type(chosen)
    await (d.click("Enter Go on") if mouse else d.keys("enter"))
    key: str = d.screen._key  # type: ignore[attr-defined]
    await (d.click("Enter I have it on paper") if mouse else d.keys("enter"))
    await d.type("".join(key.split("-")[-2:]).upper())
    await (d.click("Enter Go on") if mouse else d.keys("enter"))
    return chosen, key
