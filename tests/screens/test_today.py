"""Today by keyboard and by mouse: every line opens the thing it is about."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from screens.pupil.screen import PupilPage
from screens.targets.reviewing import ReviewForm
from screens.today.screen import TodayPage
from senreg.register import Register
from senreg.settings import Settings
from tests.screens.conftest import LARGE, SMALL, Running


def page(d) -> TodayPage:
    assert isinstance(d.screen, TodayPage), d.text
    return d.screen


@pytest.fixture
def busy(register: Register) -> Register:
    """A register with something of every kind that Today shows."""
    with register.commit("Busy") as c:
        c.set("target", due="2026-11-20")
        c.add(
            "actions",
            {"about": "target", "what": "Ring [/b] home", "who": "Mrs Khan", "due": "2026-12-01"},
            record_id="action",
        )
    return register


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_wants_attention_stands_under_headings_that_count(
    running: Running, busy: Register, size
) -> None:
    async with running(size=size, start="today") as d:
        assert d.shows("Fri 27 Nov 2026")
        assert d.shows("Overdue: 2")
        assert d.shows("1 review, 1 target")
        assert d.shows("! 13 Nov")
        assert d.shows("O'Neil, Sam [EAL]")
        assert d.shows("Due in the next fortnight: 1")
        assert d.shows("On the register with no target: 1")
        assert d.shows("[/b], [/b]")
        assert d.shows("On the register with no primary need: 1")


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
async def test_a_small_window_still_has_its_lines(running: Running, busy: Register, size) -> None:
    async with running(size=size, start="today") as d:
        await d.keys("down", "down", "down", "end", "home")
        assert page(d).due.record is not None


async def test_enter_opens_the_pupil_at_the_thing(running: Running, busy: Register) -> None:
    async with running(start="today") as d:
        assert page(d).line.kind == "Review"
        await d.keys("enter")
        assert isinstance(d.screen, PupilPage)
        assert (d.screen.pupil_id, d.screen.tab.id) == ("sam", "reviews")
        await d.keys("escape", "down", "enter")
        assert d.screen.tab.id == "targets"
        assert d.screen.story.current.id == "target"
        await d.keys("escape")
        assert page(d)


async def test_every_line_opens_by_mouse(running: Running, busy: Register) -> None:
    async with running(size=LARGE, start="today") as d:
        for words, table in (
            ("Termly review", "reviews"),
            ("Reads fifty", "targets"),
            ("Ring [/b]", "targets"),
        ):
            await d.click(words, times=2)
            assert d.screen.tab.id == table
            await d.keys("escape")
        await d.click("[/b], [/b]", times=2)
        assert d.screen.pupil_id == "closing"


async def test_the_summary_goes_to_a_section(running: Running, busy: Register) -> None:
    async with running(start="today") as d:
        await d.click("2 missing")
        assert page(d).line.record == "closing"
        await d.click("1 due in a fortnight")
        assert page(d).line.kind == "Action"


async def test_headings_are_passed_over_and_a_click_on_one_does_nothing(
    running: Running, busy: Register
) -> None:
    async with running(start="today") as d:
        await d.keys("down", "down")
        assert page(d).line.kind == "Action"
        await d.click("Overdue: 2")
        assert page(d).line.kind == "Action"
        await d.keys("up")
        assert page(d).line.kind == "Target"


async def test_an_action_is_ticked_off_and_taken_back(running: Running, busy: Register) -> None:
    async with running(start="today") as d:
        await d.keys("down", "down", "x")
        assert busy.get("action")["done_on"] == "2026-11-27"
        assert not d.shows("Ring [/b] home")
        await d.keys("u")
        assert busy.get("action")["done_on"] is None
        assert d.shows("Ring [/b] home")
        await d.keys("home", "x")
        assert "Only actions are ticked off" in d.toasts[-1]


async def test_what_is_done_leaves_the_cursor_on_the_next_line(
    running: Running, register: Register
) -> None:
    with register.commit("Many") as c:
        for number in range(4):
            c.add("actions", {"about": "target", "what": f"Thing {number}", "due": "2026-11-20"})
    async with running(start="today") as d:
        await d.keys("down", "down")
        first = page(d).line.words
        await d.keys("x")
        second = page(d).line.words
        assert second.startswith("Thing")
        assert second != first
        await d.keys("x")
        assert page(d).line.words not in (first, second)
        assert page(d).line.words.startswith("Thing")


async def test_a_target_is_reviewed_from_here(running: Running, busy: Register) -> None:
    async with running(start="today") as d:
        await d.keys("down", "r")
        assert isinstance(d.screen, ReviewForm)
        await d.keys("0", "ctrl+s")
        assert busy.get("target")["status"] == "met"
        assert d.shows("Overdue: 1")
        await d.keys("home", "r")
        assert d.shows("Termly review, 13 Nov 2026")
        await d.keys("escape", "down", "r")
        assert "Only targets and meetings are reviewed" in d.toasts[-1]


async def test_a_long_section_is_opened_and_closed(running: Running, register: Register) -> None:
    with register.commit("Many") as c:
        for number in range(9):
            c.add("actions", {"about": "target", "what": f"Thing {number}", "due": "2026-11-20"})
    async with running(start="today") as d:
        assert not d.shows("Thing 8")
        await d.click("Show the other 6")
        assert d.shows("Thing 8")
        await d.keys("end", "home")
        await d.click("Show fewer")
        assert not d.shows("Thing 8")


async def test_nothing_due_is_said_in_a_sentence(running: Running, register: Register) -> None:
    with register.commit("Calm") as c:
        c.archive("review")
        c.archive("target")
    async with running(start="today") as d:
        assert d.shows("Nothing is overdue, and nothing is due until 11 Dec 2026.")


async def test_two_columns_where_there_is_room(running: Running, busy: Register) -> None:
    async with running(size=LARGE, start="today") as d:
        assert d.app.focused is page(d).due
        await d.keys("w")
        assert d.app.focused is page(d).aside
        assert page(d).line.record == "closing"
        await d.keys("enter")
        assert d.screen.pupil_id == "closing"
        await d.keys("escape", "tab")
        await d.pilot.resize_terminal(80, 24)
        await d.settle()
        assert not page(d).aside.display
        assert d.shows("On the register with no target: 1")


async def test_a_register_without_pupils_says_what_to_do_first(
    running: Running, tmp_path: Path
) -> None:
    with Register.create(tmp_path / "empty.senreg", "Empty") as empty:
        async with running(start="today", opened=empty) as d:
            assert d.shows("This register has no pupils yet. Begin here:")
            assert d.shows("Bring in the pupils")
            await d.keys("down", "enter")
            assert d.shows("New pupil")
            await d.type("[/b]")
            await d.keys("tab")
            await d.type("Sam [EAL] O'Neil")
            await d.keys("ctrl+s")
            assert [row["surname"] for row in empty.all("pupils")] == ["Sam [EAL] O'Neil"]
            assert d.shows("Nothing is overdue")


# What changed since last time


async def test_the_first_time_there_is_nothing_to_compare_with(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="today") as d:
        assert d.shows("You are here for the first time.")


async def test_what_others_changed_is_told_in_words_and_what_one_did_here_is_not(
    running: Running, register: Register, time_goes_on
) -> None:
    async with running(start="today") as d:
        await d.keys("ctrl+q")
    time_goes_on(3600)
    register.person = "khan"
    with register.commit("Elsewhere") as c:
        c.set("target", measure="A count")
        c.add("notes", {"pupil": "sam", "kind": "call", "text": "Called"})
    time_goes_on(3600)
    _date_files(register)
    settings = Settings.load()
    assert list(settings.last_seen) == [register.register_id]
    async with running(size=LARGE, start="today", settings=settings) as d:
        with register.commit("Mine, now") as c:
            c.set("ming", class_name="6B")
        _date_files(register)
        await d.settle()
        assert d.shows("Changed since you left it on today, 09:30: 1")
        assert d.shows("Sam [EAL] O'Neil")
        assert d.shows("Mrs Khan: 1 note, 1")
        assert not d.shows("小明 王")
        await d.click("Mrs Khan: 1 note", times=2)
        assert d.screen.pupil_id == "sam"


def _date_files(register: Register) -> None:
    """Give the files the day it is here: the disk has a clock of its own."""
    for file in register.path.rglob("*"):
        os.utime(file, (time.time(), time.time()))


async def test_nothing_changed_is_said(running: Running, register: Register, time_goes_on) -> None:
    async with running(start="today") as d:
        await d.keys("ctrl+q")
    time_goes_on(3600)
    async with running(size=LARGE, start="today", settings=Settings.load()) as d:
        assert d.shows("Nothing changed.")


async def test_what_looks_odd_is_pointed_out_and_opens(
    running: Running, register: Register
) -> None:
    with register.commit("Odd") as c:
        c.add(
            "needs", {"pupil": "closing", "code": "ASD", "start": "2026-10-01", "end": "2026-09-01"}
        )
    async with running(size=LARGE, start="today") as d:
        assert d.shows("Looks odd: 2")
        assert d.shows("! Wrong  Need 'ASD' of [/b] [/b] ends before it begins.")
        assert d.shows("ends before it begins")
        await d.click("ends before it begins", times=2)
        assert (d.screen.pupil_id, d.screen.tab.id) == ("closing", "sen")


async def test_a_conflict_waits_on_the_page(
    running: Running, register: Register, tmp_path: Path
) -> None:
    from senreg.sync.bundle import export_bundle, read_bundle
    from senreg.sync.join import join
    from senreg.sync.merge import apply_merge, plan_merge

    export_bundle(register, tmp_path / "out.senreg-bundle")
    with join(tmp_path / "out.senreg-bundle", tmp_path / "copy", person="Mr [Fox]") as copy:
        with copy.commit("There") as c:
            c.set("sam", class_name="4C")
        with register.commit("Here") as c:
            c.set("sam", class_name="4D")
        export_bundle(copy, tmp_path / "back.senreg-bundle")
    apply_merge(register, plan_merge(register, read_bundle(tmp_path / "back.senreg-bundle")))
    async with running(size=LARGE, start="today") as d:
        assert d.shows("Two people changed these differently: 1")
        assert d.shows("Class of Sam [EAL] O'Neil: ")
        assert d.shows("4C (Mr [Fox])")
        await d.click("1 to settle")
        await d.keys("enter")
        assert d.app.current_mode == "share"


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_register_of_a_newer_version_is_not_called_damaged(
    running: Running, register: Register, size
) -> None:
    register.store._mind_newer({"schema": 9_999})
    (words,) = register.warnings
    async with running(start="today", size=size) as d:
        assert d.shows("This register can only be read")
        assert d.shows("! Know")
        assert not d.shows("This register is damaged")
        assert not d.shows("Put it together from a backup")
        await d.click("! Know", times=2)
        assert d.shows("written by a newer version of senreg")
    assert register.damage == []
    assert "newer version" in words
