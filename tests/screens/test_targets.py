"""Targets across pupils: finding, writing, reviewing and keeping them, by keys and by mouse."""

from __future__ import annotations

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.forms.form import Form
from screens.pupil.screen import PupilPage
from screens.targets.form import TargetForm
from screens.targets.page import TargetPage
from screens.targets.reviewing import ReviewForm
from screens.targets.screen import TargetsPage
from senreg.register import Register
from senreg.rules.target_rows import VIEWS
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def targets(register: Register) -> None:
    """More targets than the one of the school, and a bank of two examples."""
    with register.commit("More targets") as c:
        for record, values in {
            "late": {
                "pupil": "closing",
                "kind": "wider",
                "area": "attendance",
                "statement": "In class by [/b] nine, four days of five",
                "due": "2026-11-13",
                "owner": "khan",
            },
            "undated": {"pupil": "ming", "kind": "wider", "statement": "Plays with others"},
            "met": {"pupil": "sam", "kind": "curricular", "statement": "Counts", "status": "met"},
        }.items():
            c.add("targets", values, record_id=record)
        c.add(
            "target_reviews",
            {"target": "late", "date": "2026-10-02", "outcome": -1, "evidence": "Three [days]"},
            record_id="earlier",
        )
        c.add(
            "target_examples",
            {
                "kind": "curricular",
                "area": "reading",
                "statement": "Read … words a minute by …",
                "success_criterion": "… words on three readings",
                "measure": "Timed reading",
                "child_statement": "I can read [aloud].",
            },
            record_id="example",
        )
        c.add(
            "target_examples",
            {"kind": "wider", "area": "bullying", "statement": "Feel safe on … days of ten"},
        )


def page(d) -> TargetsPage:
    assert isinstance(d.screen, TargetsPage), d.text
    return d.screen


def shown(d) -> list[str]:
    return [row.id for row in page(d).targets.rows]


# The list


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_every_open_target_stands_with_where_it_stands(running: Running, size) -> None:
    async with running(size=size, start="targets") as d:
        assert shown(d) == ["late", "target", "undated"]
        assert d.shows("! Overdue 13 Nov")
        assert d.shows("· Due 18 Dec")
        assert d.shows("- No date")
        assert d.shows("[/b], [/b]")
        assert d.shows("▼ Less")
        if size == LARGE:
            assert d.shows("In class by [/b] nine, four")
            assert d.shows("Three [days]")


@pytest.mark.parametrize("size", [(40, 10), (20, 5)])
async def test_a_small_window_still_has_its_lines(running: Running, size) -> None:
    async with running(size=size, start="targets") as d:
        await d.keys("down", "end", "home", "right", "left")
        assert page(d).targets.current_id == "late"


async def test_quick_views_by_keys(running: Running, register: Register) -> None:
    register.person = "khan"
    async with running(size=LARGE, start="targets") as d:
        seen = {}
        for _ in range(len(VIEWS)):
            seen[page(d).view] = shown(d)
            await d.keys("right")
        assert page(d).view == "open"
        assert seen["overdue"] == ["late"]
        assert seen["due"] == []
        assert seen["undated"] == ["undated"]
        assert set(seen["unreviewed"]) == {"target", "undated"}
        assert seen["curricular"] == ["target"]
        assert seen["mine"] == ["late"]
        assert seen["closed"] == ["met"]
        assert len(seen["all"]) == 4
        await d.keys("v")
        await d.type("closed")
        await d.keys("enter")
        assert shown(d) == ["met"]
        assert d.shows("√ Met")
        await d.keys("escape")
        assert page(d).view == "open"


async def test_quick_views_by_mouse(running: Running) -> None:
    async with running(start="targets") as d:
        await d.click("Overdue 1")
        assert shown(d) == ["late"]
        await d.click("Mine 0")
        assert d.shows("No open target is led by you.")
        await d.click("Open 3")
        assert len(shown(d)) == 3


