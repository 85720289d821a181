"""A register is made whole or not at all, and a full disk is not filled further."""

import pytest

from senreg.errors import CannotWrite, Unreadable
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.sync.bundle import export_bundle
from senreg.sync.join import join


class Disk:
    """Lets so many writes through and refuses the next, which it may have half done."""

    def __init__(self, monkeypatch):
        self.left = None
        whole = Files.append

        def append(files, descriptor, data):
            if self.left == 0:
                whole(files, descriptor, data[: len(data) // 2])
                raise OSError(28, "No space left on device")
            if self.left is not None:
                self.left -= 1
            whole(files, descriptor, data)

        monkeypatch.setattr(Files, "append", append)


@pytest.fixture
def disk(monkeypatch):
    return Disk(monkeypatch)


def everything(folder):
    return sorted(each.name for each in folder.rglob("*"))


@pytest.mark.parametrize("writes", [0, 1])
def test_a_refused_new_register_leaves_the_place_free_for_another_try(tmp_path, disk, writes):
    folder = tmp_path / "Sam [EAL] O'Neil.senreg"
    disk.left = writes
    with pytest.raises(CannotWrite):
        Register.create(folder, "Hollow Lane")
    assert everything(tmp_path) == []
    disk.left = None
    Register.create(folder, "Hollow Lane").close()


@pytest.mark.parametrize("writes", [0, 1])
def test_a_refused_join_leaves_an_empty_folder_empty(tmp_path, disk, writes):
    with Register.create(tmp_path / "first", "Hollow Lane") as register:
        export_bundle(register, tmp_path / "all.senreg-bundle")
    (tmp_path / "second").mkdir()
    disk.left = writes
    with pytest.raises(CannotWrite):
        join(tmp_path / "all.senreg-bundle", tmp_path / "second")
    assert everything(tmp_path / "second") == []


def test_what_was_in_a_folder_stays_when_a_new_register_is_refused(tmp_path):
    (tmp_path / "letters.txt").write_text("小明", encoding="utf-8")
    with pytest.raises(Unreadable):
        Register.create(tmp_path, "Hollow Lane")
    with pytest.raises(Unreadable, match="file of that name"):
        Register.create(tmp_path / "letters.txt", "Hollow Lane")
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "小明"


def test_a_refused_snapshot_leaves_nothing_behind_on_the_full_disk(tmp_path, disk):
    store = Store.create(tmp_path / "full")
    store.write("Edit", "me", [Change("pupils", "a", {"surname": "O'Neill"})])
    before = everything(tmp_path)
    disk.left = 0
    for _ in range(3):
        with pytest.raises(CannotWrite):
            store.snapshot()
    assert everything(tmp_path) == before
    disk.left = None
    store.close()
    assert Store.open(tmp_path / "full").state.live["pupils"]["a"]["surname"] == "O'Neill"
