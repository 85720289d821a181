"""The graduated approach, term by term, worked by hand."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.graduated import graduated
from senreg.rules.periods import by_terms, days_typed, last_terms
from tests.rules.sample import TODAY, Sample

START, END = date(2026, 1, 1), TODAY
OWN = [
    {"name": "Spring", "start": "2026-01-05", "end": "2026-03-27", "school_year": "2025/26"},
    {"name": "Summer", "start": "2026-04-13", "end": "2026-07-17", "school_year": "2025/26"},
    {"name": "Autumn", "start": "2026-09-02", "end": "2026-12-18", "school_year": "2026/27"},
]


def test_a_holiday_belongs_to_the_term_before_it():
    found = by_terms(date(2026, 3, 1), date(2026, 9, 10), OWN)
    assert [(each.name, each.start, each.end) for each in found] == [
        ("Spring 2026", date(2026, 3, 1), date(2026, 4, 12)),
        ("Summer 2026", date(2026, 4, 13), date(2026, 9, 1)),
        ("Autumn 2026", date(2026, 9, 2), date(2026, 9, 10)),
    ]
    assert by_terms(date(2026, 8, 20), date(2026, 8, 21), OWN)[0].name == "Summer 2026"
    assert last_terms(TODAY, OWN, 2) == (date(2026, 4, 13), TODAY)


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 1500), st.booleans())
def test_terms_part_the_days_without_a_gap_and_without_overlap(start, length, recorded):
    end = date.fromordinal(start.toordinal() + length)
    found = by_terms(start, end, OWN if recorded else ())
    days = [
        day for each in found for day in range(each.start.toordinal(), each.end.toordinal() + 1)
    ]
    assert days == list(range(start.toordinal(), end.toordinal() + 1))


def test_days_are_typed_as_people_say_them():
    assert days_typed("1 Sep 2025 to 20 Mar 2026", TODAY, OWN) == (
        date(2025, 9, 1),
        date(2026, 3, 20),
    )
    assert days_typed("1 Sep 2025", TODAY, OWN) == (date(2025, 9, 1), TODAY)


def _helped():
    """A pupil in a group of two, at £20 an hour, three sessions in the autumn."""
    sample = Sample()
    for term in OWN:
        sample.add("terms", **term)
    adult = sample.add("staff", name="Mrs Khan [TA]", role="ta")
    sample.add("rates", role="ta", per_hour=20.0, start="2025-09-01")
    group = sample.group(start="2026-09-02", staff=[adult], minutes=30)
    pupil, other = sample.pupil("Łukasz"), sample.pupil("小明")
    sample.place(pupil, group, start="2026-09-14")
    sample.place(other, group, start="2026-09-02")
    for day, mark in (("2026-09-07", None), ("2026-09-14", "present"), ("2026-09-21", "absent")):
        session = sample.add("sessions", group=group, date=day, minutes=60)
        if mark:
            sample.add("session_marks", session=session, pupil=pupil, mark=mark)
            sample.add("session_marks", session=session, pupil=other, mark="present")
    return sample, pupil


def test_hours_are_those_the_child_was_there_for_and_cost_is_the_share_of_a_place():
    sample, pupil = _helped()
    autumn = graduated(sample, pupil, START, END).terms[-1]
    (had,) = autumn.help
    # The first session was before the child came, and the child was away on the last.
    assert (had.hours, had.came, had.marked, had.pupils) == (1.0, 1, 2, 2)
    assert had.cost == 3 * 20 / 2
    assert (autumn.hours, autumn.cost) == ((1.0, 0), (30.0, 0))
    assert all(not term.help for term in graduated(sample, pupil, START, END).terms[:-1])


def test_what_is_not_known_is_not_zero():
    sample, pupil = _helped()
    group = sample.group("Reading", minutes=None, start="2026-09-02")
    sample.place(pupil, group, start="2026-09-02")
    autumn = graduated(sample, pupil, START, END).terms[-1]
    assert autumn.hours == (1.0, 1)
    assert autumn.cost == (30.0, 1)
    sample.add("sessions", group=group, date="2026-09-30")
    reading = graduated(sample, pupil, START, END).terms[-1].help[1]
    assert (reading.hours, reading.cost, reading.planned) == (None, None, False)
    assert autumn.absence is None


def test_each_thing_stands_in_the_term_of_its_day_and_what_has_none_is_counted():
    sample = Sample()
    for term in OWN:
        sample.add("terms", **term)
    pupil = sample.pupil("Seán", status="K")
    target = sample.target(pupil, statement="Reads", set_on="2026-02-01")
    sample.target(pupil, statement="Undated")
    sample.add("target_reviews", target=target, date="2026-08-20", outcome=1)
    sample.add("target_reviews", target=target, outcome=0)
    sample.add("conversations", pupil=pupil, held_on="2026-05-05")
    sample.add("conversations", pupil=pupil, planned_for="2026-05-06")
    sample.add("reviews", pupil=pupil, kind="termly", held_on="2026-11-22")
    sample.add("attendance", pupil=pupil, start="2026-04-13", end="2026-07-17", possible=100,
               authorised=4, unauthorised=6)  # fmt: skip
    sample.add("attendance", pupil=pupil, start="2026-09-02", end="2026-12-18", possible=100,
               authorised=4, unauthorised=6)  # fmt: skip
    told = graduated(sample, pupil, START, END)
    # The days before the spring term begins belong to the autumn before.
    before, spring, summer, autumn = told.terms
    assert before.period.name == "Autumn 2025"
    assert [len(each.targets) for each in told.terms] == [0, 1, 0, 0]
    assert [len(each.looked) for each in told.terms] == [0, 0, 1, 0]
    assert [len(each.talks) for each in told.terms] == [0, 0, 1, 0]
    assert [len(each.reviews) for each in told.terms] == [0, 0, 0, 1]
    assert (spring.absence, summer.absence, autumn.absence) == (None, (10, 100), None)
    assert told.undated == {"targets": 1, "target_reviews": 1}


def test_of_many_years_those_before_anything_was_written_are_left_out():
    sample = Sample()
    pupil = sample.pupil("Sam")
    assert len(graduated(sample, pupil, date(1990, 9, 1), TODAY).terms) == 12
    sample.target(pupil, statement="Reads", set_on="2020-02-01")
    told = graduated(sample, pupil, date(1990, 9, 1), TODAY).terms
    assert told[0].targets
    assert told[0].period.name == "Spring 2020"
    assert not told[1].targets
