"""What a file says otherwise is shown field by field, and only what is agreed is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import SenregError, Unreadable, WrongUsage
from senreg.exchange.import_words import as_document, as_lines
from senreg.exchange.known_now import known_now
from senreg.exchange.pupils_import import ImportCancelled
from senreg.register import Register

from . import spreadsheet_school as school
from .import_steps import TODAY, changed, new_register, plan_of, plan_rows, states, stored

HEAD = ["Surname", "Forename", "DOB"]
SAM = ["O'Neill", "Sam", "03/11/2016"]


@pytest.fixture
def register(tmp_path: Path):
    with new_register(tmp_path) as made:
        yield made


@pytest.fixture
def sam(register: Register) -> str:
    with register.commit("Add a pupil") as c:
        return c.add(
            "pupils",
            {"surname": "O'Neill", "forename": "Sam", "dob": "2016-11-03", "interests": "trains",
             "year_group": "4", "class_name": "4A"},
        )  # fmt: skip


def row_of(register: Register, tmp_path: Path, **cells: object):
    """The plan of a file with Sam's row, and columns by heading."""
    return plan_rows(register, tmp_path, [[*HEAD, *cells], [*SAM, *cells.values()]])


def test_only_cells_that_say_something_else_are_changes(
    register: Register, sam: str, tmp_path: Path
) -> None:
    plan = row_of(register, tmp_path, Class="4B", **{"Year group": "Year 4"}, Interests="", EAL="N")
    assert changed(plan.rows[0]) == {"class_name": ("4A", "4B")}
    change = plan.rows[0].changes[0]
    assert (change.title, change.old_words, change.new_words) == ("Class", "4A", "4B")
    plan.apply()
    row = register.get(sam)
    assert (row["class_name"], row["interests"], row["year_group"]) == ("4B", "trains", "4")


def test_a_change_can_be_left_out_one_by_one(register: Register, sam: str, tmp_path: Path) -> None:
    plan = row_of(register, tmp_path, Class="4B", Interests="football")
    plan.take(2, "interests", taken=False)
    assert changed(plan.rows[0]) == {"class_name": ("4A", "4B")}
    plan.take(2, "class_name", taken=False)
    assert states(plan) == ["unchanged"]
    plan.take(2, "class_name", taken=True)
    plan.apply()
    assert register.get(sam)["interests"] == "trains"
    assert register.get(sam)["class_name"] == "4B"
    with pytest.raises(WrongUsage):
        plan.take(2, "ethnicity", taken=True)


def test_capitals_alone_do_not_rename_a_child(register: Register, sam: str, tmp_path: Path) -> None:
    plan = plan_rows(register, tmp_path, [HEAD, ["O'NEILL", "SAM", "03/11/2016"]])
    assert states(plan) == ["unchanged"]


def test_a_new_pupil_comes_with_status_needs_place_and_teacher(
    register: Register, tmp_path: Path
) -> None:
    plan = row_of(
        register, tmp_path, Year="Year 4", Reg="4B",
        **{"SEN status": "SEN Support", "SEN start date": "01/09/2025", "Primary need": "SLCN",
           "Secondary need": "ASD", "Class teacher": "Mrs J Patel"},
    )  # fmt: skip
    assert [each.name for each in plan.new_staff] == ["Mrs J Patel"]
    applied = plan.apply()
    pupil = applied.ids[2]
    (teacher,) = register.all("staff")
    assert (teacher["name"], teacher["initials"], teacher["role"]) == (
        "Mrs J Patel", "JP", "class_teacher",
    )  # fmt: skip
    (status,) = register.all("sen_statuses")
    assert (status["pupil"], status["code"], status["start"]) == (pupil, "K", "2025-09-01")
    assert {(n["rank"], n["code"]) for n in register.all("needs")} == {(1, "SLCN"), (2, "ASD")}
    (place,) = register.all("enrolments")
    assert (place["school_year"], place["year_group"], place["class_name"]) == (
        "2026/27", "4", "4B",
    )  # fmt: skip
    assert place["key_teacher"] == teacher.id == register.get(pupil)["key_teacher"]


