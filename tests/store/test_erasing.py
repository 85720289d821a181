"""After an erasure no file of the folder holds a value, whatever interrupts it."""

import json
import os
from functools import cache

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from senreg.errors import SenregError
from senreg.store.changes import Change
from senreg.store.erasures import ERASURES, finish_erasing, holds_values
from senreg.store.files import BACKUP, REGISTER, Files
from senreg.store.folder import Store
from senreg.store.operations import is_genuine, new_id
from senreg.store.segments import opening_of, read_segment
from senreg.store.unlocking import codec_of
from tests.store.sealing_keys import fresh_keys

NAMES = ("Quillfeather", "Zażółć", "小明", 'O\\"Neil')


@cache
def sealing():
    return fresh_keys()


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return sealing() if request.param == "sealed" else None


@pytest.fixture
def folder(tmp_path, keys):
    where = tmp_path / "school.senreg"
    Store.create(where, keys=keys).close()
    return where


def opened(folder, keys=None, files=None):
    """A store as a register opens it."""
    store = Store.open(folder, keys=keys, files=files)
    finish_erasing(store)
    return store


def closed(store):
    store.close()
    finish_erasing(store)


def edit(store, value, record="gone", table="pupils"):
    store.write("Edit", "me", [Change(table, record, {"surname": value})])


def erase(store, *records, table="pupils"):
    places = [f"{table}/{record}" for record in records]
    values = {"pupil": records[0], "records": places, "reason": "retention"}
    store.write("Erase a pupil", "me", [Change(ERASURES, new_id(), values)], kind="erase")
    return finish_erasing(store)


def readable(path, keys):
    """What whoever has the key can read of a file."""
    codec = codec_of(keys)
    if keys is None or path.name.startswith("keys"):
        return path.read_bytes()
    if path.name in (REGISTER, BACKUP):
        return codec.unseal(path.read_bytes())
    whole, beside, _ = path.name.partition(".new-")
    assert opening_of(whole), path.name
    segment = read_segment(Renamed(path), path.with_name(whole), codec)
    assert beside or not segment.damaged
    return orjson.dumps([segment.header, *segment.lines.values()])


class Renamed(Files):
    """A segment that was written beside its place, read as if it were there."""

    def __init__(self, path):
        self.path = path

    def read(self, path, *how):
        return super().read(self.path, *how)


def holding(folder, keys, *values):
    wanted = [form.encode() for each in values for form in (each, json.dumps(each)[1:-1])]
    files = {path: readable(path, keys) for path in folder.rglob("*") if path.is_file()}
    return [path.name for path, data in files.items() if any(each in data for each in wanted)]


def genuine(store):
    return all(is_genuine(each, op) for each in store.journal.commits() for op in each["ops"])


def abandon(store):
    """What a killed program leaves: its files closed, and nothing said."""
    descriptor, store._writer._descriptor = store._writer._descriptor, None
    if descriptor is not None:
        os.close(descriptor)


def lived_in(folder, keys=None):
    """Values in a sealed segment, an ended one, both snapshots and the open segment."""
    for name in NAMES[:3]:
        store = opened(folder, keys)
        edit(store, name)
        edit(store, "Stays", record="other")
        closed(store)
    store = opened(folder, keys)
    edit(store, NAMES[3])
    assert holding(folder, keys, *NAMES)
    return store


def test_no_file_holds_a_value_of_an_erased_record_and_every_id_verifies(folder, keys):
    store = lived_in(folder, keys)
    salts = [
        salt
        for commit in store.journal.commits()
        for operation in commit["ops"]
        if operation["record"] == "gone"
        for salt in operation["s"].values()
    ]
    assert holding(folder, keys, *salts)
    done = erase(store, "gone")
    assert done.complete
    assert done.waiting == set()
    assert holding(folder, keys, *NAMES, *salts) == [], "a value can be guessed by its salt"
    assert genuine(store)
    assert store.state.document("pupils", "gone") is None
    assert store.state.document("pupils", "other") == {"surname": "Stays"}
    closed(store)
    again = opened(folder, keys)
    assert not again.read_only
    assert again.warnings == []
    assert again.state.erased == {"pupils/gone"}
    assert again.state.live["pupils"] == {"other": {"surname": "Stays"}}
    assert (again.meta.scrub, again.meta.waiting) == ([], [])
    assert again.journal.lost(again.meta.included) == 0
    assert len(again.journal.commits()) == 8


