from __future__ import annotations

from pathlib import Path

import pytest

from tests.store.sealing_keys import CHEAP

from .conftest import School, Senreg

WORDS = "kettle orbit velvet hammock prune"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "words.txt"
    path.write_text(f"{WORDS}\n", encoding="utf-8")
    return path


@pytest.fixture
def pack(senreg: Senreg, school: School, words: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ao.senreg-pack"
    said = senreg(
        "export", school, "--to", path, "--for", "AO", "--until", "2099-07-21",
        "--new-passphrase-file", words,
    )  # fmt: skip
    assert said.code == 0
    assert "1 child" in said.out
    assert "its own passphrase opens it" in said.out
    return path


@pytest.fixture
def copy(senreg: Senreg, pack: Path, words: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "ao.senreg"
    said = senreg("join", pack, "--at", folder, "--passphrase-file", words)
    assert said.code == 0
    assert "staff pack with 1 pupil" in said.out
    return folder


def test_a_pack_goes_out_is_worked_in_and_comes_back(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    opened = ("--passphrase-file", words)
    listed = senreg("list", "pupils", copy, "--json", *opened)
    assert [each["surname"] for each in listed.document] == ["O'Neill"]
    assert senreg("set", school.sean, copy, "strengths=drums", *opened).code == 0
    said = senreg("set", school.sean, copy, "surname=Other", *opened)
    assert said.code == 3
    assert "not in this staff pack" in said.complaints[0]
    back = tmp_path / "back.senreg-bundle"
    said = senreg("export", copy, "--to", back, *opened)
    assert (said.code, "the SENCO's register opens it" in said.out) == (0, True)
    said = senreg("merge", back, "--into", school, "--json")
    assert said.code == 0
    assert said.document["operations"] == 1
    assert senreg("show", school.sean, school, "--json").document["strengths"] == "drums"


def test_what_is_outside_is_told_left_and_taken_when_asked(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    opened = ("--passphrase-file", words)
    senreg("set", school.sean, copy, "strengths=drums", *opened)
    back = tmp_path / "back.senreg-bundle"
    senreg("export", copy, "--to", back, *opened)
    senreg("set", school.sean, school, "key_teacher=TB")
    again = ["export", school, "--for", "AO", "--pupils", school.ming, "--until", "2099-07-21"]
    again += ["--to", tmp_path / "second.senreg-pack", "--new-passphrase-file", words]
    assert senreg(*again).code == 0
    for words_ in (["--dry-run"], []):
        said = senreg("merge", back, "--into", school, *words_)
        assert said.code == 1
        first = "Would be set aside" if words_ else "Set aside"
        assert said.out.startswith(f"{first}, for it is not within the staff pack: 1 edit.")
        assert ("It is kept" in said.out) == (not words_)
        assert "Sean O'Neill" in said.out
        assert "--take-outside" in said.out
        assert senreg("show", school.sean, school, "--json").document["strengths"] is None
    assert senreg("merge", back, "--into", school, "--take-outside").code == 0
    assert senreg("show", school.sean, school, "--json").document["strengths"] == "drums"


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        (["--to", "x.senreg-pack"], 2, "for somebody"),
        (["--to", "x.senreg-pack", "--for", "nobody"], 3, "nobody and nothing"),
        (["--to", "x.senreg-pack", "--for", "AO", "--class", "9Z"], 3, "No child on roll"),
        (["--to", "x.senreg-pack", "--for", "AO", "--until", "2001-01-01"], 2, "cannot be past"),
        (["--to", "x.senreg-pack", "--for", "AO", "--until", "soonish"], 2, "--until"),
        (["--to", "x.senreg-pack", "--for", "AO", "--table", "pupils"], 2, "policy"),
        (["--to", "x.senreg-pack", "--for", "AO", "--class", "5B", "--pupils", "x"], 2, "or of"),
        (["--to", "x.senreg-pack", "--for", "AO"], 2, "no passphrase was given"),
        (["--to", "x.senreg-bundle", "--for", "AO"], 2, "--for is for a staff pack"),
        (["--to", "x.csv", "--until", "2099-01-01"], 2, "--until is for a staff pack"),
    ],
)
def test_what_is_no_pack_is_refused(
    senreg: Senreg,
    school: School,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    more: list[str],
    code: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    said = senreg("export", school, *more)
    assert (said.code, says in said.complaints[0]) == (code, True), said.err
    assert not list(tmp_path.glob("x.*"))


def test_children_who_are_named_and_odd_lines_of_the_policy_are_pointed_out(
    senreg: Senreg, school: School, words: Path, tmp_path: Path
) -> None:
    (own,) = senreg("list", "school", school, "--json").document
    senreg("set", own["id"], school, "pack_policy=pupils.shoe_size")
    senreg("set", school.sean, school, "strengths=Helps Łukasz [/b]")
    said = senreg(
        "export", school, "--to", tmp_path / "p.senreg-pack", "--for", "AO",
        "--new-passphrase-file", words,
    )  # fmt: skip
    assert said.code == 1
    assert "pupils.shoe_size" in said.err
    assert f"may name a child who is not in it: Sean O'Neill [{school.sean}]." in said.err


def test_what_comes_back_from_a_pack_is_merged_by_itself(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    back, whole = tmp_path / "back.senreg-bundle", tmp_path / "whole.senreg-bundle"
    senreg("export", copy, "--to", back, "--passphrase-file", words)
    senreg("export", school, "--to", whole)
    for files in ([back, whole], [whole, back]):
        said = senreg("merge", *files, "--into", school)
        assert said.code == 2
        assert "by itself" in said.complaints[0]


def test_a_pack_meets_nobody_in_a_folder_and_what_it_exports_is_passed_by_there(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    meeting = tmp_path / "meeting"
    meeting.mkdir()
    said = senreg("sync", copy, meeting, "--passphrase-file", words)
    assert (said.code, list(meeting.iterdir())) == (3, [])
    senreg("set", school.sean, copy, "strengths=drums", "--passphrase-file", words)
    senreg("export", copy, "--to", meeting / "b.senreg-bundle", "--passphrase-file", words)
    said = senreg("sync", school, meeting)
    assert said.code == 1
    assert senreg("show", school.sean, school, "--json").document["strengths"] is None


def test_packs_are_listed_renewed_withdrawn_and_what_was_left_is_taken_after_all(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    opened = ("--passphrase-file", words)
    (pack,) = senreg("packs", school, "--json").document
    assert pack["pupils"] == [school.sean]
    newer = tmp_path / "newer.senreg-pack"
    renewed = ("--renew", pack["id"], "--until", "2099-12-17", "--to", newer)
    assert senreg("packs", school, *renewed).code == 0
    assert senreg("merge", newer, "--into", copy, *opened).code == 0
    assert "until Thu 17 Dec 2099" in senreg("packs", school).out
    assert senreg("packs", school, "--withdraw", pack["id"]).code == 0
    assert "withdrawn" in senreg("packs", school).out
    said = senreg("packs", school, *renewed)
    assert (said.code, "withdrawn" in said.complaints[0]) == (3, True)
    senreg("set", school.sean, copy, "strengths=drums", *opened)
    back = tmp_path / "back.senreg-bundle"
    senreg("export", copy, "--to", back, *opened)
    said = senreg("merge", back, "--into", school)
    assert (said.code, "withdrawn on" in said.out) == (1, True)
    (left,) = senreg("packs", school, "--aside", "--json").document
    assert (left["operations"], left["pack"]) == (1, pack["id"])
    assert "Sean O'Neill" in senreg("packs", school, "--aside").out
    assert senreg("packs", school, "--take", left["id"]).code == 0
    assert senreg("show", school.sean, school, "--json").document["strengths"] == "drums"
    assert senreg("packs", school, "--aside", "--json").document == []
    assert senreg("packs", school, "--reinstate", pack["id"]).code == 0
    assert senreg("packs", school, "--json").document[0]["withdrawn"] is None
    assert "not withdrawn" in senreg("packs", school, "--reinstate", pack["id"]).out
    senreg("set", school.sean, copy, "strengths=chess", *opened)
    senreg("export", copy, "--to", back, *opened)
    assert senreg("merge", back, "--into", school).code == 0


@pytest.mark.parametrize(
    ("more", "code"),
    [
        (["--until", "2099-01-01"], 2),
        (["--renew", "x"], 2),
        (["--renew", "x", "--until", "2099-01-01", "--to", "x.csv"], 2),
        (["--renew", "x", "--until", "2099-01-01", "--to", "x.senreg-pack"], 3),
        (["--withdraw", "x"], 3),
        (["--reinstate", "x"], 3),
        (["--take", "x"], 3),
    ],
)
def test_what_is_no_pack_made_here_is_refused(
    senreg: Senreg, school: School, more: list[str], code: int
) -> None:
    assert senreg("packs", school, *more).code == code


def test_a_pack_refuses_the_whole_register_in_plain_words(
    senreg: Senreg, school: School, copy: Path, words: Path, tmp_path: Path
) -> None:
    whole = tmp_path / "whole.senreg-bundle"
    senreg("export", school, "--to", whole)
    said = senreg("merge", whole, "--into", copy, "--passphrase-file", words)
    assert said.code == 3
    assert "takes in only a newer pack" in said.complaints[0]


@pytest.mark.parametrize("name", ["governors", "leadership", "impact"])
def test_figures_of_the_school_are_not_made_from_some_of_its_children(
    senreg: Senreg, copy: Path, words: Path, tmp_path: Path, name: str
) -> None:
    to = tmp_path / "figures.html"
    said = senreg("report", name, copy, "--passphrase-file", words, "--to", to)
    assert said.code == 3
    assert "A staff pack holds some children only" in said.complaints[0]
    assert not to.exists()
