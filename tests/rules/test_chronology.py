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
