from __future__ import annotations

from pathlib import Path

import pytest

from senreg.cli.__main__ import main
from senreg.cli.verbs import GROUPS, VERBS
from senreg.models.tables import TABLES, fields_of
from senreg.settings import Settings

from .conftest import School, Senreg


def test_help_is_short_grouped_and_holds_only_what_is_there(senreg: Senreg) -> None:
    said = senreg("--help")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert len(lines) <= 50
    assert max(map(len, lines)) <= 100
    for group, verbs in GROUPS.items():
        assert group in lines
        for verb in verbs:
            (line,) = (each for each in lines if each.startswith(f"  {verb} "))
            assert len(line.split()) > 2
    assert senreg("help").out == senreg("-h").out == said.out


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_with_an_example(senreg: Senreg, verb: str) -> None:
    said = senreg(verb, "--help")
    assert (said.code, said.err) == (0, "")
    assert f"senreg {verb}" in said.out.split("\n", 1)[0]
    assert said.out.count(f"senreg {verb}") >= 2
    assert senreg("help", verb).out == said.out


@pytest.mark.parametrize("table", TABLES)
def test_help_on_a_table_names_every_field(senreg: Senreg, table: str) -> None:
    said = senreg("help", table)
    assert said.code == 0
    for field in fields_of(table):
        assert any(line.startswith(f"  {field.name} ") for line in said.out.splitlines())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["listx", "pupils"], "Did you mean: senreg list"),
        (["--frobnicate"], "no option --frobnicate"),
        (["help", "nothing"], "neither a verb nor a table"),
        (["list"], "TABLE is missing"),
        (["list", "pupils", "--frobnicate"], "--frobnicate is not understood"),
        (["list", "pupils", "--on"], "--on needs something after it"),
        (["list", "nonsense"], "no table called nonsense"),
        (["show"], "ID is missing"),
        (["search"], "WORDS is missing"),
        (["new", "x.senreg"], "--school is missing"),
        (["export", "x.senreg"], "--to is missing"),
        (["settle", "c"], "--take or --both is missing"),
        (["settle", "c", "--take", "x", "--both"], "cannot go together"),
        (["join", "b"], "--at is missing"),
        (["merge"], "BUNDLE is missing"),
        (["undo", "a.senreg", "b.senreg"], "b.senreg is not understood"),
    ],
)
def test_wrong_usage_is_said_plainly(senreg: Senreg, words: list[str], says: str) -> None:
    said = senreg(*words)
    assert (said.code, said.out) == (2, "")
    assert says in said.err
    assert 1 <= len(said.complaints) <= 3
    assert "argument" not in said.err


def test_no_control_code_reaches_the_terminal_through_a_complaint(senreg: Senreg) -> None:
    said = senreg("\x1b[2Jlist")
    assert said.code == 2
    assert "\x1b" not in said.err


@pytest.mark.parametrize("verb", ["list pupils", "undo", "redo", "check", "conflicts", "search x"])
def test_without_a_register_a_verb_says_what_to_do(senreg: Senreg, verb: str) -> None:
    said = senreg(*verb.split())
    assert (said.code, said.out) == (2, "")
    assert "senreg new" in said.err


def test_the_register_may_be_left_out(
    senreg: Senreg, school: School, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    senreg("new", tmp_path / "other.senreg", "--school", "Other", "--plain")
    assert senreg("list", "pupils", "--json").document == []
    assert len(senreg("list", "pupils", school, "--json").document) == 4
    assert len(senreg("list", "pupils", "--json").document) == 4
    assert senreg("set", school.sam, "class_name=5A").code == 0
    assert senreg("undo").code == 0
    monkeypatch.setenv("SENREG_REGISTER", str(tmp_path / "other.senreg"))
    assert senreg("list", "pupils", "--json").document == []
    assert Settings.load().last_register == str(school.path.resolve())


@pytest.mark.parametrize("what", ["missing", "empty", "ours_not", "file", "newer"])
def test_a_folder_that_is_no_register_is_refused(
    senreg: Senreg, school: School, tmp_path: Path, what: str
) -> None:
    place = tmp_path / f"{what}.senreg"
    if what == "file":
        place.write_text("surname,forename\n", encoding="utf-8")
    elif what != "missing":
        place.mkdir()
    if what == "ours_not":
        (place / "register.json").write_text("[1, 2", encoding="utf-8")
    elif what == "newer":
        text = (school.path / "register.json").read_text(encoding="utf-8")
        (place / "register.json").write_text(_of_a_newer_version(text), encoding="utf-8")
    before = sorted(place.rglob("*")) if place.is_dir() else []
    for words in (["list", "pupils", place], ["add", "pupils", place, "surname=A", "forename=B"],
                  ["undo", place], ["export", place, "--to", tmp_path / "x.csv"]):  # fmt: skip
        said = senreg(*words)
        assert (said.code, said.out) == (3, ""), words
        assert 1 <= len(said.complaints) <= 3
    assert (sorted(place.rglob("*")) if place.is_dir() else []) == before
    assert not (tmp_path / "x.csv").exists()
    assert Settings.load().last_register == ""


def _of_a_newer_version(text: str) -> str:
    import json

    document = json.loads(text)
    document["_meta"]["1"]["schema"] = 999
    return json.dumps(document)


def test_the_interface_is_asked_for_by_a_folder_or_by_nothing(
    monkeypatch: pytest.MonkeyPatch, school: School, tmp_path: Path
) -> None:
    from senreg.cli import interface

    opened: list[Path | None] = []

    def noted(path: Path | None) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(interface, "open_interface", noted)
    assert main([]) == 0
    assert main([str(school)]) == 0
    assert main([str(tmp_path / "gone.senreg")]) == 0
    monkeypatch.setenv("SENREG_REGISTER", str(school))
    assert main([]) == 0
    assert opened == [None, school.path, tmp_path / "gone.senreg", school.path]
    assert main([str(school), "extra"]) == 2
    assert len(opened) == 4
