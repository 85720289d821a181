"""Workbooks of Excel (.xlsx, .xls) and LibreOffice (.ods), to rows."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import WrongUsage
from senreg.exchange.grid import Grid, tidy_row
from senreg.exchange.own_sheets import HOW_TO_FILL, HOW_TO_READ, LISTS
from senreg.exchange.workbook_bounds import broken, check_zipped, locked, refuse_vast
from senreg.models.text import folded

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

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
        _look_before_opening(content, name)
        self._book = _opened(content, name, path)

    @property
    def sheets(self) -> list[str]:
        """The names of the sheets with cells, those that are shown before those hidden.

        Sheets on which senreg itself explains a workbook of its own are left out.
        """
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        kept = [each for each in self._book.sheets_metadata if each.typ == SheetTypeEnum.WorkSheet]
        shown = [each.name for each in kept if each.visible == SheetVisibleEnum.Visible]
        names = shown + [each.name for each in kept if each.name not in shown]
        own = {HOW_TO_READ, HOW_TO_FILL} & {*names}
        if HOW_TO_FILL in own:
            own.add(LISTS)
        return [each for each in names if each not in own] or names

    def grid(self, sheet: str) -> Grid:
        """The rows of a sheet. Raises WrongUsage where there is none of that name."""
        from python_calamine import CalamineError

        alike = [each for each in self.sheets if folded(each.strip()) == folded(sheet.strip())]
        if sheet not in self.sheets and len(alike) == 1:
            sheet = alike[0]
        if sheet not in self.sheets:
            raise WrongUsage(
                f"{self._name} has no sheet called {sheet}.",
                do="Its sheets are: " + ", ".join(self.sheets) + ".",
            )
        try:
            found = self._book.get_sheet_by_name(sheet)
            refuse_vast(found.total_height, found.total_width, self._name)
            raw: list[list[Any]] = found.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError):
            raise broken(self._name) from None
        except BaseException as failure:
            raise _panic(failure, self._name) from None
        rows = (tidy_row(number, cells) for number, cells in enumerate(raw, 1))
        return Grid([row for row in rows if row is not None], sheet)


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


def _opened(content: bytes, name: str, path: Path) -> CalamineWorkbook:
    from python_calamine import CalamineError, load_workbook

    try:
        return load_workbook(BytesIO(content))
    except (CalamineError, OSError, ValueError):
        raise (locked if _asks_for_password(path) else broken)(name) from None
    except BaseException as failure:
        raise _panic(failure, name) from None


def _asks_for_password(path: Path) -> bool:
    """Whether an old .xls is locked, which the reader tells only of a file it opens itself."""
    from python_calamine import CalamineError, PasswordError, load_workbook

    try:
        load_workbook(str(path)).close()
    except PasswordError:
        return True
    except (CalamineError, OSError, ValueError):
        return False
    return False


def _panic(failure: BaseException, name: str) -> BaseException:
    """What to raise for a failure that the reader did not foresee, of a kind of its own."""
    return broken(name) if type(failure).__name__ == "PanicException" else failure