def test_an_erased_record_cannot_be_written_again(folder, keys):
    store = lived_in(folder, keys)
    erase(store, "gone")
    with pytest.raises(SenregError, match="was erased"):
        edit(store, "Back")
    with pytest.raises(SenregError, match="kept by senreg"):
        store.write("Edit", "me", [Change(ERASURES, "x", {"records": ["pupils/other"]})])
    assert holding(folder, keys, "Back") == []


class Crash(Exception):
    pass


class Interrupted(Files):
    """Files that die at the given call that changes the disk, before or after its effect."""

    def __init__(self, at, *, after):
        self.left = at
        self.after = after

    def _do(self, work):
        self.left -= 1
        if self.left > 0:
            return work()
        if self.left == 0 and self.after:
            work()
        raise Crash

    def create(self, path):
        return self._do(lambda: super(Interrupted, self).create(path))

    def append(self, descriptor, data):
        self._do(lambda: super(Interrupted, self).append(descriptor, data))

    def sync(self, descriptor):
        self._do(lambda: super(Interrupted, self).sync(descriptor))

    def replace(self, source, target):
        self._do(lambda: super(Interrupted, self).replace(source, target))

    def discard(self, path):
        self._do(lambda: super(Interrupted, self).discard(path))

    def sync_entry(self, path):
        self._do(lambda: super(Interrupted, self).sync_entry(path))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_an_erasure_interrupted_at_any_call_is_finished_when_the_register_is_next_opened(
    tmp_path, after, keys
):
    finished = 0
    for at in range(1, 500):
        folder = tmp_path / f"{at}.senreg"
        Store.create(folder, keys=keys).close()
        abandon(lived_in(folder, keys))
        files = Interrupted(at, after=after)
        dying = opened(folder, keys, files)
        try:
            erase(dying, "gone")
        except Crash:
            crashed = True
        else:
            crashed = False
        abandon(dying)
        again = opened(folder, keys)
        assert not again.read_only, at
        assert again.state.document("pupils", "other") == {"surname": "Stays"}
        if again.state.erased:
            finished += crashed
            assert again.state.document("pupils", "gone") is None
            assert holding(folder, keys, *NAMES) == [], at
            assert again.meta.scrub == []
            assert genuine(again)
        else:
            assert again.state.document("pupils", "gone") == {"surname": NAMES[3]}
        assert again.journal.lost(again.meta.included) == 0
        again.close()
        if not crashed:
            break
    else:
        pytest.fail("the erasure never came to its end")
    assert finished > 20


@pytest.mark.parametrize("refused", ["write_whole", "replace", "sync"])
def test_a_disk_that_refuses_is_told_and_the_next_opening_finishes(
    folder, keys, refused, monkeypatch
):
    store = lived_in(folder, keys)
    values = {"pupil": "gone", "records": ["pupils/gone"], "reason": "request"}
    store.write("Erase a pupil", "me", [Change(ERASURES, "e", values)], kind="erase")

    def refuse(*_given):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store._files, refused, refuse)
    assert finish_erasing(store) is None
    assert "could not be finished" in store.warnings[-1]
    monkeypatch.undo()
    assert holding(folder, keys, *NAMES)
    abandon(store)
    opened(folder, keys)
    assert holding(folder, keys, *NAMES) == []


def test_what_another_program_writes_to_is_scrubbed_and_it_goes_on(folder, keys):
    other = opened(folder, keys)
    edit(other, NAMES[0])
    store = opened(folder, keys)
    done = erase(store, "gone")
    assert done.complete
    assert holding(folder, keys, NAMES[0]) == []
    edit(other, "Late and unaware")
    edit(other, "Stays", record="other")
    closed(store)
    assert holding(folder, keys, "Late and unaware") == []
    edit(other, "Again", record="other")
    closed(other)
    assert holding(folder, keys, NAMES[0], "Late and unaware") == []
    again = opened(folder, keys)
    assert again.state.live["pupils"] == {"other": {"surname": "Again"}}
    assert again.meta.waiting == []
    assert again.journal.lost(again.meta.included) == 0
    assert genuine(again)


