"""A file with a table in it, of whatever kind: the first step of every import.

`read_table_file` tells by the content what a file is, and refuses in one sentence what it
cannot read. The sheets of the result are read when they are asked for::

    file = read_table_file(path)
    file.sheets           # their names; one nameless sheet for a CSV file
    file.grid("Roll")     # its rows
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange.delimited import decoded, read_delimited
from senreg.exchange.grid import Grid
from senreg.models.text import clean_line

if TYPE_CHECKING:
    from senreg.exchange.workbooks import Workbook

LARGEST_FILE = 25_000_000
"""Bytes a file may have; a CSV file of 2,000 pupils has about half a million, a transfer file of
as many three million."""

_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt", ".tab", ""})
_BOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_PAGE_STARTS = ("<!doctype html", "<html", "<table", "mime-version:")
_XML = re.compile(r"\s*(<\?xml\b|<(?:\w+:)?(?:CTfile|ATfile)\b)", re.IGNORECASE)
_BINARY_MARKS = (
    (b"PK\x03\x04", "a zipped file or a workbook"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed file"),
    (b"7z\xbc\xaf", "a compressed file"),
    (b"Rar!", "a compressed file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a word processor's document"),
)


class TableFile:
    """A file that holds one or several sheets of rows.

    Args:
        name: The file's name without its folder, cleaned, as it may be shown and kept.
        content: Its bytes, which have been looked at and are of a kind that is read.
        path: Where it lies.
        is_book: It is a workbook; else it is delimited text.
    """

    def __init__(self, name: str, content: bytes, path: Path, *, is_book: bool) -> None:
        self.name = name
        self.path = path
        self._grids: dict[str, Grid] = {}
        self._book: Workbook | None = None
        if not is_book and _looks_like_xml(content, name):
            from senreg.exchange.ctf.reading import read_transfer

            self._grids[""] = read_transfer(content, name)
            return
        if is_book:
            from senreg.exchange.workbooks import Workbook

            self._book = Workbook(content, name, path)
        else:
            self._grids[""] = read_delimited(content, name)

    @property
    def sheets(self) -> list[str]:
        """The names of its sheets; one without a name for delimited text."""
        return self._book.sheets if self._book is not None else [""]

    def grid(self, sheet: str) -> Grid:
        """The rows of a sheet. Raises WrongUsage where it has none of that name."""
        if sheet not in self._grids:
            if self._book is None:
                raise WrongUsage(
                    f"{self.name} is plain text and has no sheets.",
                    do="Leave the sheet's name out.",
                )
            self._grids[sheet] = self._book.grid(sheet)
        return self._grids[sheet]


def read_table_file(path: Path) -> TableFile:
    """Look at a file and make its sheets readable.

    Raises:
        Unreadable: The file is missing, empty, too large, locked, broken, or holds no table.
    """
    name = clean_line(path.name)
    content = _bytes_of(path, name)
    ending = path.suffix.lower()
    is_book = content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))
    if is_book and ending not in _TEXT_ENDINGS:
        return TableFile(name, content, path, is_book=True)
    for mark, kind in _BINARY_MARKS:
        if content.startswith(mark):
            raise Unreadable(
                f"{name} is {kind}, though its name does not say so."
                if ending in _TEXT_ENDINGS
                else f"{name} is {kind}, not a spreadsheet.",
                do="If it is a workbook, give it back its own ending, such as .xlsx; "
                "otherwise choose another file."
                if is_book
                else "Choose a CSV, Excel or OpenDocument file.",
            )
    _refuse_page(content, name)
    if ending in _BOOK_ENDINGS - {".xls"}:
        from senreg.exchange.workbook_bounds import broken

        raise broken(name)
    return TableFile(name, content, path, is_book=False)


def _looks_like_xml(content: bytes, name: str) -> bool:
    """Whether a file begins as XML does, in any encoding that schools' files come in."""
    head = content[:400]
    if not any(each in head for each in (b"<", b"<\0")):
        return False
    try:
        return _XML.match(decoded(head[: len(head) & ~1], name).lstrip("\ufeff")) is not None
    except Unreadable:
        return False


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(f"{name} is a folder.", do="Choose a file in it.")
        with path.open("rb") as file:
            # What says that it is too long is not read; a stream says nothing of it.
            vast = os.fstat(file.fileno()).st_size > LARGEST_FILE
            content = b"" if vast else file.read(LARGEST_FILE + 1)
        if vast or len(content) > LARGEST_FILE:
            raise Unreadable(
                f"{name} has more than {LARGEST_FILE // 1_000_000} megabytes; a list of pupils "
                "has a few at most.",
                do="Choose another file.",
            )
    except FileNotFoundError:
        raise Unreadable(f"There is no file called {name} there.", do="Check its name.") from None
    except OSError as refusal:
        raise Unreadable(
            f"{name} cannot be read: {refusal.strerror or 'the disk refused'}.",
            do="If it is open in another program, close it there.",
        ) from None
    if not content.strip():
        raise Unreadable(f"{name} is empty.", do="Choose a file with a row for each pupil.")
    return content


def _refuse_page(content: bytes, name: str) -> None:
    """School systems save web pages under the name of a workbook; Excel opens them, we do not."""
    start = content[:200].decode("ascii", "ignore").lstrip().lower()
    if start.startswith(_PAGE_STARTS):
        raise Unreadable(
            f"{name} is a web page or XML, whatever its name says.",
            do="Open it in Excel or LibreOffice, save it as .xlsx, and import that.",
        )
