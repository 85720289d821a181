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
    damaged: int = 0
    """Lines that cannot be read although intact ones follow, or a header that is bad."""

    @property
    def after(self) -> int:
        """How many lines of the opening stand in earlier segments."""
        return int(self.header["after"]) if self.header else 0


def read_segment(files: Files, path: Path, codec: Codec) -> Segment:
    """Read a segment. Damage is counted, never raised, and the file is never changed."""
    opening = opening_of(path.name) or ""
    segment = Segment(path, opening)
    written = files.read(path)
    lines = written.split(b"\n")
    unfinished = lines.pop()
    if not lines:
        segment.torn = bool(unfinished)
        return segment
    segment.header = _decode(codec, opening, HEADER_LINE, lines[0])
    if segment.header is None or segment.header.get("opening") != opening:
        segment.header = None
        segment.damaged = max(1, len(lines) - 1)
        segment.torn = len(lines) == 1 and not unfinished
        segment.damaged = 0 if segment.torn else segment.damaged
        return segment
    bad: list[int] = []
    for place, line in enumerate(lines[1:]):
        number = segment.after + place
        content = _decode(codec, opening, number, line)
        if content is None:
            bad.append(place)
        elif "end" in content:
            segment.ended = int(content["end"])
        else:
            segment.lines[number] = content
    if unfinished:
        segment.torn = True
    if bad and bad[-1] == len(lines) - 2 and not unfinished:
        segment.torn = True
        bad.pop()
    segment.damaged = len(bad)
    return segment


def _decode(codec: Codec, opening: str, number: int, line: bytes) -> dict[str, Any] | None:
    try:
        content = orjson.loads(codec.payload(opening, number, line))
    except (BadLine, ValueError):
        return None
    return content if isinstance(content, dict) else None


def lines_of_opening(segments: list[Segment]) -> tuple[dict[int, dict[str, Any]], bool]:
    """The acknowledged commits of one opening by number, and whether any are missing.

    Each segment is capped where the next one of the same opening begins.
    """
    ordered = sorted(
        (each for each in segments if each.header is not None), key=lambda each: each.after
    )
    lines: dict[int, dict[str, Any]] = {}
    for segment, following in zip(ordered, [*ordered[1:], None], strict=True):
        cap = following.after if following is not None else None
        lines |= {n: each for n, each in segment.lines.items() if cap is None or n < cap}
    missing = any(each.damaged for each in segments)
    if lines:
        first, last = min(lines), max(lines)
        missing = missing or len(lines) != last - first + 1
    return lines, missing
