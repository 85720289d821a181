"""A snapshot of a frozen copy: written while others write, and never in a later one's way."""

from threading import Event, Thread

import pytest

from senreg.errors import CannotWrite
from senreg.register import Register
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from tests.store.sealing_keys import fresh_keys


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return fresh_keys() if request.param == "sealed" else None


@pytest.fixture
def store(tmp_path, keys):
    store = Store.create(tmp_path / "r", keys=keys)
    edit(store, "a", "O'Neill")
    return store


def edit(store, record, surname):
    store.write("Edit", "me", [Change("pupils", record, {"surname": surname})])


def shown(folder, keys):
    store = Store.open(folder, keys=keys, read_only=True)
    assert not store.warnings
    return {record: each["surname"] for record, each in store.state.live["pupils"].items()}


def test_what_is_written_after_the_freezing_is_not_lost_and_not_in_it(store, keys):
    frozen = store.freeze()
    edit(store, "a", "Nwosu")
    edit(store, "b", "小明")
    store.place(frozen, *frozen.written())
    assert store.behind
    assert shown(store.folder, keys) == {"a": "Nwosu", "b": "小明"}
    assert frozen.state.live["pupils"] == {"a": {"surname": "O'Neill"}}
    store.close()
    assert not store.behind
    assert shown(store.folder, keys) == {"a": "Nwosu", "b": "小明"}


def test_a_snapshot_that_comes_too_late_is_dropped(store, keys):
    frozen = store.freeze()
    beside, data = frozen.written()
    edit(store, "a", "Nwosu")
    store.snapshot()
    whole = (store.folder / "register.json").read_bytes()
    store.place(frozen, beside, data)
    assert (store.folder / "register.json").read_bytes() == whole
    assert not beside.exists()


def test_a_second_rest_finds_nothing_to_do(store):
    store.snapshot()
    assert store.freeze() is None


def test_a_register_is_written_to_while_it_comes_to_rest(tmp_path, monkeypatch):
    with Register.create(tmp_path / "r", "Hollow Lane") as register:
        begun, go_on = Event(), Event()
        write_whole = Files.write_whole

        def slowly(self, path, data):
            begun.set()
            assert go_on.wait(20)
            write_whole(self, path, data)

        monkeypatch.setattr(Files, "write_whole", slowly)
        thread = Thread(target=register.rest)
        thread.start()
        assert begun.wait(20)
        with register.commit("Add") as c:
            c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"})
        assert register.count("pupils") == 1
        go_on.set()
        thread.join()
        assert register.wants_rest
        register.rest()
        assert not register.wants_rest


def test_a_full_disk_at_rest_is_no_harm(store, keys):
    class Full(Files):
        def append(self, descriptor, data):
            raise OSError(28, "No space left on device")

    frozen = store.freeze()
    frozen.keeper._files = Full()
    with pytest.raises(CannotWrite):
        frozen.written()
    frozen.keeper._files = Files()
    assert not list(store.folder.glob("*.new-*"))
    assert shown(store.folder, keys) == {"a": "O'Neill"}


def test_who_rests_elsewhere_is_called_once_the_journal_is_long(store):
    called = []
    store.when_long = lambda: called.append(store.is_long)
    edit(store, "b", "x" * 2_500_000)
    assert not called
    edit(store, "b", "y" * 2_500_000)
    assert called == [True]
    store.snapshot()
    assert not store.is_long


@pytest.fixture
def elsewhere(store, keys):
    """Another writer of the same folder, and what it does until its edits lie in `history/`."""
    others = Store.open(store.folder, keys=keys)
    edit(others, "b", "33")
    store.fold()
    assert store.state.live["pupils"]["b"]["surname"] == "33"

    def write_and_put_away():
        edit(others, "b", "57")
        others.close()
        third = Store.open(store.folder, keys=keys)
        third.snapshot(anew=True)
        third.snapshot(anew=True)
        assert list((store.folder / "history").glob("journal-*"))

    return write_and_put_away


@pytest.mark.parametrize("step", ["_check_keys", "_migrate", "written"])
def test_what_another_puts_away_while_a_snapshot_is_made_is_shown(
    store, keys, elsewhere, monkeypatch, step
):
    """The snapshot that comes last holds less than `history/`, and says so."""
    edit(store, "a", "Nwosu")
    if step == "written":
        frozen = store.freeze()
        elsewhere()
        store.place(frozen, *frozen.written())
    else:
        own = getattr(store, step)
        monkeypatch.setattr(store, step, lambda: (elsewhere(), own()))
        store.snapshot()
        monkeypatch.undo()
    assert shown(store.folder, keys) == {"a": "Nwosu", "b": "57"}
    edit(store, "a", "Łukasz")
    store.snapshot()
    assert shown(store.folder, keys) == {"a": "Łukasz", "b": "57"}
