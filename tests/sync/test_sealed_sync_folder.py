"""A sync folder of an encrypted register: nothing in it can be read, nothing strange is trusted."""

from __future__ import annotations

import pytest

from senreg.register import Register
from senreg.store.folder import Store
from senreg.sync.bundle import export_bundle, read_bundle
from senreg.sync.folder import sync_folder
from senreg.sync.join import join
from senreg.vault import Seal
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY


@pytest.fixture(autouse=True)
def cheap(monkeypatch, tmp_path):
    monkeypatch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
    monkeypatch.setenv("SENREG_HOME", str(tmp_path / "home"))


@pytest.fixture
def school(tmp_path):
    seal = Seal(PASSPHRASE, RECOVERY_KEY)
    with Register.create(tmp_path / "senco", "Hollow Lane", person="SENCO", seal=seal) as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"}, record_id="pupil")
        yield register


@pytest.fixture
def second(school, tmp_path):
    export_bundle(school, tmp_path / "b.senreg-bundle")
    with join(
        tmp_path / "b.senreg-bundle", tmp_path / "second", passphrase=PASSPHRASE, person="4B"
    ) as register:
        yield register


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "shared"
    made.mkdir()
    return made


def edit(register, **fields):
    with register.commit("Edit") as c:
        c.set("pupil", **fields)


def forger(school, place):
    """A plain register that says it is this copy of this register, and holds another child."""
    store = Store.create(place, register=school.register_id)
    store.meta.copy = school.copy_id
    register = Register(store)
    with register.commit("Add") as c:
        c.add("pupils", {"surname": "Not", "forename": "Real"}, record_id="forged")
    return register


def test_copies_meet_without_a_passphrase_and_the_files_tell_nothing(school, second, folder):
    edit(second, strengths="Drumming")
    sync_folder(second, folder)
    assert sync_folder(school, folder).plan.operations == 1
    assert school.get("pupil")["strengths"] == "Drumming"
    for path in folder.iterdir():
        written = path.read_bytes()
        for word in ("O'Neill", "Łukasz", "Hollow", "Drumming", "pupil"):
            assert word.encode() not in written


def test_a_file_of_the_folder_joins_a_copy_like_any_bundle(school, folder, tmp_path):
    sync_folder(school, folder)
    (path,) = folder.iterdir()
    with join(path, tmp_path / "third", passphrase=PASSPHRASE) as third:
        assert third.get("pupil")["surname"] == "O'Neill"


def test_a_copy_left_with_a_key_that_was_given_up_is_set_aside(school, second, folder):
    school.protect(Seal("other words for this copy", RECOVERY_KEY))
    edit(second, strengths="Drumming")
    sync_folder(second, folder)
    done = sync_folder(school, folder)
    assert done.plan.operations == 0
    assert [each.why for each in done.passed] == [
        "It comes from a copy that still has the key this register gave up."
    ]
    assert done.sent > 0


def test_a_copy_that_was_left_with_the_key_before_is_told_in_the_folder(school, second, folder):
    school.protect(Seal("other words for this copy", RECOVERY_KEY))
    sync_folder(school, folder)
    (passed,) = sync_folder(second, folder).passed
    assert passed.why == (
        "It is under a new key of this register, and this copy has the one before: export what "
        "was done here, and join anew from that file."
    )


def test_what_is_not_encrypted_or_under_a_foreign_key_is_set_aside(school, folder, tmp_path):
    edit(school, strengths="Drumming")
    with Register.create(tmp_path / "o", "Other", seal=Seal(PASSPHRASE, RECOVERY_KEY)) as other:
        export_bundle(other, folder / "pack.senreg-bundle")
    with forger(school, tmp_path / "forger") as plain:
        export_bundle(plain, folder / "forged.senreg-bundle")
    assert read_bundle(folder / "forged.senreg-bundle").register == school.register_id
    done = sync_folder(school, folder)
    assert {each.name: each.why for each in done.passed} == {
        "forged.senreg-bundle": "It is not encrypted, and this register is.",
        "pack.senreg-bundle": (
            "It is sealed under a key that this register does not have, as a pack is."
        ),
    }


def test_a_file_with_any_bit_turned_brings_nothing(school, second, folder):
    edit(second, strengths="Drumming")
    sync_folder(second, folder)
    (path,) = folder.iterdir()
    whole = path.read_bytes()
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        done = sync_folder(school, folder)
        # What a slot for joining says does not keep other copies from opening the file.
        assert done.plan.operations == 0, place
        assert done.passed or whole[place:].find(b'"slots"') < 0, place


def test_under_a_new_key_ones_own_files_are_written_anew_and_the_old_ones_go(school, folder):
    sync_folder(school, folder)
    (old,) = folder.iterdir()
    school.protect(Seal("other words for this copy", RECOVERY_KEY))
    done = sync_folder(school, folder)
    assert done.passed == []
    (new,) = folder.iterdir()
    assert new != old
    assert read_bundle(new, school.store.keys).retired is False
    assert sync_folder(school, folder).sent == 0


def test_a_plain_register_that_is_encrypted_takes_its_readable_files_away(tmp_path, folder):
    with Register.create(tmp_path / "plain", "Hollow Lane") as register:
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Sam"}, record_id="pupil")
        sync_folder(register, folder)
        (old,) = folder.iterdir()
        register.protect(Seal(PASSPHRASE, RECOVERY_KEY))
        assert sync_folder(register, folder).passed == []
        assert old not in folder.iterdir()
        (new,) = folder.iterdir()
        assert b"Hollow" not in new.read_bytes()


def test_a_file_in_ones_own_name_that_holds_more_than_is_known_here_is_named_and_stays(
    school, folder, tmp_path
):
    sync_folder(school, folder)
    with forger(school, tmp_path / "forger") as plain:
        sync_folder(plain, folder)
    before = set(folder.iterdir())
    done = sync_folder(school, folder)
    assert [each.why for each in done.passed] == ["It is not encrypted, and this register is."]
    assert school.get("forged") is None
    assert set(folder.iterdir()) == before


def test_an_old_copy_s_file_in_which_nothing_is_new_is_not_named_again(school, second, folder):
    edit(second, strengths="Drumming")
    sync_folder(second, folder)
    sync_folder(school, folder)
    school.protect(Seal("other words for this copy", RECOVERY_KEY))
    done = sync_folder(school, folder)
    assert (done.passed, done.plan.operations) == ([], 0)
    assert any(path.name.startswith(second.copy_id) for path in folder.iterdir())
