"""Which annual review comes next, since when is told, and who may have been forgotten."""

from __future__ import annotations

from datetime import date

import pytest

from senreg.rules.annual_review import annual_review, has_plan
from tests.rules.sample import TODAY, Sample


@pytest.fixture
def sample() -> Sample:
    """Łukasz, whose plan is of 3 March 2025, with a review held and one planned."""
    sample = Sample()
    pupil = sample.pupil("Łukasz", "O'Neill", status="E", id="lukasz", year_group="6")
    sample.add("ehc_processes", pupil=pupil, requested_on="2024-10-15", final_on="2025-03-03")
    sample.add(
        "reviews", pupil=pupil, kind="annual", held_on="2026-01-20", la_decided_on="2026-02-10"
    )
    sample.add(
        "reviews", pupil=pupil, kind="annual", planned_for="2027-01-05",
        invited="Ewa Żak (Mum)\n SENCO,\n\nAuthority's officer",
    )  # fmt: skip
    sample.add("reviews", pupil=pupil, kind="termly", planned_for="2026-12-01")
    return sample


def test_the_next_one_is_told_of_since_the_last(sample):
    what = annual_review(sample, sample.get("lukasz"), TODAY)
    assert what.review["planned_for"] == "2027-01-05"
    assert (what.since, what.plan_on) == (date(2026, 1, 20), "2025-03-03")
    assert what.invited == ("Ewa Żak (Mum)", "SENCO", "Authority's officer")
    by_limit = {each.limit.id: each.day for each in what.dates}
    # Two weeks before the meeting; the year is over on 9 February, the meeting 4 weeks before.
    assert by_limit["review_papers"] == "2026-12-22"
    assert by_limit["review_meeting"] == "2027-01-12"
    assert by_limit["phase_transfer"] == "2027-02-15"
    assert "final" not in by_limit


def test_before_the_first_it_is_told_of_since_the_plan_or_for_a_year(sample):
    for row in sample.all("reviews"):
        row["kind"] = "termly"
    assert annual_review(sample, sample.get("lukasz"), TODAY).since == date(2025, 3, 3)
    sample.tables["ehc_processes"].clear()
    what = annual_review(sample, sample.get("lukasz"), TODAY)
    assert (what.since, what.review, what.last) == (date(2025, 11, 22), None, None)


def test_parents_who_are_not_named_are_pointed_out_but_none_with_a_restriction(sample):
    for name, more in (
        ("Ewa Żak", {"parental_responsibility": True}),
        ("Jan [Żak]", {"parental_responsibility": True}),
        ("Babcia", {}),
        ("Away", {"parental_responsibility": True, "restriction": "No contact"}),
    ):
        sample.add("contacts", pupil="lukasz", name=name, **more)
    child = sample.get("lukasz")
    assert [row["name"] for row in annual_review(sample, child, TODAY).forgotten] == ["Jan [Żak]"]
    planned = next(row for row in sample.all("reviews") if row.get("invited"))
    planned["invited"] = "Both parents\nSENCO"
    assert annual_review(sample, child, TODAY).forgotten == ()


def test_a_plan_is_that_of_the_day(sample):
    assert has_plan(sample, "lukasz", TODAY)
    assert not has_plan(sample, "lukasz", date(2025, 8, 1))
    assert not has_plan(sample, sample.pupil("小明", status="K"), TODAY)
