"""Tables of a register as spreadsheets: CSV for any program, XLSX for people.

Archived records stay behind. A spreadsheet is the school's own copy and in the clear: it holds
what is confidential too, unless it is asked to leave that behind: the fields that their model
calls confidential, and the records that their writer marked so.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from senreg.clock import today as todays_date
from senreg.exchange.columns import Column, Value, columns_of
from senreg.exchange.formulas import guarded
from senreg.exchange.reading_sheet import OF_TABLES, AboutWorkbook
from senreg.exchange.written import write_out
from senreg.models.describe import Field
from senreg.models.tables import EMPLOYMENT, TABLES, fields_of, is_employment, model_of
from senreg.rules.nouns import counted
from senreg.rules.out_of_date import delete_after
from senreg.rules.reading import Reading, Row

PROGRAMS_OWN = frozenset({"saved_views", "column_mappings"})
"""Tables about senreg and not about the school: written only where they are asked for."""

_CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote.

    Args:
        path: The file.
        rows: The records in it, by table.
        left_out: The number of records left out because they are marked confidential.
        fields_left_out: The titles of the fields left out because they are confidential.
        delete_after: The day after which it is out of date and should be deleted.
        employment: The number of performance objectives left out, as nobody named their table.
    """

    path: Path
    rows: dict[str, int]
    left_out: int
    fields_left_out: tuple[str, ...] = ()
    delete_after: date | None = None
    employment: int = 0

    @property
    def staying(self) -> str:
        """What was left out as records of employment, in words; empty where nothing was."""
        what = counted("objectives", self.employment)
        return f"{what} of performance management" if self.employment else ""

    @property
    def lacking(self) -> str:
        """What was left out as confidential, in words; empty where nothing was."""
        parts = []
        if self.fields_left_out:
            parts.append(", ".join(self.fields_left_out))
        if self.left_out:
            parts.append(f"{self.left_out:,} {'record' if self.left_out == 1 else 'records'}")
        return " and ".join(parts)


def spreadsheet_tables() -> list[str]:
    """The tables of a whole workbook in the order of their sheets, the children first.

    Records of employment are in none unless their table is named. What only the program
    writes, such as the figures of a year, is in none.
    """
    left = PROGRAMS_OWN | EMPLOYMENT | {"pupils"}
    return ["pupils", *(each for each in TABLES if each not in left and is_filled_in(each))]


def is_filled_in(table: str) -> bool:
    """Whether people fill a table in, so that its records go into spreadsheets and back."""
    return any(not field.about.unasked for field in fields_of(table))


def importable_tables() -> list[str]:
    """The tables that a file may bring in, those of employment last."""
    return [*spreadsheet_tables(), *sorted(EMPLOYMENT)]


def handed_out(register: Reading, table: str, *, confidential: bool = True) -> list[Row]:
    """The live records of a table, with or without those marked confidential."""
    rows = register.all(table)
    return [row for row in rows if confidential or row.get("confidential") is not True]


