"""A backup as a file: a register's snapshot and its whole journal, byte for byte, in one zip.

`manifest.json` stands last: {senreg, format, register, copy, made_at, reason, files}, where
`files` gives size and digest (BLAKE2b of 128 bits, in hexadecimal) by name. The other members
are `register.json`, the segments beside it and those in `history/`, exactly as they lay in the
folder, with `keys.json` where it is sealed: such a backup is sealed as well, and opens with the
passphrase, or the recovery key, of that time.
"""

from __future__ import annotations

import errno
import io
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import IO, Any, NoReturn
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

import orjson

from senreg.errors import SenregError, Unreadable
from senreg.store.codec import SEALED_BEGINNING
from senreg.store.files import REGISTER, Files
from senreg.store.journal import HISTORY
from senreg.store.segments import opening_of

FORMAT = 1
ENDING = ".senreg-backup"
MANIFEST = "manifest.json"
KEYS = "keys.json"
ROOT = Path("backup")
"""The folder as which a backup's content appears to the store."""

_PIECE = 1 << 20
_LARGEST_MANIFEST = 16_000_000
_LARGEST_BYTES = 2_000_000_000
_SAMPLE = 65_536
_BAD = (BadZipFile, zlib.error, ValueError, KeyError, TypeError, AttributeError, EOFError)
_NOT_OURS = (NotImplementedError, RuntimeError)
"""What zipfile raises for compression or encryption that senreg never writes."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself. `made_at` is in milliseconds since 1970."""

    register: str
    copy: str
    made_at: int
    reason: str
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    """By name, size and digest."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A folder at one moment: what is small or replaced, and how long each segment was."""

    folder: Path
    read: dict[str, bytes]
    """By name, the snapshot and the key file."""
    segments: tuple[tuple[Path, int], ...]
    """Segments only grow, and move to `history/` whole."""


def freeze(files: Files, folder: Path) -> Frozen:
    """What is in a folder now, quickly; it may be written to meanwhile. Raises OSError.

    The snapshot is read first, and what lies beside it is listed before `history/`: whatever
    another writer does meanwhile, the segments go on from that snapshot.
    """
    read = {REGISTER: files.read(folder / REGISTER)}
    keys = _keys_in(files, folder)
    if keys is not None:
        read[KEYS] = keys
    found: dict[str, tuple[Path, int]] = {}
    for place in (folder, folder / HISTORY):
        for name in files.names(place):
            if opening_of(name) is None or name in found:
                continue
            path = place / name
            size = files.size(path)
            if size is None:
                path = folder / HISTORY / name
                size = files.size(path) or 0
            found[name] = (path, size)
    return Frozen(folder, read, tuple(found.values()))


def contents(files: Files, frozen: Frozen) -> Iterator[tuple[str, bytes]]:
    """What was frozen, as the files of a backup, one at a time.

    Raises OSError, also at the end where the keys were changed meanwhile: every segment is then
    written anew, and what was its beginning is not any more.
    """
    yield from frozen.read.items()
    for path, size in frozen.segments:
        sealed = path.parent.name == HISTORY
        try:
            data = files.read(path, size)
        except FileNotFoundError:
            data = files.read(path.parent / HISTORY / path.name, size)
        yield (f"{HISTORY}/{path.name}" if sealed else path.name), data
    if _keys_in(files, frozen.folder) != frozen.read.get(KEYS):
        raise OSError(errno.EAGAIN, "the keys were changed meanwhile")


def pack(members: Mapping[str, bytes], said: Manifest) -> bytes:
    """The bytes of a backup that holds these files by name; `said.files` is worked out anew."""
    written = io.BytesIO()
    write_archive(written, members.items(), said)
    return written.getvalue()


def write_archive(
    into: IO[bytes],
    members: Iterable[tuple[str, bytes]],
    said: Manifest | Callable[[], Manifest],
) -> None:
    """Write a backup a file at a time.

    Args:
        into: What it is appended to.
        members: The files by name; no more than one of them is held at a time.
        said: What the backup says of itself, or what gives that once the files are written; its
            `files` are worked out anew.
    """
    listed, sealed = {}, False
    with ZipFile(into, "w") as archive:
        for name, data in members:
            listed[name] = (len(data), _digest(data))
            sealed = sealed or (name == REGISTER and data.startswith(SEALED_BEGINNING))
            _add(archive, name, data, shrinks=not sealed and _shrinks(data))
        said = said() if callable(said) else said
        manifest = {
            "senreg": "backup",
            "format": FORMAT,
            "register": said.register,
            "copy": said.copy,
            "made_at": said.made_at,
            "reason": said.reason,
            "files": listed,
        }
        said_whole = orjson.dumps(manifest)
        _add(archive, MANIFEST, said_whole, shrinks=_shrinks(said_whole))


def _add(archive: ZipFile, name: str, data: bytes, *, shrinks: bool) -> None:
    how = ZIP_DEFLATED if shrinks else ZIP_STORED
    archive.writestr(_entry(name), data, how, compresslevel=1)


def read_manifest(source: Path | IO[bytes]) -> Manifest:
    """What a backup says of itself; the rest of it is not looked at.

    Raises Unreadable for what is no backup, is damaged, or is of a newer version.
    """
    archive, manifest = _looked_into(source)
    archive.close()
    return manifest


def _looked_into(source: Path | IO[bytes]) -> tuple[ZipFile, Manifest]:
    """A backup's archive, and what it says of itself. Raises as `read_manifest` does."""
    try:
        archive = ZipFile(source)
        try:
            return archive, _manifest(archive)
        except BaseException:
            archive.close()
            raise
    except OSError as refusal:
        raise _refused(refusal) from refusal
    except _NOT_OURS as bad:
        raise _no_backup() from bad
    except _BAD as bad:
        raise _no_backup() from bad


