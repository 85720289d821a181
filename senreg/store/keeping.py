"""The snapshot's files: putting a new one in place, and sealing away what both then hold."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from senreg.store.codec import BadLine, Codec
from senreg.store.files import BACKUP, REGISTER, Files, disk_refused
from senreg.store.journal import HISTORY, Journal
from senreg.store.operations import new_id
from senreg.store.rewriting import encoded_segment
from senreg.store.segments import read_segment
from senreg.store.snapshot import Meta, decode_meta

_BEGINNING = 96


class _Seen(NamedTuple):
    """A snapshot: its beginning, which tells it from any other, and what it holds."""

    beginning: bytes = b""
    included: Mapping[str, int] = {}


class Keeper:
    """Writes `register.json`, and knows which one it saw last."""

    def __init__(self, files: Files, folder: Path, codec: Codec) -> None:
        self.size = 0
        """Bytes of the snapshot seen last."""
        self._files = files
        self._folder = folder
        self._codec = codec
        self._seen = _Seen()
        self._before = _Seen()
        """What this one put aside as the backup."""

    def seen(self, written: bytes, included: Mapping[str, int]) -> None:
        """Remember the snapshot that lies there, and how many lines of each opening it holds."""
        self.size = len(written)
        self._seen = _Seen(written[:_BEGINNING], dict(included))

    def beside(self, written: bytes) -> Path:
        """Write a snapshot beside its place and give where. Raises CannotWrite."""
        path = self._folder / f"{REGISTER}.new-{new_id()}"
        try:
            self._files.write_whole(path, written)
        except OSError as refusal:
            self._files.discard(path)
            raise disk_refused(refusal) from refusal
        return path

    def put(self, beside: Path, written: bytes, included: Mapping[str, int]) -> None:
        """Put a snapshot that was written beside in the place of the one before.

        That one becomes the backup. Raises CannotWrite; both are then as they were, or the
        backup alone is new.

        Args:
            beside: Where it was written.
            written: Its bytes.
            included: By opening, how many lines it holds.
        """
        target = self._folder / REGISTER
        try:
            if self._files.size(target) is not None:
                self._files.replace(target, self._folder / BACKUP)
                self._files.sync_entry(self._folder / BACKUP)
            self._files.replace(beside, target)
            self._files.sync_entry(target)
        except OSError as refusal:
            self._files.discard(beside)
            raise disk_refused(refusal) from refusal
        self._before = self._seen
        self.seen(written, included)

    def openings_ahead(self, mine: Mapping[str, int]) -> list[str]:
        """Openings of which a snapshot written since by another program holds more lines.

        Args:
            mine: By opening, how many lines are here.
        """
        try:
            if self._files.read(self._folder / REGISTER, _BEGINNING) == self._seen.beginning:
                return []
            written = self._files.read(self._folder / REGISTER)
            included = decode_meta(self._codec, written).included
        except (OSError, BadLine):
            return []
        self.seen(written, included)
        return [opening for opening, lines in included.items() if lines > mine.get(opening, 0)]

    def seal_away(self, journal: Journal, meta: Meta) -> None:
        """Move ended segments that both snapshots hold into `history/`; failing is harmless."""
        try:
            held = self._held_by_backup()
            for opening, paths in journal.open_segments().items():
                if opening not in meta.ended:
                    continue
                if held.get(opening, 0) < meta.included.get(opening, 0):
                    continue
                for path in paths:
                    self._put_away(path)
        except (OSError, BadLine):
            return

    def _held_by_backup(self) -> Mapping[str, int]:
        """By opening, how many lines the snapshot before holds. Raises OSError, BadLine."""
        backup = self._folder / BACKUP
        if self._files.read(backup, _BEGINNING) == self._before.beginning:
            return self._before.included
        return decode_meta(self._codec, self._files.read(backup)).included

    def _put_away(self, segment: Path) -> None:
        """Move a segment into `history/` so that a crash leaves it whole in one place or both.

        It is copied, compressed, and then removed: a memory stick may do the halves of a move
        between folders in either order. One of which anything cannot be read is copied as it
        is. Raises OSError.
        """
        history = self._folder / HISTORY
        self._files.make_folder(history)
        beside = history / f"{segment.name}.new-{new_id()}"
        try:
            self._files.write_whole(beside, self._packed(segment))
            self._files.replace(beside, history / segment.name)
        except OSError:
            self._files.discard(beside)
            raise
        self._files.sync_entry(history / segment.name)
        self._files.remove(segment)

    def _packed(self, path: Path) -> bytes:
        segment = read_segment(self._files, path, self._codec)
        written = self._files.read(path)
        if segment.header is None or segment.damaged or segment.torn or segment.spoiled:
            return written
        return encoded_segment(segment, self._codec, packed=len(written))
