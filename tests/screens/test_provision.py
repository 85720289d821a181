"""Provision: groups, map and catalogue, by keys and by mouse."""

from __future__ import annotations

import pytest

from screens.forms.form import Form
from screens.provision.group_form import GroupForm
from screens.provision.group_page import GroupPage
from screens.provision.screen import ProvisionPage
from screens.pupil.screen import PupilPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def provision(register: Register) -> None:
    """Times, a second group at one of them, and one that has ended."""
    with register.commit("Provision") as c:
        c.set("lego", group_size=2, session_minutes=30, weeks=6, measure="Bids in [ten] minutes")
        c.add("slots", {"group": "group", "weekday": "mon", "at": "09:30"}, record_id="monday")
        c.add("interventions", {"name": "Phonics [/b]", "tier": "specialist"}, record_id="phonics")
        c.add(
            "groups",
            {"intervention": "phonics", "staff": ["olafsson"], "place": "[/b] hall"},
            record_id="second",
        )
        c.add("slots", {"group": "second", "weekday": "mon", "at": "09:45", "minutes": 20})
        c.add("groups", {"intervention": "phonics", "end": "2026-07-01"}, record_id="ended")


def page(d) -> ProvisionPage:
    assert isinstance(d.screen, ProvisionPage), d.text
    return d.screen


def shown(d) -> list[str]:
    return [row.id for row in page(d).groups.groups.rows]


