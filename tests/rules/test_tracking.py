from datetime import date

import pytest

from senreg.rules.tracking import VIEWS, spark, tracking

from .sample import TODAY, Sample


def assess(sample, pupil, *marks, subject="english"):
    for day, points in marks:
        sample.add(
            "assessments", pupil=pupil, subject=subject, date=day, scale="Steps",
            value=f"{points}", points=float(points),
        )  # fmt: skip


def views(sample):
    found = tracking(sample, TODAY)
    return {view: {row.pupil for row in found.rows if view in row.lists} for view in VIEWS}


def year(sample):
    """Ten children of one year: the more the later, all but the first two by three points."""
    pupils = [sample.pupil(f"Child {number}") for number in range(10)]
    for number, pupil in enumerate(pupils):
        gain = 1 if number < 2 else 3
        start = 10 + number
        assess(sample, pupil, ("2025-12-01", start), ("2026-07-01", start + gain))
    sample.add("expectations", subject="english", points_a_year=3.0)
    return pupils


def test_the_grid_has_a_line_for_each_subject_and_the_last_four_terms():
    sample = Sample()
    pupil = sample.pupil("小明", "王", status="K")
    assess(sample, pupil, ("2025-12-01", 9), ("2026-03-01", 10), ("2026-11-10", 12))
    assess(sample, pupil, ("2026-11-10", 5), subject="maths")
    found = tracking(sample, TODAY)
    assert found.terms == ("Aut 25", "Spr 26", "Sum 26", "Aut 26")
    english, maths = found.rows
    assert english.values == ("9", "10", "", "12")
    assert (english.change.words, english.a_year, english.code) == ("+2", 3.0, "K")
    assert len(english.spark) == 3
    assert (maths.change, maths.a_year, maths.spark) == (None, None, "")
    assert found.on_register == 1


@pytest.mark.parametrize("day", [date(2026, 9, 1), date(2026, 8, 31), date(2026, 1, 1)])
def test_terms_that_begin_late_are_counted_once_and_it_comes_to_an_end(day):
    sample = Sample()
    sample.add("terms", name="Autumn", start="2026-09-02", end="2026-12-18", school_year="2026/27")
    assert len(set(tracking(sample, day).terms)) == 4


def test_who_is_low_slow_and_not_on_the_register_is_shown_as_missed():
    sample = Sample()
    pupils = year(sample)
    sample.add("sen_statuses", pupil=pupils[1], code="K", start="2025-09-01")
    found = views(sample)
    assert found["fifth"] == set(pupils[:2])
    assert found["below"] == set(pupils[:2])
    assert found["missed"] == {pupils[0]}


@pytest.mark.parametrize(("code", "may_be"), [("K", True), ("A", True), ("P", True), ("S", False)])
def test_of_an_old_year_those_on_its_two_stages_may_be_ready_too(code, may_be):
    sample = Sample()
    pupils = year(sample)
    sample.add("sen_statuses", pupil=pupils[8], code=code, start="2025-09-01")
    assert views(sample)["ready"] == ({pupils[8]} if may_be else set())


def test_who_does_well_in_all_that_is_assessed_may_be_ready():
    sample = Sample()
    pupils = year(sample)
    for number in (8, 3):
        sample.add("sen_statuses", pupil=pupils[number], code="K", start="2025-09-01")
    sample.add("sen_statuses", pupil=pupils[9], code="E", start="2025-09-01")
    assert views(sample)["ready"] == {pupils[8]}
    assess(sample, pupils[8], ("2026-07-01", 3), subject="maths")
    assert views(sample)["ready"] == set()


def test_where_most_are_level_a_child_of_the_lowest_fifth_is_not_ready():
    sample = Sample()
    pupils = [sample.pupil(f"Child {number}") for number in range(10)]
    for pupil in pupils:
        assess(sample, pupil, ("2025-12-01", 10), ("2026-07-01", 13))
    sample.add("expectations", subject="english", points_a_year=3.0)
    sample.add("sen_statuses", pupil=pupils[0], code="K", start="2025-09-01")
    found = views(sample)
    assert pupils[0] in found["fifth"]
    assert found["ready"] == set()


def test_nothing_is_below_where_nothing_is_expected():
    sample = Sample()
    pupils = year(sample)
    sample.tables["expectations"].clear()
    assert views(sample)["below"] == set()
    assert len(pupils) == 10


def test_figures_as_bars():
    assert spark([1]) == ""
    assert spark([5, 5]) == "▄▄"
    assert spark([1, 8]) == "▁█"


def test_who_was_in_the_lowest_fifth_who_left_it_and_who_came_in():
    sample = Sample()
    pupils = year(sample)
    assess(sample, pupils[0], ("2026-11-10", 40))
    for number, pupil in enumerate(pupils[2:], 2):
        assess(sample, pupil, ("2026-11-10", 15 + number))
    found = tracking(sample, TODAY)
    fifth = {row.pupil: row.fifth for row in found.rows if "followed" in row.lists}
    assert fifth == {
        pupils[0]: ("in", "", "in", "out"),
        pupils[1]: ("in", "", "in", ""),
        pupils[2]: ("out", "", "out", "in"),
        pupils[3]: ("out", "", "out", "in"),
    }
    assert [each.words for each in found.fifth] == [
        "Aut 25: 2 in it",
        "Sum 26: 2 in it",
        "Aut 26: 2 in it, 2 came in, 1 left it, 1 not assessed again",
    ]


def test_what_changed_on_a_scale_without_points_is_told_in_steps():
    sample = Sample()
    pupil = sample.pupil()
    for day, value in (("2026-06-30", "Does it alone"), ("2026-11-10", "does it with a prompt")):
        sample.add(
            "assessments", pupil=pupil, subject="maths", date=day, scale="Small steps", value=value
        )
    (row,) = tracking(sample, TODAY).rows
    assert row.change.words == "-2 steps"
    assert "moved" in row.lists