def test_one_undo_takes_the_whole_import_back(register: Register, sam: str, tmp_path: Path) -> None:
    before = stored(register)
    rows = [
        [*HEAD, "Class", "SEN", "Need", "Class teacher", "Bus"],
        [*SAM, "4B", "K", "ASD", "Mr Okafor", "7"],
        ["Nowak", "Ewa", "04/11/2016", "4B", "E", "SLCN", "Mr Okafor", "9"],
    ]
    plan = plan_rows(register, tmp_path, rows, placed={"Bus": "note"})
    plan.apply()
    assert stored(register) != before
    undone = register.undo()
    assert undone is not None
    assert undone.left == []
    assert stored(register) == before


def test_a_status_that_is_open_already_is_unchanged(
    register: Register, sam: str, tmp_path: Path
) -> None:
    with register.commit("Status") as c:
        c.add("sen_statuses", {"pupil": sam, "code": "K", "start": "2024-09-01"})
    assert states(row_of(register, tmp_path, SEN="SEN Support")) == ["unchanged"]
    assert states(row_of(register, tmp_path, SEN="")) == ["unchanged"]
    plan = row_of(register, tmp_path, SEN="EHCP")
    assert changed(plan.rows[0]) == {"sen_statuses.code": ("K", "E")}
    plan.apply()
    statuses = sorted(register.all("sen_statuses"), key=lambda row: row["start"])
    assert [(s["code"], s["start"], s["end"]) for s in statuses] == [
        ("K", "2024-09-01", "2026-11-21"), ("E", "2026-11-22", None),
    ]  # fmt: skip
    assert states(row_of(register, tmp_path, SEN="E")) == ["unchanged"]


def test_no_sen_is_no_news_of_a_monitored_child(
    register: Register, sam: str, tmp_path: Path
) -> None:
    assert states(row_of(register, tmp_path, SEN="N")) == ["unchanged"]
    with register.commit("Status") as c:
        c.add("sen_statuses", {"pupil": sam, "code": "M", "start": "2026-09-01"})
    assert states(row_of(register, tmp_path, SEN="N")) == ["unchanged"]
    with register.commit("Status") as c:
        c.set(register.all("sen_statuses")[0], code="K")
    plan = row_of(register, tmp_path, SEN="N")
    plan.apply()
    assert [s["code"] for s in register.all("sen_statuses") if not s["end"]] == ["N"]


def test_an_old_stage_never_takes_the_place_of_todays(
    register: Register, sam: str, tmp_path: Path
) -> None:
    with register.commit("Status") as c:
        c.add("sen_statuses", {"pupil": sam, "code": "K", "start": "2024-09-01"})
    plan = row_of(register, tmp_path, SEN="School Action")
    assert states(plan) == ["unchanged"]
    assert "2014" in plan.rows[0].remarks[0]


def test_a_statement_becomes_a_plan_only_with_its_date(
    register: Register, sam: str, tmp_path: Path
) -> None:
    with register.commit("Status") as c:
        c.add("sen_statuses", {"pupil": sam, "code": "S", "start": "2012-09-01"})
    plan = row_of(register, tmp_path, SEN="EHCP")
    assert states(plan) == ["unchanged"]
    assert plan.worth_a_look
    plan = row_of(register, tmp_path, SEN="EHCP", **{"SEN start date": "01/03/2017"})
    plan.apply()
    assert [(s["code"], s["start"]) for s in register.all("sen_statuses") if not s["end"]] == [
        ("E", "2017-03-01")
    ]


