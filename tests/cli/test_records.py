from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import time_machine

from senreg.models.tables import fields_of
from senreg.register import Register

from .conftest import School, Senreg


def test_add_prints_the_id_alone_and_stores_what_was_typed(senreg: Senreg, school: School) -> None:
    said = senreg(
        "add", "pupils", school, "surname=O'Neil", "forename=Zoë [new]", "dob=03-Nov-2016",
        "year_group=Year 4", "key_teacher=ao", "fsm=yes",
    )  # fmt: skip
    assert (said.code, said.err) == (0, "")
    with Register.open(school.path, read_only=True) as register:
        row = register.get(said.line)
        assert row is not None
        assert row.table == "pupils"
        assert row.stored() == {
            "surname": "O'Neil",
            "forename": "Zoë [new]",
            "dob": "2016-11-03",
            "year_group": "4",
            "key_teacher": school.teacher,
            "fsm": True,
        }


def test_add_in_json_is_the_record_with_all_its_fields(senreg: Senreg, school: School) -> None:
    said = senreg("add", "targets", school, f"pupil={school.ming}", "kind=wider outcome", "--json")
    document = said.document
    assert list(document) == ["id", *(field.name for field in fields_of("targets"))]
    assert (document["pupil"], document["kind"], document["due"]) == (school.ming, "wider", None)
    assert senreg("show", document["id"], school, "--json").document == document


@pytest.mark.parametrize(
    "named", ["O'Neill, Sean", "sean o’neill", "X123456789012", "SEAN O'NEILL"]
)
def test_a_pupil_is_meant_by_whole_name_or_upn(senreg: Senreg, school: School, named: str) -> None:
    said = senreg("add", "notes", school, f"pupil={named}", "kind=call", "text=Rang Mum.", "--json")
    assert said.code == 0, said.err
    assert said.document["pupil"] == school.sean


def test_a_name_two_children_bear_is_refused_with_their_number(
    senreg: Senreg, school: School
) -> None:
    senreg("add", "pupils", school, "surname=O'Neill", "forename=Seán")
    said = senreg("add", "notes", school, "pupil=Sean O'Neill", "kind=call")
    assert (said.code, said.out) == (3, "")
    assert "2 among pupils bear that name" in said.err
    assert senreg("list", "notes", school, "--json").document == []


def test_several_people_are_parted_by_semicolons_or_commas(senreg: Senreg, school: School) -> None:
    group = senreg("set", school.group, school, "staff=AO, TB")
    assert group.code == 0, group.err
    assert senreg("show", school.group, school, "--json").document["staff"] == [
        school.teacher,
        school.senco,
    ]
    senreg("set", school.group, school, "staff=Mr T. O'Brien; Ms Amara Olu")
    assert senreg("show", school.group, school, "--json").document["staff"] == [
        school.senco,
        school.teacher,
    ]


def test_an_archived_record_is_referred_to_by_its_id_only(senreg: Senreg, school: School) -> None:
    senreg("archive", school.teacher, school)
    assert senreg("set", school.sam, school, "key_teacher=AO").code == 3
    assert senreg("set", school.sam, school, f"key_teacher={school.teacher}").code == 0


@time_machine.travel(date(2026, 11, 22))
def test_dates_are_read_as_people_say_them(senreg: Senreg, school: School) -> None:
    senreg("add", "terms", school, "name=Autumn", "start=2/9/2026", "end=18/12/2026")
    for typed, stored in (
        ("+6w", "2027-01-03"),
        ("fri", "2026-11-27"),
        ("end of term", "2026-12-18"),
        ("3/11", "2026-11-03"),
    ):
        assert senreg("set", school.target, school, f"due={typed}").code == 0
        assert senreg("show", school.target, school, "--json").document["due"] == stored


