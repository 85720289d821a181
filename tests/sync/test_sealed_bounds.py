"""Bad sealed bundles: one sentence each, nothing changed, and bounded memory until then."""

import tracemalloc
import zlib

import orjson
import pytest

from senreg.errors import SenregError, Unreadable
from senreg.register import Register
from senreg.store import sealed
from senreg.store.migrations import SCHEMA
from senreg.sync import bundle as bundles
from senreg.sync import sealed_bundle
from senreg.sync.bundle import PACK_LINE, content_of, export_bundle, read_bundle
from senreg.sync.returns import refuse_whole_in_pack
from senreg.sync.sealed_bundle import seal
from senreg.vault import Seal
from tests.store.sealing_keys import CHEAP, PASSPHRASE, RECOVERY_KEY
from tests.sync.packing import TODAY, joined, make_pack, school_of_two_classes

SIZE = 40_000_000


@pytest.fixture(scope="module")
def cheap():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("senreg.store.keys.calibrated", lambda: CHEAP)
        patch.setattr("senreg.clock.today", lambda: TODAY)
        yield


@pytest.fixture(scope="module")
def school(cheap, tmp_path_factory):
    seal = Seal(PASSPHRASE, RECOVERY_KEY)
    folder = tmp_path_factory.mktemp("bounds") / "senco"
    with Register.create(folder, "Hollow Lane", person="SENCO", seal=seal) as register:
        yield register


def written(school, path, body, **said):
    """A bundle that its own register's key seals, whatever it says of itself."""
    line, _ = content_of(school, [], {"size": len(body), **said})
    path.write_bytes(seal(school.store.keys, b"%b\n%b" % (line, body)))
    return path


def refused(school, path, match):
    """The most memory that was held until it was refused, with nothing changed."""
    version = school.version
    tracemalloc.start()
    try:
        with pytest.raises(Unreadable, match=match) as told:
            read_bundle(path, school.store.keys)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "\n" not in told.value.happened
    assert school.version == version
    return most


def test_ten_million_operations_are_refused(school, tmp_path):
    path = written(school, tmp_path / "b", b"\n" * SIZE, operations=10_000_000)
    assert refused(school, path, "larger") < 4 * SIZE


@pytest.mark.parametrize(
    ("body", "match"),
    [(b"\n" * SIZE, "damaged"), (b'{"ops":[' + b"0," * (SIZE // 2) + b"0]}", "larger")],
    ids=["lines", "operations"],
)
def test_what_it_holds_is_not_multiplied(school, tmp_path, body, match, monkeypatch):
    monkeypatch.setattr(bundles, "_MOST_COMMAS", SIZE // 4)
    assert refused(school, written(school, tmp_path / "b", body), match) < 4 * SIZE


def test_a_chunk_that_unpacks_beyond_its_size_is_refused_at_that_size(
    school, tmp_path, monkeypatch
):
    def bomb(cipher, bound, data, level=1):
        place = sealed._place(bound, 0, last=True)
        packed = zlib.compress(bytes(SIZE), 9)
        yield cipher.encrypt((0).to_bytes(12, "big"), packed, place)

    monkeypatch.setattr(sealed_bundle, "sealed_chunks", bomb)
    path = written(school, tmp_path / "b", b"")
    assert refused(school, path, "damaged") < 4 * sealed.CHUNK


def test_more_chunks_than_any_register_has_are_not_opened(school, tmp_path, monkeypatch):
    monkeypatch.setattr(sealed_bundle, "sealed_chunks", lambda *_, **__: [b"x" * 20] * 201)
    path = written(school, tmp_path / "b", b"")
    monkeypatch.setattr(sealed_bundle, "opened_chunks", None)
    refused(school, path, "damaged")


@pytest.mark.parametrize("first", [b"senreg-bundle 3\n", PACK_LINE.replace(b"1", b"2")])
def test_a_newer_kind_is_named_for_what_it_is(school, tmp_path, first):
    whole = written(school, tmp_path / "b", b"").read_bytes().partition(b"\n")[2]
    (tmp_path / "b").write_bytes(first + whole)
    refused(school, tmp_path / "b", "newer version")


def test_what_a_newer_version_of_the_models_wrote_is_named_for_what_it_is(school, tmp_path):
    commit = school.store.journal.commits()[-1]
    kept = {name: each for name, each in commit.items() if name != "schema"}
    body = orjson.dumps(kept | {"schema": SCHEMA + 1})
    path = written(school, tmp_path / "b", body)
    refused(school, path, "newer version")


def test_a_whole_bundle_is_refused_by_a_pack_without_asking_for_a_passphrase(cheap, tmp_path):
    with school_of_two_classes(tmp_path / "senco") as school:
        make_pack(school, tmp_path / "p")
        export_bundle(school, tmp_path / "all")
        refuse_whole_in_pack(school, tmp_path / "all")
        with joined(tmp_path / "p", tmp_path / "copy") as copy:
            version = copy.version
            refuse_whole_in_pack(copy, tmp_path / "p")
            with pytest.raises(SenregError, match="takes in only a newer pack"):
                refuse_whole_in_pack(copy, tmp_path / "all")
            assert copy.version == version
