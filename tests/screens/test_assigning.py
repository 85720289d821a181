"""Placing pupils in groups, from wherever they stand."""

from __future__ import annotations

import pytest

from screens.assigning import PlacingDialog
from screens.provision.scores import ScoresForm
from screens.pupil.screen import PupilPage
from screens.targets.page import TargetPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def provision(register: Register) -> None:
    """Two groups at one time; sam is in the first of them."""
    with register.commit("Provision") as c:
        c.set("lego", group_size=2, session_minutes=30, measure="Bids in [ten] minutes")
        c.add("slots", {"group": "group", "weekday": "mon", "at": "09:30"})
        c.add("interventions", {"name": "Phonics [/b]"}, record_id="phonics")
        c.add(
            "groups",
            {"intervention": "phonics", "start": "2026-12-07", "place": "Hall"},
            record_id="second",
        )
        c.add("slots", {"group": "second", "weekday": "mon", "at": "09:45", "minutes": 20})


def placed(register: Register, group: str = "group") -> set[str]:
    return {row["pupil"] for row in register.find("placements", group=group)}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_pupil_in_three_keys_then_the_score(
    running: Running, register: Register, size
) -> None:
    async with running(size=size) as d:
        await d.keys("a")
        assert d.shows("Place [/b], [/b] in a group")
        assert d.shows("1 of 2 · Mon 09:30")
        await d.keys("enter")
        assert placed(register) == {"sam", "closing"}
        assert "1 pupil placed" in d.toasts[-1]
        assert d.shows("Score at the start: Lego [therapy] (Rainbow room)")
        assert d.shows("Bids in [ten] minutes")
        await d.type("7")
        await d.keys("ctrl+s")
        (place,) = register.find("placements", pupil="closing")
        assert (place["start"], place["entry_score"], place["entry_on"]) == (
            "2026-11-27",
            7,
            "2026-11-27",
        )
        await d.keys("u")
        assert register.find("placements", pupil="closing")[0]["entry_score"] is None
        await d.keys("u")
        assert placed(register) == {"sam"}


async def test_the_score_may_be_left_for_later(running: Running, register: Register) -> None:
    async with running() as d:
        await d.keys("a", "enter")
        assert isinstance(d.screen, ScoresForm)
        await d.keys("escape")
        assert not isinstance(d.screen, ScoresForm)
        assert placed(register) == {"sam", "closing"}


async def test_many_pupils_by_mouse(running: Running, register: Register) -> None:
    async with running(size=LARGE) as d:
        await d.click("[/b], [/b]", dx=-2)
        await d.click("王, 小明", dx=-2)
        await d.click("a Assign")
        await d.click("Phonics [/b] (Hall)", times=2)
        assert placed(register, "second") == {"closing", "ming"}
        assert {row["start"] for row in register.find("placements", group="second")} == {
            "2026-12-07"
        }
        await d.click("Esc Leave")
        await d.keys("u")
        assert placed(register, "second") == set()


