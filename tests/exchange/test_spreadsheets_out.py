from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from senreg.errors import CannotWrite, WrongUsage
from senreg.exchange.cell_pieces import CELL_LIMIT
from senreg.exchange.columns import ID_HEADING, is_words_heading
from senreg.exchange.formulas import unguarded
from senreg.exchange.own_sheets import HOW_TO_READ
from senreg.exchange.spreadsheets_out import export_csv, export_xlsx, spreadsheet_tables, table_csv
from senreg.exchange.workbook import sheet_name
from senreg.models.tables import EMPLOYMENT, TABLES, fields_of
from senreg.models.text import clean, clean_line

from .shelf import Shelf

NAMES = [
    "O'Neill",
    "Sam [EAL] O'Neil",
    "[/b]",
    "Łukasz",
    "小明",
    "مرحبا",
    "Zoë “Zed” d’Arcy-Brown",
    '😀, "quoted"',
    '=HYPERLINK("http://x")',
    "  @SUM(A1)",
    "'=1",
    "＝1",
    "_x0041_",
]


def csv_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def sheet(path: Path, name: str) -> list[dict[str, Any]]:
    head, *rows = CalamineWorkbook.from_path(path).get_sheet_by_name(name).to_python()
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf(
        staff=[{"name": "Ms Adeyemi-Clarke", "initials": "TA"}, {"name": "Mr =Cole"}],
        pupils=[
            {
                "surname": "O'Neill",
                "forename": "Sam",
                "dob": "2016-11-03",
                "year_group": "4",
                "sex": "M",
                "key_teacher": "staff-0",
                "fsm": True,
                "what_helps": "Sits near the front\n- a quiet corner",
            },
            {"surname": "[/b]", "forename": "小明", "dob": "1899-12-31", "key_teacher": "gone"},
        ],
        interventions=[{"name": "Phonics", "sessions_per_week": 2.5, "resource_cost": 40.0}],
        groups=[{"intervention": "interventions-0", "staff": ["staff-0", "staff-1"]}],
        targets=[{"pupil": "pupils-0", "kind": "wider", "start_value": -3.0}],
        target_reviews=[{"target": "targets-0", "outcome": -2}],
        notes=[
            {"pupil": "pupils-0", "kind": "call", "text": "@home: Mum rang"},
            {"pupil": "pupils-0", "kind": "other", "text": "Apart", "confidential": True},
        ],
    )


def test_a_csv_file_says_each_thing_as_it_is_stored_and_in_words(
    shelf: Shelf, tmp_path: Path
) -> None:
    written = export_csv(shelf, "pupils", tmp_path / "out.csv")
    assert written.rows == {"pupils": 2}
    sam, ming = csv_rows(written.path)
    assert sam[ID_HEADING] == "pupils-0"
    assert (sam["Surname"], sam["Forename"]) == ("O'Neill", "Sam")
    assert sam["Date of birth"] == "2016-11-03"
    assert (sam["Year group"], sam["Year group (in words)"]) == ("4", "Year 4")
    assert (sam["Key teacher"], sam["Key teacher (name)"]) == ("staff-0", "Ms Adeyemi-Clarke")
    assert (sam["Free school meals"], sam["EAL"]) == ("Yes", "No")
    assert sam["What helps"] == "Sits near the front\n- a quiet corner"
    assert (ming["Surname"], ming["Forename"]) == ("[/b]", "小明")
    assert (ming["Key teacher"], ming["Key teacher (name)"]) == ("gone", "")


def test_numbers_stay_numbers_and_text_like_a_formula_is_led_by_an_apostrophe(
    shelf: Shelf, tmp_path: Path
) -> None:
    (review,) = csv_rows(export_csv(shelf, "target_reviews", tmp_path / "r.csv").path)
    assert (review["Outcome"], review["Outcome (in words)"]) == ("-2", "Much less than expected")
    (target,) = csv_rows(export_csv(shelf, "targets", tmp_path / "t.csv").path)
    assert target["Figure at the start"] == "-3"
    (group,) = csv_rows(export_csv(shelf, "groups", tmp_path / "g.csv").path)
    assert group["Led by"] == "staff-0, staff-1"
    assert group["Led by (name)"] == "Ms Adeyemi-Clarke; Mr =Cole"
    first, second = csv_rows(export_csv(shelf, "notes", tmp_path / "n.csv").path)
    assert first["Note"] == "'@home: Mum rang"
    assert second["Note"] == "Apart"


