"""A staff pack offers what its holder can do: on every page, by every key and every click."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screens.commands import commands_of
from screens.targets.reviewing import review
from screens.withheld import commands_away
from senreg.register import Register
from senreg.sync.join import join
from senreg.sync.packs import export_pack, plan_pack
from tests.screens.conftest import LARGE, SMALL
from tests.screens.driving import Driver
from tests.screens.in_pack import WORDS, in_pack

TODAY = date(2026, 11, 27)
UNTIL = date(2027, 7, 21)


def joined_pack(register: Register, folder: Path) -> Path:
    """A pack of two children for Mrs Khan, joined and closed."""
    path = folder / "khan.senreg-pack"
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["sam", "ming"])
    export_pack(register, plan, path, WORDS)
    join(path, folder / "khan.senreg", passphrase=WORDS).close()
    return folder / "khan.senreg"


@pytest.fixture
def copy(register: Register, tmp_path: Path) -> Path:
    return joined_pack(register, tmp_path)


def offered(d: Driver) -> set[str]:
    """The commands that the palette, and with it the help, has for the page."""
    page = d.screen
    away = commands_away(d.app.register, page)
    return {each.id for each in commands_of(page.PLACE)} - away


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_it_says_whose_pack_it_is_however_long_the_school_is_called(
    register: Register, tmp_path: Path, size
) -> None:
    with register.commit("Name") as c:
        c.set(register.school.id, name="The Very Reverend Łukasz O’Neill Junior [A] School")
    folder = joined_pack(register, tmp_path)
    async with in_pack(folder, size) as d:
        assert d.shows("ack until 21 Jul 2027" if size == SMALL else "Staff pack of Mrs Khan")


async def test_on_the_register_only_what_is_its_holders_is_offered(copy: Path) -> None:
    async with in_pack(copy) as d:
        for words in ("Assign", "New", "Act on marked"):
            assert not d.shows(words)
        assert not {"new", "assign", "act", "status", "rollover", "import"} & offered(d)
        assert {"edit", "write_target", "print"} <= offered(d)
        for key in ("n", "a", "m", "g", "i"):
            d.app.clear_notifications()
            await d.keys(key)
            assert d.shows("the SENCO’s"), key
            assert d.screen.PLACE == "register", key
        d.app.clear_notifications()
        await d.keys("question_mark")
        assert not d.shows("Year-end roll-over")
        await d.keys("escape", "e")
        assert d.shows("What helps")
        assert not d.shows("UPN")
        await d.keys("escape")


@pytest.mark.parametrize("mouse", [False, True])
async def test_on_a_childs_page_only_what_is_its_holders_is_offered(copy: Path, mouse) -> None:
    async with in_pack(copy) as d:
        await (d.click("O'Neil, Sam", times=2) if mouse else d.keys("enter"))
        for words in (" Assign", " Change status", " New", " Edit"):
            assert not d.shows(words)
        never = {"assign", "status", "end_place", "erase", "hold", "merge_pupil"}
        assert not {*never, "subject_access", "transfer", "archive"} & offered(d)
        if mouse:
            await d.click("SEN support")
        else:
            await d.keys("g")
        assert d.shows("the SENCO’s")
        await d.keys("down", "down")
        assert "edit" in offered(d)
        await d.keys("e")
        assert d.shows("Interests")
        assert not d.shows("UPN")
        await d.keys("escape", "right")
        assert d.shows(" New")
        await (d.click(" New", nth=len(d.places(" New")) - 1) if mouse else d.keys("n"))
        assert d.shows("Barrier")
        assert d.shows("Strategy")
        assert not d.shows("  Need ")
        await d.keys("escape")
        for _ in range(6):
            await d.keys("right")
        assert d.screen.tab.id == "reviews"
        assert not {"new", "edit", "archive"} & offered(d)
        assert not d.shows(" New")


async def test_its_holder_opens_her_own_records_on_a_childs_page(copy: Path) -> None:
    async with in_pack(copy) as d:
        with d.app.register.commit("Add") as c:
            c.add("barriers", {"pupil": "sam", "description": "Noise [loud]"}, record_id="b")
        await d.keys("enter", "right")
        d.screen.story.go_to("b")
        await d.settle()
        assert d.shows(" Edit")
        assert {"new", "edit", "archive"} <= offered(d)
        await d.keys("d")
        assert d.app.register.get("b").archived


async def test_settings_and_the_bank_offer_a_packs_holder_nothing_of_the_schools(
    copy: Path,
) -> None:
    async with in_pack(copy, start="settings") as d:
        for words in ("The school", "Staff", "Files of leavers", "New key", "Handover"):
            assert not d.shows(words)
        assert d.shows("Change the passphrase")
        await d.keys("3", "k")
        assert not {"new", "edit", "archive"} & offered(d)
        assert not d.shows(" New")
        await d.keys("enter", "n")
        assert d.screen.PLACE == "bank"


async def test_a_planned_review_is_not_a_packs_holders_to_hold(
    register: Register, tmp_path: Path
) -> None:
    if not register.find("reviews", pupil="sam"):
        with register.commit("Plan") as c:
            c.add("reviews", {"pupil": "sam", "kind": "annual", "planned_for": "2026-12-01"})
    folder = joined_pack(register, tmp_path)
    async with in_pack(folder) as d:
        (planned, *_) = d.app.register.find("reviews", pupil="sam")
        review(d.app, planned)
        await d.settle()
        assert d.shows("That is the SENCO’s")
        assert d.screen.PLACE == "register"


async def test_papers_of_the_whole_school_and_files_for_others_are_not_offered(copy: Path) -> None:
    async with in_pack(copy) as d:
        await d.keys("8", "h")
        assert d.shows("Provision map")
        for words in ("Figures for governors", "Figures for leadership", "Impact of"):
            assert not d.shows(words)
        await d.keys("escape", "g", "enter")
        assert d.shows("Which paper?")
        assert d.shows("Graduated approach")
        assert not d.shows("SEN file")
