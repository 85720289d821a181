"""Measures against cases worked by hand."""

from datetime import date

import pytest

from senreg.errors import WrongUsage
from senreg.rules.measures import MEASURES, Asked, measured
from senreg.rules.measures.absence import threshold_for
from tests.rules.sample import Sample

START, END = date(2025, 9, 1), date(2026, 7, 22)


def ask(sample, name, *, start=START, end=END, **more):
    return measured(name, sample, Asked(start, end, end, **more))


def figures(sample, name, **more):
    return [(row.by, row.n, row.unknown, row.value) for row in ask(sample, name, **more).rows]


def assess(sample, pupil, day, points, *, subject="english", scale="Steps", **more):
    sample.add(
        "assessments", pupil=pupil, subject=subject, date=day, scale=scale,
        points=None if points is None else float(points), value=more.get("value"),
    )  # fmt: skip


# Participation


def met(sample, pupil, *days, by=None):
    for day in days:
        sample.add("conversations", pupil=pupil, held_on=day, led_by=by)


def in_cohort(sample, pupil, start="2025-09-01", end=None):
    sample.add("cohort_memberships", pupil=pupil, start=start, end=end)


def test_participation_is_the_share_met_three_times_of_those_in_cohort_and_on_roll_throughout():
    sample = Sample()
    three, two, late, left, outside = (sample.pupil(name) for name in ("A", "B", "C", "D", "E"))
    for pupil in (three, two, left):
        in_cohort(sample, pupil)
    in_cohort(sample, late, "2026-01-05")
    sample.set(left, left="2026-03-01")
    met(sample, three, "2025-10-01", "2026-02-01", "2026-06-01")
    met(sample, two, "2025-08-31", "2025-10-01", "2026-02-01", "2026-07-23")
    met(sample, left, "2025-10-01", "2025-11-01", "2026-02-01")
    met(sample, outside, "2025-10-01", "2026-02-01", "2026-06-01")
    sample.add("conversations", pupil=two, planned_for="2026-06-01")
    assert figures(sample, "participation") == [({}, 2, 0, 0.5)]


def test_conversations_of_the_first_and_the_last_day_count_and_a_fourth_changes_nothing():
    sample = Sample()
    edges, four, twice_a_day = (sample.pupil(name) for name in "ABC")
    for pupil in (edges, four, twice_a_day):
        in_cohort(sample, pupil)
    met(sample, edges, START.isoformat(), "2026-02-01", END.isoformat())
    met(sample, four, "2025-10-01", "2025-12-01", "2026-02-01", "2026-06-01")
    met(sample, twice_a_day, "2025-10-01", "2025-10-01")
    assert figures(sample, "participation") == [({}, 3, 0, 2 / 3)]


def test_memberships_that_follow_on_each_other_are_one():
    sample = Sample()
    sam, gap = sample.pupil("Sam"), sample.pupil("Łukasz")
    for pupil, second in ((sam, "2026-01-01"), (gap, "2026-01-02")):
        in_cohort(sample, pupil, "2025-09-01", "2025-12-31")
        in_cohort(sample, pupil, second)
    assert ask(sample, "participation").rows[0].behind == (sam,)


def test_participation_by_the_role_that_leads_the_programme_goes_by_the_days_of_conversations():
    sample = Sample()
    sample.add("lead_roles", role="senco", start="2024-09-01", end="2025-12-31")
    sample.add("lead_roles", role="head", start="2026-01-01")
    early, late, never = (sample.pupil(name) for name in "ABC")
    for pupil in (early, late, never):
        in_cohort(sample, pupil)
    met(sample, early, "2025-10-01", "2025-11-01", "2026-02-01")
    met(sample, late, "2025-10-01", "2026-02-01", "2026-06-01")
    assert figures(sample, "participation", by="lead_role") == [
        ({"lead_role": "head"}, 2, 0, 0.5),
        ({"lead_role": "senco"}, 1, 0, 1.0),
    ]


