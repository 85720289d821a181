"""Progress: the tracking grid, and entering results, by keys and by mouse."""

from __future__ import annotations

import pytest

from screens.progress.columns_entered import AttendanceForm, ResultsForm, WiderForm
from screens.progress.screen import ProgressPage
from screens.pupil.screen import PupilPage
from senreg.clock import today
from senreg.register import Register
from senreg.rules.children_together import children_together
from senreg.rules.findings import findings
from tests.screens.conftest import LARGE, SMALL, Running


@pytest.fixture(autouse=True)
def assessed(register: Register) -> None:
    with register.commit("Assess") as c:
        c.add("scales", {"name": "Steps [1]", "kind": "attainment", "steps": "low = 1\nhigh = 9"})
        c.add(
            "expectations",
            {"subject": "english", "points_a_year": 3, "source": "The school's own [1]"},
        )
        for day, value in (("2025-12-01", "low"), ("2026-06-30", "high")):
            c.add(
                "assessments",
                {
                    "pupil": "sam", "subject": "english", "date": day, "scale": "Steps [1]",
                    "value": value, **({"points": 1} if value == "low" else {}),
                },
            )  # fmt: skip


def rows(d) -> list[str]:
    assert isinstance(d.screen, ProgressPage), d.text
    return [row.id for row in d.screen.lines.rows]


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_a_childs_line_stands_beside_what_is_expected(running: Running, size) -> None:
    async with running(size=size, start="progress") as d:
        assert rows(d) == ["sam:english"]
        assert d.shows("12.0 ▲ above")
        seen = " ".join(d.text.split())
        assert "Sum 26 high" in seen
        assert "Aut 26 –. ▁█ 12.0 points a year over the twelve months; +8 points since" in seen
        assert "3 a year expected (The school's own [1])." in seen
        await d.keys("right")
        assert rows(d) == []
        assert d.shows("two terms or more apart")
        await d.keys("left", "enter")
        assert isinstance(d.screen, PupilPage)
        await d.keys(*["left"] * 5)
        assert d.shows("low  ·  1 point")
        assert not d.shows("1 points")
        await d.keys("escape", *["right"] * 3)
        assert d.shows("Aut 25")
        assert d.shows("is in the lowest fifth of that term")


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_results_of_a_class_are_entered_by_keys(
    running: Running, register: Register, size
) -> None:
    async with running(size=size, start="progress") as d:
        await d.keys("n", "enter")
        await d.type("4B")
        await d.keys("enter")
        await d.type("Math")
        await d.keys("enter")
        await d.type("Steps [")
        await d.keys("enter")
        assert isinstance(d.screen, ResultsForm)
        await d.type("splendid")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, ResultsForm)
        assert d.shows("is no step of Steps [1]")
        await d.keys(*["backspace"] * 8)
        await d.type("HIGH")
        await d.keys("ctrl+s")
        (row,) = [each for each in register.all("assessments") if each["subject"] == "maths"]
        assert (row["pupil"], row["value"], row["points"]) == ("sam", "HIGH", 9)
        assert len(rows(d)) == 2
        assert d.shows("1 child, 2 lines")
        assert "Kept: 1 assessment. u takes it back." in d.toasts
        await d.keys("u")
        assert len(rows(d)) == 1


async def test_the_same_by_mouse_and_left_half_way(running: Running, register: Register) -> None:
    async with running(size=LARGE, start="today") as d:
        await d.click("6 Progress")
        await d.click("New", nth=len(d.places("New")) - 1)
        await d.click("Results")
        await d.click("Class 4B")
        await d.click("English", nth=len(d.places("English")) - 2)
        await d.click("Steps [1]")
        assert isinstance(d.screen, ResultsForm)
        await d.keys("escape")
        assert len(register.all("assessments")) == 2
        await d.click("Below expected")
        assert rows(d) == []


async def test_a_draft_of_a_column_is_offered_once(running: Running, register: Register) -> None:
    (whom,) = [each for each in children_together(register, today()) if each.words == "Class 4B"]
    async with running(size=SMALL, start="progress") as d:
        for left in ("k", "t"):
            d.app.push_screen(ResultsForm(register, whom, "english", "Steps [1]"))
            await d.settle()
            if left == "t":
                await d.keys("enter")
                assert isinstance(d.screen, ResultsForm)
                assert d.screen.texts["sam"] == "lo"
            else:
                await d.keys("up", "down")
                await d.type("lo")
            await d.keys("escape", left)
            assert isinstance(d.screen, ProgressPage)


