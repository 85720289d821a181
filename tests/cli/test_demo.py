from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from senreg.clock import today
from senreg.register import Register
from senreg.settings import Settings

from .conftest import Senreg


def test_demo_makes_a_school_where_it_is_told(senreg: Senreg, tmp_path: Path) -> None:
    place = tmp_path / "practice.senreg"
    said = senreg("demo", "--at", place, "--pupils", 60, "--no-open")
    assert (said.code, said.err) == (0, "")
    assert Path(said.line) == place
    with Register.open(place, read_only=True) as register:
        assert register.invented
        assert register.count("pupils") == 60


def test_demo_without_a_place_is_kept_and_found_again(senreg: Senreg, own_machine: Path) -> None:
    first = senreg("demo", "--pupils", 40, "--no-open").line
    assert Path(first).is_relative_to(own_machine)
    assert Settings.load().last_register == str(Path(first).resolve())
    pupils = senreg("list", "pupils", "--json").document
    assert len(pupils) == 40
    assert senreg("set", pupils[0]["id"], "strengths=Kind").code == 0
    assert senreg("demo", "--pupils", 40, "--no-open").line == first
    assert senreg("show", pupils[0]["id"], "--json").document["strengths"] == "Kind"
    assert senreg("demo", "--pupils", 40, "--seed", 2, "--no-open").line != first


def test_demo_of_2011(senreg: Senreg, tmp_path: Path) -> None:
    place = tmp_path / "then"
    assert senreg("demo", "--at", place, "--pupils", 60, "--era", 2011, "--no-open").code == 0
    codes = {each["code"] for each in senreg("list", "sen_statuses", place, "--json").document}
    assert {"A", "P", "S"} <= codes
    assert not codes & {"K", "E"}


def test_in_the_school_of_2011_it_is_always_that_summer(senreg: Senreg, tmp_path: Path) -> None:
    place = tmp_path / "then"
    senreg("demo", "--at", place, "--pupils", 60, "--era", 2011, "--no-open")
    told = senreg("measure", "progress", place, "--by", "sen", "--json").document
    assert told["to"] == "2011-07-01"
    figures = {(row["by"]["subject"], row["by"]["sen"]): row for row in told["rows"]}
    assert figures["english", "SEN"]["mean"] >= 4
    assert date.today() == today()  # noqa: DTZ011 - closed, it is the machine's day again
    with Register.open(place) as register, register.commit("Edit") as c:
        assert today() == date(2011, 7, 1)
        c.set(register.all("school")[0], stands_at=None)
    with Register.open(place, read_only=True):
        assert date.today() == today()  # noqa: DTZ011 - as above


def test_demo_opens_the_interface_where_there_is_a_terminal(
    senreg: Senreg, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sys

    from senreg.cli import interface

    opened: list[Path] = []

    def instead(path: Path) -> int:
        opened.append(path)
        return 0

    monkeypatch.setattr(interface, "open_interface", instead)
    place = tmp_path / "x"
    assert senreg("demo", "--at", place, "--pupils", 40).code == 0
    assert opened == []
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert senreg("demo", "--pupils", 40).code == 0
    assert len(opened) == 1
    assert senreg("demo", "--pupils", 40, "--no-open").code == 0
    assert len(opened) == 1


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--pupils", "0"), 2, "from 40 to 5,000"),
        (("--pupils", "many"), 2, "--pupils"),
        (("--era", "2013"), 2, "2011"),
        (("--at", "."), 3, "already something"),
    ],
)
def test_demo_refuses_plainly(
    senreg: Senreg,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: tuple[str, ...],
    code: int,
    says: str,
) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "letter.txt").write_text("x", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    said = senreg("demo", *words, "--no-open")
    assert (said.code, said.out) == (code, "")
    assert says in said.err
    assert len(said.complaints) <= 3
    assert [each.name for each in (tmp_path / "here").iterdir()] == ["letter.txt"]
