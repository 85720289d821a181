from __future__ import annotations

from pathlib import Path

import pytest

from senreg.register import Register
from senreg.settings import Settings

from .conftest import School, Senreg


def test_new_makes_the_folder_itself_the_register_and_says_where_it_is_plain(
    senreg: Senreg, tmp_path: Path
) -> None:
    folder = tmp_path / "our school.senreg"
    said = senreg("new", folder, "--school", "Łódź [Road] Juniors", "--plain")
    assert (said.code, said.err) == (0, "")
    assert "not encrypted" in said.out
    assert (folder / "register.json").exists()
    (school,) = senreg("list", "school", folder, "--json").document
    assert school["name"] == "Łódź [Road] Juniors"
    assert Settings.load().last_register == str(folder.resolve())


def test_new_does_not_take_what_holds_something(senreg: Senreg, school: School) -> None:
    before = senreg("list", "pupils", school, "--json").out
    said = senreg("new", school, "--school", "Another")
    assert (said.code, said.out) == (3, "")
    assert senreg("list", "pupils", school, "--json").out == before


@pytest.mark.parametrize("name", ["", "   ", "\u200f"])
def test_a_school_has_a_name(senreg: Senreg, tmp_path: Path, name: str) -> None:
    assert senreg("new", tmp_path / "a.senreg", "--school", name).code == 2
    assert not (tmp_path / "a.senreg").exists()


def test_locate_says_where_things_are(senreg: Senreg, school: School, own_machine: Path) -> None:
    assert senreg("locate", "--json").document == {
        "register": None,
        "settings": str(own_machine),
        "state": str(own_machine),
    }
    senreg("list", "pupils", school)
    assert str(school.path) in senreg("locate").out
    assert senreg("locate", "--json").document["register"] == str(school.path.resolve())


def test_check_tells_what_the_data_should_make_one_look_at(senreg: Senreg, school: School) -> None:
    with Register.open(school.path) as register, register.commit("A slip") as c:
        c.set(school.sam, upn="A999456789012")
    said = senreg("check", school, "--json")
    assert said.code == 1
    assert said.document["integrity"] == "ok"
    assert all(
        list(each) == ["code", "severity", "table", "record", "message"]
        for each in said.document["findings"]
    )
    assert school.sam in {each["record"] for each in said.document["findings"]}
    plain = senreg("check", school)
    assert plain.code == 1
    assert plain.out.startswith("The file: ok\n")


def test_check_of_a_new_register_is_done(senreg: Senreg, tmp_path: Path) -> None:
    senreg("new", tmp_path / "a.senreg", "--school", "A", "--plain")
    said = senreg("check", tmp_path / "a.senreg", "--json")
    assert said.document["integrity"] == "ok"
    severities = {each["severity"] for each in said.document["findings"]}
    assert said.code == (1 if severities & {"error", "warning"} else 0)


def test_a_history_that_lost_changes_is_told_by_check_and_by_a_bundle_made_from_it(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    for name in ("4A", "4B", "4C"):
        senreg("set", school.sam, school, f"class_name={name}")
    whole = senreg("list", "pupils", school, "--json").document
    assert senreg("export", school, "--to", tmp_path / "all.senreg-bundle").code == 0
    for segment in (school.path / "history").iterdir():
        segment.unlink()
    said = senreg("check", school, "--json")
    assert said.code == 1
    assert "5 saved changes can no longer be read" in said.document["integrity"]
    assert said.document["integrity"] in said.err
    said = senreg("export", school, "--to", tmp_path / "all.senreg-bundle")
    assert said.code == 1
    assert "It lacks 5 saved changes" in said.err
    assert senreg("list", "pupils", school, "--json").document == whole


def test_a_write_to_a_damaged_register_says_what_is_damaged_and_what_to_do(
    senreg: Senreg, school: School
) -> None:
    senreg("set", school.sam, school, "class_name=4A")
    whole = (school.path / "register.json").read_bytes()
    (school.path / "register.json").write_bytes(whole[: len(whole) // 2])
    seen = senreg("list", "pupils", school)
    assert seen.code == 1
    said = senreg("set", school.sam, school, "class_name=4B")
    assert said.code == 3
    assert seen.err.strip()[1:] in said.complaints[0]
    assert said.complaints[0].count(".") == 1
    assert said.complaints[1] == "Nothing was changed."
    assert "senreg restore" in said.complaints[2]
