"""Settings: the school, its terms and staff, who sits here, and what is remembered."""

from __future__ import annotations

import json

import pytest

from screens.settings.records import RecordsPage
from screens.settings.screen import Settings
from senreg import __version__
from senreg.register import Register
from senreg.settings import Settings as Machine
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_every_setting_has_its_value_beside_it(running: Running, size) -> None:
    async with running(size=size, start="settings") as d:
        assert isinstance(d.screen, Settings)
        assert d.shows("The school")
        if size != (40, 10):
            assert d.shows("Hilltop [/b] Junior School")
            assert d.shows("2 members")
            await d.keys("end", "down")
            assert d.shows(f"senreg {__version__}")
            assert d.shows("school.senreg")


@pytest.mark.parametrize("mouse", [False, True])
async def test_the_school_is_changed(running: Running, register: Register, mouse: bool) -> None:
    async with running(start="settings") as d:
        await (d.click("The school", nth=-1) if mouse else d.keys("enter"))
        await d.keys("end", "ctrl+u")
        await d.type("Moss [x] School")
        await (d.click("Ctrl+S Save") if mouse else d.keys("ctrl+s"))
        assert register.school["name"] == "Moss [x] School"
        assert d.shows("Moss [x] School")
        await d.keys("u")
        assert register.school["name"] == "Hilltop [/b] Junior School"


@pytest.mark.parametrize("mouse", [False, True])
async def test_a_member_of_staff_is_added_changed_and_put_away(
    running: Running, register: Register, mouse: bool
) -> None:
    async with running(size=LARGE, start="settings") as d:
        await (d.click("Staff") if mouse else d.keys("down", "down", "enter"))
        assert isinstance(d.screen, RecordsPage)
        assert d.shows("Mr Ólafsson")
        await (d.click("n New") if mouse else d.keys("n"))
        await d.type("Ms [/] Okafor")
        await d.keys("tab", "tab", "enter")
        await d.type("senco")
        await d.keys("enter")
        await (d.click("Ctrl+S Save") if mouse else d.keys("ctrl+s"))
        assert [row["name"] for row in register.find("staff", role="senco")] == ["Ms [/] Okafor"]
        assert d.shows("Ms [/] Okafor")
        await (d.click("Mrs Khan", times=2) if mouse else d.keys("home", "down", "e"))
        await d.keys("end", "ctrl+u")
        await d.type("Mrs Khan-Lee")
        await d.keys("ctrl+s")
        assert register.get("khan")["name"] == "Mrs Khan-Lee"
        await (d.click("d Archive") if mouse else d.keys("d"))
        assert register.get("khan").archived
        assert not d.shows("Khan-Lee")
        await (d.click("o Show archived") if mouse else d.keys("o"))
        assert d.shows("Khan-Lee")


async def test_a_term_is_added(running: Running, register: Register) -> None:
    async with running(start="settings") as d:
        await d.keys("down", "enter")
        assert d.shows("Until then the terms begin")
        await d.keys("n")
        await d.type("Autumn 2026")
        await d.keys("tab")
        await d.type("2/9/2026")
        await d.keys("tab")
        await d.type("18/12/2026")
        await d.keys("ctrl+s")
        (term,) = register.all("terms")
        assert (term["start"], term["end"]) == ("2026-09-02", "2026-12-18")
        await d.keys("escape")
        assert d.shows("1 term; now Autumn 2026")


@pytest.mark.parametrize("mouse", [False, True])
async def test_who_sits_here_bears_what_is_written(
    running: Running, register: Register, mouse: bool
) -> None:
    async with running(start="settings") as d:
        if mouse:
            await d.click("Who sits here")
            await d.click("Mrs Khan", times=2)
        else:
            await d.keys("end", *["up"] * 7)
            await d.keys("enter")
            await d.type("khan")
            await d.keys("enter")
        assert register.person == "khan"
        assert Machine.load().people == {register.register_id: "khan"}
        assert d.shows("Mrs Khan")
        with register.commit("Test") as c:
            c.set("sam", class_name="4A")
        assert register.history("sam")[-1].by == "khan"


async def test_the_theme_is_chosen_and_kept(running: Running) -> None:
    async with running(start="settings") as d:
        await d.click("Theme")
        await d.click("High contrast", times=2)
        assert d.app.theme == "high-contrast"
        assert d.shows("High contrast")
        assert Machine.load().theme == "high-contrast"


async def test_remembered_columns_are_seen_and_forgotten(
    running: Running, register: Register
) -> None:
    with register.commit("Remember") as c:
        c.add(
            "column_mappings",
            {
                "name": "roll [x].csv",
                "table": "pupils",
                "shape": "Family\nCalled",
                "columns": json.dumps({"Family": "surname", "Bus [/]": "note", "Id": "skip"}),
                "used_on": "2026-11-20",
            },
        )
    async with running(start="settings") as d:
        await d.click("Remembered columns")
        assert d.shows("roll [x].csv")
        await d.keys("enter")
        assert d.shows("Family: Surname")
        assert d.shows("Bus [/]: a note under its heading")
        await d.keys("enter", "d")
        assert register.all("column_mappings") == []
        assert d.shows("When you place columns of a file by hand")


async def test_views_are_not_made_here(running: Running) -> None:
    async with running(start="settings") as d:
        await d.click("Saved views")
        await d.keys("n")
        assert isinstance(d.screen, RecordsPage)
        assert "Views are saved on the Register" in d.toasts[-1]


async def test_a_place_is_shown_whole(running: Running, register: Register) -> None:
    async with running(start="settings") as d:
        await d.keys("end")
        await d.click("The register")
        assert d.shows("Enter Close")


async def test_the_roll_over_begins_from_here(running: Running) -> None:
    async with running(start="settings") as d:
        await d.click("Year-end roll-over")
        assert d.app.current_mode == "register"
        assert d.shows("New year begins on")


async def test_the_bank_of_targets_opens_from_here(running: Running) -> None:
    async with running(start="settings") as d:
        await d.click("Target bank")
        assert d.app.current_mode == "targets"
        assert getattr(d.screen, "PLACE", "") == "bank"
