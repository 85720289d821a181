from __future__ import annotations

import re
from pathlib import Path

import pytest

from senreg.register import Register

from .conftest import School, Senreg

HISTORY_KEYS = ["at", "by", "copy", "table", "record", "field", "old", "new", "commit"]


def test_history_has_an_entry_a_field_oldest_first(senreg: Senreg, school: School) -> None:
    senreg("set", school.sam, school, "class_name=5A", "--as", "TB")
    senreg("set", school.sam, school, "class_name=5B", "eal=yes", "--as", "Ms Amara Olu")
    history = senreg("history", school.sam, school, "--json").document
    assert all(list(entry) == HISTORY_KEYS for entry in history)
    given = {entry["field"]: entry["new"] for entry in history[:3]}
    assert given == {"surname": "O'Neil", "forename": "Sam [EAL]", "dob": "2016-11-03"}
    later = [(each["field"], each["old"], each["new"], each["by"]) for each in history[3:]]
    assert later[0] == ("class_name", None, "5A", school.senco)
    assert sorted(later[1:]) == [
        ("class_name", "5A", "5B", school.teacher),
        ("eal", None, True, school.teacher),
    ]
    assert history[-1]["commit"] == history[-2]["commit"] != history[-3]["commit"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", each["at"]) for each in history)
    assert {each["record"] for each in history} == {school.sam}


def test_history_can_tell_of_all_that_belongs_to_a_pupil(senreg: Senreg, school: School) -> None:
    whole = senreg("history", school.sean, school, "--all", "--json").document
    assert {school.sean, school.target} < {each["record"] for each in whole}
    assert {each["table"] for each in whole} >= {"pupils", "targets", "needs", "placements"}


def test_history_of_a_field_and_of_a_person(senreg: Senreg, school: School) -> None:
    senreg("set", school.sam, school, "class_name=5A", "eal=yes", "--as", "TB")
    senreg("set", school.sam, school, "class_name=5B", "--as", "AO")

    def told(*words: str) -> list[tuple[str, object, str]]:
        found = senreg("history", school.sam, school, "--json", *words).document
        return [(each["field"], each["new"], each["by"]) for each in found]

    assert told("--field", "class_name") == [
        ("class_name", "5A", school.senco),
        ("class_name", "5B", school.teacher),
    ]
    assert told("--by", "AO") == [("class_name", "5B", school.teacher)]
    assert {by for _, _, by in told("--by", "sam")} == {"sam"}
    assert told("--by", "AO", "--field", "eal") == []
    none = senreg("history", school.sam, school, "--by", "AO", "--field", "eal")
    assert (none.code, none.line) == (0, "No such change.")
    (only,) = senreg(
        "history", school.sam, school, "--json", "--field", "class_name", "--by", "AO"
    ).document
    assert only["old"] == "5A"


def test_history_in_words_names_people(senreg: Senreg, school: School) -> None:
    senreg("set", school.sean, school, "key_teacher=TB", "--as", "AO")
    last = senreg("history", "Sean O'Neill", school).out.splitlines()[-1]
    assert re.search(r"Ms Amara Olu +Key teacher +Ms Amara Olu +Mr T. O'Brien", last)
    assert re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4}, \d\d:\d\d  ", last), "the time in words"


def test_no_date_is_told_as_it_is_stored(senreg: Senreg, school: School) -> None:
    for words in (
        ("show", school.sean),
        ("show", school.target),
        ("history", school.sean),
        ("list", "pupils"),
        ("list", "sen_statuses"),
        ("list", "targets"),
        ("check",),
    ):
        said = senreg(*words, school)
        assert said.out
        assert re.search(r"\b\d{4}-\d\d-\d\d\b", said.out) is None, said.out


def test_undo_and_redo_over_restarts(senreg: Senreg, school: School) -> None:
    def class_name() -> str:
        document = senreg("show", school.sam, school, "--json").document
        return str(document["class_name"])

    senreg("set", school.sam, school, "class_name=5A")
    senreg("set", school.sam, school, "class_name=5B")
    assert senreg("undo", school).line == "Undone: Change in pupils (1 record)."
    assert class_name() == "5A"
    senreg("undo", school)
    assert class_name() == "None"
    assert senreg("redo", school).code == 0
    assert class_name() == "5A"
    senreg("redo", school)
    assert class_name() == "5B"
    said = senreg("redo", school)
    assert (said.code, said.line) == (1, "There is nothing to redo.")


