"""A snapshot on its way to the disk, made of a frozen copy so that nobody waits for it.

Documents are replaced and never changed in place, so freezing copies the tables alone. Three
steps: `freeze` and `place` are quick and want the register to themselves; between them
`written` does the work, on whatever thread.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import CannotWrite
from senreg.store.codec import Codec
from senreg.store.files import disk_refused
from senreg.store.folding import Folding
from senreg.store.keeping import Keeper
from senreg.store.migrations import Models
from senreg.store.snapshot import Meta, encode_snapshot
from senreg.store.state import State
from senreg.store.unlocking import refuse_other_keys

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys

_SNAPSHOT_PAST_BYTES = 4_000_000


@dataclass(frozen=True, slots=True)
class Frozen:
    """A register as it was at a moment, and what puts it on the disk."""

    meta: Meta
    state: State
    moment: int
    generation: int
    journal_bytes: int
    codec: Codec
    keeper: Keeper

    def written(self) -> tuple[Path, bytes]:
        """Write the snapshot beside its place. Raises CannotWrite."""
        data = encode_snapshot(self.codec, self.meta, self.state)
        return self.keeper.beside(data), data


class Resting(Folding):
    """The side of a store that brings it to rest."""

    folder: Path
    keys: OpenKeys | None

    def __init__(self, models: Models) -> None:
        super().__init__(models)
        self._written = 0
        """Bytes of the journal since the last snapshot."""
        self._generation = 0
        """How many snapshots were put in place."""

    @property
    def is_long(self) -> bool:
        """Whether the journal has grown past a size and wants a snapshot."""
        return self._written > max(_SNAPSHOT_PAST_BYTES, self._keeper.size // 2)

    def snapshot(self, *, anew: bool = False) -> None:
        """Write `register.json` anew where it lacks something, and seal what both copies hold.

        Args:
            anew: Also where it lacks nothing.

        Raises CannotWrite; the journal still holds every commit.
        """
        frozen = self.freeze(anew=anew)
        if frozen is not None:
            self.place(frozen, *frozen.written())

    def freeze(self, *, anew: bool = False) -> Frozen | None:
        """What a snapshot would hold now; None where it would hold nothing new.

        Raises CannotWrite.
        """
        if self.read_only:
            return None
        try:
            self._fold()
            if not (self.behind or anew):
                return None
            self._check_keys()
            self._migrate()
            self._note_segments()
        except OSError as refusal:
            raise disk_refused(refusal) from refusal
        return Frozen(
            self.meta.frozen(),
            self.state.frozen(),
            self.moment,
            self._generation,
            self._written,
            self._codec,
            self._keeper,
        )

    def place(self, frozen: Frozen, beside: Path, data: bytes) -> None:
        """Put a snapshot that was written beside in its place, unless a later one is there.

        Raises CannotWrite.
        """
        if frozen.generation != self._generation or frozen.keeper is not self._keeper:
            self._files.discard(beside)
            return
        self._keeper.put(beside, data, frozen.meta.included)
        self._generation += 1
        self._written -= frozen.journal_bytes
        self.behind = self.moment != frozen.moment
        self._keeper.seal_away(self.journal, self.meta)

    def snapshot_quietly(self) -> None:
        """Shorten the journal; failing is harmless, for the journal holds it all."""
        try:
            self.snapshot()
        except CannotWrite as refusal:
            self._written = 0
            self.warnings.append(refusal.happened)

    def _note_segments(self) -> None:
        """Keep in the snapshot how far it has read the segments that lie beside it."""
        found = self.journal.open_segments()
        for path in () if self._writer.in_doubt else found.get(self._writer.opening, ()):
            self.meta.read[path.name] = self._files.size(path) or 0
        self.meta.ended = [opening for opening in self.meta.ended if opening in found]

    def _check_keys(self) -> None:
        """Raise CannotWrite where another program has given the register other keys."""
        refuse_other_keys(self._files, self.folder, self.keys)
