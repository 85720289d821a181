"""Damaged files that were put aside: kept, sealed where their register is, removed when asked.

Damage is never thrown away unasked; but where the register is given other keys, what lies beside
it must not be readable with the old ones. Each such file becomes NAME.sealed, under the key in
use. What is damaged cannot be cleaned of an erased child either: a person may have it removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from senreg.store.codec import BadLine, Codec
from senreg.store.files import Files
from senreg.store.operations import new_id
from senreg.store.sealed import in_clear

ASIDE = "damaged-"
"""How folders begin into which a register that was put together again left its old files."""
MAKING = "restoring-"
"""And those in which one is put together."""

_SEALED = ".sealed"


def seal_aside(files: Files, folder: Path, codec: Codec) -> None:
    """Seal every file that was put aside in a register's folder. Raises OSError."""
    for name in files.names(folder):
        if name.startswith((ASIDE, MAKING)):
            for path in _files_in(files, folder / name):
                _seal(files, path, codec)
        elif ".damaged-" in name:
            _seal(files, folder / name, codec)


def put_aside(files: Files, folder: Path) -> list[str]:
    """The folders of damaged files in a register's folder, by name."""
    return [name for name in files.names(folder) if name.startswith((ASIDE, MAKING))]


def remove_put_aside(files: Files, folder: Path) -> list[str]:
    """Remove the folders of damaged files, and give those that are gone.

    One that the disk does not let go of stays, and `put_aside` still names it.
    """
    names = put_aside(files, folder)
    for name in names:
        _remove(files, folder / name)
    for name in names[:1]:
        with suppress(OSError):
            files.sync_entry(folder / name)
    left = put_aside(files, folder)
    return [name for name in names if name not in left]


def _remove(files: Files, folder: Path) -> None:
    for name in files.names(folder):
        path = folder / name
        if path.is_symlink() or not path.is_dir():
            files.discard(path)
        else:
            _remove(files, path)
    files.discard_folder(folder)


def _files_in(files: Files, folder: Path) -> Iterator[Path]:
    for name in files.names(folder):
        path = folder / name
        inside = files.names(path)
        if inside:
            yield from _files_in(files, path)
        elif files.size(path):
            yield path


def _seal(files: Files, path: Path, codec: Codec) -> None:
    try:
        data = files.read(path)
    except IsADirectoryError:
        return
    target = path if path.name.endswith(_SEALED) else path.with_name(path.name + _SEALED)
    if target == path:
        try:
            if in_clear(data)[1].get("key") == codec.key_id:
                return
            data = codec.unseal(data)
        except BadLine:
            return
    beside = path.with_name(f"{target.name}.new-{new_id()}")
    files.write_whole(beside, codec.seal(data))
    files.replace(beside, target)
    files.sync_entry(target)
    if target != path:
        files.remove(path)