def test_undoing_an_addition_puts_the_record_away(senreg: Senreg, school: School) -> None:
    new = senreg("add", "pupils", school, "surname=Zu", "forename=Viel").line
    assert senreg("undo", school).code == 0
    assert new not in senreg("list", "pupils", school, "--json").out


def test_undo_says_what_it_left(senreg: Senreg, school: School, tmp_path: Path) -> None:
    other = tmp_path / "other.senreg"
    senreg("export", school, "--to", tmp_path / "out.senreg-bundle")
    senreg("join", tmp_path / "out.senreg-bundle", "--at", other)
    senreg("set", school.sam, school, "class_name=5A", "year_group=5")
    senreg("export", school, "--to", tmp_path / "again.senreg-bundle")
    senreg("merge", tmp_path / "again.senreg-bundle", "--into", other)
    senreg("set", school.sam, other, "class_name=6C")
    senreg("export", other, "--to", tmp_path / "back.senreg-bundle")
    assert senreg("merge", tmp_path / "back.senreg-bundle", "--into", school).code == 0
    said = senreg("undo", school)
    assert said.code == 1
    assert "Left as it is, because it was changed since: Sam [EAL] O'Neil, Class." in said.out
    document = senreg("show", school.sam, school, "--json").document
    assert (document["class_name"], document["year_group"]) == ("6C", None)


def test_nothing_to_undo_on_a_joined_copy(senreg: Senreg, school: School, tmp_path: Path) -> None:
    senreg("export", school, "--to", tmp_path / "out.senreg-bundle")
    senreg("join", tmp_path / "out.senreg-bundle", "--at", tmp_path / "b.senreg")
    said = senreg("undo", tmp_path / "b.senreg")
    assert said.code == 1
    assert "nothing to undo" in said.out


@pytest.mark.parametrize("named", ["TB", "mr t. o’brien", "Mr T. O'Brien"])
def test_who_writes_is_named_by_as(senreg: Senreg, school: School, named: str) -> None:
    senreg("set", school.sam, school, "class_name=5A", "--as", named)
    assert senreg("history", school.sam, school, "--json").document[-1]["by"] == school.senco


def test_somebody_unknown_cannot_write(senreg: Senreg, school: School) -> None:
    said = senreg("set", school.sam, school, "class_name=5A", "--as", "XY")
    assert (said.code, said.out) == (3, "")
    assert senreg("show", school.sam, school, "--json").document["class_name"] is None


def test_who_writes_may_come_from_the_environment_or_the_machine(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    from senreg.settings import Settings

    def writer() -> str:
        senreg("set", school.sam, school, f"interests=Lego {next(tick)}")
        return str(senreg("history", school.sam, school, "--json").document[-1]["by"])

    tick = iter(range(9))
    assert writer() == "sam"
    with Register.open(school.path, read_only=True) as register:
        settings = Settings.load()
        settings.people[register.register_id] = school.teacher
        settings.save()
    assert writer() == school.teacher
    monkeypatch.setenv("SENREG_PERSON", "TB")
    assert writer() == school.senco
    monkeypatch.setenv("SENREG_PERSON", "A visitor")
    assert writer() == "A visitor"


def test_everything_one_person_did_is_told_across_the_register(
    senreg: Senreg, school: School
) -> None:
    senreg("set", school.sean, school, "class_name=4A", "--as", "AO")
    senreg("set", school.target, school, "area=spelling", "--as", "TB")
    told = senreg("history", "everything", school, "--json").document
    assert {each["table"] for each in told} >= {"school", "pupils", "staff", "targets"}
    hers = senreg("history", "everything", school, "--by", "AO", "--json").document
    assert [(each["record"], each["new"]) for each in hers] == [(school.sean, "4A")]
    areas = senreg("history", "everything", school, "--field", "area", "--json").document
    assert [each["new"] for each in areas] == ["reading", "spelling"]
