"""Marks of sessions from one's own sheet: child, group and day; the sessions come with them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from senreg.exchange.import_words import as_document, as_lines
from senreg.exchange.records_import import RecordsPlan
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import table_meant, take_sheet
from senreg.register import Register
from senreg.rules.sessions import sitting_of

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register, states

CHILDREN = [("O'Neill", "Sam"), ("Nowak", "Łukasz"), ("王", "小明"), ("Lee [B]", "Bo")]
HEAD = ["Child", "Group", "Date", "Mark"]
MARKS = [
    HEAD,
    ["O'Neill, Sam", "Lego therapy", "03/11/2026", "Present"],
    ["Nowak, Łukasz", "lego therapy (Rainbow [room])", date(2026, 11, 3), "Absent"],
    ["王, 小明", "Lego therapy", "3 Nov 2026", "Late"],
    ["O'Neill, Sam", "Lego therapy", "10/11/2026", "Present"],
    ["Lee [B], Bo", "=Toast club", "2026-11-10", "Present"],
]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path) as made:
        with made.commit("Fill") as c:
            for surname, forename in CHILDREN:
                c.add("pupils", {"surname": surname, "forename": forename})
            for name, place in (("Lego therapy", "Rainbow [room]"), ("=Toast club", None)):
                runs = c.add("interventions", {"name": name})
                c.add("groups", {"intervention": runs, "place": place})
        yield made


def plan(register: Register, tmp_path: Path, rows: school.Rows, **options: Any) -> RecordsPlan:
    path = school.write_xlsx(tmp_path / "mine.xlsx", {"Autumn": rows})
    file = read_table_file(path)
    taken = take_sheet(file, register, "session_marks", **options)
    made = taken.plan(register, today=TODAY)
    assert isinstance(made, RecordsPlan)
    return made


def group(register: Register, name: str) -> str:
    (runs,) = register.find("interventions", name=name)
    return register.find("groups", intervention=runs.id)[0].id


def test_a_session_is_made_for_each_group_and_day_and_only_once(
    register: Register, tmp_path: Path
) -> None:
    found = plan(register, tmp_path, MARKS)
    assert states(found) == ["new"] * 5
    assert [each.name for each in found.new_sessions] == [
        "Lego therapy (Rainbow [room]), 03/11/2026",
        "Lego therapy (Rainbow [room]), 10/11/2026",
        "=Toast club, 10/11/2026",
    ]
    assert register.count("sessions") == 0
    assert "Lego therapy (Rainbow [room])" in found.row(2).name
    told = "\n".join(as_lines(found))
    assert "New sessions\n  Lego therapy (Rainbow [room]), 03/11/2026" in told
    before = register.version
    applied = found.apply()
    assert (applied.counts.new, applied.sessions, register.version) == (5, 3, before + 1)
    document = as_document(found, applied)
    assert document["rows"] == document["new"] == 5
    assert [each["state"] for each in document["details"]].count("session") == 3
    marks = {row["mark"] for row in register.all("session_marks")}
    assert (register.count("sessions"), marks) == (3, {"present", "absent", "late"})

    again = plan(register, tmp_path, MARKS)
    assert (states(again), again.new_sessions) == (["unchanged"] * 5, [])
    again.apply()
    assert register.count("session_marks") == 5
    register.undo()
    assert (register.count("sessions"), register.count("session_marks")) == (0, 0)


def test_a_session_that_is_kept_takes_the_marks_and_a_mark_put_right_is_changed(
    register: Register, tmp_path: Path
) -> None:
    lego = group(register, "Lego therapy")
    with register.commit("Session") as c:
        kept = c.add("sessions", {"group": lego, "date": "2026-11-03", "minutes": 25})
    found = plan(register, tmp_path, MARKS[:4])
    assert found.new_sessions == []
    found.apply()
    assert {row["session"] for row in register.all("session_marks")} == {kept}
    found = plan(register, tmp_path, [HEAD, [*MARKS[1][:3], "Absent"]])
    assert [(each.field, each.old, each.new) for each in found.row(2).changes] == [
        ("mark", "present", "absent")
    ]
    found.apply()
    assert register.count("session_marks") == 3


def test_a_row_that_stays_out_makes_no_session(register: Register, tmp_path: Path) -> None:
    rows = [
        HEAD,
        ["O'Neill, Sam", "Lego therapy", "31/02/2026", "Present"],
        ["O'Neill, Sam", "Juggling", "03/11/2026", "Present"],
        ["Nobody, Known", "Lego therapy", "04/11/2026", "Present"],
        ["O'Neill, Sam", "Lego therapy", "", "Present"],
        ["O'Neill, Sam", "", "04/11/2026", "Present"],
        ["O'Neill, Sam", "Lego therapy", "05/11/2026", "Present"],
        ["王, 小明", "Lego therapy", "05/11/2026", "Present"],
    ]
    found = plan(register, tmp_path, rows)
    assert states(found) == ["problem"] * 5 + ["new"] * 2
    said = [row.problem for row in found.rows[:5]]
    assert "31/02/2026 is not a date" in said[0]
    assert said[1:] == [
        "Group: Juggling is not known.",
        "The register has no such pupil.",
        "It gives no day of the session.",
        "It gives no group of the session.",
    ]
    found.leave_out(7)
    assert len(found.new_sessions) == 1
    found.leave_out(8)
    assert found.new_sessions == []
    found.apply()
    assert register.count("sessions") == 0


def test_of_groups_of_one_name_the_one_that_ran_then_or_has_the_child_is_meant(
    register: Register, tmp_path: Path
) -> None:
    (runs,) = register.find("interventions", name="=Toast club")
    sam, _, ming, bo = (row.id for row in register.all("pupils"))
    with register.commit("Runs") as c:
        c.set(group(register, "=Toast club"), end="2026-10-20")
        mon = c.add("groups", {"intervention": runs.id, "start": "2026-11-01"})
        tue = c.add("groups", {"intervention": runs.id, "start": "2026-11-01"})
        c.add("placements", {"pupil": sam, "group": mon})
        c.add("placements", {"pupil": ming, "group": tue})
    rows = [HEAD, *([name, "=Toast club", day, "Present"] for name, day in (
        ("O'Neill, Sam", "13/10/2026"), ("O'Neill, Sam", "03/11/2026"),
        ("王, 小明", "03/11/2026"), ("Lee [B], Bo", "03/11/2026")))]  # fmt: skip
    found = plan(register, tmp_path, rows)
    assert [each["group"] for each in found.new_sessions][1:] == [mon, tue]
    assert found.row(5).problem == "Group: =Toast club fits several groups."
    assert found.row(5).name == "Lee [B], Bo"
    with register.commit("Rooms") as c:
        c.set(mon, place="Hall")
        c.set(tue, place="Room [5]")
        c.add("placements", {"pupil": bo, "group": mon, "end": "2026-11-01"})
    told = plan(register, tmp_path, rows).row(5).problem
    assert told.endswith(" Write one as =Toast club (Hall) or =Toast club (Room [5]).")


def test_a_mark_that_is_none_leaves_its_row_out(register: Register, tmp_path: Path) -> None:
    found = plan(register, tmp_path, [HEAD, [*MARKS[1][:3], "Juggled"]])
    assert states(found) == ["problem"]
    assert found.row(2).problem == (
        "Mark: Juggled was not understood. It may be: Present; Absent; Late."
    )
    assert found.new_sessions == []


def test_the_group_of_every_row_is_said_once_and_remembered(
    register: Register, tmp_path: Path
) -> None:
    rows = [[row[0], row[2], row[3]] for row in MARKS[:4]]
    every = {"group": "Lego therapy"}
    plan(register, tmp_path, rows, every=every).apply()
    assert register.count("sessions") == 1
    again = plan(register, tmp_path, rows)
    assert states(again) == ["unchanged"] * 3


def test_a_session_has_the_id_it_has_wherever_it_is_begun(
    register: Register, tmp_path: Path
) -> None:
    lego = group(register, "Lego therapy")
    begun = sitting_of(register, lego, "2026-11-03")
    plan(register, tmp_path, MARKS[:4]).apply()
    kept = sitting_of(register, lego, "2026-11-03")
    assert (kept.session, kept.seats[0].mark) == (begun.fresh, "absent")


def test_such_a_sheet_is_known_by_its_headings(register: Register, tmp_path: Path) -> None:
    path = school.write_csv(tmp_path / "clubs.csv", MARKS)
    assert table_meant(read_table_file(path), register) == "session_marks"


@pytest.mark.parametrize("heading", ["Child", "Pupil", "Name"])
def test_a_child_is_known_whichever_name_stands_first(
    register: Register, tmp_path: Path, heading: str
) -> None:
    names = ("O'Neill Sam", "Sam O'Neill", "O'NEILL Sam", "Nowak Łukasz", "Bo Lee [B]")
    rows = [[heading, *HEAD[1:]]]
    rows += [[name, "Lego therapy", f"{day}/11/2026", "p"] for day, name in enumerate(names, 1)]
    made = plan(register, tmp_path, rows)
    assert states(made) == ["new"] * 5


@pytest.mark.parametrize("heading", ["Child", "Pupil", "Name"])
def test_a_name_that_is_one_child_either_way_round_waits(
    register: Register, tmp_path: Path, heading: str
) -> None:
    with register.commit("Namesakes") as c:
        c.add("pupils", {"surname": "James", "forename": "Thomas"})
        c.add("pupils", {"surname": "Thomas", "forename": "James"})
    rows = [[heading, *HEAD[1:]], ["Thomas James", "Lego therapy", "3/11/2026", "/"]]
    (row,) = plan(register, tmp_path, rows).rows
    assert "fit" in row.problem
