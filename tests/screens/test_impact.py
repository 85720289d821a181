"""Impact and slimming the map, by keys and by mouse."""

from __future__ import annotations

from typing import Any

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.provision.group_page import GroupPage
from screens.provision.screen import ProvisionPage
from screens.provision.slimming import SlimPreview
from screens.pupil.screen import PupilPage
from senreg.register import Register
from senreg.rules.hours_given import GivenTotal, hours_given
from senreg.rules.measures.delivered import Delivered, delivered
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def two_kinds(register: Register) -> None:
    with register.commit("Provision") as c:
        c.set("lego", measure="Reading age in [months]")
        c.add("interventions", {"name": "Phonics [/b]", "tier": "specialist"}, record_id="phonics")
        c.add("groups", {"intervention": "phonics", "start": "2026-09-07"}, record_id="second")
        c.add("placements", {"pupil": "closing", "group": "second", "start": "2026-09-07"})


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_each_gained_stands_with_its_warning(running: Running, size) -> None:
    async with running(size=size, start="provision") as d:
        await d.keys("j")
        assert d.shows("Lego [therapy]")
        assert d.shows("Phonics [/b]")
        assert d.shows("no comparison group")
        assert d.shows("is too")
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)


async def test_the_map_is_slimmed_after_seeing_who_loses_what(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="provision") as d:
        await d.keys("j", "k")
        assert not isinstance(d.screen, SlimPreview), "nothing is marked yet"
        await d.keys("space", "k")
        assert isinstance(d.screen, SlimPreview)
        assert d.shows("Left without any group: 1")
        assert d.shows("[/b], [/b] (5A): Phonics [/b]")
        assert d.shows("No longer offered: 1")
        await d.keys("escape")
        assert not register.all("interventions", archived=True)
        await d.keys("k", "ctrl+s")
        assert [row.id for row in register.all("interventions", archived=True)] == ["phonics"]
        await d.keys("u")
        assert not register.all("interventions", archived=True)


async def test_every_child_who_would_lose_something_can_be_read_before_it_is_done(
    running: Running, register: Register
) -> None:
    with register.commit("Many") as c:
        for number in range(40):
            pupil = c.add("pupils", {"surname": f"Child {number:02}", "forename": "Ada"})
            c.add("placements", {"pupil": pupil, "group": "second", "start": "2026-09-07"})
    async with running(size=SMALL, start="provision") as d:
        await d.keys("j", "space", "k")
        assert d.shows("Put 1 away")
        assert d.shows("Leave all as it is")
        assert not d.shows("Child 39")
        await d.keys("end", "up")
        assert d.shows("Child 39, Ada: Phonics [/b]")
        await d.click("Put 1 away")
        assert [row.id for row in register.all("interventions", archived=True)] == ["phonics"]


async def test_the_same_by_mouse(running: Running, register: Register) -> None:
    async with running(size=LARGE, start="provision") as d:
        await d.click("Impact")
        assert isinstance(d.screen, ProvisionPage)
        await d.click("Lego [therapy]", dx=-2)
        await d.click("Keep marked")
        assert isinstance(d.screen, SlimPreview)
        await d.click("Put 1 away")
        assert [row.id for row in register.all("interventions", archived=True)] == ["phonics"]


