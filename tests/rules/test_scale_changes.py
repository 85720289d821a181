import pytest

from senreg.rules.findings import findings
from senreg.rules.scale_changes import ScaleChanges
from senreg.rules.typed import typed_findings

from .sample import TODAY, Sample


@pytest.fixture
def sample():
    return Sample()


def assess(sample, pupil, day, scale="Steps", subject="maths"):
    return sample.add("assessments", pupil=pupil, subject=subject, scale=scale, value="3", date=day)


def changed(sample):
    return [each for each in findings(sample, TODAY) if each.code == "scale_changed"]


def told(sample, record):
    return [each.code for each in typed_findings(sample, "assessments", record, TODAY)]


def test_one_child_on_another_scale_on_another_day_is_pointed_out_once(sample):
    ann, bob = sample.pupil("Ann [B]"), sample.pupil("Bob")
    for pupil in (ann, bob):
        assess(sample, pupil, "2026-03-01")
    assess(sample, bob, "2026-11-01", "steps")
    typed = assess(sample, ann, "2026-11-01", "Old levels")
    assert told(sample, typed) == ["scale_changed"]
    back = assess(sample, ann, "2026-11-20", "Steps")
    assert told(sample, back) == ["scale_changed"], "it is told again where it is typed"
    (found,) = changed(sample)
    assert (found.record, found.severity) == (typed, "note")
    assert "Mathematics was on Steps on 1 Mar 2026 and is on Old levels from 1 Nov 2026" in (
        found.message
    )


def test_each_subject_of_a_child_is_for_itself(sample):
    ann = sample.pupil("Ann")
    assess(sample, ann, "2026-03-01", "Steps", "maths")
    assess(sample, ann, "2026-11-01", "Reading age", "reading")
    assert changed(sample) == []


def test_a_whole_school_that_changed_scales_is_not_pointed_out(sample):
    pupils = [sample.pupil(f"Child {number}") for number in range(6)]
    for pupil in pupils:
        assess(sample, pupil, "2026-03-01")
    left = sample.pupil("Left before")
    assess(sample, left, "2026-03-01")
    records = [assess(sample, pupil, "2026-11-01", "Old levels") for pupil in pupils[:5]]
    assert changed(sample) == []
    assert told(sample, records[0]) == []
    changes = ScaleChanges(sample)
    assert changes.before_entry(pupils[5], "maths", "Old levels", "2026-11-02") == ""
    assert changes.before_entry(pupils[0], "maths", "Third", "2026-11-02") == "Old levels"


def test_a_child_who_went_while_the_class_stayed_is_pointed_out_though_others_went_before(sample):
    pupils = [sample.pupil(f"Child {number}") for number in range(5)]
    for pupil in pupils:
        assess(sample, pupil, "2026-03-01")
    for pupil in pupils[:3]:
        assess(sample, pupil, "2026-11-10")
    typed = [assess(sample, pupil, "2026-11-01", "Old levels") for pupil in pupils[3:]]
    assert [each.record for each in changed(sample)] == typed


def test_results_of_one_day_or_without_a_day_or_a_scale_are_no_change(sample):
    ann = sample.pupil("Ann")
    for scale in ("Steps", "Old levels"):
        assess(sample, ann, None, scale)
        assess(sample, ann, "2026-11-01", scale)
    assert told(sample, assess(sample, ann, "2026-11-02", None)) == []
    assert changed(sample) == []
