"""The backups of a register: made, read back before they count, listed, and cleared away by age.

They lie in `backups/` inside the register's folder, under names that begin with the day and
time.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from senreg import clock
from senreg.errors import CannotWrite, Unreadable
from senreg.store.archive import (
    ENDING,
    ArchivedFiles,
    Frozen,
    Manifest,
    contents,
    freeze,
    pack,
    read_manifest,
    write_archive,
)
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.operations import new_id
from senreg.store.reading_back import Prepared, Write, read_back, written_beside
from senreg.store.verified import BACKUPS, MAKING, last_verified, note_verified, verified

REASONS = {
    "day": "Before the first edit of the day",
    "import": "Before an import",
    "merge": "Before a merge",
    "migration": "Before a new version",
    "restore": "Before going back",
    "asked": "Asked for",
}
"""Why a backup was made, by the word in its name."""

LAST, DAYS, WEEKS, MONTHS = 10, 7, 4, 3
"""How many are kept: the last ones, and the last of so many days, weeks and months."""

_NAME = re.compile(r"((\d{4}-\d\d-\d\d)-\d{6})-[a-z]+-[a-z2-9]{6}" + re.escape(ENDING))
_MOMENT = "%Y-%m-%d-%H%M%S"
_END, _END_BYTES = b"PK\5\6", 22
"""How the end of a zip archive begins, and how long it is."""

_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup. Times are in milliseconds since 1970."""

    path: Path
    size: int
    made_at: int
    reason: str
    """One of REASONS; empty where the file cannot be read."""
    register: str = ""
    copy: str = ""
    verified_at: int = 0
    """When it was last read back whole; 0 for never."""

    @property
    def readable(self) -> bool:
        """Whether it is a backup as far as can be seen without reading all of it."""
        return bool(self.register)


