"""The planner of conversations: planning, moving, logging attempts, handing over, the calendar."""

from __future__ import annotations

import pytest

from screens.conversations.plan_preview import OneDay, PlanPreview
from screens.conversations.planning import DaysForm
from screens.conversations.record import ConversationForm
from screens.conversations.screen import ConversationsPage
from screens.dialogs.dialog import Dialog
from screens.pupil.screen import PupilPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture
def talks(register: Register) -> None:
    """Three of the cohort: one held, one missed, one planned; Mr Ólafsson led one last year."""
    with register.commit("Conversations") as c:
        for pupil in ("sam", "closing", "lukasz"):
            c.add("cohort_memberships", {"pupil": pupil, "start": "2025-09-01"})
        for record, pupil, values in (
            ("old", "lukasz", {"held_on": "2026-06-12", "led_by": "olafsson"}),
            ("held", "sam", {"held_on": "2026-11-12", "going_well": "Sings [loudly]"}),
            ("missed", "closing", {"planned_for": "2026-11-12", "led_by": "khan"}),
            ("coming", "lukasz", {"planned_for": "2026-12-03", "at": "15:45", "led_by": "khan"}),
        ):
            c.add("conversations", {"pupil": pupil, **values}, record_id=record)


def page(d) -> ConversationsPage:
    assert isinstance(d.screen, ConversationsPage), d.text
    return d.screen


def shown(d) -> list[str]:
    return [row.id for row in page(d).talks.rows]


def planned(register: Register, pupil: str) -> list[str]:
    rows = register.find("conversations", pupil=pupil)
    return sorted(row["planned_for"] for row in rows if row["planned_for"] and not row["held_on"])


# What is seen


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_empty_planner_says_what_to_do_first(running: Running, size) -> None:
    async with running(size=size, start="conversations") as d:
        assert d.shows("Nobody is in the cohort yet")
        assert d.shows("Press y")
        await d.keys("y")
        assert d.shows("All with SEN, who join the cohort")


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_child_stands_with_each_part_of_the_year(running: Running, size) -> None:
    async with running(size=size, start="conversations") as d:
        assert shown(d) == ["closing", "sam", "lukasz"]
        for words in ("Autumn", "√ 12 Nov", "! 12 Nov", "· 3 Dec", "1/3"):
            assert d.shows(words), words
        assert d.shows("[/b], [/b]")


@pytest.mark.usefixtures("talks")
async def test_views_by_keys_and_by_mouse(running: Running, register: Register) -> None:
    register.person = "khan"
    async with running(size=LARGE, start="conversations") as d:
        await d.keys("right")
        assert shown(d) == ["closing"]
        await d.click("To hand over")
        assert shown(d) == ["lukasz"]
        await d.click("Summary owed")
        assert shown(d) == ["sam", "lukasz"]
        await d.keys("escape")
        assert page(d).view == "cohort"
        await d.keys("slash")
        await d.type("zol")
        assert shown(d) == ["lukasz"]


@pytest.mark.usefixtures("talks")
async def test_the_calendar_tells_who_is_seen_when(running: Running) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.click("Calendar")
        assert d.shows("Next week, from 30 Nov 2026: 1")
        assert d.shows("Thu 3 Dec 15:45")
        assert d.shows("Week of 9 Nov 2026: 2")
        await d.keys("enter")
        assert isinstance(d.screen, ConversationForm)
        assert d.screen._row.id == "coming"


# Holding and planning


@pytest.mark.usefixtures("talks")
async def test_enter_opens_what_is_to_be_written_down(running: Running) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("enter")
        assert isinstance(d.screen, ConversationForm)
        assert d.screen._row.id == "missed"
        await d.keys("escape")
        await d.click("Żółkowski", times=2)
        assert isinstance(d.screen, ConversationForm)
        assert d.screen._row.id == "coming"


@pytest.mark.usefixtures("talks")
async def test_a_planned_one_is_moved(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("end", "e")
        await d.type("10/12/2026")
        await d.keys("ctrl+s")
        assert register.get("coming")["planned_for"] == "2026-12-10"
        assert register.get("coming")["at"] == "15:45"


@pytest.mark.usefixtures("talks")
async def test_one_that_was_not_planned_is_planned(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("down", "n")
        await d.type("plan")
        await d.keys("enter")
        await d.type("11/1/2027")
        await d.keys("ctrl+s")
        assert planned(register, "sam") == ["2027-01-11"]


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_year_is_planned_for_all_in_one_step(running, register, size) -> None:
    async with running(size=size, start="conversations") as d:
        before = register.count("conversations")
        await d.keys("y", "enter")
        assert isinstance(d.screen, DaysForm)
        assert d.shows("Spring, from")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, PlanPreview), d.text
        assert d.shows("6 conversations would be planned")
        assert d.shows("Spring: 3")
        await d.keys("enter")
        assert isinstance(d.screen, OneDay)
        await d.keys(*["backspace"] * 20)
        await d.type("4/7/2027")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, OneDay)
        assert d.shows("This day is not in Spring")
        await d.keys(*["backspace"] * 20)
        await d.type("18/2/2027")
        await d.keys("ctrl+s")
        await d.click("Another day")
        assert isinstance(d.screen, OneDay)
        await d.keys("escape", "up", "e", *["backspace"] * 20, "ctrl+s")
        assert d.shows("5 conversations would be planned")
        assert register.count("conversations") == before, "nothing is written before it is agreed"
        await d.keys("escape")
        assert d.shows("The days you changed here are lost")
        await d.keys("escape")
        assert d.shows("5 conversations would be planned")
        await d.keys("ctrl+s")
        assert register.count("conversations") == before + 5
        assert len(register.find("conversations", planned_for="2027-02-18")) == 1
        assert any("5 conversations planned" in each for each in d.toasts)
        register.undo()
        assert register.count("conversations") == before


