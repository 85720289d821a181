"""What encryption costs: start, unlocking, opening, an edit and its bytes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.editing import LARGE, SMALL, register_editor, sqlite_editor
from benchmarks.measured import Measured, Subject, in_turn
from benchmarks.start import started
from benchmarks.workspace import Workspace

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.store.kdf import Cost

PASSPHRASE = "tanned barrack unmoving atrocious hull"

_BARE = "a bare Textual app: header, empty table, footer"
_SQLITE = "SQLite, WAL, synchronous=FULL"
_START = {
    pupils: Subject(
        f"start-sealed-{pupils}",
        f"start to the list, encrypted, {pupils:,} pupils, without the derivation of the key",
        _BARE,
        budget,
    )
    for pupils, budget in ((300, 1.5), (2000, 2.0))
}
_UNLOCK = Subject(
    "unlock", "passphrase to keys", "Argon2id at its least, 64 MiB and 3 passes", None
)
_OPEN = {
    pupils: Subject(
        f"open-sealed-{pupils}",
        f"unlocked register to the pupils' table, {pupils:,} pupils",
        "the same register, plain",
        None,
    )
    for pupils in (300, 2000)
}
_EDIT = {
    pupils: Subject(
        f"edit-sealed-{pupils}", f"durable edit, encrypted, {pupils:,} pupils", _SQLITE, 1.3
    )
    for pupils in (SMALL, LARGE)
}
_FLAT = Subject(
    "edit-sealed-flat", f"durable edit, encrypted, at {LARGE:,} pupils", f"at {SMALL} pupils", 1.25
)
_BYTES = Subject("bytes-edit", "bytes appended an edit", _SQLITE, None, "B")
_BYTES_SEALED = Subject(
    "bytes-edit-sealed", "bytes appended an edit, encrypted", "the same, plain", None, "B"
)

_START_PAIRS, _OPEN_PAIRS, _UNLOCK_PAIRS = {300: 9, 2000: 7}, 9, 5
_EDIT_PAIRS, _WARM_UP = 300, 20

NAMES = tuple(
    each.name
    for each in (
        *_START.values(), _UNLOCK, *_OPEN.values(), *_EDIT.values(), _FLAT, _BYTES, _BYTES_SEALED,
    )
)  # fmt: skip


def run(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Each in turn."""
    yield from _starts(workspace, names)
    if _UNLOCK.name in names:
        yield _UNLOCK.measured(
            in_turn(_UNLOCK_PAIRS, partial(_unlock, sealed(workspace, 300)), _least)
        )
    for pupils, subject in _OPEN.items():
        if subject.name in names:
            plain, folder = workspace.copy(pupils), sealed(workspace, pupils)
            yield subject.measured(
                in_turn(_OPEN_PAIRS, partial(_opened, folder), partial(_opened, plain))
            )
    yield from _edits(workspace, names)
    yield from _bytes(workspace, names)


def sealed(workspace: Workspace, pupils: int, cost: Cost | None = None) -> Path:
    """An encrypted register, to be written to; its key as dear to derive as `cost` says."""
    from senreg.store.folder import Store
    from senreg.store.recovery_key import new_recovery_key, public_half
    from senreg.store.rekeying import seal_in_place

    name = f"sealed-{pupils}{'-cheap' if cost else ''}.senreg"
    made = workspace.folder / name
    if not made.exists():
        shutil.copytree(workspace.register(pupils), made)
        store = Store.open(made)
        seal_in_place(store, PASSPHRASE, public_half(new_recovery_key()), cost=cost)
        store.close()
    return Path(shutil.copytree(made, workspace.fresh(name)))


def opened(folder: Path) -> Register:
    """A register, unlocked if it needs that."""
    from senreg.register import Register
    from senreg.vault import is_sealed, unlock

    keys = unlock(folder, PASSPHRASE) if is_sealed(folder) else None
    return Register.open(folder, unlock=keys)


def _starts(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    """Starts of registers whose key costs nothing to derive: that is dear on purpose."""
    from senreg.store.kdf import Cost

    for pupils, subject in _START.items():
        if subject.name in names:
            register = sealed(workspace, pupils, Cost(memory=8, iterations=1))
            ours = ["register", str(register)]
            opens = {"SENREG_PASSPHRASE_FILE": str(_passphrase_file(workspace))}
            yield subject.measured(
                in_turn(
                    _START_PAIRS[pupils],
                    lambda ours=ours, opens=opens: started(workspace, ours, opens).seconds,
                    lambda: started(workspace, ["bare"]).seconds,
                )
            )


def _passphrase_file(workspace: Workspace) -> Path:
    path = workspace.folder / "passphrase"
    path.write_text(PASSPHRASE + "\n", encoding="utf-8")
    return path


def _unlock(folder: Path) -> float:
    from senreg.vault import unlock

    start = perf_counter()
    unlock(folder, PASSPHRASE)
    return perf_counter() - start


def _least() -> float:
    from senreg.store.kdf import FLOOR, derive

    start = perf_counter()
    derive(PASSPHRASE, bytes(16), FLOOR)
    return perf_counter() - start


def _opened(folder: Path) -> float:
    """Seconds from the keys to the pupils; the register is then let go without a word."""
    from senreg.register import Register
    from senreg.vault import is_sealed, unlock

    keys = unlock(folder, PASSPHRASE) if is_sealed(folder) else None
    start = perf_counter()
    register = Register.open(folder, unlock=keys, read_only=True)
    assert register.all("pupils")
    return perf_counter() - start


def _edits(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    for pupils, subject in _EDIT.items():
        if subject.name in names:
            with opened(sealed(workspace, pupils)) as register:
                peer, done = sqlite_editor(register, workspace.fresh("peer.sqlite"))
                with done:
                    yield subject.measured(
                        in_turn(_EDIT_PAIRS, register_editor(register), peer, _WARM_UP)
                    )
    if _FLAT.name in names:
        with (
            opened(sealed(workspace, SMALL)) as small,
            opened(sealed(workspace, LARGE)) as large,
        ):
            yield _FLAT.measured(
                in_turn(_EDIT_PAIRS, register_editor(large), register_editor(small), _WARM_UP)
            )


def _bytes(workspace: Workspace, names: set[str]) -> Iterator[Measured]:
    if not names & {_BYTES.name, _BYTES_SEALED.name}:
        return
    plain, folder = workspace.copy(SMALL), sealed(workspace, SMALL)
    with opened(plain) as register, opened(folder) as encrypted:
        # SQLite writes nothing where the value is the same, so its table is filled first.
        base = workspace.fresh("peer.sqlite")
        peer, done = sqlite_editor(register, base)
        ours = _grown(plain, register_editor(register))
        with done as connection:
            # So that what is appended from here on makes the file longer.
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            log = base.with_name(f"{base.name}-wal")
            if _BYTES.name in names:
                yield _BYTES.measured(in_turn(20, ours, _grown(log, peer), 3))
        if _BYTES_SEALED.name in names:
            theirs = _grown(folder, register_editor(encrypted))
            yield _BYTES_SEALED.measured(in_turn(20, theirs, ours, 3))


def _grown(place: Path, edit: Callable[[], float]) -> Callable[[], float]:
    """By how many bytes a file, or the files of a folder, grow with an edit."""

    def size() -> int:
        files = place.glob("journal-*") if place.is_dir() else [place]
        return sum(each.stat().st_size for each in files)

    def measure() -> float:
        before = size()
        edit()
        return float(size() - before)

    return measure
