"""Backups hold no value of an erased record, and going back to one brings none back."""

import io
import zipfile
from functools import cache

import pytest

from senreg import erasure
from senreg.clock import today
from senreg.register import Register
from senreg.reports.certificate import as_text, certificate
from senreg.restoring import apply_restore, plan_restore
from senreg.store.backups import Backups
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.unlocking import codec_of
from senreg.vault import OpenKeys
from tests.store.sealing_keys import fresh_keys
from tests.store.test_erasing import readable

SECRET = "Quillfeather"


@cache
def sealing() -> OpenKeys:
    return fresh_keys()


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return sealing() if request.param == "sealed" else None


@pytest.fixture
def school(tmp_path, keys):
    Store.create(tmp_path / "school", keys=keys).close()
    with Register.open(tmp_path / "school", unlock=keys, person="SENCO") as register:
        with register.commit("Fill", step=False) as c:
            c.add("school", {"name": "S"})
            c.add("pupils", {"surname": SECRET, "forename": "Z"}, record_id="gone")
            c.add("pupils", {"surname": "Stays", "forename": "A"}, record_id="stays")
        yield register


def held(register, keys, tmp_path):
    """Backups in which whoever has the key finds the value."""
    found = []
    for backup in register.backups.all():
        with zipfile.ZipFile(io.BytesIO(backup.path.read_bytes())) as archive:
            for name in archive.namelist():
                if name in ("manifest.json", "keys.json"):
                    continue
                path = tmp_path / "look" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(archive.read(name))
                if SECRET.encode() in readable(path, keys):
                    found.append(backup.path.name)
    return sorted(set(found))


def erase(register, **how):
    plan = erasure.plan_erasing(register, "gone", today())
    return erasure.erase(register, plan, "retention", **how)


def test_no_backup_holds_a_value_and_each_still_opens(school, keys, tmp_path):
    school.backups.back_up("asked")
    with school.commit("Edit") as c:
        c.set("gone", strengths=SECRET)
        c.set("stays", strengths="Kind")
    school.backups.back_up("asked")
    assert len(held(school, keys, tmp_path)) == 2
    assert erase(school).complete
    assert held(school, keys, tmp_path) == []
    for backup in school.backups.all():
        assert Backups(school.store).verify(backup).verified_at


def test_going_back_to_a_backup_of_the_folder_brings_nothing_back(school):
    backup = school.backups.back_up("asked")
    with school.commit("Edit") as c:
        c.set("stays", strengths="Kind")
    erase(school)
    apply_restore(school, plan_restore(school, backup.path))
    assert school.get("gone") is None
    assert school.get("stays")["strengths"] is None
    assert len(erasure.erasures(school)) == 1
    school.undo()
    assert school.get("stays")["strengths"] == "Kind"


def test_going_back_to_a_backup_kept_elsewhere_brings_nothing_back(school, keys, tmp_path):
    elsewhere = tmp_path / "stick.senreg-backup"
    school.backups.back_up("asked", elsewhere)
    with school.commit("Edit") as c:
        c.set("stays", strengths="Kind")
    erase(school)
    plan = plan_restore(school, elsewhere)
    assert not any(SECRET in each for each in plan.details)
    apply_restore(school, plan)
    assert school.get("gone") is None
    assert school.get("stays")["strengths"] is None
    codec = codec_of(keys)
    files = [each for each in school.path.glob("*.json*") if each.name.startswith("register")]
    assert not any(
        SECRET.encode() in (codec.unseal(each.read_bytes()) if keys else each.read_bytes())
        for each in files
    )
    assert held(school, keys, tmp_path) == []


def test_a_damaged_backup_is_removed(school, keys, tmp_path):
    backup = school.backups.back_up("asked")
    data = bytearray(backup.path.read_bytes())
    data[len(data) // 2] ^= 255
    backup.path.write_bytes(bytes(data))
    sound = school.backups.back_up("asked")
    erase(school)
    assert [each.path for each in school.backups.all()] == [sound.path]
    assert held(school, keys, tmp_path) == []


@pytest.fixture
def put_aside(school):
    """Folders of damaged files as putting a register together leaves them, one within another."""
    for name in ("damaged-2026", "restoring-k4p"):
        (school.path / name / "history").mkdir(parents=True)
        (school.path / name / "register.json").write_text(SECRET)
        (school.path / name / "history" / "journal-1").write_text(SECRET)
    return ["damaged-2026", "restoring-k4p"]


def test_what_was_put_aside_as_damaged_is_kept_and_told_unless_it_is_to_go(school, put_aside):
    assert erasure.plan_erasing(school, "gone", today()).aside == put_aside
    assert not school.unclean
    done = erase(school)
    assert (done.aside, done.removed, done.complete, done.all_gone) == (put_aside, [], True, False)
    assert school.unclean == put_aside
    text = as_text(certificate(school, done, child="Z"))
    for name in put_aside:
        assert f"The folder {name}" in text
        assert (school.path / name / "history" / "journal-1").read_text() == SECRET


def test_what_was_put_aside_as_damaged_goes_with_the_child_where_that_is_wanted(school, put_aside):
    done = erase(school, put_aside_too=True)
    assert (done.aside, done.removed, done.all_gone) == ([], put_aside, True)
    assert not any(path.name.startswith(("damaged-", "restoring-")) for path in _all_in(school))
    assert not school.unclean
    text = as_text(certificate(school, done, child="Z"))
    assert "were removed: damaged-2026, restoring-k4p" in text
    assert "Not reached yet" not in text


def test_only_what_was_put_aside_goes_and_no_link_is_followed(school, put_aside, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "kept").write_text("kept")
    (school.path / "damaged-2026" / "link").symlink_to(elsewhere)
    others = set(school.path.iterdir()) - {school.path / name for name in put_aside}
    assert school.remove_put_aside() == put_aside
    assert (elsewhere / "kept").read_text() == "kept"
    assert set(school.path.iterdir()) == others


def test_what_the_disk_does_not_let_go_of_stays_told(school, put_aside, monkeypatch):
    monkeypatch.setattr(Files, "discard_folder", lambda _files, _folder: None)
    done = erase(school, put_aside_too=True)
    assert (done.aside, done.removed, done.all_gone) == (put_aside, [], False)


def _all_in(school):
    return list(school.path.rglob("*"))
