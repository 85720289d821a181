from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from senreg.rules.chronology import chronology
from tests.rules.sample import TODAY, Sample


@pytest.fixture
def sample() -> Sample:
    return Sample()


def told(sample: Sample, pupil: str) -> list[tuple[str, str, str]]:
    return [tuple(each) for each in chronology(sample, sample.get(pupil), TODAY).events]


def test_everything_stands_under_the_day_it_happened(sample: Sample) -> None:
    pupil = sample.pupil("Łukasz", joined="2024-09-02", previous_school="Oak <Infants>")
    sample.add("sen_statuses", pupil=pupil, code="K", start="2025-09-05", reason="Words [slow].")
    sample.add("needs", pupil=pupil, code="SLCN", start="2025-09-06", source="SALT")
    sample.add(
        "barriers",
        pupil=pupil,
        category="language",
        description="Loses words",
        identified_on="2025-09-10",
        resolved_on="2026-07-01",
    )
    talk = sample.add(
        "conversations", pupil=pupil, held_on="2025-10-01", attendees="Mum\nAunt", focus="Reading"
    )
    sample.add("attempts", conversation=talk, on="2025-09-20", how="call", why_not="No answer")
    aim = sample.target(pupil, statement="Reads 50 words", set_on="2025-10-02")
    sample.add("target_reviews", target=aim, date="2025-12-01", outcome=1, evidence="52!")
    group = sample.group("Lego & talk", start="2025-11-01")
    sample.place(pupil, group, end="2026-02-01", entry_score=3, exit_score=9.5, ended_reason="Met")
    sample.add("referrals", pupil=pupil, service="salt", sent_on="2026-03-01", seen_on="2026-05-01")
    sample.add("reviews", pupil=pupil, kind="termly", held_on="2026-03-20")
    sample.add("plans", pupil=pupil, kind="isp", shared_on="2026-04-01", shared_with="Mum")
    sample.add("notes", pupil=pupil, kind="call", happened_on="2026-06-01", text="=1+1 [b]")
    found = told(sample, pupil)
    assert [day for day, _, _ in found] == sorted(day for day, _, _ in found)
    for event in (
        ("2024-09-02", "Joined the school", "Oak <Infants>"),
        ("2025-09-05", "SEN status: SEN support", "Words [slow]."),
        ("2025-09-10", "Barrier seen: Language", "Loses words"),
        ("2026-07-01", "Barrier overcome: Language", ""),
        ("2025-10-01", "Structured conversation", "Came: Mum, Aunt. Reading"),
        ("2025-09-20", "Tried to arrange a conversation: Phone call", "No answer"),
        ("2025-10-02", "Target set", "Reads 50 words"),
        ("2025-11-01", "Began: Lego & talk", "Score 3"),
        ("2026-02-01", "Ended: Lego & talk", "Met. Score 3 to 9.5"),
        ("2026-05-01", "Seen by: Speech and language therapy", ""),
        ("2026-03-20", "Review held: Termly review", ""),
        ("2026-04-01", "Given out: Individual Support Plan", "To Mum"),
        ("2026-06-01", "Phone call", "=1+1 [b]"),
    ):
        assert event in found, event
    looked = next(each for each in found if each[1] == "Target looked at")
    assert looked[2].startswith("Reads 50 words. ")
    assert looked[2].endswith("52!")


def test_the_way_to_a_plan_and_its_reviews_stand_in_it(sample: Sample) -> None:
    pupil = sample.pupil(left="2026-11-20", destination="Elm <School>")
    sample.add(
        "ehc_processes",
        pupil=pupil,
        requested_on="2025-01-10",
        decided_on="2025-02-14",
        decision="assess",
        advice_asked_on="2025-02-20",
        advice_sent_on="2025-03-20",
        draft_on="2025-04-28",
        final_on="2025-05-30",
    )
    sample.add(
        "ehc_processes", pupil=pupil, amendment_notice_on="2026-06-01", final_on="2026-07-20"
    )
    sample.add("ehc_processes", pupil=pupil, requested_on="2024-01-10", ended_on="2024-03-01")
    sample.add(
        "reviews",
        pupil=pupil,
        kind="annual",
        advice_requested_on="2026-03-01",
        papers_sent_on="2026-04-10",
        held_on="2026-04-24",
        attended="Mum\nDr Ng",
        report_sent_on="2026-05-01",
        la_decided_on="2026-05-20",
        la_decision="amend",
    )
    review = "Annual review of a plan"
    assert told(sample, pupil) == [
        ("2024-01-10", "Assessment for an EHC plan asked for", ""),
        ("2024-03-01", "Request ended without a plan", ""),
        ("2025-01-10", "Assessment for an EHC plan asked for", ""),
        ("2025-02-14", "Authority decided whether to assess", "Assess"),
        ("2025-02-20", "School asked for its advice", ""),
        ("2025-03-20", "School’s advice sent", ""),
        ("2025-04-28", "Draft EHC plan", ""),
        ("2025-05-30", "Final EHC plan", ""),
        ("2026-03-01", f"Advice asked for: {review}", ""),
        ("2026-04-10", f"Papers sent: {review}", ""),
        ("2026-04-24", f"Review held: {review}", "Came: Mum, Dr Ng"),
        ("2026-05-01", f"Report sent: {review}", ""),
        ("2026-05-20", f"Authority decided after: {review}", "Amend the plan"),
        ("2026-06-01", "Notice that the EHC plan is amended", ""),
        ("2026-07-20", "Final amended EHC plan", ""),
        ("2026-11-20", "Left the school", "Elm <School>"),
    ]


def test_what_is_of_no_kind_in_particular_is_a_note_or_a_document(sample: Sample) -> None:
    pupil = sample.pupil()
    sample.add("notes", pupil=pupil, kind="other", happened_on="2026-01-01", with_whom="Mum")
    sample.add("documents", pupil=pupil, kind="other", dated="2026-01-02", title="Calm plan")
    assert told(sample, pupil) == [
        ("2026-01-01", "Note with Mum", ""),
        ("2026-01-02", "Document", "Calm plan"),
    ]


def test_what_is_to_come_or_has_no_day_or_is_confidential_is_left_out(sample: Sample) -> None:
    pupil = sample.pupil()
    sample.add("notes", pupil=pupil, kind="call", happened_on="2026-11-23", text="to come")
    sample.add("notes", pupil=pupil, kind="call", text="no day")
    sample.add(
        "notes", pupil=pupil, kind="call", happened_on="2026-11-01", text="x", confidential=True
    )
    sample.add("conversations", pupil=pupil, planned_for="2026-11-01")
    found = chronology(sample, sample.get(pupil), TODAY)
    assert found == ((), 1, 1)


@given(st.sampled_from(["notes", "targets", "barriers", "referrals", "plans", "documents"]))
def test_nothing_of_another_child_is_told(table: str) -> None:
    sample = Sample()
    pupil, other = sample.pupil("Sam"), sample.pupil("Zoë")
    days = ("happened_on", "set_on", "identified_on", "sent_on", "shared_on", "dated")
    sample.add(table, pupil=other, text="Z", **dict.fromkeys(days, "2026-01-01"))
    assert told(sample, pupil) == []
    assert len(told(sample, other)) == 1
