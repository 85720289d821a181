"""A register put together again from a backup, where its folder is damaged or gone.

Everything that can still be read in the folder is joined in, and what lay there is moved
aside, never deleted. The new register is made whole in a folder within the old one before
anything is moved, so that whatever stops it, doing it again goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from senreg import clock
from senreg.errors import CannotWrite, Locked, SenregError, Unreadable
from senreg.store.archive import ROOT, ArchivedFiles
from senreg.store.aside import ASIDE, MAKING
from senreg.store.changes import Change
from senreg.store.codec import BadLine, PlainCodec
from senreg.store.files import BACKUP, REGISTER, Files
from senreg.store.folder import Store
from senreg.store.journal import HISTORY, Commit, Journal
from senreg.store.lock import IN_USE, LOCK
from senreg.store.operations import ARCHIVED, new_id
from senreg.store.segments import opening_of
from senreg.store.unlocking import asks_for_keys, is_sealed_folder
from senreg.store.verified import BACKUPS

if TYPE_CHECKING:
    from senreg.store.key_files import FoundKeys
    from senreg.store.keys import KeyFile, OpenKeys

    Unlock = Callable[[KeyFile], OpenKeys]
    """Opens a key file by what a person gave. Raises Locked."""

_SEALING = "sealing"
_KEYS = ("keys.json", "keys.json.bak")
_LABEL = "Put the register together from a backup"


@dataclass(slots=True)
class Found:
    """What is left of a register in a folder.

    Args:
        state: sound, damaged, or none where there is no register.
        store: The register as far as it can be read; None where it cannot.
        commits: Every commit that can still be read there.
    """

    state: str
    store: Store | None = None
    commits: list[Commit] = field(default_factory=list)
    keys: OpenKeys | None = None


@dataclass(frozen=True, slots=True)
class Mended:
    """What putting a register together did, or would do.

    Args:
        commits: How many commits that the backup lacks came from the folder.
        kept: How many records had values that only the damaged snapshot still held.
        aside: Where the damaged files lie now; None where there were none.
    """

    commits: int
    kept: int
    aside: Path | None


class _Keys(NamedTuple):
    reading: OpenKeys | None
    writing: OpenKeys | None


def look_into(folder: Path, unlock: Unlock | None = None) -> Found:
    """What is left of the register in a folder; nothing is written.

    Raises:
        Locked: It is sealed, and was not unlocked.
        Unreadable: The disk refuses, or it is of a newer version.
    """
    files = Files()
    parts = _parts(files, folder)
    if not any(_belongs(name) for part in parts for name in files.names(part)):
        return Found("none")
    keys = _keys_in(files, folder, unlock)
    found = Found("damaged", keys=keys)
    try:
        found.store = Store.open(folder, keys=keys)
    except Locked:
        raise
    except SenregError:
        pass
    else:
        found.state = "damaged" if found.store.read_only else "sound"
    codec = keys.codec(old=True) if keys is not None else PlainCodec()
    for part in parts:
        with suppress(OSError):
            found.commits += Journal(files, part, codec).commits()
    return found


def mend(
    archive: ArchivedFiles,
    folder: Path,
    found: Found,
    *,
    by: str,
    unlock: Unlock | None = None,
    dry_run: bool = False,
) -> Mended:
    """Put the register in a folder together again.

    Args:
        archive: The backup.
        folder: The folder; it may be missing.
        found: From `look_into`, neither sound nor of another register.
        by: Who does it.
        unlock: What opens a sealed backup.
        dry_run: Only say what would be done.

    Raises:
        Locked: The backup is sealed, and was not unlocked.
        Unreadable: The backup is damaged, or is one of another register.
        CannotWrite: The disk refused; the folder is as it was, or doing it again goes on.
    """
    _refuse_stranger(archive, folder, found)
    keys = _keys_for(archive, found, unlock)
    within = Store.open(ROOT, keys=keys.reading, files=archive)
    if within.read_only:
        raise Unreadable("That backup is damaged.", do="Choose another one.")
    known = set(within.journal.operation_ids())
    commits = [each for each in _fresh(found.commits, known) if each["ops"]]
    if dry_run:
        return Mended(len(commits), 0, None)
    files = Files()
    making = folder / f"{MAKING}{new_id()}"
    try:
        _unpack(files, archive, making, keys.writing)
        store = Store.open(making, keys=keys.writing)
        store.meta.copy = found.store.meta.copy if found.store is not None else new_id()
        store.write(_LABEL, by, [], kind="merge", merged=commits)
        kept = _only_in_snapshot(found.store, store) if found.store is not None else []
        if kept:
            store.write(_LABEL, by, kept, kind="merge")
        if keys.writing is not None:
            from senreg.store.rekeying import finish

            finish(store)
        store.close()
        if store.behind:
            raise OSError(store.warnings[-1] if store.warnings else "not written")
        return Mended(len(commits), len(kept), _swap(files, folder, making))
    except OSError as refusal:
        raise CannotWrite(
            f"The register could not be put together: {refusal.strerror or refusal}.",
            safe="The backup is whole, and nothing in the folder was deleted.",
            do="Make room on the disk, then restore again.",
        ) from refusal


def _parts(files: Files, folder: Path) -> list[Path]:
    """The folder, and where an attempt that was stopped half-way left things."""
    names = files.names(folder)
    begun = [name for name in names if name.startswith(MAKING)]
    moved = [name for name in names if name.startswith(ASIDE)] if begun else []
    return [folder, *(folder / name for name in (*begun, *moved))]


def _belongs(name: str) -> bool:
    """Whether a name in a register's folder is one of the register's own files."""
    plain = name.partition(".damaged-")[0].partition(".new-")[0]
    return plain in (REGISTER, BACKUP, HISTORY, *_KEYS) or opening_of(name) is not None


def _keys_in(files: Files, folder: Path, unlock: Unlock | None) -> OpenKeys | None:
    """What opens the folder; None where it is plain, or its key files are beyond use."""
    if not asks_for_keys(files, folder):
        return None
    from senreg.store.key_files import read_keys

    try:
        return _unlocked(read_keys(files, folder), unlock)
    except Locked:
        raise
    except SenregError:
        return None


def _keys_for(archive: ArchivedFiles, found: Found, unlock: Unlock | None) -> _Keys:
    """What opens a backup and what the register gets: the folder's own keys, or those in it."""
    if not is_sealed_folder(archive, ROOT):
        # What was sealed stays sealed: a plain backup is sealed with the folder's keys.
        return _Keys(None, found.keys and found.keys.unfinished_as(_SEALING))
    if found.keys is not None:
        with suppress(BadLine):
            found.keys.codec(old=True).unseal(archive.read(ROOT / REGISTER))
            return _Keys(found.keys, found.keys)
    from senreg.store.key_files import read_keys

    keys = _unlocked(read_keys(archive, ROOT), unlock)
    return _Keys(keys, keys)