class OpenFilesStay(Files):
    """A disk that does not let go of a file while a program writes to it, as on Windows."""

    def __init__(self):
        self.open = set()

    def replace(self, source, target):
        if target.name in self.open:
            raise PermissionError(13, "in use")
        super().replace(source, target)


def test_what_the_system_does_not_let_go_is_scrubbed_when_it_does(folder, keys):
    other = opened(folder, keys)
    edit(other, NAMES[0])
    files = OpenFilesStay()
    files.open = {path.name for path in folder.glob("journal-*")}
    store = opened(folder, keys, files)
    done = erase(store, "gone")
    assert done.complete
    assert done.waiting == {other._writer.opening}
    assert len(holding(folder, keys, NAMES[0])) == 1
    edit(store, "Stays", record="other")
    closed(store)
    assert len(holding(folder, keys, NAMES[0])) == 1
    files.open = set()
    closed(opened(folder, keys, files))
    assert holding(folder, keys, NAMES[0]) == []
    again = opened(folder, keys)
    assert again.meta.waiting == []
    assert again.state.live["pupils"] == {"other": {"surname": "Stays"}}


def test_what_a_killed_program_was_writing_to_is_scrubbed(folder, keys):
    other = opened(folder, keys)
    edit(other, NAMES[0])
    abandon(other)
    erase(opened(folder, keys), "gone")
    assert holding(folder, keys, NAMES[0]) == []


def test_a_line_that_was_cut_off_goes_and_a_half_written_snapshot_goes(folder, keys):
    store = lived_in(folder, keys)
    opening = store._writer.opening
    abandon(store)
    (segment,) = folder.glob(f"journal-*-{opening}.jsonl")
    whole = segment.read_bytes()
    cut = whole.split(b"\n")[2][:-4]
    segment.write_bytes(whole + cut)
    half = folder / f"{REGISTER}.new-{new_id()}"
    half.write_bytes((folder / REGISTER).read_bytes()[:-9])
    erase(opened(folder, keys), "gone")
    assert holding(folder, keys, *NAMES) == []
    assert cut not in b"".join(path.read_bytes() for path in folder.rglob("*.jsonl"))
    assert not half.exists()


def test_an_unreadable_line_goes_where_it_names_the_record_and_stays_where_it_does_not(tmp_path):
    folder = tmp_path / "plain.senreg"
    Store.create(folder).close()
    for record, value in (("gone0000", NAMES[0]), ("other", "Kept")):
        store = opened(folder)
        edit(store, value, record=record)
        store.close()
    for path in (*folder.glob("journal-*"), *(folder / "history").glob("journal-*")):
        data = path.read_bytes()
        path.write_bytes(data.replace(b'"label":"Edit"', b'"label":"Edjt"'))
    store = opened(folder)
    assert not store.read_only, "snapshots hold it all; the journal is not read"
    done = erase(store, "gone0000")
    assert holding(folder, None, NAMES[0]) == []
    assert done.unreadable == 1
    assert len(holding(folder, None, "Edjt")) == 1


def test_a_stale_snapshot_of_a_program_that_did_not_know_is_cleaned_at_the_next_opening(
    folder, keys
):
    store = lived_in(folder, keys)
    store.close()
    stale = (folder / REGISTER).read_bytes()
    store = opened(folder, keys)
    erase(store, "gone")
    abandon(store)
    (folder / REGISTER).write_bytes(stale)
    (folder / BACKUP).write_bytes(stale)
    for path in (folder / "history").iterdir():
        path.rename(folder / path.name)
    closed(opened(folder, keys))
    assert holding(folder, keys, *NAMES) == []


def test_a_snapshot_frozen_before_an_erasure_never_comes_into_its_place(folder, keys):
    store = lived_in(folder, keys)
    frozen = store.freeze()
    erase(store, "gone")
    beside, data = frozen.written()
    store.place(frozen, beside, data)
    assert holding(folder, keys, *NAMES) == []
    edit(store, "Later", record="other")
    closed(store)
    assert opened(folder, keys).state.live["pupils"] == {"other": {"surname": "Later"}}


