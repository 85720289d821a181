"""Old Excel workbooks (.xls), read in a process of their own.

The form is that of a small file system, and its reader trusts what the file says of itself: a
few wrong bytes make it ask for more memory than there is, which ends the process it runs in. So
that process is another one, with a limit on its memory where the system knows one, and on its
time everywhere; what it complains of goes to nobody.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import orjson

from senreg.exchange.grid import Cell
from senreg.exchange.workbook_bounds import broken, locked, refuse_vast, vast_words

SECONDS = 60
"""How long reading may take: 2,000 pupils take a part of one."""

MOST_MEMORY = 1_000_000_000
"""Bytes the reading process may take."""


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet of an old workbook.

    Args:
        name: Its name.
        shown: Whether it is visible.
        rows: Its rows, all equally wide; empty where it is too vast to be read.
        extent: Rows and columns up to the farthest cell.
    """

    name: str
    shown: bool
    rows: list[list[Cell]]
    extent: tuple[int, int]


def read_apart(content: bytes, name: str, path: Path) -> list[OldSheet]:
    """The sheets of an old workbook.

    Args:
        content: The bytes of the file.
        name: The file's name, for messages.
        path: Where it lies: only of a file on the disk is it told that a password is wanted.

    Raises:
        Unreadable: It is broken, or protected with a password.
    """
    command = [sys.executable, "-P", "-m", "senreg.exchange.old_workbook", str(path)]
    quiet = {**os.environ, "RUST_BACKTRACE": "0", "PYTHONUTF8": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, input=content, capture_output=True, timeout=SECONDS, env=quiet, check=False
        )
        told = orjson.loads(done.stdout)
    except (subprocess.TimeoutExpired, orjson.JSONDecodeError):
        raise broken(name) from None
    if not isinstance(told, list):
        raise (locked if told == "locked" else broken)(name)
    return [
        OldSheet(each[0], each[1], [list(map(_cell, row)) for row in each[2]], tuple(each[3]))
        for each in told
    ]


def check_extent(sheet: OldSheet, name: str) -> None:
    """Refuse a sheet of more cells than fit. Raises Unreadable."""
    refuse_vast(*sheet.extent, name)


def _cell(told: Any) -> Cell:
    if not isinstance(told, list):
        return told  # type: ignore[no-any-return]
    kind, value = told
    if kind == "delta":
        return timedelta(seconds=value)
    if kind == "moment":
        return datetime.fromisoformat(value)
    return time.fromisoformat(value) if kind == "time" else date.fromisoformat(value)


def _plain(cell: object) -> object:
    """A cell as JSON can hold it: what is no text, number or truth, with its kind."""
    if isinstance(cell, datetime):
        return ["moment", cell.isoformat()]
    if isinstance(cell, date):
        return ["date", cell.isoformat()]
    if isinstance(cell, time):
        return ["time", cell.isoformat()]
    return ["delta", cell.total_seconds()] if isinstance(cell, timedelta) else cell


def _sheets(content: bytes, path: str) -> object:
    """What is told of a workbook: its sheets, or "locked", or "broken"."""
    from io import BytesIO

    from python_calamine import (
        CalamineError,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        book = load_workbook(BytesIO(content))
    except (CalamineError, OSError, ValueError):
        try:
            load_workbook(path).close()
        except PasswordError:
            return "locked"
        except (CalamineError, OSError, ValueError):
            pass
        return "broken"
    told = []
    for each in book.sheets_metadata:
        if each.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_name(each.name)
        extent = sheet.total_height, sheet.total_width
        raw = [] if vast_words(*extent, "") else sheet.to_python(skip_empty_area=False)
        rows = [list(map(_plain, row)) for row in raw]
        told.append((each.name, each.visible == SheetVisibleEnum.Visible, rows, extent))
    return told


def _bound() -> None:
    """Take no more memory than a workbook can need, where the system can hold a process to it."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


if __name__ == "__main__":
    _bound()
    sys.stdout.buffer.write(orjson.dumps(_sheets(sys.stdin.buffer.read(), sys.argv[1])))
