"""`senreg compare`: the register beside a list of the school's own system."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from senreg.register import Register

from .conftest import Senreg

HEAD = ["UPN", "Surname", "Forename", "DOB", "Class", "SEN status", "Primary need"]
ANN = ["B801200005001", "O'Neill", "Ann [x]", "03/11/2016", "4B", "K", "SLCN"]
LEO = ["", "Łukasz", "Leo", "01/02/2017", "4B", "", ""]


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = tmp_path / "school.senreg"
    with Register.create(folder, "Larkrise") as register, register.commit("Add") as c:
        ann = c.add(
            "pupils",
            {
                "upn": "B801200005001",
                "surname": "O'Neill",
                "forename": "Ann [x]",
                "dob": "2016-11-03",
                "class_name": "4A",
            },
        )
        c.add("sen_statuses", {"pupil": ann, "code": "E", "start": "2024-01-08"})
        c.add("needs", {"pupil": ann, "code": "SLCN", "rank": 1})
        leo = c.add("pupils", {"surname": "Łukasz", "forename": "Leo", "dob": "2017-02-01"})
        c.add("sen_statuses", {"pupil": leo, "code": "K", "start": "2024-01-08"})
        c.add("needs", {"pupil": leo, "code": "SPLD", "rank": 1})
        c.add("pupils", {"surname": "小明", "forename": "Wang", "class_name": "4B"})
    return folder


@pytest.fixture
def roll(tmp_path: Path):
    def write(*rows: list[str]) -> Path:
        path = tmp_path / "roll.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return path

    return write


def test_each_difference_has_a_side_and_nothing_is_changed(
    senreg: Senreg, school: Path, roll
) -> None:
    new = ["", "Shah", "Sam", "05/06/2017", "4B", "K", "ASD"]
    plain = ["", "Green", "Bo", "05/06/2016", "4B", "N", ""]
    bad = ["", "Ólafs", "Eli", "31/02/2014", "3A", "", ""]
    said = senreg("compare", roll(ANN, LEO, new, plain, bad), "--with", school, "--whole-roll",
                  "--json")  # fmt: skip
    assert said.code == 1
    found = said.document
    assert [found[key] for key in ("rows", "alike", "unknown", "absent", "problems")] == [
        5, 0, 1, 1, 1,
    ]  # fmt: skip
    told = [
        (each["side"], each["name"], each.get("field"), each.get("here"), each.get("there"))
        for each in found["details"]
    ]
    assert told[:5] == [
        ("there", "O'Neill, Ann [x]", "sen_statuses.code", "EHC plan", "SEN support"),
        ("there", "Łukasz, Leo", "sen_statuses.code", "SEN support", "(blank)"),
        ("there", "Łukasz, Leo", "needs.code", "SPLD", "(blank)"),
        ("here", "O'Neill, Ann [x]", "class_name", "4A", "4B"),
        ("here", "Łukasz, Leo", "class_name", "(blank)", "4B"),
    ]
    assert [each[:2] for each in told[5:]] == [
        ("unknown", "Shah, Sam"),
        ("absent", "小明, Wang"),
        ("problem", "Ólafs, Eli"),
    ]
    with Register.open(school, read_only=True) as register:
        assert register.count("pupils") == 3


def test_what_the_school_system_is_right_about_is_taken_in_one_step(
    senreg: Senreg, school: Path, roll
) -> None:
    new = ["", "Shah", "Sam", "05/06/2017", "4B", "K", "ASD"]
    path = roll(ANN, LEO, new)
    assert "Class: here 4A, there 4B" in senreg("compare", path, "--with", school).out
    said = senreg("compare", path, "--with", school, "--take")
    assert said.code == 1
    assert "Taken into the register: 2 pupils." in said.out
    with Register.open(school, read_only=True) as register:
        assert {row["class_name"] for row in register.all("pupils")} == {"4B"}
        assert register.count("pupils") == 3
        assert {row["code"] for row in register.all("sen_statuses")} == {"E", "K"}
    assert senreg("undo", school).code == 0
    with Register.open(school, read_only=True) as register:
        assert {row["class_name"] for row in register.all("pupils")} == {"4A", "4B", None}


def test_two_that_agree_say_so(senreg: Senreg, school: Path, roll) -> None:
    ann = [*ANN[:4], "4A", "E", "SLCN"]
    leo = [*LEO[:4], "", "SEN Support", "SPLD"]
    said = senreg("compare", roll(ann, leo), "--with", school)
    assert (said.code, said.out.splitlines()) == (
        0,
        ["2 pupils alike; 0 to change there, 0 to take here."],
    )


def test_none_n_and_monitored_are_one_in_another_system(senreg: Senreg, school: Path, roll) -> None:
    with Register.open(school) as register, register.commit("Set") as c:
        for row in register.all("sen_statuses"):
            c.set(row.id, code="M")
        for row in register.all("needs"):
            c.archive(row.id)
    ann = [*ANN[:4], "4A", "N", ""]
    said = senreg("compare", roll(ann, [*LEO[:4], "", "", ""]), "--with", school)
    assert said.code == 0


def test_a_file_without_pupils_is_refused(senreg: Senreg, school: Path, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    assert senreg("compare", path, "--with", school).code == 3
    assert senreg("compare", tmp_path / "none.csv", "--with", school).code == 3