class Backups:
    """The backups of one register's folder.

    Args:
        store: The open register.
        files: How the disk is touched.
    """

    def __init__(self, store: Store, files: Files | None = None) -> None:
        self.folder = store.folder / BACKUPS
        self._store = store
        self._files = files or store.files

    def back_up(self, reason: str = "asked", to: Path | None = None) -> Backup:
        """Make a backup of the register as it is now; see `make`. Raises CannotWrite."""
        return self.make(self.freeze(), reason, to)

    def freeze(self) -> Frozen:
        """The register as it is now, quickly. Raises CannotWrite."""
        try:
            return freeze(self._files, self._store.folder)
        except OSError as refusal:
            raise _not_made(refusal) from refusal

    def make(self, frozen: Frozen, reason: str, to: Path | None = None) -> Backup:
        """Write a backup, read it back whole, and only then give it its name.

        Args:
            frozen: What `freeze` gave.
            reason: One of REASONS.
            to: The file to write; else one among the others, of which old ones are then removed.

        Raises CannotWrite; what was there before is untouched.
        """
        prepared = self.prepare(frozen, reason, (to or self.folder / reason).parent)
        return self.keep(prepared, to)

    def prepare(self, frozen: Frozen, reason: str, folder: Path | None = None) -> Prepared:
        """Write a backup that has no name yet and read it back whole; then `keep` or `give_up`.

        Args:
            frozen: What `freeze` gave.
            reason: One of REASONS.
            folder: Where it is to lie; among the others unless given.

        Raises CannotWrite; what was there before is untouched.
        """
        meta = self._store.meta
        said = Manifest(meta.register, meta.copy, clock.milliseconds(), reason)
        members = contents(self._files, frozen)
        try:
            path = self._beside(
                folder or self.folder, lambda into: write_archive(into, members, said)
            )
        except OSError as refusal:
            raise _not_made(refusal) from refusal
        return Prepared(path, self._files.size(path) or 0, said)

    def keep(self, prepared: Prepared, to: Path | None = None) -> Backup:
        """Give a backup that was prepared its name. Raises CannotWrite.

        Args:
            prepared: What `prepare` gave.
            to: The file it is to be; else one among the others, of which old ones are removed.
        """
        said = prepared.said
        path = to or self._fresh(said.reason)
        try:
            self._put(prepared.path, path)
        except OSError as refusal:
            raise _not_made(refusal) from refusal
        if to is None:
            self.rotate()
            note_verified(self._files, self.folder, path.name, said.made_at)
        return Backup(
            path, prepared.size, said.made_at, said.reason, said.register, said.copy, said.made_at
        )

    def give_up(self, prepared: Prepared) -> None:
        """Remove a backup that was prepared and is not wanted."""
        self._files.discard(prepared.path)

    def all(self) -> list[Backup]:
        """Every backup in the folder, newest first."""
        noted = verified(self._files, self.folder)
        found = []
        for name in self._files.names(self.folder):
            if name.endswith(ENDING):
                path = self.folder / name
                found.append(described(path, noted.get(name, 0), self._files))
        return sorted(found, key=lambda each: each.made_at, reverse=True)

    def made_on(self, day: date) -> bool:
        """Whether there is one of a day, by its name alone."""
        return any(
            match[2] == day.isoformat()
            for name in self._files.names(self.folder)
            if (match := _NAME.fullmatch(name))
        )

    def last_verified(self) -> int:
        """When a backup that is still there was last read back whole; 0 for never."""
        return last_verified(self._files, self.folder)

    def verify(self, backup: Backup) -> Backup:
        """Read a backup back whole and keep that it was. Raises Unreadable where it is damaged."""
        try:
            read_back(self._files, backup.path, self._store)
        except OSError as refusal:
            raise Unreadable(
                "That backup cannot be read whole: it is damaged.",
                safe="The register itself is as it was.",
                do="Make a new one, and keep another elsewhere.",
            ) from refusal
        now = clock.milliseconds()
        if backup.path.parent == self.folder:
            note_verified(self._files, self.folder, backup.path.name, now)
        return described(backup.path, now, self._files)

    def rotate(self) -> list[Backup]:
        """Remove those that no rule keeps, and give them; what cannot be read stays.

        Of one that was read back here the name is enough, as long as its file has an end: to look
        into each takes as long as the school has worked days.
        """
        noted = verified(self._files, self.folder)
        found: dict[Path, int] = {}
        for name in self._files.names(self.folder):
            match, path = _NAME.fullmatch(name), self.folder / name
            if match and name in noted and self._has_its_end(path):
                found[path] = clock.milliseconds_at(match[1], _MOMENT)
            elif match and (each := described(path, 0, self._files)).readable:
                found[path] = each.made_at
            elif name.startswith(MAKING) and self._age(path) > _DAY_MS:
                self._files.discard(path)
        kept = to_keep(found.values())
        old = [described(path, 0, self._files) for path, at in found.items() if at not in kept]
        old = [each for each in old if each.readable]
        for each in old:
            self._files.discard(each.path)
        return old

    def _has_its_end(self, path: Path) -> bool:
        try:
            with self._files.opened(path) as file:
                file.seek(-_END_BYTES, os.SEEK_END)
                return file.read(len(_END)) == _END
        except OSError:
            return False

    def drop(self, which: Callable[[Backup], bool]) -> list[Backup]:
        """Remove the backups that `which` names, and give them. Raises CannotWrite."""
        gone = [each for each in self.all() if which(each)]
        for each in gone:
            self._remove(each.path)
        return gone

    def _remove(self, path: Path) -> None:
        try:
            self._files.remove(path)
        except OSError as refusal:
            raise CannotWrite(
                f"A backup could not be removed: {refusal.strerror or 'unknown reason'}.",
                safe="The register itself is as it was.",
                do="Close what has it open, then try again.",
            ) from refusal

    def rewrite(self, change: Callable[[str, bytes], bytes]) -> list[Backup]:
        """Put every readable backup through `change`, and give those that were changed.

        Each is written anew, read back, and put in the place of the old one.

        Args:
            change: Takes the name of a file within a backup and its bytes; gives its new bytes.

        Raises CannotWrite.
        """
        return self._rewrite(
            lambda archive: {name: change(name, data) for name, data in archive.members()}
        )

    def renew(self) -> list[Backup]:
        """Bring every backup under the keys that the register has now, and give those changed.

        What a former passphrase opened it opens no more, and what was plain is sealed. One that
        is damaged cannot be written anew, and is removed: it must not stay as it is.

        Raises CannotWrite; calling it again goes on.
        """
        if self._store.keys is None:
            return []
        from senreg.store.key_files import encode_keys
        from senreg.store.renewing import renewed

        keys = encode_keys(self._store.keys.finished().file)
        self.drop(lambda each: not each.readable and bool(_NAME.fullmatch(each.path.name)))
        return self._rewrite(
            lambda archive: renewed(archive, self._store.codec, keys), drop_damaged=True
        )

    def scrub(self) -> list[Backup]:
        """Take the values of erased records out of every backup, and give those changed.

        One that is damaged cannot be written anew, and is removed: it must not stay as it is.

        Raises CannotWrite; calling it again goes on.
        """
        from senreg.store.scrubbing_backups import scrubbed

        self.drop(lambda each: not each.readable)
        for name in self._files.names(self.folder):
            if name.startswith(MAKING):
                self._files.discard(self.folder / name)
        codec, state = self._store.codec, self._store.state
        return self._rewrite(lambda archive: scrubbed(archive, codec, state), drop_damaged=True)

    def _rewrite(
        self, change: Callable[[ArchivedFiles], dict[str, bytes]], *, drop_damaged: bool = False
    ) -> list[Backup]:
        changed = []
        for each in self.all():
            if not each.readable:
                continue
            try:
                archive = ArchivedFiles(self._files.read(each.path))
                after = change(archive)
                if after == dict(archive.members()):
                    continue
                data = pack(after, archive.manifest)
            except OSError as refusal:
                if not drop_damaged:
                    raise _not_made(refusal) from refusal
                self._remove(each.path)
                continue
            try:
                beside = self._beside(each.path.parent, partial(_write, data))
                self._put(beside, each.path)
            except OSError as refusal:
                raise _not_made(refusal) from refusal
            note_verified(self._files, self.folder, each.path.name, clock.milliseconds())
            changed.append(each)
        return changed

    def _beside(self, folder: Path, write: Write) -> Path:
        return written_beside(
            self._files, folder, write, lambda path: read_back(self._files, path, self._store)
        )

    def _put(self, beside: Path, path: Path) -> None:
        try:
            self._files.replace(beside, path)
            self._files.sync_entry(path)
        except BaseException:
            self._files.discard(beside)
            raise

    def _fresh(self, reason: str) -> Path:
        moment = clock.local(clock.milliseconds()).strftime(_MOMENT)
        return self.folder / f"{moment}-{reason}-{new_id()[:6]}{ENDING}"

    def _age(self, path: Path) -> int:
        try:
            return clock.milliseconds() - self._files.modified(path)
        except OSError:
            return 0


