from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.due import DUE_LOOK, due_state
from senreg.rules.reviews import (
    NONE_PLANNED,
    ReviewDue,
    next_review,
    next_reviews,
    open_reviews,
)
from senreg.rules.target_life import (
    CLOSED,
    OUTCOMES,
    due_day,
    is_open,
    last_review,
    outcome_number,
    outcome_words,
    target_life,
)

from .sample import TODAY, Sample


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2026-11-21", "overdue"),
        ("2026-11-22", "due"),
        ("2026-12-06", "due"),
        ("2026-12-07", "later"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_a_fortnight_ahead_is_due(day, state):
    assert due_state(day, TODAY) == state
    assert DUE_LOOK[state].word


def review(day, held=None, kind="termly", key=None):
    return {"id": key or f"{kind}{day}", "kind": kind, "planned_for": day, "held_on": held}


def target(due, key="t", status="set"):
    return {"id": key, "due": due, "status": status}


def test_the_earliest_open_thing_is_next():
    reviews = [review("2027-01-10"), review("2026-10-01", held="2026-10-02")]
    found = next_review(reviews, [target("2026-12-18")], TODAY)
    assert found == ReviewDue("later", "2026-12-18", "t", "target")
    assert found.words == "Planned 18 Dec 2026"
    assert next_review(reviews, [target("2026-12-18", status="met")], TODAY).kind == "review"


def test_on_one_day_the_review_comes_before_its_targets():
    found = next_review([review("2026-11-27")], [target("2026-11-27")], TODAY)
    assert (found.kind, found.state, found.words) == ("review", "due", "Due 27 Nov 2026")


def test_a_missed_review_is_left_behind_by_a_later_one_of_its_kind():
    missed, held = review("2026-09-10"), review("2026-10-01", held="2026-10-05")
    assert open_reviews([missed, held]) == []
    annual = review("2026-11-13", kind="annual")
    assert open_reviews([missed, held, annual]) == [annual]
    assert next_review([annual], [], TODAY).words == "Overdue since 13 Nov 2026"
    assert next_review([], [], TODAY) == NONE_PLANNED
    assert NONE_PLANNED.words == "None planned"
    assert NONE_PLANNED.look.word == "None planned"


def test_a_target_stays_due_until_it_is_reviewed_on_or_after_its_date():
    row = target("2026-11-20")
    early, late = {"id": "a", "date": "2026-11-18"}, {"id": "b", "date": "2026-11-20"}
    assert due_day(row, []) == "2026-11-20"
    assert due_day(row, [early]) == "2026-11-20"
    assert due_day(row, [early, late]) == ""
    assert due_day(target("2026-11-20", status="met"), []) == ""
    assert due_day(target(None), []) == ""


def test_what_closes_a_target_is_what_the_model_offers():
    from senreg.models.targets import OUTCOMES as OFFERED
    from senreg.models.targets import TARGET_STATUSES

    codes = {code for code, _ in TARGET_STATUSES}
    assert codes >= CLOSED
    assert codes - CLOSED == {"set", "working"}
    assert {str(number): words for number, words in OUTCOMES.items()} == dict(OFFERED)
    assert is_open({"status": None})


def test_the_life_of_a_target():
    row = target("2026-11-20")
    reviews = [
        {"id": "b", "date": "2026-11-18", "outcome": -1},
        {"id": "a", "date": "2026-10-01", "outcome": 2},
    ]
    life = target_life(row, reviews, TODAY)
    assert (life.is_open, life.state, life.due, life.reviews) == (True, "overdue", "2026-11-20", 2)
    assert life.outcome == -1
    assert life.outcome_words == "−1: Less than expected"
    closed = target_life(target("2026-11-20", status="met"), [], TODAY)
    assert (closed.is_open, closed.state, closed.outcome, closed.outcome_words) == (
        False,
        "none",
        None,
        "",
    )


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (-2, -2),
        ("-2", -2),
        ("−1", -1),
        ("+2", 2),
        (0, 0),
        ("1.0", 1),
        (3, None),
        (None, None),
        ("x", None),
    ],
)
def test_outcomes_are_read_as_numbers(value, number):
    assert outcome_number(value) == number


def test_outcomes_in_words():
    assert outcome_words(0) == "0: As expected"
    assert outcome_words(2) == "+2: Much more than expected"
    assert outcome_words(None) == ""


def test_the_latest_review_wins_and_the_one_typed_later_on_a_tie():
    rows = [{"id": "a", "date": "2026-10-01"}, {"id": "b", "date": "2026-10-01"}, {"id": "c"}]
    assert last_review(rows)["id"] == "b"
    assert last_review([]) is None


days = st.dates(date(2026, 9, 1), date(2027, 3, 1)).map(date.isoformat)
maybe = st.none() | days


@given(
    st.lists(
        st.tuples(st.integers(0, 2), st.sampled_from(["termly", "annual"]), maybe, maybe),
        max_size=8,
    ),
    st.lists(
        st.tuples(
            st.integers(0, 2),
            maybe,
            st.sampled_from(["set", "met", None]),
            st.lists(maybe, max_size=3),
        ),
        max_size=8,
    ),
)
def test_all_at_once_and_child_by_child_agree(reviews, targets):
    sample = Sample()
    pupils = [sample.pupil(str(number)) for number in range(3)]
    for child, kind, planned, held in reviews:
        sample.add("reviews", pupil=pupils[child], kind=kind, planned_for=planned, held_on=held)
    for child, due, status, dates in targets:
        key = sample.target(pupils[child], due=due, status=status)
        for day in dates:
            sample.add("target_reviews", target=key, date=day)
    together = next_reviews(sample, TODAY)
    by_pupil, of = sample.by("reviews", "pupil"), sample.by("target_reviews", "target")
    mine = sample.by("targets", "pupil")
    for pupil in pupils:
        alone = next_review(by_pupil.get(pupil, []), mine.get(pupil, []), TODAY, of)
        found = together.get(pupil, NONE_PLANNED)
        assert (found.state, found.day, found.kind) == (alone.state, alone.day, alone.kind)
