"""A backup that is made while it is found out whether it will be wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import IO, cast

from senreg import clock
from senreg.store.archive import Frozen, Manifest, contents, freeze, write_archive
from senreg.store.backups import Backup, Backups
from senreg.store.files import Files
from senreg.store.folder import Store
from senreg.store.reading_back import Appending, Prepared, is_of_open, written_beside
from senreg.store.verified import BACKUPS


class _NotWanted(Exception):
    """Nobody asks for the backup any more."""


class Ahead:
    """A backup begun before its register is open, while the passphrase is made a key.

    A backup holds a register's files as they lie there, and no key is needed to copy them. It
    becomes one only through `Preparing`, once the register is open and found to be still what
    was copied; until then, and where that never comes, nothing is left of it.

    Args:
        folder: The register's.
        files: The disk.
    """

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self.frozen: Frozen | None = None
        """What was copied; None where the disk refused, or as long as it is not known."""
        self._files = files or Files()
        self._folder = folder
        self._opened = Event()
        self._frozen_by_now = Event()
        self._store: Store | None = None
        self._said: Manifest | None = None
        self._made: Prepared | BaseException | None = None
        self._thread = Thread(target=self._make, name="backup")
        self._thread.start()

    def is_of(self, now: Frozen) -> bool:
        """Whether what was copied is what lies in the folder now."""
        self._frozen_by_now.wait()
        return self.frozen == now

    def wanted(self, store: Store, reason: str) -> None:
        """Make it a backup of this open register. It is told once."""
        meta = store.meta
        self._store = store
        self._said = Manifest(meta.register, meta.copy, clock.milliseconds(), reason)
        self.frozen = None
        self._opened.set()

    def made(self) -> Prepared | BaseException | None:
        """The backup, which has no name yet, or why there is none. It waits for that."""
        self._thread.join()
        return self._made

    def given_up(self) -> None:
        """Leave nothing of it, unless it was wanted: it is `Preparing`'s then."""
        if not self._opened.is_set():
            self._opened.set()
            self._thread.join()

    def _make(self) -> None:
        backups = self._folder / BACKUPS
        was_there = self._files.size(backups) is not None
        try:
            frozen = self.frozen = freeze(self._files, self._folder)
            self._frozen_by_now.set()
            path = written_beside(
                self._files,
                backups,
                lambda into: self._write(into, frozen),
                lambda path: self._read(path, frozen),
            )
            self._made = Prepared(path, self._files.size(path) or 0, self._manifest())
        except BaseException as refusal:
            self._made = refusal
            if not was_there:
                self._files.discard_folder(backups)
        finally:
            self._frozen_by_now.set()

    def _write(self, into: IO[bytes], frozen: Frozen) -> None:
        written = cast("Appending", into)

        def said() -> Manifest:
            written.compare()
            self._opened.wait()
            return self._manifest()

        write_archive(into, self._contents(frozen), said)
        written.compare()

    def _contents(self, frozen: Frozen) -> Iterator[tuple[str, bytes]]:
        for member in contents(self._files, frozen):
            if self._opened.is_set():
                self._manifest()
            yield member

    def _read(self, path: Path, frozen: Frozen) -> None:
        assert self._store is not None
        is_of_open(self._files, path, self._store, frozen)

    def _manifest(self) -> Manifest:
        if self._said is None:
            raise _NotWanted
        return self._said


class Preparing:
    """A backup on its way, from when this is made until `kept` or `given_up`.

    Args:
        store: The open register, as it is now.
        reason: Why it is made, in the backups' own words.
        ahead: What was begun before it was open; used where it is of the register as it is now.

    Raises CannotWrite.
    """

    def __init__(self, store: Store, reason: str, ahead: Ahead | None = None) -> None:
        self.reason = reason
        self._store = store
        self._moment = store.moment
        self._backups = Backups(store)
        self._made: Prepared | BaseException | None = None
        self._ahead: Ahead | None = None
        frozen = self._backups.freeze()
        if ahead is not None and ahead.is_of(frozen):
            ahead.wanted(store, reason)
            self._ahead = ahead
            return

        def make() -> None:
            try:
                self._made = self._backups.prepare(frozen, reason)
            except BaseException as refusal:
                self._made = refusal

        self._thread = Thread(target=make, name="backup")
        self._thread.start()

    def kept(self) -> Backup:
        """The backup, among the others; made anew where the register was written to since.

        Raises CannotWrite.
        """
        made = self._wait()
        if self._ahead is not None and isinstance(made, BaseException):
            made = None
        if isinstance(made, BaseException):
            raise made
        if made is None or self._store.moment != self._moment:
            self.given_up()
            return self._backups.back_up(self.reason)
        return self._backups.keep(made)

    def given_up(self) -> None:
        """Leave nothing of it."""
        made = self._wait()
        if isinstance(made, Prepared):
            self._backups.give_up(made)
        self._made = None

    def _wait(self) -> Prepared | BaseException | None:
        if self._ahead is not None:
            return self._ahead.made()
        self._thread.join()
        return self._made
