"""The lists for leaders: opened from School, each line one key from what is behind it."""

from __future__ import annotations

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.forms.record_form import RecordForm
from screens.pupil.screen import PupilPage
from screens.school.leaders import LeadersPage
from screens.school.screen import SchoolPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def led_school(register: Register) -> None:
    with register.commit("What leaders look at") as c:
        c.set(register.school.id, school_mode=True)
        note = {"staff": "olafsson", "date": "2026-11-20", "idea": "A quiet [corner]?"}
        c.add("staff_feedback", note, record_id="note-to-head")
        c.add("lead_roles", {"role": "head", "start": "2025-09-01"})


async def to_list(d, name: str) -> None:
    await d.settle()
    assert d.screen.figures.go_to(f"leading {name}")
    await d.keys("enter")
    assert isinstance(d.screen, LeadersPage), d.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_by_mouse_alone_from_school_to_the_pupils_somebody_answers_for(
    running: Running, size
) -> None:
    async with running(size=size, start="school") as d:
        await d.click("For leaders", nth=-1)
        await d.click("Who answers for whom")
        assert isinstance(d.screen, LeadersPage), d.text
        assert d.shows("By key teacher")
        await d.click("Mrs Khan", times=2)
        assert isinstance(d.screen, ChooseDialog)
        await d.click("[/b], [/b]")
        assert isinstance(d.screen, PupilPage)
        await d.click("7 Sc")
        assert isinstance(d.screen, SchoolPage)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_the_head_annotates_a_note_by_keyboard_alone(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="school") as d:
        await to_list(d, "feedback")
        assert d.shows("A quiet [corner]?")
        await d.keys("enter")
        assert isinstance(d.screen, RecordForm)
        await d.keys("escape")
        assert isinstance(d.screen, LeadersPage)
        assert register.get("note-to-head")["annotation"] is None
        await d.keys("enter")
        await d.type("Yes, by the window.")
        await d.keys("ctrl+s")
        row = register.get("note-to-head")
        assert (row["annotation"], row["annotated_on"]) == ("Yes, by the window.", "2026-11-27")
        assert d.shows("Annotated")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_self_review_takes_the_evidence_that_is_shown(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="school") as d:
        await to_list(d, "self-review")
        assert d.shows("Culture and ethos")
        await d.keys("w")
        assert d.shows("Self-review: Culture and ethos")
        await d.keys("ctrl+s")
        (row,) = register.all("self_reviews")
        assert (row["kind"], row["date"]) == ("culture", "2026-11-27")
        assert "Barriers are named: 0%; 0 of 2 with SEN" in row["evidence"]
        await d.keys("u")
        assert not register.count("self_reviews")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_an_objective_is_one_key_from_itself_and_from_how_each_of_its_pupils_stands(
    running: Running, register: Register, size
) -> None:
    pupil = next(row["id"] for row in register.all("pupils"))
    with register.commit("An objective") as c:
        values = {"kind": "improvement", "text": "SEN [plan]", "measure": "taking_part"}
        c.add("objectives", {**values, "pupils": [pupil]}, record_id="plan")
        c.add("participations", {"pupil": pupil, "takes_no_part": True, "start": "2026-09-01"})
    async with running(size=size, start="school") as d:
        await to_list(d, "objectives")
        assert d.shows("0 of 1")
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        assert d.shows("▼ in nothing")
        await d.keys("enter")
        assert isinstance(d.screen, RecordForm)
        assert d.shows("Taking part in something")
        await d.keys("escape", "enter", "down", "enter")
        assert isinstance(d.screen, PupilPage)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_agreed_on_a_coachs_visit_is_written_there_and_stands_behind_it(
    running: Running, register: Register, size
) -> None:
    with register.commit("A visit") as c:
        c.add("coach_visits", {"date": "2026-11-20", "focus": "The [map]"}, record_id="visit")
    async with running(size=size, start="school") as d:
        await to_list(d, "coach")
        await d.click("Action")
        assert isinstance(d.screen, RecordForm)
        await d.type("Slim it")
        await d.keys("ctrl+s")
        (row,) = register.all("actions")
        assert (row["about"], row["what"], row["place"]) == ("visit", "Slim it", "school")
        assert d.shows("Still to be done")
        await d.keys("a", "escape")
        d.screen.figures.go_to("1 0")
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        assert d.shows("The coach visit itself")
        assert d.shows("not done")


async def test_today_tells_leaders_what_waits_for_them(
    running: Running, register: Register
) -> None:
    with register.commit("What is due") as c:
        c.add("objectives", {"kind": "improvement", "text": "SEN [plan]", "due": "2026-11-20"})
        c.add("coach_visits", {"date": "2026-10-01", "next_on": "2026-12-01"})
    async with running(size=LARGE, start="today") as d:
        assert d.shows("For leaders: 3")
        assert d.shows("Objective: SEN [plan]")
        assert d.shows("The coach comes")
        await d.click("Note of Mr Ólafsson waits for the head", times=2)
        assert isinstance(d.screen, RecordForm)
    with register.commit("Off") as c:
        c.set(register.school.id, school_mode=False)
    async with running(size=LARGE, start="today") as d:
        assert not d.shows("For leaders")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_is_behind_a_line_says_whose_it_is_and_not_again_what(
    running: Running, register: Register, size
) -> None:
    with register.commit("Lessons of two") as c:
        for teacher in ("olafsson", "khan"):
            for day, strand in (("2026-02-03", 2), ("2026-10-06", 3)):
                seen = {"staff": teacher, "date": day, "inspirational": strand}
                c.add("observations", seen)
    async with running(size=size, start="school") as d:
        await to_list(d, "teaching")
        each = [
            row for row in d.screen.figures.rows if getattr(row, "title", "") == "Inspirational"
        ]
        assert len(each) == 3
        d.screen.figures.go_to(each[-1].id)
        await d.settle()
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        whose = each[-1].under
        assert whose
        assert d.shows(f"{whose}: Inspirational: 2 → 3"), d.text
        assert d.shows("6 Oct 2026 of"), d.text
        assert not d.shows("Observation, ")


async def test_a_key_for_the_lists_counts_while_the_figures_are_worked_out(
    running: Running,
) -> None:
    async with running(start="school") as d:
        page = d.screen
        shown, page._known = page._known, None
        page.figures.fill([])
        await d.keys("l")
        page._show(shown)
        await d.settle()
        assert page.figures.current_id == "leading responsibility"
