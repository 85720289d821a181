"""`backup` and `restore` on the command line."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from senreg.register import Register

from .conftest import School, Senreg

KEYS = ["file", "made", "size", "reason", "verified"]


def class_of(senreg: Senreg, school: School) -> str | None:
    found: str | None = senreg("show", school.sam, school, "--json").document["class_name"]
    return found


def test_a_backup_is_made_and_listed(senreg: Senreg, school: School) -> None:
    said = senreg("backup", school)
    assert said.code == 0
    assert re.match(r"Made and read back whole: .*\.senreg-backup, \d+ kB\.", said.line)
    (listed,) = senreg("backup", school, "--list", "--json").document
    assert list(listed) == KEYS
    assert listed["reason"] == "asked"
    assert listed["verified"] >= listed["made"]
    assert Path(listed["file"]).stat().st_size == listed["size"]
    assert "Asked for" in senreg("backup", school, "--list").out


def test_the_first_edit_of_a_day_makes_one(senreg: Senreg, school: School) -> None:
    assert senreg("backup", school, "--list").line == "There are no backups yet."
    senreg("set", school.sam, school, "class_name=5A")
    senreg("set", school.sam, school, "class_name=5B")
    reasons = [each["reason"] for each in senreg("backup", school, "--list", "--json").document]
    assert reasons == ["day"]


def test_one_goes_to_a_file(senreg: Senreg, school: School, tmp_path: Path) -> None:
    file = tmp_path / "stick" / "kept.senreg-backup"
    document = senreg("backup", school, "--to", file, "--json").document
    assert document[0]["file"] == str(file)
    assert senreg("backup", school, "--list", "--json").document == []


def test_damage_is_found_by_verifying(senreg: Senreg, school: School) -> None:
    (made,) = senreg("backup", school, "--json").document
    data = bytearray(Path(made["file"]).read_bytes())
    data[len(data) // 2] ^= 1
    Path(made["file"]).write_bytes(data)
    said = senreg("backup", school, "--list", "--verify")
    assert said.code == 1
    assert "damaged" in said.err


def test_going_back_is_looked_at_first_then_done_then_undone(
    senreg: Senreg, school: School
) -> None:
    (made,) = senreg("backup", school, "--json").document
    senreg("set", school.sam, school, "class_name=5A")
    senreg("archive", school.target, school)
    name = Path(made["file"]).name
    preview = senreg("restore", name, "--into", school, "--dry-run")
    assert preview.code == 0
    assert "Sam [EAL] O'Neil: is as it was then: 1 pupil." in preview.out
    assert "Sean O'Neill: comes back: 1 target." in preview.out
    assert "Would change 2 records." in preview.out
    assert class_of(senreg, school) == "5A"
    said = senreg("restore", name, "--into", school)
    assert "Changed 2 records." in said.out
    assert class_of(senreg, school) is None
    assert senreg("undo", school).code == 0
    assert class_of(senreg, school) == "5A"


def test_json_says_what_it_came_to(senreg: Senreg, school: School) -> None:
    (made,) = senreg("backup", school, "--json").document
    senreg("set", school.sam, school, "class_name=5A")
    document = senreg("restore", made["file"], "--into", school, "--json").document
    assert (document["back"], document["away"], document["changed"]) == (0, 0, 1)
    assert document["register"] == "sound"


def test_a_damaged_register_is_put_together(senreg: Senreg, school: School, tmp_path: Path) -> None:
    file = tmp_path / "kept.senreg-backup"
    senreg("backup", school, "--to", file)
    senreg("set", school.sam, school, "class_name=5A")
    for name in ("register.json", "register.json.bak"):
        (school.path / name).write_bytes(b"{" + bytes(100))
    assert senreg("set", school.sam, school, "class_name=6A").code == 3
    preview = senreg("restore", file, "--into", school, "--dry-run")
    assert preview.code == 0
    assert "1 saved change made since can still be read" in preview.out
    said = senreg("restore", file, "--into", school)
    assert said.code == 0
    assert "is whole again" in said.out
    assert class_of(senreg, school) == "5A"
    assert senreg("check", school, "--json").document["integrity"] == "ok"
    listed = senreg("list", "pupils", school)
    assert (listed.code, listed.err) == (0, "")


def test_a_lost_register_is_made_anew(senreg: Senreg, school: School, tmp_path: Path) -> None:
    file = tmp_path / "kept.senreg-backup"
    senreg("backup", school, "--to", file)
    before = senreg("list", "pupils", school, "--json").document
    shutil.rmtree(school.path)
    assert senreg("restore", file, "--into", school).code == 0
    assert senreg("list", "pupils", school, "--json").document == before


@pytest.mark.parametrize("content", ["", "not a backup"])
def test_another_file_is_refused(
    senreg: Senreg, school: School, tmp_path: Path, content: str
) -> None:
    (tmp_path / "x.senreg-backup").write_text(content, encoding="utf-8")
    said = senreg("restore", tmp_path / "x.senreg-backup", "--into", school)
    assert (said.code, said.out) == (3, "")
    assert len(said.complaints) <= 3
    said = senreg("restore", "no-such-file", "--into", school)
    assert said.code == 3


def test_a_backup_of_another_register_is_refused(
    senreg: Senreg, school: School, tmp_path: Path
) -> None:
    with Register.create(tmp_path / "other.senreg", "Hill School") as other:
        backup = other.backups.back_up()
    said = senreg("restore", backup.path, "--into", school)
    assert said.code == 3
    assert "another register" in said.complaints[0]


def test_a_register_in_use_elsewhere_is_not_gone_back(senreg: Senreg, school: School) -> None:
    from senreg import clock
    from senreg.store.lock import IN_USE

    (made,) = senreg("backup", school, "--json").document
    stored = {"person": "", "host": "L12", "pid": 8, "since": clock.milliseconds(), "token": "t"}
    (school.path / IN_USE).write_text(json.dumps(stored), encoding="utf-8")
    assert senreg("restore", made["file"], "--into", school).code == 3
    assert senreg("restore", made["file"], "--into", school, "--dry-run").code == 0
    assert senreg("restore", made["file"], "--into", school, "--take-over").code == 0


def test_a_sealed_register_goes_back_and_is_put_together_with_its_passphrase(
    senreg: Senreg, tmp_path: Path
) -> None:
    from senreg.passphrases import offered

    secret = tmp_path / "passphrase.txt"
    secret.write_text(offered() + "\n", encoding="utf-8")
    given = ("--passphrase-file", secret)
    folder, file = tmp_path / "sealed.senreg", tmp_path / "kept.senreg-backup"
    senreg("new", folder, "--school", "Hollow Lane", *given)
    child = senreg("add", "pupils", folder, "surname=O'Neil", "forename=Sam", *given).line
    assert senreg("backup", folder, "--to", file, *given).code == 0
    assert b"O'Neil" not in file.read_bytes()
    senreg("set", child, folder, "class_name=5A", *given)
    assert senreg("restore", file, "--into", folder).code == 3
    said = senreg("restore", file, "--into", folder, *given)
    assert "Changed 1 record." in said.out
    assert senreg("show", child, folder, "--json", *given).document["class_name"] is None
    (folder / "register.json").write_bytes(bytes(200))
    (folder / "register.json.bak").write_bytes(bytes(200))
    said = senreg("restore", file, "--into", folder, *given)
    assert (said.code, said.err) == (0, "")
    assert senreg("check", folder, "--json", *given).document["integrity"] == "ok"
    shutil.rmtree(folder)
    assert senreg("restore", file, "--into", folder).code == 3
    assert not folder.exists()
    assert senreg("restore", file, "--into", folder, *given).code == 0
    assert senreg("show", child, folder, "--json", *given).code == 0
    assert senreg("show", child, folder, "--json").code == 3
