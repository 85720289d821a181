"""What was not changed keeps its place in an encrypted snapshot, and is not compressed again."""

import json
import zlib

import pytest

from senreg.register import Register
from senreg.store.codec import PlainCodec
from senreg.store.files import REGISTER
from senreg.store.folder import Store
from senreg.store.layout import Assembled, Layout
from senreg.store.lazy import Stretch
from senreg.store.pieces import Pieces
from senreg.store.sealed import CHUNK
from senreg.store.snapshot import decode_snapshot, encode_snapshot
from tests.store.sealing_keys import fresh_keys


@pytest.fixture
def keys():
    return fresh_keys()


@pytest.fixture
def folder(tmp_path, keys):
    """A register of several pieces: pupils first, and three pieces of notes behind them."""
    folder = tmp_path / "school"
    Store.create(folder, keys=keys).close()
    with Register.open(folder, unlock=keys) as register, register.commit("Fill") as c:
        for number in range(40):
            child = {"surname": f"O'Neill {number}", "forename": "小明"}
            c.add("pupils", child, record_id=f"pupil{number}")
            c.add("notes", note(number), record_id=f"note{number}")
    return folder


def note(number):
    words = " ".join(f"{number * 7919 + place:x}" for place in range(15_000))
    return {"pupil": f"pupil{number}", "kind": "call", "text": words[:99_000]}


def edit(folder, keys, record, **fields):
    with Register.open(folder, unlock=keys) as register, register.commit("Edit") as c:
        c.set(record, **fields)


def read(folder, keys):
    return decode_snapshot(keys.codec(), (folder / REGISTER).read_bytes())


def tables(folder, keys):
    """What stock JSON makes of the snapshot, without what says where things stand."""
    whole = json.loads(keys.codec().unseal((folder / REGISTER).read_bytes()))
    whole.pop("_meta")
    return whole


def compressed(monkeypatch):
    """Counts the pieces that are compressed from here on."""
    counted = []
    compress = zlib.compress
    monkeypatch.setattr(
        "senreg.store.layout.zlib.compress",
        lambda data, level: counted.append(len(data)) or compress(data, level),
    )
    return counted


def test_an_edit_compresses_only_the_pieces_it_changed(folder, keys, monkeypatch):
    edit(folder, keys, "pupil1", strengths="Chess")
    before = read(folder, keys).state.layout
    assert len(before.pieces) >= 4
    counted = compressed(monkeypatch)
    edit(folder, keys, "pupil2", strengths="Zeichnen")
    after = read(folder, keys).state.layout
    assert after.front == before.front
    assert after.places == before.places
    assert len([each for each in counted if each > 100_000]) == 2
    kept = [
        n for n in range(len(after.pieces)) if after.pieces.packed(n) == before.pieces.packed(n)
    ]
    assert len(kept) >= len(after.pieces) - 2


def test_what_is_read_is_what_a_plain_register_would_say(folder, keys):
    for number, words in enumerate(("Chess", "小" * 30_000, "Ł", "x" * 90_000)):
        edit(folder, keys, f"pupil{number}", strengths=words)
        edit(folder, keys, f"note{number}", text=words)
        found = read(folder, keys)
        plain = json.loads(encode_snapshot(PlainCodec(), found.meta, found.state))
        assert plain["pupils"][f"pupil{number}"]["strengths"] == words
        plain.pop("_meta")
        assert tables(folder, keys) == plain


def test_a_table_that_outgrows_its_room_moves_those_behind_it(folder, keys):
    before = read(folder, keys).state.layout
    edit(folder, keys, "pupil1", strengths="x" * 90_000)
    after = read(folder, keys)
    assert after.state.layout.places["notes"] > before.places["notes"]
    assert after.state.live["notes"]["note39"]["text"] == note(39)["text"]


def test_other_keys_seal_the_pieces_that_were_kept(folder, keys):
    found = read(folder, keys)
    other = fresh_keys(keys.file.register)
    written = encode_snapshot(other.codec(), found.meta, found.state)
    assert isinstance(found.state.layout.pieces, Pieces)
    again = decode_snapshot(other.codec(), written)
    assert again.state.live["notes"] == found.state.live["notes"]
    assert again.state.live["pupils"] == found.state.live["pupils"]


