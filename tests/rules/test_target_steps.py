"""What follows for a target after a review, and what a new one begins with."""

from __future__ import annotations

from datetime import date

import pytest

from senreg.rules.target_steps import (
    CARRY_ON,
    NEXT,
    STEPS,
    after_review,
    from_example,
    next_blank,
    next_due,
    says_something,
    successor,
    to_example,
    usual_owner,
    usual_step,
    write_targets,
)

from .sample import Commit, Sample

REVIEW = {"date": "2026-11-20", "outcome": 1, "evidence": "Read 61 words [/b]"}


@pytest.fixture
def sample():
    return Sample()


def written(sample, proposal):
    return proposal.write(Commit(sample))


@pytest.mark.parametrize("step", ["met", "partly", "not_met", "dropped"])
def test_a_review_may_close_the_target(sample, step):
    target = sample.target(sample.pupil(), status="working", due="2026-11-13")
    (review,) = written(sample, after_review(sample.get(target), REVIEW, step, "2026-12-18"))
    assert sample.get(target)["status"] == step
    assert sample.get(target)["due"] == "2026-11-13"
    assert sample.get(review)["target"] == target
    assert sample.get(review)["evidence"] == "Read 61 words [/b]"


def test_a_target_that_carries_on_gets_a_new_day_or_keeps_its_own(sample):
    target = sample.target(sample.pupil(), status="set", due="2026-11-13")
    written(sample, after_review(sample.get(target), REVIEW, CARRY_ON, date(2026, 12, 18)))
    assert (sample.get(target)["status"], sample.get(target)["due"]) == ("working", "2026-12-18")
    proposal = after_review(sample.get(target), REVIEW, CARRY_ON)
    assert proposal.sets == ()
    assert len(proposal.adds) == 1


def test_a_target_with_a_next_step_is_closed_by_the_one_that_follows(sample):
    sam = sample.pupil()
    old = sample.target(
        sam, status="working", area="reading", measure="Timed reading", owner="khan"
    )
    written(
        sample,
        after_review(sample.get(old), {**REVIEW, "value": 61.0, "next_step": "Read 80"}, NEXT),
    )
    assert sample.get(old)["status"] == "working"
    begun = successor(sample.get(old), sample.by("target_reviews", "target")[old])
    assert begun == {
        "pupil": sam,
        "kind": "curricular",
        "area": "reading",
        "measure": "Timed reading",
        "owner": "khan",
        "statement": "Read 80",
        "baseline": "Read 61 words [/b]",
        "start_value": 61.0,
    }
    (new,) = written(sample, write_targets([sam], begun, follows=old))
    assert sample.get(old)["status"] == "carried_over"
    assert (sample.get(new)["status"], sample.get(new)["statement"]) == ("set", "Read 80")


def test_without_a_review_the_wording_is_carried_over(sample):
    old = sample.target(sample.pupil(), statement="Counts to 20")
    assert successor(sample.get(old), [])["statement"] == "Counts to 20"


def test_one_target_is_written_for_each_child_and_blank_fields_are_left_out(sample):
    pupils = [sample.pupil(), sample.pupil("小明", "王")]
    ids = written(sample, write_targets(pupils, {"kind": "wider", "measure": "", "unit": None}))
    assert [sample.get(each)["pupil"] for each in ids] == pupils
    assert all("measure" not in sample.get(each) for each in ids)


def test_from_0_on_the_target_is_usually_met():
    assert [usual_step(each) for each in (-2, -1, 0, 1, 2, None, "x")] == [
        CARRY_ON, CARRY_ON, "met", "met", "met", CARRY_ON, CARRY_ON,
    ]  # fmt: skip
    assert {usual_step(each) for each in range(-2, 3)} <= set(STEPS)


@pytest.mark.parametrize(
    ("today", "due"),
    [("2026-11-22", "2026-12-31"), ("2026-12-15", "2027-03-31"), ("2027-08-20", "2027-12-31")],
)
def test_a_target_is_looked_at_again_at_the_end_of_a_term(today, due):
    assert next_due(date.fromisoformat(today), []) == due


def test_the_terms_of_the_school_decide():
    terms = [
        {"name": "Autumn", "start": "2026-09-03", "end": "2026-12-18", "school_year": "2026/27"}
    ]
    assert next_due(date(2026, 11, 22), terms) == "2026-12-18"


def test_an_example_gives_its_wording_and_a_target_gives_it_back(sample):
    values = {"kind": "wider", "area": "attendance", "statement": "In school … days of ten"}
    example = sample.get(sample.add("target_examples", **values, measure=None))
    assert from_example(example) == values
    target = sample.get(
        sample.target(sample.pupil(), statement="Reads", baseline="Her own", due="2026-12-01")
    )
    assert to_example(target) == {"kind": "curricular", "statement": "Reads"}


def test_blanks_are_found_as_printed_and_as_typed():
    text = "Read … words ... by ...."
    assert next_blank(text) == (5, 6)
    assert next_blank(text, 6) == (13, 16)
    assert next_blank(text, 16) == (20, 24)
    assert next_blank(text, 24) is next_blank("Two.. dots") is None


def test_the_key_teacher_of_all_leads():
    khan, fox = {"key_teacher": "khan"}, {"key_teacher": "fox"}
    assert usual_owner([khan, khan], None) == "khan"
    assert usual_owner([khan, fox], {"id": "me"}) == ""
    assert usual_owner([{}], {"id": "me"}) == "me"
    assert usual_owner([{}], None) == ""


def test_a_review_says_something():
    assert not says_something({"date": "2026-11-20", "by": "khan", "outcome": None, "evidence": ""})
    assert says_something({"outcome": 0})
