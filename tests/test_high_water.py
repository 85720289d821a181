"""An older copy of a register that comes back is noticed, and so is one that lost its seal."""

from __future__ import annotations

import shutil

import orjson
import pytest
import time_machine

from senreg.high_water import DAMAGED, OLDER, PLAIN
from senreg.paths import state_folder
from senreg.register import Register
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.folder import sync_folder
from senreg.sync.join import join
from senreg.sync.merge import apply_merge, plan_merge
from senreg.vault import Seal, unlock
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)


@pytest.fixture
def folder(tmp_path):
    """A register as it was on Monday, with a copy of the folder from then beside it."""
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        export_bundle(register, tmp_path / "start.senreg-bundle")
    shutil.copytree(tmp_path / "senco", tmp_path / "monday")
    return tmp_path / "senco"


def edit(register, **fields):
    with register.commit("Edit") as c:
        c.set("pupil", **fields)


def put_back(folder):
    shutil.rmtree(folder)
    shutil.copytree(folder.with_name("monday"), folder)


def codes(register):
    return [each.code for each in register.doubts]


@pytest.fixture
def tuesday(folder, tmp_path):
    """It was used on Tuesday and given to a colleague; then Monday's folder came back."""
    with (
        time_machine.travel("2026-11-24 09:30:00+00:00"),
        Register.open(folder, person="SENCO") as register,
    ):
        edit(register, strengths="Kind")
        edit(register, strengths="Kind, brave")
        export_bundle(register, tmp_path / "tuesday.senreg-bundle")
    put_back(folder)
    return folder


def test_nothing_is_doubted_in_daily_use(folder):
    for number in range(3):
        with Register.open(folder) as register:
            assert register.doubts == []
            edit(register, strengths=f"Kind {number}")
        with Register.open(folder, read_only=True) as register:
            assert register.doubts == []


def test_an_older_file_is_told_with_the_day_and_what_to_do(tuesday):
    for read_only in (True, False, True):
        with Register.open(tuesday, read_only=read_only) as register:
            (doubt,) = register.doubts
    assert doubt.code == OLDER
    assert doubt.happened == (
        "This file is older than what you used here on 24 Nov 2026, 09:30: it lacks 3 saved "
        "changes made since."
    )
    assert "merge a bundle of another copy" in doubt.do


def test_it_is_told_until_it_is_repaired_however_much_is_written(tuesday):
    for number in range(5):
        with Register.open(tuesday) as register:
            assert codes(register) == [OLDER]
            edit(register, interests=f"Trains {number}")


def test_a_merge_that_brings_what_was_last_written_here_repairs_it(tuesday, tmp_path):
    with Register.open(tuesday) as register:
        apply_merge(register, plan_merge(register, read_bundle(tmp_path / "tuesday.senreg-bundle")))
        assert register.doubts == []
        assert register.get("pupil")["strengths"] == "Kind, brave"
    with Register.open(tuesday) as register:
        assert register.doubts == []


def test_a_sync_repairs_it(tuesday, tmp_path):
    shared = tmp_path / "shared"
    shared.mkdir()
    with join(tmp_path / "tuesday.senreg-bundle", tmp_path / "second") as second:
        sync_folder(second, shared)
    with Register.open(tuesday) as register:
        sync_folder(register, shared)
        assert register.doubts == []
        assert register.get("pupil")["strengths"] == "Kind, brave"


def test_a_merge_that_lacks_it_says_so_once_more(tuesday, tmp_path):
    with Register.open(tuesday) as register:
        apply_merge(register, plan_merge(register, read_bundle(tmp_path / "start.senreg-bundle")))
        assert [each.happened for each in register.doubts] == [
            "What you last wrote here before this file was put back is not in it yet."
        ]
    with Register.open(tuesday) as register:
        assert register.doubts == []


def test_a_person_can_take_it_as_it_is(tuesday):
    with Register.open(tuesday) as register:
        register.take_as_it_is()
        assert register.doubts == []
    with Register.open(tuesday) as register:
        assert register.doubts == []


def test_another_copy_at_another_place_is_not_doubted(tuesday, tmp_path):
    with Register.open(tmp_path / "monday") as register:
        assert register.doubts == []


def test_a_register_made_in_the_place_of_another_is_not_doubted(tuesday, tmp_path):
    shutil.rmtree(tuesday)
    with join(tmp_path / "start.senreg-bundle", tuesday) as register:
        edit(register, strengths="Kind")
    with Register.open(tuesday) as register:
        assert register.doubts == []


def test_an_encrypted_register_that_has_become_plain_is_doubted_until_a_person_says_so(
    folder, tmp_path
):
    shutil.rmtree(folder)
    with Register.create(folder, "Hollow Lane", seal=Seal(PASSPHRASE, RECOVERY_KEY)):
        pass
    with Register.open(folder, unlock=unlock(folder, PASSPHRASE)) as register:
        assert register.doubts == []
    put_back(folder)
    for _ in range(2):
        with Register.open(folder) as register:
            assert codes(register) == [PLAIN]
            edit(register, strengths="Kind")
    with Register.open(folder) as register:
        register.take_as_it_is()
    with Register.open(folder) as register:
        assert register.doubts == []


def test_encrypting_it_again_ends_the_doubt(folder):
    shutil.rmtree(folder)
    seal = Seal(PASSPHRASE, RECOVERY_KEY)
    with Register.create(folder, "Hollow Lane", seal=seal):
        pass
    put_back(folder)
    with Register.open(folder) as register:
        register.protect(seal)
    with Register.open(folder, unlock=unlock(folder, PASSPHRASE)) as register:
        assert register.doubts == []


def test_a_mark_of_an_earlier_version_without_a_digest_is_read(tuesday):
    (mark,) = (each for each in state_folder().iterdir() if each.name.startswith("seen-"))
    stored = orjson.loads(mark.read_bytes())
    del stored["digest"]
    mark.write_bytes(orjson.dumps(stored))
    with Register.open(tuesday) as register:
        assert codes(register) == [OLDER]


@pytest.mark.parametrize(
    "written", [b"", b"{", b"[]", b'{"sealed": 1, "copies": []}', b"\xff", b'{"digest": ""}']
)
def test_a_spoiled_mark_is_told_once_and_written_anew(tuesday, written):
    (mark,) = (each for each in state_folder().iterdir() if each.name.startswith("seen-"))
    mark.write_bytes(written)
    with Register.open(tuesday) as register:
        assert codes(register) == [DAMAGED]
    with Register.open(tuesday) as register:
        assert codes(register) == []
        edit(register, strengths="Kind")
    with Register.open(tuesday) as register:
        assert codes(register) == []


def test_a_machine_that_can_keep_nothing_notices_nothing(folder, tmp_path, monkeypatch):
    (tmp_path / "no folder").write_text("x")
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "no folder"))
    for _ in range(2):
        with Register.open(folder) as register:
            edit(register, strengths="Kind")
            assert register.doubts == []


def test_the_mark_holds_no_name(tuesday):
    (mark,) = (each for each in state_folder().iterdir() if each.name.startswith("seen-"))
    written = mark.read_text()
    for word in ("senco", "SENCO", "O'Neill", "Hollow", "pupil", "Kind"):
        assert word not in written


def test_marks_of_folders_long_unused_are_forgotten(tmp_path, monkeypatch):
    monkeypatch.setattr("senreg.high_water._MOST", 3)
    for number in range(6):
        with Register.create(tmp_path / str(number), "Hollow Lane"):
            pass
    assert len(list(state_folder().iterdir())) == 3
