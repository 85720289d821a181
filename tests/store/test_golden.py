"""Registers that earlier versions wrote, each beside what it held then, still say all of it."""

import json
import shutil

import pytest

from senreg.register import Register
from senreg.store.codec import PlainCodec
from senreg.store.files import Files
from senreg.store.key_files import read_keys
from senreg.store.segments import read_segment
from senreg.store.unlocking import is_sealed_folder
from senreg.vault import unlock, unlock_with_recovery
from tests.store.golden import PASSPHRASE, RECOVERY_KEY, REGISTERS, holds, records

NAMES = sorted(path.name for path in REGISTERS.iterdir() if path.is_dir())


@pytest.fixture(params=NAMES)
def golden(request):
    return REGISTERS / request.param


def expected(golden):
    return json.loads(golden.with_suffix(".json").read_text(encoding="utf-8"))


def opened(folder):
    keys = unlock(folder, PASSPHRASE) if is_sealed_folder(Files(), folder) else None
    return Register.open(folder, unlock=keys, person="me")


def test_every_format_there_was_is_kept():
    assert {"format-1-header-once", "format-1-plain", "format-1-sealed"} <= set(NAMES)


def test_it_says_what_it_said(golden, tmp_path):
    assert holds(tmp_path, golden, opened) == expected(golden)


def test_it_holds_what_every_register_may_hold(golden):
    """So that an expectation is never empty by mistake."""
    held = expected(golden)
    assert held["records"].keys() >= {"pupils", "school", "later"}
    assert held["archived"]["pupils"]
    assert held["conflicts"]
    assert len(held["history"]) > 15
    assert [changed for _, changed, _ in held["undone"]].count(0) < 3
    assert (golden / "history").is_dir()


def test_a_copy_can_be_edited_and_keeps_all_the_rest(golden, tmp_path):
    folder = shutil.copytree(golden, tmp_path / "copy")
    with opened(folder) as register:
        (li,) = register.find("pupils", forename="Li")
        with register.commit("Change a pupil") as c:
            c.set(li.id, surname="Liu")
        (conflict,) = register.conflicts()
        register.settle(conflict.id, "Adah")
    want = expected(golden)["records"]
    want["pupils"][li.id]["surname"] = "Liu"
    want["pupils"][conflict.record]["forename"] = "Adah"
    for _ in range(2):
        with opened(folder) as register:
            assert records(register) == want
            assert not register.conflicts()
            assert not register.warnings
            assert len(register.history()) == len(expected(golden)["history"]) + 2


def test_opening_it_writes_nothing(golden, tmp_path):
    folder = shutil.copytree(golden, tmp_path / "copy")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    opened(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_the_sealed_one_opens_with_its_recovery_key_too():
    golden = REGISTERS / "format-1-sealed"
    keys = unlock_with_recovery(golden, RECOVERY_KEY)
    register = Register.open(golden, unlock=keys, read_only=True)
    assert records(register) == expected(golden)["records"]
    assert read_keys(Files(), golden).file.slots


def test_the_first_one_has_its_headers_once():
    for path in (REGISTERS / "format-1-header-once").rglob("journal-*"):
        first, second, *_ = path.read_bytes().splitlines()
        assert first.startswith(b"[-1,")
        assert second.startswith(b"[0,")
        assert read_segment(Files(), path, PlainCodec()).lines
