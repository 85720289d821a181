"""The interface is begun on a register, or before one that is to be unlocked."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.app import SenregApp
from senreg.cli.interface import open_interface
from senreg.register import Register
from senreg.settings import Settings
from senreg.store.folder import Store
from tests.store.sealing_keys import PASSPHRASE, fresh_keys


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[SenregApp]:
    """The apps that were run, none of them shown."""
    apps: list[SenregApp] = []
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)

    def run(app: SenregApp) -> None:
        apps.append(app)

    monkeypatch.setattr(SenregApp, "run", run)
    return apps


def test_a_sealed_register_is_unlocked_first(begun: list[SenregApp], tmp_path: Path) -> None:
    folder = tmp_path / "sealed.senreg"
    Store.create(folder, keys=fresh_keys()).close()
    assert open_interface(folder) == 0
    (app,) = begun
    assert app.register is None
    assert app._locked == folder
    assert Settings.load().last_register == ""


@pytest.mark.parametrize("right", [True, False])
def test_the_file_of_the_environment_unlocks_it_or_it_is_asked_for(
    begun: list[SenregApp], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, right: bool
) -> None:
    folder, secret = tmp_path / "sealed.senreg", tmp_path / "secret"
    Store.create(folder, keys=fresh_keys()).close()
    secret.write_text(PASSPHRASE if right else "something else", encoding="utf-8")
    monkeypatch.setenv("SENREG_PASSPHRASE_FILE", str(secret))
    assert open_interface(folder) == 0
    (app,) = begun
    assert (app.register is not None) == right
    assert (app._locked == folder) != right


def test_a_plain_register_is_opened(begun: list[SenregApp], tmp_path: Path) -> None:
    folder = tmp_path / "plain.senreg"
    Register.create(folder, "Hill School").close()
    assert open_interface(folder) == 0
    (app,) = begun
    assert app.register is not None
    assert app._locked is None
    assert Settings.load().last_register == str(folder)
