from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest

from senreg.register import Register

from .conftest import School, Senreg


@pytest.fixture
def second(senreg: Senreg, school: School, tmp_path: Path) -> Path:
    """A second copy, joined from a bundle."""
    bundle = tmp_path / "start.senreg-bundle"
    assert senreg("export", school, "--to", bundle).code == 0
    folder = tmp_path / "second.senreg"
    assert senreg("join", bundle, "--at", folder).code == 0
    return folder


def bundle_of(senreg: Senreg, register: Path | School, folder: Path, name: str) -> Path:
    bundle = folder / f"{name}.senreg-bundle"
    assert senreg("export", register, "--to", bundle).code == 0
    return bundle


def test_a_joined_copy_holds_the_same(senreg: Senreg, school: School, second: Path) -> None:
    for table in ("pupils", "sen_statuses", "targets", "groups", "staff", "school"):
        mine = senreg("list", table, school, "--json").document
        theirs = senreg("list", table, second, "--json").document
        assert sorted(theirs, key=lambda each: each["id"]) == sorted(
            mine, key=lambda each: each["id"]
        )
    first, joined = Register.open(school.path), Register.open(second)
    assert (first.register_id, first.copy_id != joined.copy_id) == (joined.register_id, True)
    first.close()
    joined.close()


def test_a_bundle_is_said_to_be_readable_by_all(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    said = senreg("export", school, "--to", tmp_path / "x.senreg-bundle")
    assert "records with their history" in said.out
    assert "not encrypted" in said.out


def test_merge_brings_in_what_the_other_copy_did(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    new = senreg("add", "notes", second, f"pupil={school.sam}", "kind=call", "text=Rang.").line
    senreg("set", school.sean, second, "class_name=6A", "--as", "AO")
    bundle = bundle_of(senreg, second, tmp_path, "back")
    dry = senreg("merge", bundle, "--into", school, "--dry-run", "--json")
    assert dry.code == 0
    assert {key: dry.document[key] for key in ("operations", "records", "conflicts")} == {
        "operations": 2,
        "records": 2,
        "conflicts": 0,
    }
    assert any("Ms Amara Olu" in sentence for sentence in dry.document["details"])
    assert senreg("show", new, school).code == 3
    done = senreg("merge", bundle, "--into", school, "--json")
    assert (done.code, done.document) == (0, dry.document)
    assert senreg("show", new, school, "--json").document["text"] == "Rang."
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "6A"
    again = senreg("merge", bundle, "--into", school)
    assert (again.code, again.line) == (0, "There is nothing new in it.")


def test_several_bundles_are_counted_once(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("set", school.sean, second, "class_name=6A")
    first = bundle_of(senreg, second, tmp_path, "first")
    senreg("set", school.sean, second, "class_name=6B")
    later = bundle_of(senreg, second, tmp_path, "later")
    for words in ([first, later], [later, first]):
        said = senreg("merge", *words, "--into", school, "--dry-run", "--json")
        assert (said.code, said.document["operations"], said.document["records"]) == (0, 2, 1)
    senreg("merge", first, later, "--into", school)
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "6B"


def test_a_conflict_is_listed_and_settled_by_a_person(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("set", school.sean, school, "class_name=6A", "--as", "TB")
    senreg("set", school.sean, second, "class_name=6B", "--as", "AO")
    bundle = bundle_of(senreg, second, tmp_path, "back")
    assert senreg("merge", bundle, "--into", school, "--dry-run").code == 1
    assert senreg("conflicts", school).line == "There are no conflicts."
    merged = senreg("merge", bundle, "--into", school, "--json")
    assert (merged.code, merged.document["conflicts"]) == (1, 1)
    listed = senreg("conflicts", school, "--json")
    (conflict,) = listed.document
    assert listed.code == 1
    assert list(conflict) == ["id", "table", "record", "field", "values"]
    assert (conflict["table"], conflict["record"], conflict["field"]) == (
        "pupils",
        school.sean,
        "class_name",
    )
    assert {(each["value"], each["by"]) for each in conflict["values"]} == {
        ("6A", school.senco),
        ("6B", school.teacher),
    }
    plain = senreg("conflicts", school).out
    assert "Sean O'Neill: Class" in plain
    assert "6B  (Ms Amara Olu, " in plain
    assert senreg("settle", conflict["id"], school, "--take", "6b").line == (
        "Settled; 0 conflicts left."
    )
    assert senreg("conflicts", school, "--json").document == []
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "6B"
    assert senreg("settle", conflict["id"], school, "--take", "6A").code == 3


def test_a_conflict_may_be_settled_with_a_third_value_or_by_label(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("set", school.sean, school, "year_group=4", "key_teacher=TB")
    senreg("set", school.sean, second, "year_group=6", "key_teacher=")
    senreg("merge", bundle_of(senreg, second, tmp_path, "back"), "--into", school)
    standing = {
        each["field"]: each["id"] for each in senreg("conflicts", school, "--json").document
    }
    assert set(standing) == {"year_group", "key_teacher"}
    refused = senreg("settle", standing["year_group"], school, "--take", "Year 44")
    assert refused.code == 3
    assert senreg("settle", standing["year_group"], school, "--take", "Year 7").code == 0
    assert senreg("settle", standing["key_teacher"], school, "--take", "Mr T. O'Brien").code == 0
    document = senreg("show", school.sean, school, "--json").document
    assert (document["year_group"], document["key_teacher"]) == ("7", school.senco)


def test_a_merge_says_what_no_merge_can_put_right(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    for register in (school, second):
        new = ("surname=Ali", "forename=Sam", "dob=2017-05-05")
        assert senreg("add", "pupils", register, *new).code == 0
    bundle = bundle_of(senreg, second, tmp_path, "back")
    said = senreg("merge", bundle, "--into", school)
    assert said.out.endswith("It brought about 1 finding: senreg check\n")


def test_both_texts_are_taken_and_of_a_class_that_is_refused(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("set", school.sean, school, "what_helps=Short steps.\nPictures.", "class_name=6A")
    senreg("set", school.sean, second, "what_helps=Short steps.\nA quiet place.", "class_name=6B")
    senreg("merge", bundle_of(senreg, second, tmp_path, "back"), "--into", school)
    standing = {
        each["field"]: each["id"] for each in senreg("conflicts", school, "--json").document
    }
    plain = senreg("conflicts", school).out
    assert "    Short steps.  (" in plain
    assert "\n      Pictures.\n" in plain
    refused = senreg("settle", standing["class_name"], school, "--both")
    assert (refused.code, "--take" in refused.err) == (2, True)
    assert senreg("settle", standing["what_helps"], school, "--both").code == 0
    helps = senreg("show", school.sean, school, "--json").document["what_helps"]
    assert sorted(helps.split("\n")) == ["A quiet place.", "Pictures.", "Short steps."]
    assert len(senreg("conflicts", school, "--json").document) == 1


def test_whether_a_record_is_put_away_is_settled(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("archive", school.ming, school)
    senreg("archive", school.ming, second)
    senreg("restore-record", school.ming, second)
    merged = senreg("merge", bundle_of(senreg, second, tmp_path, "back"), "--into", school)
    assert merged.code == 1
    (conflict,) = senreg("conflicts", school, "--json").document
    assert (conflict["field"], [each["value"] for each in conflict["values"]]) == (
        "archived",
        [True, False],
    )
    assert senreg("settle", conflict["id"], school, "--take", "perhaps").code == 2
    said = senreg("settle", conflict["id"], school, "--take", "no")
    assert said.code == 0, said.err
    assert senreg("conflicts", school, "--json").document == []
    assert school.ming in senreg("list", "pupils", school, "--json").out


def test_a_bundle_of_another_register_changes_nothing(
    senreg: Senreg, school: School, second: Path, tmp_path: Path
) -> None:
    senreg("new", tmp_path / "x.senreg", "--school", "Another", "--plain")
    foreign = bundle_of(senreg, tmp_path / "x.senreg", tmp_path, "foreign")
    senreg("set", school.sean, second, "class_name=6A")
    own = bundle_of(senreg, second, tmp_path, "own")
    for words in ([foreign], [own, foreign]):
        said = senreg("merge", *words, "--into", school)
        assert (said.code, said.out) == (3, "")
        assert "another register" in said.err
    assert senreg("show", school.sean, school, "--json").document["class_name"] == "5B"


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 99, b"senreg-bundle 99\n{}\n"])
def test_what_is_no_bundle_is_refused(
    senreg: Senreg, school: School, tmp_path: Path, content: bytes
) -> None:
    bad = tmp_path / "bad.senreg-bundle"
    bad.write_bytes(content)
    for words in (["merge", bad, "--into", school], ["join", bad, "--at", tmp_path / "c.senreg"],
                  ["merge", tmp_path / "none.senreg-bundle", "--into", school]):  # fmt: skip
        said = senreg(*words)
        assert (said.code, said.out) == (3, "")
        assert 1 <= len(said.complaints) <= 3
    assert not (tmp_path / "c.senreg").exists()


def test_join_does_not_take_a_folder_with_something_in_it(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    bundle = bundle_of(senreg, school, tmp_path, "b")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", encoding="utf-8")
    assert senreg("join", bundle, "--at", taken).code == 3
    assert [each.name for each in taken.iterdir()] == ["mine.txt"]


def test_spreadsheets_by_the_ending(senreg: Senreg, school: School, tmp_path: Path) -> None:
    senreg("add", "pupils", school, "surname=@SUM(1)", "forename=Eve")
    assert senreg("export", school, "--to", tmp_path / "all.xlsx").code == 0
    assert (tmp_path / "all.xlsx").read_bytes()[:2] == b"PK"
    assert senreg("export", school, "--to", tmp_path / "p.CSV").code == 0
    with (tmp_path / "p.CSV").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {(row["Surname"], row["Forename"]) for row in rows} >= {
        ("'@SUM(1)", "Eve"),
        ("李", "小明"),
        ("[/b]", "Łukasz"),
    }
    said = senreg("export", school, "--to", tmp_path / "t.csv", "--table", "targets")
    assert "1 record of 1 table" in said.out
    two = senreg(
        "export", school, "--to", tmp_path / "t.xlsx", "--table", "targets", "--table", "groups"
    )
    assert "2 records of 2 tables" in two.out


def test_a_template_needs_no_register(senreg: Senreg, tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    said = senreg("export", "--template", "targets", "--template", "notes", "--to", path)
    assert (said.code, said.err) == (0, "")
    assert path.read_bytes().startswith(b"PK")
    assert senreg("export", "--template", "crows", "--to", path).code == 2
    assert senreg("export", "--template", "targets", "--to", tmp_path / "t.csv").code == 2
    assert senreg("export", "--template", "targets", "--to", tmp_path / "no" / "t.xlsx").code == 3


def test_a_spreadsheet_leaves_out_what_is_confidential_and_says_so(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    senreg("set", school.sean, school, "fsm=yes")
    for text, confidential in (("Rang Mum.", "no"), ("Apart", "yes")):
        words = f"pupil={school.sean}", "kind=call", f"text={text}", f"confidential={confidential}"
        assert senreg("add", "notes", school, *words).code == 0
    notes, pupils = tmp_path / "notes.csv", tmp_path / "pupils.csv"
    said = senreg("export", school, "--to", notes, "--table", "notes")
    assert said.code == 0
    assert "Left out as confidential: Note and 1 record. --confidential takes them" in said.out
    assert not any(text in notes.read_text("utf-8") for text in ("Rang Mum.", "Apart"))
    said = senreg("export", school, "--to", pupils)
    assert "Left out as confidential: Free school meals." in said.out
    assert "Free school meals" not in pupils.read_text("utf-8")
    said = senreg("export", school, "--to", notes, "--table", "notes", "--confidential")
    assert "Left out" not in said.out
    assert all(text in notes.read_text("utf-8") for text in ("Rang Mum.", "Apart"))


def test_a_workbook_with_what_is_confidential_comes_back_whole(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    senreg("set", school.sean, school, "fsm=yes", "ethnicity=WBRI", "first_language=POL")
    book = tmp_path / "all.xlsx"
    assert senreg("export", school, "--to", book, "--confidential").code == 0
    new = tmp_path / "new.senreg"
    senreg("new", new, "--school", "Holly Bank Junior School", "--plain")
    senreg("import", book, "--into", new, "--table", "staff", "--sheet", "Staff")
    senreg("import", book, "--into", new)
    (back,) = senreg("list", "pupils", new, "--where", "forename=Sean", "--json").document
    was = senreg("show", school.sean, school, "--json").document
    for name in ("fsm", "ethnicity", "first_language", "eal", "dob", "upn", "class_name"):
        assert back[name] == was[name], name


@pytest.mark.parametrize(
    "words",
    [
        ["--to", "x.docx"],
        ["--to", "x"],
        ["--to", "x.csv", "--table", "pupils", "--table", "staff"],
        ["--to", "x.senreg-bundle", "--table", "pupils"],
        ["--to", "x.csv", "--table", "nonsense"],
        [],
    ],
)
def test_an_export_that_makes_no_sense_is_wrong_usage(
    senreg: Senreg,
    school: School,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    said = senreg("export", school, *words)
    assert (said.code, said.out) == (2, "")
    assert not list(tmp_path.glob("x*"))


def test_a_place_that_cannot_be_written_is_refused(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    for name in ("gone/x.csv", "gone/x.xlsx", "gone/x.senreg-bundle"):
        said = senreg("export", school, "--to", tmp_path / name)
        assert (said.code, said.out) == (3, ""), name


def test_the_sen_part_of_the_census_with_its_check(senreg: Senreg, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    folder = tmp_path / "census.senreg"
    with Register.create(folder, "Larkrise") as register, register.commit("Add") as c:
        pupil = c.add("pupils", {"surname": "=O'Neill", "forename": "Ann [x]", "dob": "2016-11-03"})
        c.add("sen_statuses", {"pupil": pupil, "code": "K", "start": "2024-01-08"})
        away = c.add("pupils", {"surname": "Łukasz", "forename": "Leo"})
        c.add("sen_statuses", {"pupil": away, "code": "M", "start": "2024-01-08"})
    said = senreg("export", folder, "--to", tmp_path / "census.csv", "--census", "21/1/2027")
    assert said.code == 1
    assert re.search(r"^Delete it after \d+ \w+ 20\d\d\.$", said.out, re.MULTILINE)
    assert "has the status SEN support and no primary need. Give the child a need" in said.out
    lines = (tmp_path / "census.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("UPN,Surname,Forename,DOB,NCyearActual,SENprovision,SENtype 1,")
    assert lines[1:] == [
        ",'=O'Neill,Ann [x],2016-11-03,,K,,,false,false",
        ",Łukasz,Leo,,,N,,,false,false",
    ]
    assert senreg("export", folder, "--to", tmp_path / "census.xlsx", "--census").code == 1
    book = load_workbook(tmp_path / "census.xlsx")
    assert book.sheetnames == ["Census", "Census check", "How to read this"]
    assert "no primary need" in book["Census check"]["A2"].value
    assert senreg("export", folder, "--to", tmp_path / "a.ics", "--census").code == 2


def test_what_was_handed_out_is_told_and_saved(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    assert "Nothing was handed out" in senreg("export", school, "--log").line
    book, log = tmp_path / "book.xlsx", tmp_path / "log.csv"
    assert senreg("export", school, "--to", book).code == 0
    told = senreg("export", school, "--log")
    assert (told.code, told.err) == (0, "")
    assert f"to {book}, delete after " in told.line
    (noted,) = senreg("export", school, "--log", "--json").document
    assert (noted["kind"], noted["to"], noted["about"]) == ("spreadsheet", str(book), None)
    assert senreg("export", school, "--log", "--to", log).line == "Written: 1 thing handed out."
    assert str(book) in log.read_text(encoding="utf-8-sig")
    assert len(senreg("export", school, "--log", "--json").document) == 2
    for words in (
        (school,),
        (school, "--json", "--to", tmp_path / "x.csv"),
        (school, "--log", "--to", tmp_path / "x.xlsx"),
        (school, "--log", "--json", "--to", tmp_path / "x.csv"),
    ):
        assert senreg("export", *words).code == 2, words
