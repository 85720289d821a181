"""A register's passphrase and recovery key are made before anything is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.dialogs.ask import AskDialog
from screens.vault.passphrase import PassphraseDialog
from screens.vault.recovery import RecoveryKeyDialog, RecoveryTest
from screens.welcome.screen import Welcome
from senreg.places import documents_folder
from senreg.settings import Settings
from senreg.vault import is_sealed, unlock_with_recovery
from tests.screens.conftest import LARGE, SMALL
from tests.screens.driving import Driver
from tests.screens.sealed import NEW, keep_plain, opened, protect

SIZES = [SMALL, LARGE]


@asynccontextmanager
async def asked(size: tuple[int, int] = SMALL) -> AsyncIterator[Driver]:
    """A new, empty register, as far as the question for its passphrase."""
    documents_folder().mkdir(parents=True, exist_ok=True)
    app = SenregApp(None, Settings())
    async with app.run_test(size=size, notifications=True) as pilot:
        driver = Driver(app, pilot)
        await driver.settle()
        await driver.keys("n")
        await driver.type("Moss School")
        await driver.keys("ctrl+s", "enter")
        assert isinstance(driver.screen, PassphraseDialog)
        yield driver
    if app.register is not None:
        app.register.close()


def folder() -> Path:
    return documents_folder() / "school.senreg"


def prints() -> list[Path]:
    return sorted((documents_folder() / "prints").glob("*"))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mouse", [False, True])
async def test_the_words_that_are_offered_seal_the_register(size, mouse: bool) -> None:
    async with asked(size) as d:
        words = d.screen._words  # type: ignore[attr-defined]
        assert d.shows(words)
        assert d.shows("F6 Plain")
        passphrase, key = await protect(d, mouse=mouse)
        assert passphrase == words
        assert d.app.register is not None
        assert d.app.register.sealed
        assert not d.shows("Plain")
    with opened(folder(), words) as register:
        assert register.school["name"] == "Moss School"
    assert unlock_with_recovery(folder(), key).recovery_public is not None


async def test_nothing_is_written_before_the_key_was_tested() -> None:
    async with asked() as d:
        await d.keys("enter")
        await d.type(d.screen._words)  # type: ignore[attr-defined]
        await d.keys("enter")
        assert isinstance(d.screen, RecoveryKeyDialog)
        assert not folder().exists()
        await d.keys("enter")
        assert isinstance(d.screen, RecoveryTest)
        assert not folder().exists()
        await d.keys("escape")
        assert isinstance(d.screen, RecoveryKeyDialog)
        await d.keys("escape")
        assert isinstance(d.screen, Welcome)
        assert not folder().exists()


@pytest.mark.parametrize("mouse", [False, True])
async def test_other_words_can_be_drawn_until_they_please(mouse: bool) -> None:
    async with asked() as d:
        before = d.screen._words  # type: ignore[attr-defined]
        await d.keys("enter")
        await (d.click("F5 Other words") if mouse else d.keys("f5"))
        after = d.screen._words  # type: ignore[attr-defined]
        assert after != before
        assert d.shows(after)
        assert d.screen.typed("first") == ""  # type: ignore[attr-defined]
        await (d.click("Esc Cancel") if mouse else d.keys("escape"))
        assert isinstance(d.screen, Welcome)


async def test_a_weak_passphrase_is_refused_with_advice() -> None:
    async with asked() as d:
        await d.type("Moss School 2026")
        assert d.shows("easy")
        await d.keys("enter")
        assert d.shows("Take several words")
        assert d.screen.typed("again") == ""  # type: ignore[attr-defined]


async def test_its_own_passphrase_is_judged_and_typed_twice() -> None:
    async with asked() as d:
        await d.type(NEW)
        assert d.shows("✓ To guess it is very hard.")
        await d.keys("enter")
        await d.type(NEW[:-1])
        await d.keys("enter")
        assert d.shows("The two are not the same")
        await d.type(f" {NEW} ")
        await d.keys("enter")
        assert isinstance(d.screen, RecoveryKeyDialog)


@pytest.mark.parametrize("size", SIZES)
async def test_a_mistake_in_the_key_is_told_and_it_is_asked_again(size) -> None:
    async with asked(size) as d:
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        key: str = d.screen._key  # type: ignore[attr-defined]
        for group in key.split("-"):
            assert d.shows(group)
        await d.keys("enter")
        assert not d.shows(key[-4:])
        await d.type("2222-2222")
        await d.keys("enter")
        assert isinstance(d.screen, RecoveryTest)
        assert d.shows("not what the key says")
        await d.type(key)
        await d.keys("enter")
        assert d.app.register is not None


@pytest.mark.parametrize("mouse", [False, True])
@pytest.mark.parametrize("finish", [False, True])
async def test_the_sheet_is_shown_and_deleted_afterwards(
    monkeypatch: pytest.MonkeyPatch, mouse: bool, finish: bool
) -> None:
    seen: list[str] = []

    def browse(path: Path) -> bool:
        seen.append(path.read_text(encoding="utf-8"))
        return True

    monkeypatch.setattr("senreg.reports.showing.open_in_browser", browse)
    async with asked() as d:
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        key: str = d.screen._key  # type: ignore[attr-defined]
        for _ in range(2):
            await (d.click("p Print the sheet") if mouse else d.keys("p"))
        assert len(prints()) == 1
        assert d.shows("The browser shows the sheet")
        if finish:
            await d.keys("enter")
            await d.type(key)
            await d.keys("enter")
        else:
            await (d.click("Esc Cancel") if mouse else d.keys("escape"))
        assert prints() == []
    assert all(group in seen[0] for group in key.split("-"))
    assert "Moss School" in seen[0]
    assert "school.senreg" in seen[0]
    assert not any(word in seen[0] for word in NEW.split())


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_plain_register_is_an_explicit_choice_that_is_spelled_out(
    size, mouse: bool
) -> None:
    async with asked(size) as d:
        await d.keys("f6")
        assert d.shows("is not encrypted")
        await (d.click("Esc Back") if mouse else d.keys("escape"))
        assert isinstance(d.screen, PassphraseDialog)
        await d.keys("f6", "enter")
        assert isinstance(d.screen, PassphraseDialog), "Enter does not make it plain"
        await keep_plain(d, mouse=mouse)
        assert not isinstance(d.screen, AskDialog)
        assert d.app.register is not None
        assert d.shows("Plain: not encrypted")
    assert not is_sealed(folder())


async def test_in_a_tiny_window_the_words_the_entries_and_the_ways_out_are_seen() -> None:
    async with asked((40, 10)) as d:
        for word in d.screen._words.split():  # type: ignore[attr-defined]
            assert d.shows(word)
        assert d.shows("Enter Go on")
        assert d.screen.focused is not None
        assert d.screen.focused.region.bottom <= 10
