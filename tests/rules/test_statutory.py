"""The time limits of the law, against dates counted by hand on a calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.models.tables import fields_of
from senreg.rules.findings import findings
from senreg.rules.statutory import LIMITS, dates_of_pupil, statutory_dates
from senreg.rules.statutory.order import ORDER, order_findings, out_of_order
from senreg.rules.statutory.reviewing import LAST_YEARS
from senreg.rules.today import today_lines
from senreg.rules.typed import typed_findings

from .sample import TODAY, Sample


def by_limit(found, today=TODAY):
    return {each.limit.id: (each.day, each.state(today)) for each in found}


def process(**values):
    sample = Sample()
    sam = sample.pupil(status="K")
    sample.add("ehc_processes", pupil=sam, **values)
    return sample


def test_twenty_weeks_from_the_day_the_authority_has_the_request():
    sample = process(requested_on="2026-09-07")
    assert by_limit(statutory_dates(sample, TODAY)) == {
        "decision": ("2026-10-19", "overdue"),
        "no_plan": ("2026-12-28", "later"),
        "final": ("2027-01-25", "later"),
    }


def test_holidays_and_bank_holidays_stop_no_clock():
    sample = process(requested_on="2026-12-11")
    assert by_limit(statutory_dates(sample, TODAY))["decision"][0] == "2027-01-22"
    sample = process(requested_on="2026-08-07")
    assert by_limit(statutory_dates(sample, TODAY))["final"][0] == "2026-12-25"


def test_what_was_done_is_met_and_a_later_step_answers_for_an_earlier_one():
    sample = process(requested_on="2026-05-04", draft_on="2026-08-10", final_on="2026-09-21")
    assert by_limit(statutory_dates(sample, TODAY)) == {
        "decision": ("2026-06-15", "met"),
        "final": ("2026-09-21", "met"),
        "draft_comments": ("2026-08-24", "met"),
        "appeal": ("2026-11-21", "over"),
    }


def test_a_request_that_is_refused_or_withdrawn_has_nothing_further_due():
    refused = process(requested_on="2026-09-07", decided_on="2026-10-16", decision="refuse")
    assert by_limit(statutory_dates(refused, TODAY)) == {
        "decision": ("2026-10-19", "met"),
        "appeal": ("2026-12-16", "later"),
    }
    ended = process(requested_on="2026-03-02", ended_on="2026-06-01", advice_asked_on="2026-03-09")
    assert not [each for each in statutory_dates(ended, TODAY) if each.waits(TODAY)]


def test_an_exception_counts_only_as_it_was_entered():
    sample = process(requested_on="2026-05-04", decision_exception="closed")
    found = by_limit(statutory_dates(sample, TODAY))
    assert found["decision"] == ("2026-06-15", "excepted")
    assert found["final"] == ("2026-09-21", "overdue")
    sample = process(
        requested_on="2026-05-04", final_exception="The paediatrician was ill [sic]",
        advice_asked_on="2026-06-15",
    )  # fmt: skip
    found = by_limit(statutory_dates(sample, TODAY))
    assert found["final"][1] == "excepted"
    assert found["advice"] == ("2026-07-27", "overdue")


def test_the_family_has_fifteen_days_of_which_the_first_is_the_day_of_the_draft():
    sample = process(draft_on="2026-11-16")
    assert by_limit(statutory_dates(sample, TODAY)) == {"draft_comments": ("2026-11-30", "due")}
    sample = process(amendment_notice_on="2026-11-02")
    assert by_limit(statutory_dates(sample, TODAY)) == {
        "amendment_comments": ("2026-11-16", "over"),
        "amended": ("2026-12-28", "later"),
    }


def test_an_amendment_is_over_with_its_final_plan():
    sample = process(amendment_notice_on="2026-08-03", final_on="2026-09-28")
    found = by_limit(statutory_dates(sample, TODAY))
    assert found["amended"] == ("2026-09-28", "met")
    both = process(
        requested_on="2025-09-08", final_on="2026-01-26", amendment_notice_on="2026-10-05"
    )
    found = by_limit(statutory_dates(both, TODAY))
    assert found["final"] == ("2026-01-26", "met")
    assert found["amended"] == ("2026-11-30", "due")


def with_plan(**pupil):
    sample = Sample()
    return sample, sample.pupil(status="E", **pupil)


def test_the_review_is_concluded_within_twelve_months_and_the_meeting_four_weeks_before():
    sample, sam = with_plan()
    sample.add("ehc_processes", pupil=sam, requested_on="2025-09-01", final_on="2026-01-19")
    found = by_limit(statutory_dates(sample, TODAY))
    assert found["review_concluded"] == ("2027-01-18", "later")
    assert found["review_meeting"] == ("2026-12-21", "later")
    assert found["review_papers"] == ("2026-12-07", "later")


def test_the_last_review_counts_from_its_decision_and_the_meeting_planned_from_its_day():
    sample, sam = with_plan()
    sample.add(
        "reviews", pupil=sam, kind="annual", held_on="2025-12-01", la_decided_on="2025-12-22",
        la_decision="maintain", report_sent_on="2025-12-10",
    )  # fmt: skip
    planned = sample.add("reviews", pupil=sam, kind="annual", planned_for="2026-11-20")
    found = {each.limit.id: each for each in statutory_dates(sample, TODAY)}
    assert found["review_concluded"].day == "2026-12-21"
    assert (found["review_meeting"].day, found["review_meeting"].state(TODAY)) == (
        "2026-11-23",
        "settled",
    )
    assert found["review_papers"].day == "2026-11-06"
    assert found["review_papers"].record == planned


def test_a_meeting_planned_too_late_is_said():
    sample, sam = with_plan()
    sample.add(
        "reviews", pupil=sam, kind="annual", held_on="2025-12-08", la_decided_on="2025-12-22",
        report_sent_on="2025-12-10",
    )  # fmt: skip
    late = sample.add("reviews", pupil=sam, kind="annual", planned_for="2026-12-14")
    lines = [each for each in today_lines(sample, TODAY).due if each.limit == "review_meeting"]
    assert [(each.day, each.record) for each in lines] == [("2026-11-23", late)]
    assert lines[0].words == ("Annual review: the meeting (planned for 14 Dec 2026, which is late)")
    assert lines[0].text.startswith("s 44(1): Annual review")


def test_without_a_plan_or_review_the_status_says_since_when_for_its_first_year():
    sample, sam = with_plan()
    assert dates_of_pupil(sample, sample.get(sam), TODAY) == []
    soon = date(2026, 6, 1)
    found = {each.limit.id: each for each in dates_of_pupil(sample, sample.get(sam), soon)}
    assert found["review_concluded"].day == "2026-08-31"
    assert found["review_concluded"].table == "sen_statuses"
    sample.add("reviews", pupil=sam, kind="annual", planned_for="2026-12-14")
    assert by_limit(statutory_dates(sample, TODAY)) == {"review_papers": ("2026-11-30", "due")}


def test_a_plan_of_which_nothing_is_dated_is_a_note_until_it_is():
    sample, sam = with_plan()
    found = [each for each in findings(sample, TODAY) if each.code == "annual_review_unknown"]
    assert [(each.record, each.severity) for each in found] == [(sam, "note")]
    sample.add("reviews", pupil=sam, kind="annual", held_on="2026-11-02")
    assert not [each for each in findings(sample, TODAY) if each.code == "annual_review_unknown"]


def test_after_the_meeting_report_decision_and_amended_plan():
    sample, sam = with_plan()
    review = {"pupil": sam, "kind": "annual", "held_on": "2026-11-02", "la_decision": "amend"}
    key = sample.add("reviews", **review)
    found = by_limit(statutory_dates(sample, TODAY))
    assert found["review_report"] == ("2026-11-16", "overdue")
    assert found["review_decision"] == ("2026-11-30", "met")
    assert found["amended_after_meeting"] == ("2027-01-25", "later")
    sample.add("ehc_processes", pupil=sam, amendment_notice_on="2026-11-30")
    found = by_limit(statutory_dates(sample, TODAY))
    assert "amended_after_meeting" not in found
    assert found["amended"] == ("2027-01-25", "later")
    sample.set(key, la_decision="cease")
    assert "review_meeting" not in by_limit(statutory_dates(sample, TODAY))


def test_only_the_last_review_held_is_still_to_be_finished():
    sample, sam = with_plan()
    for held in ("2024-11-04", "2025-11-03"):
        sample.add("reviews", pupil=sam, kind="annual", held_on=held)
    found = [each.day for each in statutory_dates(sample, TODAY) if each.limit.by == "school"]
    assert "2024-11-18" not in found
    assert "2025-11-17" in found


@pytest.mark.parametrize(
    ("phase", "year", "day"),
    [
        ("junior", "6", "2027-02-15"),
        ("infant", "2", "2027-02-15"),
        ("infant", "6", None),
        ("secondary", "11", "2027-03-31"),
        ("special", "6", "2027-02-15"),
        ("all_through", "11", "2027-03-31"),
        (None, "5", None),
    ],
)
def test_the_end_of_a_phase(phase, year, day):
    sample, sam = with_plan(year_group=year)
    sample.add("school", name="St Æthelwold's", phase=phase)
    found = [each for each in statutory_dates(sample, TODAY) if "phase" in each.limit.id]
    assert [each.day for each in found] == ([day] if day else [])
    sample.add("ehc_processes", pupil=sam, amendment_notice_on="2026-10-01", final_on="2026-11-20")
    found = [each for each in statutory_dates(sample, TODAY) if "phase" in each.limit.id]
    assert all(each.state(TODAY) == "met" for each in found)


def test_phases_are_those_of_the_school():
    from senreg.models.school import PHASES

    assert set(LAST_YEARS) <= {code for code, _ in PHASES}


def test_a_consultation_is_answered_in_fifteen_days_and_is_nobodys_here():
    sample = Sample()
    key = sample.add("consultations", reference="LBC/2210", received_on="2026-11-10")
    (line,) = today_lines(sample, TODAY).due
    assert (line.kind, line.record, line.pupil, line.day) == ("statutory", key, "", "2026-11-25")
    assert line.words == "Answer to the authority’s consultation (LBC/2210)"
    sample.set(key, answered_on="2026-11-20")
    assert today_lines(sample, TODAY).due == ()


def test_nothing_is_due_for_a_child_who_left_or_has_no_plan():
    sample = process(requested_on="2026-05-04")
    (sam,) = sample.all("pupils")
    sample.set(sam["id"], left="2026-07-21")
    assert statutory_dates(sample, TODAY) == []
    assert dates_of_pupil(sample, sam, TODAY) == []
    other = Sample()
    other.add("reviews", pupil=other.pupil(status="K"), kind="annual", held_on="2026-11-02")
    assert statutory_dates(other, TODAY) == []


def test_today_and_check_say_who_is_to_act_and_by_which_law():
    sample = process(requested_on="2026-09-07")
    (line,) = today_lines(sample, TODAY).overdue
    assert line.words == "Decision whether to assess, by the authority"
    assert line.text == "reg 5(1): Decision whether to assess, by the authority"
    (found,) = [each for each in findings(sample, TODAY) if each.code == "statutory_overdue"]
    assert (found.table, found.severity) == ("ehc_processes", "note")
    assert found.message == (
        "O'Neill, Sam: Decision whether to assess, by the authority, due 19 Oct 2026 "
        "(SEND Regs 2014, reg 5(1): 6 weeks)."
    )


def test_every_limit_has_its_source_and_somebody_who_acts():
    for limit in LIMITS.values():
        assert limit.short.split()[-1] in limit.source
        assert limit.by in ("school", "authority", "family")
        assert not limit.source.endswith(".")


days = st.dates(date(1990, 1, 1), date(2190, 12, 31)).map(date.isoformat)
anchors = st.dictionaries(
    st.sampled_from(
        [f.name for f in fields_of("ehc_processes") if f.kind == "day"],
    ),
    days,
)


@given(anchors)
def test_whatever_the_anchors_each_limit_comes_once_and_after_its_anchor(values):
    sample = process(**values)
    found = statutory_dates(sample, TODAY)
    assert len({each.limit.id for each in found}) == len(found)
    for each in found:
        assert date.fromisoformat(each.day) > date.fromisoformat(min(values.values()))
    if "requested_on" in values and values.get("requested_on"):
        final = {each.limit.id: each.day for each in found}["final"]
        start = date.fromisoformat(values["requested_on"])
        assert date.fromisoformat(final) - start == timedelta(weeks=20)


@given(anchors)
def test_dates_in_order_are_never_pointed_out_and_others_always(values):
    sample = process(**values)
    (row,) = sample.all("ehc_processes")
    told = list(out_of_order(sample, "ehc_processes", row))
    chains = ORDER["ehc_processes"]
    kept = [[values[name] for name in chain if name in values] for chain in chains]
    final, notice = values.get("final_on"), values.get("amendment_notice_on")
    swapped = "requested_on" not in values and final and notice and final < notice
    assert bool(told) == bool(swapped or any(chain != sorted(chain) for chain in kept))


def test_bad_order_is_said_where_it_was_typed_and_in_check():
    sample = process(requested_on="2026-09-07", decided_on="2026-08-01")
    (row,) = sample.all("ehc_processes")
    words = (
        "Assessment for a plan, 7 Sep 2026 of Sam O'Neill: “Decided on” is 1 Aug 2026, before "
        "“Request received on”, 7 Sep 2026."
    )
    assert [each.message for each in order_findings(sample)] == [words]
    typed = typed_findings(sample, "ehc_processes", row["id"], TODAY)
    assert [each.message for each in typed] == [words]
    review = sample.add(
        "reviews", pupil=row["pupil"], kind="annual", held_on="2026-10-01",
        papers_sent_on="2026-10-02",
    )  # fmt: skip
    (found,) = typed_findings(sample, "reviews", review, TODAY)
    assert "“Held on” is 1 Oct 2026, before “Papers sent on”, 2 Oct 2026." in found.message
