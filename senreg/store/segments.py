"""Journal segments: append-only files of one opening, one line a commit.

A segment begins with its header: {senreg, format, register, copy, opening, segment, after,
first}. It is written twice, for without it nothing else in the segment can be read. `after`
is the number at which the lines of the opening in earlier segments end: one that stands there
at or past it was never acknowledged. `first` is the number of the segment's own first line.
The last line of an opening that was closed is {"end": lines}.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from senreg.store.codec import BadLine, Codec, Lines, PlainLines, starts
from senreg.store.files import Files
from senreg.store.packing import lines_of

FORMAT = 1
HEADER_LINE = -1
_HEADS = b"[-1,"
_HEADERS_AT_MOST = 4_096
_NAME = re.compile(r"journal-(\d{8})-([a-z2-9]{16})\.jsonl")


def segment_name(number: int, opening: str) -> str:
    """The file name of the segment with this running number in its folder."""
    return f"journal-{number:08d}-{opening}.jsonl"


def opening_of(name: str) -> str | None:
    """The opening a file name belongs to, or None for another kind of file."""
    match = _NAME.fullmatch(name)
    return match.group(2) if match else None


def number_of(name: str) -> int:
    """The running number in a segment's file name; 0 for another kind of file."""
    match = _NAME.fullmatch(name)
    return int(match.group(1)) if match else 0


def encode_line(lines: Lines, number: int, content: Mapping[str, Any]) -> bytes:
    """A line as it is written. Raises orjson.JSONEncodeError for a value that is no JSON."""
    return lines.line(number, orjson.dumps(content))


def encode_header(header: Mapping[str, Any]) -> bytes:
    """The lines with which a segment begins: its header, twice, readable in every form."""
    return encode_line(PlainLines(header["opening"]), HEADER_LINE, header) * 2


@dataclass(slots=True)
class Segment:
    """What one segment file holds, as far as it can be read."""

    path: Path
    opening: str
    header: dict[str, Any] | None = None
    lines: dict[int, dict[str, Any]] = field(default_factory=dict)
    """Commits by their number in the opening."""
    ended: int | None = None
    """How many lines the opening had when it was closed; None where it never was."""
    torn: bool = False
    """Its last line was cut off by a crash; it was never acknowledged."""
    spoiled: bool = False
    """Its last line is whole and yet bad: cut off by a crash, or damaged since."""
    damaged: int = 0
    """Lines that cannot be read although intact ones follow, or a header that is bad."""

    @property
    def after(self) -> int:
        """Where lines of the opening in earlier segments end: later ones do not count."""
        return int(self.header["after"]) if self.header else 0

    @property
    def first(self) -> int:
        """The number of its first line; between `after` and this there is none."""
        return int(self.header.get("first", self.after)) if self.header else 0


def read_segment(files: Files, path: Path, codec: Codec) -> Segment:
    """Read a segment. Damage is counted, never raised, and the file is never changed."""
    segment = Segment(path, opening_of(path.name) or "")
    written = files.read(path)
    lines = written.split(b"\n")
    last = lines.pop()
    reader = _Reader(codec, segment)
    bad = [place for place, line in enumerate(lines) if not reader.take(line)]
    segment.torn = bool(last) and not reader.take_unended(last)
    if segment.header is None:
        # Nothing follows a header before it is on the disk: a short piece is one cut off.
        cut_off = len(lines) < 2 and len(written) <= _HEADERS_AT_MOST
        segment.damaged = 0 if cut_off else max(len(lines), 1)
        return segment
    if bad and bad[-1] == len(lines) - 1 and not segment.torn:
        segment.spoiled = True
        bad.pop()
    segment.damaged = len(bad)
    return segment


def read_header(files: Files, path: Path, codec: Codec) -> dict[str, Any] | None:
    """What a segment says of itself, without reading the rest; None where it cannot be read."""
    opening = opening_of(path.name) or ""
    for line in files.read(path, _HEADERS_AT_MOST).split(b"\n")[:2]:
        try:
            header = orjson.loads(PlainLines(opening).payload(line)[1])
            if not line.startswith(_HEADS) or not isinstance(header, dict):
                continue
            lines_of(codec, opening, header)
        except (BadLine, ValueError):
            continue
        return header
    return None


class _Reader:
    """Puts what lines say into a segment, one line after another."""

    def __init__(self, codec: Codec, segment: Segment) -> None:
        self._codec = codec
        self._segment = segment
        self._plain = PlainLines(segment.opening)
        self._lines: Lines | None = None

    def take(self, line: bytes) -> bool:
        """Whether all of a line could be read.

        One that is bad may be two whose newline was damaged; what can be read of it is taken.
        """
        if self._take_frame(line):
            return True
        begins = starts(line)
        ends = [*(start - 1 for start in begins[1:]), len(line)]
        for start, end in zip(begins, ends, strict=True):
            self._take_frame(line[start:end])
        return False

    def take_unended(self, piece: bytes) -> bool:
        """Whether what follows the last newline is a line whose own newline was damaged."""
        return self._take_frame(piece[:-1])

    def _take_frame(self, frame: bytes) -> bool:
        heads = frame.startswith(_HEADS)
        try:
            lines = self._plain if heads else self._lines
            if lines is None:
                return False
            number, payload = lines.payload(frame)
            content = orjson.loads(payload)
            if not isinstance(content, dict):
                return False
            return self._begin(content) if heads else self._place(number, content)
        except (BadLine, ValueError):
            return False

    def _begin(self, header: dict[str, Any]) -> bool:
        if header.get("opening") != self._segment.opening:
            return False
        if self._segment.header is None:
            self._lines = lines_of(self._codec, self._segment.opening, header)
            self._segment.header = header
        return header == self._segment.header

    def _place(self, number: int, content: dict[str, Any]) -> bool:
        if "end" in content:
            self._segment.ended = int(content["end"])
        else:
            self._segment.lines[number] = content
        return True


def lines_of_opening(segments: list[Segment]) -> tuple[dict[int, dict[str, Any]], bool]:
    """The acknowledged commits of one opening by number, and whether any are missing.

    Each segment is capped where the next one of the same opening begins.
    """
    ordered = sorted(
        (each for each in segments if each.header is not None),
        key=lambda each: (each.after, each.header["segment"] if each.header else 0),
    )
    lines: dict[int, dict[str, Any]] = {}
    ends: list[int | None] = [each.after for each in ordered[1:]]
    missing = any(each.damaged for each in segments)
    for segment, end in zip(ordered, [*ends, None], strict=False):
        own = {n: each for n, each in segment.lines.items() if end is None or n < end}
        last = end if end is not None else max(own, default=-1) + 1
        missing = missing or any(n not in own for n in range(segment.first, last))
        lines |= own
    return lines, missing


def passed_over(segments: list[Segment]) -> set[int]:
    """The numbers that no line of an opening has, because a line was refused there."""
    return {n for each in segments for n in range(each.after, each.first)}
