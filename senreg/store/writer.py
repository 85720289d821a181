"""The segment this opening writes to: a line is acknowledged once it is on the disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson

from senreg.store.codec import Codec, Lines
from senreg.store.files import Files
from senreg.store.operations import new_id
from senreg.store.segments import FORMAT, encode_header, encode_line, segment_name


class SegmentGone(Exception):
    """The file that was written to is no longer in the folder."""


class Writer:
    """Appends lines to segments of one opening, a new segment after every failure."""

    def __init__(self, files: Files, folder: Path, codec: Codec) -> None:
        self.opening = new_id()
        self.lines = 0
        """The number of the next line. One that was refused is not given again: another
        program may have read the refused line already."""
        self._acknowledged = 0
        """The number behind the last line that was acknowledged."""
        self._files = files
        self._folder = folder
        self._codec = codec
        self._segment = 0
        self._descriptor: int | None = None
        self._form: Lines | None = None

    def append(
        self,
        content: dict[str, Any],
        header: dict[str, Any],
        number: int,
        still: Callable[[], None],
    ) -> int:
        """Make a line durable and give its size in bytes.

        Args:
            content: The line.
            header: What a new segment says of the register and copy.
            number: The running number a new segment would get.
            still: Asked once the first line of a new segment is on the disk: raises where the
                register was given other keys meanwhile. The segment goes again then.

        Raises:
            OSError: the disk refused; the file is then never written again.
            SegmentGone: another program wrote the segment anew meanwhile; the line is to be
                appended again, to a segment of its own.
        """
        checked = orjson.dumps(content)
        new = self._descriptor is None
        if new:
            self._begin(header, number)
        try:
            assert self._descriptor is not None
            assert self._form is not None
            line = self._form.line(self.lines, checked)
            self._add(self._descriptor, line)
            gone = self._files.is_gone(self._descriptor)
        except BaseException:
            # Also when a person breaks off: a number is never written twice under one key.
            self._abandon()
            self.lines += 1
            raise
        if gone:
            self._abandon()
            raise SegmentGone
        if new:
            # Whoever changes the keys names them first and looks for segments then: this one
            # was found, or it is told here that there are others.
            try:
                still()
            except BaseException:
                self._abandon()
                self.lines += 1
                self._files.discard(self._folder / segment_name(number, self.opening))
                raise
        self.lines += 1
        self._acknowledged = self.lines
        return len(line)

    @property
    def in_doubt(self) -> bool:
        """Whether a line was refused last, which may stand in a file all the same."""
        return self.lines > self._acknowledged

    @property
    def writing(self) -> bool:
        """Whether a segment is open."""
        return self._descriptor is not None

    def end(self, header: dict[str, Any], number: int) -> None:
        """Say in the segment that the opening is over, and close it. Raises OSError.

        After a refused line a new segment is begun for that, which says that it does not count.
        """
        try:
            if self._descriptor is None:
                self._begin(header, number)
            assert self._descriptor is not None
            assert self._form is not None
            line = encode_line(self._form, self.lines, {"end": self._acknowledged})
            self._files.append(self._descriptor, line)
            self.lines = self._acknowledged
        finally:
            self._abandon()

    def _begin(self, header: dict[str, Any], number: int) -> None:
        """Create a segment whose header is on the disk before any line follows it.

        A bad header with lines behind it is damage, then, and never a write that was cut off.
        A segment that could not be begun is removed again: it holds nothing.
        """
        path = self._folder / segment_name(number, self.opening)
        whole = {"senreg": "journal", "format": FORMAT, "opening": self.opening, **header}
        whole |= {"segment": self._segment, "after": self._acknowledged, "first": self.lines}
        whole = self._codec.headed(self.opening, whole)
        self._segment += 1
        self._form = self._codec.lines(self.opening, whole)
        descriptor = self._descriptor = self._files.create(path)
        try:
            self._files.sync_entry(path)
            self._add(descriptor, encode_header(whole))
        except BaseException:
            self._abandon()
            self._files.discard(path)
            raise

    def _add(self, descriptor: int, data: bytes) -> None:
        self._files.append(descriptor, data)
        self._files.sync(descriptor)

    def _abandon(self) -> None:
        """Never write to this file again: after a failed write nobody knows what it holds."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                self._files.close(descriptor)
            except OSError:
                return