@pytest.mark.usefixtures("talks")
async def test_the_year_is_planned_by_mouse_for_who_is_marked(running, register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        _, y = d.places("O'Neil")[0]
        await d.pilot.click(offset=(1, y))
        await d.settle()
        assert page(d).talks.marks == {"sam"}
        await d.click("1 marked: plan the year")
        await d.click("The marked pupils")
        await d.click("Ctrl+S Preview")
        await d.click("Ctrl+S Plan them")
        assert len(planned(register, "sam")) == 2


@pytest.mark.usefixtures("talks")
async def test_leaving_the_preview_plans_nothing(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        before = register.version
        await d.keys("y", "enter", "ctrl+s", "escape")
        assert register.version == before
        assert isinstance(d.screen, ConversationsPage)


@pytest.mark.usefixtures("talks")
async def test_a_day_outside_its_part_is_refused(running: Running) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("y", "enter")
        d.screen.rows["part1"].put("1/6/2027")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, DaysForm)
        assert d.shows("! This day is not in Spring")
        d.screen.rows["part1"].put("")
        d.screen.rows["at"].put("noonish")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, DaysForm)


async def test_those_with_sen_join_the_cohort_and_are_planned(running, register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("y", "enter", "ctrl+s", "ctrl+s")
        assert {row["pupil"] for row in register.all("cohort_memberships")} == {"sam", "closing"}
        assert len(planned(register, "closing")) == 3
        assert set(shown(d)) == {"sam", "closing"}
        register.undo()
        assert register.count("cohort_memberships") == 0
        assert register.count("conversations") == 0


# What did not come about, who leads, handing on


@pytest.mark.usefixtures("talks")
async def test_a_no_show_is_logged_with_a_new_day(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("x")
        assert d.shows("Meeting not attended")
        d.screen.rows["why_not"].put("Shift [changed]")
        d.screen.rows["new_day"].put("4/12/2026")
        await d.keys("ctrl+s")
        (attempt,) = register.find("attempts", conversation="missed")
        assert (attempt["how"], attempt["why_not"]) == ("meeting", "Shift [changed]")
        assert register.get("missed")["planned_for"] == "2026-12-04"
        assert register.get("missed")["held_on"] is None
        assert d.shows("· 4 Dec ×1")
        register.undo()
        assert register.count("attempts") == 0
        assert register.get("missed")["planned_for"] == "2026-11-12"


@pytest.mark.usefixtures("talks")
async def test_a_new_day_that_is_past_is_refused(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("x")
        d.screen.rows["new_day"].put("1/11/2026")
        await d.keys("ctrl+s")
        assert d.shows("! This day is past.")
        d.screen.rows["new_day"].put("4/12/2026")
        d.screen.rows["new_at"].put("25:99")
        await d.keys("ctrl+s")
        assert d.shows("! At is a time such as 09:30.")
        d.screen.rows["new_day"].put("")
        d.screen.rows["new_at"].put("17:30")
        await d.keys("ctrl+s")
        assert d.shows("! A time is given: on which day?")
        d.screen.rows["on"].put("3/12/2026")
        await d.keys("ctrl+s")
        assert d.shows("! This day is still to come.")
        await d.keys("escape", "d")
        assert register.count("attempts") == 0


@pytest.mark.usefixtures("talks")
async def test_somebody_else_leads_those_that_are_marked(running, register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("space", "space", "space", "l")
        await d.type("olaf")
        await d.keys("enter")
        assert register.get("missed")["led_by"] == "olafsson"
        assert register.get("coming")["led_by"] == "olafsson"
        assert register.get("held")["led_by"] is None, "what was held stays as it was led"


@pytest.mark.usefixtures("talks")
async def test_last_years_is_handed_to_the_teacher_who_has_the_child(running, register) -> None:
    async with running(size=LARGE, start="conversations") as d:
        await d.click("To hand over")
        await d.keys("h", "enter")
        assert register.get("old")["handed_to"] == "khan"
        assert register.get("old")["handed_on"] == "2026-11-27"
        assert shown(d) == []


# Papers


@pytest.mark.usefixtures("talks")
async def test_the_summary_is_made_and_the_day_it_was_given_kept(
    running: Running, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("senreg.reports.showing.open_in_browser", lambda _: True)
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("down", "k")
        assert d.shows("Summary for the family of Sam [EAL] O'Neil")
        await d.keys("enter")
        assert d.shows("Does the family get it today?")
        await d.keys("enter")
        row = register.get("held")
        assert (row["summary_given_on"], row["summary_given"]) == ("2026-11-27", "on paper")
        (given,) = register.find("plans", pupil="sam")
        assert (given["shared_on"], given["shared_with"]) == ("2026-11-27", "the family")
        assert "Sings [loudly]" in given["text"]
        d.app.push_screen(PupilPage("sam", tab="notes"))
        await d.settle()
        assert d.shows("Plans and summaries given out")
        register.undo()
        assert register.get("held")["summary_given_on"] is None
        assert register.count("plans") == 0


@pytest.mark.usefixtures("talks")
async def test_a_summary_that_is_not_made_is_not_given(running, register) -> None:
    async with running(size=SMALL, start="conversations") as d:
        await d.keys("down", "k")
        await d.until(lambda: isinstance(d.screen, Dialog))
        await d.keys("escape")
        await d.until(lambda: isinstance(d.screen, ConversationsPage))
        assert register.get("held")["summary_given_on"] is None
        await d.keys("home", "k")
        await d.until(lambda: any("no conversation yet that was held" in each for each in d.toasts))


# Elsewhere


@pytest.mark.usefixtures("talks")
@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_pupils_page_has_them(running: Running, register: Register, size) -> None:
    async with running(size=size, start="conversations") as d:
        await d.keys("p")
        assert isinstance(d.screen, PupilPage)
        assert d.screen.tab.id == "conversations"
        assert d.shows("! Missed")
        assert d.shows("None planned. n plans one")
        d.screen.story.go_to("missed")
        await d.keys("enter")
        assert isinstance(d.screen, ConversationForm)
        await d.keys("escape", "n")
        await d.type("attempt")
        await d.keys("enter")
        d.screen.rows["how"].put("call")
        await d.keys("ctrl+s")
        assert register.find("attempts", conversation="missed")
        assert d.shows("Tried")


@pytest.mark.usefixtures("talks")
async def test_today_tells_them_and_r_writes_them_down(running: Running) -> None:
    async with running(size=LARGE, start="today") as d:
        assert d.shows("Conversation led by Mrs Khan")
        lines = [row.id for row in d.screen.due.rows]
        assert "overdue missed" in lines
        assert "due coming" in lines
        d.screen.due.go_to("overdue missed")
        await d.keys("r")
        assert isinstance(d.screen, ConversationForm)


@pytest.mark.usefixtures("talks")
async def test_the_overview_tells_where_the_cycle_is(running: Running) -> None:
    async with running(size=LARGE, start="conversations") as d:
        d.app.push_screen(PupilPage("sam"))
        await d.settle()
        assert d.shows("held 12 Nov 2026  ·  none planned")
        assert d.shows("Step to take now")
        assert d.shows("→ Review -")
        d.app.push_screen(PupilPage("closing"))
        await d.settle()
        assert d.shows("! missed 12 Nov 2026"), d.text
        assert not d.shows("none planned")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_saturday_or_a_bank_holiday_is_pointed_out_where_it_is_typed(
    running: Running, register: Register, size
) -> None:
    from screens.conversations.beginning import plan_one

    async with running(size=size, start="conversations") as d:
        plan_one(d.app, register.get("sam"), None)
        await d.settle()
        await d.type("28/12/2026")
        assert d.shows("? 28 Dec 2026 is a bank holiday (Boxing Day)."), d.text
        for _ in range(10):
            await d.keys("backspace")
        await d.type("sat")
        assert d.shows("? 28 Nov 2026 is a Saturday."), d.text
        await d.keys("backspace", "backspace", "backspace")
        await d.type("mon")
        assert not d.shows("is a Saturday")
        await d.keys("ctrl+s")
        (row,) = register.all("conversations")
        assert row["planned_for"] == "2026-11-30"


@pytest.mark.usefixtures("talks")
async def test_every_view_is_reached_where_there_is_little_room(running: Running) -> None:
    """By the mouse under *More*, by the keyboard one after another."""
    async with running(size=SMALL, start="conversations") as d:
        assert not d.shows("To hand over")
        await d.click("More ▾")
        await d.click("To hand over")
        assert page(d).view == "handover"
        assert shown(d) == ["lukasz"]
        assert d.shows("To hand over 1")
        assert "…" not in next(line for line in d.lines if "To hand over 1" in line), d.text
        await d.keys("right", "right")
        assert page(d).view == "calendar"
        await d.keys("right")
        assert page(d).view == "cohort"
        await d.click("Narrow by")
        assert d.shows("Spring"), d.text
        assert not d.shows("Summer  "), "the part of the year farthest off gives way"


async def test_a_name_typed_at_once_after_the_filters_key_is_for_the_filter(
    running: Running, talks: None
) -> None:
    async with running(size=SMALL, start="today") as d:
        await d.type("5/luk")
        assert shown(d) == ["lukasz"]
