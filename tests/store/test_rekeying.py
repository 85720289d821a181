"""Other keys for a register: sealed in place, rekeyed, and neither stopped half-way for good."""

import pytest

from senreg.errors import CannotWrite, Locked, ReadOnly
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.key_files import read_keys
from senreg.store.recovery_key import new_recovery_key, public_half
from senreg.store.refusals import OTHER_KEYS
from senreg.store.rekeying import finish, rekey, seal_in_place
from senreg.vault import tend
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY, fresh_keys

NEW = "five words for the successor"
NEW_RECOVERY = new_recovery_key()


def filled(folder, keys=None, files=None):
    """A register that has everything: sealed-away segments, one that crashed, one in use."""
    store = Store.create(folder, keys=keys, files=files)
    for number in range(3):
        store.write("Edit", "me", [Change("pupils", f"r{number}", {"surname": f"Łukasz{number}"})])
        store.close()
    crashed = Store.open(folder, keys=keys)
    crashed.write("Edit", "me", [Change("pupils", "r3", {"surname": "Łukasz3"})])
    store = Store.open(folder, keys=keys, files=files)
    store.write("Edit", "me", [Change("pupils", "r4", {"surname": "Łukasz4"})])
    return store


def surnames(store):
    return {each["surname"] for each in store.state.live["pupils"].values()}


EVERYONE = {f"Łukasz{number}" for number in range(5)}


def opened(folder, passphrase):
    return Store.open(folder, keys=read_keys(Files(), folder).file.open_with(passphrase))


def change_keys(store):
    if store.keys is None:
        seal_in_place(store, NEW, public_half(NEW_RECOVERY), cost=CHEAP)
    else:
        rekey(store, NEW, public_half(NEW_RECOVERY), cost=CHEAP)


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return fresh_keys() if request.param == "sealed" else None


