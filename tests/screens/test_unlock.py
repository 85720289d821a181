"""A sealed register is unlocked: by passphrase, by recovery key, by keys and by mouse."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.vault.passphrase import PassphraseDialog
from screens.vault.unlock import Recover, Unlock
from screens.welcome.screen import Welcome
from screens.widgets.progress import Progress
from senreg.errors import Unfinished
from senreg.register import Register
from senreg.settings import NOT_OURS, Settings
from senreg.store.files import disk_refused
from senreg.vault import Seal
from tests.screens.conftest import LARGE, SMALL
from tests.screens.driving import Driver
from tests.screens.sealed import NEW, opened
from tests.store.sealing_keys import PASSPHRASE, RECOVERY_KEY


@asynccontextmanager
async def locked(
    folder: Path, size: tuple[int, int] = SMALL, doubt: str = ""
) -> AsyncIterator[Driver]:
    """The interface as it begins on a sealed register."""
    app = SenregApp(None, Settings(recent=[str(folder)], doubt=doubt), locked=folder)
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        yield driver
    if app.register is not None:
        app.register.close()


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 12)])
async def test_it_shows_the_name_of_the_register_and_nothing_else(sealed: Path, size) -> None:
    async with locked(sealed, size) as d:
        assert isinstance(d.screen, Unlock)
        assert d.shows("sealed.senreg")
        assert d.shows("Passphrase")
        assert d.shows("Enter Open")
        assert not d.shows("Hilltop")


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_passphrase_opens_it(sealed: Path, size, mouse: bool) -> None:
    async with locked(sealed, size) as d:
        await d.type(PASSPHRASE)
        assert not d.shows("barrack")
        await (d.click("Enter Open") if mouse else d.keys("enter"))
        assert d.app.register is not None
        assert d.app.register.sealed
        assert d.app.current_mode == "today"
        assert d.shows("Hilltop [/b] Junior School")
        assert d.app.settings.last_register == str(sealed)


@pytest.mark.parametrize("mouse", [False, True])
async def test_what_is_typed_can_be_seen(sealed: Path, mouse: bool) -> None:
    async with locked(sealed) as d:
        await d.type("tanned")
        await (d.click("F4 Show") if mouse else d.keys("f4"))
        assert d.shows("tanned")
        await d.keys("f4")
        assert not d.shows("tanned")


async def test_what_speaks_against_the_settings_is_told_once_it_is_open(sealed: Path) -> None:
    async with locked(sealed, doubt=NOT_OURS) as d:
        assert NOT_OURS not in d.toasts
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert NOT_OURS in d.toasts


async def test_a_wrong_passphrase_is_one_sentence_and_typed_again(sealed: Path) -> None:
    async with locked(sealed) as d:
        await d.keys("enter")
        assert d.shows("Type the passphrase")
        await d.type("something else")
        await d.keys("enter")
        assert isinstance(d.screen, Unlock)
        assert d.shows("That passphrase does not open this register.")
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert d.app.register is not None


async def test_leaving_it_goes_to_the_other_registers(sealed: Path) -> None:
    async with locked(sealed) as d:
        await d.keys("escape")
        assert isinstance(d.screen, Welcome)
        await d.click("sealed.senreg")
        assert isinstance(d.screen, Unlock)
        await d.click("Esc Leave")
        assert isinstance(d.screen, Welcome)
        await d.keys("o", "ctrl+u")
        await d.type(str(sealed))
        await d.keys("enter")
        assert isinstance(d.screen, Unlock)
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert d.shows("Hilltop")


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_recovery_key_opens_it_and_a_new_passphrase_is_set(
    sealed: Path, mouse: bool
) -> None:
    async with locked(sealed) as d:
        await (d.click("F3 Recovery key") if mouse else d.keys("f3"))
        assert isinstance(d.screen, Recover)
        await d.type(RECOVERY_KEY[:-1] + ("a" if RECOVERY_KEY[-1] != "a" else "b"))
        await d.keys("enter")
        assert d.shows("mistyped")
        await d.type(RECOVERY_KEY.replace("-", " ").upper())
        await (d.click("Enter Open") if mouse else d.keys("enter"))
        assert isinstance(d.screen, PassphraseDialog)
        assert not d.shows("F6 Plain")
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await (d.click("Enter Go on") if mouse else d.keys("enter"))
        assert d.app.register is not None
        assert d.shows("Hilltop")
    opened(sealed, NEW).close()


async def test_without_a_new_passphrase_it_stays_locked(sealed: Path) -> None:
    async with locked(sealed) as d:
        await d.keys("f3")
        await d.type(RECOVERY_KEY)
        await d.keys("enter", "escape")
        assert isinstance(d.screen, Recover)
        assert d.shows("stays locked")
        await d.keys("escape", "escape")
        assert isinstance(d.screen, Welcome)
        assert d.app.register is None
    opened(sealed).close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("late", [False, True])
async def test_where_the_disk_refuses_the_new_passphrase_it_is_locked_again_and_told(
    sealed: Path, monkeypatch, late: bool, size
) -> None:
    refusal = disk_refused(OSError(28, "No space left on device"))

    def refuse(register: Register, passphrase: str) -> None:
        if late:
            raise Unfinished(refusal.happened, safe="Only the new one opens it.", do=refusal.do)
        raise refusal

    asked: list[Register] = []
    close = Register.close
    monkeypatch.setattr(Register, "change_passphrase", refuse)
    monkeypatch.setattr(Register, "close", lambda each: (asked.append(each), close(each)))
    async with locked(sealed, size) as d:
        await d.keys("f3")
        await d.type(RECOVERY_KEY)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        assert isinstance(d.screen, Recover)
        assert d.shows("No space left on device")
        assert d.shows("opens it." if late else "was not saved.")
        assert d.shows("locked again")
        assert len(asked) == 1
        assert d.app.register is None
        await d.keys("escape", "escape")
        assert isinstance(d.screen, Welcome)
    opened(sealed).close()


async def test_with_the_key_files_gone_the_recovery_key_is_asked_for(sealed: Path) -> None:
    for name in ("keys.json", "keys.json.bak"):
        (sealed / name).unlink()
    async with locked(sealed) as d:
        await d.keys("escape", "o", "ctrl+u")
        await d.type(str(sealed))
        await d.keys("enter")
        assert isinstance(d.screen, Unlock)
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert d.shows("The key file of this register is gone.")
        await d.keys("f3")
        await d.type(RECOVERY_KEY)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        assert d.app.register is not None
    opened(sealed, NEW).close()


async def test_a_change_of_keys_that_was_interrupted_shows_how_far_it_has_come(
    sealed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_files) -> None:
        refusal = OSError(28, "No space left on device")
        raise disk_refused(refusal) from refusal

    with monkeypatch.context() as small, opened(sealed) as register:
        small.setattr("senreg.store.rekeying.Backups.renew", full)
        with pytest.raises(Unfinished):
            register.protect(Seal(NEW, RECOVERY_KEY))
    told: list[tuple[int, int, str]] = []
    show = Progress.show

    def seen(progress: Progress, done: int, total: int, words: str = "") -> None:
        told.append((done, total, words))
        show(progress, done, total, words)

    monkeypatch.setattr(Progress, "show", seen)
    async with locked(sealed) as d:
        await d.type(NEW)
        await d.keys("enter")
        assert d.app.register is not None
        assert not d.app.register.read_only
    steps = [(done, total) for done, total, words in told if "was interrupted" in words]
    total = steps[-1][1]
    assert total >= 3
    assert steps == [(done, total) for done in range(total + 1)]