def test_participation_by_who_led_says_it_is_not_the_published_figure():
    sample = Sample()
    teacher = sample.add("staff", name="Jane Fox", role="class_teacher")
    head = sample.add("staff", name="Ada Head", role="head")
    pupil = sample.pupil()
    in_cohort(sample, pupil)
    met(sample, pupil, "2025-10-01", "2026-02-01", by=teacher)
    met(sample, pupil, "2026-06-01", by=head)
    answer = ask(sample, "participation", by="led_by_role")
    assert [row.by for row in answer.rows] == [{"led_by_role": "class_teacher"}]
    assert "not the published evaluation's figure" in answer.notes[0]


# Progress


def test_progress_counts_points_a_year_between_terms_at_least_two_apart():
    sample = Sample()
    slow, quick, one_term, once, unpointed = (sample.pupil(name) for name in "ABCDE")
    assess(sample, slow, "2025-12-01", 10)
    assess(sample, slow, "2026-06-20", 11)  # 1 point in 2 terms: 1.5 a year
    assess(sample, quick, "2025-10-31", 10)  # counts as the summer before
    assess(sample, quick, "2026-06-20", 13)  # 3 points in 3 terms: 3 a year
    assess(sample, one_term, "2025-11-01", 10)  # autumn
    assess(sample, one_term, "2026-02-01", 13)
    assess(sample, once, "2026-02-01", 10)
    assess(sample, unpointed, "2025-12-01", None, value="?", scale="Age-related")
    assess(sample, unpointed, "2026-06-20", None, value="??", scale="Age-related")
    answer = ask(sample, "progress", subject="english", expected=3.0)
    (row,) = answer.rows
    assert (row.by, row.n, row.unknown, row.value) == ({}, 2, 3, 0.5)
    assert row.more["mean"] == row.more["median"] == 2.25
    assert row.behind == (slow, quick)
    assert set(row.missing) == {one_term, once, unpointed}


def test_progress_turns_on_the_first_of_november_and_on_two_terms():
    sample = Sample()
    october, november, august, spring = (sample.pupil(name) for name in "ABCD")
    for pupil, first, last in (
        (october, "2025-10-31", "2026-01-05"),  # summer to spring: two terms
        (november, "2025-11-01", "2026-01-05"),  # autumn to spring: one
        (august, "2025-09-01", "2025-12-31"),  # summer to autumn: one
        (spring, "2026-01-01", "2026-07-22"),  # spring to summer: one
    ):
        assess(sample, pupil, first, 10)
        assess(sample, pupil, last, 12)
    (row,) = ask(sample, "progress", subject="english", expected=3.0).rows
    assert (row.behind, row.unknown, row.value) == ((october,), 3, 1.0)
    assert row.more["mean"] == 3.0
    (row,) = ask(sample, "progress", subject="english", expected=3.01).rows
    assert row.value == 0.0


def test_progress_never_mixes_two_scales():
    sample = Sample()
    pupil = sample.pupil()
    assess(sample, pupil, "2025-12-01", 10, scale="Old")
    assess(sample, pupil, "2026-06-20", 90, scale="New")
    assert figures(sample, "progress", subject="english", expected=3.0) == [({}, 0, 1, None)]
    assess(sample, pupil, "2025-12-02", 88, scale="New")
    (row,) = ask(sample, "progress", subject="english", expected=3.0).rows
    assert row.more["mean"] == 3.0


def test_a_part_is_the_one_that_held_on_the_day_of_the_event():
    """On SEN support until May: the marks and the attendance are of before."""
    sample = Sample()
    pupil = sample.pupil()
    sample.add("sen_statuses", pupil=pupil, code="K", start="2024-09-01", end="2026-05-31")
    sample.add("sen_statuses", pupil=pupil, code="N", start="2026-06-01")
    for day, value in (("2025-10-01", 2), ("2026-03-01", 4)):
        sample.add("wider_marks", pupil=pupil, date=day, category="behaviour", value=value,
                   scale="Five", direction="up")  # fmt: skip
    sample.add("attendance", pupil=pupil, start="2025-09-01", end="2026-04-01", possible=200,
               authorised=30, unauthorised=0)  # fmt: skip
    assert figures(sample, "wider", by="status")[0] == (
        {"category": "behaviour", "status": "K"}, 1, 0, 2.0
    )  # fmt: skip
    assert figures(sample, "absence", by="status") == [({"status": "K"}, 1, 0, 1.0)]
    assert figures(sample, "register")[0][0] == {"code": "N"}


