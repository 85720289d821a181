"""A backup is written without a name and read back from the disk, and only then it counts."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from zlib import crc32

from senreg.store.archive import ROOT, ArchivedFiles, Frozen, Manifest
from senreg.store.codec import Codec
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.loading import load
from senreg.store.migrations import MODELS, Models
from senreg.store.operations import new_id
from senreg.store.unlocking import is_sealed_folder
from senreg.store.verified import MAKING

_PIECE = 1 << 20

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
            write(cast("IO[bytes]", Appending(files, path, descriptor)))
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


def is_of_open(files: Files, path: Path, store: Store, frozen: Frozen) -> None:
    """Find a backup to hold what the register was opened from that is open, without damage.

    Every byte of it was compared with what was copied, and the snapshot and the keys with what
    lay there once the register was open. The segments beside them are compared here.

    Args:
        files: The disk.
        path: The backup.
        store: The register, open and not written to yet.
        frozen: What was copied.

    Raises OSError, Unreadable.
    """
    with files.opened(path) as file:
        archive = ArchivedFiles(file)
        sound = not store.read_only and _keys_sound(archive)
        for segment, size in frozen.segments:
            if sound and segment.parent == frozen.folder:
                sound = archive.read(ROOT / segment.name) == files.read(segment, size)
        if not sound:
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


class Appending:
    """A file that only grows, for what a zip archive asks of one it is written to."""

    def __init__(self, files: Files, path: Path, descriptor: int) -> None:
        self._files = files
        self._path = path
        self._descriptor = descriptor
        self._compared = 0
        self._length = 0
        self._since = 0
        """CRC-32 of what was written and not compared yet."""

    def write(self, data: bytes) -> int:
        """Append; gives how many bytes that were."""
        self._files.append(self._descriptor, data)
        self._length += len(data)
        self._since = crc32(data, self._since)
        return len(data)

    def flush(self) -> None:
        """Return once what was written is on the disk."""
        self._files.sync(self._descriptor)

    def compare(self) -> None:
        """Read what was written since the last time; raises OSError where it is not the same."""
        self.flush()
        found, left = 0, self._length - self._compared
        with self._files.opened(self._path) as file:
            file.seek(self._compared)
            while left > 0 and (piece := file.read(min(_PIECE, left))):
                found = crc32(piece, found)
                left -= len(piece)
        if left or found != self._since:
            raise OSError(errno.EIO, "the backup is not as it was written")
        self._compared, self._since = self._length, 0
