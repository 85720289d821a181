from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.roll import roll_state
from senreg.rules.rollover import adjusted, next_class, next_first, roll_over, roll_over_proposal
from senreg.rules.years import YEARS, next_year

from .sample import Commit, Sample

FIRST = date(2026, 9, 1)


@pytest.fixture
def school():
    sample = Sample()
    fox, khan = (sample.add("staff", name=name, role="class_teacher") for name in ("Fox", "Khan"))
    sample.pupil("Sam", year_group="4", class_name="4B", key_teacher=fox)
    sample.pupil("Łukasz", year_group="5", class_name="5B", key_teacher=khan)
    sample.pupil("小明", year_group="6", class_name="6A", key_teacher=fox)
    sample.pupil("Ada", year_group="3", class_name="Oak", key_teacher=fox)
    sample.pupil("Nova", year_group=None, class_name=None)
    sample.pupil("Newcomer", year_group="3", class_name="3A", joined="2026-09-03")
    sample.pupil("Gone", year_group="6", class_name="6A", left="2026-05-22")
    return sample


def lines_of(plan, sample):
    return {sample.get(line.pupil)["forename"]: line for line in plan.lines}


def test_everybody_on_roll_has_a_line_in_words(school):
    plan = roll_over(school, FIRST)
    assert (plan.ends, plan.begins, plan.top_year) == ("2025/26", "2026/27", "6")
    words = {name: line.words for name, line in lines_of(plan, school).items()}
    assert words == {
        "Ada": "Year 3, Oak to Year 4, Oak",
        "Newcomer": "Year 3, 3A: stays",
        "Sam": "Year 4, 4B to Year 5, 5B",
        "Łukasz": "Year 5, 5B to Year 6, 6B",
        "小明": "Year 6, 6A: leaves",
        "Nova": "No year group: stays",
    }
    assert [line.step for line in plan.lines] == [
        "starts",
        "moves",
        "moves",
        "moves",
        "moves",
        "stays",
    ]


def test_the_coming_september_is_next_unless_this_one_was_not_done(school):
    november, july, september = date(2026, 11, 27), date(2026, 7, 10), date(2026, 9, 3)
    assert next_first(school, november) == date(2027, 9, 1), "nothing is known of earlier years"
    for row in school.all("pupils"):
        school.add(
            "enrolments", pupil=row["id"], school_year="2025/2026", year_group=row["year_group"]
        )
    assert next_first(school, july) == FIRST
    assert next_first(school, september) == next_first(school, november) == FIRST
    roll_over_proposal(roll_over(school, FIRST), school).write(Commit(school))
    assert next_first(school, september) == next_first(school, november) == date(2027, 9, 1)
    assert next_first(school, date(2027, 9, 1)) == date(2027, 9, 1)


def test_children_moved_up_by_an_import_are_not_moved_again(school):
    for name, before in (("Sam", "3"), ("Łukasz", "4"), ("小明", "6")):
        (pupil,) = (row["id"] for row in school.all("pupils") if row["forename"] == name)
        school.add("enrolments", pupil=pupil, school_year="2025/26", year_group=before)
    assert next_first(school, date(2026, 11, 27)) == date(2027, 9, 1)


def test_a_roll_over_long_before_its_year_is_early(school):
    plan = roll_over(school, FIRST)
    assert plan.is_early(date(2025, 11, 27))
    assert not plan.is_early(date(2026, 7, 1))
    assert not plan.is_early(date(2026, 11, 27))


def test_a_class_that_does_not_follow_asks_for_a_look(school):
    lines = lines_of(roll_over(school, FIRST), school)
    assert [name for name, line in lines.items() if not line.sure] == ["Ada"]
    assert (lines["Sam"].to_teacher, lines["Łukasz"].to_teacher) == (
        lines["Łukasz"].from_teacher,
        "",
    )


def test_the_old_year_is_kept_and_the_new_one_shown(school):
    plan = roll_over(school, FIRST)
    roll_over_proposal(plan, school).write(Commit(school))
    pupils = {row["forename"]: row for row in school.all("pupils")}
    assert (pupils["Sam"]["year_group"], pupils["Sam"]["class_name"]) == ("5", "5B")
    assert (pupils["小明"]["left"], pupils["小明"]["enrolment_status"]) == ("2026-08-31", "P")
    assert pupils["小明"]["year_group"] == "6"
    assert "left" not in pupils["Sam"]
    places = [
        (school.get(row["pupil"])["forename"], row["school_year"], row.get("class_name"))
        for row in school.all("enrolments")
    ]
    assert sorted(places) == sorted([
        ("Sam", "2025/26", "4B"), ("Sam", "2026/27", "5B"),
        ("Łukasz", "2025/26", "5B"), ("Łukasz", "2026/27", "6B"),
        ("小明", "2025/26", "6A"),
        ("Ada", "2025/26", "Oak"), ("Ada", "2026/27", "Oak"),
        ("Nova", "2025/26", None), ("Nova", "2026/27", None),
        ("Newcomer", "2026/27", "3A"),
    ])  # fmt: skip


def test_nobody_moves_twice(school):
    roll_over_proposal(roll_over(school, FIRST), school).write(Commit(school))
    again = roll_over(school, FIRST)
    assert {line.step for line in again.lines} == {"done", "starts"}
    assert not roll_over_proposal(again, school)