def test_what_is_taken_away_stands_nowhere_in_it(folder, keys):
    found = read(folder, keys)
    secret = found.state.live["notes"].pop("note7")["text"]
    written = keys.codec().unseal(encode_snapshot(keys.codec(), found.meta, found.state))
    assert secret.encode() not in written
    assert len(written) > 3 * CHUNK


def test_a_plain_snapshot_has_no_spaces_between_its_tables(tmp_path):
    with Register.create(tmp_path / "plain", "Hollow Lane") as register, register.commit("A") as c:
        c.add("pupils", {"surname": "O'Neill", "forename": "Łukasz"})
    data = (tmp_path / "plain" / REGISTER).read_bytes()
    assert json.dumps(json.loads(data), separators=(",", ":"), ensure_ascii=False).encode() == data


LENGTH = 1_000
TABLES = {name: json.dumps({f"{name}{n}": n for n in range(220)}).encode() for name in "abcde"}


def laid_out(left_out=""):
    """A snapshot of some tables in small pieces: how it was laid out, and each as it is read."""
    whole, places, ends = b'{"front":1', {}, {}
    for name, table in TABLES.items():
        if name != left_out:
            whole += b'   ,"%b":' % name.encode()
            places[name] = len(whole) - 10
            whole += table
            ends[name] = len(whole)
    starts = range(0, len(whole), LENGTH)
    pieces = Pieces([zlib.compress(whole[each : each + LENGTH]) for each in starts], LENGTH)
    stretches = {name: Stretch(pieces, 10 + places[name], ends[name]) for name in places}
    return whole, Layout(pieces, 10, places), stretches


def put_together(layout, tables):
    parts = [b'{"front":1']
    for name, table in tables.items():
        parts += [b'   ,"%b":' % name.encode(), table]
    return Assembled(parts, layout)


def pieces_of(assembled):
    return [assembled.packed(n, LENGTH, 1) for n in range(-(-len(assembled) // LENGTH))]


def test_what_lies_between_tables_that_nobody_moved_is_not_unpacked(monkeypatch):
    whole, layout, stretches = laid_out()
    changed = TABLES["c"].replace(b"219", b"912")
    assembled = put_together(layout, stretches | {"c": changed})
    unpacked = []
    decompress = zlib.decompress
    monkeypatch.setattr(
        "senreg.store.pieces.zlib.decompress",
        lambda data, bufsize: unpacked.append(data) or decompress(data, bufsize=bufsize),
    )
    pieces = pieces_of(assembled)
    monkeypatch.undo()
    assert b"".join(map(zlib.decompress, pieces)) == whole.replace(TABLES["c"], changed)
    kept = [n for n, piece in enumerate(pieces) if piece == layout.pieces.packed(n)]
    assert len(kept) == len(pieces) - 1
    within = range(stretches["c"].start // LENGTH, stretches["c"].end // LENGTH + 1)
    assert len(unpacked) <= len(within) + 2, "those of the table, the first and the last"


@pytest.mark.parametrize("left_out", list(TABLES))
@pytest.mark.parametrize("new", ["", "c"])
def test_a_table_that_came_or_went_between_is_no_part_of_it(left_out, new):
    """What stood there before has the same length as what stands there now, and is not kept."""
    whole, layout, stretches = laid_out()
    tables = {name: each for name, each in stretches.items() if name != left_out}
    parts, place = [b'{"front":1'], 10
    for name, each in tables.items():
        start = b'   ,"%b":' % name.encode()
        room = each.start - place - len(start)
        table = TABLES[name].swapcase() if name == new else each
        parts += [b" " * room + start, table]
        place = each.end
    assembled = Assembled(parts, layout)
    found = b"".join(map(zlib.decompress, pieces_of(assembled)))
    expected = whole
    if new and new != left_out:
        expected = expected.replace(TABLES[new], TABLES[new].swapcase())
    gone = b'   ,"%b":%b' % (left_out.encode(), TABLES[left_out])
    end = expected.endswith(gone)
    assert found == expected.replace(gone, b"" if end else b" " * len(gone))
