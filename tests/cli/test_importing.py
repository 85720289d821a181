"""`senreg import`: the preview, the import, its JSON and its refusals."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from senreg.register import Register
from tests.exchange.ctf.transfer_school import MAJA, PLAIN, ctf

from .conftest import Senreg

HEAD = ["UPN", "Legal Surname", "Legal Forename", "DOB", "Reg Group", "SEN status", "Bus route"]
KEYS = ["rows", "new", "changed", "unchanged", "problems", "absent", "details"]


def row(surname: str, forename: str, born: str = "03/11/2016", **more: str) -> list[str]:
    cells = {"upn": "", "group": "4B", "sen": "", "bus": ""} | more
    return [cells["upn"], surname, forename, born, cells["group"], cells["sen"], cells["bus"]]


@pytest.fixture
def roll(tmp_path: Path):
    def write(*rows: list[str], name: str = "roll.csv") -> Path:
        path = tmp_path / name
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return path

    return write


@pytest.fixture
def school(tmp_path: Path) -> Path:
    folder = tmp_path / "import.senreg"
    Register.create(folder, "Larkrise").close()
    return folder


def pupils(school: Path) -> list[tuple[str, str, str]]:
    with Register.open(school, read_only=True) as register:
        return [(p["surname"], p["forename"], p["class_name"]) for p in register.all("pupils")]


def test_a_list_comes_in_and_says_so_in_json(senreg: Senreg, school: Path, roll) -> None:
    path = roll(row("O'Neill", "Sam", sen="K"), row("王", "小明", "2016-09-01", bus="7"))
    said = senreg("import", path, "--into", school, "--json")
    assert said.code == 0
    assert list(said.document) == KEYS
    assert [said.document[key] for key in KEYS[:6]] == [2, 2, 0, 0, 0, 0]
    detail = said.document["details"][0]
    assert (detail["row"], detail["state"], detail["name"]) == (2, "new", "O'Neill, Sam")
    shown = senreg("show", detail["pupil"], school, "--json")
    assert shown.document["surname"] == "O'Neill"
    said = senreg("import", path, "--into", school, "--json")
    assert (said.code, said.document["unchanged"], said.document["changed"]) == (0, 2, 0)
    assert "Nothing had to be changed." in senreg("import", path, "--into", school).out


def test_a_look_ahead_changes_nothing(senreg: Senreg, school: Path, roll) -> None:
    before = {path: path.stat().st_mtime_ns for path in school.rglob("*.json*")}
    path = roll(row("O'Neill", "Sam"))
    for words in ((), ("--json",)):
        said = senreg("import", path, "--into", school, "--dry-run", *words)
        assert said.code == 0
        assert "O'Neill" in said.out
    assert pupils(school) == []
    assert {path: path.stat().st_mtime_ns for path in school.rglob("*.json*")} == before


def test_what_changes_is_shown_old_and_new(senreg: Senreg, school: Path, roll) -> None:
    senreg("import", roll(row("O'Neill", "Sam")), "--into", school)
    said = senreg("import", roll(row("O'Neill", "Sam", group="5B")), "--into", school, "--json")
    assert said.document["changed"] == 1
    assert said.document["details"][0]["changes"] == [
        {"field": "class_name", "old": "4B", "new": "5B"}
    ]
    said = senreg("import", roll(row("O'Neill", "Sam", group="6B")), "--into", school)
    assert "Class: 5B -> 6B" in said.out
    assert "senreg undo" in said.out
    senreg("undo", school)
    assert pupils(school) == [("O'Neill", "Sam", "5B")]
    keep = senreg(
        "import", roll(row("O'Neill", "Sam", group="6B")), "--into", school, "--json", "--keep",
        "class_name",
    )  # fmt: skip
    assert (keep.document["changed"], keep.document["unchanged"]) == (0, 1)
    assert pupils(school) == [("O'Neill", "Sam", "5B")]


def test_what_was_typed_here_is_never_overwritten_without_a_word(
    senreg: Senreg, school: Path, roll
) -> None:
    senreg("import", roll(row("O'Neill", "Sam"), row("Nowak", "Ewa")), "--into", school)
    (sam,) = senreg("list", "pupils", school, "--where", "forename=Sam", "--json").document
    senreg("set", sam["id"], school, "class_name=4 Oak")
    file = roll(row("O'Neill", "Sam", group="5A"), row("Nowak", "Ewa", group="5B"))
    told = "1 value typed here {} by the file; --keep FIELD leaves one as it is."
    said = senreg("import", file, "--into", school, "--dry-run")
    assert (said.code, said.complaints) == (1, [told.format("would be overwritten")])
    assert "Class: 4 Oak -> 5A  (over what was typed here)" in said.out
    assert "Class: 4B -> 5B\n" in said.out
    kept = senreg("import", file, "--into", school, "--dry-run", "--keep", "class_name")
    assert (kept.code, kept.err) == (0, "")
    said = senreg("import", file, "--into", school, "--json")
    assert (said.code, said.complaints) == (1, [told.format("is overwritten")])
    changes = {each["name"]: each["changes"] for each in said.document["details"]}
    assert changes == {
        "O'Neill, Sam": [{"field": "class_name", "old": "4 Oak", "new": "5A", "typed": True}],
        "Nowak, Ewa": [{"field": "class_name", "old": "4B", "new": "5B"}],
    }
    senreg("undo", school)
    assert senreg("import", file, "--into", school).code == 1, "undo brought back what was typed"
    later = roll(row("O'Neill", "Sam", group="6A"), row("Nowak", "Ewa", group="6B"))
    assert senreg("import", later, "--into", school).code == 0, "over an import"
    senreg("undo", school)
    assert senreg("import", later, "--into", school).code == 0, "what undo brought back was not"


def test_a_status_and_a_need_typed_here_are_told_as_well(
    senreg: Senreg, school: Path, roll
) -> None:
    senreg("import", roll(row("O'Neill", "Sam")), "--into", school)
    (sam,) = senreg("list", "pupils", school, "--json").document
    words = f"pupil={sam['id']}", "code=K", "start=2026-01-05"
    assert senreg("add", "sen_statuses", school, *words).code == 0
    said = senreg("import", roll(row("O'Neill", "Sam", sen="EHCP")), "--into", school)
    assert said.code == 1
    assert "(over what was typed here)" in said.out
    said = senreg("import", roll(row("O'Neill", "Sam", sen="SEN Support")), "--into", school)
    assert said.code == 0, "that status came with a file"


def test_records_of_other_tables_typed_here_are_told_as_well(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    (new,) = senreg("add", "staff", school, "name=Ms Olu", "role=ta").out.splitlines()
    path = tmp_path / "staff.csv"
    path.write_text(f"Id,Name,Role\n{new},Ms Amara Olu,ta\n", encoding="utf-8")
    said = senreg("import", path, "--into", school, "--table", "staff")
    assert (said.code, said.err.count("1 value typed here")) == (1, 1)
    assert "Ms Olu -> Ms Amara Olu  (over what was typed here)" in said.out


def test_bad_rows_are_left_out_with_exit_code_one(senreg: Senreg, school: Path, roll) -> None:
    path = roll(row("O'Neill", "Sam"), row("Nowak", "Ewa", "31/02/2014"), ["short"])
    said = senreg("import", path, "--into", school, "--json")
    assert said.code == 1
    assert [said.document[key] for key in KEYS[:6]] == [3, 1, 0, 0, 2, 0]
    assert "31/02/2014" in said.document["details"][1]["message"]
    assert pupils(school) == [("O'Neill", "Sam", "4B")]
    assert "31/02/2014" in senreg("import", path, "--into", school).out


def test_the_whole_roll_tells_who_is_missing_and_marks_only_those_named(
    senreg: Senreg, school: Path, roll
) -> None:
    everyone = [row("O'Neill", "Sam"), row("Nowak", "Ewa"), row("Begum", "Ayesha")]
    senreg("import", roll(*everyone), "--into", school)
    some = senreg("import", roll(everyone[0]), "--into", school, "--json")
    assert (some.code, some.document["absent"]) == (0, 0)
    whole = senreg("import", roll(everyone[0]), "--into", school, "--json", "--whole-roll")
    assert (whole.code, whole.document["absent"]) == (1, 2)
    missing = [each for each in whole.document["details"] if each["state"] == "absent"]
    assert {each["name"] for each in missing} == {"Nowak, Ewa", "Begum, Ayesha"}
    one = missing[0]["pupil"]
    said = senreg("import", roll(everyone[0]), "--into", school, "--whole-roll", "--left", one)
    assert "1 pupil marked as left" in said.out
    left = [each for each in senreg("list", "pupils", school, "--json").document if each["left"]]
    assert [each["id"] for each in left] == [one]
    again = senreg("import", roll(everyone[0]), "--into", school, "--json", "--whole-roll")
    assert again.document["absent"] == 1


def test_two_who_fit_are_settled_by_naming_one(senreg: Senreg, school: Path, roll) -> None:
    both = roll(row("Begum", "Ayesha", "", upn="A1"), row("Begum", "Ayesha", "", upn="A2"))
    senreg("import", both, "--into", school)
    path = roll(row("Begum", "Ayesha", "", group="5C"))
    said = senreg("import", path, "--into", school, "--json")
    (detail,) = said.document["details"]
    assert (said.code, detail["state"], len(detail["candidates"])) == (1, "problem", 2)
    chosen = detail["candidates"][1]["pupil"]
    said = senreg("import", path, "--into", school, "--json", "--match", f"2={chosen}")
    assert said.document["details"][0]["pupil"] == chosen
    said = senreg("import", path, "--into", school, "--json", "--match", "2=new", "--dry-run")
    assert said.document["new"] == 1


def test_columns_are_placed_and_remembered(senreg: Senreg, school: Path, roll) -> None:
    path = roll(row("O'Neill", "Sam", bus="trains"))
    words = ("--map", "interests=Bus route", "--map", "skip=Reg Group")
    assert senreg("import", path, "--into", school, *words).code == 0
    (pupil,) = senreg("list", "pupils", school, "--json").document
    assert (pupil["interests"], pupil["class_name"]) == ("trains", None)
    path = roll(row("Nowak", "Ewa", bus="cats"))
    senreg("import", path, "--into", school)
    assert {p["interests"] for p in senreg("list", "pupils", school, "--json").document} == {
        "trains", "cats",
    }  # fmt: skip


def test_what_nobody_knows_is_kept_as_a_note(senreg: Senreg, school: Path, roll) -> None:
    senreg("import", roll(row("O'Neill", "Sam", bus="7"), name="my list.csv"), "--into", school)
    (note,) = senreg("list", "notes", school, "--json").document
    assert note["text"].startswith("From the spreadsheet my list.csv on ")
    assert note["text"].endswith(":\nBus route: 7")


def test_a_row_with_one_cell_says_so_in_english(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    path = tmp_path / "few.csv"
    path.write_text("Surname,Forename,DOB\nNowak\nO'Neill,Sam,01/03/2016\n", encoding="utf-8")
    said = senreg("import", path, "--into", school)
    assert said.code == 1
    assert "It has 1 cell where the headings name 3 columns." in said.out


def test_a_picture_is_not_taken_for_a_workbook_with_another_name(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    for name, content, advice in (
        ("picture.csv", b"\x89PNG\r\n\x1a\n", "Choose a CSV"),
        ("book.csv", b"PK\x03\x04 a workbook", "If it is a workbook"),
    ):
        path = tmp_path / name
        path.write_bytes(content)
        said = senreg("import", path, "--into", school)
        assert said.complaints[2].startswith(advice)


def test_a_sheet_may_be_named(senreg: Senreg, school: Path, tmp_path: Path) -> None:
    import xlsxwriter

    path = tmp_path / "two.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, forename in (("This year", "Sam"), ("Last year", "Ewa")):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Surname", "Forename"])
            sheet.write_row(1, 0, ["Nowak", forename])
    senreg("import", path, "--into", school, "--sheet", "Last year")
    assert pupils(school) == [("Nowak", "Ewa", None)]
    refused = senreg("import", path, "--into", school, "--sheet", "Next year")
    assert refused.code == 2
    assert "This year" in refused.err


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        ("broken.xlsx", b"PK\x03\x04 this is no workbook"),
        ("rooms.csv", b"Room,Seats\nHall,200\n"),
        ("nobody.csv", b"Surname,Forename\n"),
        ("none.csv", None),
    ],
)
def test_what_cannot_be_read_is_refused(
    senreg: Senreg, school: Path, tmp_path: Path, name: str, content: bytes | None
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    for words in ((), ("--dry-run",), ("--json",)):
        said = senreg("import", path, "--into", school, *words)
        assert said.code == 3
        assert said.out == ""
        assert 1 <= len(said.complaints) <= 3
        assert name in said.complaints[0]
    assert pupils(school) == []


@pytest.mark.parametrize(
    "words",
    [
        ("--map", "dob"),
        ("--map", "shoe size=DOB"),
        ("--map", "dob=Birthday cake"),
        ("--match", "x=new"),
        ("--match", "77=new"),
        ("--match", "2=nobody"),
        ("--left", "nobody"),
        ("--whole-roll", "--left", "nobody"),
        ("--table", "crows"),
        ("--nonsense",),
    ],
)
def test_words_that_cannot_be_meant_are_wrong_usage(
    senreg: Senreg, school: Path, roll, words: tuple[str, ...]
) -> None:
    said = senreg("import", roll(row("O'Neill", "Sam")), "--into", school, *words)
    assert said.code == 2
    assert said.complaints
    assert pupils(school) == []


def test_names_that_steer_a_terminal_do_not(senreg: Senreg, school: Path, roll) -> None:
    path = roll(row("\x1b[31mO'Neill", "S\u202eam"))
    for words in (("--dry-run",), ("--json",), ()):
        said = senreg("import", path, "--into", school, *words)
        assert "\x1b" not in said.out
        assert "\u202e" not in said.out


def test_any_table_may_be_named(senreg: Senreg, school: Path, tmp_path: Path) -> None:
    path = tmp_path / "staff.csv"
    path.write_text("Name,Role,Start\nMs Olu,TA,01/09/2026\nMr Bad,Juggler,\n", encoding="utf-8")
    words = ("import", path, "--into", school, "--table", "staff", "--map", "since=Start", "--json")
    look = senreg(*words, "--dry-run")
    assert (look.code, look.document["new"], look.document["problems"]) == (1, 1, 1)
    said = senreg(*words)
    assert list(said.document) == KEYS
    (made,) = senreg("list", "staff", school, "--json").document
    assert (made["id"], made["role"], made["since"]) == (
        said.document["details"][0]["record"], "ta", "2026-09-01",
    )  # fmt: skip
    assert senreg("import", path, "--into", school, "--table", "staff", "--whole-roll").code == 2


def test_a_transfer_file_and_what_of_it_is_kept_as_it_is(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    path = tmp_path / "8012005_CTF.xml"
    path.write_text(ctf(MAJA, PLAIN), encoding="utf-8")
    said = senreg("import", path, "--into", school, "--json")
    assert (said.code, said.document["new"]) == (0, 2)
    assert "Passed over" in said.document["details"][-1]["message"]
    contact = said.document["details"][0]["changes"]
    assert {"mother"} == {
        each["new"]["relationship"] for each in contact if each["field"] == "contacts.1"
    }
    path.write_text(ctf(MAJA.replace("960001", "960009"), version="99.0"), encoding="utf-8")
    said = senreg("import", path, "--into", school, "--keep", "contacts")
    assert said.code == 1
    assert "99.0" in said.out
    assert "Nothing had to be changed." in said.out
    with Register.open(school, read_only=True) as register:
        assert "01632 960001" in {row["phone"] for row in register.all("contacts")}


def test_a_class_is_taken_in_at_once_and_what_it_makes_odd_is_told(
    senreg: Senreg, school: Path, roll, tmp_path: Path
) -> None:
    children = [("O'Neill", "Łukasz"), ("明", "小明"), ("Lee [B]", "Ann")]
    senreg("import", roll(*(row(*each) for each in children)), "--into", school)
    senreg("add", "activities", school, "name=Choir")

    def take(table: str, head: list[str], *cells: list[str]):
        path = tmp_path / f"{table}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            names = [f"{surname}, {forename}" for surname, forename in children]
            rows = [[name, *each] for name, each in zip(names, cells, strict=True)]
            csv.writer(file).writerows([["Pupil", *head], *rows])
        return senreg("import", path, "--into", school, "--table", table)

    days = ["2026-09-01", "2026-10-01"]
    said = take("attendance", ["From", "Until", "Possible", "Authorised", "Unauthorised"],
                [*days, "40", "2", "0"], [*days, "40", "0", "1"],
                [*days, "40", "30", "20"])  # fmt: skip
    assert said.code == 1
    assert said.complaints == ["Ann Lee [B] (4B): 50 of 40 sessions were missed."]
    said = take("participations", ["Activity", "Takes part in nothing", "From"],
                ["Choir", "", days[0]], ["", "yes", days[0]], ["Choir", "", days[0]])  # fmt: skip
    assert (said.code, said.err) == (0, "")
    said = take("wider_marks", ["Wider outcome", "On", "Mark", "Scale"],
                *(["Behaviour", days[1], mark, "Incidents"] for mark in "302"))  # fmt: skip
    assert (said.code, said.err) == (0, "")
    end = {"--from": "2026-09-01", "--to": "2026-12-01"}
    words = [word for pair in end.items() for word in pair]
    taking = senreg("measure", "wider", school, *words, "--json").document["rows"][-1]
    assert (taking["n"], taking["value"]) == (3, pytest.approx(2 / 3))
    later = [["2026-10-01", "2026-10-20", "20", "0", "0"]] * 3
    said = take("attendance", ["From", "Until", "Possible", "Authorised", "Unauthorised"], *later)
    assert said.code == 1
    assert len(said.complaints) == 3
    assert "overlaps" in said.complaints[0]


def test_columns_of_any_table_are_placed_and_remembered(
    senreg: Senreg, school: Path, roll, tmp_path: Path
) -> None:
    senreg("import", roll(row("O'Neill", "Sam"), row("王", "小明")), "--into", school)
    path = tmp_path / "mine.csv"
    path.write_text('Who,Working on\n"O\'Neill, Sam",Reads 50 words\n', encoding="utf-8")
    words = ("import", path, "--into", school, "--every", "kind=Wider outcome")
    assert senreg(*words).code == 2
    placed = ("--table", "targets", "--map", "pupil=Who", "--map", "statement=Working on")
    assert senreg(*words, *placed).code == 0
    path.write_text('Who,Working on\n"王, 小明",=Counts to [10]\n', encoding="utf-8")
    said = senreg(*words)
    assert said.code == 0
    assert "Columns of targets" in said.out
    targets = senreg("list", "targets", school, "--json").document
    assert {each["statement"] for each in targets} == {"Reads 50 words", "=Counts to [10]"}
    assert senreg("import", path, "--into", school, "--every", "kind=juggling").code == 2
    assert senreg("import", path, "--into", school, "--every", "kind").code == 2


def test_a_formula_without_a_value_is_told_cell_by_cell(
    senreg: Senreg, school: Path, roll, tmp_path: Path
) -> None:
    senreg("import", roll(row("O'Neill", "Łukasz", sen="K")), "--into", school)
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for each in (HEAD, row("O'Neill", "Łukasz", sen="=UPPER(A9)"), row("王", "小明", sen="K")):
        page.append(each)
    book.save(tmp_path / "roll.xlsx")
    said = senreg("import", tmp_path / "roll.xlsx", "--into", school, "--dry-run")
    assert said.code == 1
    assert "SEN status: the formula in F2 has no value" in said.out
    assert (
        "Open the file in Excel or LibreOffice, save it there, and bring it in again." in said.out
    )
    assert senreg("import", tmp_path / "roll.xlsx", "--into", school).code == 1
    statuses = senreg("list", "sen_statuses", school, "--json").document
    assert [each["code"] for each in statuses] == ["K", "K"]
    compared = senreg("compare", tmp_path / "roll.xlsx", "--with", school)
    assert "0 to change there" in compared.out
    assert "Not compared\n  row 2  O'Neill, Łukasz: SEN status: the formula in F2" in compared.out


def test_a_word_that_is_no_choice_is_told_and_the_row_comes_in_without_it(
    senreg: Senreg, school: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    path = folder / "interventions.csv"
    path.write_text("Name,Which way is better\nLego [therapy],Higher\n=Toast club,\n", "utf-8")
    told = "Which way is better: Higher was not understood. It may be: up (More is better); down"
    for words in ((path, "--table", "interventions", "--dry-run"), (folder, "--dry-run"),
                  (folder,), (path, "--table", "interventions")):  # fmt: skip
        said = senreg("import", *words, "--into", school)
        assert said.code == 1
        assert told in said.out
    names = [each["name"] for each in senreg("list", "interventions", school, "--json").document]
    assert sorted(names) == ["=Toast club", "Lego [therapy]"]
    path.write_text("Name,Which way is better\nLego [therapy],up\n=Toast club,\n", "utf-8")
    assert senreg("import", path, "--table", "interventions", "--into", school).code == 0
    made = senreg("list", "interventions", school, "--json").document
    assert sorted(str(each["direction"]) for each in made) == ["None", "up"]


def test_marks_bring_their_sessions_with_them_in_one_step(
    senreg: Senreg, school: Path, roll, tmp_path: Path
) -> None:
    senreg("import", roll(row("O'Neill", "Łukasz"), row("王", "小明")), "--into", school)
    lego = senreg("add", "interventions", school, "name=Lego [therapy]").out.strip()
    senreg("add", "groups", school, f"intervention={lego}")
    path = tmp_path / "mine.csv"
    path.write_text(
        "Child,Date,Mark\n"
        '"O\'Neill, Łukasz",03/11/2026,Present\n'
        '"王, 小明",03/11/2026,Absent\n"王, 小明",10/11/2026,Late\n',
        encoding="utf-8",
    )
    words = ("import", path, "--into", school, "--table", "session_marks")
    every = ("--every", "group=Lego [therapy]")
    said = senreg(*words, *every, "--dry-run")
    assert said.code == 0
    assert "2 sessions would be made for these marks." in said.out
    assert "New sessions\n  Lego [therapy], 03/11/2026\n  Lego [therapy], 10/11/2026" in said.out
    assert senreg("list", "sessions", school, "--json").document == []
    said = senreg(*words, *every)
    assert "2 sessions made for these marks." in said.out
    assert len(senreg("list", "sessions", school, "--json").document) == 2
    said = senreg(*words, "--json")
    assert (said.document["unchanged"], len(said.document["details"])) == (3, 3)
    senreg("undo", school)
    assert senreg("list", "sessions", school, "--json").document == []
    assert senreg("list", "session_marks", school, "--json").document == []
    assert senreg(*words, "--every", "group=Juggling").code == 2
    assert "such as Session (or Group and Date) and Pupil" in senreg(*words).err


def test_a_sheet_of_ones_own_is_known_by_its_headings_or_how_to_say_it_is_told(
    senreg: Senreg, school: Path, roll, tmp_path: Path
) -> None:
    senreg("import", roll(row("O'Neill", "Łukasz")), "--into", school)
    book = openpyxl.Workbook()
    goals, marks = book.worksheets[0], book.create_sheet("Lego")
    goals.title = "Autumn"
    for each in (["Child", "Kind", "Target"], ["O'Neill, Łukasz", "Wider", "Reads [50]"]):
        goals.append(each)
    for each in (["Child", "Date", "Mark"], ["O'Neill, Łukasz", "03/11/2026", "Present"]):
        marks.append(each)
    path = tmp_path / "mine.xlsx"
    book.save(path)
    said = senreg("import", path, "--into", school, "--sheet", "Autumn", "--dry-run")
    assert said.code == 0
    assert "Taken for targets by its headings; --table TABLE says otherwise." in said.out
    said = senreg("import", path, "--into", school, "--sheet", "Lego", "--dry-run")
    assert said.code == 3
    assert "do not tell clearly what its rows are; perhaps" in said.err
    assert "--sheet 'Lego' --table" in said.err
    said = senreg("import", path, "--into", school, "--table", "targets", "--dry-run")
    assert "Sheet Autumn is looked at, and not Lego" in said.out
    said = senreg("import", path, "--into", school, "--table", "all")
    assert said.code == 1
    assert "mine.xlsx, sheet Autumn (targets, by its headings)" in said.out
    assert "mine.xlsx, sheet Lego: Its headings do not tell clearly" in said.out
    (target,) = senreg("list", "targets", school, "--json").document
    assert target["statement"] == "Reads [50]"
