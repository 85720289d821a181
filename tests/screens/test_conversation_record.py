"""The record of a conversation made during a visit: by keys alone, by mouse alone, and left."""

from __future__ import annotations

import pytest

from screens.conversations.record import ConversationForm, open_conversation
from screens.forms.drafts import load_draft
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def talks(register: Register) -> None:
    """Sam was spoken of in the summer, and is to be again today."""
    with register.commit("Conversations") as c:
        c.add("cohort_memberships", {"pupil": "sam", "start": "2025-09-01"})
        c.add(
            "conversations",
            {
                "pupil": "sam",
                "planned_for": "2026-06-12",
                "held_on": "2026-06-12",
                "led_by": "khan",
                "parent_words": "He sings [/b] in the bath",
                "focus": "Mornings",
                "summary_given_on": "2026-06-15",
            },
            record_id="before",
        )
        c.set("target", conversation="before")
        c.add("actions", {"about": "before", "what": "Read each evening", "who": "Mum"})
        c.add(
            "conversations",
            {"pupil": "sam", "planned_for": "2026-11-27", "at": "15:45", "led_by": "khan"},
            record_id="today",
        )
        c.add(
            "target_examples",
            {"kind": "wider", "area": "bullying", "statement": "Feel safe on … days of ten"},
        )


async def visit(d, register: Register) -> ConversationForm:
    open_conversation(d.app, register.get("sam"), register.get("today"))
    await d.settle()
    assert isinstance(d.screen, ConversationForm)
    return d.screen


async def test_who_may_not_come_and_who_needs_an_interpreter_stand_under_who(
    running: Running, register: Register
) -> None:
    order = "Court order [/b]: no contact, and nothing may be told or sent. Office has a copy."
    with register.commit("Contacts") as c:
        c.add("contacts", {"pupil": "sam", "name": "Aled", "priority": 2, "restriction": order})
        c.add(
            "contacts",
            {"pupil": "sam", "name": "Gül", "language": "Turkish", "interpreter": True},
        )
    async with running(size=SMALL) as d:
        await visit(d, register)
        assert d.shows("! Restriction, Aled: Court order [/b]: no contact")
        assert d.shows("Office has a copy.")
        assert d.shows("! Gül needs an interpreter (Turkish).")
        await d.keys("f6")
        assert not d.shows("Aled")


def count(register: Register, table: str) -> int:
    return register.count(table)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_visit_by_keys_alone(running: Running, register: Register, size) -> None:
    async with running(size=size) as d:
        form = await visit(d, register)
        assert d.shows("Say who came")
        await d.keys("y", "tab")
        await d.type("Mum [and] an interpreter")
        await d.keys("f6")
        assert form.stage.id == "explore"
        assert d.shows("What is going well")
        assert not d.shows("Who came  ")
        await d.type("Sings every morning")
        await d.keys("f6")
        await d.type("Friends")
        await d.keys("tab")
        assert not d.shows("│ Kind")
        await d.type("Noise in the hall")
        assert d.shows("│ Kind"), d.text
        await d.keys("tab")
        await d.type("att")
        await d.keys("down", "enter")
        await d.keys("f6", "tab")
        await d.type("Reads fifty words by half term")
        form.rows["wider_statement"].entry.focus()
        await d.type("Goes to drumming each week")
        form.rows["home1_what"].entry.focus()
        await d.type("Read each evening")
        await d.keys("tab")
        await d.type("Mum")
        await d.keys("tab")
        await d.type("+2w")
        await d.keys("f6", "tab")
        assert form.stage.id == "review"
        await d.type("1/2/2027")
        await d.keys("ctrl+s")
        assert not isinstance(d.screen, ConversationForm), d.text
        row = register.get("today")
        assert (row["held_on"], row["attendees"]) == ("2026-11-27", "Mum [and] an interpreter")
        assert row["going_well"] == "Sings every morning"
        kinds = {t["kind"]: t for t in register.find("targets", conversation="today")}
        assert kinds["curricular"]["statement"] == "Reads fifty words by half term"
        assert kinds["wider"]["owner"] == "khan"
        (action,) = register.find("actions", about="today")
        assert (action["what"], action["who"], action["due"]) == (
            "Read each evening",
            "Mum",
            "2026-12-11",
        )
        (barrier,) = register.find("barriers", pupil="sam")
        assert barrier["description"] == "Noise in the hall"
        assert barrier["category"] == "attention"
        assert register.find("conversations", planned_for="2027-02-01")
        register.undo()
        assert register.get("today")["held_on"] is None
        assert not register.find("targets", conversation="today")
        assert not register.find("conversations", planned_for="2027-02-01")