def export_csv(
    register: Reading,
    table: str,
    path: Path,
    *,
    confidential: bool = True,
    today: date | None = None,
) -> Exported:
    """One table as a CSV file: UTF-8 with a byte order mark, commas, a heading line.

    Dates are ISO, yes-or-no is Yes or No, numbers are plain, and text that a spreadsheet would
    take for a formula is led by an apostrophe.

    Args:
        register: The register to read.
        table: The table.
        path: Where the file goes.
        confidential: Whether what is confidential goes with it.
        today: The day it is made; without it, today.

    Raises:
        WrongUsage: There is no such table.
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    model_of(table)
    rows = handed_out(register, table, confidential=confidential)
    columns = columns_of(register, table, confidential=confidential)
    write_out(path, csv_file(register, rows, columns))
    return _exported(register, path, {table: rows}, confidential, today or todays_date())


def csv_file(register: Reading, rows: Iterable[Row], columns: Sequence[Column]) -> Iterator[bytes]:
    """The bytes of a CSV file in pieces, a byte order mark first; the arguments of `table_csv`."""
    return _encoded(table_csv(register, rows, columns))


def table_csv(
    register: Reading, rows: Iterable[Row], columns: Sequence[Column] | Sequence[Field]
) -> Iterator[str]:
    """The lines of a CSV file for some records of a table, the heading line first.

    Args:
        register: Finds the records that ids refer to.
        rows: The records, in the order they shall have.
        columns: Columns of `columns_of`, or the fields to make them from, at least one.
    """
    whole = _as_columns(register, columns)
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([guarded(column.heading) for column in whole])
    yield lines.taken()
    for row in rows:
        writer.writerow([_cell(column.value(row)) for column in whole])
        yield lines.taken()


def export_xlsx(
    register: Reading,
    path: Path,
    tables: Sequence[str] | None = None,
    *,
    confidential: bool = True,
    watch: Callable[[int, int], object] | None = None,
    today: date | None = None,
) -> Exported:
    """A workbook with a sheet a table, and one that says how to read it.

    Args:
        register: The register to read.
        path: Where the workbook goes.
        tables: The tables in the order of their sheets; `spreadsheet_tables` unless given.
        confidential: Whether what is confidential goes with it.
        watch: Told the records done and all records before each sheet; what it raises stops the
            work, and then nothing is written.
        today: The day it is made; without it, today.

    Raises:
        WrongUsage: There is no table of such a name.
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    from senreg.exchange.workbook import workbook

    names = list(dict.fromkeys(spreadsheet_tables() if tables is None else tables))
    for table in names:
        model_of(table)
    rows = {table: handed_out(register, table, confidential=confidential) for table in names}
    found = sum(map(len, rows.values()))
    if tables is None:
        rows = {
            table: [row for row in own if not is_employment(table, row)]
            for table, own in rows.items()
        }
    staying = found - sum(map(len, rows.values()))

    def sheets() -> Iterator[tuple[str, Sequence[Column], Sequence[Row]]]:
        done, total = 0, sum(map(len, rows.values()))
        for table in names:
            if watch is not None:
                watch(done, total)
            yield table, columns_of(register, table, confidential=confidential), rows[table]
            done += len(rows[table])

    day = today or todays_date()
    exported = _exported(register, path, rows, confidential, day, staying)
    about = _about(register, exported, day)
    write_out(path, [workbook(sheets(), about)])
    return exported


def _about(register: Reading, exported: Exported, day: date) -> AboutWorkbook:
    school = next(iter(register.all("school")), {}).get("name") or "this school"
    archived = "Records that were put away."
    left = f"Left out as confidential: {exported.lacking}. {archived}"
    return AboutWorkbook(
        f"From the register of special educational needs of {school}",
        day,
        exported.delete_after or day,
        left if exported.lacking else archived,
        OF_TABLES,
    )


class _Lines:
    """What the csv module writes to: hands over each line as it is finished."""

    def __init__(self) -> None:
        self._written: list[str] = []

    def write(self, text: str) -> int:
        self._written.append(text)
        return len(text)

    def taken(self) -> str:
        line = "".join(self._written)
        self._written.clear()
        return line


def _as_columns(register: Reading, columns: Sequence[Column] | Sequence[Field]) -> Sequence[Column]:
    fields = [each for each in columns if isinstance(each, Field)]
    if fields:
        return columns_of(register, fields[0].table, fields)
    return [each for each in columns if isinstance(each, Column)]


def _cell(value: Value) -> str:
    if isinstance(value, str):
        return guarded(value)
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _encoded(lines: Iterable[str]) -> Iterator[bytes]:
    """The lines in pieces worth a call to the disk, a byte order mark before the first."""
    waiting = bytearray(b"\xef\xbb\xbf")
    for line in lines:
        waiting += line.encode("utf-8")
        if len(waiting) >= _CHUNK:
            yield bytes(waiting)
            waiting.clear()
    yield bytes(waiting)


def _exported(
    register: Reading,
    path: Path,
    rows: dict[str, list[Row]],
    confidential: bool,
    day: date,
    staying: int = 0,
) -> Exported:
    counts = {table: len(found) for table, found in rows.items()}
    left_out = sum(len(register.all(table)) - count for table, count in counts.items()) - staying
    lacking = [
        field.title
        for table in ([] if confidential else rows)
        for field in fields_of(table)
        if field.about.confidential and any(row.get(field.name) for row in rows[table])
    ]
    until = delete_after(register, day)
    return Exported(path, counts, left_out, tuple(dict.fromkeys(lacking)), until, staying)