def test_what_is_confidential_can_be_left_behind(shelf: Shelf, tmp_path: Path) -> None:
    written = export_csv(shelf, "notes", tmp_path / "n.csv", confidential=False)
    assert (written.rows, written.left_out) == ({"notes": 1}, 1)
    (note,) = csv_rows(written.path)
    assert "Note" not in note
    book = export_xlsx(shelf, tmp_path / "all.xlsx", confidential=False)
    assert book.left_out == 1
    assert "Free school meals" not in sheet(book.path, "Pupils")[0]
    assert "Surname" in sheet(book.path, "Pupils")[0]


def test_a_file_for_other_programs_begins_with_a_byte_order_mark(
    shelf: Shelf, tmp_path: Path
) -> None:
    data = export_csv(shelf, "staff", tmp_path / "s.csv").path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfId,")
    assert data.count(b"\xef\xbb\xbf") == 1
    assert data.endswith(b"\r\n")


def test_a_workbook_has_typed_cells_and_a_sheet_a_table(shelf: Shelf, tmp_path: Path) -> None:
    written = export_xlsx(shelf, tmp_path / "all.xlsx")
    book = CalamineWorkbook.from_path(written.path)
    tables = [sheet_name(table) for table in spreadsheet_tables()]
    assert book.sheet_names == [*tables, HOW_TO_READ]
    assert not EMPLOYMENT & set(spreadsheet_tables())
    assert {name.lower().replace(" ", "_") for name in tables} <= set(TABLES)
    sam, ming = sheet(written.path, "Pupils")
    assert sam["Date of birth"] == date(2016, 11, 3)
    assert ming["Date of birth"] == "1899-12-31"
    assert (sam["Surname"], ming["Forename"]) == ("O'Neill", "小明")
    assert (sam["Free school meals"], sam["EAL"]) == ("Yes", "No")
    (help_,) = sheet(written.path, "Interventions")
    assert (help_["Sessions a week"], help_["Resources"]) == (2.5, 40)
    assert sheet(written.path, "Target reviews")[0]["Outcome"] == -2
    assert sheet(written.path, "Groups")[0]["Led by (name)"] == "Ms Adeyemi-Clarke; Mr =Cole"


def test_objectives_of_performance_are_in_no_workbook_that_does_not_name_them(
    tmp_path: Path,
) -> None:
    shelf = Shelf(
        objectives=[
            {"kind": "performance", "text": "Not met by him"},
            {"kind": "improvement", "text": "Every parent"},
        ]
    )
    whole = export_xlsx(shelf, tmp_path / "all.xlsx", confidential=False)
    assert [row["Objective"] for row in sheet(whole.path, "Objectives")] == ["Every parent"]
    assert whole.staying == "1 objective of performance management"
    assert whole.left_out == 0  # it is not confidential: another word takes it along
    named = export_xlsx(shelf, tmp_path / "named.xlsx", ["objectives"])
    assert len(sheet(named.path, "Objectives")) == 2
    assert not named.staying


def test_a_workbook_says_how_to_read_it(shelf: Shelf, tmp_path: Path) -> None:
    written = export_xlsx(
        shelf, tmp_path / "all.xlsx", ["pupils", "targets"], confidential=False,
        today=date(2026, 11, 27),
    )  # fmt: skip
    rows = CalamineWorkbook.from_path(written.path).get_sheet_by_name(HOW_TO_READ).to_python()
    said = {row[0]: row[1] for row in rows}
    assert said["Made on"] == date(2026, 11, 27)
    assert said["Delete after"] == written.delete_after == date(2026, 12, 31)
    assert "Free school meals" in said["Not in it"]
    assert "Not known" in said["A blank cell"]
    columns = {(row[0], row[1]): row for row in rows}
    for table in ("pupils", "targets"):
        for field in fields_of(table):
            shown = not (field.about.confidential or field.about.unasked)
            assert ((sheet_name(table), field.title) in columns) is shown, field.name
    assert columns["Targets", "Figure to reach"][3]
    assert columns["Pupils", "Id"][2].startswith("The register's own name")
    codes = {(row[0], row[1]): row[2] for row in rows}
    assert codes["Targets: Kind", "wider"] == "Wider outcome"
    assert codes["Pupils: Sex", "F"] == "Female"
    with ZipFile(written.path) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert 'state="frozen"' in page
    assert "<autoFilter" in page


def test_only_the_tables_that_were_asked_for(shelf: Shelf, tmp_path: Path) -> None:
    written = export_xlsx(shelf, tmp_path / "some.xlsx", ["sen_statuses", "staff", "staff"])
    book = CalamineWorkbook.from_path(written.path)
    assert book.sheet_names == ["SEN statuses", "Staff", HOW_TO_READ]
    with pytest.raises(WrongUsage):
        export_xlsx(shelf, tmp_path / "none.xlsx", ["pupil"])
    with pytest.raises(WrongUsage):
        export_csv(shelf, "pupil", tmp_path / "none.csv")
    assert not (tmp_path / "none.xlsx").exists()
    assert not (tmp_path / "none.csv").exists()


