"""Bundles that ask for more than there is: one sentence, and little memory until then."""

import tracemalloc
import zlib
from hashlib import blake2b

import orjson
import pytest

from senreg.errors import Unreadable
from senreg.sync.bundle import read_bundle

HEADER = {
    "register": "r", "copy": "c", "school": "", "invented": False, "made_at": 1, "by": "x",
    "schema": 1, "commits": 1, "operations": 1,
}  # fmt: skip
SIZE = 60_000_000


def written(path, body, **said):
    line = orjson.dumps(HEADER | {"size": len(body)} | said)
    rest = b"%b\n%b" % (line, zlib.compress(body, 6))
    digest = blake2b(rest, digest_size=16).hexdigest().encode("ascii")
    path.write_bytes(b"senreg-bundle 1 %b\n%b" % (digest, rest))
    return path


def refused(path, match):
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match=match) as told:
            read_bundle(path)
        assert "\n" not in told.value.happened
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_ten_million_operations_are_refused_by_the_header_alone(tmp_path):
    path = written(tmp_path / "b", b"\n" * SIZE, operations=10_000_000)
    assert refused(path, "larger") < 1_000_000


def test_a_size_beyond_any_register_is_not_unpacked(tmp_path):
    path = written(tmp_path / "b", b"\n" * SIZE, size=10**12)
    assert refused(path, "larger") < 1_000_000


def test_more_than_was_announced_is_not_unpacked(tmp_path):
    path = written(tmp_path / "b", b"\n" * SIZE, size=1_000)
    assert refused(path, "damaged") < 1_000_000


@pytest.mark.parametrize(
    ("body", "match"),
    [(b"\n" * SIZE, "damaged"), (b'{"ops":[' + b"0," * (SIZE // 2) + b"0]}", "larger")],
    ids=["lines", "operations"],
)
def test_what_is_unpacked_is_not_multiplied(tmp_path, body, match):
    assert refused(written(tmp_path / "b", body), match) < 3 * SIZE


@pytest.mark.parametrize("said", [{"a": "x"}, {"a": -1}, {"a": None}, ["a"], 7, None])
def test_what_a_header_says_to_be_known_is_checked(tmp_path, said):
    assert refused(written(tmp_path / "b", b"", known=said), "damaged") < 1_000_000
