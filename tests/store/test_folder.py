"""A register's folder through crashes, second writers, full disks and damage."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.table import Table

from senreg.errors import CannotWrite, DamagedRegister, ReadOnly, Unreadable
from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.loading import BACKUP, REGISTER
from tests.store import kills


@pytest.fixture
def folder(tmp_path):
    where = tmp_path / "Sam [EAL] O'Neil.senreg"
    Store.create(where).close()
    return where


def edit(store, surname, record="a"):
    store.write("Edit", "me", [Change("pupils", record, {"surname": surname})])


def surname(folder, record="a"):
    store = Store.open(folder, read_only=True)
    return store.state.live.get("pupils", {}).get(record, {}).get("surname")


def segments(folder):
    return sorted(folder.glob("journal-*.jsonl"))


def test_an_edit_is_there_without_closing(folder):
    store = Store.open(folder)
    edit(store, "O'Neill")
    assert surname(folder) == "O'Neill"


def test_stock_tinydb_reads_a_closed_register(folder):
    class StringIds(Table):
        document_id_class = str

    class Stock(TinyDB):
        table_class = StringIds

    store = Store.open(folder)
    edit(store, "小明")
    store.close()
    with Stock(folder / REGISTER, encoding="utf-8", access_mode="r") as stock:
        assert [dict(each) for each in stock.table("pupils").all()] == [{"surname": "小明"}]


def test_a_segment_goes_to_history_once_both_snapshots_hold_it(folder):
    for name in ("one", "two", "three"):
        store = Store.open(folder)
        edit(store, name)
        store.close()
    assert len(segments(folder)) == 1
    assert len(segments(folder / "history")) == 2
    assert len(Store.open(folder).journal.commits()) == 3


def test_every_cut_of_the_journal_keeps_an_exact_prefix(folder):
    store = Store.open(folder)
    for number in range(4):
        edit(store, f"s{number}")
    (segment,) = segments(folder)
    whole = segment.read_bytes()
    seen = set()
    for cut in range(len(whole)):
        segment.write_bytes(whole[:cut])
        seen.add(surname(folder))
    assert seen == {None, "s0", "s1", "s2", "s3"} - {"s3"}


def test_every_flipped_bit_is_seen(folder):
    store = Store.open(folder)
    for number in range(3):
        edit(store, f"s{number}", record=f"r{number}")
    (segment,) = segments(folder)
    whole = segment.read_bytes()
    for place in range(len(whole)):
        segment.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        opened = Store.open(folder)
        pupils = opened.state.live.get("pupils", {})
        for number in range(3):
            found = pupils.get(f"r{number}", {}).get("surname")
            assert found in (None, f"s{number}")
        assert len(pupils) >= 2 or opened.read_only, place
        if len(pupils) < 3:
            torn = place in range(whole.rindex(b"[2,"), len(whole))
            assert opened.warnings or torn, "a commit is missing and nobody was told"
    assert segment.read_bytes() != whole


def test_damage_in_the_middle_opens_for_reading_only(folder):
    store = Store.open(folder)
    for number in range(3):
        edit(store, f"s{number}", record=f"r{number}")
    (segment,) = segments(folder)
    lines = segment.read_bytes().split(b"\n")
    lines[3] = lines[3].replace(b"s1", b"sX")
    segment.write_bytes(b"\n".join(lines))
    damaged = Store.open(folder)
    assert damaged.read_only
    assert damaged.warnings
    assert set(damaged.state.live["pupils"]) == {"r0", "r2"}
    with pytest.raises(ReadOnly):
        edit(damaged, "x")
    damaged.close()
    assert segment.read_bytes() == b"\n".join(lines), "damage is never cut away"


def test_a_bad_snapshot_gives_way_to_the_one_before_and_the_journal(folder):
    for name in ("one", "two"):
        store = Store.open(folder)
        edit(store, name)
        store.close()
    file = folder / REGISTER
    file.write_bytes(file.read_bytes().replace(b"two", b"too"))
    opened = Store.open(folder)
    assert opened.state.live["pupils"]["a"]["surname"] == "two"
    assert opened.read_only
    assert "damaged" in opened.warnings[0]


def test_without_any_snapshot_the_journal_is_enough(folder):
    for name in ("one", "two", "three"):
        store = Store.open(folder)
        edit(store, name)
        store.close()
    (folder / REGISTER).unlink()
    (folder / BACKUP).write_bytes(b"\0" * 100)
    opened = Store.open(folder)
    assert opened.state.live["pupils"]["a"]["surname"] == "three"
    assert opened.read_only


@pytest.mark.parametrize("between", [1, 2])
def test_a_crash_between_the_two_renames_of_a_snapshot_loses_nothing(folder, between):
    class Crash(Exception):
        pass

    class Crashing(Files):
        renames = 0

        def replace(self, source, target):
            self.renames += 1
            if self.renames == between:
                raise Crash
            super().replace(source, target)

    store = Store.open(folder, files=Crashing())
    edit(store, "acknowledged")
    with pytest.raises(Crash):
        store.snapshot()
    assert surname(folder) == "acknowledged"
    assert not Store.open(folder).read_only


def test_a_failed_write_is_told_and_never_comes_back(folder):
    class Full(Files):
        full = False

        def sync(self, descriptor):
            super().sync(descriptor)
            if self.full:
                raise OSError(28, "No space left on device")

    files = Full()
    store = Store.open(folder, files=files)
    edit(store, "before")
    files.full = True
    with pytest.raises(CannotWrite) as told:
        edit(store, "never saved")
    assert "No space left" in told.value.lines[0]
    assert store.state.live["pupils"]["a"]["surname"] == "before", "memory never runs ahead"
    files.full = False
    edit(store, "after", record="b")
    assert surname(folder) == "before"
    assert surname(folder, "b") == "after"
    store.close()
    assert surname(folder) == "before"
    assert len(segments(folder) + segments(folder / "history")) == 2


def test_two_writers_without_a_lock_lose_nothing(folder):
    one, two = Store.open(folder), Store.open(folder)
    for number in range(50):
        edit(one, f"one {number}", record=f"a{number}")
        edit(two, f"two {number}", record=f"b{number}")
        if number % 20 == 19:
            one.snapshot()
    two.close()
    edit(one, "late", record="late")
    one.close()
    pupils = Store.open(folder).state.live["pupils"]
    assert len(pupils) == 101
    assert pupils["late"] == {"surname": "late"}


def test_a_long_open_writer_does_not_overwrite_what_others_sealed_meanwhile(folder):
    long_open = Store.open(folder)
    for name in ("one", "two", "three"):
        other = Store.open(folder)
        edit(other, name, record=name)
        other.close()
    edit(long_open, "mine", record="mine")
    long_open.close()
    assert set(Store.open(folder).state.live["pupils"]) == {"one", "two", "three", "mine"}


def test_folding_shows_what_another_program_wrote(folder):
    reader, writer = Store.open(folder), Store.open(folder)
    edit(writer, "O'Neill")
    assert reader.fold()
    assert reader.state.live["pupils"]["a"]["surname"] == "O'Neill"
    assert not reader.fold()


def test_kill_9_loses_no_acknowledged_edit(folder):
    root = Path(__file__).parents[2]
    for turn in range(8):
        command = [sys.executable, kills.__file__, str(folder), f"w{turn}"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=root, env=_path(root)) as writer:
            acknowledged = -1
            for line in writer.stdout:
                acknowledged = int(line)
                if acknowledged >= 30 + 17 * turn:
                    writer.kill()
                    break
            acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        stored = int(surname(folder, f"w{turn}").split("-")[1])
        assert acknowledged <= stored <= acknowledged + 1
    assert set(Store.open(folder).state.live["pupils"]) == {f"w{turn}" for turn in range(8)}


def _path(root):
    import os

    return {**os.environ, "PYTHONPATH": str(root)}


@pytest.mark.parametrize("content", [b"", b"{}", b'{"pupils": {}}', b"\0\1\2", b"[1,2]"])
def test_a_folder_that_is_not_ours_is_refused(tmp_path, content):
    (tmp_path / REGISTER).write_bytes(content)
    with pytest.raises(DamagedRegister) as told:
        Store.open(tmp_path)
    assert len(told.value.lines) == 3
    assert (tmp_path / REGISTER).read_bytes() == content


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(Unreadable):
        Store.open(tmp_path / "nowhere")


def test_a_half_written_snapshot_is_refused(folder):
    file = folder / REGISTER
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(DamagedRegister):
        Store.open(folder)


def newer_format(folder, **changed):
    from senreg.store.codec import NO_DIGEST, PlainCodec

    file = folder / REGISTER
    tables = json.loads(file.read_text(encoding="utf-8"))
    tables["_meta"]["1"] |= {"format": 2, "digest": NO_DIGEST, **changed}
    data = json.dumps(tables, separators=(",", ":")).encode("utf-8")
    file.write_bytes(PlainCodec().seal(data))


def test_a_newer_format_that_can_be_read_is_read_and_never_written_to(folder):
    opened = Store.open(folder)
    opened.write("Edit", "me", [Change("pupils", "a", {"surname": "O'Neill"})])
    opened.close()
    newer_format(folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    store = Store.open(folder)
    assert store.state.live["pupils"]["a"]["surname"] == "O'Neill"
    (sentence,) = store.warnings
    assert "newer version" in sentence
    with pytest.raises(ReadOnly, match="newer version"):
        store.write("Edit", "me", [Change("pupils", "a", {"surname": "Lost"})])
    store.close()
    assert {path: path.read_bytes() for path in before} == before


@pytest.mark.parametrize("changed", [{"tables": "elsewhere"}, {"front": "0000000001"}])
def test_a_newer_format_beyond_reading_is_refused_by_name(folder, changed):
    newer_format(folder, **changed)
    with pytest.raises(Unreadable, match="newer version"):
        Store.open(folder)


def test_a_flipped_bit_is_not_taken_for_a_newer_format(folder):
    opened = Store.open(folder)
    opened.write("Edit", "me", [Change("pupils", "a", {"surname": "O'Neill"})])
    opened.close()
    file = folder / REGISTER
    file.write_bytes(file.read_bytes().replace(b'"format":1', b'"format":3'))
    store = Store.open(folder)
    assert store.state.live["pupils"]["a"]["surname"] == "O'Neill"
    assert "damaged" in store.warnings[0]


def test_a_folder_with_something_in_it_is_not_taken(tmp_path):
    (tmp_path / "letter.txt").write_text("Dear parent", encoding="utf-8")
    with pytest.raises(Unreadable):
        Store.create(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["letter.txt"]


def test_the_cost_of_an_edit_does_not_grow_with_the_register(folder):
    store = Store.open(folder)
    edit(store, "x", record="r")
    (segment,) = segments(folder)

    def bytes_of_one_edit(name):
        before = segment.stat().st_size
        edit(store, name, record="r")
        return segment.stat().st_size - before

    small = bytes_of_one_edit("one")
    store.write("Fill", "me", [Change("pupils", f"p{n}", {"surname": "x"}) for n in range(2000)])
    assert bytes_of_one_edit("two") <= small + 8


def test_a_snapshot_is_read_whole_once_and_looked_at_after_that(folder):
    store = Store.open(folder)
    store.write("Fill", "me", [Change("pupils", f"p{n}", {"surname": "x"}) for n in range(200)])
    store.close()
    seen = []

    class Counted(Files):
        def read(self, path, most=-1):
            found = super().read(path, most)
            seen.append(len(found))
            return found

    reader = Store.open(folder, read_only=True, files=Counted())
    assert sum(seen) < 1.1 * (folder / REGISTER).stat().st_size
    seen.clear()
    assert not reader.fold()
    assert sum(seen) < 1000
