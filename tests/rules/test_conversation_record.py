"""Writing the record of a conversation: what is held, targets, actions, barriers, the next day."""

from __future__ import annotations

import pytest

from senreg.rules.conversation_record import begun, kinds_lacking, write_record
from tests.rules.sample import TODAY, Commit, Sample

OWN = {"held_on": "2026-11-20", "led_by": "khan", "attendees": "Mum"}
MORE = {
    "came": True,
    "curricular_statement": "Reads fifty words",
    "curricular_due": "2027-02-12",
    "wider_statement": "Comes to drumming",
    "home1_what": "Read each evening",
    "home1_who": "Mum",
    "school1_what": "Sit by the door",
    "barrier1": "Noise in the hall",
}


@pytest.fixture
def school() -> Sample:
    sample = Sample()
    sample.add("staff", id="khan", name="Mrs Khan")
    sample.pupil("Łukasz", "Żółkowski", id="child", key_teacher="khan")
    return sample


def write(school: Sample, own, more, conversation=None) -> str:
    child = school.get("child")
    row = school.get(conversation) if conversation else None
    return write_record(Commit(school), school, child, row, own, more, TODAY)


def rows(school: Sample, table: str) -> list[dict[str, object]]:
    return school.all(table)


def test_a_visit_is_written_with_all_that_came_of_it(school: Sample) -> None:
    key = write(school, OWN, MORE)
    assert school.get(key)["held_on"] == "2026-11-20"
    first, second = rows(school, "targets")
    assert (first["kind"], first["conversation"], first["owner"]) == ("curricular", key, "khan")
    assert (first["set_on"], first["status"], first["due"]) == ("2026-11-20", "set", "2027-02-12")
    assert (second["kind"], second["statement"]) == ("wider", "Comes to drumming")
    assert [(row["about"], row["place"], row["what"]) for row in rows(school, "actions")] == [
        (key, "school", "Sit by the door"),
        (key, "home", "Read each evening"),
    ]
    (barrier,) = rows(school, "barriers")
    assert (barrier["description"], barrier["identified_on"]) == ("Noise in the hall", "2026-11-20")


def test_without_a_parent_it_is_not_held(school: Sample) -> None:
    key = write(school, {**OWN, "not_there": "Mum, at work"}, {"came": False})
    row = school.get(key)
    assert not row.get("held_on")
    assert row["planned_for"] == "2026-11-20"
    (attempt,) = rows(school, "attempts")
    assert (attempt["how"], attempt["why_not"]) == ("meeting", "Mum, at work")


def test_one_that_was_held_and_was_a_mistake_is_taken_back(school: Sample) -> None:
    key = write(school, OWN, {"came": True})
    write(school, {"held_on": "2026-11-20"}, {"came": False}, key)
    assert school.get(key)["held_on"] is None


def test_it_is_read_back_and_changed_without_twins(school: Sample) -> None:
    key = write(school, OWN, MORE)
    told = begun(school, school.get("child"), school.get(key), "", TODAY)
    assert told["curricular_statement"] == "Reads fifty words"
    assert told["home1_who"] == "Mum"
    write(school, {}, {**told, "home1_who": "Dad", "wider_due": "2027-03-01"}, key)
    assert len(rows(school, "targets")) == 2
    assert len(rows(school, "actions")) == 2
    assert {row.get("who") for row in rows(school, "actions")} == {None, "Dad"}
    assert {row.get("due") for row in rows(school, "targets")} == {"2027-02-12", "2027-03-01"}


def test_a_target_is_carried_over(school: Sample) -> None:
    before = school.target("child", statement="Reads thirty", unit="words", status="working")
    write(school, OWN, {**MORE, "curricular_follows": before})
    assert school.get(before)["status"] == "carried_over"
    after = next(row for row in rows(school, "targets") if row.get("follows") == before)
    assert (after["statement"], after["unit"]) == ("Reads fifty words", "words")


def test_the_next_day_plans_the_next_conversation(school: Sample) -> None:
    key = write(school, {**OWN, "next_on": "2027-02-01"}, {"came": True})
    (following,) = [row for row in rows(school, "conversations") if row["id"] != key]
    assert (following["planned_for"], following["led_by"]) == ("2027-02-01", "khan")
    write(school, {"next_on": "2027-02-03"}, {"came": True}, key)
    assert len(rows(school, "conversations")) == 2, "the one that is planned moves"
    assert following["planned_for"] == "2027-02-03"


def test_what_is_planned_already_moves_to_the_day_agreed(school: Sample) -> None:
    planned = school.add("conversations", pupil="child", planned_for="2027-01-25", led_by="other")
    key = write(school, {**OWN, "next_on": "2027-02-01"}, {"came": True})
    assert {row["id"] for row in rows(school, "conversations")} == {planned, key}
    assert school.get(planned)["planned_for"] == "2027-02-01"
    assert school.get(planned)["led_by"] == "other"


def test_a_visit_begins_with_the_key_teacher_and_today(school: Sample) -> None:
    told = begun(school, school.get("child"), None, "", TODAY)
    assert (told["led_by"], told["held_on"], told["came"]) == ("khan", TODAY.isoformat(), False)


def test_an_attempt_is_of_the_day_of_the_visit(school: Sample) -> None:
    planned = school.add("conversations", pupil="child", planned_for="2026-11-10")
    write(school, {"not_there": "Dad, away"}, {"came": False, "day": "2026-11-10"}, planned)
    (attempt,) = rows(school, "attempts")
    assert attempt["on"] == "2026-11-10"
    write(school, {"not_there": "Dad, away"}, {"came": False, "day": "2026-11-12"}, planned)
    assert len(rows(school, "attempts")) == 1, "the same words are no second attempt"


def test_the_time_of_a_plan_for_another_day_is_not_the_time_it_was_held(school: Sample) -> None:
    key = school.add("conversations", pupil="child", planned_for="2026-12-04", at="17:30")
    child, row = school.get("child"), school.get(key)
    assert child is not None
    assert begun(school, child, row, "", TODAY)["at"] is None
    assert "at" not in begun(school, child, {**row, "planned_for": TODAY.isoformat()}, "", TODAY)
    write(school, {"not_there": "Mum, at work", "at": None}, {"came": False}, key)
    assert school.get(key)["at"] == "17:30", "nobody came: it is still planned for then"


def test_a_conversation_tells_which_target_it_did_not_end_in(school: Sample) -> None:
    key = write(school, OWN, {"came": True, "wider_statement": "Comes to drumming"})
    assert kinds_lacking(school, school.get(key)) == ("curricular",)
    assert kinds_lacking(school, school.get(write(school, OWN, MORE))) == ()
