"""A backup that is begun before its register is open."""

import threading
from pathlib import Path

import pytest

from senreg.cli.ahead import BackupAhead
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.preparing import Ahead
from senreg.store.reading_back import opened as opened_backup
from senreg.store.verified import BACKUPS
from tests.store.sealing_keys import fresh_keys


@pytest.fixture
def keys():
    return fresh_keys()


@pytest.fixture
def folder(tmp_path, keys) -> Path:
    Store.create(tmp_path / "school", keys=keys).close()
    with Register.open(tmp_path / "school", unlock=keys) as register:
        add(register, "O'Neill")
    return tmp_path / "school"


def add(register, surname):
    with register.commit("Add") as c:
        c.add("pupils", {"surname": surname, "forename": "Łukasz"})


def surnames_in(backup, register):
    from senreg.restoring import read_backup

    archive = read_backup(backup.path)
    return {
        each["surname"]
        for each in opened_backup(archive, register.store.codec).state.live["pupils"].values()
    }


def what_lies_in(folder):
    return {
        path.relative_to(folder): path.is_dir() or path.read_bytes() for path in folder.rglob("*")
    }


def test_it_becomes_the_backup_of_the_register_once_that_is_open(folder, keys):
    ahead = Ahead(folder)
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge", ahead)
        register.before("merge")
        (backup,) = register.backups.all()
        assert backup.reason == ahead.made().said.reason == "merge"
        assert surnames_in(backup, register) == {"O'Neill"}
        assert register.backups.verify(backup).readable


def test_an_edit_after_the_register_was_opened_is_in_the_backup_too(folder, keys):
    ahead = Ahead(folder)
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge", ahead)
        add(register, "after")
        register.before("merge")
        (backup,) = [each for each in register.backups.all() if each.reason == "merge"]
        assert surnames_in(backup, register) == {"O'Neill", "after"}


def test_what_was_written_to_the_folder_meanwhile_is_in_the_backup(folder, keys):
    ahead = Ahead(folder)
    assert ahead.is_of(None) is False
    with Register.open(folder, unlock=keys) as other:
        add(other, "小")
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge", ahead)
        ahead.given_up()
        register.before("merge")
        (backup,) = register.backups.all()
        assert surnames_in(backup, register) == {"O'Neill", "小"}
    assert not [path for path in (folder / BACKUPS).iterdir() if path.name.startswith(".making")]


def test_given_up_it_leaves_the_folder_as_it_was(folder):
    before = what_lies_in(folder)
    Ahead(folder).given_up()
    assert what_lies_in(folder) == before


def test_where_the_disk_refuses_it_the_backup_is_made_when_it_is_asked_for(folder, keys):
    class Refusing(Files):
        def create(self, path):
            raise OSError(28, "No space left on device", str(path))

    ahead = Ahead(folder, Refusing())
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge", ahead)
        register.before("merge")
        assert [each.reason for each in register.backups.all()] == ["merge"]


class Misremembering(Files):
    """A disk that keeps one byte of a long piece, or of the last, other than it was written."""

    def __init__(self, at_end):
        self.at_end = at_end
        self.lied = 0

    def append(self, descriptor, data):
        if (b"PK\x05\x06" in data) if self.at_end else (len(data) > 200 and not self.lied):
            data = data[:-9] + bytes([data[-9] ^ 4]) + data[-8:]
            self.lied += 1
        return super().append(descriptor, data)


@pytest.mark.parametrize("at_end", [False, True])
def test_what_the_disk_kept_otherwise_than_it_was_written_is_no_backup(folder, keys, at_end):
    files = Misremembering(at_end)
    ahead = Ahead(folder, files)
    with Register.open(folder, unlock=keys) as register:
        register.sit()
        register.prepare("merge", ahead)
        register.before("merge")
        assert files.lied
        assert isinstance(ahead.made(), OSError)
        (backup,) = register.backups.all()
        assert register.backups.verify(backup).readable


def test_of_a_plain_register_nothing_is_begun(tmp_path):
    Register.create(tmp_path / "plain", "Hollow Lane").close()
    with BackupAhead(tmp_path / "plain") as copying:
        assert copying.begun() is None
    with BackupAhead(tmp_path / "nowhere") as copying:
        assert copying.begun() is None


def test_leaving_the_block_leaves_nothing_and_no_thread(folder):
    before = what_lies_in(folder)
    with pytest.raises(ZeroDivisionError), BackupAhead(folder) as copying:
        assert copying.begun() is not None
        raise ZeroDivisionError
    assert what_lies_in(folder) == before
    assert not [each for each in threading.enumerate() if each.name == "backup"]
