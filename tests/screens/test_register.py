"""The Register by keyboard and by mouse."""

from __future__ import annotations

import pytest

from screens.register.screen import RegisterPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


def screen_of(driver) -> RegisterPage:
    assert isinstance(driver.screen, RegisterPage)
    return driver.screen


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10), (20, 5)])
async def test_every_name_comes_out_as_it_went_in(running: Running, size) -> None:
    async with running(size=size) as d:
        assert [row.name for row in screen_of(d).pupils.rows] == [
            "[/b], [/b]",
            "O'Neil, Sam [EAL]",
            "O'Neil, Sam [EAL]",
            "Żółkowski, Łukasz",
            "王, 小明",
        ]
        if size in (SMALL, LARGE):
            for name in ("[/b], [/b]", "O'Neil, Sam [EAL]", "Żółkowski, Łukasz", "王, 小明"):
                assert d.shows(name)
            assert d.shows("Hilltop [/b] Junior School")
            assert d.shows(
                "Nobody in this school is real" if size == LARGE else "Nobody here is real"
            )
            assert d.shows("● SEN support")
            assert d.shows("! Overdue 13 Nov")


async def test_the_filter_narrows_as_you_type_and_enter_goes_to_the_list(running: Running) -> None:
    async with running() as d:
        await d.keys("slash")
        await d.type("spld")
        assert [row.id for row in screen_of(d).pupils.rows] == ["sam"]
        assert d.shows("1 of 5")
        await d.keys("enter")
        assert d.app.focused is screen_of(d).pupils
        await d.keys("escape")
        assert len(screen_of(d).pupils.rows) == 5


async def test_the_cursor_stays_on_its_record_while_the_list_narrows(running: Running) -> None:
    async with running() as d:
        await d.keys("end")
        assert screen_of(d).pupils.current_id == "ming"
        await d.keys("slash")
        await d.type("王")
        assert screen_of(d).pupils.current_id == "ming"
        await d.keys("backspace", "escape")
        assert screen_of(d).pupils.current_id == "ming"


async def test_a_heading_sorts_and_once_more_turns_round(running: Running) -> None:
    async with running() as d:
        await d.click("Class")
        assert [row.class_name for row in screen_of(d).pupils.rows] == [
            "3A",
            "4A",
            "4B",
            "5A",
            "6A",
        ]
        await d.click("Class")
        assert [row.class_name for row in screen_of(d).pupils.rows] == [
            "6A",
            "5A",
            "4B",
            "4A",
            "3A",
        ]


async def test_facets_narrow_by_mouse_alone(running: Running) -> None:
    async with running(size=LARGE) as d:
        await d.click("Narrow by")
        await d.click("☐ Year 4")
        assert {row.id for row in screen_of(d).pupils.rows} == {"sam", "twin"}
        await d.click("☐ SEN support")
        assert {row.id for row in screen_of(d).pupils.rows} == {"sam"}
        await d.click("☒ Year 4")
        await d.click("clear")
        assert len(screen_of(d).pupils.rows) == 5


async def test_facets_narrow_by_keys_alone(running: Running) -> None:
    async with running() as d:
        await d.keys("b", "down", "down", "space")
        assert screen_of(d).facets.chosen
        assert d.shows("1 of 5") or d.shows("2 of 5")
        await d.keys("b")
        assert d.app.focused is screen_of(d).pupils
        await d.keys("escape")
        assert len(screen_of(d).pupils.rows) == 5


async def test_a_new_pupil_is_written_and_found(running: Running, register: Register) -> None:
    async with running() as d:
        await d.keys("n")
        await d.type("Zoë [x")
        await d.keys("tab")
        await d.type("[/] Núñez")
        await d.keys("tab", "tab")
        await d.type("3/11/16")
        assert d.shows("Thu 3 Nov 2016")
        await d.keys("ctrl+s")
        added = register.find("pupils", surname="[/] Núñez")
        assert [row["forename"] for row in added] == ["Zoë [x"]
        assert added[0]["dob"] == "2016-11-03"
        assert screen_of(d).pupils.current_id == added[0].id
        await d.keys("u")
        assert not register.find("pupils", surname="[/] Núñez")
        assert any("Undone" in each for each in d.toasts)


async def test_letters_typed_in_one_breath_after_the_slash_go_into_the_filter(
    running: Running,
) -> None:
    async with running() as d:
        for key in ("slash", "o", "n", "e", "i", "l"):
            d.app.simulate_key(key)
        await d.settle()
        assert isinstance(d.screen, RegisterPage), "no command of the list was run"
        assert screen_of(d).filter_text == "oneil"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_child_whose_last_day_is_today_is_marked(
    running: Running, register: Register, size: tuple[int, int]
) -> None:
    with register.commit("Import pupils") as commit:
        commit.set("ming", left="2026-11-27", enrolment_status="P")
    async with running(size=size) as d:
        (line,) = (each for each in d.lines if "王, 小明" in each)
        assert "→ 王, 小明 (leav" in line
        assert "→ Leaves today" in line
        screen_of(d).pupils.go_to("ming")
        await d.keys("enter")
        assert d.shows("→ Leaves today")
