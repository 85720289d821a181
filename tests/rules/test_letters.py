from __future__ import annotations

import pytest

from senreg.rules.letters import letters_to
from tests.rules.sample import TODAY, Sample


@pytest.fixture
def sample() -> Sample:
    return Sample()


def planned(sample: Sample, forename: str = "Łukasz", day: str = "2026-12-03", **values) -> str:
    pupil = sample.pupil(forename, **values)
    sample.add("conversations", pupil=pupil, planned_for=day, at="15:45")
    return pupil


def told(sample: Sample, within: int | None = None) -> tuple[list[str], tuple[str, ...]]:
    found = letters_to(sample, sample.all("pupils"), TODAY, within)
    return [each.contact["name"] for each in found.letters], found.left


def test_each_who_gets_letters_has_one_of_their_own(sample: Sample) -> None:
    pupil = planned(sample)
    for name, gets in (("Mum [/b]", True), ("Dad", True), ("Aunt", False)):
        sample.add("contacts", pupil=pupil, name=name, send_letters=gets)
    assert told(sample) == (["Mum [/b]", "Dad"], ())


def test_nothing_is_written_to_a_contact_with_a_restriction_and_it_is_said(sample: Sample) -> None:
    pupil = planned(sample)
    sample.add("contacts", pupil=pupil, name="Mum", send_letters=True)
    sample.add("contacts", pupil=pupil, name="Dad", send_letters=True, restriction="Court order 7")
    names, left = told(sample)
    assert names == ["Mum"]
    (sentence,) = left
    assert "Dad" in sentence
    assert "restriction" in sentence
    assert "Court order" not in sentence


def test_a_restriction_of_spaces_is_none(sample: Sample) -> None:
    pupil = planned(sample)
    sample.add("contacts", pupil=pupil, name="Mum", send_letters=True, restriction=" \n")
    assert told(sample) == (["Mum"], ())


def test_where_nobody_may_be_written_to_it_is_said(sample: Sample) -> None:
    pupil = planned(sample)
    sample.add("contacts", pupil=pupil, name="Dad", send_letters=True, restriction="No")
    sample.add("contacts", pupil=pupil, name="Gran", send_letters=False)
    names, left = told(sample)
    assert names == []
    assert "nobody is marked" in left[-1]


def test_an_interpreter_is_pointed_out(sample: Sample) -> None:
    pupil = planned(sample)
    sample.add("contacts", pupil=pupil, name="Mum", send_letters=True, interpreter=True)
    assert told(sample) == (["Mum"], ("Łukasz O'Neill: Mum needs an interpreter.",))


def test_the_next_conversation_is_meant_and_a_missed_or_held_one_is_none(sample: Sample) -> None:
    pupil = sample.pupil("Zoë")
    sample.add("conversations", pupil=pupil, planned_for="2026-11-01")
    sample.add("conversations", pupil=pupil, planned_for="2026-12-09", held_on="2026-11-20")
    sample.add("contacts", pupil=pupil, name="Mum", send_letters=True)
    assert told(sample) == ([], ("Zoë O'Neill: no conversation is planned.",))
    later = sample.add("conversations", pupil=pupil, planned_for="2027-02-01")
    sooner = sample.add("conversations", pupil=pupil, planned_for="2026-12-04")
    (letter,) = letters_to(sample, sample.all("pupils"), TODAY).letters
    assert letter.conversation["id"] == sooner != later


@pytest.mark.parametrize(("day", "written"), [("2026-12-06", True), ("2026-12-07", False)])
def test_a_reminder_is_of_a_conversation_within_the_days(sample, day: str, written: bool) -> None:
    pupil = planned(sample, day=day)
    sample.add("contacts", pupil=pupil, name="Mum", send_letters=True)
    assert told(sample, 14) == (["Mum"] if written else [], ())


def test_children_without_a_plan_are_counted(sample: Sample) -> None:
    sample.pupil("Ann")
    sample.pupil("Ben")
    assert told(sample) == ([], ("For 2 of these children no conversation is planned.",))