def test_who_was_moved_up_by_an_import_is_not_moved_again():
    sample = Sample()
    sam = sample.pupil(year_group="5", class_name="5B")
    sample.add("enrolments", pupil=sam, school_year="2025/26", year_group="4", class_name="4B")
    plan = roll_over(sample, FIRST)
    assert [line.step for line in plan.lines] == ["done"]
    proposal = roll_over_proposal(plan, sample)
    assert proposal.sets == ()
    assert [add.values["school_year"] for add in proposal.adds] == ["2026/27"]


def test_a_person_may_choose_otherwise(school):
    plan = roll_over(school, FIRST)
    choices = {"小明": {"leaves": False, "to_class": "7 North"}, "Ada": {"to_class": "Elm"}}
    changed = []
    for line in plan.lines:
        chosen = choices.get(school.get(line.pupil)["forename"])
        changed.append(adjusted(line, **chosen) if chosen else line)
    assert all(line.sure for line in changed)
    roll_over_proposal(replace(plan, lines=tuple(changed)), school).write(Commit(school))
    pupils = {row["forename"]: row for row in school.all("pupils")}
    assert (pupils["小明"]["year_group"], pupils["小明"]["class_name"]) == ("7", "7 North")
    assert "left" not in pupils["小明"]
    assert pupils["Ada"]["class_name"] == "Elm"


def test_the_last_day_and_the_top_year_may_be_given(school):
    plan = roll_over(school, FIRST, top_year="5")
    assert {name for name, line in lines_of(plan, school).items() if line.leaves} == {
        "Łukasz",
        "小明",
    }
    roll_over_proposal(plan, school, left_on=date(2026, 7, 21)).write(Commit(school))
    assert {row.get("left") for row in school.all("pupils")} == {None, "2026-07-21", "2026-05-22"}


def test_year_14_stays_unless_it_leaves():
    sample = Sample()
    sample.pupil(year_group="14", class_name="14A")
    (line,) = roll_over(sample, FIRST).lines
    assert (line.leaves, line.to_year) == (True, "14")
    kept = adjusted(line, leaves=False)
    assert kept.words == "Year 14, 14A: stays"


@pytest.mark.parametrize(
    ("name", "year", "after", "becomes"),
    [
        ("4B", "4", "5", "5B"),
        ("Year 4 Oak", "4", "5", "Year 5 Oak"),
        ("Y4", "4", "5", "Y5"),
        ("9X1", "9", "10", "10X1"),
        ("RB", "R", "1", "1B"),
        ("R", "R", "1", "1"),
        ("Reception Blue", "R", "1", None),
        ("REDS", "R", "1", None),
        ("Oak", "4", "5", None),
        ("10A", "1", "2", None),
        ("5B", "4", "5", None),
        ("", "4", "5", None),
        ("N2 am", "N2", "R", "R am"),
        ("4[/b]", "4", "5", "5[/b]"),
    ],
)
def test_class_names_that_begin_with_their_year(name, year, after, becomes):
    assert next_class(name, year, after) == becomes


pupils = st.lists(
    st.tuples(
        st.sampled_from([*YEARS, "X", None]),
        st.sampled_from(["4B", "Oak", None]),
        st.none() | st.sampled_from(["2020-09-01", "2026-09-01", "2026-10-01"]),
        st.none() | st.sampled_from(["2026-05-01", "2026-08-31", "2026-12-01"]),
        st.sampled_from([None, "C", "P"]),
        st.sampled_from([None, "2025/26", "2026/27"]),
    ),
    max_size=8,
)


@given(pupils, st.sampled_from([None, "2", "6", "11"]))
def test_nobody_is_skipped_and_nobody_moves_more_than_one_year(found, top):
    sample = Sample()
    for year, name, joined, left, status, enrolled in found:
        key = sample.pupil(
            year_group=year, class_name=name, joined=joined, left=left, enrolment_status=status
        )
        if enrolled:
            sample.add("enrolments", pupil=key, school_year=enrolled, year_group=year)
    before = {row["id"]: dict(row) for row in sample.all("pupils")}
    plan = roll_over(sample, FIRST, top)
    asked = [key for key, row in before.items() if roll_state(row, "2026-09-01") != "left"]
    assert sorted(line.pupil for line in plan.lines) == sorted(asked)
    roll_over_proposal(plan, sample).write(Commit(sample))
    for line in plan.lines:
        was, now = before[line.pupil]["year_group"], sample.get(line.pupil)["year_group"]
        assert now in (was, next_year(was))
        if not line.leaves:
            years = [
                row["school_year"] for row in sample.all("enrolments") if row["pupil"] == line.pupil
            ]
            assert years.count("2026/27") == 1
            assert years.count("2025/26") <= 1


def test_a_year_that_begins_in_august_is_moved_into_from_its_own_first_day(school):
    school.add("terms", name="Autumn", start="2026-08-27", end="2026-12-18")
    assert next_first(school, date(2026, 7, 1)) == date(2026, 8, 27)
    for first in (date(2026, 8, 27), FIRST):
        plan = roll_over(school, first)
        assert (plan.ends, plan.begins) == ("2025/26", "2026/27")
