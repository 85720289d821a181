"""Staff packs: made from Share, opened as registers, and merged when they come back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from screens.app import SenregApp
from screens.dialogs.merging import MergeDialog, PreviewDialog
from screens.share.screen import Share
from screens.targets.screen import TargetsPage
from senreg.places import documents_folder
from senreg.register import Register
from senreg.settings import Settings
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from senreg.sync.packs import export_pack, plan_pack
from senreg.vault import unlock
from tests.screens.conftest import LARGE, SMALL, Running
from tests.screens.driving import Driver
from tests.screens.in_pack import WORDS, in_pack

TODAY = date(2026, 11, 27)
UNTIL = date(2027, 7, 21)


@pytest.fixture
def documents() -> Path:
    folder = documents_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def pack(register: Register, documents: Path) -> Path:
    """A pack of two children for Mrs Khan."""
    path = documents / "khan.senreg-pack"
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["sam", "ming"])
    export_pack(register, plan, path, WORDS)
    return path


@pytest.fixture
def copy(pack: Path, tmp_path: Path) -> Path:
    """The pack, joined and closed."""
    folder = tmp_path / "khan.senreg"
    join(pack, folder, passphrase=WORDS).close()
    return folder


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_pack_is_opened_from_the_first_page(pack: Path, mouse: bool) -> None:
    app = SenregApp(None, Settings())
    async with app.run_test(size=SMALL, notifications=True) as pilot:
        d = Driver(app, pilot)
        await d.settle()
        if mouse:
            await d.click("Open or join a copy")
            await d.click("khan.senreg-pack", times=2)
        else:
            await d.keys("o")
            await d.type("khan.senreg-pack")
            await d.keys("enter")
        assert d.shows("A staff pack opens with its own passphrase")
        await d.type(WORDS)
        await d.keys("enter")
        assert d.shows("A staff pack of")
        await (d.click("Enter Make the copy here") if mouse else d.keys("enter"))
        assert app.register is not None
        assert app.register.pack is not None
        assert app.register.count("pupils") == 2
        app.register.close()


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_it_says_whose_it_is_and_shows_only_what_is_its_holders(copy: Path, size) -> None:
    async with in_pack(copy, size) as d:
        if size == LARGE:
            assert d.shows("Staff pack of Mrs Khan, until 21 Jul 2027")
        assert d.shows("21 Jul 2027")
        assert not d.shows("7 School")
        await d.keys("7")
        await d.keys("4")
        assert not d.shows("Catalogue")
        await d.keys("m", "3")
        assert isinstance(d.screen, TargetsPage)
        assert d.shows("Reads fifty common words")
        await d.keys("8")
        assert isinstance(d.screen, Share)
        assert d.shows("What you wrote, for the SENCO")
        absent = ("Make a second copy", "Import", "Staff pack   ", "A folder of files", "figures …")
        for words in absent:
            assert not d.shows(words)
        await d.keys("ctrl+p")
        await d.type("catalogue")
        assert not d.shows("Catalogue  (c)")


@pytest.mark.parametrize("mouse", [False, True])
async def test_its_holder_marks_a_session_of_a_childs_group(
    register: Register, documents: Path, tmp_path: Path, mouse: bool
) -> None:
    with register.commit("Place") as c:
        for pupil in ("sam", "closing"):
            if not register.find("placements", pupil=pupil, group="group"):
                c.add("placements", {"pupil": pupil, "group": "group", "start": "2026-09-07"})
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["sam"])
    export_pack(register, plan, documents / "m.senreg-pack", WORDS)
    join(documents / "m.senreg-pack", tmp_path / "m.senreg", passphrase=WORDS).close()
    async with in_pack(tmp_path / "m.senreg") as d:
        if mouse:
            await d.click("4 Provi")
            await d.click("Lego [therapy]", times=2)
            await d.click("Mark a session")
            await d.click("Late", nth=len(d.places("Late")) - 1)
            await d.click("Keep", nth=len(d.places("Keep")) - 1)
        else:
            await d.keys("4")
            for words in ("New", "Assign", "Edit"):
                assert not d.shows(words)
            for key in ("n", "e", "a", "d"):
                d.app.clear_notifications()
                await d.keys(key)
                assert d.shows("In a staff pack the groups")
                assert d.shows("Lego [therapy]")
            d.app.clear_notifications()
            await d.keys("enter")
            for words in ("Assign", "Scores", "End"):
                assert not d.shows(words)
            await d.keys("x", "m", "l", "enter")
        (marked,) = d.app.register.all("session_marks")
        assert (marked["pupil"], marked["mark"]) == ("sam", "late")


async def test_past_its_last_day_it_says_that_it_can_only_be_read(copy: Path, one_day) -> None:
    one_day(300 * 86_400)
    async with in_pack(copy) as d:
        assert d.shows("Read-only")
        assert any("This staff pack ended on 21 Jul 2027" in each for each in d.toasts)


async def test_it_is_exported_and_merged_without_a_question(
    running: Running, register: Register, copy: Path, documents: Path
) -> None:
    async with in_pack(copy, start="share") as d:
        with d.app.register.commit("Change") as c:
            c.set("ming", strengths="Chess [/]")
        await d.keys("x")
        assert d.shows("the SENCO’s register opens it")
        await d.type("-back")
        await d.keys("enter")
        assert d.shows("The bundle is written")
    (back,) = documents.glob("*.senreg-bundle")
    async with running(start="share") as d:
        await d.keys("m")
        await d.type(back.name)
        await d.keys("enter")
        assert isinstance(d.screen, MergeDialog)
        assert d.shows("Mrs Khan")
        await d.keys("enter")
        assert register.get("ming")["strengths"] == "Chess [/]"
        assert isinstance(d.screen, Share)


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
@pytest.mark.parametrize("taken", [False, True])
async def test_what_is_outside_is_shown_and_comes_in_only_if_a_person_says(
    running: Running, register: Register, copy: Path, documents: Path, size, taken: bool
) -> None:
    with Register.open(copy, unlock=unlock(copy, WORDS)) as away:
        with away.commit("Change") as c:
            c.set("ming", strengths="Chess")
            c.set("sam", strengths="Drums")
        export_bundle(away, documents / "back.senreg-bundle")
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["ming"])
    export_pack(register, plan, documents / "second.senreg-pack", WORDS)
    async with running(size=size, start="share") as d:
        await d.keys("m")
        await d.type("back.senreg-bundle")
        await d.keys("enter", "enter")
        assert register.get("ming")["strengths"] == "Chess"
        assert isinstance(d.screen, PreviewDialog)
        assert d.shows("Enter Take them in")
        if size != (40, 10):
            assert d.shows("Not within the staff pack")
            assert d.shows("Sam [EAL] O'Neil: pupil changed.")
        assert register.get("sam")["strengths"] is None
        await d.keys("enter" if taken else "escape")
        assert register.get("sam")["strengths"] == ("Drums" if taken else None)
        assert isinstance(d.screen, Share)


async def test_a_pack_takes_in_a_newer_one(register: Register, copy: Path, documents: Path) -> None:
    with register.commit("Change") as c:
        c.set("ming", strengths="News")
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["sam", "ming"])
    export_pack(register, plan, documents / "second.senreg-pack", WORDS)
    async with in_pack(copy, start="share") as d:
        await d.keys("m")
        await d.type("second.senreg-pack")
        await d.keys("enter", "enter")
        assert d.app.register.get("ming")["strengths"] == "News"


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_pack_is_made_of_chosen_children(
    running: Running, register: Register, documents: Path, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        await (d.click("Staff pack") if mouse else d.keys("k"))
        assert d.shows("Whom is the pack for?")
        await d.type("khan")
        await (d.click("Mrs Khan", nth=-1) if mouse else d.keys("enter"))
        await d.type("one by one")
        await d.keys("enter")
        await d.type("王")
        await d.keys("enter", "ctrl+s")
        assert d.shows("Until when may it be worked in?")
        if mouse:
            await d.click("The end of the school year")
        else:
            await d.type("31 august 2027")
            await d.keys("enter")
        assert d.shows("A staff pack for Mrs Khan")
        assert d.shows("1 child, until Tue 31 Aug 2027.")
        assert d.shows("Not in it: other children")
        await (d.click("Enter Choose a passphrase") if mouse else d.keys("enter"))
        words = d.screen._words  # type: ignore[attr-defined]
        await d.keys("enter")
        await d.type(words)
        await d.keys("enter")
        assert d.shows("Where the pack goes")
        await (d.click("Enter Write it here") if mouse else d.keys("enter"))
        assert d.shows("The pack is written")
        await d.keys("enter")
        assert isinstance(d.screen, Share)
    with join(documents / "pack-2026-11-27.senreg-pack", documents / "x", passphrase=words) as made:
        assert {row.id for row in made.all("pupils")} == {"ming"}
        assert made.pack is not None
        assert made.pack.until == "2027-08-31"


async def test_a_day_that_is_none_is_asked_for_again_and_the_rest_can_be_left(
    running: Running, register: Register, documents: Path
) -> None:
    async with running(start="share") as d:
        await d.keys("k", "enter")
        await d.type("class")
        await d.keys("enter")
        await d.type("soonish")
        await d.keys("enter")
        assert d.shows("Until when may it be worked in?")
        assert d.toasts
        await d.keys("enter", "escape")
        assert isinstance(d.screen, Share)
    assert list(documents.glob("*.senreg-pack")) == []
    assert register.all("packs") == []


async def test_news_of_a_pack_leads_to_share(
    running: Running, register: Register, pack: Path
) -> None:
    (record,) = register.all("packs")
    async with running() as d:
        d.app.open_record(record)
        await d.settle()
        assert isinstance(d.screen, Share)


async def test_the_holder_of_a_pack_holds_conversations(register, documents, tmp_path) -> None:
    with register.commit("Cohort") as c:
        for pupil in ("sam", "closing"):
            c.add("cohort_memberships", {"pupil": pupil, "start": "2025-09-01"})
    path = documents / "talks.senreg-pack"
    plan = plan_pack(register, "khan", UNTIL, TODAY, pupils=["sam", "ming"])
    export_pack(register, plan, path, WORDS)
    folder = tmp_path / "talks.senreg"
    join(path, folder, passphrase=WORDS).close()
    async with in_pack(folder) as d:
        await d.keys("5")
        assert d.shows("O'Neil, Sam")
        assert not d.shows("[/b], [/b]")
        await d.keys("enter")
        await d.type("hold")
        await d.keys("enter", "y", "tab")
        await d.type("Mum")
        await d.keys("f6", "f6", "f6", "tab")
        await d.type("Reads on")
        await d.keys("ctrl+s")
        (held,) = d.app.register.all("conversations")
        assert (held["held_on"], held["attendees"]) == ("2026-11-27", "Mum")
        assert d.app.register.find("targets", conversation=held.id)
