from __future__ import annotations

import csv
import io
import sys
from datetime import date

import pytest
import time_machine

from senreg import export_log
from senreg.cli.output import cells
from senreg.errors import CannotWrite
from senreg.models.tables import TABLES, fields_of
from senreg.register import Register

from .conftest import School, Senreg


def names(documents: list[dict[str, str]]) -> list[str]:
    return [each["forename"] for each in documents]


def test_a_record_is_all_its_fields_and_no_internals(senreg: Senreg, school: School) -> None:
    for table in TABLES:
        for record in senreg("list", table, school, "--json").document:
            assert list(record) == ["id", *(field.name for field in fields_of(table))]


def test_json_keeps_names_as_they_went_in(senreg: Senreg, school: School) -> None:
    said = senreg("list", "pupils", school, "--json")
    assert "小明" in said.out
    assert {(each["surname"], each["forename"]) for each in said.document} == {
        ("O'Neill", "Sean"),
        ("李", "小明"),
        ("O'Neil", "Sam [EAL]"),
        ("[/b]", "Łukasz"),
    }


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (["class_name=5B"], ["Łukasz", "Sean"]),
        (["class_name=5b", "forename=lukasz"], ["Łukasz"]),
        (["year_group=5"], ["Sean"]),
        (["year_group=Year 5"], ["Sean"]),
        (["key_teacher=AO"], ["Sean"]),
        (["key_teacher=Ms Amara Olu"], ["Sean"]),
        (["dob=3 Nov 2016"], ["Sam [EAL]", "Sean"]),
        (["eal=yes"], ["Sean"]),
        (["class_name="], ["Sam [EAL]"]),
        (["upn=x123456789012"], ["Sean"]),
        (["surname=O’Neill"], ["Sean"]),
    ],
)
def test_where(senreg: Senreg, school: School, where: list[str], expected: list[str]) -> None:
    separate = [word for each in where for word in ("--where", each)]
    together = ["--where", *where]
    for words in ([school, *separate], [school, *together], [*together, school]):
        said = senreg("list", "pupils", *words, "--json")
        assert said.code == 0, said.err
        assert names(said.document) == expected


def test_where_no_means_known_not_to_be(senreg: Senreg, school: School) -> None:
    assert len(senreg("list", "pupils", school, "--where", "eal=no", "--json").document) == 3


def test_where_finds_codes_that_no_list_knows(senreg: Senreg, school: School) -> None:
    with Register.open(school.path) as register, register.commit("Old data") as c:
        old = c.add("sen_statuses", {"pupil": school.ming, "code": "A", "start": "2010-09-01"})
    found = senreg("list", "sen_statuses", school, "--where", "code=A", "--json").document
    assert [each["id"] for each in found] == [old]
    found = senreg("list", "sen_statuses", school, "--where", "code=SEN Support", "--json").document
    assert [each["pupil"] for each in found] == [school.sean]


@pytest.mark.parametrize(
    "words",
    [["--where", "year_group=Y44"], ["--where", "nothing=1"], ["--where", "dob=soon"],
     ["--on", "soon"], ["--on", "1/9/2025", "--archived"], ["--json", "--csv"]],
)  # fmt: skip
def test_a_question_that_cannot_be_asked_is_wrong_usage(
    senreg: Senreg, school: School, words: list[str]
) -> None:
    said = senreg("list", "pupils", school, *words)
    assert (said.code, said.out) == (2, "")
    assert said.err


def test_the_plain_table_is_aligned_also_under_wide_characters(
    senreg: Senreg, school: School
) -> None:
    lines = senreg("list", "pupils", school).out.splitlines()
    headings = "id Surname Forename Year group Class UPN Date of birth Key teacher EAL"
    assert lines[0].split() == headings.split()
    place = cells(lines[0][: lines[0].index("Class")])
    for line in lines[1:5]:
        for class_name in ("4A", "5B", "5b"):
            if f" {class_name}" in line:
                assert cells(line[: line.index(f" {class_name}") + 1]) == place
    assert lines[-1] == "4 records"


