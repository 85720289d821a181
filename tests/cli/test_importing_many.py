"""`senreg import FOLDER`, and every sheet of a workbook."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from senreg.cli.importing_many import stopping
from senreg.register import Register

from .conftest import Senreg


@pytest.fixture
def school(tmp_path: Path) -> Path:
    Register.create(tmp_path / "many.senreg", "Larkrise").close()
    return tmp_path / "many.senreg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "roll.csv").write_text(
        "Surname,Forename,DOB\nO'Neill,Sam [EAL],03/11/2016\n王,小明,31/02/2014\n", encoding="utf-8"
    )
    (folder / "notes.csv").write_text(
        'Pupil,Kind,Note\n"O\'Neill, Sam [EAL]",Meeting,=Came in\n', encoding="utf-8"
    )
    (folder / "menu.txt").write_bytes(b"Soup on Monday")
    (folder / "letter.py").write_text("name,\nclass_name,\nprint(name, class_name)\n")
    return folder


def test_a_folder_comes_in_file_by_file(senreg: Senreg, school: Path, folder: Path) -> None:
    look = senreg("import", folder, "--into", school, "--dry-run")
    assert look.code == 1
    assert "nothing was changed" in look.out
    assert "To bring in: 1 pupil, 1 note." in look.out
    assert "notes.csv (notes)\n  1 row: 1 new" in look.out
    assert "  letter.py: It is not a table senreg knows.\n" in look.out
    assert "senreg import FILE --table TABLE --map FIELD=HEADING" in look.out
    assert senreg("list", "pupils", school, "--json").document == []
    said = senreg("import", folder, "--into", school)
    assert said.code == 1
    assert "roll.csv (pupils)\n  2 rows: 1 new, 0 changed, 0 unchanged, 1 problem." in said.out
    assert "31/02/2014" in said.out
    assert "  menu.txt: " in said.out
    assert "Brought in: 2 sheets, 2 records." in said.out
    (note,) = senreg("list", "notes", school, "--json").document
    assert note["text"] == "=Came in"
    (folder / "menu.txt").unlink()
    (folder / "letter.py").unlink()
    again = senreg("import", folder, "--into", school, "--json")
    assert [again.document[key] for key in ("rows", "new", "unchanged", "problems")] == [3, 0, 2, 1]
    assert [(each["file"], each["state"]) for each in again.document["files"]] == [
        ("roll.csv", "done"),
        ("notes.csv", "done"),
    ]
    assert again.document["details"][0]["file"] == "roll.csv"


def test_every_sheet_of_our_own_workbook(senreg: Senreg, school: Path, folder: Path) -> None:
    senreg("import", folder, "--into", school)
    book = folder.parent / "all.xlsx"
    assert senreg("export", school, "--to", book, "--confidential").code == 0
    new = folder.parent / "new.senreg"
    senreg("new", new, "--school", "Elsewhere", "--plain")
    said = senreg("import", book, "--into", new, "--table", "all", "--json")
    assert (said.code, said.document["problems"]) == (0, 0)
    (note,) = senreg("list", "notes", new, "--json").document
    (pupil,) = senreg("list", "pupils", new, "--json").document
    assert (note["pupil"], note["text"]) == (pupil["id"], "=Came in")


@pytest.mark.parametrize(
    "words",
    [
        ("--sheet", "x"),
        ("--map", "dob=Born"),
        ("--every", "kind=wider"),
        ("--whole-roll",),
        ("--table", "targets"),
        ("--match", "2=new"),
    ],
)
def test_what_is_for_one_sheet_is_refused(
    senreg: Senreg, school: Path, folder: Path, words: tuple[str, ...]
) -> None:
    assert senreg("import", folder, "--into", school, *words).code == 2
    assert senreg("list", "pupils", school, "--json").document == []


def test_a_folder_with_nothing_to_bring_in_is_refused(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    (tmp_path / "none").mkdir()
    for folder in (tmp_path / "none", school):
        said = senreg("import", folder, "--into", school)
        assert (said.code, said.out) == (3, "")
        assert len(said.complaints) <= 3
    (tmp_path / "none" / "x.pdf").write_bytes(b"%PDF-1.7")
    assert senreg("import", tmp_path / "none", "--into", school).code == 3


def test_where_nothing_can_come_in_nothing_is_counted(
    senreg: Senreg, school: Path, folder: Path
) -> None:
    (folder / "roll.csv").unlink()
    look = senreg("import", folder, "--into", school, "--dry-run")
    assert "1 problem." in look.out
    assert "To bring in: nothing.\n" in look.out


def test_ctrl_c_stops_between_two_files_and_twice_at_once() -> None:
    before = signal.getsignal(signal.SIGINT)
    with stopping() as stopped:
        assert not stopped()
        signal.raise_signal(signal.SIGINT)
        assert stopped()
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) == before