def test_progress_uses_the_schools_expectation_by_key_stage():
    sample = Sample()
    sample.add("expectations", subject="english", points_a_year=4.0)
    sample.add("expectations", subject="english", stage="KS2", points_a_year=3.0)
    young, old = sample.pupil("A", year_group="2"), sample.pupil("B", year_group="5")
    for pupil in (young, old):
        assess(sample, pupil, "2025-12-01", 10)
        assess(sample, pupil, "2026-06-20", 12)
    assert figures(sample, "progress", by="key_stage") == [
        ({"subject": "english", "key_stage": "KS1"}, 1, 0, 0.0),
        ({"subject": "english", "key_stage": "KS2"}, 1, 0, 1.0),
    ]


def test_without_an_expectation_progress_asks_for_one():
    sample = Sample()
    pupil = sample.pupil()
    assess(sample, pupil, "2025-12-01", 10)
    assess(sample, pupil, "2026-06-20", 12)
    with pytest.raises(WrongUsage, match="expected"):
        ask(sample, "progress")


def test_sub_levels_have_their_points_and_the_schools_own_scale_wins():
    sample = Sample()
    pupil = sample.pupil()
    scale = "national curriculum level"
    assess(sample, pupil, "2025-12-01", None, value="2b", scale=scale)
    assess(sample, pupil, "2026-06-20", None, value="3", scale=scale)
    (row,) = ask(sample, "progress", subject="english", expected=3.0).rows
    assert row.more["mean"] == (21 - 15) / 2 * 3
    sample.add("scales", name="National Curriculum Level", kind="attainment", steps="2B = 1\n3 = 2")
    (row,) = ask(sample, "progress", subject="english", expected=3.0).rows
    assert row.more["mean"] == 1.5


# Attainment and the gap


def test_attainment_goes_by_the_order_of_the_scale_at_the_last_assessment():
    sample = Sample()
    there, below, fell, none, odd = (sample.pupil(name) for name in "ABCDE")
    scale = "Age-related"
    assess(sample, there, "2026-06-20", None, value="Expected", scale=scale)
    assess(sample, below, "2026-06-20", None, value="working towards", scale=scale)
    assess(sample, fell, "2025-12-01", None, value="Greater depth", scale=scale)
    assess(sample, fell, "2026-06-20", None, value="Below", scale=scale)
    assess(sample, odd, "2026-06-20", None, value="Splendid", scale=scale)
    (row,) = ask(sample, "attainment", subject="english", at_least="Expected").rows
    assert (row.n, row.unknown, row.value) == (3, 2, 1 / 3)
    assert set(row.missing) == {none, odd}
    for wrong in ("", "4b"):
        with pytest.raises(WrongUsage):
            ask(sample, "attainment", subject="english", at_least=wrong)


def test_the_gap_takes_status_and_stage_on_the_assessments_own_day():
    sample = Sample()
    plain, monitored, supported = (sample.pupil(name) for name in "ABC")
    sample.add("sen_statuses", pupil=monitored, code="M", start="2025-09-01")
    sample.add("sen_statuses", pupil=supported, code="P", start="2020-09-01", end="2026-06-20")
    sample.add("sen_statuses", pupil=supported, code="N", start="2026-06-21")
    for pupil, points in ((plain, 20), (monitored, 16), (supported, 10)):
        assess(sample, pupil, "2026-06-20", points)
    assert figures(sample, "gap") == [({"subject": "english", "key_stage": "KS2"}, 3, 0, 8.0)]
    assess(sample, supported, "2026-06-21", 12)
    assert figures(sample, "gap") == [({"subject": "english", "key_stage": "KS2"}, 3, 0, None)]


# Absence


def away(sample, pupil, missed, possible=100, start="2025-09-01", end="2025-12-19"):
    sample.add(
        "attendance", pupil=pupil, start=start, end=end, possible=possible,
        authorised=missed, unauthorised=0,
    )  # fmt: skip