def test_the_start_of_a_status_is_filled_in(register: Register, sam: str, tmp_path: Path) -> None:
    with register.commit("Status") as c:
        c.add("sen_statuses", {"pupil": sam, "code": "K"})
    plan = row_of(register, tmp_path, SEN="K", **{"SEN start date": "01/03/2024"})
    assert changed(plan.rows[0]) == {"sen_statuses.start": (None, "2024-03-01")}
    plan.apply()
    assert register.all("sen_statuses")[0]["start"] == "2024-03-01"


def needs(register: Register) -> dict[str, tuple[int | None, bool]]:
    return {row["code"]: (row["rank"], bool(row["end"])) for row in register.all("needs")}


@pytest.mark.parametrize(
    ("held", "primary", "secondary", "after"),
    [
        ({"SLCN": 1}, "SLCN", "", {"SLCN": (1, False)}),
        ({"SLCN": 1}, "ASD", "", {"SLCN": (1, True), "ASD": (1, False)}),
        ({"SLCN": 1}, "ASD", "SLCN", {"SLCN": (2, False), "ASD": (1, False)}),
        ({"SLCN": 1, "ASD": 2}, "ASD", "", {"SLCN": (2, False), "ASD": (1, False)}),
        ({"SLCN": 1, "MLD": 2}, "", "ASD", {"SLCN": (1, False), "MLD": (2, True),
                                          "ASD": (2, False)}),
        ({}, "ASD", "HI", {"ASD": (1, False), "HI": (2, False)}),
    ],
)  # fmt: skip
def test_needs_move_end_and_begin_by_rank(
    register: Register, sam: str, tmp_path: Path,
    held: dict[str, int], primary: str, secondary: str, after: dict[str, tuple[int, bool]],
) -> None:  # fmt: skip
    with register.commit("Needs") as c:
        for code, rank in held.items():
            c.add("needs", {"pupil": sam, "code": code, "rank": rank, "start": "2025-09-01"})
    columns = {"Primary need": primary, "Secondary need": secondary}
    row_of(register, tmp_path, **columns).apply()
    assert needs(register) == after
    assert states(row_of(register, tmp_path, **columns)) == ["unchanged"]


def test_staff_are_found_as_they_are_written(register: Register, sam: str, tmp_path: Path) -> None:
    with register.commit("Staff") as c:
        patel = c.add("staff", {"name": "Jane Patel", "role": "class_teacher"})
        c.add("staff", {"name": "Tunde Okafor", "initials": "TOK", "role": "class_teacher"})
    for words in ("Mrs J Patel", "Patel, Jane", "Ms Patel", "JP", "jane patel", patel):
        plan = row_of(register, tmp_path, Teacher="", **{"Class teacher": words})
        assert changed(plan.rows[0])["key_teacher"] == (None, patel), words
        assert plan.new_staff == []
    assert row_of(register, tmp_path, **{"Class teacher": "Mr K Patel"}).new_staff
    plan = row_of(register, tmp_path, **{"Class teacher": "TOK"})
    assert plan.rows[0].changes[0].new_words == "Tunde Okafor"


def test_columns_nobody_knows_become_one_dated_note_and_no_second(
    register: Register, sam: str, tmp_path: Path
) -> None:
    cells = {"Bus route": "7 (red)", "Peg": "", "Coat": "blue\nwith hood"}
    plan = row_of(register, tmp_path, **cells)
    plan.apply()
    (note,) = register.all("notes")
    assert note["text"] == (
        "From the spreadsheet roll.csv on 22 Nov 2026:\nBus route: 7 (red)\nCoat: blue\nwith hood"
    )
    assert (note["pupil"], note["happened_on"], note["kind"]) == (sam, "2026-11-22", "other")
    assert states(row_of(register, tmp_path, **cells)) == ["unchanged"]
    plan = row_of(register, tmp_path, **(cells | {"Bus route": "9"}))
    assert str(changed(plan.rows[0])["notes"][1]).splitlines()[1:] == ["Bus route: 9"]
    plan.apply()
    assert states(row_of(register, tmp_path, **(cells | {"Bus route": "9"}))) == ["unchanged"]
    assert states(row_of(register, tmp_path, **cells)) == ["changed"]