def test_an_empty_value_clears_a_field(senreg: Senreg, school: School) -> None:
    assert senreg("set", school.sean, school, "class_name=", "key_teacher=").code == 0
    document = senreg("show", school.sean, school, "--json").document
    assert (document["class_name"], document["key_teacher"]) == (None, None)
    assert document["surname"] == "O'Neill"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["dob=31/02/2014"], "31/02/2014 is not a date"),
        (["year_group=Year 44"], "Year group"),
        (["key_teacher=Nobody"], "nobody"),
        (["surname="], "Surname"),
        (["eal=perhaps"], "yes or no"),
    ],
)
def test_a_value_that_cannot_be_taken_changes_nothing(
    senreg: Senreg, school: School, words: list[str], says: str
) -> None:
    before = senreg("show", school.sean, school, "--json").document
    said = senreg("set", school.sean, school, "class_name=6C", *words)
    assert (said.code, said.out) == (3, "")
    assert says in said.err
    assert len(said.complaints) <= 3
    assert senreg("show", school.sean, school, "--json").document == before


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["shoe_size=3"], "no field called shoe_size"),
        (["forename=A", "forename=B"], "twice"),
        ([], "No FIELD=VALUE"),
        (["forename=A", "B"], "B is not FIELD=VALUE"),
        (["forename=\udce9"], "UTF-8"),
    ],
)
def test_words_that_are_not_understood_are_wrong_usage(
    senreg: Senreg, school: School, words: list[str], says: str
) -> None:
    said = senreg("set", school.sean, school, *words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err


def test_every_bad_field_is_named_at_once(senreg: Senreg, school: School) -> None:
    said = senreg("set", school.sean, school, "dob=soon", "eal=perhaps")
    assert "Date of birth" in said.err
    assert "EAL" in said.err


def test_what_is_odd_is_kept_and_pointed_out(senreg: Senreg, school: School) -> None:
    said = senreg("set", school.sam, school, "upn=A999456789012")
    assert said.code == 0
    assert "UPN" in said.err
    assert senreg("show", school.sam, school, "--json").document["upn"] == "A999456789012"


def test_there_is_one_school(senreg: Senreg, school: School) -> None:
    said = senreg("add", "school", school, "name=Another")
    assert said.code == 2
    assert len(senreg("list", "school", school, "--json").document) == 1


def test_archive_and_restore(senreg: Senreg, school: School) -> None:
    assert senreg("archive", school.ming, school).code == 0
    live = senreg("list", "pupils", school, "--json").document
    away = senreg("list", "pupils", school, "--archived", "--json").document
    assert school.ming not in {each["id"] for each in live}
    assert [each["id"] for each in away] == [school.ming]
    assert "restore-record" in senreg("show", school.ming, school).out
    assert senreg("restore-record", school.ming, school).code == 0
    assert senreg("list", "pupils", school, "--archived", "--json").document == []


def test_archiving_twice_changes_nothing_more(senreg: Senreg, school: School) -> None:
    senreg("archive", school.ming, school)
    before = senreg("history", school.ming, school, "--json").document
    assert senreg("archive", school.ming, school).code == 0
    assert senreg("history", school.ming, school, "--json").document == before


def test_an_id_that_is_not_there_is_refused(senreg: Senreg, school: School) -> None:
    for verb in (
        ["show", "nobody", school],
        ["set", "nobody", school, "text=x"],
        ["archive", "nobody", school],
        ["restore-record", "nobody", school],
        ["history", "nobody", school],
    ):
        said = senreg(*verb)
        assert (said.code, said.out) == (3, ""), verb
        assert "no record with that id" in said.err


def test_values_keep_their_equals_signs_and_line_breaks(senreg: Senreg, school: School) -> None:
    text = "a=b\n=SUM(A1)\n\t-2"
    said = senreg(
        "add", "notes", school, f"pupil={school.sam}", "kind=other", f"text={text}", "--json"
    )
    assert said.document["text"] == text


def test_a_commit_names_no_one(senreg: Senreg, school: School) -> None:
    senreg("set", school.sean, school, "class_name=6C")
    with Register.open(school.path, read_only=True) as register:
        (change,) = (each for each in register.history(school.sean) if each.new == "6C")
        assert change.label == "Change in pupils"


def test_a_register_whose_name_holds_an_equals_sign(
    senreg: Senreg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    senreg("new", "a=b", "--school", "A", "--plain")
    said = senreg("add", "staff", "a=b", "name=Ms C", "role=ta")
    assert said.code == 0, said.err
    assert len(senreg("list", "staff", "a=b", "--json").document) == 1


def test_what_is_odd_is_kept_and_told_where_it_is_typed(senreg: Senreg, school: School) -> None:
    said = senreg("set", school.sam, school, "dob=03/11/2099")
    assert (said.code, said.out) == (1, "")
    assert said.complaints == ["The date of birth of Sam [EAL] O'Neil is still to come."]
    assert senreg("show", school.sam, school, "--json").document["dob"] == "2099-11-03"
    said = senreg("set", school.sam, school, "interests=Trains")
    assert (said.code, said.err) == (0, ""), "it was told before"
    said = senreg("set", school.sam, school, "dob=03/11/2016")
    assert (said.code, said.err) == (0, "")


def test_a_second_open_status_is_told(senreg: Senreg, school: School) -> None:
    words = f"pupil={school.sean}", "code=E", "start=2025-10-01"
    said = senreg("add", "sen_statuses", school, *words)
    assert said.code == 1
    assert said.complaints == ["Sean O'Neill (5B) has 2 statuses open: SEN support and EHC plan."]
    assert senreg("show", said.line, school, "--json").document["code"] == "E"
    said = senreg("set", said.line, school, "end=2025-10-31")
    assert said.code == 1
    assert said.complaints == ["Two statuses of Sean O'Neill (5B) overlap from 1 Oct 2025."]


def test_the_first_status_of_a_child_is_not_odd_before_its_need(
    senreg: Senreg, school: School
) -> None:
    said = senreg("add", "sen_statuses", school, f"pupil={school.ming}", "code=K", "start=today")
    assert (said.code, said.err) == (0, "")


def test_a_child_entered_again_and_a_score_off_its_scale_are_told(
    senreg: Senreg, school: School
) -> None:
    said = senreg("add", "pupils", school, "surname=O’Neill", "forename=Sean", "dob=3/11/2016")
    assert said.code == 1
    assert said.err.count("is entered twice with the same name and date of birth.") == 1
    target = senreg(
        "add", "targets", school, f"pupil={school.sean}", "kind=wider", "unit=out of 10"
    )
    said = senreg("add", "target_reviews", school, f"target={target.line}", "value=14")
    assert said.complaints == ["Sean O'Neill (5B): 14 is more than “out of 10” allows."]
    assert said.code == 1
    assert senreg("add", "target_reviews", school, f"target={target.line}", "value=8").code == 0


def test_a_pupil_is_changed_by_name_and_of_two_alike_neither(
    senreg: Senreg, school: School
) -> None:
    assert senreg("set", "sean o’neill", school, "class_name=4C", "--as", "AO").code == 0
    (row,) = [
        each
        for each in senreg("list", "pupils", school, "--json").document
        if each["id"] == school.sean
    ]
    assert row["class_name"] == "4C"
    senreg("add", "pupils", school, "surname=O'Neill", "forename=Sean", "--as", "AO")
    said = senreg("set", "Sean O'Neill", school, "class_name=4D", "--as", "AO")
    assert (said.code, "4D" in senreg("list", "pupils", school).out) == (3, False)
