"""Journal segments: append-only files of one opening, one line a commit.

A segment's first line is its header: {senreg, format, register, copy, opening, segment,
after}, where `after` counts the lines of the opening that stand in earlier segments. A line
that an earlier segment of the same opening holds at or past that number was never
acknowledged. The last line of an opening that was closed is {"end": lines}.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

from senreg.store.codec import BadLine, Codec
from senreg.store.files import Files

FORMAT = 1
HEADER_LINE = -1
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


def encode_line(codec: Codec, opening: str, number: int, content: dict[str, Any]) -> bytes:
    """A line as it is written. Raises orjson.JSONEncodeError for a value that is no JSON."""
    return codec.line(opening, number, orjson.dumps(content))


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
        """How many lines of the opening stand in earlier segments."""
        return int(self.header["after"]) if self.header else 0


def read_segment(files: Files, path: Path, codec: Codec) -> Segment:
    """Read a segment. Damage is counted, never raised, and the file is never changed."""
    segment = Segment(path, opening_of(path.name) or "")
    lines = files.read(path).split(b"\n")
    segment.torn = bool(lines.pop())
    bad = []
    for place, line in enumerate(lines):
        intact, spoiled = _contents(codec, segment.opening, line)
        for number, content in intact:
            _place(segment, number, content)
        if spoiled:
            bad.append(place)
    if segment.header is None:
        segment.lines.clear()
        segment.damaged = len(lines)
        return segment
    if bad and bad[-1] == len(lines) - 1 and not segment.torn:
        segment.spoiled = True
        bad.pop()
    segment.damaged = len(bad)
    return segment


def _place(segment: Segment, number: int, content: dict[str, Any]) -> None:
    if number == HEADER_LINE:
        if content.get("opening") == segment.opening:
            segment.header = content
    elif "end" in content:
        segment.ended = int(content["end"])
    else:
        segment.lines[number] = content


def _contents(
    codec: Codec, opening: str, line: bytes
) -> tuple[list[tuple[int, dict[str, Any]]], bool]:
    """What can be read of a line, and whether any of it cannot.

    A line that is bad may be two whose newline was damaged.
    """
    found = _decode(codec, opening, line)
    if found is not None:
        return [found], False
    starts = codec.starts(line)
    ends = [*(start - 1 for start in starts[1:]), len(line)]
    pieces = [
        _decode(codec, opening, line[start:end]) for start, end in zip(starts, ends, strict=True)
    ]
    return [piece for piece in pieces if piece is not None], True


def _decode(codec: Codec, opening: str, line: bytes) -> tuple[int, dict[str, Any]] | None:
    try:
        number, payload = codec.payload(opening, line)
        content = orjson.loads(payload)
    except (BadLine, ValueError):
        return None
    return (number, content) if isinstance(content, dict) else None


def lines_of_opening(segments: list[Segment]) -> tuple[dict[int, dict[str, Any]], bool]:
    """The acknowledged commits of one opening by number, and whether any are missing.

    Each segment is capped where the next one of the same opening begins.
    """
    ordered = sorted(
        (each for each in segments if each.header is not None), key=lambda each: each.after
    )
    lines: dict[int, dict[str, Any]] = {}
    caps: list[int | None] = [each.after for each in ordered[1:]]
    for segment, cap in zip(ordered, [*caps, None], strict=False):
        lines |= {n: each for n, each in segment.lines.items() if cap is None or n < cap}
    missing = any(each.damaged for each in segments)
    if lines:
        first, last = min(lines), max(lines)
        missing = missing or len(lines) != last - first + 1
    return lines, missing
