"""Planning a year of conversations around what was agreed with the families."""

from __future__ import annotations

from datetime import date

import pytest

from senreg.rules.conversation_plan import plan_proposal, plan_year, with_changed
from senreg.rules.conversation_year import parts_of_year
from tests.rules.sample import TODAY, Sample

PARTS = parts_of_year(TODAY, ())
FIRST = {0: "2026-12-07", 1: "2027-01-11"}


@pytest.fixture
def school() -> Sample:
    """Sam and Ann, whose key teacher is Mrs Khan."""
    sample = Sample()
    for key, surname in (("sam", "Abel"), ("ann", "Bell")):
        sample.pupil(key.title(), surname, id=key, key_teacher="khan")
    return sample


def days(sample: Sample, first=FIRST, **more) -> dict[tuple[str, int], str]:
    planned = plan_year(sample, ["sam", "ann"], PARTS, first, TODAY, **more)
    return {(each.pupil, each.part): each.day for each in planned}


def test_a_day_agreed_in_a_conversation_is_the_day_that_is_planned(school: Sample) -> None:
    for pupil in ("sam", "ann"):
        school.add("conversations", pupil=pupil, held_on="2026-10-01", next_on="2027-01-20")
    school.add("conversations", pupil="ann", held_on="2026-11-01")
    planned = plan_year(school, ["sam", "ann"], PARTS, FIRST, TODAY, at="15:30")
    assert [(each.pupil, each.day, each.agreed) for each in planned] == [
        ("sam", "2027-01-20", True),
        ("ann", "2027-01-11", False),
    ]
    moved = with_changed(planned, "sam 1", "2027-01-21", "", "khan")
    assert not moved[0].agreed
    assert plan_proposal(planned).adds[0].values["planned_for"] == "2027-01-20"


def test_what_was_agreed_takes_its_place_on_a_full_day(school: Sample) -> None:
    school.add("conversations", pupil="ann", held_on="2026-10-01", next_on="2027-01-11")
    found = days(school, {1: "2027-01-11"}, a_day=1)
    assert found == {("ann", 1): "2027-01-11", ("sam", 1): "2027-01-12"}


def test_a_family_is_not_asked_in_twice_within_three_weeks(school: Sample) -> None:
    school.add("conversations", pupil="sam", held_on="2026-10-01", next_on="2026-12-29")
    school.add("conversations", pupil="ann", planned_for="2026-12-14")
    school.add("conversations", pupil="sam", planned_for="2026-11-02")
    found = days(school, {1: "2027-01-01"})
    assert found["ann", 1] == "2027-01-04", "21 days on"
    assert found["sam", 1] == "2027-01-19", "the day agreed is in the autumn, 21 days before"
    tight = days(school, {1: PARTS[1].closes.isoformat()})
    assert tight["sam", 1] == PARTS[1].closes.isoformat()


def test_what_was_agreed_before_today_or_is_planned_since_is_not_planned_anew(
    school: Sample,
) -> None:
    school.add("conversations", pupil="sam", held_on="2026-10-01", next_on="2026-11-02")
    school.add("conversations", pupil="ann", held_on="2026-10-01", next_on="2027-01-20")
    school.add("conversations", pupil="ann", planned_for="2027-02-22")
    assert days(school) == {("sam", 1): "2027-01-11"}
    assert date.fromisoformat(FIRST[0]) > TODAY
