"""What no merge can put right by itself: found, shown on Share and Today, put right."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.dialogs.remedy import RemedyDialog
from screens.pupil.screen import PupilPage
from screens.share.review import ToReview
from senreg.places import documents_folder
from senreg.register import Register
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_child_entered_twice_is_merged_with_one_key_and_parted_with_another(
    running: Running, register: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="share") as d:
        assert d.shows("? 1 to look at")
        await (d.click("To review") if mouse else d.keys("v"))
        assert isinstance(d.screen, ToReview)
        assert d.shows("is entered twice")
        await (d.click("is entered twice", times=2) if mouse else d.keys("enter"))
        assert isinstance(d.screen, RemedyDialog)
        assert d.shows("Merge into Sam [EAL]")
        await (d.click("Enter Do the first") if mouse else d.keys("enter"))
        assert d.shows("There is nothing to review")
        assert register.get("twin").archived
        assert register.get("twin")["same_as"] == "sam"
        assert "Done: merge two records of one pupil. u takes it back." in d.toasts
        await d.keys("u")
        assert d.shows("is entered twice")
        assert not register.get("twin").archived


async def test_a_merge_says_what_it_brought_about(
    running: Running, register: Register, tmp_path: Path
) -> None:
    first, back = tmp_path / "first.senreg-bundle", documents_folder() / "back.senreg-bundle"
    back.parent.mkdir(parents=True, exist_ok=True)
    export_bundle(register, first)
    with join(first, tmp_path / "second.senreg") as second:
        with second.commit("Add") as c:
            c.add("sen_statuses", {"pupil": "lukasz", "code": "K", "start": "2026-11-02"})
        export_bundle(second, back)
    async with running(start="share") as d:
        await d.keys("m")
        await d.type("back")
        await d.keys("enter", "enter")
        assert "It brought about 1 to review: press v on Share." in d.toasts
        assert d.shows("? 2 to look at")


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_other_way_can_be_taken_or_none(
    running: Running, register: Register, mouse: bool
) -> None:
    with register.commit("Odd") as c:
        c.archive("twin")
        c.add("sen_statuses", {"pupil": "sam", "code": "E", "start": "2026-11-02"})
    async with running(start="share") as d:
        await d.keys("v")
        await (d.click("has 2 statuses open", times=2) if mouse else d.keys("enter"))
        assert d.shows("Keep EHC plan since 2 Nov 2026; end SEN support on 1 Nov 2026")
        await (d.click("Esc Leave it") if mouse else d.keys("escape"))
        assert len(register.find("sen_statuses", pupil="sam", end=None)) == 2
        await d.keys("enter")
        await (d.click("2 Do this") if mouse else d.keys("2"))
    (opened,) = register.find("sen_statuses", pupil="sam", end=None)
    assert opened["code"] == "K"


async def test_the_record_behind_a_finding_can_be_opened(running: Running) -> None:
    async with running(start="share") as d:
        await d.keys("v", "r")
        assert isinstance(d.screen, PupilPage)
        await d.keys("escape")
        assert isinstance(d.screen, ToReview)


@pytest.mark.parametrize("mouse", [False, True])
async def test_today_leads_to_it(running: Running, mouse: bool) -> None:
    async with running(size=LARGE, start="today") as d:
        await (d.click("is entered twice", times=2) if mouse else d.keys("v"))
        assert isinstance(d.screen, ToReview)
        assert d.app.current_mode == "share"


@pytest.mark.parametrize("size", [SMALL, LARGE])
@pytest.mark.parametrize("mouse", [False, True])
async def test_a_record_is_merged_with_one_that_no_rule_finds(
    running: Running, register: Register, size, mouse: bool
) -> None:
    async with running(size=size, start="register") as d:
        d.app.open_record(register.get("ming"))
        await d.settle()
        await d.keys("ctrl+p")
        await d.type("merge with")
        await d.keys("enter")
        assert d.shows("Which other record is of")
        if mouse:
            await d.click("Żółkowski, Łukasz")
        else:
            await d.type("zolkowski")
            await d.keys("enter")
        assert isinstance(d.screen, RemedyDialog)
        await (d.click("1 Do this") if mouse else d.keys("1"))
        assert register.get("ming").archived
        assert register.get("lukasz")["class_name"] == "3A"
        (note,) = register.find("notes", pupil="lukasz")
        assert "Surname: 王" in note["text"]
