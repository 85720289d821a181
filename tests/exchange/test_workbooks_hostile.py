"""Workbooks as bad as can be: each is read or refused in one sentence, and nothing is changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError, Unreadable
from senreg.exchange import old_workbook
from senreg.exchange.grid import LONGEST_CELL
from senreg.exchange.tabular import LARGEST_FILE, read_table_file
from senreg.exchange.taking import table_meant, take_sheet
from senreg.exchange.unmade import Unmade

from . import spreadsheet_school as school
from .import_steps import TODAY, new_register

DATA = Path(__file__).parents[1] / "data" / "spreadsheets"
ROWS = [["Surname", "Forename", "DOB"], ["O'Neill", "Sam [EAL]", date(2016, 11, 3)]]

BOMB = b"".join(
    [
        b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY a "aaaaaaaaaa">',
        *(
            f'<!ENTITY {each} "{f"&{before};" * 10}">'.encode()
            for before, each in zip("abcdefgh", "bcdefghi", strict=True)
        ),
        b"]><sst><si><t>&i;</t></si></sst>",
    ]
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE sst [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    b"<sst><si><t>&x;</t></si></sst>"
)


def altered(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A workbook with one of its parts changed."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    parts[part] = change(parts.get(part, b""))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def read_whole(path: Path) -> list[list[object]]:
    file = read_table_file(path)
    return [row.cells for sheet in file.sheets for row in file.grid(sheet).rows]


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_whole(path)
    assert "\n" not in refused.value.happened
    assert len(refused.value.happened) < 250
    assert refused.value.do
    return refused.value


def ended(work: Callable[[], object]) -> tuple[Any, str]:
    """What the work gives, or the one sentence in which it is refused; nothing else may come."""
    try:
        return work(), ""
    except SenregError as refused:
        return None, refused.happened


@pytest.mark.parametrize("content", [BOMB, OUTSIDE])
@pytest.mark.parametrize(
    ("kind", "part"),
    [("xlsx", "xl/sharedStrings.xml"), ("xlsx", "xl/workbook.xml"), ("ods", "content.xml")],
)
def test_entities_are_refused_before_anything_grows(
    tmp_path: Path, kind: str, part: str, content: bytes
) -> None:
    path = tmp_path / f"bomb.{kind}"
    write = school.write_xlsx if kind == "xlsx" else school.write_ods
    write(path, {"Roll": ROWS})
    altered(path, part, lambda _: content)
    assert "no spreadsheet program writes" in refusal(path).happened


@pytest.mark.parametrize(
    "change",
    [
        lambda page: page + page,
        lambda page: page.replace(b"UTF-8", b"UTF-16"),
        lambda page: page.replace(b"UTF-8", b"no-such-encoding"),
        lambda page: b"",
        lambda page: page.decode().encode("utf-16"),
        lambda page: page.replace(b"<row", b"<\xff\xfe<row"),
        lambda page: page.replace(b"</", b"<"),
        lambda page: page.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 200_000),
    ],
    ids=["two roots", "wrong", "unknown", "empty", "utf-16", "bytes", "unclosed", "nested"],
)
def test_a_part_that_is_no_good_xml_ends_nothing(
    tmp_path: Path, change: Callable[[bytes], bytes]
) -> None:
    path = school.write_xlsx(tmp_path / "odd.xlsx", {"Roll": ROWS})
    altered(path, "xl/worksheets/sheet1.xml", change)
    rows, words = ended(lambda: read_whole(path))
    assert "\n" not in words
    assert words or len(rows) <= 4


def test_a_link_to_another_workbook_gives_the_value_that_was_kept(tmp_path: Path) -> None:
    """Nothing is fetched: what the spreadsheet program saw last stands in the cell."""
    with xlsxwriter.Workbook(str(tmp_path / "linked.xlsx")) as book:
        sheet = book.add_worksheet("Roll")
        sheet.write_row(0, 0, ["Surname", "Forename"])
        sheet.write_formula(1, 0, "='http://nowhere.example/[x.xlsx]Roll'!A1", value="O'Neill")
        sheet.write_formula(1, 1, "='\\\\server\\share\\[x.xlsx]Roll'!B1", value="Sam [EAL]")
        sheet.write_formula(2, 0, '=WEBSERVICE("http://nowhere.example")', value="#VALUE!")
        sheet.write_formula(2, 1, "=cmd|' /C calc'!A0", value="小明")
    rows = read_whole(tmp_path / "linked.xlsx")
    assert rows[1] == ["O'Neill", "Sam [EAL]"]
    assert rows[2][1] == "小明"


def test_headings_under_merged_ones_are_read_with_them(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "merged.xlsx")) as book:
        sheet = book.add_worksheet("Targets")
        sheet.merge_range(0, 0, 0, 3, "Autumn targets of 4B")
        sheet.merge_range(1, 0, 2, 0, "Pupil")
        sheet.merge_range(1, 1, 1, 2, "Target")
        sheet.write_row(2, 1, ["Type", "text", "Due"])
        sheet.write_row(3, 0, ["O'Neill, Sam", "Wider", "Joins [in]", "18/12/2026"])
    file = read_table_file(tmp_path / "merged.xlsx")
    with new_register(tmp_path) as register:
        with register.commit("Fill") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Sam"})
        taken = take_sheet(file, register, "targets")
        (row,) = taken.plan(register, today=TODAY).rows
        assert row.problem == ""
        assert row.values["statement"] == "Joins [in]"
        assert row.values["kind"] == "wider"


def test_headings_merged_downwards_name_their_columns_known_or_not(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "merged.xlsx")) as book:
        sheet = book.add_worksheet("Roll")
        sheet.merge_range(0, 0, 0, 5, "SEN register (CONFIDENTIAL)")
        sheet.merge_range(1, 0, 1, 1, "Child")
        for column, words in ((2, "Bus [route]"), (3, "UPN"), (4, "Ends")):
            sheet.merge_range(1, column, 2, column, words)
        sheet.write_row(2, 0, ["Surname", "Forename"])
        sheet.write_row(3, 0, ["O'Neill", "Łukasz", "7", ""])
        sheet.write_formula(3, 4, "=TODAY()")
    with new_register(tmp_path) as register:
        file = read_table_file(tmp_path / "merged.xlsx")
        taken = take_sheet(file, register, "pupils")
        assert [each.label for each in taken.header.columns][:5] == [
            "Surname", "Forename", "Bus [route]", "UPN", "Ends"]  # fmt: skip
        (row,) = taken.plan(register, today=TODAY).rows
        assert row.remarks == ["Ends: the formula in E4 has no value, so nothing is taken from it."]


def test_three_million_characters_in_a_cell_spoil_their_own_row_only(tmp_path: Path) -> None:
    path = school.write_xlsx(tmp_path / "long.xlsx", {"Roll": [*ROWS, ["Lee", "Ann", "x"]]})
    cell = f'<c r="A4" t="inlineStr"><is><t>{"x" * 3_000_000}</t></is></c>'
    row = f'<row r="4">{cell}<c r="B4" t="inlineStr"><is><t>Bo</t></is></c></row></sheetData>'
    altered(
        path,
        "xl/worksheets/sheet1.xml",
        lambda page: page.replace(b"</sheetData>", row.encode()),
    )
    file = read_table_file(path)
    rows = file.grid("Roll").rows
    assert [bool(each.problem) for each in rows] == [False, False, False, True]
    assert "3,000,000 characters" in rows[3].problem
    assert max(len(str(cell)) for cell in rows[3].cells) <= LONGEST_CELL


@pytest.mark.parametrize("name", ["vast.xlsx", "vast.xls", "vast.ods", "vast.csv", "vast.xml"])
def test_two_hundred_megabytes_are_not_even_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"PK\x03\x04" if name != "vast.csv" else b"Surname,Forename\n")
    with path.open("r+b") as file:
        file.truncate(200_000_000)
    assert f"{LARGEST_FILE // 1_000_000} megabytes" in refusal(path).happened


@pytest.mark.parametrize(
    "content",
    [
        "Surname,Forename\nO'Neill,Łukasz\n".encode("utf-16-be"),
        "Surname,Forename\nO'Neill,Łukasz\n".encode("utf-16"),
        "Surname,Forename\nO'Neill,Łukasz\n".encode("iso8859-2"),
        "Surname,Forename\nO'Neill,Łukasz\n".encode("utf-7"),
        b"\xef\xbb\xbfSurname,Forename\nO'Neill,\xffukasz\n",
        "Surname,Forename\nO'Neill,小明\n".encode("gb18030"),
        "Surname,Forename\nO'Neill,小明\n".encode("utf-32"),
    ],
)
def test_whatever_the_encoding_a_text_is_read_or_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes(content)
    rows, words = ended(lambda: read_whole(path))
    assert "\n" not in words
    assert words or rows[1][0] == "O'Neill"


def test_an_old_workbook_that_wants_too_much_takes_nothing_down(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its table of sectors runs in a circle: a reader without bounds takes memory without end."""
    content = bytearray((DATA / "roll.xls").read_bytes())
    size = 1 << int.from_bytes(content[30:32], "little")
    table = size * (1 + int.from_bytes(content[76:80], "little"))
    for place in range(0, size, 4):
        content[table + place : table + place + 4] = (place // 4).to_bytes(4, "little")
    (tmp_path / "circle.xls").write_bytes(content)
    monkeypatch.setattr(old_workbook, "SECONDS", 3)
    assert "broken" in refusal(tmp_path / "circle.xls").happened


def _flipped(content: bytes, places: list[tuple[float, int]]) -> bytes:
    changed = bytearray(content)
    for share, mask in places:
        changed[int(share * (len(changed) - 1))] ^= mask
    return bytes(changed)


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    kind=st.sampled_from(["xlsx", "ods"]),
    part=st.integers(0, 9),
    places=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=20),
    inside=st.booleans(),
)
def test_wrong_bytes_are_read_or_refused_and_change_nothing(
    tmp_path: Path, kind: str, part: int, places: list[tuple[float, int]], inside: bool
) -> None:
    path = tmp_path / f"fuzz.{kind}"
    write = school.write_xlsx if kind == "xlsx" else school.write_ods
    write(path, {"Roll": ROWS})
    if inside:
        with zipfile.ZipFile(path) as book:
            names = [each for each in book.namelist() if book.getinfo(each).file_size]
        altered(path, names[part % len(names)], lambda page: _flipped(page, places))
    else:
        path.write_bytes(_flipped(path.read_bytes(), places))

    def planned() -> object:
        file = read_table_file(path)
        return take_sheet(file, Unmade(), table_meant(file, Unmade())).plan(Unmade(), today=TODAY)

    _, words = ended(planned)
    assert "\n" not in words
    assert len(words) < 400


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(places=st.lists(st.tuples(st.floats(0, 1), st.integers(1, 255)), min_size=1, max_size=9))
def test_wrong_bytes_of_an_old_workbook_as_well(
    tmp_path: Path, places: list[tuple[float, int]], capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "fuzz.xls"
    path.write_bytes(_flipped((DATA / "roll.xls").read_bytes(), places))
    _, words = ended(lambda: read_whole(path))
    assert "\n" not in words
    assert capfd.readouterr() == ("", "")