def test_everything_is_there_under_the_new_keys_and_nothing_under_the_old(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    change_keys(store)
    assert surnames(store) == EVERYONE
    again = opened(tmp_path / "r", NEW)
    assert surnames(again) == EVERYONE
    assert len(again.journal.commits()) == 5
    assert not again.warnings
    for path in (tmp_path / "r").rglob("*"):
        if path.is_file():
            written = path.read_bytes()
            assert "Łukasz".encode() not in written
            if keys is not None and "keys" not in path.name:
                assert keys.key.id.encode() not in written
    for old in (PASSPHRASE, ""):
        with pytest.raises(Locked):
            opened(tmp_path / "r", old)
    with pytest.raises(Locked):
        read_keys(Files(), tmp_path / "r").file.open_with_recovery(RECOVERY_KEY)
    recovered = read_keys(Files(), tmp_path / "r").file.open_with_recovery(NEW_RECOVERY)
    assert surnames(Store.open(tmp_path / "r", keys=recovered, read_only=True)) == EVERYONE


def test_it_can_be_written_to_afterwards(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    change_keys(store)
    store.write("Edit", "me", [Change("pupils", "r5", {"surname": "小明"})])
    store.close()
    assert surnames(opened(tmp_path / "r", NEW)) == {*EVERYONE, "小明"}


class Stops(Exception):
    pass


class Stopping(Files):
    """A disk on which everything stops before the call that is counted down to."""

    left = 10**9

    def _count(self):
        self.left -= 1
        if self.left < 0:
            raise Stops

    def create(self, path):
        self._count()
        return super().create(path)

    def append(self, descriptor, data):
        self._count()
        super().append(descriptor, data)

    def replace(self, source, target):
        self._count()
        super().replace(source, target)

    def discard(self, path):
        self._count()
        super().discard(path)


def test_stopped_anywhere_it_opens_with_one_of_the_passphrases_and_goes_on(tmp_path, keys):
    calls = 0
    while True:
        folder = tmp_path / f"r{calls}"
        files = Stopping()
        store = filled(folder, keys and fresh_keys(), files)
        files.left = calls
        try:
            change_keys(store)
        except Stops:
            pass
        else:
            break
        _goes_on(folder, sealed=keys is not None)
        calls += 1
    assert calls > 15


def _goes_on(folder, *, sealed):
    found = read_keys(Files(), folder)
    if found is None:
        assert not sealed
        assert surnames(Store.open(folder)) == EVERYONE
        return
    try:
        again = opened(folder, NEW)
    except Locked:
        again = opened(folder, PASSPHRASE)
        assert surnames(again) == EVERYONE
        return
    assert surnames(again) == EVERYONE
    finish(again)
    assert not again.keys.file.unfinished
    assert surnames(opened(folder, NEW)) == EVERYONE
    for path in folder.rglob("*"):
        assert not path.is_file() or "Łukasz".encode() not in path.read_bytes()


class Fills(Files):
    """A disk on which nothing more can be written after so many calls."""

    def __init__(self, left):
        self.left = left

    def _take(self):
        self.left -= 1
        if self.left < 0:
            raise OSError(28, "No space left on device")

    def create(self, path):
        self._take()
        return super().create(path)

    def append(self, descriptor, data):
        self._take()
        super().append(descriptor, data)

    def sync_entry(self, path):
        self._take()
        super().sync_entry(path)


def test_a_disk_that_fills_up_meanwhile_leaves_no_doubt_what_opens_it(tmp_path, keys):
    told = set()
    for calls in range(1000):
        folder = tmp_path / str(calls)
        files = Fills(1000)
        store = filled(folder, keys and fresh_keys(), files)
        files.left = calls
        try:
            change_keys(store)
        except CannotWrite as refusal:
            safe = refusal.safe
        else:
            break
        new_counts = "new passphrase" in safe
        told.add(new_counts)
        if new_counts:
            assert surnames(opened(folder, NEW)) == EVERYONE
        elif keys is None:
            assert read_keys(Files(), folder) is None
        else:
            assert surnames(opened(folder, PASSPHRASE)) == EVERYONE
        _goes_on(folder, sealed=keys is not None)
    assert told == {True, False}


def test_with_a_full_disk_an_unfinished_change_of_keys_still_opens_for_reading(tmp_path, keys):
    for calls in range(1000):
        folder = tmp_path / str(calls)
        files = Fills(1000)
        store = filled(folder, keys and fresh_keys(), files)
        files.left = calls
        with pytest.raises(CannotWrite) as stopped:
            change_keys(store)
        if "recovery key" in stopped.value.safe:
            break
    found = read_keys(Files(), folder).file.open_with(NEW)
    again = Store.open(folder, keys=found, files=Fills(0))
    tend(again)
    assert again.read_only
    assert surnames(again) == EVERYONE
    with pytest.raises(ReadOnly) as refusal:
        again.write("Edit", "me", [Change("pupils", "r9", {"surname": "O'Neill"})])
    assert "room" in refusal.value.do
    tend(room := opened(folder, NEW))
    assert not room.read_only
    assert not room.keys.file.unfinished


def test_another_window_loses_nothing_and_is_told(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    other = Store.open(tmp_path / "r", keys=keys)
    other.write("Edit", "she", [Change("pupils", "r6", {"surname": "O'Neill"})])
    change_keys(store)
    assert surnames(store) == {*EVERYONE, "O'Neill"}
    with pytest.raises(CannotWrite, match="meanwhile"):
        other.write("Edit", "she", [Change("pupils", "r7", {"surname": "too late"})])
    other.close()
    assert surnames(opened(tmp_path / "r", NEW)) == {*EVERYONE, "O'Neill"}


def test_a_line_that_comes_at_the_last_moment_is_taken_along(tmp_path, keys):
    class Interrupted(Files):
        other = None

        def replace(self, source, target):
            other = self.other
            if other and ".new-" in source.name and other._writer.opening in target.name:
                self.other = None
                other.write("Edit", "she", [Change("pupils", "r6", {"surname": "O'Neill"})])
            super().replace(source, target)

    files = Interrupted()
    store = filled(tmp_path / "r", keys, files)
    other = Store.open(tmp_path / "r", keys=keys)
    other.write("Edit", "she", [Change("pupils", "r7", {"surname": "Nwosu"})])
    files.other = other
    change_keys(store)
    assert files.other is None
    assert {"O'Neill", "Nwosu"} <= surnames(opened(tmp_path / "r", NEW))


def test_a_damaged_register_is_not_given_other_keys(tmp_path, keys):
    filled(tmp_path / "r", keys).close()
    segment = min((tmp_path / "r" / "history").glob("*"))
    register = tmp_path / "r" / "register.json"
    register.write_bytes(register.read_bytes()[:-9] + b"123456789")
    damaged = Store.open(tmp_path / "r", keys=keys)
    assert damaged.read_only
    before = segment.read_bytes()
    with pytest.raises(ReadOnly):
        change_keys(damaged)
    assert segment.read_bytes() == before


def test_damaged_files_that_were_put_aside_are_sealed_and_kept(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    aside = tmp_path / "r" / "damaged-20261125" / "history"
    aside.mkdir(parents=True)
    (aside / "journal-1").write_text("Łukasz, damaged", encoding="utf-8")
    (aside.parent / "register.json").write_text("Łukasz too", encoding="utf-8")
    change_keys(store)
    assert not (aside / "journal-1").exists()
    for path in (tmp_path / "r").rglob("*"):
        assert not path.is_file() or "Łukasz".encode() not in path.read_bytes()
    kept = (aside / "journal-1.sealed").read_bytes()
    assert store.codec.unseal(kept).decode() == "Łukasz, damaged"
    rekey(store, "once more, other words", public_half(NEW_RECOVERY), cost=CHEAP)
    again = (aside.parent / "register.json.sealed").read_bytes()
    assert store.codec.unseal(again).decode() == "Łukasz too"


def test_another_window_is_told_of_the_new_keys_and_not_of_damage(tmp_path, keys):
    store = filled(tmp_path / "r", keys)
    other = Store.open(tmp_path / "r", keys=keys)
    before = surnames(other)
    change_keys(store)
    store.write("Edit", "me", [Change("pupils", "r8", {"surname": "Begum"})])
    assert not other.fold()
    assert other.warnings == [OTHER_KEYS]
    assert surnames(other) == before
    with pytest.raises(ReadOnly, match="another key meanwhile"):
        other.write("Edit", "she", [Change("pupils", "r7", {"surname": "too late"})])
