"""A session that is there twice counts its hours twice; a child is marked once."""

import pytest

from senreg.rules.findings import findings
from senreg.rules.findings_sessions import session_findings
from senreg.rules.typed import typed_findings

from .sample import TODAY, Sample


@pytest.fixture
def sample():
    return Sample()


def session(sample, group="g", day="2026-11-18", **more):
    return sample.add("sessions", group=group, date=day, **more)


def test_the_later_of_two_sessions_of_one_day_is_pointed_out(sample):
    sample.add("groups", id="g", name="Lego [therapy]")
    first = session(sample)
    for other in (session(sample, "h"), session(sample, day="2026-11-19"), session(sample, day="")):
        assert typed_findings(sample, "sessions", other, TODAY) == []
    second = session(sample, minutes=20)
    (found,) = session_findings(sample)
    assert (found.code, found.record) == ("session_twice", second)
    assert "two sessions on 18 Nov 2026" in found.message
    assert found in findings(sample, TODAY)
    assert found in typed_findings(sample, "sessions", first, TODAY)


def test_a_child_marked_twice_at_one_session(sample):
    sam, ann = sample.pupil("Sam [EAL]", "O'Neill"), sample.pupil("Ann")
    held = session(sample)
    for pupil in (sam, ann):
        sample.add("session_marks", session=held, pupil=pupil, mark="late")
    assert list(session_findings(sample)) == []
    again = sample.add("session_marks", session=held, pupil=sam, mark="absent")
    (found,) = session_findings(sample)
    assert (found.code, found.record) == ("mark_twice", again)
    assert found.message.startswith("Sam [EAL] O'Neill")
    assert found in typed_findings(sample, "session_marks", again, TODAY)
