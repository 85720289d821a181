import pytest

from senreg.rules.findings import findings
from senreg.rules.findings_evidence import evidence_findings
from senreg.rules.typed import new_findings, typed_findings

from .sample import TODAY, Sample


def codes(sample):
    return [each.code for each in evidence_findings(sample)]


@pytest.fixture
def sample():
    return Sample()


def attend(sample, pupil, start, end, missed=0, possible=100):
    return sample.add(
        "attendance", pupil=pupil, start=start, end=end, possible=possible,
        authorised=missed, unauthorised=0,
    )  # fmt: skip


def test_attendance_that_overlaps_is_pointed_out_at_the_later_one(sample):
    sam, ann = sample.pupil("Sam [EAL]"), sample.pupil("Ann")
    attend(sample, sam, "2026-09-01", "2026-10-20")
    attend(sample, ann, "2026-09-01", "2026-10-20")
    later = attend(sample, sam, "2026-10-20", "2026-11-20")
    (found,) = evidence_findings(sample)
    assert (found.code, found.record) == ("attendance_overlaps", later)
    assert "neither is added" in found.message
    assert found in findings(sample, TODAY)


def test_more_missed_than_there_was(sample):
    attend(sample, sample.pupil(), "2026-09-01", "2026-10-20", missed=101)
    assert codes(sample) == ["absence_above_possible"]


def test_a_result_is_a_step_of_its_scale_unless_points_are_given(sample):
    pupil = sample.pupil()
    sample.add("scales", name="Steps", kind="attainment", steps="low = 1\nhigh = 2")
    for value, points in (("high", None), ("splendid", None), ("splendid", 3.0)):
        sample.add(
            "assessments", pupil=pupil, subject="maths", scale="Steps", value=value,
            points=points, date=None,
        )  # fmt: skip
    assert codes(sample) == ["no_step_of_scale"]


def test_two_scales_on_one_day_are_a_note(sample):
    pupil = sample.pupil()
    for scale in ("Reading age", "Standardised score"):
        sample.add(
            "assessments", pupil=pupil, subject="reading", scale=scale, value="99",
            date="2026-11-01",
        )  # fmt: skip
    assert codes(sample) == ["two_scales"]


def test_a_score_at_the_end_follows_the_one_at_the_start(sample):
    group = sample.group()
    sample.place(sample.pupil(), group, entry_on="2026-10-01", exit_on="2026-09-30")
    sample.place(sample.pupil("B"), group, entry_on="2026-10-01", exit_on="2026-10-01")
    assert codes(sample) == ["exit_before_entry"]


def test_a_child_is_marked_only_where_it_has_a_place(sample):
    group, sam, ann = sample.group(), sample.pupil(), sample.pupil("Ann")
    sample.place(sam, group, start="2026-09-01", end="2026-10-31")
    for day in ("2026-10-31", "2026-11-01"):
        session = sample.add("sessions", group=group, date=day)
        sample.add("session_marks", session=session, pupil=sam, mark="present")
    sample.add("session_marks", session=session, pupil=ann, mark=None)
    assert codes(sample) == ["marked_without_place"]


def told(sample, table, **values):
    """What is told where a record is typed."""
    record = sample.add(table, **values)
    after = typed_findings(sample, table, record, TODAY)
    return [each.code for each in new_findings([], after)]


