"""Headings are known as school systems write them, guidance is passed over."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.grid import Grid, GridRow
from senreg.exchange.headings import NOTE, SKIP, stems
from senreg.exchange.pupil_columns import (
    header_by_hand,
    place_column,
    read_header,
    sheet_of_pupils,
    target_named,
)
from senreg.exchange.tabular import read_table_file

from . import spreadsheet_school as school


def header_of(*rows: list[object]):
    grid = Grid([GridRow(number, row) for number, row in enumerate(rows, 1)], ragged=True)
    header = read_header(grid)
    assert header is not None
    return header


def targets(*headings: str) -> list[str]:
    return [column.target for column in header_of(list(headings)).columns]


@pytest.mark.parametrize(
    ("heading", "target"),
    [
        ("Legal First Name", "forename"),
        ("LEGAL_SURNAME", "surname"),
        ("Pupil's surname", "surname"),
        ("Student Forename", "forename"),
        ("D.O.B.", "dob"),
        ("dateOfBirth", "dob"),
        ("Year group(s) this academic year", "year_group"),
        ("Year Group(s) on 22 Nov 2026", "year_group"),
        ("Year taught in", "year_group"),
        ("NC Year", "year_group"),
        ("Reg Group", "class_name"),
        ("Tutor Group", "class_name"),
        ("Gender", "sex"),
        ("SEN status", "sen_statuses.code"),
        ("SEN Provision (current)", "sen_statuses.code"),
        ("SEND code", "sen_statuses.code"),
        ("SEN status start date", "sen_statuses.start"),
        ("Primary SEN Need", "needs.code"),
        ("SEN Type 2", "needs.code.2"),
        ("Pupil Premium Recipient at any time between 01 Aug 2020 and 30 Aug 2026?",
         "pupil_premium"),
        ("English as an additional language", "eal"),
        ("FSM eligibility", "fsm"),
        ("Class Teacher", "key_teacher"),
        ("Teacher", "key_teacher"),
        ("Home language", "first_language"),
        ("Colour of coat peg", NOTE),
    ],
)  # fmt: skip
def test_a_heading_is_known(heading: str, target: str) -> None:
    assert targets("UPN", "Name", heading)[2] == target


def test_the_row_that_names_most_columns_is_the_header() -> None:
    header = header_of(
        ["Please give surname and forename of every child."],
        ["Surname", "Forename"],
        ["", "", ""],
        ["Surname", "Forename", "DOB", "Class"],
        ["Nowak", "Ewa", "03/11/2016", "4B"],
    )
    assert header.number == 4
    assert header.width == 4


@pytest.mark.parametrize(
    ("cells", "target"),
    [(["K", "", "EHCP"], "sen_statuses.code"), (["K", "away"], NOTE), (["", ""], NOTE)],
)
def test_a_vague_heading_is_known_by_what_stands_below_it(cells: list[str], target: str) -> None:
    header = header_of(["Name", "Status"], *([f"Sam {n}", cell] for n, cell in enumerate(cells)))
    assert header.columns[1].target == target


def test_headings_may_stand_beside_dates(tmp_path: Path) -> None:
    rows = [["Surname", "Forename", date(2026, 9, 3), date(2026, 9, 4), 7], ["Nowak", "Ewa", "/"]]
    grid = Grid([GridRow(number, row) for number, row in enumerate(rows, 1)])
    header = read_header(grid)
    assert header is not None
    assert [column.label for column in header.columns] == [
        "Surname", "Forename", "2026-09-03", "2026-09-04", "7",
    ]  # fmt: skip


def test_a_heading_under_a_merged_one_is_read_with_it() -> None:
    header = header_of(
        ["Pupil", "", "", "SEN", "", ""],
        ["Surname", "Forename", "DOB", "Status", "Type 1", "Comment"],
        ["Nowak", "Ewa", "03/11/2016", "K", "SLCN", "x"],
    )
    assert [column.target for column in header.columns] == [
        "surname", "forename", "dob", "sen_statuses.code", "needs.code", NOTE,
    ]  # fmt: skip


def test_blank_and_repeated_headings_get_labels_of_their_own() -> None:
    header = header_of(["Surname", "", "Forename", "Comment", "Comment"])
    assert [column.label for column in header.columns] == [
        "Surname", "Column B", "Forename", "Comment", "Comment (column E)",
    ]  # fmt: skip
    place_column(header, SKIP, "column E")
    assert header.columns[4].target == SKIP
    assert header.columns[3].target == NOTE


def test_start_date_is_not_taken_for_admission_beside_sen_columns() -> None:
    assert targets("UPN", "Name", "Start date")[2] == "joined"
    assert targets("UPN", "Name", "SEN status", "Start date")[3] == NOTE


def test_our_own_words_beside_ids_and_codes_are_passed_over() -> None:
    found = targets("Id", "Surname", "Forename", "Sex", "Sex (in words)", "Key teacher (name)")
    assert found == ["id", "surname", "forename", "sex", SKIP, "key_teacher"]
    found = targets("Id", "Surname", "Forename", "Key teacher", "Key teacher (name)")
    assert found[3:] == ["key_teacher", SKIP]


def test_a_list_with_nothing_but_preferred_names_takes_them_as_whole_names() -> None:
    assert targets("Preferred name", "Class")[0] == "name"


def test_the_sheet_most_like_a_list_of_pupils_is_chosen(tmp_path: Path) -> None:
    path = school.write_xlsx(
        tmp_path / "b.xlsx",
        {
            "Cover": [["SEN register", "Larkrise"]],
            "Staff": [["Name", "Role"], ["Mrs Patel", "Teacher"], ["Mr Okafor", "TA"]],
            "Roll": school.sims(30),
            "Leavers": [["Surname", "Forename", "UPN", "DOB", "Reg", "Gender", "SEN", "Year",
                         "FSM", "EAL", "Ethnicity"]],
        },
    )  # fmt: skip
    assert sheet_of_pupils(read_table_file(path)) == "Roll"


def test_a_file_with_no_pupils_is_refused(tmp_path: Path) -> None:
    for number, rows in enumerate(
        [
            [["Surname", "Forename"]],
            [["Room", "Seats"], ["Hall", "200"]],
            [["hello"]],
            [["Surname", "DOB"], ["Nowak", "03/11/2016"]],
        ]
    ):
        path = school.write_csv(tmp_path / f"{number}.csv", rows)
        with pytest.raises(Unreadable, match="no pupils"):
            sheet_of_pupils(read_table_file(path))


def test_headings_that_nobody_knows_can_be_placed(tmp_path: Path) -> None:
    rows = [["Fam.", "Giv.", "Born"], ["Nowak", "Ewa", date(2016, 11, 3)]]
    path = school.write_xlsx(tmp_path / "b.xlsx", {"A": rows})
    chosen = {"Fam.": "surname", "Giv.": "forename", "Born": "dob"}
    file = read_table_file(path)
    grid = file.grid(sheet_of_pupils(file, chosen))
    header = read_header(grid, chosen)
    assert header is not None
    assert header.targets == {"surname", "forename", "dob"}


def test_a_person_may_point_to_the_header() -> None:
    grid = Grid([GridRow(1, ["A list"]), GridRow(2, ["Fam.", "Giv."]), GridRow(3, ["N", "E"])])
    header = header_by_hand(grid, 1)
    place_column(header, "surname", "Fam.")
    place_column(header, "forename", "Giv.")
    assert header.targets == {"surname", "forename"}
    place_column(header, "surname", "Giv.")
    assert header.of("surname")[0].heading == "Giv."
    assert header.columns[0].target == NOTE


def test_what_cannot_be_placed_is_said() -> None:
    header = header_of(["Surname", "Forename"])
    with pytest.raises(WrongUsage, match="Surname, Forename"):
        place_column(header, "dob", "Born")
    with pytest.raises(WrongUsage):
        target_named("shoe size")
    assert target_named("sen_status") == "sen_statuses.code"
    assert target_named("secondary_need") == "needs.code.2"
    assert target_named("dob") == "dob"


def test_stems_drop_what_a_school_system_adds() -> None:
    assert list(stems("Pupil's SEN status (code) on 27 Nov 2026"))[-1] == "senstatus"
