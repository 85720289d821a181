"""Structured conversations: the parts of a year, who is held, missed or lacking, what is owed."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.conversation_agreed import (
    agreed_last_time,
    hand_over,
)
from senreg.rules.conversation_plan import (
    into_cohort,
    offered_days,
    plan_proposal,
    plan_year,
)
from senreg.rules.conversation_rows import calendar, in_view, planner, sort_rows, view_counts
from senreg.rules.conversation_year import conversations_a_year, part_of, parts_of_year
from senreg.rules.conversations import cohort, dated_conversations, waiting
from senreg.rules.findings_conversations import conversation_findings
from senreg.rules.today import due_and_overdue
from tests.rules.sample import TODAY, Commit, Sample

AUTUMN = parts_of_year(TODAY, ())[0]


@pytest.fixture
def school() -> Sample:
    """Sam and Łukasz in the cohort with Mrs Khan, 小明 without, and Aoife who has left."""
    sample = Sample()
    sample.add("staff", id="khan", name="Mrs Khan", role="class_teacher")
    sample.add("staff", id="vance", name="Mr Vance", role="class_teacher")
    for key, forename, surname in (
        ("sam", "Sam", "O'Neill"),
        ("lukasz", "Łukasz", "Żółkowski"),
        ("ming", "小明", "王"),
    ):
        sample.pupil(forename, surname, id=key, key_teacher="khan")
    sample.pupil("Aoife", "[/b]", id="aoife", key_teacher="vance", left="2026-10-02")
    for key in ("sam", "lukasz", "aoife"):
        sample.add("cohort_memberships", pupil=key, start="2025-09-01")
    return sample


def talk(sample: Sample, pupil: str = "sam", **values) -> str:
    return sample.add("conversations", pupil=pupil, **values)


# The year and its parts


def test_a_year_falls_into_its_terms() -> None:
    parts = parts_of_year(TODAY, ())
    assert [part.name for part in parts] == ["Autumn", "Spring", "Summer"]
    assert parts[0].start == date(2026, 9, 1)
    assert parts[-1].end == date(2027, 8, 31)


def test_half_terms_are_put_together() -> None:
    rows = [
        {"name": f"{season} {half}", "start": start, "end": end, "school_year": "2026/27"}
        for season, half, start, end in (
            ("Autumn", 1, "2026-09-03", "2026-10-23"),
            ("Autumn", 2, "2026-11-02", "2026-12-18"),
            ("Spring", 1, "2027-01-04", "2027-02-12"),
            ("Spring", 2, "2027-02-22", "2027-03-26"),
            ("Summer", 1, "2027-04-12", "2027-05-28"),
            ("Summer", 2, "2027-06-07", "2027-07-21"),
        )
    ]
    parts = parts_of_year(TODAY, rows)
    assert [part.name for part in parts] == ["Autumn", "Spring", "Summer"]
    assert parts[1].opens == date(2027, 1, 4)
    assert parts[1].closes == date(2027, 3, 26)


@given(
    day=st.dates(date(2000, 1, 1), date(2100, 12, 31)),
    count=st.integers(1, 6),
)
def test_every_day_of_a_year_lies_in_one_part(day: date, count: int) -> None:
    parts = parts_of_year(day, (), count)
    assert len(parts) == count
    assert sum(part.holds(day.isoformat()) for part in parts) == 1
    for one, other in pairwise(parts):
        assert other.start - one.end == timedelta(1)
    assert part_of(parts, day).holds(day.isoformat())


@pytest.mark.parametrize(("stored", "meant"), [(None, 3), (2, 2), (0, 1), (40, 6), ("?", 3)])
def test_a_school_may_hold_another_number(stored: object, meant: int) -> None:
    assert conversations_a_year({"conversations_a_year": stored}) == meant


# The planner


def test_the_cohort_is_who_is_on_roll_and_belongs_to_it(school: Sample) -> None:
    assert [row["id"] for row in cohort(school, TODAY)] == ["sam", "lukasz"]


def test_held_counts_before_planned_and_missed(school: Sample) -> None:
    talk(school, planned_for="2026-10-01")
    talk(school, planned_for="2026-12-10")
    talk(school, planned_for="2026-10-20", held_on="2026-10-22")
    missed = talk(school, "lukasz", planned_for="2026-10-05")
    school.add("attempts", conversation=missed, on="2026-10-05", how="call")
    rows = {row.id: row for row in planner(school, {}, TODAY).rows}
    assert rows["sam"].now.state == "held"
    assert rows["sam"].now.day == "2026-10-22"
    assert rows["sam"].held == 1
    assert rows["sam"].next == "2026-12-10"
    assert (rows["lukasz"].now.state, rows["lukasz"].now.attempts) == ("missed", 1)
    assert "ming" not in rows, "who is not in the cohort and not spoken of is not planned for"
    counts = view_counts(list(rows.values()), "khan")
    assert (counts["lacking"], counts["missed"], counts["mine"]) == (1, 1, 2)


def test_who_is_spoken_of_without_the_cohort_is_seen(school: Sample) -> None:
    talk(school, "ming", planned_for="2027-02-01")
    assert "ming" in {row.id for row in planner(school, {}, TODAY).rows}


def test_a_meeting_nobody_came_to_is_not_held(school: Sample) -> None:
    talk(school, planned_for="2026-10-01", not_there="Mum, at work")
    row = next(row for row in planner(school, {}, TODAY).rows if row.id == "sam")
    assert row.now.state == "missed"
    assert row.lacking


def test_rows_are_sorted_with_the_empty_last(school: Sample) -> None:
    talk(school, "lukasz", planned_for="2026-12-01")
    rows = planner(school, {}, TODAY).rows
    assert [row.id for row in sort_rows(rows, "next")] == ["lukasz", "sam"]
    assert [row.id for row in sort_rows(rows, "part0", True)] == ["lukasz", "sam"]
    assert [row.id for row in sort_rows(rows, "name")] == ["sam", "lukasz"]


def test_the_calendar_goes_by_day_and_time(school: Sample) -> None:
    late = talk(school, planned_for="2026-12-01", at="16:00")
    early = talk(school, "lukasz", planned_for="2026-12-01", at="08:40", led_by="khan")
    talk(school, planned_for="2026-01-01")
    seen = calendar(school, ["sam", "lukasz"], TODAY, "2026-09-01")
    assert [each.id for each in seen] == [early, late]
    assert seen[0].led == "Mrs Khan"


# Planning many at once


def test_three_a_year_for_everybody_in_one_preview(school: Sample) -> None:
    today = date(2026, 9, 2)
    parts = parts_of_year(today, ())
    planned = plan_year(school, ["sam", "lukasz"], parts, offered_days(parts, today), today)
    assert len(planned) == 6
    assert {each.led_by for each in planned} == {"khan"}
    plan_proposal(planned).write(Commit(school))
    rows = [row for row in planner(school, {}, today).rows if row.id != "aoife"]
    assert {each.state for row in rows for each in row.parts} == {"planned"}
    assert not plan_year(school, ["sam", "lukasz"], parts, offered_days(parts, today), today)


@given(children=st.integers(1, 40), a_day=st.integers(1, 5))
def test_no_adult_holds_more_on_a_day_than_was_asked(children: int, a_day: int) -> None:
    sample = Sample()
    ids = [sample.pupil(f"Child {n}", "Ó", key_teacher=f"t{n % 2}") for n in range(children)]
    today = date(2026, 9, 2)
    parts = parts_of_year(today, ())
    planned = plan_year(sample, ids, parts, {0: "2026-09-21"}, today, a_day=a_day)
    taken: dict[tuple[str, str], int] = {}
    for each in planned:
        taken[each.led_by, each.day] = taken.get((each.led_by, each.day), 0) + 1
        assert date.fromisoformat(each.day).weekday() < 5
        assert parts[0].holds(each.day)
    assert len(planned) == children
    assert max(taken.values()) <= a_day


@given(children=st.integers(1, 12), a_day=st.integers(1, 5))
def test_no_adult_has_two_families_at_once(children: int, a_day: int) -> None:
    sample = Sample()
    ids = [sample.pupil(f"Child {n}", "Ó", key_teacher=f"t{n % 2}") for n in range(children)]
    other = sample.pupil("Other", "Ó", key_teacher="t0")
    talk(sample, pupil=other, planned_for="2026-09-21", at="16:00", led_by="t0")
    parts = parts_of_year(date(2026, 9, 2), ())
    planned = plan_year(
        sample, ids, parts, {0: "2026-09-21"}, date(2026, 9, 2), a_day=a_day, at="15:45"
    )
    times: dict[tuple[str, str], list[int]] = {("t0", "2026-09-21"): [16 * 60]}
    for each in planned:
        hours, minutes = map(int, each.at.split(":"))
        taken = times.setdefault((each.led_by, each.day), [])
        assert all(abs(other - (hours * 60 + minutes)) >= 30 for other in taken)
        taken.append(hours * 60 + minutes)
    assert planned[0].at in ("15:45", "16:45")


def test_parts_that_are_over_are_not_offered() -> None:
    parts = parts_of_year(date(2027, 5, 3), ())
    assert list(offered_days(parts, date(2027, 5, 3))) == [2]


def test_who_is_in_the_cohort_joins_it_once(school: Sample) -> None:
    proposal = into_cohort(school, ["sam", "ming"], TODAY)
    assert [add.values["pupil"] for add in proposal.adds] == ["ming"]


# What is due


def test_a_missed_one_waits_until_it_is_answered(school: Sample) -> None:
    missed = talk(school, planned_for="2026-11-10")
    own = school.by("conversations", "pupil")["sam"]
    found = waiting(own, TODAY, AUTUMN)
    assert found is not None
    assert found["id"] == missed
    late = AUTUMN._replace(start=date(2026, 11, 11))
    assert waiting(own, TODAY, late) is None, "another term's is not asked for any more"
    talk(school, planned_for="2027-01-25")
    own = school.by("conversations", "pupil")["sam"]
    assert waiting(own, TODAY, AUTUMN) == found, "the spring's does not stand for the autumn's"
    talk(school, planned_for="2026-12-01")
    assert waiting(school.by("conversations", "pupil")["sam"], TODAY, AUTUMN) is None


def test_today_tells_conversations_and_summaries(school: Sample) -> None:
    talk(school, planned_for="2026-11-10", led_by="khan")
    talk(school, "lukasz", held_on="2026-11-02", planned_for="2026-11-02")
    talk(school, "aoife", planned_for="2026-11-25")
    lines = due_and_overdue(school, TODAY)
    assert [(each.kind, each.pupil, each.day, each.state) for each in lines] == [
        ("summary", "lukasz", "2026-11-09", "overdue"),
        ("conversation", "sam", "2026-11-10", "overdue"),
    ]
    assert lines[1].words == "Conversation led by Mrs Khan"
    what = {each.what for each in dated_conversations(school, TODAY, AUTUMN)}
    assert what == {"conversation", "summary"}


# Last time, and the teacher who comes next


def test_what_was_agreed_last_time(school: Sample) -> None:
    assert agreed_last_time(school, "sam") is None
    first = talk(school, held_on="2026-06-12", led_by="vance")
    talk(school, planned_for="2026-12-01")
    wider = school.add("targets", pupil="sam", kind="wider", conversation=first, status="set")
    words = school.add("targets", pupil="sam", kind="curricular", conversation=first)
    school.add("target_reviews", target=wider, date="2026-07-01", outcome=-1)
    school.add("actions", about=first, place="home", what="Read", done_on="2026-06-20")
    school.add("actions", about=first, place="school", what="Sit by the door")
    school.add("barriers", pupil="sam", description="Noise")
    school.add("barriers", pupil="sam", description="Old", resolved_on="2026-01-01")
    agreed = agreed_last_time(school, "sam")
    assert agreed is not None
    assert [row["id"] for row in agreed.targets] == [words, wider]
    assert agreed.reviews[wider]["outcome"] == -1
    assert [row["place"] for row in agreed.actions] == ["school", "home"]
    assert agreed.done == 1
    assert [row["description"] for row in agreed.barriers] == ["Noise"]


def test_what_last_year_agreed_is_handed_to_the_new_teacher(school: Sample) -> None:
    last = talk(school, held_on="2026-06-12", led_by="vance")
    row = next(row for row in planner(school, {}, TODAY).rows if row.id == "sam")
    assert in_view("handover", "")(row)
    hand_over(school, ["sam", "lukasz"], "", TODAY).write(Commit(school))
    assert school.get(last)["handed_to"] == "khan"
    assert school.get(last)["handed_on"] == TODAY.isoformat()
    assert not hand_over(school, ["sam"], "khan", TODAY)
    row = next(row for row in planner(school, {}, TODAY).rows if row.id == "sam")
    assert not in_view("handover", "")(row)


def test_a_child_handed_to_next_years_teacher_is_among_theirs_at_once(school: Sample) -> None:
    talk(school, held_on="2026-06-12", led_by="khan")
    hand_over(school, ["sam"], "vance", TODAY).write(Commit(school))
    row = next(row for row in planner(school, {}, TODAY).rows if row.id == "sam")
    assert in_view("mine", "vance")(row)
    assert in_view("mine", "khan")(row)
    assert not in_view("mine", "other")(row)
    assert not in_view("mine", "")(row)


# What is odd


@pytest.mark.parametrize(
    ("pupil", "values", "code"),
    [
        ("sam", {"held_on": "2026-12-24"}, "held_in_future"),
        ("aoife", {"held_on": "2026-10-03"}, "conversation_after_leaving"),
        ("aoife", {"planned_for": "2026-12-03"}, "conversation_after_leaving"),
        ("sam", {"planned_for": "2026-10-01", "summary_given_on": "2026-10-02"},
         "summary_without_conversation"),
        ("sam", {"held_on": "2026-10-01", "summary_given_on": "2026-09-02"},
         "summary_before_conversation"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_pointed_out(school: Sample, pupil, values, code) -> None:
    key = talk(school, pupil, **values)
    found = list(conversation_findings(school, TODAY))
    assert [(each.code, each.record) for each in found] == [(code, key)]


def test_two_conversations_of_one_day_are_pointed_out_once(school: Sample) -> None:
    talk(school, held_on="2026-10-01")
    talk(school, held_on="2026-10-02")
    talk(school, pupil="lukasz", held_on="2026-10-01")
    assert list(conversation_findings(school, TODAY)) == []
    second = talk(school, held_on="2026-10-01")
    (found,) = conversation_findings(school, TODAY)
    assert (found.code, found.record) == ("conversation_twice", second)
    assert "two conversations were held on 1 Oct 2026" in found.message


def test_a_usual_conversation_is_not_odd(school: Sample) -> None:
    talk(school, "aoife", held_on="2026-10-02", summary_given_on="2026-10-02")
    talk(school, planned_for="2026-12-01")
    assert not list(conversation_findings(school, TODAY))
