"""Marking a session of a group, by keys and by mouse."""

from __future__ import annotations

import pytest

from screens.dialogs.leave import LeaveDialog
from screens.provision.group_page import GroupPage
from screens.provision.session import SessionPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def times(register: Register) -> None:
    """The group of the school meets on Wednesdays, and has two children in it."""
    with register.commit("Provision") as c:
        c.set("lego", session_minutes=30)
        c.add("slots", {"group": "group", "weekday": "wed", "at": "09:30"}, record_id="wednesday")
        c.add("placements", {"pupil": "closing", "group": "group", "start": "2026-09-07"})


def marks(register: Register) -> dict[str, str]:
    return {row["pupil"]: row["mark"] for row in register.all("session_marks")}


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_session_is_marked_in_one_line_of_keys(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("enter", "m")
        assert isinstance(d.screen, SessionPage)
        assert d.shows("2 of 2 there, 30 minutes")
        await d.keys("a", "l")
        assert d.shows("1 of 2 there")
        await d.keys("enter")
        assert isinstance(d.screen, GroupPage)
        assert marks(register) == {"closing": "absent", "sam": "late"}
        (session,) = register.all("sessions")
        assert (session["group"], session["minutes"]) == ("group", 30)
        await d.keys("u")
        assert not register.all("sessions")
        assert not marks(register)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_same_by_mouse(running: Running, register: Register, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.click("Lego [therapy]", times=2)
        await d.click("Mark a session")
        await d.click("O'Neil, Sam")
        await d.click("Absent", nth=len(d.places("Absent")) - 1)
        await d.click("Keep", nth=len(d.places("Keep")) - 1)
        assert isinstance(d.screen, GroupPage)
        assert marks(register) == {"closing": "present", "sam": "absent"}


async def test_half_way_it_can_be_left_and_nothing_is_kept(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="provision") as d:
        await d.keys("enter", "m", "a", "escape")
        assert isinstance(d.screen, LeaveDialog)
        await d.keys("escape")
        assert isinstance(d.screen, SessionPage)
        await d.keys("escape", "t")
        assert isinstance(d.screen, GroupPage)
        assert not register.all("sessions")
        await d.keys("m", "escape")
        assert isinstance(d.screen, GroupPage)


async def test_another_day_and_what_is_said_of_it(running: Running, register: Register) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.keys("enter", "m", "g")
        await d.type("2026-11-04")
        await d.keys("enter")
        assert d.shows("Wed 4 Nov 2026")
        await d.keys("e")
        await d.keys("tab")
        await d.type("In the [hall]")
        await d.keys("ctrl+s", "enter")
        (session,) = register.all("sessions")
        assert (session["date"], session["note"]) == ("2026-11-04", "In the [hall]")
        await d.keys("m", "g", "down", "enter")
        assert d.shows("marked already")
        assert d.shows("In the [hall]")


async def test_nobody_was_at_a_session_that_is_still_to_come(
    running: Running, register: Register
) -> None:
    async with running(start="provision") as d:
        await d.keys("enter", "m", "g")
        await d.type("2/12/2026")
        await d.keys("enter")
        assert isinstance(d.screen, SessionPage)
        assert "is still to come" in d.toasts[-1]
        assert not d.shows("2 Dec 2026  to be marked")


async def test_a_group_that_is_all_marked_offers_its_next_meeting_and_nobody_was_there_yet(
    running: Running, register: Register
) -> None:
    with register.commit("All marked") as c:
        for day in ("2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25"):
            c.add("sessions", {"group": "group", "date": day})
    async with running(size=SMALL, start="provision") as d:
        await d.keys("enter", "m")
        assert d.shows("Wed 2 Dec 2026"), d.text
        assert d.shows("every session is marked")
        await d.keys("enter")
        assert isinstance(d.screen, SessionPage)
        assert any("nobody was there yet" in each for each in d.toasts)
        assert register.count("sessions") == 4