def test_persistent_absence_is_a_tenth_of_own_sessions_and_overlaps_are_never_added():
    sample = Sample()
    at, under, twice, lacking, none = (sample.pupil(name) for name in "ABCDE")
    away(sample, at, 10)
    away(sample, under, 9)
    away(sample, twice, 50)
    away(sample, twice, 50, start="2025-12-19", end="2026-02-01")
    sample.add("attendance", pupil=lacking, start="2025-09-01", end="2025-10-01", possible=60)
    away(sample, none, 99, start="2025-07-01", end="2025-09-02")
    (row,) = ask(sample, "absence").rows
    assert (row.n, row.unknown, row.value) == (2, 3, 0.5)
    assert row.behind == (at,)
    assert row.more["threshold"] == {"kind": "share", "value": 0.1, "source": "from 2015/16 on"}


def test_the_change_in_absence_is_relative_and_only_under_one_definition():
    sample = Sample()
    away_now, better = sample.pupil("A"), sample.pupil("B")
    for pupil, then, now in ((away_now, 20, 20), (better, 20, 0)):
        away(sample, pupil, then, start="2024-09-02", end="2024-12-20")
        away(sample, pupil, now)
    (row,) = ask(sample, "absence").rows
    assert (row.value, row.more["before"], row.more["relative_change"]) == (0.5, 1.0, -0.5)
    (row,) = ask(sample, "absence", start=date(2015, 9, 1), end=date(2016, 7, 20)).rows
    assert "relative_change" not in row.more


@pytest.mark.parametrize(
    ("start", "end", "kind", "value"),
    [
        (date(2009, 9, 1), date(2010, 7, 20), "sessions", 64),
        (date(2009, 9, 1), date(2010, 3, 31), "sessions", 52),
        (date(2010, 9, 1), date(2011, 7, 20), "sessions", 56),
        (date(2010, 9, 1), date(2011, 5, 27), "sessions", 46),
        (date(2010, 9, 1), date(2011, 4, 8), "sessions", 38),
        (date(2010, 9, 1), date(2010, 12, 17), "share", 0.15),
        (date(2014, 9, 1), date(2015, 7, 20), "sessions", 56),
        (date(2015, 9, 1), date(2015, 12, 17), "share", 0.1),
    ],
)
def test_each_year_has_its_definition_of_persistent_absence(start, end, kind, value):
    assert threshold_for({}, start, end)[:2] == (kind, value)
    own = {"absence_kind": "share", "absence_value": 0.08}
    assert threshold_for(own, start, end)[:2] == ("share", 0.08)


# Wider outcomes and relationships


def mark(sample, pupil, day, value, category="behaviour", scale="Incidents", direction="down"):
    sample.add(
        "wider_marks", pupil=pupil, date=day, category=category, value=float(value),
        scale=scale, direction=direction,
    )  # fmt: skip


def test_wider_outcomes_change_in_the_good_direction_on_one_scale():
    sample = Sample()
    fewer, more, once, other = (sample.pupil(name) for name in "ABCD")
    for day, one, two in (("2025-10-01", 6, 1), ("2026-06-01", 2, 2)):
        mark(sample, fewer, day, one)
        mark(sample, more, day, two)
    mark(sample, once, "2026-06-01", 3)
    mark(sample, other, "2025-10-01", 3, scale="Rating", direction="up")
    mark(sample, other, "2026-06-01", 5)
    sample.add("participations", pupil=fewer, activity="club", start="2025-10-01")
    sample.add("participations", pupil=more, takes_no_part=True, start="2025-10-01")
    sample.add("participations", pupil=once, activity="club", end="2025-08-31")
    assert figures(sample, "wider") == [
        ({"category": "behaviour"}, 2, 2, 1.5),
        ({"category": "participation"}, 2, 2, 0.5),
    ]


def test_the_schools_rating_and_parents_answers_are_never_mixed():
    sample = Sample()
    sample.add("school_ratings", kind="parents", date="2026-05-01", rating=4)
    sample.add("school_ratings", kind="teaching", date="2026-05-01", rating=1)
    survey = sample.add("surveys", name="Parents", asked_on="2026-06-01", relationship_question=2)
    for paper, rating in ((1, 5), (2, 4), (3, None)):
        sample.add("survey_answers", survey=survey, paper=paper, question=1, rating=1)
        if rating:
            sample.add("survey_answers", survey=survey, paper=paper, question=2, rating=rating)
    rows = ask(sample, "relationships").rows
    assert [(row.by["source"], row.n, row.unknown, row.value, row.unit) for row in rows] == [
        ("school", 1, 0, 4, "of 5"),
        ("parents", 2, 1, 0.5, "share"),
    ]