async def test_a_clash_is_pointed_out_before_anything_is_written(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.keys("down", "a")
        assert d.shows("! clash · 0")
        assert d.shows("in it")
        await d.type("phonics")
        await d.keys("enter")
        assert isinstance(d.screen, PlacingDialog)
        assert d.shows("Sam [EAL] O'Neil would be in two places on Monday 09:45")
        version = register.version
        await d.keys("escape")
        assert register.version == version
        await d.keys("a")
        await d.type("phonics")
        await d.keys("enter", "enter")
        assert placed(register, "second") == {"sam"}


async def test_only_those_who_can_come_are_placed(running: Running, register: Register) -> None:
    async with running(size=LARGE) as d:
        await d.keys("space", "space", "a")
        await d.type("phonics")
        await d.keys("enter")
        assert d.shows("Only the 1 who can come")
        await d.click("o Only the 1 who can come")
        assert placed(register, "second") == {"closing"}


async def test_a_group_over_its_size_is_pointed_out(running: Running, register: Register) -> None:
    async with running() as d:
        await d.keys("space", "space", "space", "space", "a")
        await d.type("lego")
        await d.keys("enter")
        assert d.shows("would have 4 children;")
        await d.keys("enter")
        assert placed(register) == {"sam", "closing", "twin", "lukasz"}
        assert "3 pupils placed. 1 pupil in it already." in d.toasts[-1]


async def test_who_is_in_it_already_is_not_placed_twice(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.keys("down", "a")
        await d.type("lego")
        await d.keys("enter")
        assert "in this group already" in d.toasts[-1]
        assert len(register.find("placements", group="group")) == 1


async def test_leaving_half_way_places_nobody(running: Running, register: Register) -> None:
    version = register.version
    async with running() as d:
        await d.keys("a", "escape")
    assert register.version == version


async def test_from_the_pupils_page_and_from_targets(running: Running, register: Register) -> None:
    async with running() as d:
        await d.app.push_screen(PupilPage("ming"))
        await d.settle()
        await d.keys("a")
        await d.type("lego")
        await d.keys("enter", "escape")
        assert placed(register) == {"sam", "ming"}
        await d.keys("u", "escape", "3", "a")
        assert d.shows("Place O'Neil, Sam [EAL] in a group")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_from_the_group_pupils_are_chosen(running: Running, register: Register, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("enter", "a")
        assert d.shows("Who joins Lego [therapy] (Rainbow room)?")
        await d.type("[eal]")
        await d.keys("enter", "ctrl+s")
        assert placed(register) == {"sam", "twin"}
        await d.keys("escape")
        assert len(d.screen.members.rows) == 2


async def test_without_a_group_it_says_where_to_make_one(
    running: Running, register: Register
) -> None:
    with register.commit("None") as c:
        c.archive("group")
        c.archive("second")
    async with running() as d:
        await d.keys("a")
        assert d.shows("There is no group that runs now.")


async def test_a_register_that_can_only_be_read_says_so(
    running: Running, register: Register
) -> None:
    register.close()
    with Register.open(register.path, read_only=True) as reading:
        async with running(opened=reading) as d:
            await d.keys("a", "enter")
            assert d.shows("reading")
            assert not isinstance(d.screen, ScoresForm)


async def test_a_place_given_from_a_target_serves_it_and_conversations_place_too(
    running: Running, register: Register
) -> None:
    with register.commit("Cohort") as c:
        c.add("cohort_memberships", {"pupil": "closing", "start": "2025-09-01"})
    async with running(start="targets") as d:
        await d.keys("a")
        await d.type("Phonics")
        await d.keys("enter", "enter")
        (place,) = register.find("placements", group="second")
        assert (place["pupil"], place["targets"]) == ("sam", ["target"])
        await d.keys("escape", "5", "a")
        await d.type("Phonics")
        await d.keys("enter")
        assert placed(register, "second") == {"sam", "closing"}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_placing_from_the_child_asks_which_target_it_serves(
    running: Running, register: Register, size
) -> None:
    with register.commit("A target") as c:
        aim = {"kind": "wider", "statement": "Joins a game [at play]", "set_on": "2026-09-10"}
        c.add("targets", {"pupil": "closing", "status": "working", **aim}, record_id="aim")
        c.add("targets", {"pupil": "closing", "status": "met", **aim}, record_id="done")
    async with running(size=size) as d:
        await d.keys("a", "enter")
        assert isinstance(d.screen, ScoresForm)
        assert d.shows("Say there which target"), d.text
        assert d.shows("Joins a game [at play]"), "the one open target is offered"
        await d.keys("ctrl+s")
        (place,) = register.find("placements", pupil="closing")
        assert place["targets"] == ["aim"]
        assert place["entry_score"] is None
        await d.keys("u", "u", "a", "enter", "escape")
        (place,) = register.find("placements", pupil="closing")
        assert not place["targets"], "left for later, nothing is said of it"


async def test_of_several_open_targets_one_is_chosen(running: Running, register: Register) -> None:
    with register.commit("Targets") as c:
        for key, words in (("one", "Spells 20 words"), ("two", "Asks for help")):
            values = {"pupil": "closing", "kind": "curricular", "statement": words}
            c.add("targets", {**values, "set_on": "2026-09-10"}, record_id=key)
    async with running(size=SMALL) as d:
        await d.keys("a", "enter")
        assert not d.shows("Spells 20 words")
        await d.click("Serves", nth=-1)
        await d.keys("enter")
        assert not d.shows("fifty common words"), "only the child's own are offered"
        await d.type("Spells")
        await d.keys("enter", "ctrl+s", "ctrl+s")
        (place,) = register.find("placements", pupil="closing")
        assert place["targets"] == ["one"]


async def test_a_target_leads_to_a_place_that_serves_it_by_mouse_alone(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="targets") as d:
        await d.click("O'Neil, Sam", times=2)
        assert isinstance(d.screen, TargetPage)
        served = d.screen.target_id
        await d.click("No group works on it", times=2)
        await d.click("Phonics [/b]", nth=-1)
        await d.click("Place all the same")
        await d.click("Esc Leave")
        assert isinstance(d.screen, TargetPage)
        (row,) = register.find("placements", group="second", pupil="sam")
        assert row["targets"] == [served]
        assert not d.shows("No group works on it")
        assert d.shows("Phonics [/b]"), d.text