def test_what_is_odd_about_evidence_is_told_where_it_is_typed(sample):
    group, sam, ann = sample.group(), sample.pupil(), sample.pupil("Ann")
    attend(sample, sam, "2026-09-01", "2026-10-20")
    days = {"start": "2026-10-20", "end": "2026-11-20", "possible": 10}
    assert told(sample, "attendance", pupil=ann, **days) == []
    assert told(sample, "attendance", pupil=sam, **days) == ["attendance_overlaps"]
    read = {"pupil": sam, "subject": "reading", "date": "2026-11-01"}
    assert told(sample, "assessments", **read, scale="Reading age", value="99") == []
    assert told(sample, "assessments", **read, scale="reading age", value="98") == []
    assert told(sample, "assessments", **read, scale="Age-related", value="Splendid") == [
        "no_step_of_scale",
        "two_scales",
    ]
    places = {"pupil": sam, "group": group, "start": "2026-09-01"}
    scored = {"entry_on": "2026-10-01", "exit_on": "2026-09-30"}
    assert told(sample, "placements", **places, **scored) == ["exit_before_entry"]
    assert told(sample, "assessments", **{**read, "date": "2026-11-02"}, value="98") == []
    assert told(sample, "attendance", pupil=sam, start="2026-06-01", end="2026-07-20") == []
    rated = {"pupil": sam, "category": "behaviour", "date": "2026-11-01", "value": 3.0}
    assert told(sample, "wider_marks", **rated, scale="Incidents") == []
    assert told(sample, "wider_marks", **rated, scale="incidents") == []
    assert told(sample, "wider_marks", **rated, scale="Rating") == ["two_scales"]
    assert told(sample, "wider_marks", **{**rated, "category": "bullying"}, scale="Rating") == []
    session = sample.add("sessions", group=group, date="2026-10-31")
    assert told(sample, "session_marks", session=session, pupil=sam, mark="present") == []
    assert told(sample, "session_marks", session=session, pupil=ann, mark="late") == [
        "marked_without_place"
    ]


def test_a_scale_on_which_more_is_better_once_and_less_another_time(sample):
    pupil = sample.pupil("Ann [B]")
    mark = {"pupil": pupil, "category": "bullying", "scale": "Incidents", "value": 9.0}
    sample.add("wider_marks", **mark, date="2026-09-14", direction="down")
    assert told(sample, "wider_marks", **mark, date="2026-10-14") == []
    assert told(sample, "wider_marks", **mark, date="2026-10-15", direction="down") == []
    other = {**mark, "category": "behaviour", "date": "2026-11-15"}
    assert told(sample, "wider_marks", **other, direction="up") == []
    mark["scale"] = "incidents"
    assert told(sample, "wider_marks", **mark, date="2026-11-16", direction="up") == [
        "two_directions"
    ]
    (found,) = evidence_findings(sample)
    assert "as less is better, and on 16 Nov 2026 as more is better" in found.message


def test_two_scales_of_a_wider_outcome_on_one_day_are_a_note_in_the_words_of_the_school(sample):
    pupil = sample.pupil("Ann [B]")
    for scale in ("Incidents", "Rating"):
        sample.add(
            "wider_marks", pupil=pupil, category="behaviour", scale=scale, value=3.0,
            date="2026-11-01",
        )  # fmt: skip
    (found,) = evidence_findings(sample)
    assert (found.code, found.severity) == ("two_scales", "note")
    assert "Behaviour is on two scales on 1 Nov 2026" in found.message


def test_a_last_day_before_a_conversation_is_told_where_it_is_typed(sample):
    pupil = sample.pupil(left=None)
    for day in ("2026-10-01", "2026-12-01"):
        sample.add("conversations", pupil=pupil, planned_for=day)
    sample.add("conversations", pupil=pupil, held_on="2026-09-20")
    before = typed_findings(sample, "pupils", pupil, TODAY)
    sample.set(pupil, left="2026-10-01")
    new = new_findings(before, typed_findings(sample, "pupils", pupil, TODAY))
    assert [each.code for each in new] == ["conversation_after_leaving"]
    assert "1 Dec 2026" in new[0].message


def test_the_children_are_not_gathered_anew_for_each_of_them(sample, monkeypatch):
    for number in range(20):
        pupil = sample.pupil(f"Ann {number}")
        attend(sample, pupil, "2026-09-01", "2026-10-20")
        for subject in ("english", "maths"):
            sample.add("assessments", pupil=pupil, subject=subject, scale="Reading age", value="9")
    asked = []
    by = Sample.by
    monkeypatch.setattr(Sample, "by", lambda self, *words: asked.append(words) or by(self, *words))
    list(evidence_findings(sample))
    assert 0 < len(asked) < 20
