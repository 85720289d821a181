"""The journal of a register's folder: every commit ever made, in whichever file it stands."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from senreg.store import index as indexing
from senreg.store.codec import Codec
from senreg.store.erasures import without_values
from senreg.store.files import Files, reading
from senreg.store.index import Brought, Ids, Index, read_index, write_index
from senreg.store.operations import HEADER_KEYS, fields_written
from senreg.store.packing import PACKED
from senreg.store.segments import (
    Segment,
    lines_of_opening,
    number_of,
    opening_of,
    passed_over,
    read_header,
    read_segment,
)
from senreg.store.state import Stamp

HISTORY = "history"
_CLOCK_SLACK = 5_000
Commit = dict[str, Any]
"""A commit as it is read: header keys, label, kind, of, ops, and merged commits of others.

`k` is one more than that of the latest commit its writer had seen in the folder.
"""


class Journal:
    """Reads the segments of a folder, those in `history/` only when asked for the past.

    Of records that were erased no value is given, wherever one may still stand.
    """

    def __init__(
        self, files: Files, folder: Path, codec: Codec, erased: Collection[str] = ()
    ) -> None:
        self._files = files
        self._folder = folder
        self._codec = codec
        self._stamps: dict[str, Stamp] = {}
        self._erased = erased
        self._places = (folder, folder / HISTORY)
        self._read_last = Index()
        """What the last `operation_ids` read of `history/`, from the index and beyond it."""

    def open_segments(self) -> dict[str, list[Path]]:
        """The segments beside the snapshot, by opening."""
        return self._found(self._folder)

    def all_segments(self) -> dict[str, list[Path]]:
        """Every segment, sealed ones too, by opening."""
        # Looked for in this order, one that is sealed meanwhile is found twice and not never.
        beside = self.open_segments()
        found = self._found(self._folder / HISTORY)
        for opening, paths in beside.items():
            found.setdefault(opening, []).extend(paths)
        return found

    def unlisted(
        self, included: Mapping[str, int], read: Mapping[str, int] | None
    ) -> dict[str, list[Path]]:
        """Openings with segments in `history/` that a snapshot cannot have held when it was made.

        There are such where an older snapshot was put back in the place of the last.

        Args:
            included: By opening, how many lines the snapshot holds.
            read: By segment that lay beside the snapshot then, its size; None where there is
                no snapshot, and every opening is asked for.
        """
        if read is None:
            return self.all_segments()
        history, asked = self._folder / HISTORY, set()
        for name in self._files.names(history):
            opening = opening_of(name)
            grown = name in read and not self._is_as_it_was(history / name, read[name])
            if opening is not None and (opening not in included or grown):
                asked.add(opening)
        if not asked:
            return {}
        beside, found = self.open_segments(), self._found(history)
        return {each: found[each] + beside.get(each, []) for each in found if each in asked}

    def grown(self, read: Mapping[str, int]) -> dict[str, list[Path]]:
        """The openings with segments in `history/` that were shorter when they were read.

        Args:
            read: By segment that lay beside the snapshot then, how much of it was read.
        """
        every = self.all_segments()
        return {
            opening: paths
            for opening, paths in every.items()
            if any(
                path.name in read
                and path.parent.name == HISTORY
                and not self._is_as_it_was(path, read[path.name])
                for path in paths
            )
        }

    def _is_as_it_was(self, path: Path, size: int) -> bool:
        """Whether a segment that was put away had this size when it lay beside the snapshot."""
        if self._files.size(path) == size:
            return True
        header = read_header(self._files, path, self._codec)
        return header is not None and header.get(PACKED) == size

    def highest_number(self) -> int:
        """The highest running number of a segment beside the snapshot or in history."""
        names = [each for place in self._places for each in self._files.names(place)]
        return max(map(number_of, names), default=0)

    def read(self, paths: Iterable[Path]) -> list[Segment]:
        """These segments, read as far as they can be; those sealed meanwhile from there."""
        return [self._read(path) for path in paths]

    @reading()
    def commits(self, *, since: int | None = None, copy: str | None = None) -> list[Commit]:
        """Commits with their headers filled in, oldest first by the clock of who made them.

        Args:
            since: Only those made at this time in milliseconds or later, or that came by a
                merge then.
            copy: Only those made on this copy.
        """
        found: list[Commit] = []
        for opening, paths in self.all_segments().items():
            if since is not None and not self._written_since(since, paths):
                continue
            segments = self.read(paths)
            headers = [each.header for each in segments if each.header is not None]
            if not headers:
                continue
            own = str(headers[0]["copy"])
            for number, line in lines_of_opening(segments)[0].items():
                commit = whole_commit(without_values(line, self._erased), own, opening, number)
                came = since is None or commit["t"] >= since
                found.extend(
                    each for each in _with_merged(commit) if came or each["t"] >= (since or 0)
                )
        chosen = {
            (each["opening"], each["n"], each["tx"], *(one["h"] for one in each["ops"])): each
            for each in found
            if copy is None or each["copy"] == copy
        }
        return sorted(
            chosen.values(), key=lambda each: (each["t"], each["opening"], each["n"], each["tx"])
        )

    @reading()
    def lost(self, included: dict[str, int]) -> int:
        """How many of the lines that a snapshot includes can no longer be read anywhere.

        Args:
            included: By opening, how many lines.
        """
        found = self.all_segments()
        lost = 0
        for opening, count in included.items():
            segments = self.read(found.get(opening, ()))
            held = lines_of_opening(segments)[0].keys() | passed_over(segments)
            lost += sum(number not in held for number in range(count))
        return lost

    @reading()
    def operation_ids(
        self, included: Mapping[str, int] | None = None, *, keep: bool = False
    ) -> Ids:
        """The ids of all operations in the folder, or of those among the first lines given.

        Args:
            included: By opening, how many lines that the state holds; None for all that can
                be read, whatever the index says.
            keep: Whether the index may be written, where `history/` holds much that it lacks.
        """
        found = self.all_segments()
        index = self._index(found, included) if included is not None else Index()
        ids, fresh = index.ids.copy(), Index()
        for opening, paths in found.items():
            if opening in index.lines:
                continue
            lines, missing = lines_of_opening(self.read(paths))
            limit = None if included is None else included.get(opening, 0)
            own = {
                operation["h"]
                for number, line in lines.items()
                if limit is None or number < limit
                for part in (line, *line.get("merged", ()))
                for operation in part["ops"]
            }
            ids |= own
            last = max(lines, default=-1) + 1
            put_away = all(path.parent.name == HISTORY for path in paths)
            if put_away and not missing and (limit is None or last <= limit):
                fresh.lines[opening] = last
                fresh.segments[opening] = self._sizes(paths)
                fresh.brought[opening] = [each for line in lines.values() for each in brought(line)]
                fresh.ids |= own
        if included is not None:
            # Only ids of lines that it lists: others may not be in the state that is read next.
            self._read_last = index.joined(fresh)
            if keep and indexing.is_worth_writing(fresh, len(ids)):
                write_index(self._files, self._folder / HISTORY, self._codec, self._read_last)
        return ids

    @reading()
    def brought(self, included: Mapping[str, int]) -> list[Brought] | None:
        """What merges brought of the openings of other copies; None where lines were lost.

        Args:
            included: By opening, how many lines the state holds.
        """
        found = self.all_segments()
        index = self._read_last
        if not index.lines or not self._is_of(index, found, included):
            index = self._index(found, included)
        told = [each for spans in index.brought.values() for each in spans]
        for opening in {**found, **included}:
            held: Container[int] = range(index.lines.get(opening, 0))
            if opening not in index.lines:
                segments = self.read(found.get(opening, ()))
                lines, _ = lines_of_opening(segments)
                held = lines.keys() | passed_over(segments)
                told += [each for line in lines.values() for each in brought(line)]
            if any(number not in held for number in range(included.get(opening, 0))):
                return None
        return told

    def _index(self, found: Mapping[str, list[Path]], included: Mapping[str, int]) -> Index:
        """The index of `history/`, empty where it is not of what lies there."""
        index = read_index(self._files, self._folder / HISTORY, self._codec)
        fits = self._is_of(index, found, included) and all(
            self._sizes(found[opening]) == sizes for opening, sizes in index.segments.items()
        )
        return index if fits else Index()

    def _is_of(
        self, index: Index, found: Mapping[str, list[Path]], included: Mapping[str, int]
    ) -> bool:
        """Whether all it lists lies put away, by the names of the files."""
        return index.is_within(included) and all(
            {path.name for path in found.get(opening, ())} == sizes.keys()
            and len(found[opening]) == len(sizes)
            and all(path.parent.name == HISTORY for path in found[opening])
            for opening, sizes in index.segments.items()
        )

    def _sizes(self, paths: Iterable[Path]) -> dict[str, int]:
        return {path.name: self._files.size(path) or 0 for path in paths}

    def stamp(self, wanted: str) -> Stamp | None:
        """When, by whom and on which copy an operation was made; None if it is not here."""
        if wanted not in self._stamps:
            self._stamps = {
                operation["h"]: (commit["t"], commit["by"], commit["copy"])
                for commit in self.commits()
                for operation in commit["ops"]
            }
        return self._stamps.get(wanted)

    def _read(self, path: Path) -> Segment:
        try:
            return read_segment(self._files, path, self._codec)
        except FileNotFoundError:
            return read_segment(self._files, self._folder / HISTORY / path.name, self._codec)

    def _written_since(self, since: int, paths: list[Path]) -> bool:
        """Whether a file may hold a line of that time: disks keep times to two seconds."""
        return any(self._files.modified(path) + _CLOCK_SLACK >= since for path in paths)

    def _found(self, folder: Path) -> dict[str, list[Path]]:
        found: dict[str, list[Path]] = {}
        for name in self._files.names(folder):
            opening = opening_of(name)
            if opening is not None:
                found.setdefault(opening, []).append(folder / name)
        return found


def whole_commit(line: Commit, copy: str, opening: str, number: int) -> Commit:
    """A line with the header keys that its segment knows."""
    return {"copy": copy, "opening": opening, "n": number} | line


def brought(commit: Commit) -> list[Brought]:
    """What taking it in made known, where it is a merge."""
    return [(start, end, opening) for opening, (start, end) in commit.get("knows", {}).items()]


def written_by(commit: Commit) -> Iterator[tuple[dict[str, Any], str]]:
    """Each operation of a commit with each field it wrote."""
    for operation in commit["ops"]:
        for name in fields_written(operation):
            yield operation, name


def _with_merged(commit: Commit) -> Iterator[Commit]:
    yield commit
    for merged in commit.get("merged", ()):
        if all(key in merged for key in HEADER_KEYS):
            yield merged
