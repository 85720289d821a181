"""A backup is written without a name and read back from the disk, and only then it counts."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from senreg.store.archive import ROOT, ArchivedFiles, Manifest
from senreg.store.codec import Codec
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.loading import load
from senreg.store.migrations import MODELS, Models
from senreg.store.operations import new_id
from senreg.store.unlocking import is_sealed_folder
from senreg.store.verified import MAKING

Write = Callable[[IO[bytes]], None]
"""Writes a backup to a file; its `flush` returns once what was written is on the disk."""

Read = Callable[[Path], None]
"""Reads a backup back; raises OSError, Unreadable."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A backup that was written and read back, and has no name yet."""

    path: Path
    size: int
    said: Manifest


def written_beside(files: Files, folder: Path, write: Write, read: Read) -> Path:
    """Write a backup of a register, read it back, and give where it lies without a name.

    Raises OSError, Unreadable; nothing is left of it then.
    """
    files.make_folder(folder)
    path = folder / f"{MAKING}{new_id()}"
    try:
        descriptor = files.create(path)
        try:
            write(cast("IO[bytes]", _Appending(files, descriptor)))
            files.sync(descriptor)
        finally:
            files.close(descriptor)
        read(path)
    except BaseException:
        files.discard(path)
        raise
    return path


def read_back(files: Files, path: Path, store: Store) -> None:
    """Read every byte of a backup and open the register in it. Raises OSError, Unreadable."""
    with files.opened(path) as file:
        archive = ArchivedFiles(file)
        archive.check()
        sound = not opened(archive, store.codec, store.models).read_only
        if not (sound and _keys_sound(archive)):
            raise OSError(errno.EIO, "the register in it is damaged")


def opened(archive: ArchivedFiles, codec: Codec, models: Models = MODELS) -> Store:
    """The register in a backup, for reading. `read_only` is True where it is damaged.

    Raises DamagedRegister or Unreadable where nothing in it can be read.
    """
    found = load(archive, codec, ROOT, models)
    store = Store(ROOT, archive, codec, found.snapshot, models)
    store.read_only = bool(found.damage)
    store.holds(found.written)
    store.fold()
    return store


def _keys_sound(archive: ArchivedFiles) -> bool:
    """Whether the key file of a sealed register is whole; a plain one needs none."""
    if not is_sealed_folder(archive, ROOT):
        return True
    from senreg.store.key_files import read_keys

    found = read_keys(archive, ROOT)
    return found is not None and not found.damage


class _Appending:
    """A file that only grows, for what a zip archive asks of one it is written to."""

    def __init__(self, files: Files, descriptor: int) -> None:
        self._files = files
        self._descriptor = descriptor

    def write(self, data: bytes) -> int:
        self._files.append(self._descriptor, data)
        return len(data)

    def flush(self) -> None:
        """Return once what was written is on the disk."""
        self._files.sync(self._descriptor)
