from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.stage_change import StageRefused, change_status, old_stages, stage_change
from senreg.rules.status import status_on

from .sample import TODAY, Commit, Sample


def with_status(code, start="2025-09-01", **more):
    sample = Sample()
    sam = sample.pupil()
    sample.add("sen_statuses", pupil=sam, code=code, start=start, **more)
    return sample, sam


def story(sample, pupil):
    rows = [row for row in sample.all("sen_statuses") if row["pupil"] == pupil]
    return [(row["code"], row.get("start"), row.get("end")) for row in rows]


def test_the_old_status_ends_the_day_before_and_stays_in_the_history():
    sample, sam = with_status("K")
    plan = change_status(
        sam, sample.all("sen_statuses"), "E", "2026-11-22", "Plan issued", parents_informed_on=TODAY
    )
    assert story(sample, sam) == [("K", "2025-09-01", None)]
    added = plan.write(Commit(sample))
    assert story(sample, sam) == [("K", "2025-09-01", "2026-11-21"), ("E", "2026-11-22", None)]
    new = sample.get(added[0])
    assert (new["reason"], new["parents_informed_on"]) == ("Plan issued", "2026-11-22")


def test_a_first_status_only_adds():
    plan = change_status("p", [], "K", TODAY)
    assert (plan.sets, len(plan.adds)) == ((), 1)
    assert plan.adds[0].values == {"pupil": "p", "code": "K", "start": "2026-11-22"}


def test_a_status_of_the_same_day_ends_on_it():
    sample, sam = with_status("M", "2026-11-22")
    change_status(sam, sample.all("sen_statuses"), "K", TODAY).write(Commit(sample))
    assert story(sample, sam) == [("M", "2026-11-22", "2026-11-22"), ("K", "2026-11-22", None)]
    assert status_on(sample.all("sen_statuses"), TODAY)["code"] == "K"


def test_what_would_not_be_true_is_refused_in_one_sentence():
    sample, sam = with_status("K")
    rows = sample.all("sen_statuses")
    with pytest.raises(StageRefused, match="has the status SEN support already"):
        change_status(sam, rows, "K", TODAY)
    with pytest.raises(StageRefused, match="begins after 1 Aug 2025"):
        change_status(sam, rows, "E", "2025-08-01")
    assert story(sample, sam) == [("K", "2025-09-01", None)]


def test_the_same_code_after_two_open_ones_puts_the_data_right():
    sample, sam = with_status("K")
    sample.add("sen_statuses", pupil=sam, code="N", start="2026-01-01")
    change_status(sam, sample.all("sen_statuses"), "K", TODAY).write(Commit(sample))
    assert [end for _, _, end in story(sample, sam)] == ["2026-11-21", "2026-11-21", None]


@pytest.mark.parametrize("old", ["A", "P", "Q"])
@pytest.mark.parametrize("new", ["K", "N"])
def test_action_and_action_plus_become_support_or_nothing(old, new):
    sample, sam = with_status(old, "2013-09-01")
    stage_change(sam, sample.all("sen_statuses"), new, "2014-09-01").write(Commit(sample))
    assert story(sample, sam) == [(old, "2013-09-01", "2014-08-31"), (new, "2014-09-01", None)]


def test_a_statement_becomes_a_plan_on_the_day_it_was_issued():
    sample, sam = with_status("S", "2012-01-10")
    rows = sample.all("sen_statuses")
    with pytest.raises(StageRefused, match="authority issued the plan"):
        stage_change(sam, rows, "E", TODAY)
    with pytest.raises(StageRefused, match="before 1 Sep 2014"):
        stage_change(sam, rows, "E", TODAY, plan_issued_on="2014-08-31")
    stage_change(sam, rows, "E", TODAY, plan_issued_on="2016-02-15").write(Commit(sample))
    assert story(sample, sam) == [("S", "2012-01-10", "2016-02-14"), ("E", "2016-02-15", None)]


@pytest.mark.parametrize(
    ("old", "new"), [("S", "K"), ("S", "N"), ("A", "E"), ("P", "E"), ("A", "M")]
)
def test_steps_that_the_reform_does_not_know_are_refused(old, new):
    sample, sam = with_status(old)
    with pytest.raises(StageRefused) as refused:
        stage_change(sam, sample.all("sen_statuses"), new, TODAY, plan_issued_on=TODAY)
    assert "can become" in refused.value.happened
    assert 2 <= len(refused.value.lines) <= 3


def test_who_is_on_no_old_stage_has_no_step_to_take():
    sample, sam = with_status("K")
    with pytest.raises(StageRefused, match="no stage of before 2014"):
        stage_change(sam, sample.all("sen_statuses"), "E", TODAY, plan_issued_on=TODAY)
    sample, sam = with_status("A", end="2014-08-31")
    with pytest.raises(StageRefused, match="no stage of before 2014"):
        stage_change(sam, sample.all("sen_statuses"), "K", TODAY)


def test_the_children_still_on_old_stages_are_listed_with_their_choices():
    sample = Sample()
    statement = sample.pupil("Łukasz", "Nowak", "S")
    action = sample.pupil("小明", "王", "A")
    sample.pupil("Ada", "Byron", "K")
    sample.pupil("Gone", "Away", "P", left="2026-07-21")
    found = old_stages(sample, TODAY)
    assert [(each.pupil["id"], each.choices) for each in found] == [
        (statement, ("E",)),
        (action, ("K", "N")),
    ]


days = st.dates(date(2015, 1, 1), date(2030, 1, 1)).map(date.isoformat)
statuses = st.lists(
    st.tuples(st.sampled_from("NMKEAPS"), st.none() | days, st.none() | days),
    max_size=5,
    unique_by=lambda status: status[1],
)


@given(statuses, st.sampled_from("NMKE"), days)
def test_exactly_one_status_is_open_afterwards_and_the_past_is_as_it_was(before, new, day):
    sample = Sample()
    sam = sample.pupil()
    for code, start, end in before:
        sample.add("sen_statuses", pupil=sam, code=code, start=start, end=end)
    rows = sample.all("sen_statuses")
    eve = date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()
    was = status_on(rows, eve)
    was_code = was["code"] if was else None
    try:
        plan = change_status(sam, rows, new, day)
    except StageRefused:
        later = any((row["start"] or "") > day for row in rows)
        held = [row for row in rows if not row["end"] or row["end"] >= day]
        assert later or [(row["code"], row["end"]) for row in held] == [(new, None)]
        return
    plan.write(Commit(sample))
    rows = sample.all("sen_statuses")
    assert [row["code"] for row in rows if not row.get("end")] == [new]
    assert status_on(rows, day)["code"] == new
    assert status_on(rows, "2040-01-01")["code"] == new
    now = status_on(rows, eve)
    assert (now["code"] if now else None) == was_code
