"""A real disk, small and filled to sixty levels: read at each, and nothing lost."""

import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest

from senreg.errors import CannotWrite
from senreg.store.folder import Change, Store
from tests.store.sealing_keys import fresh_keys

_PAGE = 4_096
_LEVELS = 60
_SIZE = 2 << 20
_EDITS = 80


@contextmanager
def small_disk(where):
    """A disk in memory, mounted; the test is skipped where that is not allowed."""
    where.mkdir()
    mount = shutil.which("mount")
    if sys.platform != "linux" or mount is None:
        pytest.skip("only Linux mounts a disk in memory")
    command = [mount, "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(where)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield where
    finally:
        subprocess.run(["umount", str(where)], check=True)


def fill(disk, free):
    """Fill it but for so many bytes."""
    room = shutil.disk_usage(disk).free - free
    with (disk / "filler").open("wb") as filler:
        filler.write(bytes(max(room, 0)))


def work(store):
    """Edit, with snapshots between; the numbers of the edits that were acknowledged."""
    kept = []
    for number in range(_EDITS):
        changes = [Change("pupils", f"new{number}", {"surname": "Ó" * 300})]
        try:
            store.write(f"Edit {number}", "me", changes)
            kept.append(f"new{number}")
            if number % 20 == 19:
                store.snapshot()
        except CannotWrite:
            continue
    store.close()
    return kept


@pytest.fixture(params=["plain", "sealed"])
def register(request, tmp_path):
    """A register with an open segment, and its keys."""
    keys = fresh_keys() if request.param == "sealed" else None
    store = Store.create(tmp_path / "r", keys=keys)
    store.write("Edit", "me", [Change("pupils", f"r{n}", {"surname": "小明"}) for n in range(20)])
    store.close()
    store = Store.open(tmp_path / "r", keys=keys)
    store.write("Edit", "me", [Change("pupils", "late", {"surname": "late"})])
    return tmp_path / "r", keys


def test_sixty_levels_of_a_filling_disk_lose_nothing_and_are_read(tmp_path, register):
    whole, keys = register
    before = {*(f"r{n}" for n in range(20)), "late"}
    readable = refused = 0
    with small_disk(tmp_path / "disk") as disk:
        for level in range(_LEVELS):
            folder = disk / "r"
            shutil.copytree(whole, folder)
            fill(disk, level * _PAGE)
            kept = work(Store.open(folder, keys=keys))
            refused += len(kept) < _EDITS
            full = Store.open(folder, keys=keys, read_only=True)
            assert {*before, *kept} <= set(full.state.live["pupils"]), level
            assert {f"Edit {each[3:]}" for each in kept} <= labels(full)
            readable += 1
            (disk / "filler").unlink()
            again = Store.open(folder, keys=keys)
            assert not again.read_only, again.warnings
            again.write("Room", "me", [Change("pupils", "room", {"surname": "x"})])
            again.close()
            there = Store.open(folder, keys=keys)
            assert {*before, *kept, "room"} <= set(there.state.live["pupils"]), level
            assert not leftovers(folder)
            shutil.rmtree(folder)
    assert readable == _LEVELS
    assert 10 <= refused < _LEVELS, "some levels were to be too full, and some not"


def labels(store):
    return {each["label"] for each in store.journal.commits()}


def leftovers(folder: Path):
    """Files that hold nothing."""
    return [
        path.name
        for path in folder.rglob("*")
        if path.is_file() and (".new-" in path.name or path.stat().st_size == 0)
    ]
