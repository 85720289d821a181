"""The note of when each backup was read back: it counts only while it is whole."""

import orjson
import pytest

from senreg.store.files import Files
from senreg.store.verified import last_verified, note_verified, verified

NOTED = {"2026-11-26-085900-day-abcdef.zip": 1_795_000_000_000, "łukasz.zip": 1_795_000_100_000}


@pytest.fixture
def backups(tmp_path):
    for name, at in NOTED.items():
        (tmp_path / name).touch()
        note_verified(Files(), tmp_path, name, at)
    return tmp_path


def test_what_was_noted_is_told_of_those_that_are_there(backups):
    assert verified(Files(), backups) == NOTED
    (backups / "łukasz.zip").unlink()
    assert last_verified(Files(), backups) == 1_795_000_000_000


def test_with_any_bit_turned_or_cut_anywhere_it_says_nothing_else(backups):
    path = backups / "verified.json"
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place])
        assert verified(Files(), backups) == {}, place
        for bit in range(8):
            turned = bytes([whole[place] ^ 1 << bit])
            path.write_bytes(whole[:place] + turned + whole[place + 1 :])
            assert verified(Files(), backups) in ({}, NOTED), (place, bit)


def test_one_without_a_digest_is_of_an_earlier_version_and_counts(backups):
    (backups / "verified.json").write_bytes(orjson.dumps(NOTED))
    assert verified(Files(), backups) == NOTED


@pytest.mark.parametrize("content", [b"[1]", b"7", b'"digest"', b'{"digest": 1}', b'{"a": null}'])
def test_anything_else_counts_for_nothing(backups, content):
    (backups / "verified.json").write_bytes(content)
    assert verified(Files(), backups) == {}
