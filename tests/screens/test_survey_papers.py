"""Keying the papers of a survey, and what came back."""

from __future__ import annotations

import pytest

from screens.dialogs.choose import ChooseDialog
from screens.dialogs.leave import LeaveDialog
from screens.forms.record_form import RecordForm
from screens.school.papers import PapersPage
from screens.school.results import ResultsPage
from screens.school.screen import SchoolPage
from senreg.register import Register
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def survey(register: Register) -> None:
    with register.commit("Survey") as c:
        c.set(register.school.id, school_mode=True)
        c.add(
            "surveys",
            {"name": "Parents [2026]", "questions": "Welcome [/b]\nHappy\nWhat would help?..."},
            record_id="survey",
        )


async def to_papers(d) -> None:
    await d.settle()
    d.screen.figures.go_to("key_papers")
    await d.keys("enter", "enter")
    assert isinstance(d.screen, PapersPage), d.text


def answers(register: Register) -> list[tuple[object, ...]]:
    rows = register.all("survey_answers")
    return sorted((row["paper"], row["question"], row["rating"] or row["words"]) for row in rows)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_one_digit_a_question_and_straight_on(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="school") as d:
        await to_papers(d)
        assert d.shows("Paper 1")
        await d.keys("5", "4", "t")
        await d.type("Maths [please]")
        await d.keys("enter", "enter")
        assert d.shows("Paper 2")
        await d.keys("3", "0", "enter")
        assert answers(register) == [(1, 1, 5), (1, 2, 4), (1, 3, "Maths [please]"), (2, 1, 3)]
        await d.keys("u")
        assert len(answers(register)) == 3
        await d.keys("escape")
        assert isinstance(d.screen, SchoolPage)


async def test_words_are_put_right_and_taken_away_and_a_slip_beside_five_leaves_nothing(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="school") as d:
        await to_papers(d)
        await d.keys("5", "9", "4", "t")
        assert isinstance(d.screen, ChooseDialog)
        await d.type("Moths")
        await d.keys("enter", "t")
        await d.keys("end", "backspace", "backspace", "backspace", "backspace")
        await d.type("aths")
        await d.keys("enter")
        assert d.shows("Maths")
        await d.keys("1")
        assert isinstance(d.screen, PapersPage)
        await d.keys("enter")
        await d.keys("3", "down", "t")
        await d.type("On the wrong paper")
        await d.keys("enter", "0", "enter")
        assert answers(register) == [(1, 1, 5), (1, 2, 4), (1, 3, "Maths"), (2, 1, 3)]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_paper_is_keyed_by_mouse_alone(running: Running, register: Register, size) -> None:
    async with running(size=size, start="school") as d:
        await to_papers(d)
        await d.click("Happy", times=2)
        await d.click("2 Needs work")
        await d.click("Welcome", times=2)
        await d.click("0 No answer")
        assert not register.count("survey_answers")
        await d.click("Next paper")
        assert answers(register) == [(1, 2, 2)]


async def test_half_a_paper_can_be_thrown_away(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="school") as d:
        await to_papers(d)
        await d.keys("5", "escape")
        assert isinstance(d.screen, LeaveDialog)
        await d.keys("t")
        assert isinstance(d.screen, SchoolPage)
        assert not answers(register)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_what_parents_and_the_school_say_is_one_key_from_what_it_was_taken_from(
    running: Running, register: Register, size
) -> None:
    with register.commit("Ratings and a survey without papers") as c:
        c.set(register.get("survey"), asked_on="2026-10-01", given_out=4)
        c.add("survey_answers", {"survey": "survey", "paper": 1, "question": 1, "rating": 5})
        new = {"name": "Parents, just asked", "asked_on": "2026-11-26", "questions": "Welcome"}
        c.add("surveys", new)
        for day, kind, rating in (
            ("2026-03-01", "parents", 3),
            ("2026-10-01", "parents", 4),
            ("2026-10-01", "teaching", 2),
        ):
            c.add("school_ratings", {"date": day, "kind": kind, "rating": rating,
                                     "evidence": f"Because of [{rating}]"})  # fmt: skip
    async with running(size=size, start="school") as d:
        await d.settle()
        figures = {row.title: row for row in d.screen.figures.rows}
        parents = figures["Parents: excellent"]
        assert (parents.value, "1 of 4 papers came back" in parents.of) == ("100%", True)
        assert figures["Teaching of pupils with SEN"].value == "2 of 5"
        d.screen.figures.go_to(parents.id)
        await d.keys("enter")
        assert isinstance(d.screen, ResultsPage)
        assert d.shows("excellent 1 (100%)")
        await d.keys("escape")
        d.screen.figures.go_to(figures["The school's own rating"].id)
        await d.keys("enter")
        assert isinstance(d.screen, ChooseDialog)
        assert d.shows("4 of 5: Because of [4]")
        assert d.shows("3 of 5: Because of [3]")
        await d.keys("enter")
        assert isinstance(d.screen, RecordForm)


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_workshop_comes_from_what_parents_asked_for(
    running: Running, register: Register, size
) -> None:
    with register.commit("Papers") as c:
        for paper, wish in enumerate(("Maths [games]", "=Maths at home", "ICT"), 1):
            own = {"survey": "survey", "paper": paper}
            c.add("survey_answers", {**own, "question": 1, "rating": 5 if paper < 3 else 2})
            c.add("survey_answers", {**own, "question": 3, "words": wish}, record_id=f"w{paper}")
    async with running(size=size, start="school") as d:
        await d.settle()
        d.screen.figures.go_to("results")
        await d.keys("enter", "enter")
        assert d.shows("67%")
        assert d.shows("excellent 2 (67%), good 0 (0%), satisfactory 0 (0%), needs work 1 (33%)")
        assert d.shows("n 3, 0 left it out")
        await d.keys("end", "enter")
        assert d.shows("2 answers")
        assert d.shows("Maths [games]")
        await d.click("maths", times=2)
        assert d.screen.lines.marks == {"w1", "w2"}
        await d.keys("end", "space")
        assert d.screen.lines.marks == {"w1", "w2", "w3"}
        await d.keys("space")
        await d.keys("w")
        assert d.shows("A workshop that 2 asked for")
        await d.keys("ctrl+s")
        (row,) = register.all("workshops")
        assert (row["name"], row["asked_by"], row["invited"]) == ("Maths", 2, 2)
        assert (row["survey"], list(row["answers"])) == ("survey", ["w1", "w2"])
        assert d.shows("→ Maths")
        await d.keys("escape", "escape")
        assert isinstance(d.screen, SchoolPage)