def _unlocked(found: FoundKeys | None, unlock: Unlock | None) -> OpenKeys | None:
    if found is None:
        return None
    if unlock is None:
        raise Locked("This register opens with its passphrase.", do="Give the passphrase.")
    return unlock(found.file)


def _refuse_stranger(archive: ArchivedFiles, folder: Path, found: Found) -> None:
    if found.store is not None and found.store.meta.register != archive.manifest.register:
        raise Unreadable(
            "That is a backup of another register.", do="Restore it into a folder of its own."
        )
    if found.state == "none" and not all(map(_may_lie_there, Files().names(folder))):
        raise Unreadable("There is already something in that folder.", do="Choose a new folder.")


def _may_lie_there(name: str) -> bool:
    """Whether a name in a folder without a register is something a register leaves behind."""
    return name in (BACKUPS, LOCK, IN_USE) or name.startswith((ASIDE, MAKING))


def _fresh(commits: list[Commit], known: set[str]) -> Iterator[Commit]:
    """These commits with the operations that are not known yet, each once."""
    seen = set(known)
    for commit in commits:
        operations = [each for each in commit["ops"] if each["h"] not in seen]
        seen.update(each["h"] for each in operations)
        yield commit | {"ops": operations}


def _unpack(files: Files, archive: ArchivedFiles, making: Path, keys: OpenKeys | None) -> None:
    """Write a backup's files into a new folder. Raises OSError."""
    files.make_folder(making)
    for name, data in archive.members():
        path = making / name
        files.make_folder(path.parent)
        files.write_whole(path, data)
        files.sync_entry(path)
    if keys is not None:
        from senreg.store.key_files import write_keys

        write_keys(files, making, keys.file)


def _only_in_snapshot(damaged: Store, made: Store) -> list[Change]:
    """Values that the damaged register still shows and whose journal lines are lost."""
    known = set(made.known())
    changes = []
    tables = {*damaged.state.live, *damaged.state.archived}
    for table in tables:
        for records in (damaged.state.live, damaged.state.archived):
            for record, document in records.get(table, {}).items():
                values = _unknown_values(damaged, table, record, document, known)
                now = made.state.document(table, record) or {}
                values = {name: value for name, value in values.items() if now.get(name) != value}
                if values:
                    changes.append(Change(table, record, values))
    return changes


def _unknown_values(
    damaged: Store, table: str, record: str, document: dict[str, Any], known: set[str]
) -> dict[str, Any]:
    return {
        name: bool(value) if name == ARCHIVED else value
        for name, value in document.items()
        if not known.issuperset(damaged.state.heads_of(table, record, name))
    }


def _swap(files: Files, folder: Path, making: Path) -> Path | None:
    """Move what lies in the folder aside, and what was made into its place. Raises OSError."""
    moment = clock.local(clock.milliseconds()).strftime("%Y-%m-%d-%H%M%S")
    aside = folder / f"{ASIDE}{moment}"
    old = [name for name in files.names(folder) if _belongs(name)]
    begun = [
        name for name in files.names(folder) if name.startswith(MAKING) and name != making.name
    ]
    if old or begun:
        files.make_folder(aside)
        for name in (*old, *begun):
            files.replace(folder / name, aside / name)
    last = (REGISTER,)
    for name in (*(each for each in files.names(making) if each not in last), *last):
        files.replace(making / name, folder / name)
    files.sync_entry(folder / REGISTER)
    with suppress(OSError):
        making.rmdir()
    return aside if old or begun else None
