"""Acting on several pupils at once from the Register, views, roll-over, and papers."""

from __future__ import annotations

import json

import pytest

from screens.register.rollover import RollOverPage
from screens.register.screen import RegisterPage
from screens.register.view import View
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


async def mark(d, *ids: str) -> None:
    for each in ids:
        assert d.screen.pupils.go_to(each)
        await d.keys("space")


async def test_marked_pupils_change_class_in_one_step_of_undo(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await mark(d, "sam", "ming")
        assert d.shows("2 marked")
        await d.keys("m")
        assert d.shows("What is to be done with 2 pupils?")
        await d.type("change class")
        await d.keys("enter")
        await d.type("Oak [1]")
        await d.keys("enter")
        assert {register.get(each)["class_name"] for each in ("sam", "ming")} == {"Oak [1]"}
        await d.keys("u")
        assert [register.get(each)["class_name"] for each in ("sam", "ming")] == ["4B", "6A"]


async def test_marking_and_acting_by_mouse_alone(running: Running, register: Register) -> None:
    async with running(size=LARGE) as d:
        await d.click("王, 小明", dx=-1)
        await d.click("Żółkowski, Łukasz", dx=-1)
        assert d.screen.pupils.marks == {"ming", "lukasz"}
        await d.click("2 marked")
        await d.click("Change key teacher", times=2)
        await d.click("Mr Ólafsson", times=2)
        assert register.get("ming")["key_teacher"] == "olafsson"
        assert register.get("lukasz")["key_teacher"] == "olafsson"
        await d.click("unmark")
        assert not d.screen.pupils.marks


async def test_status_of_several_is_changed_and_those_who_have_it_are_told(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await mark(d, "sam", "ming")
        await d.keys("g")
        assert d.shows("2 pupils, now: SEN support.")
        await d.keys("s")
        await d.keys("enter", "ctrl+s")
        assert d.shows("1 pupil is now: SEN support. 1 were left as they are")
        assert d.shows("Sam [EAL] O'Neil")
        await d.keys("enter")
    open_codes = {
        row["pupil"]: row["code"] for row in register.all("sen_statuses") if not row["end"]
    }
    assert open_codes["ming"] == "K"
    assert len(register.find("sen_statuses", pupil="sam")) == 1


async def test_a_pupil_put_away_is_found_and_brought_back(
    running: Running, register: Register
) -> None:
    with register.commit("Archive") as c:
        c.archive("ming")
    async with running() as d:
        assert len(d.screen.pupils.rows) == 4
        await d.keys("o")
        await d.type("小明")
        await d.keys("enter", "d")
        assert not register.get("ming").archived
        await d.keys("escape")
        assert len(d.screen.pupils.rows) == 5


async def test_the_cohort_is_joined_and_left_with_dates(
    running: Running, register: Register
) -> None:
    with register.commit("Cohort") as c:
        c.add("cohort_memberships", {"pupil": "sam", "start": "2026-09-01"})
    async with running() as d:
        await mark(d, "sam", "ming")
        await d.keys("m")
        await d.type("put into")
        await d.keys("enter")
        assert [row["start"] for row in register.find("cohort_memberships", pupil="ming")] == [
            "2026-11-27"
        ]
        assert len(register.find("cohort_memberships", pupil="sam")) == 1
        await d.keys("m")
        await d.type("take out of")
        await d.keys("enter")
    assert register.find("cohort_memberships", pupil="ming") == []
    assert [row["end"] for row in register.find("cohort_memberships", pupil="sam")] == [
        "2026-11-26"
    ]


async def test_a_view_is_saved_gone_to_and_put_away(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        await d.keys("slash")
        await d.type("sam")
        await d.keys("enter")
        d.screen.choose({"status": ["K"]})
        await d.keys("v")
        await d.type("save what")
        await d.keys("enter")
        await d.type("Our [/b] view")
        await d.keys("ctrl+s")
        assert d.shows("Our [/b] view")
        row = register.all("saved_views")[0]
        assert json.loads(row["settings"]) == {
            "filter": "sam",
            "facets": {"status": ["K"]},
            "sort": "name",
            "backwards": False,
        }
        await d.keys("v", "enter")
        assert len(d.screen.pupils.rows) == 5
        await d.keys("v")
        await d.type("our")
        await d.keys("enter")
        assert [each.id for each in d.screen.pupils.rows] == ["sam"]
        await d.keys("v")
        await d.type("put a saved")
        await d.keys("enter", "enter")
        assert register.all("saved_views") == []


async def test_a_view_is_named_only_while_it_is_what_is_shown(running: Running) -> None:
    async with running(size=LARGE) as d:
        await d.keys("v")
        await d.type("on the sen")
        await d.keys("enter")
        assert d.shows("On the SEN register ▾")
        assert not d.shows("School Action"), "its name says what it keeps"
        await d.keys("escape")
        assert not d.shows("On the SEN register ▾"), "everyone is shown again"
        assert d.shows("Views ▾")
        await d.keys("v")
        await d.type("on the sen")
        await d.keys("enter", "slash", "x")
        assert not d.shows("On the SEN register ▾"), "fewer are shown"
        await d.keys("backspace", "enter")
        assert d.shows("On the SEN register ▾")


def test_a_view_that_cannot_be_understood_shows_everyone() -> None:
    for stored in (None, "", "[]", "{", '{"facets": 3, "sort": "x", "backwards": null}'):
        assert View.of(stored) == View()


async def test_the_roll_over_is_shown_before_it_is_done(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.app.run_action("app.run('rollover')")
        await d.settle()
        assert d.shows("This moves the children from 2026/27 to 2027/28.")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, RollOverPage)
        assert d.shows("From 2026/27 to 2027/28: 4 move up, 1 leave, 0 stay as they are.")
        assert d.shows("Year 4  4B")
        assert d.shows("Year 5  5B")
        assert register.get("sam")["year_group"] == "4", "nothing is changed yet"
        assert d.screen.list.go_to("sam")
        await d.keys("e", "tab", "tab", "ctrl+a", "ctrl+k")
        await d.type("Ash [x]")
        await d.keys("ctrl+s")
        assert d.shows("Year 5  Ash [x]")
        await d.keys("ctrl+s")
        assert d.shows("Begin the school year 2027/28?")
        assert d.shows("That is not until 1 Sep 2027")
        await d.keys("enter")
        assert isinstance(d.screen, RegisterPage)
        assert register.get("sam")["year_group"] == "5"
        assert register.get("sam")["class_name"] == "Ash [x]"
        assert register.get("ming")["left"] == "2027-08-31"
        await d.keys("u")
        assert register.get("sam")["year_group"] == "4"
        assert register.get("ming")["left"] is None


async def test_the_pane_follows_the_cursor_where_there_is_room(running: Running) -> None:
    async with running(size=LARGE) as d:
        d.screen.pupils.go_to("sam")
        await d.settle()
        assert d.shows("One instruction at a time.")
        await d.keys("w")
        assert not d.shows("One instruction at a time.")
    async with running(size=SMALL) as d:
        assert d.screen.pane is None
        await d.keys("w")
        assert d.screen.pane.display


@pytest.mark.parametrize("size", [SMALL, (40, 10)])
async def test_find_opens_the_record_it_found(running: Running, size) -> None:
    async with running(size=size) as d:
        await d.keys("f")
        await d.type("ring back")
        assert d.shows("ring back")
        assert d.shows("› Call note")
        assert d.shows("Enter Open")
        await d.keys("enter")
        assert d.screen.tab.id == "notes"
        assert d.screen.story.current.id == "note"
