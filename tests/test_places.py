"""What stands in folders, and what typed paths mean."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from senreg.errors import Unreadable
from senreg.places import (
    completed,
    documents_folder,
    free_folder,
    is_empty,
    is_register,
    kind_of,
    listed,
    places,
    typed,
    written,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b folder", "A folder", ".hidden", "school.senreg", "named otherwise"):
        (tmp_path / name).mkdir()
    (tmp_path / "named otherwise" / "register.json").write_text("{}", encoding="utf-8")
    for name in ("roll.csv", "Roll [2].XLSX", "letter.docx", "\x1b[31mred.csv", "小明.csv"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    return tmp_path


def test_registers_come_first_then_folders_then_files(folder: Path) -> None:
    found = listed(folder, endings=(".csv", ".xlsx"))
    assert [(each.kind, each.name) for each in found] == [
        ("register", "named otherwise"),
        ("register", "school.senreg"),
        ("folder", "A folder"),
        ("folder", "b folder"),
        ("file", "[31mred.csv"),
        ("file", "Roll [2].XLSX"),
        ("file", "roll.csv"),
        ("file", "小明.csv"),
    ]


def test_a_name_with_an_escape_code_is_shown_cleaned_and_still_found(folder: Path) -> None:
    (odd,) = (each for each in listed(folder) if "red.csv" in each.name)
    assert "\x1b" not in odd.name
    assert odd.path.read_text(encoding="utf-8") == "x"


def test_files_are_left_out_where_folders_are_asked_for(folder: Path) -> None:
    assert {each.kind for each in listed(folder, files=False)} == {"register", "folder"}


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable):
        listed(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "folder", "name"),
    [
        ("", "/base", ""),
        ("roll.csv", "/base", "roll.csv"),
        ("sub/roll.csv", "/base/sub", "roll.csv"),
        ("sub/", "/base/sub", ""),
        ("/else/where", "/else", "where"),
        ("../up", "/", "up"),
        ("..", "/", ""),
        ('"/with quotes/roll.csv"', "/with quotes", "roll.csv"),
        ("  /spaces/x  ", "/spaces", "x"),
        ("~nobody-of-that-name/x", "/base/~nobody-of-that-name", "x"),
    ],
)
@pytest.mark.skipif(os.sep != "/", reason="paths of POSIX")
def test_what_a_typed_path_means(text: str, folder: str, name: str) -> None:
    meant = typed(text, Path("/base"))
    assert (str(meant.folder), meant.name) == (folder, name)
    assert meant.path == (Path(folder) / name if name else Path(folder))


def test_a_tilde_is_the_home_folder(tmp_path: Path) -> None:
    assert typed("~/x", tmp_path).folder == Path.home()
    assert typed("~", tmp_path).folder == Path.home()


def test_a_written_folder_reads_back(tmp_path: Path) -> None:
    assert typed(written(tmp_path), Path("/")).folder == tmp_path
    assert typed(written(tmp_path, "a.csv"), Path("/")).path == tmp_path / "a.csv"


@pytest.mark.parametrize(
    ("begun", "names", "whole"),
    [
        ("ro", ["roll.csv"], "roll.csv"),
        ("RO", ["roll.csv"], "roll.csv"),
        ("ro", ["roll.csv", "rolls.csv"], "roll"),
        ("ro", ["Roll 1.csv", "roll 2.csv"], "Roll "),
        ("x", ["roll.csv"], "x"),
        ("", ["roll.csv", "list.csv"], ""),
        ("stra", ["Straße"], "Straße"),
        ("小", ["小明.csv"], "小明.csv"),
    ],
)
def test_completion_goes_as_far_as_one_thing_can_be_meant(
    begun: str, names: list[str], whole: str
) -> None:
    assert completed(begun, names) == whole


def test_kinds(folder: Path) -> None:
    assert kind_of(folder / "roll.csv") == "file"
    assert kind_of(folder / "A folder") == "folder"
    assert kind_of(folder / "school.senreg") == "register"
    assert kind_of(folder / "nowhere") == "nothing"
    assert kind_of(folder / ("x" * 5000)) == "nothing"
    assert kind_of(Path("bad\0name")) == "nothing"
    assert is_register(folder / "named otherwise")
    assert not is_register(folder / "A folder")
    assert is_empty(folder / "A folder")
    assert not is_empty(folder)
    assert not is_empty(folder / "nowhere")


def test_a_free_folder_is_not_there_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENREG_HOME", str(tmp_path))
    assert documents_folder() == tmp_path
    assert free_folder("school", ".senreg") == tmp_path / "school.senreg"
    (tmp_path / "school.senreg").mkdir()
    assert free_folder("school", ".senreg") == tmp_path / "school 2.senreg"


def test_places_are_folders_that_are_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SENREG_HOME", str(tmp_path))
    found = places()
    assert found[0].path == tmp_path
    assert len({each.path for each in found}) == len(found)
    assert all(each.path.is_dir() for each in found)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("/home/senco//tmp/My pupils (2026).csv", "/tmp/My pupils (2026).csv"),
        ('/home/senco/"/tmp/My pupils.csv"', "/tmp/My pupils.csv"),
        ("/home/senco/O'Neill/a.csv", "/home/senco/O'Neill/a.csv"),
    ],
)
def test_a_whole_path_pasted_behind_another_is_meant_alone(text, meant):
    assert typed(text, Path("/elsewhere")).path == Path(meant)
