"""A register's folder, open: the state in memory and the segment it is written to.

A commit is one line and one fsync; it is acknowledged when `write` returns, and the tables
change only then. A snapshot joins what other writers left in the folder before it replaces
the one before, so that two programs at once lose nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from senreg.store.erasures import note_erasing
from senreg.store.files import Files, disk_refused, reading
from senreg.store.journal import Commit, Journal, whole_commit
from senreg.store.keeping import Keeper
from senreg.store.loading import load, many_objects
from senreg.store.migrations import MODELS, Models
from senreg.store.operations import new_id
from senreg.store.refusals import only_reading
from senreg.store.segments import lines_of_opening, passed_over
from senreg.store.snapshot import Meta, Snapshot, encode_snapshot
from senreg.store.state import State
from senreg.store.unlocking import codec_of, fitting_keys, folder_of, refuse_other_keys
from senreg.store.versions import Versioned
from senreg.store.writer import SegmentGone, Writer

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys

__all__ = ["Change", "Store"]

_SNAPSHOT_PAST_BYTES = 4_000_000
_COMMITS_AT_HAND = 100


class Store(Versioned):
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
        self._written = 0
        self.behind = False
        """Whether the journal holds what the snapshot lacks."""
        self._known: set[str] | None = None
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
            store._keeper.seen(found.written)
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
        self._take(commit | header)
        self.before[header["tx"]] = before
        if len(self.before) > _COMMITS_AT_HAND:
            del self.before[next(iter(self.before))]
        self.meta.included[self._writer.opening] = self._writer.lines
        self.behind = True
        self._snapshot_if_long()
        return commit | header

    def fold(self) -> bool:
        """Take in what other openings wrote to the folder; True where there was anything new.

        Raises Unreadable where the disk refuses.
        """
        with reading():
            return self._fold()

    def _fold(self) -> bool:
        found = self.journal.open_segments()
        for opening in self._keeper.openings_ahead(self.meta.included):
            if opening not in found:
                sealed = self.journal.all_segments().get(opening)
                if sealed:
                    found[opening] = sealed
        changed = False
        for opening, paths in found.items():
            sizes = {path.name: self._files.size(path) or 0 for path in paths}
            if opening == self._writer.opening or sizes.items() <= self.meta.read.items():
                continue
            changed = self._fold_opening(opening, paths) or changed
            self.meta.read.update(sizes)
        return changed

    def adopt(self, keys: OpenKeys | None) -> None:
        """Read and write with other keys from now on. The segment in use must have been ended."""
        self.keys = keys
        self._codec = codec = codec_of(keys)
        self.journal = Journal(self._files, self.folder, codec, self.state.erased)
        self.state.stamp_of = self.journal.stamp
        self._keeper = Keeper(self._files, self.folder, codec)
        self._writer = Writer(self._files, self.folder, codec)
        self.behind = True

    @property
    def files(self) -> Files:
        """The disk."""
        return self._files

    @property
    def codec(self) -> Codec:
        """The form in which the files are written."""
        return self._codec

    def snapshot(self, *, anew: bool = False) -> None:
        """Write `register.json` anew where it lacks something, and seal what both copies hold.

        Args:
            anew: Also where it lacks nothing.

        Raises CannotWrite; the journal still holds every commit.
        """
        if self.read_only:
            return
        try:
            self._fold()
            if not (self.behind or anew):
                return
            self._check_keys()
            self._migrate()
            self._note_segments()
        except OSError as refusal:
            raise disk_refused(refusal) from refusal
        data = encode_snapshot(self._codec, self.meta, self.state)
        self._keeper.put(data)
        self._written = 0
        self.behind = False
        self._keeper.seal_away(self.journal, self.meta)

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

    def _snapshot_if_long(self) -> None:
        """Shorten the journal past a size; failing is harmless, for the journal holds it all."""
        if self._written > max(_SNAPSHOT_PAST_BYTES, self._keeper.size // 2):
            self._written = 0
            try:
                self.snapshot()
            except CannotWrite as refusal:
                self.warnings.append(refusal.happened)

    def _end(self, opening: str) -> None:
        if opening not in self.meta.ended:
            self.meta.ended.append(opening)

    def _note_segments(self) -> None:
        """Keep in the snapshot how far it has read the segments that lie beside it."""
        found = self.journal.open_segments()
        names = {path.name for paths in found.values() for path in paths}
        self.meta.read = {name: size for name, size in self.meta.read.items() if name in names}
        for path in () if self._writer.in_doubt else found.get(self._writer.opening, ()):
            self.meta.read[path.name] = self._files.size(path) or 0
        self.meta.ended = [opening for opening in self.meta.ended if opening in found]

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

    def _check_keys(self) -> None:
        """Raise CannotWrite where another program has given the register other keys."""
        refuse_other_keys(self._files, self.folder, self.keys)

    def _fold_opening(self, opening: str, paths: list[Path]) -> bool:
        try:
            segments = self.journal.read(paths)
        except FileNotFoundError:
            segments = self.journal.read(self.journal.all_segments().get(opening, []))
        lines, missing = lines_of_opening(segments)
        start = self.meta.included.get(opening, 0)
        fresh = sorted(number for number in lines if number >= start)
        unwritten = passed_over(segments)
        gap = bool(fresh) and any(n not in unwritten for n in range(start, fresh[0]))
        if missing or gap:
            self._only_read("Part of the journal is damaged; what could be read of it is shown.")
        if any(each.spoiled for each in segments):
            self.warnings.append(
                "The last line of the journal cannot be read. If the power went while it was "
                "written, nothing that was saved is missing."
            )
        for segment in segments:
            if segment.header and segment.header.get("register") != self.meta.register:
                self._only_read(
                    "A journal of another register lies in this folder; it was passed by."
                )
                return False
            self._mind_newer(segment.header or {})
        for number in fresh:
            copy = next(str(each.header["copy"]) for each in segments if each.header)
            self._take(whole_commit(lines[number], copy, opening, number))
        ended = [each.ended for each in segments if each.ended is not None]
        if ended and max(ended) <= (max(lines) + 1 if lines else start):
            self._end(opening)
        if fresh:
            self.meta.included[opening] = fresh[-1] + 1
            self.behind = True
        return bool(fresh)

    def _take(self, commit: Commit) -> None:
        """Apply a commit, and those of other copies it carries, each operation once."""
        self.meta.order = max(self.meta.order, commit.get("k", 0))
        foreign = commit.get("merged", ())
        if foreign:
            self._load_known()
            self.meta.merged = True
        elif self.meta.merged and commit["opening"] != self._writer.opening:
            self._load_known()
        for part in (*foreign, commit):
            since = self._mind_newer(part)
            for operation in part["ops"]:
                if self._known is not None:
                    if operation["h"] in self._known:
                        continue
                    self._known.add(operation["h"])
                if part is not commit:
                    stamp = (part["t"], part["by"], part["copy"])
                    self.state.stamps[operation["h"]] = stamp
                note_erasing(self.meta, self.state.erased, commit["opening"], operation)
                self.state.apply(part, self.models.operation(since, operation))

    def _load_known(self) -> None:
        if self._known is None:
            self._known = self.journal.operation_ids(self.meta.included)

    def known(self) -> set[str]:
        """The ids of every operation this register holds."""
        self._load_known()
        assert self._known is not None
        return self._known
