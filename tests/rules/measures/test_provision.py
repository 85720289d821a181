"""What provision comes to, and what it costs, against cases worked by hand."""

import pytest

from senreg.rules.measures.provision import is_age_in_months
from tests.rules.sample import Sample

from .test_measures import ask, figures


def reading_group(sample, staff, **more):
    intervention = sample.add(
        "interventions", name="Reading partners", measure="Reading age in months",
        tier="targeted", resource_cost=60.0, session_minutes=30,
    )  # fmt: skip
    return sample.add("groups", intervention=intervention, staff=staff, start="2025-09-08", **more)


def test_impact_gives_gain_ratio_targets_hours_and_the_cost_of_a_month():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    sample.add("rates", role="ta", per_hour=10.0, start="2025-01-01")
    sample.add("rates", role="ta", per_hour=20.0, start="2026-01-01")
    group = reading_group(sample, [ta], end="2026-03-31")
    met_one = sample.add("targets", kind="curricular", status="met")
    scores = {"entry_on": "2025-09-08", "exit_on": "2026-03-10", "start": "2025-09-08"}
    first = sample.pupil("A")
    sample.place(first, group, entry_score=80, exit_score=92, targets=[met_one], **scores)
    sample.place(sample.pupil("B"), group, entry_score=80, exit_score=86, **scores)
    unscored = sample.pupil("C")
    sample.place(unscored, group, start="2025-09-08", end="2026-03-10")
    for day in ("2025-10-01", "2026-02-01"):
        sample.add("sessions", group=group, date=day, minutes=60)
    (row,) = ask(sample, "impact").rows
    assert (row.n, row.unknown, row.value) == (2, 1, 9.0)
    assert row.missing == (unscored,)
    assert row.more["ratio_gain"] == pytest.approx(9 / (183 / 30.4375))
    assert (row.more["targets_met"], row.more["targets"]) == (1, 1)
    assert (row.more["hours"], row.more["total_cost"], row.more["placed"]) == (2.0, 90.0, 3)
    assert row.more["cost"] == 30.0
    assert row.more["cost_per_month_gained"] == pytest.approx(30 / 9)


def test_a_score_that_falls_is_a_gain_where_less_is_better():
    sample = Sample()
    group = sample.group("Feelings [toolbox]")
    intervention = sample.get(group)["intervention"]
    sample.set(intervention, measure="Difficulties, of 40")
    for before, after in ((20, 12), (18, 20)):
        sample.place(sample.pupil("A"), group, start="2025-09-08", exit_on="2026-03-10",
                     entry_score=before, exit_score=after)  # fmt: skip
    (row,) = ask(sample, "impact").rows
    assert (row.value, row.more["least_gain"], row.more["most_gain"]) == (-3.0, -8.0, 2.0)
    sample.set(intervention, direction="down")
    (row,) = ask(sample, "impact").rows
    assert (row.value, row.more["least_gain"], row.more["most_gain"]) == (3.0, -2.0, 8.0)
    assert row.more["mean_gain"] == 3.0


def test_the_ratio_is_of_those_whose_scores_have_their_days_in_order():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    group = reading_group(sample, [ta])
    days = {"entry_on": "2025-09-08", "exit_on": "2026-03-10"}
    wrong = {"entry_on": "2026-03-20", "exit_on": "2026-03-10"}
    sample.place(sample.pupil("A"), group, entry_score=80, exit_score=92, **days)
    sample.place(sample.pupil("B"), group, entry_score=80, exit_score=83, **wrong)
    sample.place(sample.pupil("C"), group, entry_score=80, exit_score=81, exit_on="2026-03-10")
    (row,) = ask(sample, "impact").rows
    assert (row.n, row.more["mean_gain"]) == (3, pytest.approx(16 / 3))
    assert row.more["ratio_gain"] == pytest.approx(12 / (183 / 30.4375))


@pytest.mark.parametrize(
    ("measure", "is_age"),
    [
        ("Reading age in months", True),
        ("Spelling-age", True),
        ("reading_age (months)", True),
        ("Ages", True),
        ("Percentage right", False),
        ("Language steps", False),
        (None, False),
    ],
)
def test_an_age_is_told_by_its_word(measure, is_age):
    assert is_age_in_months(measure) is is_age


def test_what_is_no_age_has_no_ratio_and_a_loss_no_price():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    sample.add("rates", role="ta", per_hour=10.0)
    group = reading_group(sample, [ta])
    scores = {"entry_on": "2025-09-08", "exit_on": "2026-03-10", "entry_score": 9}
    sample.place(sample.pupil(), group, exit_score=8, **scores)
    (row,) = ask(sample, "impact").rows
    assert row.value == -1
    assert row.more["cost_per_month_gained"] is None
    sample.set(sample.get(group)["intervention"], measure="Percentage right")
    (row,) = ask(sample, "impact").rows
    assert row.more["ratio_gain"] is None


def test_cost_is_shared_by_the_pupils_actually_placed():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    senco = sample.add("staff", name="S", role="senco")
    sample.add("rates", role="ta", per_hour=10.0)
    sample.add("rates", role="senco", per_hour=30.0)
    group = reading_group(sample, [ta, senco])
    one, two = sample.pupil("Ann", "Lee"), sample.pupil("Bo", "Ray")
    for pupil in (one, two):
        sample.place(pupil, group, start="2025-09-08")
    sample.add("sessions", group=group, date="2025-10-01", minutes=30)
    assert figures(sample, "cost") == [({"intervention": "Reading partners"}, 2, 0, 80.0)]
    assert figures(sample, "cost", by="tier") == [({"tier": "targeted"}, 2, 0, 80.0)]
    by_pupil = ask(sample, "cost", by="pupil").rows
    assert {(row.by["pupil"], row.value) for row in by_pupil} == {("Ann Lee", 40), ("Bo Ray", 40)}
    sample.tables["rates"].clear()
    assert figures(sample, "cost") == [({"intervention": "Reading partners"}, 0, 2, None)]


def test_a_pupil_of_whom_one_cost_is_unknown_is_out_of_n_and_counted_once():
    sample = Sample()
    ta = sample.add("staff", name="T", role="ta")
    sample.add("rates", role="ta", per_hour=20.0, start="2025-01-01")
    known, no_times = reading_group(sample, [ta]), reading_group(sample, [ta])
    sample.set(no_times, intervention=sample.get(known)["intervention"])
    sample.add("sessions", group=known, date="2025-10-01", minutes=60)
    one, both = sample.pupil("One"), sample.pupil("Both [x]")
    for pupil, group in ((one, known), (both, known), (both, no_times)):
        sample.place(pupil, group, start="2025-09-08")
    (row,) = ask(sample, "cost").rows
    # £20 of the adult and £60 of resources, of two pupils.
    assert (row.n, row.unknown, row.value, row.missing) == (1, 1, 40.0, (both,))
    assert row.more["per_pupil"] == 40.0