def test_a_note_that_was_put_away_does_not_come_back(
    register: Register, sam: str, tmp_path: Path
) -> None:
    row_of(register, tmp_path, Bus="7").apply()
    with register.commit("Put away") as c:
        c.archive(register.all("notes")[0])
    assert states(row_of(register, tmp_path, Bus="7")) == ["unchanged"]


def test_words_not_understood_are_kept_and_told(
    register: Register, sam: str, tmp_path: Path
) -> None:
    plan = row_of(register, tmp_path, Year="Year 3/4", SEN="maybe", Class="4C")
    row = plan.rows[0]
    assert row.state == "changed"
    assert set(changed(row)) == {"class_name", "notes"}
    assert len(row.remarks) == 2
    plan.apply()
    text = register.all("notes")[0]["text"]
    assert "Year: Year 3/4" in text
    assert "SEN: maybe" in text


def test_two_columns_for_one_fact_lose_nothing(
    register: Register, sam: str, tmp_path: Path
) -> None:
    rows = [[*HEAD, "Class", "Reg group"], [*SAM, "4A", "4A"]]
    assert states(plan_rows(register, tmp_path, rows)) == ["unchanged"]
    rows[1][-1] = "Oak"
    assert "Reg group: Oak" in str(changed(plan_rows(register, tmp_path, rows).rows[0])["notes"])
    rows[1][-2:] = ["", "4A"]
    assert states(plan_rows(register, tmp_path, rows)) == ["unchanged"]


def test_columns_placed_by_hand_are_remembered_for_such_a_file(
    register: Register, sam: str, tmp_path: Path
) -> None:
    rows = [[*HEAD, "Group", "Bus"], [*SAM, "4B", "7"]]
    placed = {"Group": "class_name", "Bus": "skip"}
    plan_rows(register, tmp_path, rows, placed=placed).apply()
    assert register.get(sam)["class_name"] == "4B"
    rows[1][-2:] = ["4C", "9"]
    rows[0][0] = "SURNAME:"
    plan = plan_rows(register, tmp_path, rows)
    assert changed(plan.rows[0]) == {"class_name": ("4B", "4C")}
    assert {column.how for column in plan.header.columns} == {"remembered"}
    other = [[*HEAD, "Group"], [*SAM, "4D"]]
    assert "Group: 4D" in str(changed(plan_rows(register, tmp_path, other).rows[0])["notes"][1])


def test_the_year_before_is_kept_when_a_file_moves_a_child_up(
    register: Register, sam: str, tmp_path: Path
) -> None:
    row_of(register, tmp_path, Year="5", Class="5A").apply()
    assert sorted(
        (row["school_year"], row["year_group"], row["class_name"])
        for row in register.all("enrolments")
    ) == [("2025/26", "4", "4A"), ("2026/27", "5", "5A")]
    row_of(register, tmp_path, Class="5B").apply()
    assert sorted(
        (row["school_year"], row["class_name"]) for row in register.all("enrolments")
    ) == [("2025/26", "4A"), ("2026/27", "5B")]


def test_who_is_missing_is_told_only_for_the_whole_roll(
    register: Register, sam: str, tmp_path: Path
) -> None:
    with register.commit("More pupils") as c:
        ewa = c.add("pupils", {"surname": "Nowak", "forename": "Ewa", "upn": school.upn(4)})
        c.add("pupils", {"surname": "Left", "forename": "Jo", "left": "2025-07-20"})
        c.add("pupils", {"surname": "Soon", "forename": "Al", "joined": "2027-01-05"})
    some = plan_rows(register, tmp_path, [HEAD, SAM])
    assert (some.absent, some.worth_a_look) == ([], False)
    whole = plan_rows(register, tmp_path, [HEAD, SAM], whole_roll=True)
    assert [each.pupil for each in whole.absent] == [ewa]
    whole.apply()
    assert register.get(ewa)["left"] is None
    whole = plan_rows(register, tmp_path, [HEAD, SAM], whole_roll=True)
    whole.mark_left(ewa)
    with pytest.raises(WrongUsage):
        whole.mark_left(sam)
    assert whole.apply().left == 1
    assert (register.get(ewa)["left"], register.get(ewa)["enrolment_status"]) == ("2026-11-22", "P")


