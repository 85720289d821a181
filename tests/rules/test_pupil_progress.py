"""One child's progress: subjects, wider outcomes and attendance, worked by hand."""

from __future__ import annotations

from senreg.rules.pupil_progress import attendance_of, subjects_of, wider_of
from tests.rules.sample import TODAY, Sample


def test_a_subject_stands_beside_what_is_expected_and_tells_how_far_it_came():
    sample = Sample()
    pupil = sample.get(sample.pupil("小明", "王"))
    sample.add("expectations", subject="english", stage="KS2", points_a_year=4.0)
    for day, value in (("2024-12-01", "2C"), ("2025-12-01", "2B"), ("2026-11-10", "2A")):
        sample.add(
            "assessments", pupil=pupil["id"], subject="english", date=day,
            scale="National Curriculum level", value=value,
        )  # fmt: skip
    sample.add("assessments", pupil=pupil["id"], subject="english", date="2027-02-01", value="5A")
    (english,) = subjects_of(sample, pupil, TODAY)
    assert (english.title, len(english.rows), english.spark) == ("English", 3, "▁▅█")
    assert (english.since.words, english.first.day) == ("+4", "2024-12-01")
    assert (english.a_year, english.expected, english.verdict) == (2.0, 4.0, "below")


def test_a_wider_outcome_tells_which_way_it_went_in_the_good_direction():
    sample = Sample()
    pupil = sample.pupil()
    for day, value in (("2026-01-10", 6.0), ("2026-11-10", 2.0)):
        sample.add(
            "wider_marks", pupil=pupil, category="behaviour", date=day, value=value,
            scale="Incidents a week", direction="down",
        )  # fmt: skip
    sample.add("wider_marks", pupil=pupil, category="bullying", date="2026-11-10", value=1.0)
    found = {each.title: (each.change, each.words) for each in wider_of(sample, pupil)}
    assert found == {"Behaviour": (4.0, "better"), "Bullying": (None, "")}


def test_attendance_is_judged_by_the_definition_of_its_own_year():
    sample = Sample()
    pupil = sample.pupil()
    for start, end in (("2012-09-01", "2013-07-20"), ("2025-09-01", "2026-07-20")):
        sample.add(
            "attendance", pupil=pupil, start=start, end=end, possible=380, authorised=30,
            unauthorised=10,
        )  # fmt: skip
    sample.add("attendance", pupil=pupil, start="2026-09-01", end="2026-11-20", possible=100)
    unknown, tenth, sessions = attendance_of(sample, pupil)
    assert (unknown.share, unknown.persistent) == (None, None)
    assert (tenth.persistent, tenth.threshold.kind) == (True, "share")
    assert (sessions.persistent, sessions.threshold.words) == (False, "56 sessions or more")