# The register and responsibility


def test_the_register_counts_by_status_and_who_moved():
    sample = Sample()
    sample.pupil("A")
    came = sample.pupil("B")
    sample.add("sen_statuses", pupil=came, code="M", start="2025-01-01", end="2025-09-30")
    sample.add("sen_statuses", pupil=came, code="K", start="2025-10-01")
    went = sample.pupil("C")
    sample.add("sen_statuses", pupil=went, code="K", start="2024-01-01", end="2026-01-31")
    sample.add("sen_statuses", pupil=went, code="N", start="2026-02-01")
    stage = sample.pupil("D")
    sample.add("sen_statuses", pupil=stage, code="K", start="2024-01-01", end="2025-12-31")
    sample.add("sen_statuses", pupil=stage, code="E", start="2026-01-01")
    rows = ask(sample, "register").rows
    assert [(row.by["code"], row.n, row.value) for row in rows] == [
        ("E", 1, 0.25), ("K", 1, 0.25), ("N", 1, 0.25), ("none", 1, 0.25),
    ]  # fmt: skip
    moved = {row.by["code"]: (row.more["moved_on"], row.more["moved_off"]) for row in rows}
    assert moved == {"E": (0, 0), "K": (1, 0), "N": (0, 1), "none": (0, 0)}
    assert figures(sample, "register", by="need") == [({"need": "none"}, 2, 0, 0.5)]


def test_responsibility_goes_by_the_key_teacher_of_the_day():
    sample = Sample()
    fox = sample.add("staff", name="Jane Fox", role="class_teacher")
    pupil = sample.pupil(status="K", key_teacher=fox)
    sample.add("conversations", pupil=pupil, planned_for="2025-10-01", held_on="2025-10-02")
    sample.add("conversations", pupil=pupil, planned_for="2026-02-01")
    sample.add("reviews", pupil=pupil, kind="termly", planned_for="2026-06-01")
    assess(sample, pupil, "2025-12-01", 10)
    assess(sample, pupil, "2026-06-20", 14)
    sample.add("expectations", points_a_year=3.0)
    (row,) = ask(sample, "responsibility").rows
    assert row.by == {"key_teacher": "Jane Fox"}
    assert (row.n, row.value) == (1, 0.5)
    assert (row.more["held"], row.more["planned"], row.more["overdue"]) == (1, 2, 1)
    assert row.more["mean_progress"] == 6.0


# What holds for all


@pytest.mark.parametrize("name", MEASURES)
def test_nothing_recorded_gives_no_figure_and_no_error(name):
    sample = Sample()
    more = {"at_least": "3"} if name == "attainment" else {}
    for row in ask(sample, name, **more).rows:
        assert (row.n, row.value) == (0, None)


def test_what_is_asked_wrongly_is_told():
    sample = Sample()
    with pytest.raises(WrongUsage):
        ask(sample, "happiness")
    with pytest.raises(WrongUsage):
        ask(sample, "progress", start=END, end=START)
    for name in ("participation", "progress", "absence", "register", "cost", "impact"):
        with pytest.raises(WrongUsage):
            ask(sample, name, by="star_sign")


def test_a_figure_by_class_takes_the_class_of_its_own_day():
    sample = Sample()
    pupil = sample.pupil(class_name="5A")
    sample.add("enrolments", pupil=pupil, school_year="2024/25", class_name="4B", year_group="4")
    assess(sample, pupil, "2024-12-01", 10)
    assess(sample, pupil, "2025-06-20", 14)
    answer = measured(
        "progress",
        sample,
        Asked(date(2024, 9, 1), date(2025, 7, 20), END, by="class_name", expected=3.0),
    )
    assert [row.by["class_name"] for row in answer.rows] == ["4B"]
