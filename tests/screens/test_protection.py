"""Settings, Protection: the passphrase changed, new keys, a plain register sealed, two papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.forms.form import Form
from screens.settings.protection import OldPassphrase
from screens.settings.screen import Settings
from screens.vault.passphrase import PassphraseDialog
from screens.vault.recovery import RecoveryKeyDialog
from senreg.errors import Locked
from senreg.register import Register
from senreg.settings import Settings as Machine
from senreg.vault import is_sealed, unlock_with_recovery
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.sealed import NEW, opened, protect
from tests.screens.test_locking import unlocked
from tests.store.sealing_keys import PASSPHRASE, RECOVERY_KEY

SIZES = [SMALL, LARGE]


async def choose(d: Driver, command: str, words: str, *, mouse: bool) -> None:
    """Choose a setting, by keys or with the mouse."""
    await d.keys("9")
    assert isinstance(d.screen, Settings)
    d.screen.menu.go_to(command)
    await d.settle()
    await (d.click(words, nth=-1) if mouse else d.keys("enter"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mouse", [False, True])
async def test_the_passphrase_is_changed_once_the_old_one_was_typed(
    sealed: Path, size, mouse: bool
) -> None:
    async with unlocked(sealed, size) as d:
        await choose(d, "change_passphrase", "Change the passphrase", mouse=mouse)
        assert isinstance(d.screen, OldPassphrase)
        await d.type("not this one")
        await d.keys("enter")
        assert d.shows("does not open this register")
        await d.type(PASSPHRASE)
        await (d.click("Enter Go on") if mouse else d.keys("enter"))
        assert isinstance(d.screen, PassphraseDialog)
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        assert isinstance(d.screen, Settings)
        assert "The new passphrase opens the register from now on." in d.toasts
    opened(sealed, NEW).close()
    with pytest.raises(Locked):
        opened(sealed)
    assert unlock_with_recovery(sealed, RECOVERY_KEY)


async def test_changing_can_be_left_half_way(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        for keys in (("escape",), (*_keys(PASSPHRASE), "enter", "escape")):
            await choose(d, "change_passphrase", "", mouse=False)
            await d.keys(*keys)
            assert isinstance(d.screen, Settings)
    opened(sealed).close()


def _keys(text: str) -> list[str]:
    return ["space" if each == " " else each for each in text]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_new_key_shuts_out_the_old_passphrase_and_the_old_sheet(
    sealed: Path, size, mouse: bool
) -> None:
    async with unlocked(sealed, size) as d:
        await choose(d, "new_key", "New key", mouse=mouse)
        assert d.shows("join anew")
        assert d.shows("goes on with it the next time")
        await (d.click("Enter Begin") if mouse else d.keys("enter"))
        _, key = await protect(d, NEW, mouse=mouse)
        assert isinstance(d.screen, Settings)
        assert any("has a new key" in each for each in d.toasts)
        assert d.app.register is not None
        with d.app.register.commit("Go on") as c:
            c.set("sam", class_name="5X")
    for bad in (lambda: opened(sealed), lambda: unlock_with_recovery(sealed, RECOVERY_KEY)):
        with pytest.raises(Locked):
            bad()
    with opened(sealed, NEW) as register:
        assert register.get("sam")["class_name"] == "5X"
    assert unlock_with_recovery(sealed, key)


async def test_a_new_key_can_be_left_half_way(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        await choose(d, "new_key", "", mouse=False)
        await d.keys("escape")
        assert isinstance(d.screen, Settings)
        await choose(d, "new_key", "", mouse=False)
        await d.keys("enter", "enter")
        await d.type(d.screen._words)  # type: ignore[attr-defined]
        await d.keys("enter")
        assert isinstance(d.screen, RecoveryKeyDialog)
        await d.keys("escape")
        assert isinstance(d.screen, Settings)
    opened(sealed).close()


async def test_a_form_that_covers_the_page_says_that_the_register_is_plain(
    running: Running, register: Register
) -> None:
    async with running(size=(80, 24), start="register") as d:
        await d.keys("n")
        assert isinstance(d.screen, Form)
        assert not d.shows("Plain: not encrypted"), "nobody in it is real"
    register.store.meta.invented = False
    async with running(size=(80, 24), start="register") as d:
        assert d.shows("Plain: not encrypted")
        for key in ("n", "question_mark"):
            await d.keys(key)
            assert d.shows("Plain: not encrypted")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_plain_register_is_encrypted_where_it_is(
    running: Running, register: Register, size, mouse: bool
) -> None:
    async with running(size=size) as d:
        await choose(d, "encrypt", "Encrypt this register", mouse=mouse)
        await (d.click("Enter Begin") if mouse else d.keys("enter"))
        assert not d.shows("F6 Plain")
        await d.keys("f6")
        assert isinstance(d.screen, PassphraseDialog)
        words, _ = await protect(d, mouse=mouse)
        assert register.sealed
        assert any("is encrypted" in each for each in d.toasts)
        assert d.shows("Change the passphrase")
    assert is_sealed(register.path)
    register.close()
    with opened(register.path, words) as again:
        assert again.count("pupils") == 5
    assert b"Neil" not in b"".join(
        each.read_bytes() for each in register.path.rglob("*") if each.is_file()
    )


async def test_a_register_for_reading_is_not_changed(sealed: Path) -> None:
    async with unlocked(sealed) as d:
        assert d.app.register is not None
        d.app.register.store.read_only = True
        await choose(d, "new_key", "", mouse=False)
        assert isinstance(d.screen, Settings)
        assert "This register is open for reading only." in d.toasts


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_minutes_are_chosen_and_kept(running: Running, mouse: bool) -> None:
    async with running() as d:
        await choose(d, "lock_minutes", "Lock when idle", mouse=mouse)
        assert d.shows("› 5 minutes")
        if mouse:
            await d.click("7 minutes", times=2)
        else:
            await d.keys("down", "down", "enter")
        assert d.shows("7 minutes without a key")
        assert Machine.load().lock_minutes == 7


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_handover_page_says_who_holds_the_key(
    running: Running, tmp_path: Path, mouse: bool
) -> None:
    async with running(size=LARGE) as d:
        await choose(d, "print_handover", "Handover page", mouse=mouse)
        await d.type("Mrs Hill [/b], in the safe")
        await (d.click("Ctrl+S Go on") if mouse else d.keys("ctrl+s"))
        assert d.shows("Handing the register over")
        await (d.click("s Keep only") if mouse else d.keys("s"))
        (page,) = (tmp_path / "home" / "prints").iterdir()
        assert page.name == "handover-2026-11-27-1.html"
        assert "Mrs Hill [/b], in the safe" in page.read_text(encoding="utf-8")


async def test_the_handover_page_can_be_left(running: Running) -> None:
    async with running() as d:
        await choose(d, "print_handover", "", mouse=False)
        await d.keys("escape")
        assert isinstance(d.screen, Settings)


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_lost_laptop_sheet_counts_what_was_on_it(
    sealed: Path, tmp_path: Path, mouse: bool
) -> None:
    async with unlocked(sealed) as d:
        await choose(d, "print_lost_laptop", "Lost-laptop sheet", mouse=mouse)
        await (d.click("s Keep only") if mouse else d.keys("s"))
        (page,) = (tmp_path / "home" / "prints").iterdir()
        text = page.read_text(encoding="utf-8")
        assert "5 children" in text
        assert "Argon2id" in text
        assert "O'Neil" not in text
