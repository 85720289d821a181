"""The only calls by which a register touches the disk, so that crashes can be simulated."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from senreg.errors import CannotWrite, Unreadable

REGISTER = "register.json"
BACKUP = "register.json.bak"

_BINARY = getattr(os, "O_BINARY", 0)
_BUSY_ON_WINDOWS = {5, 32, 33}
_PATIENCE_SECONDS = 3.0


class Files:
    """Real files. Every method raises OSError as the operating system does."""

    def names(self, folder: Path) -> list[str]:
        """The names in a folder, sorted; none where there is no such folder."""
        try:
            return sorted(os.listdir(folder))
        except (FileNotFoundError, NotADirectoryError):
            return []

    def read(self, path: Path, most: int = -1) -> bytes:
        """The bytes of a file; only the first `most` of them where that is not negative."""
        with path.open("rb") as file:
            return file.read(most)

    def opened(self, path: Path) -> IO[bytes]:
        """A file, to be read a piece at a time and closed."""
        return path.open("rb")

    def size(self, path: Path) -> int | None:
        """A file's size in bytes, or None where there is no such file."""
        try:
            return path.stat().st_size
        except FileNotFoundError:
            return None

    def modified(self, path: Path) -> int:
        """When a file was last written, in milliseconds since 1970."""
        return path.stat().st_mtime_ns // 1_000_000

    def make_folder(self, folder: Path) -> None:
        """Make a folder, and those above it, that only this person may enter.

        The names of those that are new are durable when it returns: a file in a folder whose
        own name was lost is lost with it, however often it was synced.
        """
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if os.name != "nt":
            for each in missing:
                self.sync_entry(each)

    def create(self, path: Path) -> int:
        """A descriptor for appending to a new file; FileExistsError where it exists."""
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_APPEND | _BINARY
        return os.open(path, flags, 0o600)

    def append(self, descriptor: int, data: bytes) -> None:
        """Write all of the bytes at the end of a file."""
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]

    def sync(self, descriptor: int) -> None:
        """Return once the bytes, and the size of the file, are on the disk itself.

        `fsync` on macOS stops at the drive's cache; F_FULLFSYNC does not. On Windows
        `os.fsync` calls FlushFileBuffers. On Linux `fdatasync` leaves out the time stamps,
        which nothing rests on.
        """
        if sys.platform == "darwin":
            import fcntl

            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
        elif sys.platform == "linux":
            os.fdatasync(descriptor)
        else:
            os.fsync(descriptor)

    def is_gone(self, descriptor: int) -> bool:
        """Whether another program has put a file in the place of this open one.

        Windows allows nobody to do that while the file is open.
        """
        return os.name != "nt" and os.fstat(descriptor).st_nlink == 0

    def hold(self, path: Path) -> int | None:
        """A descriptor by which a file can be read even after another took its place.

        None on Windows, where that cannot happen to an open file, and an open one could not
        be replaced by us either.
        """
        return None if os.name == "nt" else os.open(path, os.O_RDONLY)

    def held(self, descriptor: int) -> bytes:
        """All the bytes of a file that is held."""
        return os.pread(descriptor, os.fstat(descriptor).st_size, 0)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        """Put a file in another's place in one step.

        Windows refuses while a virus scanner or a sync client holds the file; that is
        tried again for three seconds.
        """
        patience = time.monotonic() + _PATIENCE_SECONDS
        pause = 0.01
        while True:
            try:
                os.replace(source, target)
            except PermissionError as refusal:
                busy = getattr(refusal, "winerror", None) in _BUSY_ON_WINDOWS
                if not busy or time.monotonic() > patience:
                    raise
                time.sleep(pause)
                pause = min(pause * 2, 0.5)
            else:
                return

    def remove(self, path: Path) -> None:
        """Remove a file."""
        path.unlink()

    def discard(self, path: Path) -> None:
        """Remove a file that nothing needs; that it cannot be removed is no harm."""
        with suppress(OSError):
            path.unlink()

    def discard_folder(self, folder: Path) -> None:
        """Remove an empty folder that nothing needs; that it cannot be removed is no harm."""
        with suppress(OSError):
            folder.rmdir()

    def sync_entry(self, path: Path) -> None:
        """Make the name of a file durable: its folder on POSIX, the file itself on Windows."""
        if os.name == "nt":
            descriptor = os.open(path, os.O_RDWR | _BINARY)
        else:
            descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def write_whole(self, path: Path, data: bytes) -> None:
        """Make a new file with these bytes and return once they are on the disk."""
        descriptor = self.create(path)
        try:
            self.append(descriptor, data)
            self.sync(descriptor)
        finally:
            self.close(descriptor)


@contextmanager
def reading() -> Iterator[None]:
    """A block that reads a register: what the disk refuses is told as Unreadable."""
    try:
        yield
    except OSError as refusal:
        raise Unreadable(
            "The register cannot be read from the disk.",
            do=f"The system says: {refusal.strerror}.",
        ) from refusal


def disk_refused(refusal: OSError) -> CannotWrite:
    """What a person is told when a register cannot be written to."""
    return CannotWrite(
        f"The disk did not take it: {refusal.strerror or 'unknown reason'}.",
        safe="What was saved before is safe; this change was not saved.",
        do="Make room on the disk or check that it is plugged in, then try again.",
    )