def test_a_child_in_a_problem_row_is_not_missing(
    register: Register, sam: str, tmp_path: Path
) -> None:
    rows = [[*HEAD, "Joined"], [*SAM, "31/02/2014"]]
    plan = plan_rows(register, tmp_path, rows, whole_roll=True)
    assert (states(plan), plan.absent) == (["problem"], [])
    path = tmp_path / "short.csv"
    path.write_text("Surname,Forename,DOB,Class\nO'Neill,Sam,03/11/2016\n", encoding="utf-8")
    plan = plan_of(register, path, whole_roll=True)
    assert (states(plan), plan.absent) == (["problem"], [])
    assert plan.rows[0].name == "O'Neill, Sam"


def test_the_sums_add_up_and_json_says_the_same(
    register: Register, sam: str, tmp_path: Path
) -> None:
    rows = [
        [*HEAD, "Class"],
        [*SAM, "4A"],
        ["Nowak", "Ewa", "31/02/2014", "4A"],
        ["Nowak", "Jan", "01/02/2014", "4A"],
    ]
    plan = plan_rows(register, tmp_path, rows)
    counts = plan.counts
    assert counts.rows == counts.new + counts.changed + counts.unchanged + counts.problems == 3
    document = as_document(plan)
    assert list(document) == [
        "rows",
        "new",
        "changed",
        "unchanged",
        "problems",
        "absent",
        "details",
    ]
    assert [each["state"] for each in document["details"]] == ["unchanged", "problem", "new"]
    assert "31/02/2014" in document["details"][1]["message"]
    lines = "\n".join(as_lines(plan))
    assert "3 rows: 1 new, 0 changed, 1 unchanged, 1 problem." in lines
    assert "Nowak, Ewa" in lines


def test_a_register_changed_meanwhile_asks_for_a_new_preview(
    register: Register, sam: str, tmp_path: Path
) -> None:
    plan = row_of(register, tmp_path, Class="4B")
    with register.commit("Move") as c:
        c.set(sam, class_name="4C")
    with pytest.raises(SenregError, match="changed since"):
        plan.apply()
    assert register.get(sam)["class_name"] == "4C"


def test_an_import_tells_how_far_it_is_and_can_be_stopped(
    register: Register, tmp_path: Path
) -> None:
    told: list[tuple[int, int]] = []
    plan = plan_rows(
        register,
        tmp_path,
        school.sims(600),
        progress=lambda done, total: told.append((done, total)),
    )
    assert len(plan.rows) == 600
    assert told[-1] == (1200, 1200)
    assert [done for done, _ in told] == sorted(done for done, _ in told)
    with pytest.raises(ImportCancelled):
        plan_rows(register, tmp_path, school.sims(600), cancelled=lambda: True)


def test_headings_without_rows_are_no_pupils(register: Register, tmp_path: Path) -> None:
    rows = [HEAD, SAM]
    plan = plan_rows(register, tmp_path, [*rows, HEAD, ["", "", ""]])
    assert len(plan.rows) == 1
    with pytest.raises(Unreadable):
        plan_rows(register, tmp_path, [HEAD, HEAD])


def test_a_finished_import_says_what_is_known(register: Register, tmp_path: Path) -> None:
    plan_rows(register, tmp_path, school.scholarpack(20)).apply()
    known = known_now(register, TODAY)
    assert (known.on_roll, known.on_register, known.no_need, known.overdue) == (20, 10, 0, 0)
    assert known.words == "10 on the register; 0 without a primary need; 0 overdue."