def test_the_plain_table_fits_a_narrow_screen(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    lines = senreg("list", "pupils", school).out.splitlines()
    assert max(cells(line) for line in lines[:5]) <= 60
    assert "more fields with --json or --csv" in lines[-1]


def test_an_empty_table_says_so(senreg: Senreg, school: School) -> None:
    assert senreg("list", "barriers", school).line == "barriers is empty."
    said = senreg("list", "pupils", school, "--where", "class_name=9Z")
    assert (said.code, said.line) == (0, "No records in pupils match.")


def test_csv_is_what_a_spreadsheet_opens_and_never_a_formula(
    senreg: Senreg, school: School
) -> None:
    senreg("add", "pupils", school, "surname==1+1", 'forename=Ann "Nan", B.')
    said = senreg("list", "pupils", school, "--where", "class_name=", "--csv")
    rows = list(csv.DictReader(io.StringIO(said.out, newline="")))
    assert [(row["Surname"], row["Forename"]) for row in rows] == [
        ("'=1+1", 'Ann "Nan", B.'),
        ("O'Neil", "Sam [EAL]"),
    ]


def test_csv_that_leaves_the_screen_is_on_the_list_of_what_was_handed_out(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    senreg("list", "pupils", school, "--where", "surname=O'Neil", "--csv")
    (noted,) = senreg("export", school, "--log", "--json").document
    assert noted["what"] == "Spreadsheet of 1 pupil, what is confidential too"
    assert (noted["kind"], noted["to"]) == ("spreadsheet", export_log.STREAM)
    assert noted["delete_after"]
    assert export_log.STREAM in senreg("export", school, "--log").out
    before = senreg("list", "pupils", school, "--json").document
    senreg("undo", school)
    assert senreg("list", "pupils", school, "--json").document != before


def test_what_is_looked_at_and_what_scripts_ask_is_not_on_it(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    senreg("list", "pupils", school)
    senreg("list", "pupils", school, "--json")
    senreg("list", "pupils", school, "--where", "class_name=9Z", "--csv")
    with monkeypatch.context() as on_a_screen:
        on_a_screen.setattr(sys.stdout, "isatty", lambda: True)
        said = senreg("list", "pupils", school, "--csv")
    assert "Sam [EAL]" in said.out
    assert senreg("export", school, "--log", "--json").document == []


def test_a_register_that_cannot_be_written_is_listed_all_the_same(
    senreg: Senreg, school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise CannotWrite("The disk is full.")

    monkeypatch.setattr(Register, "note", refuse)
    said = senreg("list", "pupils", school, "--csv")
    assert (said.code, said.err) == (0, "")
    assert "Sam [EAL]" in said.out


def test_on_a_date_a_period_counts_from_its_first_to_its_last_day(
    senreg: Senreg, school: School
) -> None:
    senreg("add", "sen_statuses", school, f"pupil={school.ming}", "code=M", "start=1/9/2024",
           "end=31/8/2025")  # fmt: skip

    def codes(day: str) -> list[str]:
        found = senreg("list", "sen_statuses", school, "--on", day, "--json").document
        return [each["code"] for each in found]

    assert codes("31/8/2024") == []
    assert codes("1/9/2024") == ["M"]
    assert codes("2025-08-31") == ["M"]
    assert codes("2025-09-02") == []
    assert codes("2025-09-03") == ["K"]


def test_on_a_date_something_that_happened_is_listed_on_its_day(
    senreg: Senreg, school: School
) -> None:
    words = [f"pupil={school.sam}", "kind=call", "happened_on=3/11/2025", "text=Rang."]
    assert senreg("add", "notes", school, *words).code == 0
    assert len(senreg("list", "notes", school, "--on", "3/11/2025", "--json").document) == 1
    assert senreg("list", "notes", school, "--on", "4/11/2025", "--json").document == []


@time_machine.travel(date(2026, 11, 22))
def test_on_a_date_pupils_are_those_on_roll_in_the_class_of_that_year(
    senreg: Senreg, school: School
) -> None:
    senreg("set", school.sean, school, "joined=4/9/2023")
    senreg("set", school.sam, school, "joined=1/9/2026")
    senreg("set", school.ming, school, "left=21/7/2026")
    senreg("add", "enrolments", school, f"pupil={school.sean}", "school_year=2025/26",
           "year_group=4", "class_name=4B", "key_teacher=TB")  # fmt: skip

    def on(day: str) -> dict[str, tuple[str | None, str | None, str | None]]:
        found = senreg("list", "pupils", school, "--on", day, "--json").document
        return {
            each["forename"]: (each["year_group"], each["class_name"], each["key_teacher"])
            for each in found
        }

    then = on("1/3/2026")
    assert then["Sean"] == ("4", "4B", school.senco)
    assert then["小明"] == (None, None, None)
    assert "Sam [EAL]" not in then
    now = on("today")
    assert now["Sean"] == ("5", "5B", school.teacher)
    assert "小明" not in now
    assert "Sean" not in on("1/9/2023")
    filtered = senreg(
        "list", "pupils", school, "--on", "1/3/2026", "--where", "class_name=4b", "--json"
    )
    assert names(filtered.document) == ["Sean"]


def test_on_a_date_is_refused_where_records_have_none(senreg: Senreg, school: School) -> None:
    said = senreg("list", "interventions", school, "--on", "today")
    assert said.code == 2
    assert "no dates" in said.err
