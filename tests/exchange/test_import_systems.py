"""The lists of five school systems, in every kind of file, give the same pupils."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senreg.exchange.spreadsheets_out import export_csv, export_xlsx

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register, plan_of, states

COUNT = 60


def as_dates(rows: school.Rows, written: str) -> list[list[Any]]:
    """The rows with dates written as text turned into dates of the spreadsheet's own."""
    from datetime import datetime

    def own(cell: Any) -> Any:
        try:
            return datetime.strptime(str(cell), written).astimezone().date()
        except ValueError:
            return cell

    return [[own(cell) for cell in row] for row in rows]


def in_csv(path: Path, rows: school.Rows) -> Path:
    return school.write_csv(path.with_suffix(".csv"), rows, encoding="utf-8-sig")


def in_semicolons(path: Path, rows: school.Rows) -> Path:
    return school.write_csv(path.with_suffix(".csv"), rows, delimiter=";", encoding="utf-16")


def in_xlsx(path: Path, rows: school.Rows) -> Path:
    return school.write_xlsx(path.with_suffix(".xlsx"), {"Cover": [["x"]], "Roll": rows})


def in_ods(path: Path, rows: school.Rows) -> Path:
    return school.write_ods(path.with_suffix(".ods"), {"Cover": [["x"]], "Roll": rows})


@pytest.mark.parametrize("write", [in_csv, in_semicolons, in_xlsx, in_ods])
@pytest.mark.parametrize("system", sorted(school.SYSTEMS))
def test_a_school_systems_list_is_understood(
    tmp_path: Path, system: str, write: Callable[[Path, school.Rows], Path]
) -> None:
    rows = school.SYSTEMS[system](COUNT)
    path = write(tmp_path / system, rows)
    with new_register(tmp_path) as register:
        plan = plan_of(register, path)
        assert not plan.worth_a_look, [row.problem or row.remarks for row in plan.rows]
        assert not any(row.upn_remarks for row in plan.rows)
        assert plan.counts == (COUNT, COUNT, 0, 0, 0, 0)
        plan.apply()
        statuses = register.by("sen_statuses", "pupil")
        needs = register.by("needs", "pupil")
        found = {
            row["upn"]: (
                row["surname"], row["forename"], row["dob"], row["year_group"], row["class_name"],
                "".join(each["code"] for each in statuses.get(row.id, ())),
                "".join(each["code"] for each in needs.get(row.id, ())),
            )
            for row in register.all("pupils")
        }  # fmt: skip
        with_needs = system not in ("sims", "insight")
        assert found == {
            each["upn"]: (
                each["surname"], each["forename"], each["dob"].isoformat(), str(each["year"]),
                each["class"], each["sen"], each["need"] if with_needs else "",
            )
            for each in school.pupils(COUNT)
        }  # fmt: skip
        again = plan_of(register, path)
        assert set(states(again)) == {"unchanged"}
        assert not again.worth_a_look


def test_excels_own_dates_and_text_give_the_same(tmp_path: Path) -> None:
    rows = school.sims(20)
    with new_register(tmp_path) as register:
        plan_of(register, school.write_csv(tmp_path / "a.csv", rows)).apply()
        dated = as_dates(rows, "%d/%m/%Y")
        assert any(isinstance(cell, date) for row in dated for cell in row)
        path = school.write_xlsx(tmp_path / "a.xlsx", {"Roll": dated})
        assert set(states(plan_of(register, path))) == {"unchanged"}


def test_flags_are_understood(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan_of(register, school.write_csv(tmp_path / "a.csv", school.insight(20))).apply()
        assert sum(bool(row["eal"]) for row in register.all("pupils")) == 4
        assert sum(bool(row["pupil_premium"]) for row in register.all("pupils")) == 10
        notes = [row["text"].splitlines()[1] for row in register.all("notes")]
        assert set(notes) == {"Summer born: Summer born"}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_our_own_export_comes_back_unchanged(tmp_path: Path, ending: str) -> None:
    with new_register(tmp_path) as register:
        plan_of(register, school.write_csv(tmp_path / "a.csv", school.scholarpack(40))).apply()
        with register.commit("Awkward words") as c:
            row = register.all("pupils")[0]
            c.set(row, preferred_name="=1+1", interests='+cats\n"dogs"; @home', strengths="-")
        path = tmp_path / f"out.{ending}"
        if ending == "csv":
            export_csv(register, "pupils", path)
        else:
            export_xlsx(register, path, ["pupils"])
        plan = plan_of(register, path, whole_roll=True)
        assert set(states(plan)) == {"unchanged"}
        assert not plan.absent
        register.undo()
        plan = plan_of(register, path)
        (changed,) = [row for row in plan.rows if row.state == "changed"]
        assert {each.field: each.new for each in changed.changes} == {
            "preferred_name": "=1+1", "interests": '+cats\n"dogs"; @home', "strengths": "-",
        }  # fmt: skip


def test_two_thousand_pupils_are_compared_without_looking_at_each_pair(tmp_path: Path) -> None:
    """Comparing reads each pupil's row a number of times that does not grow with the file."""
    from senreg.store.rows import Row

    def reads(count: int) -> float:
        seen = 0
        original = Row.__getitem__

        def counting(row: Row, name: str) -> Any:
            nonlocal seen
            seen += 1
            return original(row, name)

        folder = tmp_path / str(count)
        folder.mkdir()
        path = school.write_csv(folder / "a.csv", school.arbor(count))
        with new_register(folder) as register, pytest.MonkeyPatch.context() as patch:
            plan_of(register, path).apply()
            patch.setattr(Row, "__getitem__", counting)
            assert len(plan_of(register, path, whole_roll=True).rows) == count
        return seen / count

    assert reads(1200) < 1.3 * reads(300)


def test_a_whole_roll_a_year_on(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan_of(register, school.write_csv(tmp_path / "a.csv", school.sims(30))).apply()
        rows = [list(row) for row in school.sims(32)]
        del rows[3:5]
        rows[3][2] = "6Z"
        plan = plan_of(register, school.write_csv(tmp_path / "b.csv", rows), whole_roll=True)
        assert plan.counts == (30, 2, 1, 27, 0, 2)
        assert plan.today == TODAY


def test_our_export_comes_into_another_register_by_names(tmp_path: Path) -> None:
    with new_register(tmp_path) as register:
        plan_of(register, school.write_csv(tmp_path / "a.csv", school.scholarpack(12))).apply()
        export_csv(register, "pupils", tmp_path / "out.csv")
    (tmp_path / "other").mkdir()
    with new_register(tmp_path / "other") as other:
        plan = plan_of(other, tmp_path / "out.csv")
        assert {each.name for each in plan.new_staff} == {"Mrs J Patel", "Mr T Okafor"}
        plan.apply()
        names = {row.id: row["name"] for row in other.all("staff")}
        teachers = [names[row["key_teacher"]] for row in other.all("pupils")]
        assert teachers == [each["teacher"] for each in school.pupils(12)]
        assert all("Id: " in row["text"] for row in other.all("notes"))
