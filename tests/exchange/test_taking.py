"""Which table a file is of, and how its columns were placed before: for every table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.headings import SKIP
from senreg.exchange.import_parts import ImportCancelled
from senreg.exchange.records_import import RecordsPlan
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import Taken, kind_of_table, table_meant, take_sheet
from senreg.models.tables import TABLES, fields_of
from senreg.register import Register
from senreg.store.changes import Change

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register

CHILDREN = [
    ("O'Neill", "Sam", "2016-11-03"),
    ("Nowak", "Łukasz", "2016-09-01"),
    ("王", "小明", "2017-01-31"),
    ("Lee [B]", "Ann", "2016-05-05"),
    ("Lee [B]", "Bo", "2016-05-05"),
]


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path) as made:
        with made.commit("Fill") as c:
            for surname, forename, dob in CHILDREN:
                c.add("pupils", {"surname": surname, "forename": forename, "dob": dob})
            c.add("staff", {"name": "Ms Olu", "role": "ta"})
        yield made


def taken(register: Register, path: Path, table: str = "", **options: Any) -> Taken:
    file = read_table_file(path)
    return take_sheet(file, register, table or table_meant(file, register), **options)


def plan(register: Register, path: Path, table: str = "", **options: Any) -> RecordsPlan:
    made = taken(register, path, table, **options).plan(register, today=TODAY)
    assert isinstance(made, RecordsPlan)
    return made


def rows_of(tmp_path: Path, *rows: Any, name: str = "mine.csv") -> Path:
    return school.write_csv(tmp_path / name, rows)


MINE = (
    ["Who", "Working on", "By when", "Nonsense"],
    ["O'Neill, Sam", "Reads 50 words", "18/12/2026", "x"],
    ["王, 小明", "Asks for help", "18/12/2026", ""],
)
PLACED = {"Who": "pupil", "Working on": "statement", "By when": "due"}


def test_columns_placed_by_hand_are_remembered_for_any_table(
    register: Register, tmp_path: Path
) -> None:
    path = rows_of(tmp_path, *MINE)
    with pytest.raises(Unreadable, match="no targets"):
        taken(register, path, "targets")
    plan(register, path, "targets", chosen=PLACED, every={"kind": "curricular"}).apply()
    assert {row["statement"] for row in register.all("targets")} == {
        "Reads 50 words",
        "Asks for help",
    }
    again = rows_of(tmp_path, *MINE[:1], ["Lee [B], Ann", "Counts to 100", "", ""], name="next.csv")
    found = taken(register, again)
    assert (found.table, found.known) == ("targets", True)
    assert {each.target for each in found.header.columns} == {*PLACED.values(), SKIP}
    assert found.every == {"kind": "curricular"}
    assert found.suffices
    found.every["kind"] = "Wider outcome"
    found.plan(register, today=TODAY).apply()
    (ann,) = register.find("targets", statement="Counts to 100")
    assert ann["kind"] == "wider"


def test_a_mapping_that_is_corrected_holds_the_next_time(
    register: Register, tmp_path: Path
) -> None:
    path = rows_of(tmp_path, *MINE)
    plan(register, path, "targets", chosen=PLACED, every={"kind": "wider"}).apply()
    other = taken(register, path)
    other.place("baseline", "Nonsense")
    other.plan(register, today=TODAY).apply()
    third = taken(register, path)
    assert {each.label: each.target for each in third.header.columns}["Nonsense"] == "baseline"
    (kept,) = register.all("column_mappings")
    assert kept["table"] == "targets"
    assert "x" in {row["baseline"] for row in register.all("targets")}


def test_what_holds_for_every_row_gives_way_to_a_word_of_the_row(
    register: Register, tmp_path: Path
) -> None:
    path = rows_of(
        tmp_path,
        ["Pupil", "Kind", "Note"],
        ["O'Neill, Sam", "Meeting", "Came in"],
        ["Nowak, Łukasz", "", "=Rang"],
    )
    plan(register, path, "notes", every={"kind": "Phone call"}).apply()
    assert {row["text"]: row["kind"] for row in register.all("notes")} == {
        "Came in": "meeting",
        "'=Rang"[1:]: "call",
    }
    with pytest.raises(WrongUsage, match="not understood"):
        plan(register, path, "notes", every={"kind": "Juggling"})
    with pytest.raises(WrongUsage):
        taken(register, path, "notes", every={"shoe size": "3"})
    with pytest.raises(WrongUsage):
        taken(register, path, "pupils", every={"class_name": "4B"})


@pytest.mark.parametrize(
    ("name", "rows", "table"),
    [
        ("roll.csv", [["Surname", "Forename", "DOB", "Class"], ["a", "b", "", ""]], "pupils"),
        ("x.csv", [["UPN", "Subject", "Date", "Scale", "Value"], ["A", "b", "", "", ""]],
         "assessments"),
        ("Targets (2).csv", [["Pupil", "Kind", "Target"], ["a", "b", "c"]], "targets"),
        ("x.csv", [["Pupil", "Possible", "Authorised absence", "Unauthorised absence"],
                   ["a", "1", "2", "3"]], "attendance"),
        ("x.csv", [["Room", "Seats"], ["Hall", "200"]], "pupils"),
        ("contacts.csv", [["Surname", "Forename", "Contact name"], ["a", "b", "c"]], "contacts"),
    ],
)  # fmt: skip
def test_a_file_tells_of_which_table_it_is(
    register: Register, tmp_path: Path, name: str, rows: Any, table: str
) -> None:
    assert table_meant(read_table_file(rows_of(tmp_path, *rows, name=name)), register) == table


def test_a_workbook_tells_its_table_by_its_sheets(register: Register, tmp_path: Path) -> None:
    sheets = {
        "Read me": [["Hello"]],
        "SEN statuses": [["Pupil", "SEN status"], ["O'Neill, Sam", "K"]],
    }
    path = school.write_xlsx(tmp_path / "a.xlsx", sheets)
    found = taken(register, path)
    assert (found.table, found.sheet) == ("sen_statuses", "SEN statuses")


def test_one_sheet_that_is_meant_tells_its_own_table(register: Register, tmp_path: Path) -> None:
    sheets = {
        "Interventions": [["Name", "Area"], ["Toast club", "SEMH"]],
        "Attendance": [
            ["Child", "From", "To", "Possible"],
            ["O'Neill, Sam", "1/9/26", "2/9/26", 4],
        ],
        "Mine": [
            ["Child", "Test", "Date", "Score", "Subject"],
            ["O'Neill, Sam", "NGRT", "", 9, ""],
        ],
    }
    file = read_table_file(school.write_xlsx(tmp_path / "a.xlsx", sheets))
    meant = [table_meant(file, register, each) for each in sheets]
    assert meant == ["interventions", "attendance", "assessments"]


@pytest.mark.parametrize(
    ("table", "start", "end"),
    [
        ("attendance", "Date from", "Date to"),
        ("placements", "Start", "To"),
        ("needs", "From", "End"),
    ],
)
def test_first_and_last_days_are_known_by_what_people_call_them(
    register: Register, tmp_path: Path, table: str, start: str, end: str
) -> None:
    headings = ["Child", "Group", "SEN type", "Possible", start, end]
    path = rows_of(tmp_path, headings, ["O'Neill, Sam", "", "MLD", 4, "1/9/2026", "2/9/2026"])
    found = {each.heading: each.target for each in taken(register, path, table).header.columns}
    assert (found["Child"], found[start], found[end]) == ("pupils.name", "start", "end")


UNKNOWN = (
    ["Pupil", "Kind", "Target", "Area", "Status", "Led by"],
    ["O'Neill, Sam", "Wider", "Reads", "", "Juggling [b]", "Ms Olu"],
    ["王, 小明", "Wider", "Counts", "", "Met", "Mr Nobody"],
    ["Lee [B], Bo", "Juggling", "Sits", "", "Met", ""],
)


def test_a_word_that_is_no_choice_costs_that_word_only(register: Register, tmp_path: Path) -> None:
    path = rows_of(tmp_path, *UNKNOWN)
    found = plan(register, path, "targets")
    assert [row.state for row in found.rows] == ["new", "new", "problem"]
    (told,) = found.row(2).remarks
    assert told.startswith("Status: Juggling [b] was not understood. It may be: ")
    assert "Met" in told
    assert told.endswith("The row comes in without it.")
    assert found.row(3).remarks == ["Led by: Mr Nobody is not known. The row comes in without it."]
    assert found.row(4).problem.startswith("Kind: Juggling was not understood. It may be: ")
    assert found.worth_a_look
    found.apply()
    assert [row.state for row in plan(register, path, "targets").rows][:2] == ["unchanged"] * 2


def test_a_word_put_right_afterwards_goes_to_the_record_that_came_in_without_it(
    register: Register, tmp_path: Path
) -> None:
    plan(register, rows_of(tmp_path, *UNKNOWN), "targets").apply()
    head, first, *rest = UNKNOWN
    mended = [*first[:4], "Met", first[5]]
    found = plan(register, rows_of(tmp_path, head, mended, mended, *rest), "targets")
    assert [row.state for row in found.rows] == ["changed", "problem", "unchanged", "problem"]
    (change,) = found.row(2).changes
    assert (change.field, change.old, change.new) == ("status", None, "met")


def test_a_word_that_is_no_choice_clears_nothing(register: Register, tmp_path: Path) -> None:
    plan(register, rows_of(tmp_path, *UNKNOWN), "targets").apply()
    (met,) = register.find("targets", statement="Counts")
    rows = (["Id", "Status", "Target"], [met.id, "Juggling", "Counts to 10"])
    found = plan(register, rows_of(tmp_path, *rows), "targets")
    assert [each.field for each in found.row(2).changes] == ["statement"]
    assert found.row(2).remarks[0].endswith("What the register says of it stays.")
    found.apply()
    (met,) = register.find("targets", statement="Counts to 10")
    assert met["status"] == "met"


def test_a_figure_or_a_yes_or_no_that_is_none_leaves_the_row_out(
    register: Register, tmp_path: Path
) -> None:
    rows = (["Pupil", "Kind", "Note", "Confidential"], ["王, 小明", "Call", "x", "rather"])
    (row,) = plan(register, rows_of(tmp_path, *rows), "notes").rows
    assert "yes or no" in row.problem or "not understood" in row.problem


def test_a_table_that_was_named_is_remembered_where_it_could_not_be_told(
    register: Register, tmp_path: Path
) -> None:
    path = rows_of(tmp_path, ["Name", "Role"], ["Mr Diaz", "TA"], name="a.csv")
    found = taken(register, path, "staff")
    found.meant = "pupils"
    found.plan(register, today=TODAY).apply()
    assert table_meant(read_table_file(path), register) == "staff"


@pytest.mark.parametrize("table", TABLES)
def test_every_field_is_known_by_what_its_description_calls_it(table: str) -> None:
    kind = kind_of_table(table)
    for field in fields_of(table):
        if field.about.unasked:
            continue
        for heading in (field.name, *field.about.headings):
            target = kind.named(heading)
            known = {target, target.partition(".")[2]}
            assert known & kind.targets or table == "pupils", (table, heading, target)
        assert kind.named(field.name) == field.name or table == "pupils"


def test_of_two_columns_for_one_field_the_surer_counts(register: Register, tmp_path: Path) -> None:
    path = rows_of(
        tmp_path,
        ["Pupil", "Kind", "Target", "Target (2)"],
        ["O'Neill, Sam", "Wider", "Reads 50 words", "Counts"],
        ["Lee [B], Bo", "Wider", "", "Counts"],
    )
    found = plan(register, path, "targets")
    assert [row.values["statement"] for row in found.rows] == ["Reads 50 words", "Counts"]


def test_rows_and_fields_can_be_left(register: Register, tmp_path: Path) -> None:
    path = rows_of(
        tmp_path,
        ["Pupil", "Kind", "Target", "Success criterion"],
        ["O'Neill, Sam", "Wider", "Joins a club", "Goes each week"],
        ["Lee [B], Bo", "Wider", "Joins in", ""],
    )
    found = plan(register, path, "targets")
    found.leave_out(3)
    assert found.row(3).state == "problem"
    (name,) = [each.field for each in found.row(2).changes if each.new == "Joins a club"]
    found.take(2, name, taken=False)
    with pytest.raises(WrongUsage):
        found.take(2, "kind", taken=False)
    with pytest.raises(WrongUsage):
        found.leave_out(99)
    found.apply()
    (made,) = register.all("targets")
    assert (made.get("statement"), made["success_criterion"]) == (None, "Goes each week")


def test_a_stopped_import_leaves_nothing(register: Register, tmp_path: Path) -> None:
    path = rows_of(tmp_path, ["Name", "Role"], ["Mr Diaz", "TA"])
    with pytest.raises(ImportCancelled):
        taken(register, path, "staff").plan(register, cancelled=lambda: True)
    found = plan(register, path, "staff")
    told: list[tuple[int, int]] = []
    with pytest.raises(ImportCancelled):
        found.apply(lambda *far: told.append(far), lambda: True)
    assert told == [(0, 1)]
    assert register.count("staff") == 1


def test_a_code_that_the_register_holds_already_is_no_problem(
    register: Register, tmp_path: Path
) -> None:
    pupil = register.all("pupils")[0].id
    need = "needofanolderone"
    with register.commit("Old") as c:
        c.take([Change("needs", need, {"pupil": pupil, "code": "XYZ", "rank": 1})])
    path = rows_of(tmp_path, ["Id", "Pupil", "Type of need", "Source"], [need, pupil, "XYZ", "us"])
    (row,) = plan(register, path, "needs").rows
    assert [each.field for each in row.changes] == ["source"], row.problem


def test_groups_and_sessions_are_named_as_people_name_them(
    register: Register, tmp_path: Path
) -> None:
    with register.commit("Provide") as c:
        lego = c.add("interventions", {"name": "Lego therapy"})
        group = c.add("groups", {"intervention": lego, "place": "Rainbow [room]"})
        session = c.add("sessions", {"group": group, "date": "2026-11-03"})
    path = rows_of(
        tmp_path,
        ["Pupil", "Group", "Baseline score"],
        ["O'Neill, Sam", "lego therapy", "3"],
        ["Lee [B], Bo", "Lego therapy (Rainbow [room])", "4"],
    )
    assert {row.values["group"] for row in plan(register, path, "placements").rows} == {group}
    path = rows_of(
        tmp_path,
        ["Pupil", "Session", "Mark"],
        ["王, 小明", "Lego therapy 03/11/2026", "Present"],
        ["Lee [B], Ann", "Lego therapy 04/11/2026", "Present"],
    )
    first, second = plan(register, path, "session_marks").rows
    assert first.values["session"] == session
    assert "not known" in second.problem
