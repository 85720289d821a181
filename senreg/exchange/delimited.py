"""Plain text with a delimiter between the cells: CSV and its relations, to rows.

The encoding and the delimiter are found out from the content, because files from school
systems and from Excel do not say: UTF-8 with or without its mark, UTF-16 of either order,
Windows-1252; comma, semicolon, tab or bar.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from statistics import median
from typing import TYPE_CHECKING

from senreg.errors import Unreadable
from senreg.exchange.formulas import unguarded
from senreg.exchange.grid import Grid, GridRow, last_filled, tidy_row
from senreg.exchange.headings import HEADER_WITHIN
from senreg.exchange.workbook_bounds import MOST_COLUMNS, refuse_vast

if TYPE_CHECKING:
    import _csv

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
# Controls that no text has; escape is let through, for it comes with pasted terminal output.
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNREADABLE = re.compile("[\udc80-\udcff]")
_WHOLE_FILE = 2**31 - 1
MOST_LINES = 500_000
"""Lines a file may have; ten years of notes on 2,000 pupils take about half of that."""

MOST_CELLS = 1_500_000
"""Cells a file may have; 2,000 pupils with 40 columns take 80,000, a school's marks of 50 groups
in ten years about 800,000. So many take up to a quarter of a gigabyte of memory."""

_END = "\x02end of file\x03"
"""Put after the last line: a quotation mark left open swallows it, and so shows."""


def read_delimited(content: bytes, name: str) -> Grid:
    """The rows of a file of delimited text.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.

    Raises:
        Unreadable: It is empty, no text, or longer than any table of a school.
    """
    text = decoded(content, name)
    if text.count("\n") + text.count("\r") > 2 * MOST_LINES:
        raise _too_long(name)
    delimiter, width, text = _delimiter_of(text)
    grid = Grid([], ragged=True)
    number = cells = 0
    same: dict[str, str] = {}
    for raw in _records(text, delimiter, width):
        number += 1
        cells += len(raw) if isinstance(raw, list) else 1
        if number > MOST_LINES or cells > MOST_CELLS:
            raise _too_long(name)
        if number <= HEADER_WITHIN and isinstance(raw, list) and len(raw) > MOST_COLUMNS:
            refuse_vast(number, last_filled(raw), name)
        if isinstance(raw, str):
            grid.rows.append(GridRow(number, [], raw))
            continue
        row = tidy_row(number, map(unguarded, raw), same)
        if row is not None:
            if not row.problem and any(_UNREADABLE.search(cell) for cell in raw):
                row.problem = "It has letters that this file's encoding does not explain."
            grid.rows.append(row)
    return grid


def decoded(content: bytes, name: str) -> str:
    """The text of a file, by its byte order mark or by what its bytes allow.

    Bytes that fit nowhere in a file that is otherwise UTF-8 are kept as lone surrogates, so
    that only their rows suffer.
    """
    if not content.strip(b"\0\t\n\r \xef\xbb\xbf\xff\xfe"):
        raise Unreadable(f"{name} is empty.", do="Choose a file with a row for each pupil.")
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            errors = "surrogateescape" if encoding == "utf-8" else "replace"
            return _readable(content[len(mark) :].decode(encoding, errors), name)
    encoding = _unmarked_utf16(content)
    if encoding:
        return _readable(content.decode(encoding, "replace"), name)
    text = content.decode("utf-8", "surrogateescape")
    odd = len(_UNREADABLE.findall(text))
    if odd == 0:
        return _readable(text, name)
    beyond_ascii = sum(1 for each in text if each > "\x7f") - odd
    if beyond_ascii > 4 * odd:
        return _readable(text, name)
    try:
        return _readable(content.decode("cp1252"), name)
    except UnicodeDecodeError:
        raise _no_text(name) from None


def _too_long(name: str) -> Unreadable:
    return Unreadable(
        f"{name} has more rows and columns than any list a school has.",
        do="Copy the rows that are wanted into a new file and import that.",
    )


def _unmarked_utf16(content: bytes) -> str:
    """UTF-16 without a mark shows by its zeros: every other byte of plain Latin text."""
    head = content[:4096]
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if odd > 0.4 * half and even < 0.1 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _readable(text: str, name: str) -> str:
    head = text[:65_536]
    if len(_BINARY.findall(head)) > 0.03 * len(head):
        raise _no_text(name)
    return text.replace("\0", "")


def _no_text(name: str) -> Unreadable:
    return Unreadable(
        f"{name} is not a spreadsheet: what is in it is not text.",
        do="Choose a CSV, Excel or OpenDocument file.",
    )


def _delimiter_of(text: str) -> tuple[str, float, str]:
    """The delimiter, the usual width, and the text without the line by which Excel names it."""
    candidates = _DELIMITERS
    named = _SEPARATOR_LINE.match(text)
    if named:
        candidates, text = named[1], text[named.end() :]
    head = text[:65_536]
    widths = {each: _usual_width(head, each) for each in candidates}
    delimiter = max(candidates, key=lambda each: widths[each])
    return delimiter, widths[delimiter], text


def _usual_width(head: str, delimiter: str) -> float:
    """How many columns rows have with a delimiter; the wider half counts, being the table."""
    widths = []
    for place, record in enumerate(_reader(StringIO(head, newline=""), delimiter)):
        if place == 100:
            break
        if any(record):
            widths.append(len(record))
    widths.sort()
    return median(widths[len(widths) // 2 :]) if widths else 0


def _reader(lines: Iterable[str], delimiter: str) -> _csv.Reader:
    # The limit is the module's, not the reader's; the whole file is what one cell may take,
    # so that a cell too long spoils its own row and no other.
    csv.field_size_limit(_WHOLE_FILE)
    return csv.reader(lines, delimiter=delimiter)


def _records(text: str, delimiter: str, width: float) -> Iterator[list[str] | str]:
    """The records of a text; a sentence in place of one that cannot be read.

    A quotation mark that is opened and not closed would swallow the rows after it, up to the
    next one or to the end of the file: the line it stands on is given up, and reading goes on
    with the line below. As the next mark ends what the last one opened, lines are read twice
    at most.
    """
    lines = list(StringIO(text, newline=""))
    if lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += "\n"
    start = 0
    while start < len(lines):
        taken = 0
        runaway = False
        reader = _reader(_from_line(lines, start), delimiter)
        for record in reader:
            if reader.line_num > len(lines) - start:
                runaway = record != [_END]
                break
            if reader.line_num > taken + 1:
                text_of_it = lines[start + taken : start + reader.line_num]
                runaway = _swallowed(record, delimiter, width) or _unclean(text_of_it, delimiter)
                if runaway:
                    break
            taken = reader.line_num
            yield record
        if not runaway:
            return
        yield "It opens a quotation mark and does not close it."
        start += taken + 1


def _from_line(lines: list[str], start: int) -> Iterator[str]:
    yield from (lines[place] for place in range(start, len(lines)))
    yield _END


def _unclean(lines: Sequence[str], delimiter: str) -> bool:
    """Whether a quotation mark is closed in the middle of a cell, as the next row's would be."""
    try:
        for _ in csv.reader(lines, delimiter=delimiter, strict=True):
            pass
    except csv.Error:
        return True
    return False


def _swallowed(record: list[str], delimiter: str, width: float) -> bool:
    """Whether a record over several lines has taken other rows into one of its cells."""
    return len(record) != width and any(
        line.count(delimiter) >= max(width - 2, 1)
        for cell in record
        if "\n" in cell
        for line in cell.splitlines()[1:]
    )
