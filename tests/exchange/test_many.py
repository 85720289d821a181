"""A folder of files, or a workbook of tables, in one go: in order, stoppable, nothing unsaid."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from senreg.errors import Unreadable
from senreg.exchange.import_parts import ImportCancelled
from senreg.exchange.many import UNKNOWN, bring_in, look_at_sheets, look_into
from senreg.exchange.many_found import tables_in_words
from senreg.exchange.tabular import read_table_file
from senreg.exchange.taking import take_sheet
from senreg.register import Register

from . import spreadsheet_school as school
from .ctf.transfer_school import MAJA, PLAIN, ctf
from .import_steps import TODAY, new_register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with new_register(tmp_path) as made:
        yield made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files as they lie about: a roll, a transfer file, sheets about both, and what is no table."""
    folder = tmp_path / "september [1]"
    (folder / "old").mkdir(parents=True)
    school.write_csv(folder / "roll.csv", school.scholarpack(6))
    (folder / "8012005_CTF.xml").write_text(ctf(MAJA, PLAIN), encoding="utf-8")
    rows = [["Pupil", "Kind", "Target"], ["O'Neill, Sam", "Wider", "=Joins [in]"],
            ["Nobody, Here", "Wider", "x"]]  # fmt: skip
    school.write_csv(folder / "a targets.csv", rows)
    school.write_csv(folder / "staff.csv", [["Name", "Role"], ["Ms Olu", "TA"]])
    (folder / "letter.pdf").write_bytes(b"%PDF-1.7 ...")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04 this is no workbook")
    (folder / "census.xml").write_text("<Message><Header/></Message>", encoding="utf-8")
    (folder / "empty.csv").write_bytes(b"")
    (folder / "~$roll.xlsx").write_bytes(b"x")
    (folder / ".hidden").write_bytes(b"x")
    return folder


UNTOUCHED = 1
"""The version of a register that was only just made."""


def test_what_is_in_a_folder_is_told_before_anything_happens(
    register: Register, folder: Path
) -> None:
    told: list[tuple[int, int, str]] = []
    found = look_into(folder, register, tell=lambda *far: told.append(far))
    assert [(part.name, part.table) for part in found.parts] == [
        ("staff.csv", "staff"),
        ("8012005_CTF.xml", "pupils"),
        ("roll.csv", "pupils"),
        ("a targets.csv", "targets"),
    ]
    assert {each.name for each in found.passed} == {
        "broken.xlsx", "census.xml", "empty.csv", "letter.pdf", "old",
    }  # fmt: skip
    assert all(each.why.endswith(".") for each in found.passed)
    assert tables_in_words(found.parts) == ""
    assert (told[0][:2], told[-1][:2]) == ((0, 9), (8, 9))
    assert register.version == UNTOUCHED
    assert register.count("pupils") == 0


def test_all_of_it_comes_in_each_file_in_one_step(register: Register, folder: Path) -> None:
    found = bring_in(look_into(folder, register), register, today=TODAY)
    assert [part.state for part in found.parts] == ["done"] * 4
    assert found.worth_a_look
    assert register.count("pupils") == 8
    assert [row["statement"] for row in register.all("targets")] == ["=Joins [in]"]
    assert found.parts[-1].left_out == 1
    assert found.words.startswith("Brought in: 4 sheets")
    register.undo()
    assert register.count("targets") == 0
    assert register.count("pupils") == 8
    register.undo()
    assert register.count("pupils") == 2


def test_a_look_ahead_finds_what_the_files_before_bring_and_changes_nothing(
    register: Register, folder: Path
) -> None:
    found = bring_in(look_into(folder, register), register, dry_run=True, today=TODAY)
    assert [part.state for part in found.parts] == ["waiting"] * 4
    counts = [part.plan.counts for part in found.parts if part.plan]
    assert [each.new for each in counts] == [1, 2, 6, 1]
    assert tables_in_words(found.parts) == "1 member of staff, 8 pupils, 1 target"
    assert register.version == UNTOUCHED
    assert (register.count("pupils"), register.count("staff")) == (0, 0)
    assert found.words == "Nothing was brought in."
    bring_in(found, register, today=TODAY)
    assert [part.applied.counts for part in found.parts if part.applied] == counts
    assert tables_in_words(found.parts) == "1 member of staff, 8 pupils, 1 target"


def test_without_the_pupils_a_look_ahead_does_not_find_them(
    register: Register, folder: Path
) -> None:
    found = look_into(folder, register)
    for part in found.parts:
        part.wanted = part.table != "pupils"
    bring_in(found, register, dry_run=True, today=TODAY)
    assert tables_in_words(found.parts) == "1 member of staff"