def test_a_text_longer_than_a_cell_goes_on_in_the_next_column(tmp_path: Path) -> None:
    text = "😀" * 20_000 + "x" * 40_000
    shelf = Shelf(notes=[{"kind": "call", "text": text}, {"kind": "call", "text": "short"}])
    written = export_xlsx(shelf, tmp_path / "long.xlsx", ["notes"])
    long, short = sheet(written.path, "Notes")
    parts = [long["Note"], long["Note (2)"], long["Note (3)"]]
    assert "".join(parts) == text
    assert all(len(part.encode("utf-16-le")) // 2 <= CELL_LIMIT for part in parts)
    assert (short["Note"], short["Note (2)"]) == ("short", "")
    assert csv_rows_of_long_cells(export_csv(shelf, "notes", tmp_path / "long.csv").path) == text


def csv_rows_of_long_cells(path: Path) -> str:
    limit = csv.field_size_limit(1_000_000)
    try:
        return csv_rows(path)[0]["Note"]
    finally:
        csv.field_size_limit(limit)


def test_no_part_of_a_workbook_is_a_formula_or_a_link(tmp_path: Path) -> None:
    rows = [{"name": name} for name in [*NAMES, "http://x.example", "mailto:a@b", "internal:A1"]]
    written = export_xlsx(Shelf(staff=rows), tmp_path / "s.xlsx", ["staff"])
    with ZipFile(written.path) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode("utf-8")
    assert "<f>" not in page
    assert "<hyperlink" not in page
    assert [row["Name"] for row in sheet(written.path, "Staff")] == [row["name"] for row in rows]


def test_headings_are_one_of_a_kind_in_every_table() -> None:
    for table in TABLES:
        (line,) = table_csv(Shelf(), [], fields_of(table))
        headings = next(csv.reader([line]))
        assert len(headings) == len(set(headings)), table
        for field in fields_of(table):
            assert field.title in headings or f"{field.title} ({field.name})" in headings


def test_the_words_beside_a_code_are_told_from_a_column_of_its_own() -> None:
    headings = ["Key teacher", "key teacher (Name)", "Mother (name)", "Sex (in words)", "Sex"]
    told = [each for each in headings if is_words_heading(each, headings)]
    assert told == ["key teacher (Name)", "Sex (in words)"]


def test_a_workbook_that_is_open_elsewhere_is_refused_in_a_sentence(
    shelf: Shelf, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(*_: object) -> None:
        raise PermissionError(13, "in use")

    monkeypatch.setattr("senreg.store.files.os.replace", in_use)
    with pytest.raises(CannotWrite, match="open in another program"):
        export_xlsx(shelf, tmp_path / "open.xlsx", ["staff"])
    assert list(tmp_path.iterdir()) == []


texts = st.one_of(st.sampled_from(NAMES), st.text(max_size=30))
lines = texts.map(clean_line).filter(bool)
bodies = texts.map(lambda text: clean(text).strip()).filter(bool)
staff_rows = st.lists(
    st.fixed_dictionaries({"surname": lines, "forename": lines, "what_helps": bodies}),
    min_size=1,
    max_size=4,
)


@settings(max_examples=60, deadline=None)
@given(staff_rows)
def test_names_come_out_as_they_went_in(rows: list[Mapping[str, str]]) -> None:
    shelf = Shelf(pupils=rows)
    text = "".join(table_csv(shelf, shelf.all("pupils"), fields_of("pupils")))
    for cell in (cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row):
        assert not cell.lstrip().startswith(tuple("=+-@＝＋－＠"))
    back = list(csv.DictReader(io.StringIO(text, newline="")))
    told = [("Surname", "surname"), ("Forename", "forename"), ("What helps", "what_helps")]
    for row, found in zip(rows, back, strict=True):
        for title, name in told:
            assert unguarded(found[title]) == row[name]


@settings(max_examples=25, deadline=None)
@given(rows=staff_rows)
def test_names_survive_a_workbook(
    rows: list[Mapping[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    out = tmp_path_factory.mktemp("book") / "pupils.xlsx"
    found = sheet(export_xlsx(Shelf(pupils=rows), out, ["pupils"]).path, "Pupils")
    for row, back in zip(rows, found, strict=True):
        assert (back["Surname"], back["Forename"]) == (row["surname"], row["forename"])
        assert back["What helps"] == row["what_helps"]