async def test_a_visit_by_mouse_alone(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.click("☐ No")
        await d.click("2 Explore")
        assert form.stage.id == "explore"
        await d.click("F5", dx=1)
        assert form.stage.id == "who"
        await d.click("F4 Fill")
        await d.click("Niamh")
        await d.click("Ctrl+S Done")
        assert form.rows["attendees"].text == "Niamh O'Neil (mother)"
        await d.click("F7 Last time")
        assert d.shows("He sings [/b] in the bath")
        assert d.shows("Reads fifty common words")
        assert d.shows("0 of 1 done")
        await d.click("F7 Last time")
        await d.click("Ctrl+S Save")
        assert register.get("today")["held_on"] == "2026-11-27"


async def test_what_was_agreed_last_time_stands_beside(running: Running, register) -> None:
    async with running(size=LARGE) as d:
        await visit(d, register)
        assert d.shows("Last time, 12 Jun 2026")
        assert d.shows("He sings [/b] in the bath")
        await d.keys("f6")
        assert d.shows("Last time, 12 Jun 2026")


async def test_with_no_parent_there_it_is_not_held(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        form.rows["not_there"].entry.focus()
        await d.type("Mum, at work")
        await d.keys("ctrl+s")
        row = register.get("today")
        assert row["held_on"] is None
        assert row["not_there"] == "Mum, at work"
        (attempt,) = register.find("attempts", conversation="today")
        assert attempt["why_not"] == "Mum, at work"
        assert any("does not count as held" in each for each in d.toasts)


async def test_leaving_asks_and_changes_nothing(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        before = register.version
        await visit(d, register)
        await d.keys("tab")
        await d.type("Dad")
        await d.keys("escape")
        assert not isinstance(d.screen, ConversationForm)
        await d.keys("escape")
        assert isinstance(d.screen, ConversationForm), "Esc goes back to writing"
        await d.keys("escape", "d")
        assert not isinstance(d.screen, ConversationForm)
        assert register.version == before


async def test_a_draft_is_kept_at_every_key(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("tab", "M")
        assert load_draft(register, form._draft).texts["attendees"] == "M"
        await d.keys("u")
        assert load_draft(register, form._draft).texts["attendees"] == "Mu"


async def test_a_draft_is_gone_on_with(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        await visit(d, register)
        await d.keys("f6")
        await d.type("Sings")
    async with running(size=SMALL) as d:
        open_conversation(d.app, register.get("sam"), register.get("today"))
        await d.settle()
        assert d.shows("Go on with what you wrote?")
        await d.keys("enter")
        assert d.screen.rows["going_well"].text == "Sings"
        await d.keys("y", "ctrl+s")
        assert register.get("today")["going_well"] == "Sings"


async def test_a_target_is_carried_over_right_there(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("y", "f6", "f6", "f6", "enter")
        await d.type("fifty common")
        await d.keys("enter")
        assert form.rows["curricular_statement"].text == "Reads fifty common words on sight"
        await d.keys("ctrl+s")
        assert register.get("target")["status"] == "carried_over"
        (after,) = register.find("targets", conversation="today")
        assert (after["follows"], after["status"]) == ("target", "set")


async def test_what_is_typed_begins_the_target_where_none_can_be_carried_over(
    running: Running, register: Register
) -> None:
    with register.commit("The open one is met") as c:
        c.set("target", status="met")
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("f6", "f6", "f6")
        await d.type("Spell 20 words")
        assert form.rows["curricular_statement"].text == "Spell 20 words"


async def test_a_list_that_opens_takes_what_is_typed_ahead_with_its_spaces(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("f6", "f6", "f6")
        form.rows["curricular_area"].entry.focus()
        await d.type("speaking and")
        assert d.shows("speaking and"), d.text
        await d.keys("enter")
        assert form.rows["curricular_area"].text == "speaking_listening"


async def test_a_target_is_begun_from_the_bank(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("f6", "f6", "f6")
        form.rows["wider_statement"].entry.focus()
        await d.keys("f4")
        await d.type("safe")
        await d.keys("enter")
        assert form.rows["wider_statement"].text == "Feel safe on … days of ten"
        assert form.rows["wider_area"].text == "bullying"
        assert not form.rows["curricular_statement"].text
        form.rows["wider_statement"].put("Feel safe on 9 days of ten")
        form.rows["curricular_success_criterion"].put("… of six")
        await d.keys("ctrl+s")
        assert "The curricular target has blanks" in d.toasts[-1]
        assert "The wider target" not in d.toasts[-1], "it was filled in"


async def test_what_was_held_is_opened_and_changed(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        open_conversation(d.app, register.get("sam"), register.get("before"))
        await d.settle()
        form = d.screen
        assert form.rows["curricular_statement"].text == "Reads fifty common words on sight"
        assert form.rows["came"].text == "Yes"
        form.rows["focus"].put("Mornings, [calmly]")
        await d.settle()
        await d.keys("ctrl+s")
        assert register.get("before")["focus"] == "Mornings, [calmly]"
        assert register.get("before")["held_on"] == "2026-06-12"
        assert len(register.find("targets", conversation="before")) == 1
        assert len(register.find("actions", about="before")) == 1


async def test_every_field_of_explore_is_seen_in_a_small_window(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys("f6")
        fields = form.query_one("#fields")
        assert fields.max_scroll_y == 0, d.text
        assert d.shows("In the child's words")
        (said,) = (y for y, line in enumerate(d.lines) if "Listen: ask" in line)
        assert "What was heard" in d.lines[said + 1], d.text
        await d.keys(*["f6"] * 2)
        assert "One curricular target" in d.lines[said + 2], d.text


async def test_the_day_that_is_planned_next_stands_at_the_review_and_is_taken_by_a_key(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        await d.keys(*["f6"] * 4, "tab")
        assert d.shows("When you meet again."), d.text
        assert not d.shows("planned Mon")
        await d.keys("f4")
        assert form.rows["next_on"].text == "", "nothing is planned"
        await d.keys("escape")
        with register.commit("Planned for the spring") as c:
            c.add("conversations", {"pupil": "sam", "planned_for": "2027-01-18"})
        form = await visit(d, register)
        await d.keys(*["f6"] * 4, "tab")
        assert d.shows("planned Mon 18 Jan 2027"), d.text
        assert d.shows("F4 takes that day, another day moves it")
        await d.keys("f4")
        assert form.rows["next_on"].text == "18/01/2027"
        assert not d.shows("planned Mon 18"), d.text


async def test_a_bad_day_is_said_where_it_was_typed(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        form.rows["next_on"].put("neverday")
        await d.keys("y", "ctrl+s")
        assert isinstance(d.screen, ConversationForm)
        assert form.stage.id == "review"
        assert d.shows("! ")
        assert register.get("today")["held_on"] is None


async def test_a_day_to_come_is_pointed_out(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        form = await visit(d, register)
        form.rows["held_on"].put("24/12/2026")
        await d.keys("y", "ctrl+s")
        assert any("still to come" in each for each in d.toasts), d.toasts


async def test_the_help_tells_the_keys_of_the_stages(running: Running, register: Register) -> None:
    async with running(size=SMALL) as d:
        await visit(d, register)
        await d.keys("f1")
        assert d.shows("F6 goes to the next")
        await d.keys("escape")
        assert isinstance(d.screen, ConversationForm)


async def test_what_was_tried_in_vain_stands_beside_with_why(
    running: Running, register: Register
) -> None:
    with register.commit("Tried") as c:
        tried = {"conversation": "today", "on": "2026-11-12", "how": "call"}
        c.add("attempts", {**tried, "why_not": "Shift [changed]"})
        c.add("attempts", {"conversation": "before", "on": "2026-06-01", "why_not": "Ill"})
    async with running(size=LARGE) as d:
        await visit(d, register)
        assert d.shows("Tried in vain: 1")
        assert d.shows("Shift [changed]")
        assert not d.shows("Ill")


async def test_a_target_that_was_not_agreed_is_told_when_it_is_saved(
    running: Running, register: Register
) -> None:
    async with running() as d:
        form = await visit(d, register)
        form.rows["came"].put("Yes")
        form.rows["wider_statement"].put("Comes to drumming")
        await d.keys("ctrl+s")
        (said,) = d.toasts
        assert "No curricular target was agreed." in said
