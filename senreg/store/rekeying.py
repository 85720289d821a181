"""A register under other keys: sealed where it was plain, or under a new key for all of it.

The order is: the new key file, which says what is unfinished and still opens what is old;
every segment; the snapshot and the one before it; the key file once more, finished. Whatever
stops it, `finish` goes on at the next opening.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from senreg import clock
from senreg.errors import CannotWrite, Unfinished
from senreg.store.aside import seal_aside
from senreg.store.backups import Backups
from senreg.store.files import disk_refused
from senreg.store.folder import Store
from senreg.store.index import forget_index
from senreg.store.journal import HISTORY
from senreg.store.kdf import Cost
from senreg.store.key_files import UNCHANGED, keys_in_force, write_keys
from senreg.store.keys import SEALING, OpenKeys, make_keys
from senreg.store.refusals import only_reading
from senreg.store.rewriting import (
    discard_beginnings,
    header_key,
    put_in_place,
    rewrite_segment,
)
from senreg.store.segments import read_segment

Watch = Callable[[int, int], object]
"""Told the steps done and all steps."""


def seal_in_place(
    store: Store,
    passphrase: str,
    public: bytes,
    *,
    cost: Cost | None = None,
    watch: Watch | None = None,
) -> None:
    """Seal a plain register where it is. Raises ReadOnly, CannotWrite."""
    keys = make_keys(store.meta.register, passphrase, public, clock.milliseconds(), cost)
    _begin(store, keys.unfinished_as(SEALING), watch)


def rekey(
    store: Store,
    passphrase: str,
    public: bytes,
    *,
    cost: Cost | None = None,
    watch: Watch | None = None,
) -> None:
    """Give a sealed register new keys, and other ways in.

    Raises ReadOnly, CannotWrite, Unfinished.
    """
    assert store.keys is not None
    _begin(store, store.keys.renewed(passphrase, public, clock.milliseconds(), cost), watch)


def finish(store: Store, watch: Watch | None = None) -> None:
    """Write anew whatever is not yet under the key in use; nothing where all is.

    Raises CannotWrite; what is written so far stays, and the rest is done another time.
    """
    keys = store.keys
    if keys is None or not keys.file.unfinished or store.read_only:
        return
    folders = (store.folder, store.folder / HISTORY)
    try:
        put_in_place(store.files, folders)
    except OSError as refusal:
        raise disk_refused(refusal) from refusal
    paths = [path for found in store.journal.all_segments().values() for path in found]
    step = watch or _unwatched
    total = len(paths) + 3
    try:
        for number, path in enumerate(paths):
            step(number, total)
            _rewrite(store, path, keys.key.id)
        for folder in folders:
            discard_beginnings(store.files, folder)
        forget_index(store.files, store.folder / HISTORY)
        seal_aside(store.files, store.folder, store.codec)
    except OSError as refusal:
        raise disk_refused(refusal) from refusal
    for number in range(2):
        step(len(paths) + number, total)
        store.snapshot(anew=True)
    step(len(paths) + 2, total)
    Backups(store).renew()
    done = keys.finished()
    write_keys(store.files, store.folder, done.file)
    store.adopt(done)
    step(total, total)


def is_of_disk(refusal: CannotWrite) -> bool:
    """Whether room on the disk would mend it: not damage, nor keys that others changed."""
    return isinstance(refusal.__cause__, (OSError, CannotWrite))


def _rewrite(store: Store, path: Path, key: str) -> None:
    """Write one segment under the key, if it is not; one in which nothing was begun goes."""
    segment = read_segment(store.files, path, store.codec)
    if segment.header is None and not segment.damaged:
        store.files.discard(path)
    elif header_key(segment) != key and not rewrite_segment(
        store.files, path, store.codec, store.codec
    ):
        raise Unfinished(
            "A damaged part of the journal cannot be written under the new key.",
            safe="Nothing is lost; the newest passphrase and recovery key open it, and the rest is "
            "done once it is mended.",
            do="Restore a backup, then open the register again.",
        )


def _begin(store: Store, keys: OpenKeys, watch: Watch | None) -> None:
    if store.read_only:
        raise only_reading(store.warnings)
    store.close()
    if store.behind:
        raise CannotWrite(
            "The register could not be brought to rest on the disk.",
            safe=UNCHANGED,
            do="Make room on the disk or check that it is plugged in, then try again.",
        )
    write_keys(store.files, store.folder, keys.file)
    store.adopt(keys)
    try:
        finish(store, watch)
    except CannotWrite as refusal:
        if not is_of_disk(refusal):
            raise
        raise keys_in_force(refusal, "passphrase and recovery key open") from refusal


def _unwatched(done: int, total: int) -> None:
    """Nobody watches."""
