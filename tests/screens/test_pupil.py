"""The pupil's page: what it shows, and each record changed where it stands."""

from __future__ import annotations

import re

import pytest

from screens.pupil.screen import PupilPage
from screens.pupil.tabs import TABS
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


def page_of(driver) -> PupilPage:
    assert isinstance(driver.screen, PupilPage)
    return driver.screen


async def open_sam(d) -> PupilPage:
    await d.keys("slash")
    await d.type("spld")
    await d.keys("enter", "enter")
    return page_of(d)


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_every_tab_of_every_pupil_is_drawn(running: Running, size) -> None:
    async with running(size=size) as d:
        for pupil in ("sam", "closing", "lukasz", "ming"):
            await d.app.push_screen(PupilPage(pupil))
            await d.settle()
            for tab in TABS:
                assert page_of(d).tab is tab
                assert page_of(d).story.entries
                await d.keys("right")
            await d.keys("escape")


async def test_the_overview_says_what_an_adult_needs_to_know(running: Running) -> None:
    async with running(size=LARGE) as d:
        await open_sam(d)
        for words in (
            "Sam [EAL] O'Neil",
            "● SEN support since 5 Sep 2025",
            "Specific learning difficulty; Social, emotional and mental health",
            "! Overdue since 13 Nov 2026",
            "One instruction at a time.",
            "Niamh O'Neil  ·  Mother",
        ):
            assert d.shows(words), words


async def test_strengths_are_edited_in_place_by_keys(running: Running, register: Register) -> None:
    async with running() as d:
        page = await open_sam(d)
        await d.keys("down", "e")
        await d.type("Kind [/b]")
        await d.keys("ctrl+s")
        assert register.get("sam")["strengths"] == "Kind [/b]"
        assert d.screen is page
        assert d.shows("Kind [/b]")
        await d.keys("u")
        assert register.get("sam")["strengths"] is None
        assert not d.shows("Kind [/b]")


