"""Keying the papers of a survey, and what came back."""

from __future__ import annotations

import pytest

from screens.dialogs.leave import LeaveDialog
from screens.dialogs.message import MessageDialog
from screens.school.papers import PapersPage
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


async def test_half_a_paper_can_be_thrown_away(running: Running, register: Register) -> None:
    async with running(size=SMALL, start="school") as d:
        await to_papers(d)
        await d.keys("5", "escape")
        assert isinstance(d.screen, LeaveDialog)
        await d.keys("t")
        assert isinstance(d.screen, SchoolPage)
        assert not answers(register)


async def test_what_came_back_is_counted(running: Running, register: Register) -> None:
    with register.commit("Paper") as c:
        for question, more in ((1, {"rating": 5}), (3, {"words": "Reading [games]"})):
            c.add("survey_answers", {"survey": "survey", "paper": 1, "question": question, **more})
    async with running(size=LARGE, start="school") as d:
        await d.settle()
        d.screen.figures.go_to("results")
        await d.keys("enter", "enter")
        assert isinstance(d.screen, MessageDialog)
        assert d.shows("100 % excellent, n 1, 0 unknown")
        assert d.shows("“Reading [games]”")
