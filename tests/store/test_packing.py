"""What is put away is compressed a line at a time, and read as it was."""

import orjson
import pytest

from senreg.store.files import Files
from senreg.store.folder import Change, Store
from senreg.store.journal import HISTORY
from senreg.store.packing import PACKED
from senreg.store.segments import read_header, read_segment
from tests.store.sealing_keys import fresh_keys

WORDS = "Reads forty words a minute, and helps others to. " * 8


@pytest.fixture(params=["plain", "sealed"])
def keys(request):
    return fresh_keys() if request.param == "sealed" else None


@pytest.fixture
def folder(tmp_path, keys):
    for number in range(3):
        store = (
            Store.open(tmp_path / "r", keys=keys)
            if number
            else Store.create(tmp_path / "r", keys=keys)
        )
        for place in range(4):
            change = Change("pupils", f"r{place}", {"strengths": f"{number} {WORDS}"})
            store.write("Edit", "me", [change])
        store.close()
    return tmp_path / "r"


def put_away(folder):
    return sorted((folder / HISTORY).iterdir())


def test_it_takes_less_room_and_holds_the_same(folder, keys):
    store = Store.open(folder, keys=keys, read_only=True)
    (beside,) = folder.glob("journal-*")
    assert len(put_away(folder)) == 2
    for path in put_away(folder):
        segment = read_segment(store.files, path, store.codec)
        assert segment.header[PACKED]
        assert segment.ended == 4
        assert path.stat().st_size < beside.stat().st_size * 0.75
    commits = store.journal.commits()
    assert len(commits) == 12
    assert {each["ops"][0]["v"]["strengths"][0] for each in commits} == {"0", "1", "2"}


def test_a_line_of_json_stays_one(folder, keys):
    for path in put_away(folder):
        for line in path.read_bytes().splitlines():
            assert len(orjson.loads(line)) == 3


def test_every_flipped_bit_costs_one_commit_at_most_and_is_told(folder, keys):
    path = put_away(folder)[0]
    whole = path.read_bytes()
    store = Store.open(folder, keys=keys, read_only=True)
    for place in range(0, len(whole), 3):
        changed = bytes([whole[place] ^ (1 << place % 8)])
        path.write_bytes(whole[:place] + changed + whole[place + 1 :])
        segment = read_segment(store.files, path, store.codec)
        assert len(segment.lines) >= 3
        told = segment.damaged or segment.spoiled or segment.torn
        assert told or (place == len(whole) - 1 and segment.ended == 4), "nothing is missing then"
    path.write_bytes(whole)


def test_what_cannot_be_read_whole_is_put_away_as_it_is(tmp_path, keys):
    store = Store.create(tmp_path / "r", keys=keys)
    store.write("Edit", "me", [Change("pupils", "a", {"surname": "O'Neill"})])
    store.close()
    (segment,) = (tmp_path / "r").glob("journal-*")
    segment.write_bytes(segment.read_bytes() + b"[9,torn")
    torn = segment.read_bytes()
    for number in range(2):
        store = Store.open(tmp_path / "r", keys=keys)
        store.write("Edit", "me", [Change("pupils", "a", {"surname": f"Nwosu{number}"})])
        store.close()
    (away,) = (path for path in put_away(tmp_path / "r") if path.name == segment.name)
    assert away.read_bytes() == torn


def test_an_opening_reads_nothing_of_what_was_put_away(folder, keys):
    class Watched(Files):
        whole = ()

        def read(self, path, most=-1):
            if most < 0:
                self.whole = (*self.whole, path.parent.name)
            return super().read(path, most)

    files = Watched()
    store = Store.open(folder, keys=keys, files=files)
    assert HISTORY not in files.whole
    assert len(store.journal.commits()) == 12


def test_an_older_snapshot_put_back_is_noticed_by_what_was_put_away(tmp_path, keys):
    store = Store.create(tmp_path / "r", keys=keys)
    for number in range(4):
        store.write("Edit", "me", [Change("pupils", "a", {"surname": f"Nwosu{number}"})])
        if number == 1:
            store.snapshot()
            older = (tmp_path / "r" / "register.json").read_bytes()
    store.close()
    for _ in range(2):
        store = Store.open(tmp_path / "r", keys=keys)
        store.write("Edit", "me", [Change("pupils", "b", {"surname": "Begum"})])
        store.close()
    assert len(put_away(tmp_path / "r")) == 2
    (tmp_path / "r" / "register.json").write_bytes(older)
    store = Store.open(tmp_path / "r", keys=keys, read_only=True)
    assert store.state.live["pupils"]["a"]["surname"] == "Nwosu3"
    assert "b" in store.state.live["pupils"]


def test_a_file_that_has_lost_its_headers_says_nothing_of_itself(folder, keys):
    path = put_away(folder)[0]
    path.write_bytes(b"\n".join(path.read_bytes().split(b"\n")[2:]))
    store = Store.open(folder, keys=keys, read_only=True)
    assert read_header(store.files, path, store.codec) is None