async def test_a_note_is_added_and_changed_by_mouse_alone(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.click("O'Neil, Sam [EAL]", nth=0, times=2)
        await d.click("Notes")
        assert d.shows("Rang about [/SEMH] homework.")
        await d.click("Rang about", times=2)
        await d.click("With")
        await d.click("Mum", dx=1)
        await d.type(" and Dad")
        await d.click("Ctrl+S")
        assert register.get("note")["with_whom"].replace("Mum", "").strip()
        assert " and Dad" in register.get("note")["with_whom"]


async def test_n_asks_what_to_add_and_begins_with_what_is_highlighted(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await open_sam(d)
        await d.keys("right")
        page_of(d).story.go_to("need1")
        await d.keys("n")
        assert d.shows("What is to be added?")
        await d.keys("enter")
        assert d.shows("New need")
        await d.keys("p")
        await d.type("mld")
        await d.keys("enter", "ctrl+s")
        added = [row for row in register.find("needs", pupil="sam") if row["code"] == "PMLD"]
        assert [row["rank"] for row in added] == [3]
        assert added[0]["start"] == "2026-11-27"
        assert page_of(d).story.current.id == added[0].id


async def test_a_record_is_archived_shown_and_restored(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await open_sam(d)
        await d.keys("right")
        page_of(d).story.go_to("need2")
        await d.keys("d")
        assert [row.id for row in register.find("needs", pupil="sam")] == ["need1"]
        assert not d.shows("Social, emotional")
        await d.keys("o")
        assert d.shows("Archived")
        page_of(d).story.go_to("need2")
        await d.keys("d")
        assert len(register.find("needs", pupil="sam")) == 2


async def test_the_status_is_changed_step_by_step(running: Running, register: Register) -> None:
    async with running() as d:
        await open_sam(d)
        await d.keys("g")
        assert d.shows("Now: SEN support.")
        await d.keys("enter")
        assert not d.shows("› SEN support"), "the present status is not offered"
        await d.type("ehc")
        await d.keys("enter", "tab", "ctrl+a", "ctrl+k")
        await d.type("20 nov")
        assert d.shows("Fri 20 Nov 2026")
        await d.keys("ctrl+s")
        statuses = {row["code"]: row for row in register.find("sen_statuses", pupil="sam")}
        assert statuses["K"]["end"] == "2026-11-19"
        assert statuses["E"]["start"] == "2026-11-20"
        assert d.shows("■ EHC plan")


async def test_old_stages_offer_only_what_may_follow(running: Running, register: Register) -> None:
    with register.commit("Old") as c:
        c.add("sen_statuses", {"pupil": "ming", "code": "S", "start": "2012-09-01"})
    async with running() as d:
        await d.app.push_screen(PupilPage("ming"))
        await d.settle()
        await d.keys("g")
        assert d.shows("A statement becomes a plan from the day")
        await d.keys("enter")
        assert d.shows("EHC plan")
        assert not d.shows("No SEN")


async def test_history_is_a_story_and_leads_to_the_record(
    running: Running, register: Register
) -> None:
    with register.commit("Edit target") as c:
        c.set("target", status="met")
    async with running(size=LARGE) as d:
        await open_sam(d)
        await d.keys("left")
        assert d.shows("Edit target")
        assert d.shows("Working towards → Met")
        await d.keys("enter")
        assert page_of(d).tab.id == "targets"
        assert page_of(d).story.current.id == "target"


@pytest.mark.parametrize("mouse", [False, True])
async def test_history_is_narrowed_to_a_person_or_a_field(
    running: Running, register: Register, mouse: bool
) -> None:
    register.person = "khan"
    with register.commit("Edit target") as c:
        c.set("target", status="met")
    with register.commit("Edit pupil") as c:
        c.set("sam", class_name="6C")
    async with running(size=LARGE) as d:
        await open_sam(d)
        await d.keys("left", "b")
        if mouse:
            await d.click("By Mrs Khan")
        else:
            await d.type("khan")
            await d.keys("enter")
        assert d.shows("Only what was changed by Mrs Khan.")
        assert d.shows("Edit target")
        assert not d.shows("Make a school")
        await d.keys("b")
        await d.type("class")
        await d.keys("enter")
        assert d.shows("Only what was changed of Class by Mrs Khan.")
        assert d.shows("4B → 6C")
        assert not d.shows("Edit target")
        await d.keys("b")
        await d.type("everything")
        await d.keys("enter")
        assert d.shows("Edit target")
        assert not d.shows("Only what was")


async def test_a_place_in_a_group_is_given_in_three_keys(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.app.push_screen(PupilPage("closing", tab="provision"))
        await d.settle()
        await d.keys("a", "enter", "ctrl+s")
        placed = register.find("placements", pupil="closing")
        assert [(row["group"], row["start"]) for row in placed] == [("group", "2026-11-27")]
        assert d.shows("Lego [therapy] (Rainbow room)")


async def test_a_change_from_elsewhere_is_seen_at_once(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await open_sam(d)
        with register.commit("Elsewhere") as c:
            c.set("sam", what_helps="A quiet [corner].")
        await d.settle()
        assert d.shows("A quiet [corner].")


async def test_a_pupil_is_archived_only_after_a_question(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await open_sam(d)
        await d.keys("d")
        assert d.shows("Put this pupil away?")
        await d.keys("escape")
        assert not register.get("sam").archived
        await d.keys("d", "enter")
        assert register.get("sam").archived
        assert d.shows("archived")


async def test_a_target_is_reviewed_from_the_page(running: Running, register: Register) -> None:
    async with running() as d:
        await open_sam(d)
        await d.keys("right", "right")
        assert page_of(d).story.current.id == "target"
        await d.keys("r")
        assert d.screen is not page_of_stack(d), "the review is written in a form"
        await d.keys("escape")
        await d.keys("left", "r")
        assert any("Highlight a target" in each for each in d.toasts)


def page_of_stack(d) -> PupilPage:
    return next(each for each in d.app.screen_stack if isinstance(each, PupilPage))


async def test_no_date_is_shown_as_it_is_stored(running: Running, register: Register) -> None:
    """Every tab of the child, and what changed since last time, tell days in words."""
    with register.commit("Change") as c:
        c.set("review", planned_for="2026-12-11")
        c.set("sam", joined="2024-09-04", records_sent="2026-11-02")
    stored = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
    async with running(size=(160, 50)) as d:
        page = await open_sam(d)
        for _ in TABS:
            await d.keys("right")
            assert stored.search(d.text) is None, d.text
            if page.tab.id == "history":
                assert re.search(r"\b\d\d Nov 2026, \d\d:\d\d  ", d.text)
        for start in ("1", "3", "4", "8", "9"):
            await d.keys("escape", start)
            assert stored.search(d.text) is None, d.text


async def test_progress_shows_how_the_child_gets_on_and_takes_more(
    running: Running, register: Register
) -> None:
    with register.commit("Assess") as c:
        for day, value in (("2025-12-01", "2B"), ("2026-06-30", "2A")):
            result = {"pupil": "sam", "subject": "reading", "date": day, "value": value}
            c.add("assessments", {**result, "scale": "National Curriculum level"})
        c.add("attendance", {"pupil": "sam", "start": "2025-09-01", "end": "2026-07-20",
                             "possible": 380, "authorised": 30, "unauthorised": 10})  # fmt: skip
    async with running() as d:
        await d.app.push_screen(PupilPage("sam", tab="progress"))
        await d.settle()
        assert d.shows("Reading  ·  ▁█  ·  +2 since 1 Dec 2025")
        assert d.shows("missed 40 of 380 sessions (10.5%; 10 unauthorised)")
        assert d.shows("persistent absence: that is 10% or more")
        await d.click("No mark yet")
        await d.keys("n", "enter", "ctrl+s")
        (mark,) = register.find("wider_marks", pupil="sam")
        assert mark["date"] == "2026-11-27"
