"""The index of history: merging asks it, and where it cannot be used history is read."""

import pytest

from senreg.store import index as indexing
from senreg.store.folder import Change, Store
from senreg.store.index import INDEX, Index, read_index
from senreg.store.journal import HISTORY, Journal
from tests.store.crash.disk import ROOT, Disk, DiskFiles
from tests.store.crash.forms import Plain, Sealed

PATH = str(ROOT / HISTORY / INDEX)


@pytest.fixture(params=[Plain(), Sealed()], ids=["plain", "sealed"])
def form(request, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH", 1)
    return request.param


@pytest.fixture
def disk(form):
    """A register with history of several openings, and its index."""
    disk = Disk()
    form.create(DiskFiles(disk)).close()
    for number in range(4):
        store = form.open(DiskFiles(disk))
        store.write("Edit", "me", [Change("pupils", "p", {"surname": f"{number}"})])
        store.close()
    form.open(DiskFiles(disk)).known()
    return disk


@pytest.fixture
def segments_read(monkeypatch):
    read = []
    own = Journal._read
    monkeypatch.setattr(
        Journal, "_read", lambda self, path: read.append(path.parent.name) or own(self, path)
    )
    return read


def every_id(store: Store) -> set[str]:
    return {each["h"] for commit in store.journal.commits() for each in commit["ops"]}


def rewritten(disk, change):
    node = disk.nodes[disk.names[PATH]]
    node.data = change(node.data)


def test_many_small_openings_are_indexed_before_they_hold_many_ids(form, disk, monkeypatch):
    monkeypatch.setattr(indexing, "WORTH", 1_000)
    monkeypatch.setattr(indexing, "WORTH_OPENINGS", 3)
    del disk.names[PATH]
    form.open(DiskFiles(disk)).known()
    assert PATH in disk.names
    del disk.names[PATH]
    monkeypatch.setattr(indexing, "WORTH_OPENINGS", 30)
    form.open(DiskFiles(disk)).known()
    assert PATH not in disk.names


def test_history_is_not_read_where_its_index_is_whole(form, disk, segments_read):
    store = form.open(DiskFiles(disk))
    segments_read.clear()
    known = store.known()
    assert HISTORY not in segments_read
    assert known == every_id(store)
    assert len(known) == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:40] + bytes([data[40] ^ 1]) + data[41:],
        lambda data: data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
    ],
    ids=["empty", "cut", "front", "back"],
)
def test_one_that_is_damaged_is_made_again(form, disk, segments_read, change):
    whole = disk.content()[PATH]
    rewritten(disk, change)
    store = form.open(DiskFiles(disk))
    assert store.known() == every_id(store)
    assert not store.read_only
    assert len(disk.content()[PATH]) == len(whole)
    again = form.open(DiskFiles(disk))
    segments_read.clear()
    assert again.known() == store.known()
    assert HISTORY not in segments_read


def test_what_an_older_snapshot_lacks_is_not_known(form, disk):
    """Put back in the place of the last: its operations are to be taken in, not passed over."""
    store = form.open(DiskFiles(disk))
    some = dict(list(store.meta.included.items())[:-2])
    assert store.journal.operation_ids(some) < store.known()


def test_only_ids_of_lines_it_lists_are_in_it(form, disk):
    """Those of a line beside the snapshot may be read by one that does not hold the line yet."""
    del disk.names[PATH]
    before = every_id(form.open(DiskFiles(disk)))
    store = form.open(DiskFiles(disk))
    store.write("Edit", "me", [Change("pupils", "p", {"surname": "beside"})])
    assert len(store.known()) == len(before) + 1
    index = read_index(DiskFiles(disk), ROOT / HISTORY, store._codec)
    assert set(index.ids) <= before
    assert len(index.ids) == sum(index.lines.values()) > 0


def test_what_merges_brought_is_in_it(disk, form, segments_read):
    for end in (3, 7):
        store = form.open(DiskFiles(disk))
        change = [Change("pupils", "p", {"surname": f"{end}"})]
        store.write("Merge", "me", change, also={"knows": {"another": (end - 3, end)}})
        store.close()
    store = form.open(DiskFiles(disk))
    read = store.journal.brought(store.meta.included)
    assert sorted(read) == [(0, 3, "another"), (4, 7, "another")]
    store.known()
    segments_read.clear()
    assert sorted(store.journal.brought(store.meta.included)) == sorted(read)
    assert HISTORY not in segments_read


def test_what_was_brought_is_not_told_where_lines_were_lost(disk, form):
    store = form.open(DiskFiles(disk))
    assert store.journal.brought(store.meta.included) == []
    assert store.journal.brought(store.meta.included | {"gone": 1}) is None
    name = next(name for name in disk.names if f"{HISTORY}/journal" in name)
    del disk.names[name]
    assert store.journal.brought(store.meta.included) is None


def test_a_segment_that_was_written_anew_is_read(form, disk, segments_read):
    name = next(name for name in disk.names if f"{HISTORY}/journal" in name)
    disk.nodes[disk.names[name]].data += b" "
    store = form.open(DiskFiles(disk))
    segments_read.clear()
    assert store.known() == every_id(store)
    assert HISTORY in segments_read


def test_no_id_of_it_is_in_clear_where_the_register_is_sealed(disk, form):
    known = form.open(DiskFiles(disk)).known()
    clear = [h for h in known if h.encode() in disk.content()[PATH]]
    assert bool(clear) is (form.name == "plain")


def test_what_merges_brought_is_read_once_with_what_is_known(
    disk, form, segments_read, monkeypatch
):
    monkeypatch.setattr(indexing, "WORTH", 1_000)
    del disk.names[PATH]
    store = form.open(DiskFiles(disk))
    store.known()
    assert PATH not in disk.names
    segments_read.clear()
    assert store.journal.brought(store.meta.included) == []
    assert HISTORY not in segments_read
    name = next(name for name in disk.names if f"{HISTORY}/journal" in name)
    del disk.names[name]
    assert store.journal.brought(store.meta.included) is None


def test_a_large_index_is_written_less_often():
    def worth(openings, ids):
        return indexing.is_worth_writing(Index({str(n): 1 for n in range(openings)}), ids)

    assert [worth(7, 100), worth(8, 100), worth(8, 20_000)] == [False, True, True]
    assert [worth(8, 40_000), worth(16, 40_000)] == [False, True]
    assert [worth(31, 10**6), worth(32, 10**6)] == [False, True]