# Groups


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_groups_stand_with_times_adults_and_size(running: Running, size) -> None:
    async with running(size=size, start="provision") as d:
        assert shown(d) == ["group", "second"]
        assert d.shows("Lego [therapy] (Rainbow room)")
        assert d.shows("Mon 09:30")
        assert d.shows("1 of 2")
        assert d.shows("Mrs Khan" if size == LARGE else "K ")


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
async def test_a_small_window_still_has_its_lines(running: Running, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("down", "m", "down", "right", "end", "home", "c", "down", "g")
        assert page(d).panel is page(d).groups


async def test_groups_are_looked_at_by_views_filter_and_order(running: Running) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.click("Ended 1")
        assert shown(d) == ["ended"]
        await d.keys("left")
        assert shown(d) == ["group", "second"]
        await d.keys("escape", "slash")
        await d.type("hall")
        assert shown(d) == ["second"]
        await d.keys("enter", "escape")
        assert shown(d) == ["group", "second"]
        await d.keys("s")
        await d.type("children")
        await d.keys("enter")
        assert shown(d) == ["second", "group"]
        await d.keys("v")
        await d.type("clash")
        await d.keys("enter")
        assert shown(d) == []


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_group_is_made_in_one_form_by_keys_and_undone(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("n", "enter")
        await d.type("lego")
        await d.keys("enter", "tab", "enter")
        await d.type("khan")
        await d.keys("enter", "ctrl+s", "tab")
        await d.type("tue thu 9:30, fri 1:15 for 20")
        assert d.shows("Tuesday and Thursday 09:30")
        assert d.shows("Thu 7 Jan 2027")
        await d.keys("ctrl+s")
        (new,) = [row for row in register.all("groups") if row["start"] == "2026-11-27"]
        assert (new["intervention"], new["staff"], new["end"]) == ("lego", ["khan"], "2027-01-07")
        slots = {
            (s["weekday"], s["at"], s["minutes"]) for s in register.find("slots", group=new.id)
        }
        assert slots == {("tue", "09:30", None), ("thu", "09:30", None), ("fri", "13:15", 20)}
        assert page(d).groups.groups.current_id == new.id
        await d.keys("u")
        assert register.get(new.id) is None or register.get(new.id).archived
        assert shown(d) == ["group", "second"]
        assert all(slot["group"] != new.id for slot in register.all("slots"))


async def test_a_group_is_made_from_the_catalogue_by_mouse(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.click("c Catalogue")
        await d.click("Phonics [/b]")
        await d.click("a Assign")
        assert isinstance(d.screen, GroupForm)
        assert d.shows("▾ Phonics [/b]")
        await d.click("Ctrl+S Save")
        assert len(register.find("groups", intervention="phonics")) == 3
        assert page(d).panel is page(d).groups


async def test_an_adult_in_two_places_is_pointed_out_while_writing(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.click("Phonics [/b] ([/b] hall)")
        await d.keys("e", "tab", "enter")
        await d.type("khan")
        await d.keys("enter", "ctrl+s")
        assert d.shows("! Mrs Khan would be in two places on")
        await d.keys("ctrl+s")
        assert "Mrs Khan is in two places" in d.toasts[-1]
        assert register.get("second")["staff"] == ["olafsson", "khan"]
        assert d.shows("! 1 clash")


async def test_times_that_cannot_be_meant_are_said_at_their_field(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("e", "tab", "tab")
        await d.type(" [/b]")
        await d.keys("ctrl+s")
        assert d.shows("! “[/b]” is neither a day nor a time.")
        await d.keys("escape", "t")
        assert page(d)
        assert len(register.find("slots", group="group")) == 1


async def test_a_group_that_ends_before_it_begins_is_not_kept(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("e", "tab", "tab", "tab", "tab")
        await d.type("1/9/2026")
        await d.keys("ctrl+s")
        assert d.shows("! It cannot end before it begins.")
        assert register.get("group")["end"] is None


async def test_other_times_replace_those_that_were(running: Running, register: Register) -> None:
    async with running(start="provision") as d:
        await d.keys("e", "tab", "tab", "ctrl+a", "ctrl+k")
        await d.type("mon 9:30, wed 10")
        await d.keys("ctrl+s")
        assert not register.get("monday").archived
        assert {s["weekday"] for s in register.find("slots", group="group")} == {"mon", "wed"}
        await d.keys("e", "tab", "tab", "ctrl+a", "ctrl+k")
        await d.type("wed 10")
        await d.keys("ctrl+s")
        assert register.get("monday").archived
        await d.keys("u")
        assert not register.get("monday").archived


async def test_a_group_with_children_in_it_is_not_put_away(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("d")
        assert "Children are still in this group" in d.toasts[-1]
        assert not register.get("group").archived
        await d.keys("down", "d")
        assert register.get("second").archived
        await d.keys("u")
        assert shown(d) == ["group", "second"]


# One group


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_the_page_of_a_group_shows_who_is_in_it(running: Running, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("enter")
        assert isinstance(d.screen, GroupPage)
        assert [row.id for row in d.screen.members.rows] == ["placement"]
        if size != (40, 10):
            assert d.shows("Meets     Mon 09:30 · 30 minutes a week")
            assert d.shows("O'Neil, Sam [EAL]")
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        await d.keys("escape", "escape")
        assert page(d)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_place_ends_with_score_outcome_and_reason(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("enter", "x")
        assert d.shows("O'Neil, Sam [EAL]  (at the start: 12)")
        await d.keys("tab")
        await d.type("Goal reached [/b]")
        await d.keys("tab")
        await d.type("17.5")
        await d.keys("tab", "2", "ctrl+s")
        place = register.get("placement")
        assert (place["end"], place["exit_on"], place["exit_score"]) == (
            "2026-11-27",
            "2026-11-27",
            17.5,
        )
        assert (place["outcome"], place["ended_reason"]) == (2, "Goal reached [/b]")
        await d.keys("u")
        assert register.get("placement")["end"] is None


async def test_a_place_is_ended_by_mouse_from_the_pupils_page(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE) as d:
        await d.app.push_screen(PupilPage("sam", tab="provision"))
        await d.settle()
        await d.keys("x")
        await d.click("+1  More than expected")
        await d.click("Ctrl+S End")
        assert register.get("placement")["outcome"] == 1
        assert d.shows("+1: More than expected")


async def test_a_place_cannot_end_before_it_begins(running: Running, register: Register) -> None:
    async with running(start="provision") as d:
        await d.keys("enter", "x", "ctrl+a", "ctrl+k")
        await d.type("1/9/2026")
        await d.keys("ctrl+s")
        assert d.shows("! A place cannot end before it begins.")
        await d.keys("escape", "t")
        assert register.get("placement")["end"] is None


async def test_a_score_off_its_scale_is_refused_where_a_place_ends(
    running: Running, register: Register
) -> None:
    with register.commit("Measure") as c:
        c.set("lego", measure="Confidence, of 20")
    async with running(start="provision") as d:
        await d.keys("enter", "x")
        d.screen.rows["exit_score:placement"].put("55")
        await d.keys("ctrl+s")
        assert d.shows("! 55 is more than")
        assert register.get("placement")["end"] is None
        d.screen.rows["exit_score:placement"].put("15")
        await d.keys("ctrl+s")
        assert register.get("placement")["exit_score"] == 15


async def test_scores_are_given_for_everyone_in_the_group(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("enter", "c", "down", "enter")
        assert d.shows("Score at the end: Lego [therapy] (Rainbow room)")
        assert d.shows("Bids in [ten] minutes")
        await d.type("many")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, Form)
        await d.keys("ctrl+a", "ctrl+k")
        await d.type("20")
        await d.keys("ctrl+s")
        assert register.get("placement")["exit_score"] == 20
        assert register.get("placement")["exit_on"] == "2026-11-27"
        await d.keys("u")
        assert register.get("placement")["exit_score"] is None


async def test_a_score_at_the_end_is_not_of_before_the_one_at_the_start(
    running: Running, register: Register
) -> None:
    with register.commit("Score") as c:
        c.set("placement", entry_score=5.0, entry_on="2026-11-28")
    async with running(start="provision") as d:
        await d.keys("enter", "c", "down", "enter")
        await d.type("20")
        await d.keys("ctrl+s")
        assert d.shows("(4B): the score at the end is of"), d.text
        assert register.get("placement")["exit_score"] is None


async def test_a_score_off_its_scale_is_refused_at_its_field(
    running: Running, register: Register
) -> None:
    group = register.get(register.get("placement")["group"])
    with register.commit("Scale") as c:
        c.set(group["intervention"], measure="Own mark, of 10")
    async with running(start="provision") as d:
        await d.keys("enter", "c", "down", "enter")
        await d.type("14")
        await d.keys("ctrl+s")
        assert d.shows("! 14 is more than “Own mark, of 10” allows.")
        assert register.get("placement")["exit_score"] is None
        await d.keys("ctrl+a", "ctrl+k")
        await d.type("10")
        await d.keys("ctrl+s")
        assert register.get("placement")["exit_score"] == 10


async def test_those_who_have_left_the_group_are_shown_when_asked(
    running: Running, register: Register
) -> None:
    with register.commit("End") as c:
        c.set("placement", end="2026-11-20")
    async with running(start="provision") as d:
        await d.keys("enter")
        assert d.shows("Nobody is in it now; 1 were. Press o to see them")
        await d.keys("o")
        assert [row.id for row in d.screen.members.rows] == ["placement"]


async def test_a_place_made_by_mistake_is_put_away(running: Running, register: Register) -> None:
    async with running(start="provision") as d:
        await d.keys("enter", "space", "d")
        assert register.get("placement").archived
        await d.keys("u")
        assert not register.get("placement").archived


# The map


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_map_says_how_much_and_what_it_means(running: Running, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("m")
        assert d.shows("Year 4")
        assert d.shows("0.5 h")
        assert d.shows("1 pupil")
        assert d.shows("Hours are child-hours a week: an hour with six")
        await d.keys("y")
        assert d.shows("4B")
        await d.keys("i")
        assert d.shows("Lego [therapy]")


async def test_a_cell_opens_its_list_by_keys(running: Running) -> None:
    async with running(start="provision") as d:
        await d.keys("m", "enter")
        assert "Nobody is in Universal, Year 4." in d.toasts[-1]
        await d.keys("down", "enter")
        assert d.shows("Targeted, Year 4")
        assert d.shows("O'Neil, Sam [EAL]")
        assert d.shows("30 min")
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        assert d.screen.story.current.id == "placement"
        await d.keys("escape")
        assert page(d).panel is page(d).map


async def test_a_cell_opens_its_list_by_mouse(running: Running) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.click("m Map")
        await d.click("☐ Interventions")
        await d.click(" Classes ")
        await d.click("0.5 h   1", times=2)
        assert d.shows("Lego [therapy], 4B")
        await d.click("O'Neil, Sam [EAL]", times=2)
        assert isinstance(d.screen, PupilPage)


async def test_the_cursor_stays_on_its_cell(running: Running, register: Register) -> None:
    async with running(start="provision") as d:
        await d.keys("m", "down", "right")
        here = page(d).map.grid.current
        with register.commit("More") as c:
            c.add("placements", {"pupil": "lukasz", "group": "second", "start": "2026-11-01"})
        await d.settle()
        assert page(d).map.grid.current.column == here.column
        assert page(d).map.grid.current.tier == here.tier == "targeted"


async def test_more_columns_than_fit_come_as_the_cursor_goes(
    running: Running, register: Register
) -> None:
    with register.commit("Many classes") as c:
        for number in range(20):
            pupil = c.add(
                "pupils",
                {"forename": "A", "surname": "B", "year_group": "4", "class_name": f"C{number:02}"},
            )
            c.add("placements", {"pupil": pupil, "group": "second", "start": "2026-09-07"})
    async with running(start="provision") as d:
        await d.keys("m", "y")
        assert d.shows("C00")
        assert not d.shows("C19")
        await d.keys("end")
        assert d.shows("C19")
        assert d.shows("◄ more")
        await d.keys("home")
        assert d.shows("4B")


async def test_an_empty_map_says_so(running: Running, register: Register) -> None:
    with register.commit("None") as c:
        c.archive("placement")
    async with running(start="provision") as d:
        await d.keys("m")
        assert d.shows("No child is in a group that runs today.")


# The catalogue


async def test_interventions_are_written_changed_and_put_away(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("c", "n")
        await d.type("Sounds [/b]")
        await d.keys("tab", "enter")
        await d.type("universal")
        await d.keys("enter", "ctrl+s")
        (new,) = register.find("interventions", name="Sounds [/b]")
        assert new["tier"] == "universal"
        assert page(d).catalogue.interventions.current_id == new.id
        assert d.shows("Universal")
        await d.keys("e")
        await d.type("More ")
        await d.keys("ctrl+s")
        assert register.get(new.id)["name"] == "Sounds [/b]More"
        await d.keys("d")
        assert register.get(new.id).archived
        assert d.shows("2 of 2 interventions")
        await d.keys("o")
        assert d.shows("3 of 3 interventions")
        await d.keys("slash")
        await d.type("phonics")
        assert d.shows("1 of 3 interventions")
        await d.keys("escape")
        assert d.shows("3 of 3 interventions")


async def test_without_interventions_and_groups_it_says_what_to_do(
    running: Running, register: Register
) -> None:
    with register.commit("None") as c:
        for table in ("placements", "groups", "interventions"):
            for row in register.all(table):
                c.archive(row)
    async with running(start="provision") as d:
        assert d.shows("There are no groups yet. Press n, or click New below, to make one")
        await d.keys("n")
        assert "The catalogue is empty" in d.toasts[-1]
        await d.keys("c")
        assert d.shows("The catalogue is empty. Press n, or click New below, to")
        await d.keys("enter", "e", "d", "a", "g", "enter", "e", "d", "a")
        assert page(d)
