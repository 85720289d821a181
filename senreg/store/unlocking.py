"""Whether a register's folder is sealed, and whether keys are those of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import CannotWrite, Locked, SenregError
from senreg.store.codec import SEALED_BEGINNING, Codec, PlainCodec
from senreg.store.files import BACKUP, REGISTER, Files

if TYPE_CHECKING:
    # What seals is loaded only where something is sealed.
    from senreg.store.key_files import FoundKeys
    from senreg.store.keys import OpenKeys

_KEY_FILES = ("keys.json", "keys.json.bak")


def folder_of(path: Path) -> Path:
    """A register's folder, also where a snapshot in it was named."""
    return path.parent if path.name in (REGISTER, BACKUP) and path.is_file() else path


def is_sealed_folder(files: Files, folder: Path) -> bool:
    """Whether the register in a folder has keys; False where there is no register."""
    names = files.names(folder)
    return any(name in names for name in _KEY_FILES)


def asks_for_keys(files: Files, folder: Path) -> bool:
    """Whether the register in a folder opens only with a secret: also where its keys are gone.

    A sealed snapshot is then still opened by the recovery key.
    """
    return is_sealed_folder(files, folder) or any(
        _begins_sealed(files, folder / name) for name in (REGISTER, BACKUP)
    )


def fitting_keys(files: Files, folder: Path, keys: OpenKeys | None) -> FoundKeys | None:
    """The key file of a sealed register; None where it is plain.

    Raises:
        Locked: it is sealed, and there are no keys, or they are not those in use.
        DamagedRegister: its key file is damaged beyond use.
    """
    if keys is None and not is_sealed_folder(files, folder):
        return None
    from senreg.store.key_files import read_keys

    found = read_keys(files, folder)
    if found is None:
        if keys is None:
            return None
        raise Locked("The keys of this register are gone.", do="Put keys.json back.")
    if keys is None or keys.key.id != found.file.key["id"]:
        raise Locked("This register opens with its passphrase.", do="Give the passphrase.")
    return found


def _begins_sealed(files: Files, path: Path) -> bool:
    try:
        return files.read(path, len(SEALED_BEGINNING)) == SEALED_BEGINNING
    except OSError:
        return False


def refuse_other_keys(files: Files, folder: Path, keys: OpenKeys | None) -> None:
    """Raise CannotWrite where the register has other keys than these by now."""
    try:
        fitting_keys(files, folder, keys)
    except SenregError as refusal:
        raise CannotWrite(
            "This register was given another key or passphrase meanwhile.",
            safe="What was saved before is safe; this change was not saved.",
            do="Close it here and open it again.",
        ) from refusal


def codec_of(keys: OpenKeys | None, *, old: bool = False) -> Codec:
    """How the files of a register are written, by the keys it has.

    Args:
        keys: What opens it; None for a plain one.
        old: Also read what lies under keys that were retired, as a backup may.
    """
    return keys.codec(old=old) if keys is not None else PlainCodec()
