"""What a workbook may weigh: looked at before it is opened.

A small zipped file may unpack to gigabytes, whatever size it states, and one cell far down and
far right makes a reader lay out every cell in between, which ends the whole program where memory
runs out. So the sizes stated in the zip directory are added up first, and the farthest cell of
each sheet is looked for a piece at a time, no further than the size that is stated.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator

from senreg.errors import Unreadable
from senreg.exchange.grid import column_letters

MOST_UNPACKED = 200_000_000
"""Bytes a workbook may state to unpack to; 2,000 pupils with 40 columns take about ten million."""

MOST_CELLS = 1_500_000
"""Cells up to the farthest of a sheet; Excel would allow 17 thousand million."""

MOST_COLUMNS = 1_000
"""Columns a table may have; a year of attendance marks takes 380."""

_PIECE = 262_144
"""Bytes of a part that are looked at in one go."""

_LONGEST_TAG = 1_000_000
"""Bytes a tag may have; the longest that programs write have a few hundred."""

_HEAD = 65_536
"""Bytes at the beginning of a part among which entities would be declared."""

_XLSX_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_XLSX_ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=[\"'](\d+)")
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Za-z]{1,3})(\d+)[^>]*[^>/]>")
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^>]*)>")
_ODS_COLUMNS = re.compile(rb"number-columns-repeated=[\"'](\d{1,9})")
_ODS_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d{1,9})")


def check_zipped(content: zipfile.ZipFile, name: str) -> None:
    """Refuse a zipped workbook that would not fit, or that is locked.

    Args:
        content: The opened zip file; its members are read only where their stated sizes fit.
        name: The file's name, for messages.

    Raises:
        Unreadable: It is too large, password-protected, broken, or of a kind not read.
    """
    members = content.infolist()
    if sum(each.file_size for each in members) > MOST_UNPACKED:
        raise Unreadable(
            f"{name} unpacks to more than {MOST_UNPACKED // 1_000_000} megabytes, far more than "
            "a list of pupils takes.",
            do="Copy the pupils into a new workbook and import that.",
        )
    names = {each.filename for each in members}
    if "xl/workbook.bin" in names:
        raise Unreadable(
            f"{name} is an Excel binary workbook, which senreg does not read.",
            do="Save it in Excel as .xlsx and import that.",
        )
    try:
        if "META-INF/manifest.xml" in names:
            _refuse_locked(content, name)
        for member in members:
            if member.filename.lower().endswith((".xml", ".rels")):
                _refuse_entities(content, member, name)
            if _XLSX_SHEET.fullmatch(member.filename):
                refuse_vast(*_xlsx_extent(_pieces(content, member, name)), name)
            elif member.filename == "content.xml":
                for rows, columns in _ods_extents(_pieces(content, member, name)):
                    refuse_vast(rows, columns, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise broken(name) from None


def _refuse_entities(content: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> None:
    """Entities, by which XML grows without end or names files elsewhere, are in no workbook."""
    with content.open(member) as part:
        if b"<!ENTITY" in part.read(_HEAD):
            raise Unreadable(
                f"{name} has definitions in it that no spreadsheet program writes.",
                do="Open it in Excel or LibreOffice, save it as .xlsx, and import that.",
            )


def _pieces(content: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Iterator[bytes]:
    """What is in a part of XML, in pieces that break within no tag.

    Read without a size, a part is unpacked whole before it is cut to the size it states.
    """
    rest = b""
    with content.open(member) as part:
        while piece := part.read(_PIECE):
            whole, opened, rest = (rest + piece).rpartition(b"<")
            rest = opened + rest
            if not opened or b">" in rest:
                whole, rest = whole + rest, b""
            if len(rest) > _LONGEST_TAG:
                raise broken(name)
            yield whole
    yield rest


def broken(name: str) -> Unreadable:
    """The refusal of a workbook that cannot be opened."""
    return Unreadable(
        f"{name} is broken, or is not the kind of workbook its name says.",
        do="Open it in Excel or LibreOffice, save it as .xlsx, and import that.",
    )


def locked(name: str) -> Unreadable:
    """The refusal of a workbook that asks for a password."""
    return Unreadable(
        f"{name} is protected with a password.",
        do="Save a copy without the password, import it, and delete the copy.",
    )


def refuse_vast(rows: int, columns: int, name: str) -> None:
    """Refuse a sheet of more cells than fit. Raises Unreadable."""
    words = vast_words(rows, columns, name)
    if words:
        raise Unreadable(words, do="Copy the pupils into a new workbook and import that.")


def vast_words(rows: int, columns: int, name: str) -> str:
    """Why a sheet of that extent is not read; empty where it is."""
    if columns <= MOST_COLUMNS and rows * columns <= MOST_CELLS:
        return ""
    return (
        f"A sheet of {name} reaches as far as cell {column_letters(columns - 1)}{rows}, "
        "farther than a list of pupils can."
    )


def _xlsx_extent(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Rows and columns up to the farthest cell with a value."""
    rows = columns = 0
    widest = b""
    for piece in pieces:
        rows = max((rows, *(int(each[1]) for each in _XLSX_ROW.finditer(piece))))
        for found in _XLSX_CELL.finditer(piece):
            letters = found[1]
            rows = max(rows, int(found[2])) if len(found[2]) > 6 else rows
            if (len(letters), letters) > (len(widest), widest):
                widest = letters
    for letter in widest.upper():
        columns = columns * 26 + letter - ord("A") + 1
    return rows, columns


def _refuse_locked(content: zipfile.ZipFile, name: str) -> None:
    manifest = content.getinfo("META-INF/manifest.xml")
    if any(b"encryption-data" in piece for piece in _pieces(content, manifest, name)):
        raise locked(name)


def _ods_extents(pieces: Iterable[bytes]) -> Iterator[tuple[int, int]]:
    """For each table: rows and columns up to the farthest cell with a value."""
    row = rows = columns = column = repeated = 0
    row_filled = False
    tags = (found.groups() for piece in pieces for found in _ODS_TAG.finditer(piece))
    for closing, tag, attributes in tags:
        if tag == b"table":
            if closing:
                yield rows, columns
            row = rows = columns = 0
        elif tag == b"table-row":
            if closing:
                row += repeated
                if row_filled:
                    rows = row
            else:
                repeated = _times(_ODS_ROWS, attributes)
                if attributes.endswith(b"/"):
                    row += repeated
                column, row_filled = 0, False
        elif not closing:
            column += _times(_ODS_COLUMNS, attributes)
            if b"value-type" in attributes:
                columns, row_filled = max(columns, column), True


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
