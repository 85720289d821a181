"""Taking the values of erased records out of the files of a register's folder.

The erasure itself is durable first, and a snapshot that knows it says in `_meta` that the
folder is to be scrubbed, until all of it is: whatever interrupts the work, the next opening
does it again from the start. Files are written anew beside their place and put there whole;
a program that is writing to one notices, and goes on in another.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import CannotWrite, Unreadable
from senreg.store.codec import BadLine
from senreg.store.erasures import ERASURES, holds_values, without_values
from senreg.store.files import BACKUP, REGISTER, disk_refused
from senreg.store.journal import HISTORY
from senreg.store.operations import new_id
from senreg.store.rewriting import discard_beginnings, encoded_segment, rewrite_segment
from senreg.store.segments import Segment, read_segment
from senreg.store.snapshot import decode_snapshot

if TYPE_CHECKING:
    from senreg.store.folder import Store

_TIMES = 4


@dataclass(slots=True)
class Scrubbed:
    """What was done to the files of a folder.

    Args:
        rewritten: How many journal files were written anew without the values.
        waiting: Openings whose files the system does not let go while they are written to.
        unreadable: Damaged lines that were left, because nothing says whose they are.
        complete: No value is left but in files that are waited for.
    """

    rewritten: int = 0
    waiting: set[str] = field(default_factory=set)
    unreadable: int = 0
    complete: bool = False


def scrub(store: Store) -> Scrubbed:
    """Take the values of erased records out of the snapshots, every journal file and backup.

    Both snapshots are written anew, for the one before becomes the backup of the next. Where
    only single openings are waited for, only these are looked at.

    Raises CannotWrite; what is left is done when the register is next opened.
    """
    store.before.clear()
    work = _Work(store)
    try:
        if store.meta.scrub:
            return work.everything()
        return work.what_is_waited_for()
    except OSError as refusal:
        raise disk_refused(refusal) from refusal


class _Work:
    """One pass over a folder."""

    def __init__(self, store: Store) -> None:
        self.done = Scrubbed()
        self._store = store

    def what_is_waited_for(self) -> Scrubbed:
        """Scrub the segments of openings that were still written to when the rest was."""
        meta = self._store.meta
        self._segments(meta.waiting)
        if self.done.waiting != set(meta.waiting):
            meta.waiting = sorted(self.done.waiting)
            self._store.snapshot(anew=True)
        self.done.complete = True
        return self.done

    def everything(self) -> Scrubbed:
        """Scrub every file; again where another program brought something back meanwhile."""
        from senreg.store.backups import Backups

        store = self._store
        store.close()
        if store.behind:
            raise CannotWrite("The snapshot could not be written.")
        for _ in range(_TIMES):
            due = list(store.meta.scrub)
            self._segments(None)
            for place in (store.folder, store.folder / HISTORY):
                discard_beginnings(store.files, place)
            Backups(store, store.files).scrub()
            store.meta.scrub = []
            store.meta.waiting = sorted(self.done.waiting)
            try:
                store.snapshot(anew=True)
            except BaseException:
                store.meta.scrub = due
                raise
            if not store.meta.scrub and self._snapshots_know(due):
                self.done.complete = True
                return self.done
            store.meta.scrub = sorted({*store.meta.scrub, *due})
            store.snapshot(anew=True)
        return self.done

    def _segments(self, openings: Collection[str] | None) -> None:
        self.done.waiting = set()
        self.done.unreadable = 0
        for opening, paths in self._store.journal.all_segments().items():
            if openings is None or opening in openings:
                for path in paths:
                    self._segment(opening, path)

    def _snapshots_know(self, erasures: Collection[str]) -> bool:
        """Whether both snapshots were written by who knew of the erasures."""
        for name in (REGISTER, BACKUP):
            try:
                written = self._store.files.read(self._store.folder / name)
                state = decode_snapshot(self._store.codec, written).state
            except FileNotFoundError:
                continue
            except (BadLine, Unreadable):
                return False
            if not set(erasures) <= set(state.live.get(ERASURES, {})):
                return False
        return True

    def _segment(self, opening: str, path: Path) -> None:
        """Scrub a segment.

        A last line that was cut off was never acknowledged and goes. Of a line that cannot be
        read nothing is left where it names an erased record.
        """
        store = self._store
        segment = read_segment(store.files, path, store.codec)
        if not self._to_do(segment):
            self.done.unreadable += segment.damaged + segment.spoiled
            return
        read, size = store.meta.read, store.files.size(path)
        try:
            if segment.damaged:
                self._without_damage(segment)
            else:
                rewrite_segment(store.files, path, store.codec, store.codec, self._strip)
        except PermissionError:
            self.done.waiting.add(opening)
            return
        if read.get(path.name) == size:
            read[path.name] = store.files.size(path) or 0
        self.done.rewritten += 1

    def _to_do(self, segment: Segment) -> bool:
        erased = self._store.state.erased
        if segment.torn or any(holds_values(each, erased) for each in segment.lines.values()):
            return True
        if not (segment.damaged or segment.spoiled):
            return False
        unread = _unread(segment, self._store.files.read(segment.path))
        ids = [place.partition("/")[2].encode() for place in erased]
        return any(each in line for each in ids for line in unread)

    def _strip(self, segment: Segment) -> None:
        erased = self._store.state.erased
        segment.lines = {n: without_values(each, erased) for n, each in segment.lines.items()}

    def _without_damage(self, segment: Segment) -> None:
        """Write anew what can be read of a damaged segment; nothing else of it is left."""
        files, path = self._store.files, segment.path
        if segment.header is None:
            files.discard(path)
            return
        self._strip(segment)
        beside = path.with_name(f"{path.name}.new-{new_id()}")
        try:
            files.write_whole(beside, encoded_segment(segment, self._store.codec))
            files.replace(beside, path)
            files.sync_entry(path)
        except OSError:
            files.discard(beside)
            raise


def _unread(segment: Segment, written: bytes) -> list[bytes]:
    """The lines of a plain segment that are not among those that were read."""
    read = {b'[%d,"' % number for number in segment.lines}
    return [line for line in written.split(b"\n") if not any(map(line.startswith, read))]
