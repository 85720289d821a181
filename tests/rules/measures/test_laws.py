"""What holds for every measure, whatever is recorded."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from senreg.errors import WrongUsage
from senreg.rules.measures import MEASURES, Asked, measured
from tests.rules.sample import Sample

START, END = date(2025, 9, 1), date(2026, 7, 22)
DAYS = ("2025-08-27", "2025-09-10", "2025-12-01", "2026-02-01", "2026-06-20", "2026-07-22")
PUPILS = ("Ann", "Łukasz", "小明")
MORE = {"attainment": {"at_least": "Expected"}}
COUNTED = [name for name in MEASURES if name not in ("relationships", "impact", "cost")]
"""Those that ask about pupils on roll, one by one."""

day, pupil = st.sampled_from(DAYS), st.sampled_from(PUPILS)
maybe_number = st.none() | st.integers(0, 12).map(float)
scale = st.sampled_from(("Steps", "steps", "Age-related"))
value = st.sampled_from(("3", "5", "Expected", "Below", "?"))
number = st.integers(0, 12).map(float)


def records(table, **fields):
    """Up to five records of a table."""
    of = {"pupil": pupil, **fields}
    return st.lists(st.tuples(st.just(table), st.fixed_dictionaries(of)), max_size=5)


ANY = st.tuples(
    records("assessments", date=day, scale=scale, value=value, points=maybe_number,
            subject=st.sampled_from(("english", "maths"))),
    records("wider_marks", date=day, scale=scale, value=maybe_number,
            category=st.just("behaviour"), direction=st.sampled_from((None, "up", "down"))),
    records("conversations", planned_for=day, held_on=st.none() | day),
    records("attendance", start=st.sampled_from(DAYS[:3]), end=st.sampled_from(DAYS[2:]),
            possible=st.integers(0, 9), authorised=st.integers(0, 3),
            unauthorised=st.none() | st.integers(0, 3)),
    records("sen_statuses", code=st.sampled_from("KENM"), start=day, end=st.none() | day),
    records("cohort_memberships", start=st.just("2025-08-01")),
    records("participations", start=day, takes_no_part=st.booleans(),
            activity=st.none() | st.just("club")),
    records("placements", group=st.just("group"), start=day, exit_on=st.none() | day,
            entry_score=maybe_number, exit_score=maybe_number),
).map(lambda lists: [each for listed in lists for each in listed])  # fmt: skip


def filled(listed, *, archived=()):
    """A register of the records, each with an id of its own whatever their order."""
    sample = Sample()
    for name in PUPILS:
        sample.pupil(name, id=name, key_teacher=f"T{len(name) % 2}")
    for name in archived:
        sample.pupil(name, id=name, archived=True)
    sample.add("staff", id="ta", name="T", role="ta")
    sample.add("rates", id="rate", role="ta", per_hour=12.0)
    sample.add("interventions", id="kind", name="Reading", measure="Reading age in months")
    sample.add("groups", id="group", intervention="kind", staff=["ta"], start="2025-09-01")
    sample.add("sessions", id="session", group="group", date="2025-10-01", minutes=30)
    sample.add("expectations", id="expected", points_a_year=3.0)
    for key, (table, values) in listed:
        sample.add(table, id=key, **values)
    return sample


def numbered(listed):
    return [(f"{place:03}", each) for place, each in enumerate(listed)]


def rows(sample, name, **more):
    """The rows of a measure with the pupils behind them in order; None where it is refused."""
    try:
        asked = Asked(START, END, END, **MORE.get(name, {}), **more)
        answer = measured(name, sample, asked)
    except WrongUsage:
        return None
    return [
        replace(row, behind=tuple(sorted(row.behind)), missing=tuple(sorted(row.missing)))
        for row in answer.rows
    ]


quick = settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.too_slow],
)


@quick
@given(listed=ANY, data=st.data())
def test_the_order_of_the_records_changes_no_figure(listed, data):
    mixed = data.draw(st.permutations(numbered(listed)))
    one, other = filled(numbered(listed)), filled(mixed)
    for name in MEASURES:
        by = "year_group" if name in COUNTED else ""
        assert rows(one, name, by=by) == rows(other, name, by=by), name


@quick
@given(listed=ANY, gone=ANY)
def test_a_pupil_who_was_archived_changes_no_figure(listed, gone):
    theirs = [(table, {**values, "pupil": "Gone"}) for table, values in gone]
    without = filled(numbered(listed), archived=["Gone"])
    mixed = filled(numbered(listed + theirs), archived=["Gone"])
    for name in MEASURES:
        assert rows(mixed, name) == rows(without, name), name


@quick
@given(listed=ANY)
@pytest.mark.parametrize("name", COUNTED)
def test_every_pupil_is_counted_or_unknown_and_none_is_both(name, listed):
    for row in rows(filled(numbered(listed)), name) or ():
        # Behind absence are those who were away; the others of n are here and well.
        assert row.n == len(set(row.behind)) or (name == "absence" and row.n > len(row.behind))
        assert row.unknown == len(set(row.missing))
        assert not set(row.behind) & set(row.missing)
        assert {*row.behind, *row.missing} <= set(PUPILS)
        if name in ("progress", "attainment", "absence", "wider"):
            assert row.n + row.unknown == len(PUPILS)


@quick
@given(listed=ANY)
@pytest.mark.parametrize("name", MEASURES)
def test_what_is_unknown_is_never_zero(name, listed):
    for row in rows(filled(numbered(listed)), name) or ():
        assert (row.value is None) or row.n > 0 or name == "gap"
