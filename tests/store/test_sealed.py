"""Sealed lines and snapshots: nothing readable, nothing changed without being seen."""

import orjson
import pytest

from senreg.store.codec import BadLine
from senreg.store.folder import Change, Store
from senreg.store.sealed import SealedLines, in_clear
from senreg.store.sealing import CIPHERS, new_data_key
from senreg.store.segments import encode_line
from tests.store.sealing_keys import fresh_keys

SNAPSHOT = b'{"_meta":{"1":{"digest":"00000000","front":"0000000000",' + b'"x":"O\'Neill"' * 300_000


def lines(cipher=CIPHERS[0], salt="c2FsdA"):
    key = new_data_key("k", cipher)
    header = {"key": "k", "cipher": cipher, "salt": salt}
    return SealedLines(key, "o", header), SealedLines(key, "o", header)


@pytest.mark.parametrize("cipher", CIPHERS)
def test_lines_come_back_with_their_numbers(cipher):
    writing, reading = lines(cipher)
    for number, payload in enumerate([b"{}", b'{"a":1}', '{"b":"小明"}'.encode()]):
        line = writing.line(number, payload)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        got, back = reading.payload(line[:-1])
        assert got == number
        assert orjson.loads(back) == orjson.loads(payload)


def test_every_flipped_bit_of_a_line_is_seen():
    writing, _ = lines()
    line = encode_line(writing, 0, {"surname": "O'Neill"})[:-1]
    for place in range(len(line)):
        for bit in range(8):
            changed = line[:place] + bytes([line[place] ^ (1 << bit)]) + line[place + 1 :]
            with pytest.raises(BadLine):
                lines_like(writing).payload(changed)


def lines_like(writing):
    again = object.__new__(SealedLines)
    again._cipher, again._bound = writing._cipher, writing._bound
    again._last, again._tag = None, b""
    return again


def test_a_line_out_of_its_place_does_not_open():
    writing, reading = lines()
    first, second, third = (writing.line(number, b"{}")[:-1] for number in range(3))
    assert reading.payload(first)[0] == 0
    with pytest.raises(BadLine):
        reading.payload(third.replace(b"[2,", b"[1,"))
    assert reading.payload(second)[0] == 1
    assert reading.payload(third)[0] == 2


def test_a_line_of_another_segment_does_not_open():
    writing, _ = lines()
    _, other = lines(salt="b3RoZXI")
    with pytest.raises(BadLine):
        other.payload(writing.line(0, b"{}")[:-1])


def test_no_two_segments_have_a_salt_in_common():
    codec = fresh_keys().codec()
    assert len({codec.headed("o", {})["salt"] for _ in range(20)}) == 20


def test_a_snapshot_comes_back_and_says_nothing_in_clear():
    codec = fresh_keys().codec()
    written = codec.seal(SNAPSHOT)
    assert codec.unseal(written) == SNAPSHOT
    assert b"Neill" not in written
    assert set(orjson.loads(written)) == {
        "senreg", "salt", "format", "kind", "register", "key", "cipher", "size", "recovery",
        "sealed",
    }  # fmt: skip


def test_a_snapshot_of_many_chunks_and_of_none_at_all_comes_back():
    codec = fresh_keys().codec()
    for size in (0, 1, 1 << 20, (1 << 20) + 1, 5 << 20):
        data = bytes(size)
        assert codec.unseal(codec.seal(data)) == data


def test_any_part_of_a_snapshot_is_what_it_would_be_of_the_whole():
    codec = fresh_keys().codec()
    piece = 1 << 20
    data = b"".join(b"%07d" % each for each in range(400_000))
    for size in (5, piece, len(data)):
        whole = data[:size]
        read = codec.opened(codec.seal(whole))
        edges = [
            each for each in (0, 1, piece - 1, piece, piece + 1, 2 * piece, size) if each <= size
        ]
        for start in edges:
            for end in edges:
                assert read[start:end] == whole[start:end]
                for wanted in (whole[size // 2 : size // 2 + 9], b"x"):
                    assert read.find(wanted, start, end) == whole.find(wanted, start, end)
        assert read[:] == read[0 : size + 9] == whole


def test_only_what_is_looked_at_is_unpacked(monkeypatch):
    codec = fresh_keys().codec()
    written = codec.seal(bytes(5 << 20))
    unpacked = []
    monkeypatch.setattr(
        "senreg.store.pieces.zlib.decompress",
        lambda data, bufsize: unpacked.append(1) or bytes(bufsize),
    )
    read = codec.opened(written)
    assert not unpacked
    assert read[(1 << 20) + 5 : (1 << 20) + 9] == bytes(4)
    assert read[(1 << 20) + 7 : (2 << 20)] == bytes((1 << 20) - 7)
    assert len(unpacked) == 1


def test_every_changed_byte_of_a_snapshot_is_seen():
    codec = fresh_keys().codec()
    written = codec.seal(SNAPSHOT[:600])
    for place in range(len(written)):
        for bit in (1, 32):
            changed = written[:place] + bytes([written[place] ^ bit]) + written[place + 1 :]
            with pytest.raises(BadLine):
                codec.unseal(changed)


def test_chunks_changed_round_or_left_out_are_seen():
    codec = fresh_keys().codec()
    written = codec.seal(bytes(3 << 20))
    clear, _ = in_clear(written)
    chunks = orjson.loads(written)["sealed"]
    for wrong in (
        chunks[::-1],
        chunks[:-1],
        [*chunks, chunks[0]],
        [chunks[0], chunks[0], chunks[2]],
    ):
        body = b'","'.join(each.encode() for each in wrong)
        with pytest.raises(BadLine):
            codec.unseal(clear + b',"sealed":["' + body + b'"]}')


def test_a_sealed_register_never_reads_what_is_not_sealed(tmp_path):
    plain = Store.create(tmp_path / "plain")
    plain.write("Edit", "me", [Change("pupils", "a", {"surname": "Planted"})])
    keys = fresh_keys(plain.meta.register)
    sealed = Store.create(tmp_path / "sealed", keys=keys)
    sealed.close()
    (segment,) = (tmp_path / "plain").glob("journal-*")
    (tmp_path / "sealed" / segment.name).write_bytes(segment.read_bytes())
    opened = Store.open(tmp_path / "sealed", keys=keys)
    assert opened.state.live.get("pupils", {}) == {}
    assert opened.read_only, "a planted file is told"


def test_nothing_readable_is_in_any_file(tmp_path):
    keys = fresh_keys()
    store = Store.create(tmp_path / "r", keys=keys)
    for number in range(3):
        store.write("Edit", "the writer", [Change("pupils", f"r{number}", {"surname": "Łukasz"})])
        store.close()
    written = [path.read_bytes() for path in (tmp_path / "r").rglob("*") if path.is_file()]
    assert len(written) > 5
    for each in written:
        for word in ("Łukasz", "the writer", "pupils", "surname"):
            assert word.encode() not in each
