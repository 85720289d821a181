"""A trial of a register: everything can be tried in it, and nothing of that is anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg.errors import InvalidRecord, ReadOnly
from senreg.register import Register


@pytest.fixture
def school(tmp_path: Path):
    with Register.create(tmp_path / "school.senreg", "Larkrise") as register:
        with register.commit("Begin") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Sam"}, record_id="a" * 16)
            gone = c.add("pupils", {"surname": "Lee", "forename": "Ada"}, record_id="b" * 16)
        with register.commit("Put away") as c:
            c.archive(gone)
        yield register


def _files(register: Register) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in register.path.rglob("*") if each.is_file()}


def test_what_is_tried_is_seen_in_the_trial_and_written_nowhere(school: Register) -> None:
    before = _files(school), school.version, len(school.history())
    trial = school.trial()
    with trial.commit("Try") as c:
        c.set("a" * 16, surname="=Núñez [b]")
        c.restore("b" * 16)
        new = c.add("pupils", {"surname": "王", "forename": "小明"})
        c.add("notes", {"pupil": new, "kind": "call", "text": "Rings"})
    with trial.commit("Try more") as c:
        c.set(new, class_name="3A")
        c.archive("a" * 16)
    assert {row["surname"] for row in trial.all("pupils")} == {"Lee", "王"}
    assert [row["surname"] for row in trial.all("pupils", archived=True)] == ["=Núñez [b]"]
    assert trial.by("notes", "pupil")[new][0]["text"] == "Rings"
    assert (trial.get(new) or {})["class_name"] == "3A"
    trial.close()
    assert (_files(school), school.version, len(school.history())) == before
    assert [row["surname"] for row in school.all("pupils")] == ["O'Neill"]
    assert school.get(new) is None
    assert school.undo_label == "Put away"


def test_a_trial_sees_nothing_of_what_comes_after_it(school: Register) -> None:
    trial = school.trial()
    with school.commit("Later") as c:
        c.set("a" * 16, surname="Later")
    assert (trial.get("a" * 16) or {})["surname"] == "O'Neill"
    assert (school.trial().get("a" * 16) or {})["surname"] == "Later"


def test_a_trial_takes_only_what_the_register_would_and_reaches_no_file(school: Register) -> None:
    trial = school.trial()
    with pytest.raises(InvalidRecord), trial.commit("Wrong") as c:
        c.add("notes", {"pupil": "z" * 16, "kind": "call", "text": "of nobody"})
    assert trial.count("notes") == 0
    with pytest.raises(ReadOnly):
        trial.note("x", "x", {})


def test_what_was_tried_was_typed_by_nobody(school: Register) -> None:
    trial = school.trial()
    with trial.commit("Try") as c:
        c.set("a" * 16, surname="Tried")
    assert ("a" * 16, "surname") not in trial.origins({"a" * 16})
    assert ("a" * 16, "forename") in trial.origins({"a" * 16})
    assert ("a" * 16, "surname") in school.origins({"a" * 16})