async def test_help_with_too_few_children_stands_last_in_the_order_by_what_it_gained(
    running: Running, register: Register
) -> None:
    with register.commit("Scores") as c:
        c.set(register.all("school")[0], rank_from=2)
        for number, (group, gain) in enumerate([("group", 1), ("group", 2), ("second", 30)]):
            pupil = c.add("pupils", {"surname": f"Scored {number}", "forename": "Ada"})
            scores = {"entry_score": 10, "exit_score": 10 + gain}
            days = {"start": "2026-09-07", "entry_on": "2026-09-07", "exit_on": "2026-11-20"}
            c.add("placements", {"pupil": pupil, "group": group, **scores, **days})
    async with running(size=LARGE, start="provision") as d:
        await d.keys("j")
        for _ in range(2):
            await d.click("Gain")
            names = [row.name for row in d.screen.query_one("#impact-list").rows]
            assert names == ["Lego [therapy]", "Phonics [/b]"]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_hours_planned_beside_given_and_a_childs_cost_beside_the_threshold(
    running: Running, register: Register, size
) -> None:
    with register.commit("Sessions") as c:
        c.add("rates", {"role": "class_teacher", "per_hour": 30.0, "start": "2025-09-01"})
        c.add("slots", {"group": "group", "weekday": "mon", "at": "09:30", "minutes": 60})
        c.add("sessions", {"group": "group", "date": "2026-11-23", "minutes": 60})
    async with running(size=size, start="provision") as d:
        await d.click("Hours")
        assert d.shows("Lego [therapy]  1 of 12 hours, £30")
        assert d.shows("Cost is not divided")
        assert d.screen.query_one("#hours-foot").size.height <= 3
        assert d.shows("8%")
        assert d.shows("Terms not recorded: planned counts holidays")
        await d.keys("enter")
        assert isinstance(d.screen, GroupPage)
        await d.app.push_screen(PupilPage("sam", tab="provision"))
        await d.settle()
        assert d.shows("£30 from 1 Sep 2026 to today")
        assert d.shows("Done in class, whoever teaches")


async def test_hours_are_worked_out_again_only_where_the_register_has_changed(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    worked_out = []

    def counted(*asked: Any) -> list[GivenTotal]:
        worked_out.append(asked)
        return hours_given(*asked)

    monkeypatch.setattr("screens.provision.hours.hours_given", counted)
    async with running(size=SMALL, start="provision") as d:
        await d.keys("h", "j", "h", "enter", "escape")
        assert d.shows("– of – hours")
        assert len(worked_out) == 1
        with register.commit("Sessions") as c:
            c.add("sessions", {"group": "group", "date": "2026-11-23", "minutes": 60})
        await d.keys("j", "h")
        assert d.shows("1 of – hours")
        assert len(worked_out) == 2


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_impact_says_what_its_hours_and_costs_are(running: Running, size) -> None:
    """Beneath the list stands the formula to its end, with what is planned; above, no terms."""
    async with running(size=size, start="provision") as d:
        await d.app.action_run("impact")
        await d.settle()
        assert d.shows("Cost is not divided.") or d.shows("is not divided."), d.text
        assert "where none was, planned" in " ".join(d.text.split()), d.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_impact_marks_planned_hours_line_by_line_and_warns_where_terms_are_missing(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch, size
) -> None:
    times = []

    def once(*asked: Any) -> list[Delivered]:
        times.append(asked)
        return delivered(*asked)

    monkeypatch.setattr("senreg.rules.measures.provision.delivered", once)
    with register.commit("Phonics is planned on Mondays, Lego was marked") as c:
        c.add("slots", {"group": "second", "weekday": "mon", "at": "09:30", "minutes": 60})
        c.add("sessions", {"group": "group", "date": "2026-11-23", "minutes": 90})
    async with running(size=size, start="provision") as d:
        await d.keys("j", "h", "j")
        assert len(times) == 1, "worked out once, and again only where the register has changed"
        (lego,) = [line for line in d.lines if "Lego [therapy]  " in line and "1.5" in line]
        (phonics,) = [line for line in d.lines if "Phonics [/b]  " in line and "12 plan" in line]
        assert "plan" not in lego
        assert phonics
        assert d.shows("Terms not recorded: planned counts holidays"), d.text
        assert not d.shows("hours 12 are planned")
        await d.keys("down")
        assert "12 hours 12 are planned" in " ".join(d.text.split()), d.text
        terms = {"name": "Autumn", "start": "2026-09-01", "end": "2026-12-18"}
        with register.commit("Terms") as c:
            c.add("terms", {**terms, "school_year": "2026/27"})
            c.add("sessions", {"group": "second", "date": "2026-11-23", "minutes": 30})
        await d.settle()
        assert len(times) == 2
        assert not d.shows("Terms not recorded"), d.text
        assert not d.shows("plan "), d.text
