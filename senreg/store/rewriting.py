"""Writing all of a register's files anew: under another key, or sealed where it was plain.

The key file says that this is unfinished before anything else happens, so that whatever stops
it, the next opening goes on where it was. Each file is written beside the old one and takes
its place in one step; until all are done, both forms are read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from senreg.store.codec import Codec
from senreg.store.files import Files
from senreg.store.operations import new_id
from senreg.store.packing import PACKED, lines_of
from senreg.store.segments import Segment, encode_header, encode_line, opening_of, read_segment

_OF_ITS_FORM = ("key", "cipher", "salt", "tag")
"""What the header of a segment says of the form it is written in."""


def rewrite_segment(
    files: Files,
    path: Path,
    reading: Codec,
    writing: Codec,
    change: Callable[[Segment], None] | None = None,
) -> bool:
    """Write a segment anew in its place; False where it cannot be read, and is left as it is.

    A line that another program appends meanwhile is taken along.

    Args:
        files: The disk.
        path: The segment.
        reading: The form it is in.
        writing: The form it gets.
        change: Called with what was read, to change it.

    Raises OSError; the segment is then as it was.
    """
    holding = files.hold(path)
    try:
        while True:
            segment = read_segment(files, path, reading)
            if segment.header is None or segment.damaged:
                return False
            if change is not None:
                change(segment)
            size = files.size(path)
            beside = path.with_name(f"{path.name}.new-{new_id()}")
            try:
                files.write_whole(beside, encoded_segment(segment, writing))
                files.sync_entry(beside)
                files.replace(beside, path)
                files.sync_entry(path)
            except OSError:
                files.discard(beside)
                raise
            if holding is None:
                return True
            late = files.held(holding)
            if len(late) == size:
                return True
            _put_back(files, path, late)
    finally:
        if holding is not None:
            files.close(holding)


def encoded_segment(segment: Segment, codec: Codec, *, packed: int = 0) -> bytes:
    """The bytes of a segment in a form: its header, its lines, and its end where it has one.

    Args:
        segment: What was read.
        codec: The form.
        packed: Compress it, which was so many bytes; one that was compressed stays so.
    """
    assert segment.header is not None
    kept = {name: each for name, each in segment.header.items() if name not in _OF_ITS_FORM}
    if packed:
        kept[PACKED] = packed
    header = codec.headed(segment.opening, kept)
    lines = lines_of(codec, segment.opening, header)
    written = [encode_header(header)]
    written += [
        encode_line(lines, number, content) for number, content in sorted(segment.lines.items())
    ]
    if segment.ended is not None:
        number = max([segment.ended, *(each + 1 for each in segment.lines)])
        written.append(encode_line(lines, number, {"end": segment.ended}))
    return b"".join(written)


def header_key(segment: Segment) -> str:
    """The id of the key a segment is sealed under; empty for a plain one."""
    return str((segment.header or {}).get("key", ""))


def put_in_place(files: Files, folders: Iterable[Path]) -> None:
    """Give segments their names that were written beside one that is there no more.

    On a memory stick the old one may be gone before the new one has its name. Raises OSError.
    """
    names = [(folder, name) for folder in folders for name in files.names(folder)]
    there = {name for _, name in names}
    for folder, name in names:
        segment, beside, _ = name.partition(".new-")
        if beside and opening_of(segment) and segment not in there:
            files.replace(folder / name, folder / segment)
            files.sync_entry(folder / segment)


def discard_beginnings(files: Files, folder: Path) -> None:
    """Remove files that were written beside and never took their place.

    Nothing was acknowledged by them; in a register that was plain they could be read.
    """
    for name in files.names(folder):
        if ".new-" in name:
            files.discard(folder / name)


def _put_back(files: Files, path: Path, written: bytes) -> None:
    """Make a segment what it was, with a line it got at the last moment; it is read again."""
    beside = path.with_name(f"{path.name}.new-{new_id()}")
    files.write_whole(beside, written)
    files.sync_entry(beside)
    files.replace(beside, path)
    files.sync_entry(path)
