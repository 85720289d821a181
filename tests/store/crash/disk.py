"""A disk in memory that remembers what was synced, and the files of a register on it.

What a program sees at once (`names`) and what a crash is sure to leave (`durable`) are kept
apart. Every change of a name waits in `pending` until its folder is synced; every byte waits
until its file is. Files are only ever appended to, so that of each one number says how much
of it is safe.
"""

import errno
import io
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from senreg.store.files import Files

FOLDER = -1
ROOT = Path("/disk/school.senreg")


class Renaming(NamedTuple):
    """One change of names that waits to be durable: each name, and what it names from now on.

    The parts happen together, except on a disk that cannot do that.
    """

    parts: tuple[tuple[str, int | None], ...]

    def folders(self) -> set[str]:
        return {parent(name) for name, _ in self.parts}


class Node:
    """The bytes of a file, and how many of them are safe.

    After a sync that failed the system takes its pages for clean: what was not safe then
    never will be, and a later sync says that all is well.
    """

    __slots__ = ("data", "failed", "synced")

    def __init__(self, data: bytes = b"", synced: int = 0) -> None:
        self.data = data
        self.synced = synced
        self.failed = False


class Disk:
    """Names and bytes. `capacity` is how many bytes fit; None for as many as you like."""

    def __init__(self, *, ordered: bool = False, capacity: int | None = None) -> None:
        self.names: dict[str, int] = {"/disk": FOLDER}
        self.durable = dict(self.names)
        self.pending: list[Renaming] = []
        self.nodes: dict[int, Node] = {}
        self.ordered = ordered
        self.capacity = capacity
        self.used = 0

    @classmethod
    def holding(cls, content: dict[str, bytes | None], capacity: int | None = None) -> "Disk":
        """A disk as it is found after a crash; None stands for a folder."""
        disk = cls(capacity=capacity)
        for name, data in content.items():
            disk.names[name] = FOLDER if data is None else len(disk.nodes)
            if data is not None:
                disk.nodes[len(disk.nodes)] = Node(data, len(data))
                disk.used += len(data)
        disk.durable = dict(disk.names)
        return disk

    def content(self) -> dict[str, bytes | None]:
        """What a program sees; folders are None."""
        return {
            name: None if node == FOLDER else self.nodes[node].data
            for name, node in self.names.items()
        }

    def rename(self, *parts: tuple[str, int | None]) -> None:
        self._apply(self.names, parts)
        self.pending.append(Renaming(parts))

    def sync_names(self, name: str) -> None:
        """Make names durable: those of a folder, or where changes keep their order all so far."""
        folder = parent(name)
        for change in list(self.pending):
            if self.ordered or folder in change.folders():
                self._apply(self.durable, change.parts)
                self.pending.remove(change)

    def append(self, number: int, data: bytes) -> None:
        """Add bytes to a file; of those that do not fit, as many as do."""
        node = self.nodes[number]
        fits = data
        if self.capacity is not None:
            fits = data[: max(0, self.capacity - self.used)]
        node.data += fits
        self.used += len(fits)
        if len(fits) < len(data):
            raise OSError(errno.ENOSPC, "No space left on device")

    def forget(self, number: int | None) -> None:
        """Give back the room of a file that has no name any more."""
        if number is not None and number >= 0 and number not in self.names.values():
            self.used -= len(self.nodes[number].data)

    @staticmethod
    def _apply(names: dict[str, int], parts: tuple[tuple[str, int | None], ...]) -> None:
        for name, node in parts:
            if node is None:
                names.pop(name, None)
            else:
                names[name] = node


def parent(name: str) -> str:
    return name.rpartition("/")[0]


class DiskFiles(Files):
    """A register's files on a disk in memory."""

    def __init__(self, disk: Disk | None = None) -> None:
        self.disk = disk or Disk()
        self._open: dict[int, int] = {}
        self._next = 3

    def did(self, call: str) -> None:
        """Called after every call that changes the disk or makes a change durable."""

    def names(self, folder: Path) -> list[str]:
        start = f"{folder}/"
        return sorted(
            name[len(start) :]
            for name in self.disk.names
            if name.startswith(start) and "/" not in name[len(start) :]
        )

    def read(self, path: Path, most: int = -1) -> bytes:
        data = self.disk.nodes[self._node(path)].data
        return data if most < 0 else data[:most]

    def opened(self, path: Path) -> IO[bytes]:
        return io.BytesIO(self.read(path))

    def size(self, path: Path) -> int | None:
        node = self.disk.names.get(str(path))
        return None if node is None or node == FOLDER else len(self.disk.nodes[node].data)

    def modified(self, path: Path) -> int:
        self._node(path)
        return 2**50

    def make_folder(self, folder: Path) -> None:
        missing = [each for each in (folder, *folder.parents) if str(each) not in self.disk.names]
        # The last is the root of the disk, which needs no making.
        for each in reversed(missing[:-1]):
            self.disk.rename((str(each), FOLDER))
            self.did("make_folder")
        if not self.disk.ordered:
            for each in missing[:-1]:
                self.sync_entry(each)

    def create(self, path: Path) -> int:
        name = str(path)
        if name in self.disk.names:
            raise FileExistsError(errno.EEXIST, "File exists", name)
        if self.disk.names.get(parent(name)) != FOLDER:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", name)
        if self.disk.capacity is not None and self.disk.used >= self.disk.capacity:
            raise OSError(errno.ENOSPC, "No space left on device", name)
        number = len(self.disk.nodes)
        self.disk.nodes[number] = Node()
        self.disk.rename((name, number))
        self._next += 1
        self._open[self._next] = number
        self.did("create")
        return self._next

    def append(self, descriptor: int, data: bytes) -> None:
        self.disk.append(self._open[descriptor], data)
        self.did("append")

    def sync(self, descriptor: int) -> None:
        number = self._open[descriptor]
        node = self.disk.nodes[number]
        if not node.failed:
            node.synced = len(node.data)
        self.did("sync")

    def is_gone(self, descriptor: int) -> bool:
        return self._open[descriptor] not in self.disk.names.values()

    def hold(self, path: Path) -> int | None:
        self._next += 1
        self._open[self._next] = self._node(path)
        return self._next

    def held(self, descriptor: int) -> bytes:
        return self.disk.nodes[self._open[descriptor]].data

    def close(self, descriptor: int) -> None:
        del self._open[descriptor]

    def replace(self, source: Path, target: Path) -> None:
        number, gone = self._node(source), self.disk.names.get(str(target))
        self.disk.rename((str(source), None), (str(target), number))
        self.disk.forget(gone)
        self.did("replace")

    def remove(self, path: Path) -> None:
        number = self._node(path)
        self.disk.rename((str(path), None))
        self.disk.forget(number)
        self.did("remove")

    def discard(self, path: Path) -> None:
        with suppress(OSError):
            self.remove(path)

    def sync_entry(self, path: Path) -> None:
        if str(path) not in self.disk.names:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        self.disk.sync_names(str(path))
        self.did("sync_entry")

    def _node(self, path: Path) -> int:
        number = self.disk.names.get(str(path))
        if number is None or number == FOLDER:
            raise FileNotFoundError(errno.ENOENT, "No such file or directory", str(path))
        return number