async def test_a_facet_is_told_in_full_where_there_is_room(
    running: Running, register: Register
) -> None:
    with register.commit("Area") as c:
        c.set("late", area="independence")
    async with running(size=LARGE, start="targets") as d:
        await d.keys("b")
        assert d.shows("Independence and organisation")


async def test_the_filter_and_facets_narrow(running: Running) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.keys("slash")
        await d.type("[/b]")
        assert shown(d) == ["late"]
        await d.keys("enter", "escape")
        assert len(shown(d)) == 3
        await d.keys("b")
        await d.click("☐ Wider")
        assert set(shown(d)) == {"late", "undated"}
        await d.click("☐ No date")
        assert shown(d) == ["undated"]
        await d.keys("escape", "escape")
        assert len(shown(d)) == 3


async def test_a_heading_and_a_key_sort(running: Running) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.click("Pupil")
        assert shown(d) == ["late", "target", "undated"]
        await d.click("Pupil")
        assert shown(d) == ["undated", "target", "late"]
        await d.keys("s")
        await d.type("led by")
        await d.keys("enter")
        assert shown(d)[0] == "late"


# Writing


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_target_is_written_from_an_example_by_keys_and_undone(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="targets") as d:
        await d.keys("n")
        await d.type("[eal] 4a")
        await d.keys("enter")
        await d.type("reading")
        await d.keys("enter")
        assert isinstance(d.screen, TargetForm)
        assert d.shows("New target for O'Neil, Sam [EAL]")
        await d.type("60")
        await d.keys("f2")
        await d.type("Easter")
        await d.keys("f2")
        await d.type("60")
        await d.keys("f2")
        assert "There is no blank left" in d.toasts[-1]
        await d.keys("ctrl+s")
        (new,) = register.find("targets", pupil="twin")
        assert new["statement"] == "Read 60 words a minute by Easter"
        assert new["success_criterion"] == "60 words on three readings"
        assert (new["kind"], new["area"], new["measure"]) == (
            "curricular",
            "reading",
            "Timed reading",
        )
        assert new["child_statement"] == "I can read [aloud]."
        assert (new["owner"], new["set_on"], new["status"]) == ("khan", "2026-11-27", "set")
        assert page(d).targets.current_id == new.id
        await d.keys("u")
        assert register.find("targets", pupil="twin") == []


async def test_a_target_is_written_by_mouse(running: Running, register: Register) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.click("n New")
        await d.click("王, 小明", nth=-1, times=2)
        await d.click("Feel safe on", times=2)
        await d.click("Feel safe on")
        await d.click("Ctrl+S Save")
        statements = [row["statement"] for row in register.find("targets", pupil="ming")]
        assert "Feel safe on … days of ten" in statements


