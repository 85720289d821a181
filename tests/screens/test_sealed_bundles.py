"""Bundles of an encrypted register: joined by a passphrase or the recovery key, merged by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.dialogs.merging import MergeDialog
from screens.vault.bundles import BundlePassphrase
from screens.vault.passphrase import PassphraseDialog
from screens.welcome.screen import Welcome
from senreg.places import documents_folder
from senreg.settings import Settings
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from senreg.vault import Seal, new_recovery_key
from tests.screens.driving import Driver
from tests.screens.sealed import NEW, opened
from tests.screens.test_locking import unlocked
from tests.store.sealing_keys import PASSPHRASE, RECOVERY_KEY


@pytest.fixture
def bundle(sealed: Path) -> Path:
    """A bundle of the sealed register, where one is looked for."""
    documents_folder().mkdir(parents=True, exist_ok=True)
    path = documents_folder() / "monday.senreg-bundle"
    with opened(sealed) as register:
        export_bundle(register, path)
    return path


@pytest.fixture
def from_elsewhere(bundle: Path, tmp_path: Path) -> Path:
    """A bundle of a second copy, on which Sam's class was changed."""
    path = documents_folder() / "away.senreg-bundle"
    with join(bundle, tmp_path / "second.senreg", passphrase=PASSPHRASE) as second:
        with second.commit("Change class") as c:
            c.set("sam", class_name="4 [away]")
        export_bundle(second, path)
    bundle.unlink()
    return path


def copy() -> Path:
    return documents_folder() / "copy.senreg"


async def choose_bundle(d: Driver, *, mouse: bool = False) -> None:
    if mouse:
        await d.click("Open or join a copy")
        await d.click("monday.senreg-bundle", times=2)
    else:
        await d.keys("o")
        await d.type("monday.senreg-bundle")
        await d.keys("enter")
    assert isinstance(d.screen, BundlePassphrase)


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_copy_is_joined_by_the_passphrase_of_whoever_made_the_bundle(
    bundle: Path, mouse: bool
) -> None:
    app = SenregApp(None, Settings())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        await choose_bundle(d, mouse=mouse)
        await d.type("not this one")
        await d.keys("enter")
        assert d.shows("does not open")
        await d.type(PASSPHRASE)
        await (d.click("Enter Open") if mouse else d.keys("enter"))
        assert d.shows("The copy is encrypted too.")
        await (d.click("Enter Make the copy here") if mouse else d.keys("enter"))
        assert app.register is not None
        assert app.register.sealed
        app.register.close()
    with opened(copy()) as joined:
        assert joined.count("pupils") == 5


async def test_a_copy_that_the_recovery_key_joined_has_a_passphrase_of_its_own(
    bundle: Path,
) -> None:
    app = SenregApp(None, Settings())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        await choose_bundle(d)
        await d.type(RECOVERY_KEY)
        await d.keys("enter", "enter")
        assert isinstance(d.screen, PassphraseDialog)
        assert not copy().exists()
        await d.type(NEW)
        await d.keys("enter")
        await d.type(NEW)
        await d.keys("enter")
        assert app.register is not None
        app.register.close()
    opened(copy(), NEW).close()


async def test_joining_can_be_left_half_way(bundle: Path) -> None:
    app = SenregApp(None, Settings())
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        await choose_bundle(d)
        await d.keys("escape")
        assert isinstance(d.screen, Welcome)
        await choose_bundle(d)
        await d.type(RECOVERY_KEY)
        await d.keys("enter", "enter", "escape")
        assert isinstance(d.screen, Welcome)
    assert not copy().exists()


async def test_a_bundle_of_another_copy_is_merged_without_a_question(
    sealed: Path, from_elsewhere: Path
) -> None:
    async with unlocked(sealed) as d:
        await d.keys("8", "m")
        await d.type("away")
        await d.keys("enter")
        assert isinstance(d.screen, MergeDialog)
        await d.keys("enter")
        assert d.app.register is not None
        assert d.app.register.get("sam")["class_name"] == "4 [away]"


@pytest.mark.parametrize("trusted", [False, True])
async def test_what_a_copy_with_a_given_up_key_did_is_shown_and_asked_about(
    sealed: Path, from_elsewhere: Path, trusted: bool
) -> None:
    with opened(sealed) as register:
        register.protect(Seal(PASSPHRASE, new_recovery_key()))
    async with unlocked(sealed) as d:
        await d.keys("8", "m")
        await d.type("away")
        await d.keys("enter")
        assert isinstance(d.screen, MergeDialog)
        assert d.shows("Given up: this comes from a copy")
        await d.keys("enter")
        assert d.shows("From a copy with the key that was given up")
        assert d.app.register is not None
        before = d.app.register.get("sam")["class_name"]
        assert before != "4 [away]"
        await d.click("Bring it in" if trusted else "Leave it out")
        after = d.app.register.get("sam")["class_name"]
        assert after == ("4 [away]" if trusted else before)


async def test_an_export_says_that_it_is_encrypted(sealed: Path) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    async with unlocked(sealed) as d:
        await d.keys("8", "x", "enter")
        assert d.shows("It is encrypted: other copies open it")
    (written,) = documents_folder().glob("*.senreg-bundle")
    assert b"Neil" not in written.read_bytes()


async def test_a_copy_with_the_key_before_is_told_to_join_anew(
    sealed: Path, tmp_path: Path
) -> None:
    documents_folder().mkdir(parents=True, exist_ok=True)
    first, fresh = (documents_folder() / f"{name}.senreg-bundle" for name in ("first", "fresh"))
    second = tmp_path / "second.senreg"
    with opened(sealed) as register:
        export_bundle(register, first)
        join(first, second, passphrase=PASSPHRASE).close()
        register.protect(Seal(NEW, new_recovery_key()))
        export_bundle(register, fresh)
    async with unlocked(second) as d:
        await d.keys("8", "m")
        await d.type("fresh")
        await d.keys("enter")
        assert isinstance(d.screen, BundlePassphrase)
        assert d.shows("anew")
        await d.type(PASSPHRASE)
        await d.keys("enter")
        assert d.shows("does not open this bundle")
        await d.keys("escape")
        assert d.app.register is not None
