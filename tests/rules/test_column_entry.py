"""A column for many children: what it writes, and what it does not take."""

from __future__ import annotations

import pytest

from senreg.errors import InvalidRecord
from senreg.rules import column_entry
from senreg.rules.children_together import children_together
from tests.rules.sample import TODAY, Commit, Sample

AUTUMN = ("2026-09-03", "2026-12-18", 140)


@pytest.fixture
def sample():
    made = Sample()
    made.pupil("Sam", "O'Neill", id="sam", status="K")
    made.pupil("Łukasz", "Żółkowski", id="lukasz", class_name="5A", year_group="5")
    return made


def refused(call) -> dict[str, str]:
    with pytest.raises(InvalidRecord) as caught:
        call()
    return {each.field: each.message for each in caught.value.problems}


def test_children_stand_together_by_class_register_and_group(sample):
    group = sample.group(start="2026-09-01")
    sample.place("lukasz", group, start="2026-09-10")
    found = {
        each.words: [row["id"] for row in each.pupils] for each in children_together(sample, TODAY)
    }
    assert found["Class 4B"] == found["The SEN register"] == ["sam"]
    assert found["Group Lego therapy"] == found["Year 5"] == ["lukasz"]
    assert "The cohort" not in found


def test_attendance_is_taken_as_it_is_typed_and_corrected_when_typed_again(sample):
    typed = {"sam": "3 1", "lukasz": "10/0 of 70"}
    column_entry.attendance(sample, *AUTUMN, typed).write(Commit(sample))
    kept = {
        row["pupil"]: (row["possible"], row["authorised"], row["unauthorised"])
        for row in sample.all("attendance")
    }
    assert kept == {"sam": (140, 3, 1), "lukasz": (70, 10, 0)}
    begun = column_entry.attendance_kept(sample, ["sam", "lukasz"], *AUTUMN)
    assert begun == {"sam": "3 1", "lukasz": "10 0 70"}
    assert not column_entry.attendance(sample, *AUTUMN, begun)
    again = column_entry.attendance(sample, *AUTUMN, {"sam": "0"})
    (change,) = again.sets
    assert change.values == {"authorised": 0, "unauthorised": 0}
    assert not again.adds


def test_attendance_that_cannot_be_is_said_at_its_child(sample):
    sample.add("attendance", pupil="sam", start="2026-11-01", end="2026-11-30", possible=40)
    said = refused(
        lambda: column_entry.attendance(sample, *AUTUMN, {"sam": "1 0", "lukasz": "100 50"})
    )
    assert "overlap" in said["sam"]
    assert "140" in said["lukasz"]
    more = refused(lambda: column_entry.attendance(sample, *AUTUMN, {"lukasz": "3 1 1405"}))
    assert "more than the 140 sessions" in more["lukasz"]
    assert (
        "such as 3 1"
        in refused(lambda: column_entry.attendance(sample, *AUTUMN, {"lukasz": "ill"}))["lukasz"]
    )


def test_a_mark_is_a_number_or_a_step_of_its_scale(sample):
    sample.add("scales", name="Joins in", kind="wider", steps="never\noften", direction="up")
    of = lambda scale, value: column_entry.wider_marks(  # noqa: E731
        sample, "behaviour", scale, "up", "2026-11-20", {"sam": value, "lukasz": " "}
    )
    assert [each.values["value"] for each in of("Joins in", "Often").adds] == [2]
    assert [each.values["value"] for each in of("Incidents a week", "4").adds] == [4]
    assert "no mark of Joins in" in refused(lambda: of("Joins in", "7"))["sam"]
    assert "more than" in refused(lambda: of("Teacher rating, of 5", "7"))["sam"]
    assert column_entry.direction_of(sample, "joins in") == "up"
    assert column_entry.wider_scales(sample, "behaviour") == ["Joins in"]


def test_who_no_longer_takes_part_ended_the_day_before(sample):
    chess = sample.add("activities", name="Chess")
    day = "2026-11-20"
    nothing = column_entry.participation(sample, "", "2026-09-10", {"sam": True})
    nothing.write(Commit(sample))
    column_entry.participation(sample, chess, day, {"sam": True, "lukasz": True}).write(
        Commit(sample)
    )
    first = next(row for row in sample.all("participations") if row.get("takes_no_part"))
    assert first["end"] == "2026-11-19"
    assert refused(lambda: column_entry.participation(sample, "", day, {"sam": True})) == {
        "sam": "Is in an activity on that day."
    }
    left = column_entry.participation(sample, chess, "2026-12-01", {"sam": False, "lukasz": True})
    (change,) = left.sets
    assert change.values == {"end": "2026-11-30"}
    assert not left.adds
    slip = column_entry.participation(sample, chess, day, {"sam": False})
    assert len(slip.archives) == 1


def test_a_step_in_words_is_typed_by_its_number(sample):
    made = column_entry.results(sample, "maths", "Small steps", "2026-11-20", {"sam": "3"})
    assert made.adds[0].values["value"] == "Does it with much help"
    level = column_entry.results(
        sample, "maths", "National Curriculum level", "2026-11-20", {"sam": "3"}
    )
    assert (level.adds[0].values["value"], level.adds[0].values["points"]) == ("3", 21)
    of = lambda value: column_entry.results(sample, "maths", "Small steps", "2026-11-20", value)  # noqa: E731
    assert "no step of" in refused(lambda: of({"sam": "9"}))["sam"]


def test_sessions_of_a_period_are_those_entered_before_and_else_counted(sample):
    assert column_entry.possible_kept(sample, *AUTUMN[:2]) is None
    for pupil, possible in (("sam", 140), ("lukasz", 140), ("sam", 120)):
        sample.add("attendance", pupil=pupil, start=AUTUMN[0], end=AUTUMN[1], possible=possible)
    assert column_entry.possible_kept(sample, *AUTUMN[:2]) == 140
    # 26 April to 7 May 2027 is ten weekdays, of which one is the early May holiday.
    assert column_entry.most_sessions("2027-04-26", "2027-05-07", ()) == 18
    assert column_entry.most_sessions("", "2027-05-07", ()) == 0
    assert column_entry.most_sessions("1990-04-26", "2027-05-07", ()) == 0
