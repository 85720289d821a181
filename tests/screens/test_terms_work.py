"""A term's work from page to page: what is written on one is true on the next."""

from __future__ import annotations

import pytest
from textual import events

from screens.conversations.record import open_conversation
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_planning_the_year_hides_no_family_that_was_missed(
    running: Running, register: Register, size
) -> None:
    with register.commit("Conversations") as c:
        c.add("cohort_memberships", {"pupil": "sam", "start": "2025-09-01"})
        c.add("conversations", {"pupil": "sam", "planned_for": "2026-11-12"}, record_id="missed")
    async with running(size=size, start="conversations") as d:
        await d.keys("y", "enter", "ctrl+s", "ctrl+s")
        assert len(register.find("conversations", pupil="sam")) > 1
        await d.keys("1")
        assert d.shows("1 conversation")
        assert d.shows("! 12 Nov")


async def test_what_is_typed_before_the_next_stage_is_drawn_is_for_that_stage(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL) as d:
        open_conversation(d.app, register.get("sam"), None)
        await d.settle()
        form = d.screen
        await d.keys("f6", "f6", "f6")
        d.app.post_message(events.Key("f6", None))
        await d.type("We agreed all of it")
        assert form.rows["review"].text == "We agreed all of it"


async def test_a_child_who_joins_late_is_scored_and_the_others_keep_their_day(
    running: Running, register: Register
) -> None:
    with register.commit("One more joins") as c:
        c.set("placement", entry_on="2026-09-14")
        values = {"pupil": "lukasz", "group": "group", "start": "2026-11-20"}
        c.add("placements", values, record_id="late")
    async with running(start="provision") as d:
        await d.keys("enter", "c", "enter")
        assert d.shows("Fri 27 Nov 2026"), "the day is today's while a score is still to give"
        d.screen.rows["late"].entry.focus()
        await d.type("3")
        await d.keys("ctrl+s")
    late, early = register.get("late"), register.get("placement")
    assert (late["entry_score"], late["entry_on"]) == (3, "2026-11-27")
    assert (early["entry_score"], early["entry_on"]) == (12, "2026-09-14")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_target_shows_what_was_promised_with_it(
    running: Running, register: Register, size
) -> None:
    with register.commit("A conversation") as c:
        c.add("conversations", {"pupil": "sam", "held_on": "2026-09-10"}, record_id="talk")
        c.set("target", conversation="talk")
        what = {"about": "talk", "what": "Read [each] evening", "who": "Mum", "place": "home"}
        c.add("actions", what, record_id="read")
    async with running(size=size, start="targets") as d:
        await d.keys("enter")
        assert d.shows("Agreed in the same conversation")
        await d.click("Read [each] evening")
        await d.keys("x")
        assert register.get("read")["done_on"] == "2026-11-27"
        assert d.shows("✓ Done")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_on_a_visit_every_open_target_is_seen(
    running: Running, register: Register, size
) -> None:
    with register.commit("A conversation in the summer") as c:
        c.add("conversations", {"pupil": "sam", "held_on": "2026-06-12"}, record_id="before")
        own = {"pupil": "sam", "kind": "wider", "status": "set"}
        c.add("targets", {**own, "statement": "Joins [a] club", "conversation": "before"})
        c.add("conversations", {"pupil": "sam", "held_on": "2026-11-27"}, record_id="now")
        c.add("targets", {**own, "statement": "Of today", "conversation": "now"})
    async with running(size=size) as d:
        open_conversation(d.app, register.get("sam"), register.get("now"))
        await d.settle()
        if size is SMALL:
            await d.keys("f7")
        assert d.shows("Joins [a] club")
        assert d.places("Open besides")[0][1] < d.places("Reads fifty common words")[0][1]
        assert not d.shows("Of today"), "it is written in the form"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_year_long_past_is_kept_where_something_is_known_of_it(
    running: Running, register: Register, size
) -> None:
    own = {"pupil": "sam", "subject": "english", "scale": "[levels]"}
    with register.commit("Assessed") as c:
        c.add("assessments", {**own, "date": "2011-06-24", "points": 27})
    async with running(size=size, start="school") as d:
        await d.keys("z")
        assert d.shows("2026/27")
        await d.type("2010")
        await d.keys("enter")
        assert any("figures of 2010/11 kept" in said for said in d.toasts)
        assert register.find("year_figures", school_year="2010/11")


async def test_what_is_typed_ahead_after_tab_is_for_the_next_field(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="register") as d:
        await d.keys("n")
        for each in ("D", "a", "n", "tab", "F", "o", "r", "d", "shift+tab", "a"):
            d.app.post_message(events.Key(each, each if len(each) == 1 else None))
        await d.settle()
        assert (d.screen.rows["forename"].text, d.screen.rows["surname"].text) == ("Dana", "Ford")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_where_nobody_is_to_be_seen_yet_it_says_how_to_say_who(
    running: Running, register: Register, size
) -> None:
    with register.commit("Nobody has SEN") as c:
        for status in register.all("sen_statuses"):
            c.archive(status)
        for pupil in register.all("pupils"):
            c.set(pupil, class_name=None, key_teacher=None)
    async with running(size=size, start="conversations") as d:
        await d.keys("y")
        assert not d.shows("There are no pupils yet")
        assert d.shows("Nobody has SEN"), d.text
        assert d.shows("press m.")
