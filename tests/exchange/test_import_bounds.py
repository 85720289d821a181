"""However large or strange a file is, it is refused before it takes the machine down."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import Unreadable
from senreg.exchange import delimited, pupils_import, tabular
from senreg.exchange.delimited import read_delimited
from senreg.exchange.tabular import read_table_file

from .import_steps import new_register, plan_rows


@pytest.mark.parametrize("line", ["a,b\n", '"\n', 'a,"b\n', "\r", "\n"])
def test_a_file_of_more_lines_than_any_school_writes_is_refused(
    line: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "MOST_LINES", 1_000)
    content = b"Surname,Forename\nO'Neill,Sam\n" + line.encode() * 3_000
    with pytest.raises(Unreadable, match="more rows and columns"):
        read_delimited(content, "vast.csv")


def test_a_file_of_more_cells_than_any_school_writes_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(delimited, "MOST_CELLS", 1_000)
    content = b"Surname,Forename\n" + b"a" + b",b" * 600 + b"\n" + b"c" + b",d" * 600
    with pytest.raises(Unreadable, match="more rows and columns"):
        read_delimited(content, "wide.csv")


def test_a_list_as_long_as_allowed_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MOST_LINES", 1_000)
    monkeypatch.setattr(delimited, "MOST_CELLS", 2_000)
    grid = read_delimited(b"Surname\tForename\r\n" + "小明\tLi\r\n".encode() * 999, "x.csv")
    assert len(grid.rows) == 1_000
    grid = read_delimited(b"Surname,Forename\n" + b'a,"b\n' * 999, "x.csv")
    assert all(row.problem for row in grid.rows[1:])


def test_more_pupils_than_any_school_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pupils_import, "MOST_PUPILS", 3)
    rows = [["Surname", "Forename"], *([f"O'Neill {each}", "Sam [EAL]"] for each in range(4))]
    with new_register(tmp_path) as register:
        assert len(plan_rows(register, tmp_path, rows[:4]).rows) == 3
        with pytest.raises(Unreadable, match="no school has as many"):
            plan_rows(register, tmp_path, rows)


def test_a_file_is_read_no_further_than_it_may_be_long(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tabular, "LARGEST_FILE", 1_000_000)
    (tmp_path / "long.csv").write_bytes(b"Surname,Forename\n" + b"a,b\n" * 300_000)
    with pytest.raises(Unreadable, match="more than 1 megabytes"):
        read_table_file(tmp_path / "long.csv")
    if Path("/dev/zero").exists():
        with pytest.raises(Unreadable, match="megabytes"):
            read_table_file(Path("/dev/zero"))
