"""A register made of a file: whole and in its place, or not there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import CannotWrite, SenregError, Unreadable
from senreg.exchange.import_parts import ImportCancelled
from senreg.exchange.pupils_import import ImportPlan
from senreg.exchange.starter import starter_bank
from senreg.exchange.starting import start_register
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import take_sheet
from senreg.exchange.unmade import Unmade
from senreg.register import Register

ROLL = "Surname,Forename,DOB,Class,SEN status,Teacher\n" + "".join(
    f"[/{row}],小明 {row},03/11/2016,4B,SEN Support,Mrs [Khan]\n" for row in range(600)
)


@pytest.fixture
def plan(tmp_path: Path) -> ImportPlan:
    path = tmp_path / "roll.csv"
    path.write_text(ROLL, encoding="utf-8")
    taken = take_sheet(read_table_file(path), Unmade(), "pupils")
    assert taken.suffices
    made = taken.plan(Unmade())
    assert isinstance(made, ImportPlan)
    return made


def left_behind(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_dir())


def test_a_plan_is_made_without_a_register_and_cannot_be_written(plan: ImportPlan) -> None:
    assert plan.counts.new == 600
    with pytest.raises(SenregError, match="no register yet"):
        plan.apply()


def test_it_becomes_a_register_with_everything_in_it(plan: ImportPlan, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    applied = start_register(
        tmp_path / "school.senreg",
        {"name": "Moss [x]"},
        plan,
        progress=lambda done, total: told.append((done, total)),
    )
    assert (applied.counts.new, applied.staff) == (600, 1)
    assert told[0] == (0, 600)
    assert len(told) > 1
    assert left_behind(tmp_path) == ["school.senreg"]
    with Register.open(tmp_path / "school.senreg") as register:
        assert register.school["name"] == "Moss [x]"
        assert register.count("pupils") == 600
        assert {row["forename"] for row in register.find("pupils", surname="[/7]")} == {"小明 7"}
        assert register.count("target_examples") == len(starter_bank())
        assert register.undo() is not None
        assert register.count("pupils") == 0
        assert register.count("target_examples") == len(starter_bank())


def test_an_empty_folder_that_is_there_will_do(plan: ImportPlan, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    start_register(tmp_path / "made", {"name": "Moss"}, plan)
    with Register.open(tmp_path / "made") as register:
        assert register.count("pupils") == 600


def test_stopped_half_way_nothing_is_left_and_it_can_be_tried_again(
    plan: ImportPlan, tmp_path: Path
) -> None:
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 1

    with pytest.raises(ImportCancelled):
        start_register(tmp_path / "school.senreg", {"name": "Moss"}, plan, cancelled=stop)
    assert left_behind(tmp_path) == []
    start_register(tmp_path / "school.senreg", {"name": "Moss"}, plan)
    assert left_behind(tmp_path) == ["school.senreg"]


def test_a_folder_that_holds_something_is_left_alone(plan: ImportPlan, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(Unreadable):
        start_register(tmp_path / "full", {"name": "Moss"}, plan)
    assert [each.name for each in (tmp_path / "full").iterdir()] == ["letter.txt"]


def test_a_folder_that_is_nowhere_is_refused(plan: ImportPlan, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite):
        start_register(tmp_path / "no" / "where.senreg", {"name": "Moss"}, plan)


def test_pupils_are_not_put_among_others_unseen(plan: ImportPlan, tmp_path: Path) -> None:
    with Register.create(tmp_path / "other.senreg", "Other") as register:
        with register.commit("Fill") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Seán"})
        with pytest.raises(SenregError, match="pupils in that register"):
            plan.into(register)


def test_an_import_that_is_stopped_writes_nothing(plan: ImportPlan, tmp_path: Path) -> None:
    with Register.create(tmp_path / "school.senreg", "Moss") as register:
        plan.into(register)
        before = register.version
        asked: list[bool] = []

        def stop() -> bool:
            asked.append(True)
            return len(asked) > 2

        with pytest.raises(ImportCancelled):
            plan.apply(cancelled=stop)
        assert register.version == before
        assert register.count("pupils") == 0
