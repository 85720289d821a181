"""Taking in what stands in the journal: this opening's commits, and those of other programs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import CannotWrite
from senreg.store.codec import Codec
from senreg.store.erasures import note_erasing
from senreg.store.files import Files, reading
from senreg.store.index import Ids
from senreg.store.journal import Commit, whole_commit
from senreg.store.keeping import Keeper
from senreg.store.refusals import OTHER_KEYS
from senreg.store.segments import lines_of_opening, opening_of, passed_over
from senreg.store.state import State
from senreg.store.unlocking import refuse_other_keys
from senreg.store.versions import Versioned
from senreg.store.writer import Writer

if TYPE_CHECKING:
    from senreg.store.keys import OpenKeys


class Folding(Versioned):
    """The side of a store that takes commits in, each operation once."""

    folder: Path
    keys: OpenKeys | None
    state: State
    moment: int
    """Rises with every commit taken in."""
    _codec: Codec
    _files: Files
    _keeper: Keeper
    _writer: Writer
    _known: Ids | None

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
        for opening, paths in self._moved(found).items():
            found[opening] = paths
        changed, asked = False, False
        for opening, paths in found.items():
            sizes = {path.name: self._files.size(path) or 0 for path in paths}
            if opening == self._writer.opening or sizes.items() <= self.meta.read.items():
                continue
            if not asked and not self._has_its_keys():
                # All of it was written anew under keys that are not here: that is no damage.
                self._only_read(OTHER_KEYS)
                return False
            asked = True
            changed = self._fold_opening(opening, paths) or changed
            self.meta.read.update(sizes)
        return changed

    def _moved(self, beside: Mapping[str, list[Path]]) -> dict[str, list[Path]]:
        """The openings that grew before they were put away, and are to be read in `history/`.

        What lay beside the snapshot, was read here, and has gone since may hold more than was
        read. A snapshot of this state must not pass it over.
        """
        names = {path.name for paths in beside.values() for path in paths}
        gone = self.meta.read.keys() - names
        if not gone:
            return {}
        found = self.journal.grown({name: self.meta.read[name] for name in gone})
        found.pop(self._writer.opening, None)
        for name in gone:
            if opening_of(name) not in found:
                del self.meta.read[name]
        return found

    def _has_its_keys(self) -> bool:
        if self.keys is None and self._codec.key_id:
            return True  # A backup is read back by its codec alone.
        try:
            refuse_other_keys(self._files, self.folder, self.keys)
        except CannotWrite:
            return False
        return True

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
            # Before the next line, which may be a merge and asks what is known so far.
            self.meta.included[opening] = number + 1
        ended = [each.ended for each in segments if each.ended is not None]
        if ended and max(ended) <= (max(lines) + 1 if lines else start):
            self._end(opening)
        if fresh:
            self.behind = True
        return bool(fresh)

    def _take(self, commit: Commit) -> None:
        """Apply a commit, and those of other copies it carries, each operation once."""
        self.moment += 1
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
            self._known = self.journal.operation_ids(self.meta.included, keep=not self.read_only)

    def known(self) -> Ids:
        """The ids of every operation this register holds."""
        self._load_known()
        assert self._known is not None
        return self._known

    def _end(self, opening: str) -> None:
        if opening not in self.meta.ended:
            self.meta.ended.append(opening)
