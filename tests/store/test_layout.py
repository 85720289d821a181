"""What was not changed keeps its place in an encrypted snapshot, and is not compressed again."""

import json
import zlib

import pytest

from senreg.register import Register
from senreg.store.codec import PlainCodec
from senreg.store.files import REGISTER
from senreg.store.folder import Store
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