class ArchivedFiles(Files):
    """The content of a backup as files in the folder `ROOT`, for reading only.

    Every byte read is checked against the manifest. Raises OSError as Files does: EIO for what
    is damaged.
    """

    def __init__(self, data: bytes | IO[bytes]) -> None:
        """Look into a backup. Raises Unreadable as `read_manifest` does."""
        source = io.BytesIO(data) if isinstance(data, bytes) else data
        self._archive, self.manifest = _looked_into(source)
        self._snapshot: bytes | None = None
        """What stood in `register.json`, once it was found to be what was packed."""

    def names(self, folder: Path) -> list[str]:
        """The names in the folder, or in its `history/`."""
        within = "" if folder == ROOT else f"{folder.relative_to(ROOT).as_posix()}/"
        return sorted(
            {
                name.removeprefix(within).partition("/")[0]
                for name in self.manifest.files
                if name.startswith(within)
            }
        )

    def read(self, path: Path, most: int = -1) -> bytes:
        """The bytes of a file, or so many at its start, found to be those that were packed."""
        name = path.relative_to(ROOT).as_posix()
        if name not in self.manifest.files:
            raise FileNotFoundError(errno.ENOENT, "not in this backup")
        if name == REGISTER and self._snapshot is not None:
            data = self._snapshot
        else:
            data = b"".join(self._checked(name))
        if name == REGISTER:
            self._snapshot = data
        return data if most < 0 else data[:most]

    def check(self) -> None:
        """Read every byte, a piece at a time. Raises OSError where one is damaged."""
        for name in self.manifest.files:
            if name == REGISTER:
                self.read(ROOT / name)
                continue
            for _ in self._checked(name):
                pass

    def _checked(self, name: str) -> Iterator[bytes]:
        """A file in pieces; at its end OSError, where it is not what was packed."""
        size, digest = self.manifest.files[name]
        found, length = blake2b(digest_size=16), 0
        try:
            with self._archive.open(name) as member:
                while length <= size and (piece := member.read(min(_PIECE, size + 1 - length))):
                    found.update(piece)
                    length += len(piece)
                    yield piece
        except (*_BAD, *_NOT_OURS) as bad:
            raise OSError(errno.EIO, "the backup is damaged") from bad
        if length != size or found.hexdigest() != digest:
            raise OSError(errno.EIO, "the backup is damaged")

    def size(self, path: Path) -> int | None:
        """A file's size, or None where it is not in the backup."""
        found = self.manifest.files.get(path.relative_to(ROOT).as_posix())
        return found[0] if found else None

    def modified(self, path: Path) -> int:
        """When the backup was made."""
        del path
        return self.manifest.made_at

    def members(self) -> Iterator[tuple[str, bytes]]:
        """Every file with its bytes. Raises OSError where one is damaged."""
        for name in self.manifest.files:
            yield name, self.read(ROOT / name)

    def _refuse(self, *_arguments: object, **_named: object) -> NoReturn:
        raise OSError(errno.EROFS, "a backup is only read")

    make_folder = create = append = replace = remove = sync_entry = write_whole = _refuse
    opened = _refuse


def _keys_in(files: Files, folder: Path) -> bytes | None:
    return files.read(folder / KEYS) if files.size(folder / KEYS) is not None else None


def _manifest(archive: ZipFile) -> Manifest:
    with archive.open(MANIFEST) as member:
        data = member.read(_LARGEST_MANIFEST + 1)
    if len(data) > _LARGEST_MANIFEST:
        raise _no_backup()
    stored: dict[str, Any] = orjson.loads(data)
    if stored["senreg"] != "backup":
        raise _no_backup()
    if int(stored["format"]) > FORMAT:
        raise Unreadable(
            "That backup was made by a newer version of senreg.",
            do="Install that version here, then restore it.",
        )
    listed = {str(name): (int(size), str(dig)) for name, (size, dig) in stored["files"].items()}
    if REGISTER not in listed or not all(_is_ours(name) for name in listed):
        raise _no_backup()
    if sum(size for size, _ in listed.values()) > _LARGEST_BYTES:
        raise Unreadable("That backup is larger than any register senreg makes.")
    return Manifest(
        register=str(stored["register"]),
        copy=str(stored["copy"]),
        made_at=int(stored["made_at"]),
        reason=str(stored["reason"])[:40],
        files=listed,
    )


def _is_ours(name: str) -> bool:
    """Whether a member may be in a backup: no name may lead out of the folder."""
    return name in (REGISTER, KEYS) or opening_of(name.removeprefix(f"{HISTORY}/")) is not None


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name)
    entry.external_attr = 0o600 << 16
    return entry


def _shrinks(data: bytes) -> bool:
    """Whether compressing is worth the time.

    Of what is sealed it saves only what base64 or hexadecimal add, and reading that back costs
    more than all else of a backup; of an encrypted register that is not even asked.
    """
    sample = data[:_SAMPLE]
    return len(zlib.compress(sample, 1)) < 0.45 * len(sample)


def _digest(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


def _no_backup() -> SenregError:
    return Unreadable(
        "That file is not a backup of senreg, or it is damaged.",
        do=f"Choose another file that ends in {ENDING}.",
    )


def _refused(refusal: OSError) -> SenregError:
    return Unreadable(
        f"That backup cannot be read: {refusal.strerror or 'unknown reason'}.",
        do="Check its name and that it is there.",
    )
