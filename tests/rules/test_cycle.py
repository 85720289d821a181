"""The cycle of a child, and which targets are stuck."""

from __future__ import annotations

import pytest

from senreg.rules.cycle import cycle_of, stuck_targets, term_past, times_carried
from tests.rules.sample import TODAY, Sample


@pytest.fixture
def school() -> Sample:
    sample = Sample()
    sample.pupil("小明", "王", id="child")
    return sample


def stuck(school: Sample) -> set[str]:
    return {reason for reasons in stuck_targets(school, TODAY).values() for reason in reasons}


def test_the_last_whole_term_is_the_one_that_is_over() -> None:
    assert term_past(TODAY, ()) == "2026-04-01"


def review(school: Sample, target: str, day: str, outcome: int | None) -> None:
    school.add("target_reviews", target=target, date=day, outcome=outcome)


def test_two_reviews_below_expectation(school: Sample) -> None:
    target = school.target("child", status="working", set_on="2026-09-10")
    review(school, target, "2026-11-01", -1)
    assert stuck(school) == set()
    review(school, target, "2026-10-01", -2)
    assert stuck(school) == {"below"}
    review(school, target, "2026-11-02", 0)
    assert stuck(school) == set(), "only the last two count"


def test_a_term_without_a_review(school: Sample) -> None:
    target = school.target("child", status="working", set_on="2026-03-20")
    assert stuck(school) == {"unreviewed"}
    review(school, target, "2026-05-01", 0)
    assert stuck(school) == set()
    school.target("child", status="working", set_on="2026-05-20")
    assert stuck(school) == set(), "it was not there for a whole term"


def test_a_closed_target_is_not_stuck(school: Sample) -> None:
    school.target("child", status="met", set_on="2026-03-20")
    assert stuck(school) == set()


def test_carried_over_twice(school: Sample) -> None:
    first = school.target("child", status="carried_over", statement="Reads")
    second = school.target("child", status="carried_over", statement="Reads on", follows=first)
    third = school.target("child", status="set", set_on="2026-09-10", follows=second)
    own = school.by("targets", "pupil")["child"]
    assert times_carried(school.get(third), own) == 2
    assert stuck(school) == {"carried"}


def test_targets_of_old_registers_are_told_by_their_words(school: Sample) -> None:
    for _ in range(2):
        school.target("child", status="carried_over", statement="Reads  words".replace("  ", " "))
    here = school.target("child", status="set", statement="reads words")
    assert times_carried(school.get(here), school.by("targets", "pupil")["child"]) == 2


def test_a_circle_of_targets_ends(school: Sample) -> None:
    school.target("child", id="a", follows="b", status="carried_over")
    school.target("child", id="b", follows="a", status="set")
    assert times_carried(school.get("b"), school.by("targets", "pupil")["child"]) == 1


def test_the_steps_follow_one_another(school: Sample) -> None:
    assert cycle_of(school, "child", TODAY).next == "assess"
    school.add("needs", pupil="child", code="SPLD", start="2026-09-02")
    assert cycle_of(school, "child", TODAY).next == "plan"
    target = school.target("child", status="set", set_on="2026-09-10", due="2026-12-18")
    assert cycle_of(school, "child", TODAY).next == "do"
    school.place("child", school.group(), start="2026-09-14")
    told = cycle_of(school, "child", TODAY)
    assert told.next == "review"
    assert [step.day for step in told.steps] == ["2026-09-02", "2026-09-10", "2026-09-14", ""]
    review(school, target, "2026-11-02", 0)
    assert cycle_of(school, "child", TODAY).steps[3].day == "2026-11-02"
