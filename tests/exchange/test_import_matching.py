"""Every row finds its pupil: by UPN, else by name and birth; where two fit, a person is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import WrongUsage
from senreg.exchange.pupils_import import NEW
from senreg.register import Register

from . import spreadsheet_school as school
from .import_steps import changed, new_register, plan_rows, states

HEAD = ["Surname", "Forename", "DOB", "UPN", "Class"]


@pytest.fixture
def register(tmp_path: Path):
    with new_register(tmp_path) as made:
        yield made


def add(register: Register, surname: str, forename: str, dob: str | None = None, **more) -> str:
    with register.commit("Add a pupil") as c:
        return c.add("pupils", {"surname": surname, "forename": forename, "dob": dob, **more})


def one(register: Register, tmp_path: Path, *cells: object, **options):
    plan = plan_rows(register, tmp_path, [HEAD, list(cells)], **options)
    return plan, plan.rows[0]


def test_a_upn_finds_a_pupil_under_another_name(register: Register, tmp_path: Path) -> None:
    sam = add(register, "O'Neill", "Sam", "2016-11-03", upn=school.upn(1))
    _, row = one(register, tmp_path, "Smith", "Sam", "03/11/2016", school.upn(1).lower(), "")
    assert (row.pupil, row.state) == (sam, "changed")
    assert changed(row) == {"surname": ("O'Neill", "Smith")}


def test_a_upn_of_somebody_else_is_put_to_the_person(register: Register, tmp_path: Path) -> None:
    sam = add(register, "O'Neill", "Sam", "2016-11-03", upn=school.upn(1))
    plan, row = one(register, tmp_path, "Nowak", "Ewa", "01/02/2017", school.upn(1), "")
    assert row.state == "problem"
    assert [each.pupil for each in row.candidates] == [sam]
    plan.choose(2, sam)
    assert plan.rows[0].pupil == sam
    plan.choose(2, NEW)
    assert plan.rows[0].state == "new"


@pytest.mark.parametrize(
    "cells",
    [
        ("O'Neill", "Sam", "03/11/2016", "", ""),
        ("O’NEILL", "SAM", "2016-11-03", "", ""),
        ("oneill", "sam", "3 Nov 2016", "", ""),
        ("O'Neill", "Samuel", "03/11/2016", "", ""),
        ("O'Neill", "Sam", "", "", ""),
        ("O'Neill", "Sam", "03/11/2016", school.upn(7), ""),
    ],
)
def test_a_name_finds_a_pupil(register: Register, tmp_path: Path, cells: tuple[str, ...]) -> None:
    sam = add(register, "O'Neill", "Samuel", "2016-11-03", preferred_name="Sam")
    add(register, "O'Neill", "Ewa", "2016-11-03")
    _, row = one(register, tmp_path, *cells)
    assert row.pupil == sam
    assert set(changed(row)) <= {"upn", "surname", "forename"}
    assert "forename" not in changed(row)


def test_accents_and_whole_names_find_a_pupil(register: Register, tmp_path: Path) -> None:
    maria = add(register, "García López", "María", "2016-11-03")
    head = ["Name", "DOB"]
    for name in ("Maria Garcia Lopez", "García López, María", "GARCIA LOPEZ Maria"):
        plan = plan_rows(register, tmp_path, [head, [name, "03/11/2016"]])
        assert (plan.rows[0].pupil, plan.rows[0].state) == (maria, "unchanged")


def test_another_birthday_is_another_child_and_is_told(register: Register, tmp_path: Path) -> None:
    add(register, "O'Neill", "Sam", "2016-11-03")
    plan, row = one(register, tmp_path, "O'Neill", "Sam", "04/11/2016", "", "")
    assert row.state == "new"
    assert "3 Nov 2016" in row.remarks[0]
    assert plan.worth_a_look


def test_twins_are_two_pupils(register: Register, tmp_path: Path) -> None:
    ada = add(register, "Okafor", "Ada", "2016-11-03")
    rows = [HEAD, ["Okafor", "Ada", "03/11/2016", "", ""], ["Okafor", "Ben", "03/11/2016", "", ""]]
    plan = plan_rows(register, tmp_path, rows)
    assert [(row.state, row.pupil) for row in plan.rows] == [("unchanged", ada), ("new", "")]


def test_two_candidates_are_put_to_the_person(register: Register, tmp_path: Path) -> None:
    first = add(register, "Begum", "Ayesha", class_name="4A")
    second = add(register, "Begum", "Ayesha", class_name="4B")
    plan, row = one(register, tmp_path, "Begum", "Ayesha", "", "", "4B")
    assert row.state == "problem"
    assert {each.pupil for each in row.candidates} == {first, second}
    assert any("4A" in each.words for each in row.candidates)
    plan.choose(2, second)
    assert states(plan) == ["unchanged"]
    plan.choose(2, first)
    assert changed(plan.rows[0]) == {"class_name": ("4A", "4B")}
    plan.choose(2, NEW)
    assert states(plan) == ["new"]


def test_birth_settles_between_namesakes(register: Register, tmp_path: Path) -> None:
    add(register, "Begum", "Ayesha", "2016-11-03")
    second = add(register, "Begum", "Ayesha", "2017-01-05")
    _, row = one(register, tmp_path, "Begum", "Ayesha", "05/01/2017", "", "")
    assert row.pupil == second


def test_rows_with_a_upn_choose_before_rows_without(register: Register, tmp_path: Path) -> None:
    known = add(register, "Begum", "Ayesha", "2016-11-03", upn=school.upn(1))
    rows = [
        HEAD,
        ["Begum", "Ayesha", "03/11/2016", school.upn(2), ""],
        ["Begum", "Ayesha", "03/11/2016", school.upn(1), ""],
    ]
    plan = plan_rows(register, tmp_path, rows)
    assert [(row.state, row.pupil) for row in plan.rows] == [("new", ""), ("unchanged", known)]


def test_the_second_row_of_a_upn_is_a_problem(register: Register, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["Begum", "Ayesha", "03/11/2016", school.upn(1), ""],
        ["Nowak", "Ewa", "04/11/2016", school.upn(1), ""],
        ["Nowak", "Ewa", "04/11/2016", " " + school.upn(1).lower(), ""],
        ["Okafor", "Ada", "05/11/2016", school.upn(2), ""],
    ]
    plan = plan_rows(register, tmp_path, rows)
    assert states(plan) == ["new", "problem", "problem", "new"]
    assert "row 2" in plan.rows[1].problem


def test_the_same_pupil_twice_is_a_problem_to_settle(register: Register, tmp_path: Path) -> None:
    add(register, "Begum", "Ayesha", "2016-11-03")
    twice = ["Begum", "Ayesha", "03/11/2016", "", "4A"]
    plan = plan_rows(register, tmp_path, [HEAD, twice, twice])
    assert states(plan) == ["changed", "problem"]
    plan.choose(3, NEW)
    assert states(plan) == ["changed", "new"]
    newcomer = ["Nowak", "Ewa", "03/11/2016", "", "4A"]
    plan = plan_rows(register, tmp_path, [HEAD, newcomer, newcomer])
    assert states(plan) == ["new", "problem"]


def test_a_pupil_who_was_put_away_is_asked_about(register: Register, tmp_path: Path) -> None:
    sam = add(register, "O'Neill", "Sam", "2016-11-03")
    with register.commit("Put away") as c:
        c.archive(sam)
    plan, row = one(register, tmp_path, "O'Neill", "Sam", "03/11/2016", "", "4B")
    assert row.state == "problem"
    assert row.candidates[0].archived
    plan.choose(2, sam)
    plan.apply()
    assert [(each.id, each["class_name"]) for each in register.all("pupils")] == [(sam, "4B")]


def test_our_own_ids_find_a_pupil(register: Register, tmp_path: Path) -> None:
    sam = add(register, "O'Neill", "Sam")
    rows = [["Id", "Surname", "Forename"], [sam, "Smith", "Samuel"], ["77", "Nowak", "Ewa"]]
    plan = plan_rows(register, tmp_path, rows)
    assert plan.rows[0].pupil == sam
    assert plan.rows[1].state == "new"


def test_ids_of_another_system_are_kept_as_a_note(register: Register, tmp_path: Path) -> None:
    rows = [["Id", "Surname", "Forename"], ["77", "Nowak", "Ewa"]]
    plan = plan_rows(register, tmp_path, rows)
    assert "Id: 77" in str(changed(plan.rows[0])["notes"][1])


def test_an_answer_must_name_a_pupil_and_a_row_that_can_be_read(
    register: Register, tmp_path: Path
) -> None:
    rows = [HEAD, ["Nowak", "Ewa", "31/02/2014", "", ""], ["Nowak", "Jan", "", "", ""]]
    plan = plan_rows(register, tmp_path, rows)
    for number, answer in ((2, NEW), (3, "nobody"), (99, NEW)):
        with pytest.raises(WrongUsage):
            plan.choose(number, answer)


def test_a_row_may_be_left_out_and_taken_in_again(register: Register, tmp_path: Path) -> None:
    plan, _ = one(register, tmp_path, "Nowak", "Ewa", "03/11/2016", "", "")
    plan.leave_out(2)
    assert states(plan) == ["problem"]
    plan.leave_out(2, out=False)
    assert states(plan) == ["new"]


def test_names_that_are_missing_make_no_pupil(register: Register, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["Nowak", "", "03/11/2016", "", ""],
        ["", "", "", school.upn(3), ""],
        ["", "", "", "", "4B"],
    ]
    plan = plan_rows(register, tmp_path, rows)
    assert states(plan) == ["problem"] * 3
    plan = plan_rows(register, tmp_path, [["Name", "Class"], ["小明", "4B"]])
    assert "one part" in plan.rows[0].problem
