"""School: figures with the pupils behind them, and the lists of the school's own records."""

from __future__ import annotations

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.pupil.screen import PupilPage
from screens.school.screen import SchoolPage
from screens.settings.records import RecordsPage
from screens.widgets.section_list import Section
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


def switch_on(register: Register) -> None:
    with register.commit("Show the School screen") as c:
        c.set(register.school.id, school_mode=True)


def titles(d) -> list[str]:
    assert isinstance(d.screen, SchoolPage), d.text
    return [row.title for row in d.screen.figures.rows if not isinstance(row, Section)]


async def worked_out(d) -> None:
    await d.settle()
    assert d.screen.figures.rows


async def test_the_mode_is_there_once_the_school_switches_it_on(
    running: Running, register: Register
) -> None:
    async with running() as d:
        assert not d.shows("7 School")
        await d.keys("7")
        assert not isinstance(d.screen, SchoolPage)
        assert d.toasts == ["School is not shown yet. Settings, The school, switches it on."]
        switch_on(register)
        await d.keys("7")
        assert isinstance(d.screen, SchoolPage)
        assert d.shows("7 School")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_each_figure_is_one_key_from_its_pupils(
    running: Running, register: Register, size
) -> None:
    switch_on(register)
    async with running(size=size, start="school") as d:
        await worked_out(d)
        assert "On the SEN register" in titles(d)
        assert d.shows("On the SEN register")
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        assert d.shows("O'Neil, Sam [EAL]")
        assert d.shows("SEN support")  # how each stands, beside the name
        await d.keys("escape")
        assert isinstance(d.screen, SchoolPage)
        await d.keys("enter", "enter")
        assert isinstance(d.screen, PupilPage)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_same_by_mouse(running: Running, register: Register, size) -> None:
    switch_on(register)
    async with running(size=size, start="today") as d:
        await d.click("7 Sc")
        await worked_out(d)
        await d.click("EHC plan", times=2)
        assert isinstance(d.screen, ChooseDialog)
        await d.click("[/b], [/b]")
        assert isinstance(d.screen, PupilPage)


async def test_what_a_figure_says_exactly_stands_below(
    running: Running, register: Register
) -> None:
    switch_on(register)
    async with running(size=LARGE, start="school") as d:
        await worked_out(d)
        d.screen.figures.go_to_section("talks")
        await d.keys("down")
        assert d.shows("cohort and on roll throughout the period")


async def test_lists_open_and_take_new_records(running: Running, register: Register) -> None:
    switch_on(register)
    async with running(size=LARGE, start="school") as d:
        await worked_out(d)
        d.screen.figures.go_to("objectives")
        await d.keys("enter")
        assert isinstance(d.screen, RecordsPage)
        assert d.shows("Press n")
        await d.keys("escape")
        assert isinstance(d.screen, SchoolPage)


async def test_a_year_is_kept_with_its_definitions(running: Running, register: Register) -> None:
    switch_on(register)
    async with running(size=LARGE, start="school") as d:
        await worked_out(d)
        await d.keys("z", "enter")
        assert register.count("year_figures")
        assert {row["school_year"] for row in register.all("year_figures")} == {"2026/27"}
        d.screen.figures.go_to("leading years")
        await d.keys("enter")
        assert d.shows("2026/27")
        assert d.shows("Register: code K")
        await d.keys("escape")
        await d.keys("u")
        assert not register.count("year_figures")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_long_definition_can_be_read_to_its_end(
    running: Running, register: Register, size
) -> None:
    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    async with running(size=size, start="school") as d:
        assert not d.shows("the first day off it).") or size == LARGE
        if size == SMALL:
            assert d.shows("d reads on"), d.text
        await d.keys("d")
        assert d.shows("first day off it)."), d.text
        await d.keys("escape")
        await d.click("Pupils on roll on the last day")
        assert d.shows("first day off it)."), d.text


async def test_the_foot_of_a_list_for_leaders_says_what_it_holds(
    running: Running, register: Register
) -> None:
    with register.commit("School mode") as c:
        c.set(register.school.id, school_mode=True)
    async with running(size=SMALL, start="school") as d:
        d.screen.figures.go_to("leading coach")
        await d.settle()
        assert d.shows("Each visit of the coach"), d.text
        d.screen.figures.go_to("surveys")
        await d.settle()
        assert len(d.places("Surveys")) == 1, "the foot repeats no title"
        await d.keys("d")
        assert d.toasts == ["Nothing more is to be said of this line."]


async def test_behind_the_families_figure_stands_how_often_each_was_met(
    running: Running, register: Register
) -> None:
    with register.commit("Talks") as c:
        c.set(register.school.id, school_mode=True)
        for pupil in ("sam", "closing"):
            c.add("cohort_memberships", {"pupil": pupil, "start": "2025-09-01"})
        for day in ("2026-02-03", "2026-05-05", "2026-10-06"):
            c.add("conversations", {"pupil": "sam", "held_on": day})
    async with running(size=SMALL, start="school") as d:
        line = next(each for each in d.screen.figures.rows if "three times" in each.title)
        d.screen.figures.go_to(line.id)
        await d.keys("enter")
        assert d.shows("✓ met 3 times"), d.text
        assert d.shows("not met")
        await d.keys("down")
        (second,) = (each for each in d.lines if "│ › " in each)
        await d.keys("enter", "escape", "enter")
        assert second in d.lines, "back from a child one goes on where one was"


ALIKE = [
    ("objectives", "text", {"kind": "improvement", "status": "open"}, "Objectives"),
    ("surveys", "name", {"asked_on": "2025-10-06", "of_whom": "parents"}, "Surveys"),
]


@pytest.mark.parametrize(("table", "field", "more", "title"), ALIKE)
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_lines_that_begin_alike_can_be_told_apart(
    running: Running, register: Register, size, table: str, field: str, more, title: str
) -> None:
    with register.commit("Written alike") as c:
        for year in ("Łukasz [a]", "小明 [b]"):
            c.add(table, {**more, field: f"Parents' evening, year of {year}"})
    async with running(size=size) as d:
        d.app.push_screen(RecordsPage(table, "school"))
        await d.settle()
        assert d.shows(title)
        assert d.shows("year of Łukasz [a]"), d.text
        assert d.shows("year of 小明 [b]"), d.text


async def test_the_headings_of_workshops_are_whole(running: Running, register: Register) -> None:
    with register.commit("A workshop") as c:
        c.add("workshops", {"name": "Maths at home", "asked_by": 7})
    async with running(size=SMALL) as d:
        d.app.push_screen(RecordsPage("workshops", "school"))
        await d.settle()
        heading = next(row for row in d.text.splitlines() if "Invited" in row)
        assert "Asked" in heading
        assert "…" not in heading
