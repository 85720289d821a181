"""What is said to have happened on a day that is still to come is pointed out."""

import pytest

from senreg.rules.findings import findings
from senreg.rules.findings_days import HAPPENED, day_findings
from senreg.rules.typed import typed_findings

from .sample import TODAY, Sample


@pytest.fixture
def sample() -> Sample:
    sample = Sample()
    sample.pupil("Sam [EAL]", "O'Neill", id="sam")
    sample.add("groups", id="lego", name="Lego [therapy]")
    sample.add("targets", id="target", pupil="sam")
    sample.add("conversations", id="talk", pupil="sam")
    return sample


LINKS = {
    "target_reviews": {"target": "target"},
    "attempts": {"conversation": "talk"},
    "sessions": {"group": "lego"},
    "actions": {"about": "talk"},
    "placements": {"pupil": "sam", "group": "lego"},
}


@pytest.mark.parametrize(
    ("table", "field"), [(table, each[0]) for table, days in HAPPENED.items() for each in days]
)
def test_a_day_to_come_is_told_where_it_is_typed_and_by_check(
    sample: Sample, table: str, field: str
) -> None:
    links = LINKS.get(table, {"pupil": "sam"})
    key = sample.add(table, **links, **{field: TODAY.isoformat()})
    assert list(day_findings(sample, TODAY)) == []
    sample.get(key)[field] = "2027-11-10"
    (found,) = day_findings(sample, TODAY)
    assert (found.code, found.table, found.record) == ("day_to_come", table, key)
    assert found.message.startswith("Lego" if table == "sessions" else "Sam [EAL] O'Neill")
    assert "10 Nov 2027, which is still to come" in found.message
    assert found in findings(sample, TODAY)
    assert found in typed_findings(sample, table, key, TODAY)


def test_a_review_is_not_of_before_its_target_was_set(sample: Sample) -> None:
    sample.add("target_reviews", target="target", date="2026-08-10")
    sample.get("target")["set_on"] = "2026-08-10"
    assert list(day_findings(sample, TODAY)) == []
    sample.get("target")["set_on"] = "2026-09-10"
    (found,) = day_findings(sample, TODAY)
    assert found.code == "review_before_target"
    assert "of 10 Aug 2026, before the target was set on 10 Sep 2026" in found.message
    assert found in typed_findings(sample, "target_reviews", found.record, TODAY)