async def test_attendance_wider_marks_and_activities_are_a_column_each(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="progress") as d:
        await d.keys("n")
        await d.type("Attend")
        await d.keys("enter")
        await d.type("Class 4B")
        await d.keys("enter")
        assert d.shows("Sessions missed, Class 4B")
        assert d.shows("at most: take 10 off"), d.text
        await d.type("126")
        await d.keys("ctrl+s")
        assert isinstance(d.screen, AttendanceForm)
        await d.type("many")
        await d.keys("ctrl+s")
        assert d.shows("such as 3 1"), d.text
        await d.keys(*["backspace"] * 4)
        await d.type("12 2")
        await d.keys("ctrl+s")
        (row,) = register.all("attendance")
        assert (row["possible"], row["authorised"], row["unauthorised"]) == (126, 12, 2)
        await d.click("New", nth=len(d.places("New")) - 1)
        await d.click("Who takes part")
        await d.click("Class 4B")
        await d.type("Chess [club]")
        await d.keys("enter", "escape")
        assert register.all("activities") == []
        await d.keys("n")
        await d.type("Who")
        await d.keys("enter")
        await d.type("Class 4B")
        await d.keys("enter")
        await d.type("Chess [club]")
        await d.keys("enter", "space", "ctrl+s")
        (row,) = register.all("participations")
        assert (row["pupil"], row["start"]) == ("sam", "2026-11-27")
        assert register.get(row["activity"])["name"] == "Chess [club]"
        assert d.toasts[-1] == "Kept: 1 now takes part. u takes it back."
        await d.keys("n")
        await d.type("Wider")
        await d.keys("enter")
        await d.type("Class 4B")
        await d.keys("enter")
        assert d.shows("a rating, no sessions"), d.text
        await d.keys("down", "enter")
        await d.type("Incidents a week")
        await d.keys("enter")
        await d.type("4")
        await d.keys("ctrl+s")
        assert d.shows("Say whether more or less is better")


async def test_an_answer_given_twice_in_haste_is_taken_once(
    running: Running, register: Register
) -> None:
    async with running(size=SMALL, start="progress") as d:
        await d.keys("n")
        dialog, given = d.screen, []
        dialog._result_callbacks[-1].callback = given.append
        dialog.action_choose()
        dialog.action_choose()
        await d.settle()
        assert given == ["assessments"]
        assert isinstance(d.screen, ProgressPage)


async def test_attendance_that_is_kept_is_typed_anew_and_its_sessions_are_offered(
    running: Running, register: Register
) -> None:
    with register.commit("Autumn") as c:
        days = {"start": "2026-09-01", "end": "2026-11-27", "possible": 110}
        c.add("attendance", {"pupil": "sam", **days, "authorised": 3, "unauthorised": 1})
    async with running(size=SMALL, start="progress") as d:
        await d.keys("n")
        await d.type("Attend")
        await d.keys("enter")
        await d.type("Class 4B")
        await d.keys("enter")
        assert d.shows("Most children had 110"), d.text
        await d.keys("ctrl+s")
        assert isinstance(d.screen, AttendanceForm), d.text
        assert d.shows("3 1")
        await d.type("5 0")
        await d.keys("ctrl+s")
        (row,) = register.all("attendance")
        assert (row["possible"], row["authorised"], row["unauthorised"]) == (110, 5, 0)


