"""Verbs on a register that somebody has open."""

from __future__ import annotations

import json

import pytest

from senreg import clock
from senreg.register import Register
from senreg.store.lock import IN_USE

from .conftest import School, Senreg


def elsewhere(school: School) -> None:
    at = clock.milliseconds() - 3_600_000
    stored = {"person": school.senco, "host": "LAPTOP-12", "pid": 8, "since": at, "token": "t"}
    (school.path / IN_USE).write_text(json.dumps(stored), encoding="utf-8")


def test_a_window_on_this_computer_is_no_hindrance(senreg: Senreg, school: School) -> None:
    with Register.open(school.path, person="window") as window:
        window.sit()
        assert senreg("set", school.sam, school, "class_name=5A").code == 0
        assert window.refresh()
        row = window.get(school.sam)
        assert row is not None
        assert row["class_name"] == "5A"
        assert json.loads((school.path / IN_USE).read_text("utf-8"))["person"] == "window"


def test_another_computer_keeps_a_verb_from_writing(senreg: Senreg, school: School) -> None:
    elsewhere(school)
    said = senreg("set", school.sam, school, "class_name=5A")
    assert (said.code, said.out) == (3, "")
    assert len(said.complaints) == 3
    assert "Mr T. O'Brien has this register open on LAPTOP-12" in said.complaints[0]
    assert "--take-over" in said.complaints[2]
    assert senreg("show", school.sam, school, "--json").document["class_name"] is None


@pytest.mark.parametrize("verb", ["list", "check", "export"])
def test_reading_works_whoever_has_it_open(senreg: Senreg, school: School, verb: str) -> None:
    elsewhere(school)
    words = {
        "list": ["list", "pupils", school],
        "check": ["check", school],
        "export": ["export", school, "--to", school.path.parent / "out.senreg-bundle"],
    }
    assert senreg(*words[verb]).code in (0, 1)


def test_a_verb_takes_over_where_it_is_told_to(senreg: Senreg, school: School) -> None:
    elsewhere(school)
    assert senreg("set", school.sam, school, "class_name=5A", "--take-over").code == 0
    assert senreg("show", school.sam, school, "--json").document["class_name"] == "5A"
    assert not (school.path / IN_USE).exists()


def test_every_verb_that_writes_can_take_over(senreg: Senreg, school: School) -> None:
    for verb in ("add", "set", "archive", "restore-record", "undo", "redo", "import", "merge"):
        assert "--take-over" in senreg(verb, "--help").out
    assert "--take-over" in senreg("settle", "--help").out


def test_the_place_is_given_back_after_a_verb(senreg: Senreg, school: School) -> None:
    senreg("set", school.sam, school, "class_name=5A")
    assert not (school.path / IN_USE).exists()