def _write(data: bytes, into: IO[bytes]) -> None:
    into.write(data)


def described(path: Path, verified_at: int = 0, files: Files | None = None) -> Backup:
    """A backup by what its file says of itself; one that cannot be read has no reason."""
    files = files or Files()
    try:
        size, modified = files.size(path) or 0, files.modified(path)
    except OSError:
        size, modified = 0, 0
    try:
        said = read_manifest(path)
    except Unreadable:
        return Backup(path, size, modified, "")
    return Backup(path, size, said.made_at, said.reason, said.register, said.copy, verified_at)


def to_keep(moments: Iterable[int]) -> set[int]:
    """Those of these moments, in milliseconds, whose backups are kept.

    The last ones, and the last of each of the latest days, weeks and months that have any: a
    holiday without a backup does not use them up.
    """
    newest = sorted(moments, reverse=True)
    kept = set(newest[:LAST])
    days = {at: clock.local(at).date() for at in newest}
    for many, period in (
        (DAYS, lambda day: day),
        (WEEKS, lambda day: day.isocalendar()[:2]),
        (MONTHS, lambda day: (day.year, day.month)),
    ):
        first: dict[object, int] = {}
        for at in newest:
            first.setdefault(period(days[at]), at)
        kept.update(islice(first.values(), many))
    return kept


def _not_made(refusal: OSError) -> CannotWrite:
    return CannotWrite(
        f"The backup could not be made: {refusal.strerror or 'unknown reason'}.",
        safe="The register and the backups made before are as they were.",
        do="Make room on the disk or check that it is plugged in, then try again.",
    )