async def test_who_ends_is_told_apart_from_who_joins(running: Running, register: Register) -> None:
    with register.commit("Club") as c:
        club = c.add("activities", {"name": "Chess [club]", "start": "2026-09-01"})
        c.add("participations", {"pupil": "sam", "activity": club, "start": "2026-09-08"})
        c.add("participations", {"pupil": "closing", "takes_no_part": True, "start": "2026-09-08"})
        for pupil in ("closing", "lukasz"):
            c.set(pupil, class_name="4B")
    async with running(size=LARGE, start="progress") as d:
        await d.keys("n")
        await d.type("Who")
        await d.keys("enter")
        await d.type("Class 4B")
        await d.keys("enter")
        await d.type("Chess")
        await d.keys("enter", "space", "down", "space", "down", "space", "ctrl+s")
        (said,) = [each for each in d.toasts if each.startswith("Kept")]
        assert said == (
            "Kept: 2 now take part, 1 no longer takes part, 1 no longer takes part in nothing. "
            "u takes them back."
        )


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_no_step_of_the_lowest_fifth_is_cut_short(
    running: Running, register: Register, size
) -> None:
    days = ("2025-12-01", "2026-02-20", "2026-06-20", "2026-11-20")
    with register.commit("Six more, all alike, so that all are in the fifth") as c:
        for place in range(6):
            own = {"surname": f"Wiśniewska-Kowalczyk {place}", "forename": "Zoë"}
            child = c.add("pupils", {**own, "year_group": "5", "class_name": "5 [b]"})
            steps = ("4 entering", "4 developing", "4 secure", "4 entering")
            for day, step in zip(days, steps, strict=True):
                of = {"pupil": child, "subject": "maths", "date": day, "scale": "Steps"}
                c.add("assessments", {**of, "value": step, "points": 3})
    async with running(size=size, start="progress") as d:
        await d.keys(*["right"] * 3)
        assert len(rows(d)) == 6
        drawn = [line.partition("  Mathematics ")[2] for line in d.lines]
        terms = [line for line in drawn if line]
        assert len(terms) == 6
        for step in ("▾ 4 developing", "▾ 4 secure", "▾ 4 entering"):
            assert all(step in line for line in terms), d.text
        assert "…" not in "".join(terms), d.text
        assert d.shows("Aut 25 ▾ 4 entering; Spr 26 ▾ 4"), d.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_two_scales_on_one_day_are_told_at_the_line_while_it_is_typed(
    running: Running, register: Register, size
) -> None:
    (whom,) = [each for each in children_together(register, today()) if each.words == "Class 4B"]
    kept = {"pupil": "sam", "subject": "maths", "date": today().isoformat(), "value": "2 [b]"}
    with register.commit("On another scale, today") as c:
        c.add("assessments", {**kept, "scale": "Old [levels]", "points": 2})
    words = "2 [b] on Old [levels] stands on this day already"
    async with running(size=size, start="progress") as d:
        d.app.push_screen(ResultsForm(register, whom, "maths", "Steps [1]"))
        await d.settle()
        assert not d.shows(words)
        await d.type("lo")
        assert d.shows(words), d.text
        await d.keys("backspace", "backspace")
        assert not d.shows(words), "nothing is typed"
        await d.type("low")
        await d.keys("up", *["backspace"] * 20)
        await d.type("yesterday")
        assert not d.shows(words), d.text
        await d.keys(*["backspace"] * 9)
        await d.type("today")
        assert d.shows(words), d.text
        await d.keys("ctrl+s")
        assert len(register.all("assessments")) == 4, "it is told, and not in the way"
    found = [each.code for each in findings(register, today())]
    assert "two_scales" in found


async def test_a_second_result_or_mark_of_the_day_is_told_while_it_is_typed(
    running: Running, register: Register
) -> None:
    (whom,) = [each for each in children_together(register, today()) if each.words == "Class 4B"]
    day = today().isoformat()
    with register.commit("One of each, today") as c:
        of = {"pupil": "sam", "date": day, "scale": "Steps [1]"}
        c.add("assessments", {**of, "subject": "maths", "value": "low"})
        c.add("wider_marks", {**of, "category": "behaviour", "value": 4.0, "direction": "up"})
    async with running(size=SMALL, start="progress") as d:
        d.app.push_screen(ResultsForm(register, whom, "maths", "steps [1]"))
        await d.settle()
        await d.type("1")
        assert d.shows("low stands on this day already; the better of the"), d.text
        await d.keys("escape", "d")
        d.app.push_screen(WiderForm(register, whom, "behaviour", "Other [x]"))
        await d.settle()
        await d.type("3")
        assert d.shows("4 on Steps [1] stands on this day already"), d.text


@pytest.mark.parametrize("size", [SMALL, LARGE])
async def test_who_moved_stands_with_by_how_much(running: Running, size) -> None:
    async with running(size=size, start="progress") as d:
        await d.keys("left")
        assert d.screen.view == "moved"
        assert d.shows("Since"), d.text
        assert any("+8" in line for line in d.lines), d.text


async def test_another_scale_than_so_far_is_told_at_the_line_while_it_is_typed(
    running: Running, register: Register
) -> None:
    (whom,) = [each for each in children_together(register, today()) if each.words == "Class 4B"]
    async with running(size=SMALL, start="progress") as d:
        d.app.push_screen(ResultsForm(register, whom, "english", "Other [x]"))
        await d.settle()
        assert not d.shows("So far on")
        await d.type("3")
        assert d.shows("So far on Steps [1]; no progress is worked out"), d.text
