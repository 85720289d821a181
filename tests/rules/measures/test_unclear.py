"""Measures where the records are doubtful: twice on a day, spelt two ways, put away."""

from datetime import date

import pytest

from senreg.errors import WrongUsage
from senreg.rules.measures import Asked, measured, usual_start
from senreg.rules.measures.term_count import TermCount
from tests.rules.measures.test_measures import ask, assess, figures, mark
from tests.rules.measures.test_provision import reading_group
from tests.rules.sample import Sample


def test_two_assessments_of_one_day_are_compared_whatever_they_lack():
    sample = Sample()
    pupil = sample.pupil()
    for points in (None, 12, 11):
        assess(sample, pupil, "2026-06-20", points, value="x")
    assess(sample, pupil, "2025-12-01", 10, value="x")
    (row,) = ask(sample, "progress", subject="english", expected=3.0).rows
    assert row.more["mean"] == 3.0


def test_of_two_steps_on_the_last_day_the_better_counts():
    sample = Sample()
    pupil = sample.pupil()
    for value in ("Working towards", "Expected"):
        assess(sample, pupil, "2026-06-20", None, value=value, scale="Age-related")
    (row,) = ask(sample, "attainment", subject="english", at_least="Expected").rows
    assert row.value == 1.0


@pytest.mark.parametrize("year", ["2026/27", None])
def test_an_autumn_term_that_begins_in_august_is_of_the_year_to_come(year):
    autumn = {"name": "Autumn", "start": "2026-08-25", "end": "2026-12-18", "school_year": year}
    count = TermCount([autumn])
    assert count.of("2026-08-27") == count.of("2026-09-15") == count.of("2026-07-01") + 1
    assert count.of("2026-08-24") == count.of("2026-07-01")
    assert count.of_assessment("2026-08-27") == count.of("2026-07-01")
    assert count.of_assessment("2026-11-01") == count.of("2026-09-15")


def test_who_was_archived_is_in_no_figure_of_provision():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    sample.add("rates", role="ta", per_hour=10.0)
    group = reading_group(sample, [ta])
    scores = {"entry_on": "2025-09-08", "exit_on": "2026-03-10", "start": "2025-09-08"}
    sample.place(sample.pupil("A"), group, entry_score=80, exit_score=92, **scores)
    sample.add("sessions", group=group, date="2025-10-01", minutes=60)
    before = [ask(sample, name).rows for name in ("impact", "cost")]
    assert before[0][0].n == before[1][0].n == 1
    gone = sample.pupil("B", archived=True)
    sample.place(gone, group, entry_score=80, exit_score=81, **scores)
    assert [ask(sample, name).rows for name in ("impact", "cost")] == before


def test_who_moved_off_the_register_is_told_by_need_and_year_too():
    sample = Sample()
    went = sample.pupil("A", year_group="5")
    sample.add("sen_statuses", pupil=went, code="K", start="2024-01-01", end="2026-01-31")
    sample.add("needs", pupil=went, code="SLCN", rank=1, start="2024-01-01", end="2026-01-31")
    came = sample.pupil("B", year_group="6")
    sample.add("sen_statuses", pupil=came, code="K", start="2025-10-01")
    sample.add("needs", pupil=came, code="MLD", rank=1, start="2025-10-01")

    def moved(part):
        rows = ask(sample, "register", by=part).rows
        return {
            row.by[part]: (row.n, row.value, row.more["moved_on"], row.more["moved_off"])
            for row in rows
        }

    assert moved("need") == {"MLD": (1, 0.5, 1, 0), "SLCN": (0, None, 0, 1)}
    assert moved("year_group") == {"5": (0, None, 0, 1), "6": (1, 0.5, 1, 0)}


def test_a_conversation_is_of_the_key_teacher_of_its_day_and_none_is_counted_twice():
    sample = Sample()
    fox = sample.add("staff", name="Jane Fox", role="class_teacher")
    lee = sample.add("staff", name="Ann Lee", role="class_teacher")
    met, alone = (sample.pupil(name, status="K", key_teacher=fox) for name in "AB")
    sample.add("enrolments", pupil=met, school_year="2024/25", key_teacher=lee)
    sample.add("conversations", pupil=met, planned_for="2025-06-01", held_on="2025-06-01")
    sample.add("conversations", pupil=met, planned_for="2025-10-01")
    rows = ask(sample, "responsibility", start=date(2025, 1, 1)).rows
    assert [
        (row.by["key_teacher"], row.n, row.unknown, row.more["held"], row.more["planned"])
        for row in rows
    ] == [("Ann Lee", 1, 0, 1, 1), ("Jane Fox", 1, 1, 0, 1)]
    assert rows[1].missing == (alone,)
    assert [row.more["pupils"] for row in rows] == [0, 2]


def test_a_subject_without_an_expectation_is_unknown_and_stops_no_other():
    sample = Sample()
    pupil = sample.pupil()
    sample.add("expectations", subject="english", points_a_year=3.0)
    for subject in ("english", "science"):
        assess(sample, pupil, "2025-12-01", 10, subject=subject)
        assess(sample, pupil, "2026-06-20", 12, subject=subject)
    answer = ask(sample, "progress")
    assert [(row.by["subject"], row.n, row.unknown, row.value) for row in answer.rows] == [
        ("english", 1, 0, 1.0),
        ("science", 0, 1, None),
    ]
    assert "science" in str(answer.rows[1].more["reason"])
    assert "science" in answer.notes[0]