def test_over_a_value_typed_here_only_the_first_file_goes(
    register: Register, tmp_path: Path
) -> None:
    with register.commit("By hand") as c:
        c.add("pupils", {"surname": "O'Neill", "forename": "Sam", "class_name": "3A"})
    folder = tmp_path / "twice"
    folder.mkdir()
    for name, room in (("a", "3B"), ("b", "3C")):
        rows = [["Surname", "Forename", "Class"], ["O'Neill", "Sam", room]]
        school.write_csv(folder / f"{name}.csv", rows)
    found = look_into(folder, register)
    for dry_run in (True, False):
        bring_in(found, register, dry_run=dry_run, today=TODAY)
        assert [part.typed for part in found.parts] == [1, 0]


def test_what_is_done_stays_when_it_is_stopped(register: Register, folder: Path) -> None:
    found = look_into(folder, register)
    done: list[str] = []
    bring_in(
        found,
        register,
        today=TODAY,
        each=lambda part: done.append(part.name),
        cancelled=lambda: len(done) >= 2,
    )
    assert [part.state for part in found.parts] == ["done", "done", "stopped", "stopped"]
    assert found.words == (
        "Stopped. Brought in: 2 sheets, 3 records. It stays. Not reached: roll.csv, a targets.csv."
    )
    assert (register.count("staff"), register.count("pupils")) == (1, 2)
    bring_in(found, register, today=TODAY)
    assert {part.state for part in found.parts} == {"done"}
    assert register.count("pupils") == 8


def test_stopped_within_a_file_nothing_of_that_file_is_there(
    register: Register, folder: Path
) -> None:
    asked = iter([False, False, True])
    found = look_into(folder, register)
    bring_in(found, register, today=TODAY, cancelled=lambda: next(asked, True))
    assert {part.state for part in found.parts} == {"stopped"}
    assert found.words.startswith("Stopped. Nothing was brought in. Not reached: staff.csv")
    assert register.version == UNTOUCHED
    with pytest.raises(ImportCancelled):
        look_into(folder, register, cancelled=lambda: True)


def test_what_a_person_leaves_is_left(register: Register, folder: Path) -> None:
    found = look_into(folder, register)
    for part in found.parts:
        part.wanted = part.table == "staff"
    bring_in(found, register, today=TODAY)
    assert [part.state for part in found.parts] == ["done", "left", "left", "left"]
    assert register.count("pupils") == 0


def test_a_file_that_goes_away_stops_no_other(register: Register, folder: Path) -> None:
    found = look_into(folder, register)
    (folder / "8012005_CTF.xml").unlink()
    bring_in(found, register, today=TODAY)
    assert [part.state for part in found.parts] == ["done", "refused", "done", "done"]
    assert "no file called 8012005_CTF.xml" in found.parts[1].refused


def test_a_workbook_tells_its_sheets(register: Register, tmp_path: Path) -> None:
    sheets = {
        "Notes": [["Pupil", "Kind", "Note"], ["O'Neill, Sam", "Meeting", "Came in"]],
        "Pupils": [["Surname", "Forename"], ["O'Neill", "Sam"]],
        "Targets": [["Pupil", "Kind", "Target"]],
        "Needs": [["Room"], ["Hall"]],
        "Dinner": [["Day", "Dish"], ["Monday", "Soup"]],
    }
    path = school.write_xlsx(tmp_path / "mine.xlsx", sheets)
    found = look_at_sheets(path, register)
    assert [part.table for part in found.parts] == ["pupils", "notes"]
    assert [each.name for each in found.passed] == [
        "mine.xlsx, sheet Needs", "mine.xlsx, sheet Dinner",
    ]  # fmt: skip
    bring_in(found, register, today=TODAY)
    (note,) = register.all("notes")
    assert note["pupil"] == register.all("pupils")[0].id


def test_a_sheet_that_only_wants_what_holds_for_every_row_is_told_so(
    register: Register, tmp_path: Path
) -> None:
    sheets = {
        "Pupils": [["Surname", "Forename"], ["O'Neill", "Sam"]],
        "Targets": [["Child", "Target", "Set on"], ["O'Neill, Sam", "Reads 50 words", "1/9/2026"]],
    }
    found = look_at_sheets(school.write_xlsx(tmp_path / "mine.xlsx", sheets), register)
    assert [each.why for each in found.passed] == [
        "It has no column for Kind: bring it in by itself, saying what holds for every row."
    ]


