"""Workbooks of Excel (.xlsx, .xls) and LibreOffice (.ods), to rows."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import WrongUsage
from senreg.exchange.grid import Grid, tidy_row
from senreg.exchange.own_sheets import HOW_TO_FILL, HOW_TO_READ, LISTS
from senreg.exchange.uncalculated import mark_uncalculated, uncalculated
from senreg.exchange.workbook_bounds import broken, check_zipped, locked, refuse_vast
from senreg.models.text import folded

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

    from senreg.exchange.old_workbook import OldSheet

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SEALED_STREAM = "EncryptedPackage".encode("utf-16-le")


class Workbook:
    """An opened workbook, from which sheets are read one at a time."""

    def __init__(self, content: bytes, name: str, path: Path) -> None:
        """Open a workbook.

        Args:
            content: The bytes of the file.
            name: The file's name, for messages.
            path: Where the file lies, for what is only told of a file on the disk.

        Raises:
            Unreadable: It is protected with a password, broken, or too large.
        """
        self._name = name
        self._content = content
        self._old: dict[str, OldSheet] = {}
        self._book: CalamineWorkbook | None = None
        _look_before_opening(content, name)
        if content.startswith(OLE_MARK):
            from senreg.exchange.old_workbook import read_apart

            self._old = {each.name: each for each in read_apart(content, name, path)}
        else:
            self._book = _opened(content, name)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets with cells, those that are shown before those hidden.

        Sheets on which senreg itself explains a workbook of its own are left out.
        """
        kept = self._kept()
        shown = [name for name, visible in kept if visible]
        names = shown + [name for name, _ in kept if name not in shown]
        own = {HOW_TO_READ, HOW_TO_FILL} & {*names}
        if HOW_TO_FILL in own:
            own.add(LISTS)
        return [each for each in names if each not in own] or names

    def _kept(self) -> list[tuple[str, bool]]:
        """The sheets with cells in the order of the workbook, and whether each is visible."""
        if self._book is None:
            return [(each.name, each.shown) for each in self._old.values()]
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        kept = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        return [(each.name, each.visible == SheetVisibleEnum.Visible) for each in kept]

    def grid(self, sheet: str) -> Grid:
        """The rows of a sheet. Raises WrongUsage where there is none of that name."""
        alike = [each for each in self.sheets if folded(each.strip()) == folded(sheet.strip())]
        if sheet not in self.sheets and len(alike) == 1:
            sheet = alike[0]
        if sheet not in self.sheets:
            raise WrongUsage(
                f"{self._name} has no sheet called {sheet}.",
                do="Its sheets are: " + ", ".join(self.sheets) + ".",
            )
        raw = self._old_rows(sheet) if self._book is None else self._rows(self._book, sheet)
        same: dict[str, str] = {}
        rows = (tidy_row(number, cells, same) for number, cells in enumerate(raw, 1))
        grid = Grid([row for row in rows if row is not None], sheet)
        if self._book is not None:
            mark_uncalculated(grid, uncalculated(self._content, sheet))
        return grid

    def _old_rows(self, sheet: str) -> list[Any]:
        from senreg.exchange.old_workbook import check_extent

        check_extent(self._old[sheet], self._name)
        return self._old[sheet].rows

    def _rows(self, book: CalamineWorkbook, sheet: str) -> list[Any]:
        from python_calamine import CalamineError

        try:
            found = book.get_sheet_by_name(sheet)
            refuse_vast(found.total_height, found.total_width, self._name)
            return found.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError):
            raise broken(self._name) from None
        except BaseException as failure:
            raise _panic(failure, self._name) from None


def _look_before_opening(content: bytes, name: str) -> None:
    if content.startswith(OLE_MARK):
        if _SEALED_STREAM in content:
            raise locked(name)
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as zipped:
            check_zipped(zipped, name)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise broken(name) from None


def _opened(content: bytes, name: str) -> CalamineWorkbook:
    from python_calamine import CalamineError, load_workbook

    try:
        return load_workbook(BytesIO(content))
    except (CalamineError, OSError, ValueError):
        raise broken(name) from None
    except BaseException as failure:
        raise _panic(failure, name) from None


def _panic(failure: BaseException, name: str) -> BaseException:
    """What to raise for a failure that the reader did not foresee, of a kind of its own."""
    return broken(name) if type(failure).__name__ == "PanicException" else failure
