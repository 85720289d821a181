"""Files of every kind become the same rows, and what is no table is refused in one sentence."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest

from senreg.errors import SenregError, Unreadable, WrongUsage
from senreg.exchange.tabular import read_table_file

from . import spreadsheet_school as school

DATA = Path(__file__).parent.parent / "data" / "spreadsheets"
ROWS = [
    ["Surname", "Forename", "Note"],
    ["O'Neill", "Sam", 'said "no", then\nyes; well'],
    ["Łukasiewicz", "Łukasz", "brackets [b] (c)"],
    ["王", "小明", "😀"],
]


def cells(path: Path, sheet: str = "") -> list[list[object]]:
    file = read_table_file(path)
    return [list(row.cells) for row in file.grid(sheet or file.sheets[0]).rows]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_a_csv_file_is_read_whatever_its_encoding_and_delimiter(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    rows = [*ROWS, *[["Plain", f"Pupil {n}", "nothing of note here"] for n in range(20)]]
    path = school.write_csv(tmp_path / "roll.csv", rows, delimiter=delimiter, encoding=encoding)
    assert cells(path) == rows


def test_windows_1252_is_read_where_the_file_is_no_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes("Surname,Forename\r\nO’Brien,Zoë\r\nMüller,René\r\n".encode("cp1252"))
    assert cells(path) == [["Surname", "Forename"], ["O’Brien", "Zoë"], ["Müller", "René"]]


def test_one_damaged_letter_spoils_its_row_and_not_the_names_of_the_others(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    good = "Surname,Forename\nŁukasiewicz,Łukasz\nGarcía,José\nNowak,Żaneta\n".encode()
    path.write_bytes(good + b"M\xfcller,Ren\n")
    rows = read_table_file(path).grid("").rows
    assert [bool(row.problem) for row in rows] == [False, False, False, False, True]
    assert rows[1].cells == ["Łukasiewicz", "Łukasz"]


def test_excels_line_that_names_the_delimiter_is_followed_and_left_out(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("sep=;\na;b,c\n1;2,3\n", encoding="utf-8")
    assert cells(path) == [["a", "b,c"], ["1", "2,3"]]


def test_the_apostrophe_before_a_formula_is_taken_off_again(tmp_path: Path) -> None:
    path = school.write_csv(
        tmp_path / "r.csv", [["a", "b", "c"], ["'=1+1", "''-x", "'Abd"], ["'@x", "D'Arcy", "=1"]]
    )
    assert cells(path)[1:] == [["=1+1", "'-x", "'Abd"], ["@x", "D'Arcy", "=1"]]


def test_rows_are_counted_as_spreadsheets_count_them(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text('a,b\n\n"two\nlines",2\n,\n3,4\n', encoding="utf-8")
    rows = read_table_file(path).grid("").rows
    assert [(row.number, row.cells[0]) for row in rows] == [(1, "a"), (3, "two\nlines"), (5, "3")]


def test_a_quotation_mark_left_open_spoils_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    lines = ["a,b,c", "1,2,3", 'x,"y,z', "4,5,6", 'p,"q', "7,8,9", "10,11,12"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = read_table_file(path).grid("").rows
    kept = [list(row.cells) for row in rows if not row.problem]
    assert kept == [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"],
                    ["10", "11", "12"]]  # fmt: skip
    assert sum(bool(row.problem) for row in rows) == 2


def test_quotation_marks_left_open_in_row_after_row_join_nothing(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    lines = ["Surname,Forename,Class", *(f'"Nowak{n},Ewa,4B' for n in range(9)), "Smith,Al,4A"]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = read_table_file(path).grid("").rows
    assert [list(row.cells) for row in rows if not row.problem] == [
        ["Surname", "Forename", "Class"], ["Smith", "Al", "4A"],
    ]  # fmt: skip
    assert sum(bool(row.problem) for row in rows) == 9


def test_a_file_of_nothing_but_odd_quotation_marks_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text("a,b\n1,2\n" + '"x""\n' * 30_000, encoding="utf-8")
    rows = read_table_file(path).grid("").rows
    assert [row.cells for row in rows[:2]] == [["a", "b"], ["1", "2"]]
    assert rows[-1].number == 30_002


def test_cells_of_several_lines_with_commas_and_quotes_are_whole(tmp_path: Path) -> None:
    note = 'cats, dogs, "big" fish, birds, and\ntrains, cars, boats, bikes\n\n- the end'
    rows = [
        ["Surname", "Note", "Class", "Forename"],
        *([f"N{n}", note, "4B", "E"] for n in range(9)),
    ]
    assert cells(school.write_csv(tmp_path / "roll.csv", rows)) == rows


def test_a_cell_of_three_million_characters_spoils_its_own_row_only(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    path.write_text(f"a,b\n1,2\nx,{'y' * 3_000_000}\n3,4\n", encoding="utf-8")
    rows = read_table_file(path).grid("").rows
    assert [bool(row.problem) for row in rows] == [False, False, True, False]
    assert "B3" in rows[2].problem
    assert "3,000,000" in rows[2].problem
    assert all(len(str(cell)) < 100 for row in rows for cell in row.cells)


def test_zeros_and_steering_characters_are_taken_out_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "roll.csv"
    text = "Surname,Forename\nO\0Neill,Sam\x1b[31m\nSmith,\u202eSam\u200f\n" + "x,y\n" * 40
    path.write_bytes(text.encode())
    assert cells(path)[1:3] == [["ONeill", "Sam[31m"], ["Smith", "Sam"]]


@pytest.mark.parametrize("write", [school.write_xlsx, school.write_ods])
def test_a_workbook_gives_its_sheets_with_dates_as_dates(tmp_path: Path, write) -> None:
    rows = [["Surname", "Born", "Year"], ["O'Neill", date(2016, 11, 3), 4], ["王", "", 5]]
    path = write(tmp_path / ("b.xlsx" if write is school.write_xlsx else "b.ods"), {
        "Notes": [["Read", "me"]], "Roll": rows,
    })  # fmt: skip
    file = read_table_file(path)
    assert file.sheets == ["Notes", "Roll"]
    assert [list(row.cells)[:3] for row in file.grid("Roll").rows] == rows
    assert file.grid(" roll ").rows == file.grid("Roll").rows
    with pytest.raises(WrongUsage, match="Notes, Roll"):
        file.grid("Absent")


def test_an_old_xls_workbook_is_read() -> None:
    file = read_table_file(DATA / "roll.xls")
    assert file.sheets == ["Read me", "Roll"]
    rows = file.grid("Roll").rows
    assert rows[2].number == 4
    assert rows[3].cells[1:4] == ["O'Neill", "Sam", date(2016, 11, 3)]


def test_hidden_sheets_come_last(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "b.xlsx"))
    book.add_worksheet("Secret").hide()
    book.add_worksheet("Roll").activate()
    book.close()
    assert read_table_file(tmp_path / "b.xlsx").sheets == ["Roll", "Secret"]


def test_text_under_the_name_of_an_old_workbook_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("Surname\tForename\nNowak\tEwa\n", encoding="utf-8")
    assert cells(path) == [["Surname", "Forename"], ["Nowak", "Ewa"]]


def refusal(path: Path) -> SenregError:
    with pytest.raises(Unreadable) as caught:
        read_table_file(path)
    assert caught.value.exit_code == 3
    assert len(caught.value.lines) <= 3
    assert caught.value.happened.count(".") <= 2
    return caught.value


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.xls", "a.ods", "a"])
@pytest.mark.parametrize("content", [b"", b"\n \r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0\0"])
def test_an_empty_file_is_refused(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refusal(path)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4,
        b"%PDF-1.7\n%\xe2\xe3\n1 0 obj",
        b"\x7fELF" + b"\0\1\2\3" * 200,
        bytes(range(256)) * 8,
        bytes((i * 7 + i // 3) % 256 for i in range(5000)),
        b"SQLite format 3\0" + b"\0" * 500,
    ],
)
def test_a_binary_named_csv_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "roll.csv"
    path.write_bytes(content)
    refusal(path)


def test_a_workbook_named_csv_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = school.write_xlsx(tmp_path / "b.xlsx", {"Roll": ROWS}).rename(tmp_path / "b.csv")
    assert ".xlsx" in refusal(path).do


@pytest.mark.parametrize("name", ["locked.xls", "locked.xlsx"])
def test_a_workbook_with_a_password_is_refused_as_such(name: str) -> None:
    assert "password" in refusal(DATA / name).happened


def test_a_locked_ods_workbook_is_refused_as_such(tmp_path: Path) -> None:
    path = school.write_ods(tmp_path / "b.ods", {"Roll": ROWS}, locked=True)
    assert "password" in refusal(path).happened


@pytest.mark.parametrize("share", [0.01, 0.1, 0.5, 0.98])
@pytest.mark.parametrize("ending", [".xlsx", ".ods", ".xls"])
def test_a_broken_workbook_is_refused(tmp_path: Path, ending: str, share: float) -> None:
    whole = tmp_path / f"whole{ending}"
    if ending == ".xlsx":
        school.write_xlsx(whole, {"Roll": ROWS})
    elif ending == ".ods":
        school.write_ods(whole, {"Roll": ROWS})
    else:
        whole = DATA / "roll.xls"
        share /= 2
    path = tmp_path / f"broken{ending}"
    content = whole.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    refusal(path)


def test_a_workbook_with_a_scrambled_sheet_is_refused(tmp_path: Path) -> None:
    whole = school.write_xlsx(tmp_path / "whole.xlsx", {"Roll": ROWS})
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            if "sheet1" in member.filename:
                content = content[: len(content) // 2]
            new.writestr(member.filename, content)
    with pytest.raises(Unreadable):
        file = read_table_file(path)
        file.grid(file.sheets[0])


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("xl/workbook.xml", "<workbook/>")
        with zipped.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(250):
                sheet.write(b" " * 1_000_000)
    assert path.stat().st_size < 1_000_000
    assert "megabytes" in refusal(path).happened


def test_a_cell_at_the_far_corner_does_not_end_the_program(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(str(tmp_path / "far.xlsx"))
    sheet = book.add_worksheet()
    sheet.write(0, 0, "Surname")
    sheet.write(1_048_575, 16_383, "x")
    book.close()
    assert "XFD1048576" in refusal(tmp_path / "far.xlsx").happened


def test_a_repeated_cell_of_an_ods_file_does_not_end_the_program(tmp_path: Path) -> None:
    body = (
        '<table:table table:name="Roll"><table:table-row table:number-rows-repeated="1048576">'
        '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert "far" in refusal(school.write_ods_content(tmp_path / "far.ods", body)).happened


def test_a_web_page_under_the_name_of_a_workbook_is_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><table><tr><td>Surname</td></tr></table></html>", encoding="utf-8")
    assert "web page" in refusal(path).happened


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    refusal(tmp_path / "none.csv")
    refusal(tmp_path)