def test_what_is_no_folder_of_files_is_refused(register: Register, tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    with pytest.raises(Unreadable, match="no files"):
        look_into(tmp_path / "none", register)
    with pytest.raises(Unreadable, match="cannot be looked into"):
        look_into(tmp_path / "nowhere", register)
    with pytest.raises(Unreadable, match="is a register"):
        look_into(register.path, register)


PROGRAM = """import csv

def read(path):
    for surname, forename, class_name, year_group in csv.reader(path):
        print(
            surname, forename, class_name
        )

name,
class_name,
year_group,
if __name__ == "__main__":
    read("roll.csv")
"""
LETTER = """Dear Mrs Olu,
Thank you for the
Name, Class
of each child who goes swimming. We shall bring the list on Monday.
Yours, the office
"""
NO_TABLES = {
    "roll.py": PROGRAM,
    "pupils.py": PROGRAM,
    "notes.txt": LETTER,
    "suppliers.csv": "Name,Phone,Email\nMilk Ltd,0118 1,milk@example.org\n",
    "parents.csv": "Surname,Forename,Email\nNeill,Ann,ann@example.org\n",
    "database.csv": "id,name,amount\n1,Milk Ltd,3\n2,Bread Ltd,4\n",
    "readme.md": "# Pupils\n\n- Name\n- Class\n\nname | class\n\nThe end of it.\n",
    "conversations.md": "# Conversations\n\nSay\n\n| Led by | Held on |\n|---|---|\n\nThe end.\n",
    "settings.json": '{\n"name": "x",\n"class": "y"\n}\n',
}


@pytest.mark.parametrize("name", NO_TABLES)
def test_what_is_not_clearly_a_table_is_named_and_never_counted(
    register: Register, tmp_path: Path, name: str
) -> None:
    folder = tmp_path / "lying about"
    folder.mkdir()
    (folder / name).write_text(NO_TABLES[name], encoding="utf-8")
    found = look_into(folder, register)
    assert found.parts == []
    (passed,) = found.passed
    assert passed.why == UNKNOWN
    assert (passed.name, passed.path) == (name, folder / name)


def test_a_single_line_is_no_table_and_nothing_can_be_made_of_it(
    register: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    folder.mkdir()
    (folder / "menu.txt").write_text("Soup on Monday", encoding="utf-8")
    (passed,) = look_into(folder, register).passed
    assert (passed.why, passed.path) == (UNKNOWN, None)


@pytest.mark.parametrize("system", school.SYSTEMS)
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_school_systems_write_is_clear(
    register: Register, tmp_path: Path, system: str, ending: str
) -> None:
    folder = tmp_path / "exports"
    folder.mkdir()
    rows = school.SYSTEMS[system](12)
    if ending == "csv":
        school.write_csv(folder / "export.csv", rows)
    else:
        school.write_xlsx(folder / "export.xlsx", {"Sheet1": rows})
    found = look_into(folder, register)
    assert [(part.table, part.rows) for part in found.parts] == [("pupils", 12)]


@pytest.mark.parametrize(
    ("name", "text", "table"),
    [
        ("Interventions.csv", "Name\nLego therapy\nPrecision teaching\n", "interventions"),
        ("lessons.csv", 'Child,Kind,Target\n"O\'Neill, Sam",Wider,Joins in\n', "targets"),
        ("SEN.csv", "Name,Class,SEN status\nSam O'Neill,3A,K\nAda Lee,3B,\n", "pupils"),
        ("pupils.csv", "Surname,Forename\nO'Neill,Sam\n", "pupils"),
    ],
)
def test_a_short_table_is_clear_by_its_headings_or_its_name(
    register: Register, tmp_path: Path, name: str, text: str, table: str
) -> None:
    folder = tmp_path / "short"
    folder.mkdir()
    (folder / name).write_text(text, encoding="utf-8")
    assert [part.table for part in look_into(folder, register).parts] == [table]


def test_what_a_person_placed_once_is_clear_the_next_time(
    register: Register, tmp_path: Path
) -> None:
    folder = tmp_path / "again"
    folder.mkdir()
    path = school.write_csv(folder / "club.csv", [["Who", "Told"], ["O'Neill, Sam", "Came"]])
    assert look_into(folder, register).parts == []
    taken = take_sheet(
        read_table_file(path), register, "pupils", place=0, chosen={"Who": "name", "Told": "note"}
    )
    taken.plan(register, today=TODAY).apply()
    assert [part.table for part in look_into(folder, register).parts] == ["pupils"]