async def test_what_is_missing_is_named_while_typing_and_stops_nothing(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.keys("n")
        await d.type("小明")
        await d.keys("enter")
        await d.type("blank wider")
        await d.keys("enter")
        assert d.shows("Is it SMART?")
        assert d.shows("○ What the child will do")
        assert d.shows("○ Where it starts")
        form = d.screen
        form.rows["statement"].entry.focus()
        await d.settle()
        await d.type("Improve reading")
        assert d.shows("cannot be checked")
        await d.keys("ctrl+u")
        await d.type("Join a game twice a week")
        assert d.shows("√ What the child will do")
        form.rows["baseline"].entry.focus()
        await d.settle()
        await d.type("Plays alone")
        assert d.shows("√ Where it starts")
        form.rows["due"].entry.focus()
        await d.settle()
        await d.type("+6w")
        assert d.shows("√ A date")
        assert d.shows("○ How it is measured")
        await d.keys("ctrl+s")
        assert not isinstance(d.screen, Form)
        (new,) = [r for r in register.find("targets", pupil="ming") if r.id != "undated"]
        assert (new["kind"], new["due"]) == ("wider", "2027-01-08")


async def test_in_a_small_window_one_sentence_says_what_is_missing(running: Running) -> None:
    async with running(start="targets") as d:
        await d.keys("e")
        assert d.shows("Still to write: ")
        await d.keys("escape")


@pytest.mark.parametrize("leave", [1, 2, 3])
async def test_leaving_half_way_writes_nothing(
    running: Running, register: Register, leave: int
) -> None:
    before = register.version
    async with running(start="targets") as d:
        steps = [("n",), ("enter",), ("enter",)]
        for step in steps[:leave]:
            await d.keys(*step)
        await d.keys("escape")
        assert page(d)
    assert register.version == before


async def test_one_target_for_each_marked_pupil(running: Running, register: Register) -> None:
    async with running() as d:
        await d.keys("space", "space", "t")
        await d.type("blank curr")
        await d.keys("enter")
        assert d.shows("New target for [/b], [/b] · O'Neil, Sam [EAL]")
        await d.keys("tab")
        await d.type("Counts to 20")
        await d.keys("ctrl+s")
        assert "2 targets are written" in d.toasts[-1]
        assert [r["pupil"] for r in register.find("targets", statement="Counts to 20")] == [
            "closing",
            "sam",
        ]
        await d.keys("u")
        assert register.find("targets", statement="Counts to 20") == []


async def test_targets_for_the_children_of_the_marked_targets(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("space", "space", "n", "enter")
        assert isinstance(d.screen, TargetForm)
        await d.keys("tab")
        await d.type("Both")
        await d.keys("ctrl+s")
        assert {r["pupil"] for r in register.find("targets", statement="Both")} == {
            "closing",
            "sam",
        }
        assert not page(d).targets.marks


async def test_a_target_is_changed_and_put_away(running: Running, register: Register) -> None:
    async with running(start="targets") as d:
        await d.keys("e")
        await d.type("[b] ")
        await d.keys("ctrl+s")
        assert register.get("late")["statement"].startswith("[b] In class")
        await d.keys("d")
        assert register.get("late").archived
        assert shown(d) == ["target", "undated"]
        await d.keys("u")
        assert shown(d)[0] == "late"


# Reviewing


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_review_by_keys_says_how_it_went_and_meets_the_target(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="targets") as d:
        await d.keys("r")
        assert d.shows("Review a target of [/b], [/b]")
        assert d.shows("−2  Much less than expected")
        await d.keys("1")
        assert d.shows("● +1  More than expected")
        assert d.shows("▾ Met")
        await d.keys("tab", "tab")
        await d.type("Nine [/b] of ten")
        await d.keys("ctrl+s")
        (review,) = [r for r in register.find("target_reviews", target="late") if r.id != "earlier"]
        assert (review["outcome"], review["date"]) == (1, "2026-11-27")
        assert review["evidence"] == "Nine [/b] of ten"
        assert register.get("late")["status"] == "met"
        assert shown(d) == ["target", "undated"]
        await d.keys("u")
        assert register.get("late")["status"] is None
        assert shown(d)[0] == "late"


async def test_a_review_keeps_the_childs_own_rating_beside_the_outcome(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="targets") as d:
        await d.keys("r")
        form = d.screen
        form.rows["pupil_rating"].entry.focus()
        await d.keys("3", "tab")
        assert any("●" in each and "Nearly" in each for each in d.lines), d.text
        await d.type("I keep [most] of them")
        await d.keys("ctrl+s")
        (review,) = [r for r in register.find("target_reviews", target="late") if r.id != "earlier"]
        assert (review["outcome"], review["pupil_rating"]) == (None, 3)
        await d.app.push_screen(PupilPage(register.get("late")["pupil"], review.id))
        await d.settle()
        assert d.shows("Nearly  ·  I keep [most] of them"), d.text


async def test_a_review_by_mouse_carries_on_to_a_new_day(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.click("r Review")
        await d.click("−1  Less than expected")
        assert d.shows("▾ Carries on")
        assert d.shows("Thu 31 Dec 2026")
        await d.click("Ctrl+S Save")
        assert (register.get("late")["status"], register.get("late")["due"]) == (
            "working",
            "2026-12-31",
        )
        assert d.shows("▼ Less")


async def test_steps_are_typed_with_their_sign(running: Running) -> None:
    async with running(start="targets") as d:
        await d.keys("r")
        entry = d.screen.rows["outcome"].entry
        for keys, text in (
            (("minus", "2"), "-2"),
            (("1",), "1"),
            (("minus",), "-1"),
            (("0",), "0"),
            (("down",), "1"),
            (("down", "down"), "2"),
            (("up", "up", "up", "up", "up"), "-2"),
            (("backspace",), ""),
            (("down",), "0"),
            (("9",), "0"),
        ):
            await d.keys(*keys)
            assert entry.read() == text, keys


async def test_an_empty_review_is_not_kept(running: Running, register: Register) -> None:
    async with running(start="targets") as d:
        await d.keys("r", "ctrl+s")
        assert isinstance(d.screen, ReviewForm)
        assert d.shows("! Say how it went, or what was seen.")
        await d.keys("escape")
        assert register.count("target_reviews") == 1


async def test_a_figure_off_the_scale_of_the_target_is_refused_at_its_field(
    running: Running, register: Register
) -> None:
    with register.commit("Scale") as c:
        c.set("late", unit="out of 10")
    async with running(start="targets") as d:
        await d.keys("r", "0")
        d.screen.rows["value"].put("14")
        await d.keys("ctrl+s")
        assert d.shows("! 14 is more than “out of 10” allows.")
        assert register.count("target_reviews") == 1
        d.screen.rows["value"].put("9")
        await d.keys("ctrl+s")
        (review,) = (row for row in register.all("target_reviews") if row.id != "earlier")
        assert review["value"] == 9


async def test_a_day_that_is_past_is_no_day_to_look_again(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("r", "minus", "1", "tab", "tab", "ctrl+a", "ctrl+k")
        await d.type("1/11/2026")
        await d.keys("ctrl+s")
        assert d.shows("! This day is not to come.")
        assert register.count("target_reviews") == 1


async def test_a_next_step_is_a_new_target_that_closes_the_old(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("r", "0", "tab", "enter")
        await d.type("next step")
        await d.keys("enter", "tab")
        await d.type("Four days")
        d.screen.rows["next_step"].entry.focus()
        await d.type("Five days of five")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, TargetForm)
        assert register.get("late")["status"] is None
        await d.keys("ctrl+s")
        assert register.get("late")["status"] == "carried_over"
        (new,) = register.find("targets", pupil="closing", statement="Five days of five")
        assert (new["baseline"], new["area"], new["status"]) == ("Four days", "attendance", "set")
        await d.keys("u")
        assert register.get("late")["status"] is None


async def test_a_next_step_that_is_not_written_leaves_the_target_open(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("r", "0", "tab", "enter")
        await d.type("next step")
        await d.keys("enter", "ctrl+s", "escape")
        assert "this one stays open" in d.toasts[-1]
        assert register.get("late")["status"] is None
        assert register.count("target_reviews") == 2


async def test_after_a_review_the_cursor_is_on_the_next_target(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("r", "minus", "1", "ctrl+s")
        assert shown(d) == ["target", "late", "undated"]
        assert page(d).targets.current_id == "target"
        await d.keys("r", "0", "ctrl+s")
        assert shown(d) == ["late", "undated"]
        assert page(d).targets.current_id == "late"


# One target


@pytest.mark.parametrize("size", [SMALL, LARGE, (40, 10)])
async def test_the_page_of_a_target_shows_its_reviews_and_actions(
    running: Running, register: Register, size
) -> None:
    with register.commit("Action") as c:
        c.add("actions", {"about": "late", "what": "Ring [/b]", "who": "Mum"}, record_id="ring")
        c.set("placement", targets=["late"])
    async with running(size=size, start="targets") as d:
        await d.keys("enter")
        assert isinstance(d.screen, TargetPage)
        ids = [entry.id for entry in d.screen.story.entries if not entry.heading]
        assert ids == ["late", "earlier", "ring", "placement"]
        if size != (40, 10):
            assert d.shows("Target of [/b] [/b]")
            assert d.shows("−1: Less than expected")
        await d.keys("end", "up", "x")
        assert register.get("ring")["done_on"] == "2026-11-27"
        await d.keys("x")
        assert register.get("ring")["done_on"] is None
        await d.keys("escape")
        assert page(d)


async def test_a_review_is_changed_where_it_stands(running: Running, register: Register) -> None:
    async with running(start="targets") as d:
        await d.keys("enter", "down", "e")
        assert d.shows("● −1  Less than expected")
        assert not d.shows("Target *")
        d.screen.rows["outcome"].entry.focus()
        await d.keys("2", "ctrl+s")
        assert register.get("earlier")["outcome"] == 2
        assert d.shows("+2: Much more than expected")


async def test_the_figure_of_a_review_is_shown_with_what_it_counts(
    running: Running, register: Register
) -> None:
    with register.commit("Count") as c:
        c.set("late", unit="[words]")
        c.set("earlier", value=14)
    async with running(start="targets") as d:
        await d.keys("enter")
        assert d.shows("14 [words]")


async def test_a_figure_that_its_measure_does_not_allow_is_refused(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("enter", "e")
        for name, text in (("measure", "Confidence, of 10"), ("target_value", "12")):
            d.screen.rows[name].entry.focus()
            await d.type(text)
        await d.keys("ctrl+s")
        assert d.shows("12 is more than")
        assert register.get("late")["target_value"] is None
        await d.keys("backspace")
        await d.type("0")
        await d.keys("ctrl+s")
        assert register.get("late")["target_value"] == 10


async def test_the_first_action_is_added_from_the_page(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.keys("enter")
        await d.click("Nothing is promised for this", times=2)
        await d.type("Ring Mum [/b]")
        await d.keys("ctrl+s")
        (action,) = register.all("actions")
        assert (action["about"], action["what"]) == ("late", "Ring Mum [/b]")
        assert d.screen.story.current.id == action.id


async def test_the_pupil_is_a_key_or_a_click_away(running: Running) -> None:
    async with running(start="targets") as d:
        await d.keys("enter", "p")
        assert isinstance(d.screen, PupilPage)
        assert (d.screen.pupil_id, d.screen.tab.id) == ("closing", "targets")
        await d.keys("escape")
        await d.click("[/b] [/b]")
        assert isinstance(d.screen, PupilPage)
        await d.keys("escape", "escape", "p")
        assert d.screen.pupil_id == "closing"


async def test_a_review_of_a_day_that_cannot_be_is_refused_at_its_field(
    running: Running, register: Register
) -> None:
    with register.commit("Set") as c:
        c.set("late", set_on="2026-09-10")
    async with running(start="targets") as d:
        await d.keys("r")
        d.screen.rows["outcome"].put("1")
        d.screen.rows["date"].put("10/11/2027")
        await d.keys("ctrl+s")
        assert d.shows("! This day is still to come.")
        d.screen.rows["date"].put("10/8/2026")
        await d.keys("ctrl+s")
        assert d.shows("! It was set on 10 Sep 2026, later.")
        assert register.count("target_reviews") == 1
        d.screen.rows["date"].put("10/11/2026")
        await d.keys("ctrl+s")
        assert register.count("target_reviews") == 2


# The bank


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_whole_of_the_highlighted_example_can_be_read(
    running: Running, register: Register, size
) -> None:
    long = "Find and put right " + "three spelling mistakes " * 4 + "at the end [of] the piece"
    with register.commit("An example") as c:
        c.add("target_examples", {"kind": "curricular", "area": "reading", "statement": long})
    async with running(size=size, start="targets") as d:
        await d.keys("n", "enter")
        assert d.shows("Begin from")
        assert not d.shows("[of]")
        await d.type("mistakes")
        assert d.shows("[of]")
        assert d.shows("Esc Cancel")


async def test_examples_are_added_changed_and_put_away(
    running: Running, register: Register
) -> None:
    async with running(start="targets") as d:
        await d.keys("k")
        assert d.shows("2 of 2 examples")
        assert d.shows("Read … words a minute by …")
        await d.keys("e")
        d.screen.rows["statement"].entry.focus()
        await d.type("[b] ")
        await d.keys("ctrl+s")
        assert register.get("example")["statement"] == "[b] Read … words a minute by …"
        await d.keys("d")
        assert d.shows("1 of 1 examples")
        await d.keys("o")
        assert d.shows("2 of 2 examples")
        await d.keys("u", "o", "n")
        d.screen.rows["statement"].entry.focus()
        await d.type("Swim ... metres")
        await d.keys("ctrl+s")
        assert register.find("target_examples", statement="Swim ... metres")
        assert d.shows("Swim ... metres")
        await d.keys("slash")
        await d.type("safe")
        assert d.shows("1 of 3 examples")
        await d.keys("escape", "escape")
        assert page(d)


async def test_a_target_is_written_from_the_bank_by_mouse(
    running: Running, register: Register
) -> None:
    async with running(size=LARGE, start="targets") as d:
        await d.click("k Bank of targets")
        await d.click("t Write a target")
        await d.click("Żółkowski, Łukasz", times=2)
        assert isinstance(d.screen, TargetForm)
        await d.click("Ctrl+S Save")
        assert len(register.find("targets", pupil="lukasz")) == 1


async def test_a_good_target_is_kept_as_an_example(running: Running, register: Register) -> None:
    async with running(start="targets") as d:
        await d.keys("enter", "k")
        assert d.shows("Keep as an example")
        await d.keys("ctrl+s")
        (kept,) = register.find("target_examples", area="attendance")
        assert kept["statement"] == "In class by [/b] nine, four days of five"
        assert kept["kind"] == "wider"


async def test_an_empty_bank_says_what_to_do(running: Running, register: Register) -> None:
    with register.commit("Empty") as c:
        for row in register.all("target_examples"):
            c.archive(row)
    async with running(start="targets") as d:
        await d.keys("k")
        assert d.shows("The bank is empty.")
        await d.keys("escape", "n", "enter")
        assert isinstance(d.screen, ChooseDialog)
        assert d.shows("A blank curricular target")


async def test_a_school_without_targets_says_what_to_do(
    running: Running, register: Register
) -> None:
    with register.commit("None") as c:
        for row in register.all("targets"):
            c.archive(row)
    async with running(start="targets") as d:
        assert d.shows("No child has a target yet. Press n, or click New below, to write one")
        await d.keys("enter", "e", "r", "p", "d", "space", "a")
        assert page(d)


async def test_targets_are_written_and_reviewed_on_the_pupils_page(
    running: Running, register: Register
) -> None:
    async with running() as d:
        await d.app.push_screen(PupilPage("sam", tab="targets"))
        await d.settle()
        await d.keys("r")
        assert isinstance(d.screen, ReviewForm)
        await d.keys("2", "ctrl+s")
        assert register.get("target")["status"] == "met"
        await d.keys("t", "enter")
        assert d.shows("New target for O'Neil, Sam [EAL]")


async def test_why_a_target_is_stuck_is_said_in_the_list(
    running: Running, register: Register
) -> None:
    with register.commit("Again below") as c:
        c.add("target_reviews", {"target": "late", "date": "2026-11-02", "outcome": -1})
    async with running(size=SMALL, start="targets") as d:
        assert not d.shows("! Two below")
        page(d).look("stuck")
        await d.settle()
        assert d.shows("! Two below"), d.text
