"""A register's folder, open: the state in memory and the segment it is written to.

A commit is one line and one fsync; it is acknowledged when `write` returns, and the tables
change only then. A snapshot joins what other writers left in the folder before it replaces
the one before, so that two programs at once lose nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg import clock
from senreg.errors import CannotWrite
from senreg.store.changes import (
    Change,
    as_merged,
    operation_for,
    refuse_erased,
    values_before,
)
from senreg.store.codec import Codec
from senreg.store.creating import prepare
from senreg.store.files import Files, disk_refused, reading
from senreg.store.index import Ids
from senreg.store.journal import Commit, Journal
from senreg.store.keeping import Keeper
from senreg.store.loading import load, many_objects
from senreg.store.migrations import MODELS, Models
from senreg.store.operations import new_id
from senreg.store.refusals import only_reading
from senreg.store.resting import Resting
from senreg.store.snapshot import Meta, Snapshot
from senreg.store.state import State
from senreg.store.unlocking import codec_of, fitting_keys, folder_of
from senreg.store.writer import SegmentGone, Writer

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys

__all__ = ["Change", "Store"]

_COMMITS_AT_HAND = 100


class Store(Resting):
    """The open folder. Not for two threads at once: the register sees to that."""

    def __init__(
        self,
        folder: Path,
        files: Files,
        codec: Codec,
        snapshot: Snapshot,
        models: Models = MODELS,
    ) -> None:
        super().__init__(models)
        self.when_long: Callable[[], object] | None = None
        """Called after a commit once the journal has grown long; else it rests at once."""
        self.folder = folder
        self.meta = snapshot.meta
        self.state = snapshot.state
        self.journal = Journal(files, folder, codec, self.state.erased)
        self.keys: OpenKeys | None = None
        """What opens a sealed register; a plain one has none."""
        self.before: dict[str, dict[tuple[str, str], tuple[int, Any]]] = {}
        """By commit of this opening, the values its operations replaced, by (id, field)."""
        self._files = files
        self._codec = codec
        self._keeper = Keeper(files, folder, codec)
        self._writer = Writer(files, folder, codec)
        self.moment = 0
        self.behind = False
        """Whether the journal holds what the snapshot lacks."""
        self._known: Ids | None = None
        self.state.stamp_of = self.journal.stamp

    @classmethod
    def create(
        cls,
        folder: Path,
        *,
        register: str = "",
        invented: bool = False,
        keys: OpenKeys | None = None,
        files: Files | None = None,
        models: Models = MODELS,
    ) -> Store:
        """Make a folder with an empty register in it.

        Args:
            folder: It must not exist, or be empty.
            register: The register this is a new copy of; without it, a new register.
            invented: Nobody in it is real.
            keys: What it is sealed with, made for that register; a plain one has none.
            files: The disk.
            models: What its records are.
        """
        files = files or Files()
        prepare(files, folder)
        if keys is not None:
            from senreg.store.key_files import write_keys

            write_keys(files, folder, keys.file)
            register = keys.file.register
        meta = Meta(register or new_id(), new_id(), schema=models.version, invented=invented)
        store = cls(folder, files, codec_of(keys), Snapshot(meta, State()), models)
        store.keys = keys
        store.behind = True
        store.snapshot()
        return store

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        keys: OpenKeys | None = None,
        read_only: bool = False,
        files: Files | None = None,
        models: Models = MODELS,
    ) -> Store:
        """Open the register in a folder.

        Damage, and a newer version, is told in `warnings` and makes the store read-only; what
        can be read is read.

        Args:
            folder: The register.
            keys: What opens it, where it is sealed.
            read_only: Whether nothing is to be written.
            files: The disk.
            models: What its records are to be read as.

        Raises:
            Locked: it is sealed, and no keys were given or they are no longer its own.
            Unreadable: there is no register there, or it is of a newer format beyond reading.
            DamagedRegister: nothing in it can be read.
        """
        files = files or Files()
        folder = folder_of(folder)
        with many_objects(), reading():
            found_keys = fitting_keys(files, folder, keys)
            codec = codec_of(keys if found_keys else None)
            found = load(files, codec, folder, models)
            store = cls(folder, files, codec, found.snapshot, models)
            if found_keys is not None:
                store.keys = keys
                store.warnings += found_keys.damage
            store.read_only = read_only or bool(found.damage)
            store.warnings += found.damage
            store._mind_newer({"schema": store.meta.schema, "format": store.meta.format})
            store.holds(found.written)
            read = None if found.from_journal else store.meta.read
            for opening, paths in store.journal.unlisted(store.meta.included, read).items():
                store._fold_opening(opening, paths)
            store._fold()
        return store

    def write(
        self,
        label: str,
        by: str,
        changes: Iterable[Change],
        *,
        kind: str = "edit",
        of: str | None = None,
        merged: Iterable[Commit] = (),
        also: Mapping[str, Any] | None = None,
    ) -> Commit:
        """Make one commit durable, then show it; `also` is kept in its line beside the rest.

        Raises:
            ReadOnly: the register is open for reading.
            CannotWrite: the disk refused; nothing changed.
        """
        if self.read_only:
            raise only_reading(self.warnings)
        self._migrate()
        changes = list(changes)
        refuse_erased(self.state, changes, kind)
        before = values_before(self.state, changes)
        header: Commit = {
            "tx": new_id(),
            "t": clock.milliseconds(),
            "copy": self.meta.copy,
            "opening": self._writer.opening,
            "n": self._writer.lines,
            "by": by,
        }
        commit: Commit = {
            "t": header["t"],
            "n": header["n"],
            "tx": header["tx"],
            "by": by,
            "k": self.meta.order + 1,
            "label": label,
            "kind": kind,
            "ops": [operation_for(self.state, header, each) for each in changes],
            **(also or {}),
        }
        if self.models.version > 1:
            commit["schema"] = self.models.version
        if of is not None:
            commit["of"] = of
        foreign = as_merged(self.state, merged)
        if foreign:
            commit["merged"] = foreign
            self._load_known()
        self._append(commit)
        whole = commit | header
        self._take(whole)
        self.before[header["tx"]] = before
        if len(self.before) > _COMMITS_AT_HAND:
            del self.before[next(iter(self.before))]
        self.meta.included[self._writer.opening] = self._writer.lines
        self.behind = True
        if self.is_long:
            (self.when_long or self.snapshot_quietly)()
        return whole

    def adopt(self, keys: OpenKeys | None) -> None:
        """Read and write with other keys from now on. The segment in use must have been ended."""
        self.keys = keys
        self._codec = codec = codec_of(keys)
        self.journal = Journal(self._files, self.folder, codec, self.state.erased)
        self.state.stamp_of = self.journal.stamp
        self._keeper = Keeper(self._files, self.folder, codec)
        self._writer = Writer(self._files, self.folder, codec)
        self.behind = True

    def holds(self, written: bytes) -> None:
        """Say which bytes of `register.json` this was read from, and nothing folded in since."""
        self._keeper.seen(written, self.meta.included)

    @property
    def files(self) -> Files:
        """The disk."""
        return self._files

    @property
    def codec(self) -> Codec:
        """The form in which the files are written."""
        return self._codec

    def close(self) -> None:
        """End the segment and leave a snapshot that holds everything."""
        if self._writer.writing or self._writer.in_doubt:
            try:
                self._writer.end(*self._beginning())
            except (OSError, CannotWrite):
                self.warnings.append("The journal could not be ended; nothing is missing from it.")
            else:
                self._end(self._writer.opening)
                # A snapshot that lacks the last line's length would have the segment read again.
                self.behind = True
        try:
            self.snapshot()
        except CannotWrite as refusal:
            self.warnings.append(refusal.happened)
        self._writer = Writer(self._files, self.folder, self._codec)

    def _append(self, commit: Commit) -> None:
        while True:
            try:
                self._written += self._writer.append(commit, *self._beginning(), self._check_keys)
            except SegmentGone:
                continue
            except OSError as refusal:
                raise disk_refused(refusal) from refusal
            return

    def _beginning(self) -> tuple[dict[str, str], int]:
        """What a new segment says of the register and copy, and its running number."""
        if not self._writer.writing:
            self._check_keys()
            if not self.meta.segments:
                self.meta.segments = self.journal.highest_number()
            self.meta.segments += 1
        return {"register": self.meta.register, "copy": self.meta.copy}, self.meta.segments
