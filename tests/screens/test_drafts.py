"""Drafts beside the register: plain for a plain one, sealed for a sealed one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from screens.forms.drafts import drop_draft, keep_draft, load_draft, seal_drafts
from senreg.register import Register
from senreg.store.folder import Store
from tests.store.sealing_keys import fresh_keys

TEXTS = {"text": "Sam bit his lip"}


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Register]:
    keys = fresh_keys()
    Store.create(tmp_path / "sealed.senreg", keys=keys).close()
    with Register.open(tmp_path / "sealed.senreg", unlock=keys) as opened:
        yield opened


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "home" / "drafts").iterdir())


def test_a_draft_of_a_sealed_register_is_not_readable_on_the_disk(
    sealed: Register, tmp_path: Path
) -> None:
    keep_draft(sealed, "note", TEXTS)
    (file,) = files(tmp_path)
    assert b"Sam" not in file.read_bytes()
    draft = load_draft(sealed, "note")
    assert draft is not None
    assert draft.texts == TEXTS
    assert load_draft(sealed, "other") is None
    file.rename(file.with_name(f"{'0' * 32}.sealed"))
    assert load_draft(sealed, "note") is None


def test_a_draft_that_was_changed_is_no_draft(sealed: Register, tmp_path: Path) -> None:
    keep_draft(sealed, "note", TEXTS)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    assert load_draft(sealed, "note") is None
    drop_draft(sealed, "note")
    assert files(tmp_path) == []


def test_drafts_of_a_register_are_sealed_with_it_and_others_are_left(
    register: Register, tmp_path: Path
) -> None:
    with Register.create(tmp_path / "other.senreg", "Other") as other:
        keep_draft(other, "note of the other", TEXTS)
    keep_draft(register, "note", TEXTS)
    folder = register.path
    register.close()
    keys = fresh_keys(register.register_id)
    store = Store.open(folder)
    store.adopt(keys)
    with Register(store) as now_sealed:
        seal_drafts(now_sealed)
        assert sorted(each.suffix for each in files(tmp_path)) == [".json", ".sealed"]
        draft = load_draft(now_sealed, "note")
        assert draft is not None
        assert draft.texts == TEXTS


def test_one_in_which_a_bit_was_turned_is_forgotten(register: Register, tmp_path: Path) -> None:
    keep_draft(register, "note", TEXTS)
    (file,) = files(tmp_path)
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert load_draft(register, "note") is None, place
    file.write_bytes(whole)
    assert load_draft(register, "note") is not None


def test_one_kept_by_a_version_without_a_digest_is_offered(
    register: Register, tmp_path: Path
) -> None:
    keep_draft(register, "note", TEXTS)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes().partition(b"\n")[2])
    draft = load_draft(register, "note")
    assert draft is not None
    assert draft.texts == TEXTS


def test_a_damaged_one_is_sealed_too(register: Register, tmp_path: Path) -> None:
    keep_draft(register, "note", TEXTS)
    (file,) = files(tmp_path)
    file.write_bytes(file.read_bytes()[:-1])
    folder = register.path
    register.close()
    store = Store.open(folder)
    store.adopt(fresh_keys(register.register_id))
    with Register(store) as now_sealed:
        seal_drafts(now_sealed)
        (file,) = files(tmp_path)
        assert b"Sam" not in file.read_bytes()
        assert load_draft(now_sealed, "note") is None


def test_what_the_disk_will_not_take_sealed_is_not_thrown_away(
    register: Register, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_draft(register, "note", TEXTS)
    folder = register.path
    register.close()
    store = Store.open(folder)
    store.adopt(fresh_keys(register.register_id))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with Register(store) as now_sealed:
        with monkeypatch.context() as disk:
            disk.setattr("screens.forms.drafts.os.replace", full)
            seal_drafts(now_sealed)
        assert any(each.suffix == ".json" for each in files(tmp_path))
        seal_drafts(now_sealed)
        draft = load_draft(now_sealed, "note")
        assert draft is not None
        assert draft.texts == TEXTS
        assert [each.suffix for each in files(tmp_path) if each.suffix == ".json"] == []