def test_two_marks_of_one_day_count_as_their_mean_in_any_order():
    for last in ((2, 4), (4, 2)):
        sample = Sample()
        pupil = sample.pupil()
        mark(sample, pupil, "2025-10-01", 5)
        for value in last:
            mark(sample, pupil, "2026-06-01", value)
        assert figures(sample, "wider")[0] == ({"category": "behaviour"}, 1, 0, 2.0)


def test_a_scale_spelt_in_two_ways_is_one():
    sample = Sample()
    pupil = sample.pupil()
    assess(sample, pupil, "2025-12-01", 10, scale="Reading Steps")
    assess(sample, pupil, "2026-06-20", 12, scale="reading  steps")
    for scale in ("", "READING STEPS"):
        assert figures(sample, "progress", subject="english", expected=3.0, scale=scale) == [
            ({}, 1, 0, 1.0)
        ]
    mark(sample, pupil, "2025-10-01", 5, scale="incidents")
    mark(sample, pupil, "2026-06-01", 2, scale="Incidents")
    assert figures(sample, "wider")[0] == ({"category": "behaviour"}, 1, 0, 3.0)


@pytest.mark.parametrize("expected", [float("nan"), float("inf"), float("-inf")])
def test_what_is_expected_is_a_number(expected):
    with pytest.raises(WrongUsage, match="no number"):
        ask(Sample(), "progress", expected=expected)


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("absence", {"subject": "english"}),
        ("register", {"scale": "Reading age"}),
        ("gap", {"expected": 3.0}),
        ("cost", {"at_least": "4b"}),
    ],
)
def test_what_a_measure_takes_no_notice_of_is_refused(name, more):
    with pytest.raises(WrongUsage, match="takes no --"):
        ask(Sample(), name, **more)


def test_marks_of_another_scale_are_left_out_where_one_is_asked_for():
    sample = Sample()
    pupil = sample.pupil()
    for day, value in (("2025-10-01", 5), ("2026-06-01", 2)):
        mark(sample, pupil, day, value)
        mark(sample, pupil, day, value, scale="Other", direction="up")
    end = date(2026, 7, 22)
    asked = Asked(date(2025, 9, 1), end, end, scale="other")
    assert measured("wider", sample, asked).rows[0].value == -3.0


def test_a_subject_whose_scale_lacks_the_value_is_unknown_and_stops_no_other():
    sample = Sample()
    pupil = sample.pupil()
    for subject, value, scale in (
        ("english", "Expected", "Age-related"),
        ("reading", "99", "Reading age"),
    ):
        assess(sample, pupil, "2026-06-20", None, value=value, scale=scale, subject=subject)
    answer = ask(sample, "attainment", at_least="Expected")
    assert [(row.by["subject"], row.n, row.unknown, row.value) for row in answer.rows] == [
        ("english", 1, 0, 1.0),
        ("reading", 0, 1, None),
    ]
    assert "reading" in answer.notes[0]


def test_class_and_teacher_change_with_an_autumn_term_that_begins_in_august():
    sample = Sample()
    fox, lee = (sample.add("staff", name=name, role="class_teacher") for name in ("Fox", "Lee"))
    pupil = sample.pupil(status="K", class_name="5A", key_teacher=fox)
    sample.add("enrolments", pupil=pupil, school_year="2025/26", class_name="4A", key_teacher=lee)
    for day in ("2026-08-26", "2026-08-28"):
        sample.add("conversations", pupil=pupil, planned_for=day, held_on=day)

    def held():
        today = date(2026, 11, 26)
        asked = Asked(date(2026, 8, 1), today, today)
        rows = measured("responsibility", sample, asked).rows
        return {row.by["key_teacher"]: row.more["held"] for row in rows}

    assert held() == {"Fox": 0, "Lee": 2}
    sample.add("terms", name="Autumn", start="2026-08-27", end="2026-12-18")
    assert held() == {"Fox": 1, "Lee": 1}


def test_a_figure_by_term_loses_no_day_where_only_some_terms_are_recorded():
    spring = {"name": "Spring", "start": "2026-01-05", "end": "2026-04-02"}
    count = TermCount([spring])
    assert count.of("2026-06-20") == count.of("2026-02-01") + 1 == count.of("2025-12-01") + 2
    half = {"name": "Autumn 1", "start": "2025-09-02", "end": "2025-10-23"}
    assert TermCount([half]).of("2025-12-01") == TermCount([half]).of("2025-10-01")


def test_families_met_three_times_are_asked_about_the_school_year_once_it_holds_three_terms():
    summer = {"name": "Summer", "start": "2026-04-13", "end": "2026-07-22"}
    for day, start in (
        ("2026-04-12", "2025-04-12"),
        ("2026-04-13", "2025-09-01"),
        ("2026-08-31", "2025-09-01"),
        ("2026-09-01", "2025-09-01"),
        ("2026-09-02", "2025-09-02"),
    ):
        found = usual_start("participation", date.fromisoformat(day), [summer])
        assert found.isoformat() == start
    assert usual_start("progress", date(2026, 6, 1)) == date(2025, 6, 1)