def test_one_that_a_killed_program_left_beside_goes_once_it_is_nobodys(folder, keys):
    store = lived_in(folder, keys)
    frozen = store.freeze()
    erase(store, "gone")
    beside, _ = frozen.written()
    abandon(store)
    opened(folder, keys)
    assert beside.exists(), "it may be on its way"
    long_ago = beside.stat().st_mtime - 2 * 86_400
    os.utime(beside, (long_ago, long_ago))
    opened(folder, keys)
    assert not beside.exists()
    assert holding(folder, keys, *NAMES) == []


class Racing(Files):
    """A disk on which a program that knows nothing puts a snapshot down at the worst moment."""

    def __init__(self, stale):
        self.stale = stale
        self.times = 0

    def replace(self, source, target):
        if target.name == BACKUP:
            self.times += 1
            if self.times == 2:
                source.write_bytes(self.stale)
        super().replace(source, target)


def test_a_snapshot_that_another_program_puts_down_meanwhile_is_noticed(folder, keys):
    store = lived_in(folder, keys)
    store.close()
    files = Racing((folder / REGISTER).read_bytes())
    store = opened(folder, keys, files)
    assert erase(store, "gone").complete
    assert files.times > 2
    assert holding(folder, keys, *NAMES) == []
    assert opened(folder, keys).meta.scrub == []


def test_commits_of_others_are_written_without_values_of_what_is_erased(tmp_path):
    one, two = tmp_path / "one.senreg", tmp_path / "two.senreg"
    theirs = Store.create(one)
    edit(theirs, NAMES[0])
    edit(theirs, "Stays", record="other")
    old = theirs.journal.commits()
    erase(theirs, "gone")
    known = [each for each in theirs.journal.commits() if each["kind"] == "erase"]
    ours = Store.create(two, register=theirs.meta.register)
    ours.write("Merge", "me", [], kind="merge", merged=[*old, *known])
    finish_erasing(ours)
    assert holding(two, None, NAMES[0]) == []
    ours.write("Merge", "me", [], kind="merge", merged=old)
    assert holding(two, None, NAMES[0]) == [], "nor for a moment"
    assert ours.state.live["pupils"] == {"other": {"surname": "Stays"}}
    assert genuine(ours)


words = st.sampled_from(["Alder", "Birch", "Cedar", "Douglas", "Elmwood"])
steps = st.lists(
    st.one_of(
        st.tuples(st.just("edit"), st.sampled_from("abc"), words),
        st.tuples(st.just("erase"), st.sampled_from("ab"), st.just("")),
        st.tuples(st.sampled_from(["reopen", "kill", "snapshot"]), st.just(""), st.just("")),
    ),
    min_size=4,
    max_size=14,
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=steps)
def test_whatever_was_done_before_and_after_nothing_of_the_erased_is_left(tmp_path_factory, steps):
    folder = tmp_path_factory.mktemp("any") / "r.senreg"
    Store.create(folder).close()
    store = opened(folder)
    erased, shown = set(), {}
    for number, (step, record, word) in enumerate(steps):
        if step == "edit" and record not in erased:
            edit(store, f"{word}{record}{number}!", record=record)
            shown[record] = f"{word}{record}{number}!"
        elif step == "erase" and record not in erased:
            erase(store, record)
            erased.add(record)
            shown.pop(record, None)
        elif step == "snapshot":
            store.snapshot()
        elif step in ("reopen", "kill"):
            closed(store) if step == "reopen" else abandon(store)
            store = opened(folder)
        held = [
            (path.name, record)
            for path in folder.rglob("*")
            for record in erased
            for name in ("Alder", "Birch", "Cedar", "Douglas", "Elmwood")
            if path.is_file() and f"{name}{record}".encode() in path.read_bytes()
        ]
        assert held == []
    now = {key: each["surname"] for key, each in store.state.live.get("pupils", {}).items()}
    assert now == shown
    assert genuine(store)
    assert not any(holds_values(each, store.state.erased) for each in store.journal.commits())
    abandon(store)
