"""What opens a register, and what is sealed beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from senreg import vault
from senreg.register import Register
from senreg.store.folder import Store
from senreg.store.keys import OpenKeys
from senreg.store.recovery_key import written
from senreg.vault import Seal
from tests.store.sealing_keys import CHEAP, fresh_keys

WORDS = b"Sam bit his lip."
PRINTED = written(bytes(range(20)))


@pytest.fixture
def keys() -> OpenKeys:
    return fresh_keys()


def test_a_draft_opens_as_what_it_was_and_says_nothing(keys: OpenKeys) -> None:
    sealed = vault.seal_draft(keys, WORDS, "note")
    assert b"Sam" not in sealed
    assert vault.open_draft(keys, sealed, "note") == WORDS
    assert vault.seal_draft(keys, WORDS, "note") != sealed


def test_a_draft_opens_with_no_other_key_and_as_nothing_else(keys: OpenKeys) -> None:
    sealed = vault.seal_draft(keys, WORDS, "note")
    assert vault.open_draft(keys, sealed, "other") is None
    assert vault.open_draft(fresh_keys(), sealed, "note") is None
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        assert vault.open_draft(keys, changed, "note") is None
        assert vault.open_draft(keys, sealed[:place], "note") is None


def test_a_draft_still_opens_after_the_register_has_a_new_key(keys: OpenKeys) -> None:
    sealed = vault.seal_draft(keys, WORDS, "note")
    public = keys.recovery_public
    assert public is not None
    renewed = keys.renewed("brand new words of mine", public, 1, CHEAP)
    assert vault.open_draft(renewed, sealed, "note") == WORDS


def test_a_plain_register_leaves_a_draft_as_it_is(tmp_path: Path) -> None:
    with Register.create(tmp_path / "plain", "Hill School") as register:
        assert register.seal_draft(WORDS, "note") == WORDS
        assert register.open_draft(WORDS, "note") == WORDS


def test_a_sealed_register_seals_a_draft(tmp_path: Path, keys: OpenKeys) -> None:
    Store.create(tmp_path / "sealed", keys=keys).close()
    with Register.open(tmp_path / "sealed", unlock=keys) as register:
        kept = register.seal_draft(WORDS, "note")
        assert WORDS not in kept
        assert register.open_draft(kept, "note") == WORDS
        assert register.open_draft(WORDS, "note") is None


@pytest.mark.parametrize(
    ("typed", "holds"),
    [
        (PRINTED, True),
        (PRINTED.upper().replace("-", " "), True),
        (PRINTED[-9:], True),
        (PRINTED[-9:].upper().replace("-", ""), True),
        (PRINTED[-4:], False),
        (PRINTED[:9], False),
        (PRINTED[:-1], False),
        ("", False),
    ],
)
def test_a_recovery_key_is_tested_by_its_end_or_all_of_it(typed: str, holds: bool) -> None:
    assert vault.ends_recovery_key(typed, PRINTED) is holds


def test_a_seal_shows_nothing_of_itself() -> None:
    assert "barrack" not in repr(Seal("tanned barrack", PRINTED))
