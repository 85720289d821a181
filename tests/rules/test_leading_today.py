from senreg.rules.leading.today import awaited

from .sample import TODAY, Sample


def test_a_workshop_whose_day_has_passed_waits_until_it_is_known_how_many_came():
    sample = Sample()
    sample.add("school", name="Hilltop", school_mode=True)
    workshop = sample.add("workshops", name="Maths [at] home", date="2026-11-20", pupils=["sam"])
    sample.add("workshops", name="Long ago", date="2025-11-20")
    sample.add("workshops", name="Today", date=TODAY.isoformat())
    sample.add("workshops", name="No day")
    sample.add("workshops", name="Nobody came", date="2026-11-19", attended=0)
    (found,) = awaited(sample, TODAY)
    assert (found.record, found.day, found.state) == (workshop, "2026-11-20", "overdue")
    assert found.words == "Who came to the workshop? Maths [at] home"
    sample.set(workshop, attended=1)
    assert awaited(sample, TODAY) == []
