"""`report subject-access` and `report transfer`."""

import json
import zipfile

import pytest


@pytest.fixture
def note(senreg, school):
    words = ["kind=incident", "text=Pushed Sam [EAL] O'Neil"]
    return senreg("add", "notes", school, f"pupil={school.sean}", *words).line


def test_entries_to_look_at_are_pointed_out_until_somebody_has(senreg, school, note, tmp_path):
    to = tmp_path / "file.json"
    ask = ("report", "subject-access", school, "--pupil", school.sean, "--to", to)
    said = senreg(*ask)
    assert said.code == 1
    assert f"{note}  " in said.out
    assert "it names another child" in said.out
    assert "Pushed" in to.read_text(encoding="utf-8")
    assert senreg(*ask, "--looked-at").code == 0
    said = senreg(*ask, "--leave-out", note)
    assert said.code == 0
    assert "1 left out" in said.out
    text = to.read_text(encoding="utf-8")
    assert "Pushed" not in text
    assert json.loads(text)["left_out"] == [{"kind": "note", "ground": ["other_child", "opinion"]}]


def test_a_file_is_sent_on_and_erased_once_it_has_come(senreg, school, note, tmp_path):
    to = tmp_path / "file.zip"
    said = senreg("report", "transfer", school, "--pupil", school.sean, "--to", to)
    assert said.code == 0
    assert zipfile.is_zipfile(to)
    assert senreg("show", school.sean, school, "--json").document["records_sent"]
    erase = ("erase", school.sean, school, "--reason", "transferred", "--confirm", "O'Neill Sean")
    said = senreg(*erase)
    assert said.code == 3
    assert "not confirmed" in said.complaints[0]
    senreg("set", school.sean, school, "records_receipt=today")
    said = senreg(*erase, "--json")
    assert said.code == 0
    assert [each["to"] for each in said.document["handed_out"]] == [str(to)]


@pytest.mark.parametrize(
    "words",
    [
        ("subject-access", "--to", "x.html"),
        ("subject-access", "--to", "x.pdf", "--pupil", "Sean O'Neill"),
        ("subject-access", "--to", "x.html", "--pupil", "Sean O'Neill", "--leave-out", "nothing"),
        ("class", "--to", "x.html", "--class", "5B", "--leave-out", "x"),
    ],
)
def test_what_makes_no_sense_is_refused(senreg, school, tmp_path, monkeypatch, words):
    monkeypatch.chdir(tmp_path)
    name, *rest = words
    assert senreg("report", name, school, *rest).code == 2
    assert not list(tmp_path.glob("x.*"))


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_file_for_the_next_school_is_a_paper_too(senreg, school, note, tmp_path, ending):
    to = tmp_path / f"file.{ending}"
    ask = ("report", "transfer", school, "--pupil", school.sean, "--to", to)
    said = senreg(*ask, "--leave-out", note)
    assert said.code == 0
    assert "1 left out" in said.out
    assert to.read_bytes()[:4] in (b"PK\x03\x04", b"%PDF")
