"""Packs that were made: renewed, withdrawn, and what was left of them taken in after all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screens.share.screen import Share
from senreg.register import Register
from senreg.sync.asides import asides
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from senreg.sync.packs import export_pack, packs_made, plan_pack
from tests.screens.conftest import LARGE, SMALL, Running

TODAY = date(2026, 11, 27)
WORDS = "kettle orbit velvet hammock prune"


@pytest.fixture
def copy(register: Register, documents: Path, tmp_path: Path):
    """A pack of two children for Mrs Khan, joined."""
    plan = plan_pack(register, "khan", date(2026, 12, 18), TODAY, pupils=["sam", "ming"])
    export_pack(register, plan, documents / "khan.senreg-pack", WORDS)
    with join(documents / "khan.senreg-pack", tmp_path / "khan.senreg", passphrase=WORDS) as away:
        yield away


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_a_pack_is_renewed_and_taken_in_by_its_copy(
    running: Running, register: Register, copy: Register, documents: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await (d.click("w  Packs made") if mouse else d.keys("w"))
        assert d.shows("until Fri 18 Dec 2026")
        await (d.click("Mrs Khan: 2 children") if mouse else d.keys("enter"))
        await (d.click("Renew it") if mouse else d.keys("enter"))
        await d.type("31 august 2027")
        await d.keys("enter")
        assert d.shows("2 children, until Tue 31 Aug 2027.")
        await (d.click("Enter Go on") if mouse else d.keys("enter"))
        await (d.click("The pack that was joined before") if mouse else d.keys("enter"))
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("It is encrypted, and only")
        await d.keys("enter")
        assert isinstance(d.screen, Share)
    from senreg.sync.bundle import read_bundle

    newer = read_bundle(documents / "pack-2026-11-27.senreg-pack", copy.store.keys)
    apply_merge(copy, plan_merge(copy, newer))
    assert copy.pack is not None
    assert copy.pack.until == "2027-08-31"


@pytest.mark.parametrize(("size", "mouse"), [(SMALL, False), (LARGE, True)])
async def test_a_pack_is_withdrawn_and_what_comes_back_is_left_and_taken_after_all(
    running: Running, register: Register, copy: Register, documents: Path, size, mouse: bool
) -> None:
    with copy.commit("Change") as c:
        c.set("ming", strengths="Chess [/]")
    export_bundle(copy, documents / "back.senreg-bundle")
    async with running(size=size, start="share") as d:
        await d.keys("w", "enter", "down", "enter", "escape")
        assert packs_made(register)[0].withdrawn == ""
        await (d.click("w  Packs made") if mouse else d.keys("w"))
        await (d.click("Mrs Khan: 2 children") if mouse else d.keys("enter"))
        await (d.click("Withdraw it") if mouse else d.keys("down", "enter"))
        await (d.click("Withdraw it", nth=-1) if mouse else d.keys("enter"))
        assert packs_made(register)[0].withdrawn == "2026-11-27"
        await d.keys("m")
        await d.type("back.senreg-bundle")
        await d.keys("enter")
        assert d.shows("This pack was withdrawn on Fri 27 Nov 2026")
        await d.keys("escape")
        assert [each.edits for each in asides(register)] == [1]
        await (d.click("w  Packs made") if mouse else d.keys("w"))
        await (d.click("What came back and was left") if mouse else d.keys("enter"))
        await d.keys("enter")
        assert d.shows("Left out until now")
        await d.keys("enter")
        assert register.get("ming")["strengths"] == "Chess [/]"
        assert asides(register) == []
        await d.keys("w", "enter", "escape")
        assert packs_made(register)[0].withdrawn == "2026-11-27"
        await (d.click("w  Packs made") if mouse else d.keys("w"))
        await (d.click("Mrs Khan: 2 children") if mouse else d.keys("enter"))
        await (d.click("Reinstate it") if mouse else d.keys("enter"))
        assert packs_made(register)[0].withdrawn == ""
        assert isinstance(d.screen, Share)


@pytest.fixture
def documents() -> Path:
    from senreg.places import documents_folder

    folder = documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder
