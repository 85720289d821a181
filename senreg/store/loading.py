"""Finding the newest snapshot of a folder that can be read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from senreg.errors import DamagedRegister, Locked, SenregError, Unreadable
from senreg.store.codec import BadLine, Codec, PlainCodec
from senreg.store.files import BACKUP, REGISTER, Files
from senreg.store.journal import Journal
from senreg.store.migrations import MODELS, Models
from senreg.store.refusals import NEWER, keys_gone, newer
from senreg.store.snapshot import Meta, Snapshot, decode_snapshot, says_newer
from senreg.store.state import State


@dataclass(frozen=True, slots=True)
class Loaded:
    """A snapshot as it was found."""

    snapshot: Snapshot
    damage: tuple[str, ...] = ()
    """What is damaged, in sentences."""
    written: bytes = b""
    """The bytes of the file."""
    from_journal: bool = False
    """No snapshot could be read; the state is empty and the whole journal is to be folded."""


def load(files: Files, codec: Codec, folder: Path, models: Models = MODELS) -> Loaded:
    """The newest snapshot that can be read, its records as those of the models.

    Raises:
        Unreadable: there is no register there, or it is of a newer format beyond reading.
        Locked: it is sealed, and the codec is that of a plain one.
        DamagedRegister: there is one and nothing in it can be read.
    """
    damage: list[str] = []
    present = is_newer = is_others = False
    for name in (REGISTER, BACKUP):
        try:
            written = files.read(folder / name)
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as refusal:
            raise Unreadable(
                "The register cannot be read from the disk.",
                do=f"The system says: {refusal.strerror}.",
            ) from refusal
        present = True
        try:
            snapshot = decode_snapshot(codec, written, models)
        except Unreadable:
            is_newer = True
            damage.append(NEWER)
        except BadLine:
            is_newer = is_newer or says_newer(written)
            is_others = is_others or not codec.is_of_this(written)
            if is_others and isinstance(codec, PlainCodec):
                raise keys_gone() from None
            damage.append(
                "The last snapshot of this register is damaged; the one before it "
                "and the journal were read instead."
            )
        else:
            return Loaded(snapshot, tuple(damage), written)
    journal = Journal(files, folder, codec)
    for paths in journal.all_segments().values():
        for segment in journal.read(paths):
            if segment.header is not None:
                meta = Meta(str(segment.header["register"]), str(segment.header["copy"]))
                meta.schema = models.version
                sentence = "Both snapshots of this register are damaged; the journal was read."
                told = (NEWER if is_newer else sentence,)
                return Loaded(Snapshot(meta, State()), told, from_journal=True)
    raise newer() if is_newer else _no_register(present=present, is_others=is_others)


@contextmanager
def many_objects() -> Iterator[None]:
    """While a register is read: no search for garbage among its million objects, then or later.

    Collecting during the parse costs a third of its time, and each full collection after it
    would walk the whole register while a key waits.
    """
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.freeze()


def _no_register(*, present: bool, is_others: bool) -> SenregError:
    if is_others:
        return Locked(
            "The key file in this folder is not the one this register was last sealed with.",
            do="Put the newest keys.json back; with no key file there, the recovery key opens it.",
        )
    if present:
        return DamagedRegister(
            "This register cannot be read, or it is not one of senreg's.",
            safe="Nothing in the folder was changed.",
            do="Restore a backup: on the first page, or with `senreg restore`.",
        )
    return Unreadable(
        "There is no register in that folder.",
        do="Name the folder that `senreg new` or `senreg demo` made.",
    )
