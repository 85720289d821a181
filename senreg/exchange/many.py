"""Several files, or all sheets of a workbook, brought in one after another.

Each sheet is one commit, so that stopping between two leaves whole what was done, and one undo
takes one sheet back. What is not clearly a table is named and passed over. They go in an order
in which what is referred to comes first: staff, pupils, groups, then what is about them::

    found = look_into(folder, register)       # what there is, and what is passed over
    for part in found.parts:                  # its table and its rows; a person may leave it out
        part.wanted = False
    brought = bring_in(found, register)       # each in its turn
    brought.words                             # what was done, and what was not
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.errors import SenregError, Unreadable
from senreg.exchange.arrivals import Arrivals
from senreg.exchange.import_parts import ImportCancelled
from senreg.exchange.many_found import Found, Part, Passed
from senreg.exchange.recognising import has_columns, is_clear, may_be, told_by_headings
from senreg.exchange.record_columns import columns_of_table, wanting_in
from senreg.exchange.tabular import TableFile, read_table_file
from senreg.exchange.taking import PUPILS, Taken, table_meant, tables_named, take_sheet
from senreg.models.tables import TABLES
from senreg.models.text import clean_line
from senreg.places import is_register
from senreg.rules.nouns import NOUNS

if TYPE_CHECKING:
    from senreg.exchange.import_parts import Applied
    from senreg.exchange.many_found import Plan
    from senreg.register import Register

MOST_FILES = 500
"""Files of one folder that are looked at."""

UNKNOWN = "It is not a table senreg knows."
"""Why a file is passed over that could be read and is of no table for certain."""

_NAMED = 4
"""Tables that are named where it is not clear which one it is."""

_FIRST = ("school", "terms", "staff", PUPILS)
_LAST = ("actions",)


Tell = Callable[[int, int, str], object]


def look_into(
    folder: Path,
    register: Register,
    *,
    tell: Tell | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Found:
    """What a folder has to bring in: its files, not those of folders in it.

    Args:
        folder: The folder.
        register: Holds how such files were placed before.
        tell: Told the files looked at, all files, and the name of the next.
        cancelled: Asked before each file whether to stop.

    Raises:
        Unreadable: There is no such folder, it has no files, or far too many, or it is a register.
        ImportCancelled: `cancelled` said so.
    """
    files = _files_of(folder)
    found = Found()
    for place, path in enumerate(files):
        name = clean_line(path.name)
        if cancelled is not None and cancelled():
            raise ImportCancelled("Looking at the files was stopped.")
        if tell is not None:
            tell(place, len(files), name)
        if path.is_dir():
            found.passed.append(Passed(name, "It is a folder."))
            continue
        try:
            _look_at(read_table_file(path), path, register, found)
        except SenregError as refused:
            found.passed.append(Passed(name, refused.happened))
    found.parts.sort(key=_turn)
    return found


def _files_of(folder: Path) -> list[Path]:
    if is_register(folder):
        raise Unreadable(
            "That folder is a register, not a folder of spreadsheets.",
            do="To bring its records in, export it as a workbook, or merge a bundle of it.",
        )
    try:
        files = sorted(each for each in folder.iterdir() if not _is_hidden(each))
    except OSError as refusal:
        raise Unreadable(
            f"The folder cannot be looked into: {refusal.strerror or 'the disk refused'}.",
            do="Choose another folder.",
        ) from None
    if not files:
        raise Unreadable("There are no files in that folder.", do="Choose another folder.")
    if len(files) > MOST_FILES:
        raise Unreadable(
            f"There are more than {MOST_FILES} files in that folder.",
            do="Put those that are wanted into a folder of their own.",
        )
    return files


def look_at_sheets(path: Path, register: Register) -> Found:
    """What a workbook has to bring in: every sheet called like a table, or clearly one.

    Raises:
        Unreadable: It cannot be read.
    """
    found = Found()
    _look_at(read_table_file(path), path, register, found)
    found.parts.sort(key=_turn)
    return found


def bring_in(
    found: Found,
    register: Register,
    *,
    dry_run: bool = False,
    today: date | None = None,
    tell: Tell | None = None,
    cancelled: Callable[[], bool] | None = None,
    each: Callable[[Part], object] | None = None,
) -> Found:
    """Bring the parts in, each in one commit; or only see what each would do in its turn.

    Args:
        found: What there is; what becomes of each part is put into it.
        register: Where it goes.
        dry_run: Change nothing: each part is brought into a trial of the register, in which
            those after it find what it brings.
        today: The day of the import; without it, today.
        tell: Told the parts done, all parts, and the name of the next.
        cancelled: Asked before each part, and within one, whether to stop; a part that is
            stopped changes nothing, and those before it stay.
        each: Told each part once it is known what became of it.
    """
    arrivals, opened = Arrivals(), _Opened()
    into = register.trial() if dry_run else register
    stop = cancelled or (lambda: False)
    wanted = [part for part in found.parts if part.wanted and part.state != "done"]
    for part in found.parts:
        if not part.wanted and part.state == "waiting":
            part.state = "left"
    for place, part in enumerate(wanted):
        if tell is not None:
            tell(place, len(wanted), part.title)
        if stop():
            part.state = "stopped"
            continue
        try:
            applied = _bring(part, opened.file(part.path), into, arrivals, today, stop)
        except ImportCancelled:
            part.state = "stopped"
        except SenregError as refused:
            part.state, part.refused = "refused", refused.happened
        else:
            part.refused = ""
            if not dry_run:
                part.state, part.applied = "done", applied
        if each is not None:
            each(part)
    return found


def _bring(
    part: Part,
    file: TableFile,
    register: Register,
    arrivals: Arrivals,
    today: date | None,
    stop: Callable[[], bool],
) -> Applied:
    from senreg.exchange.typed_over import mark_typed_over

    taken = take_sheet(file, register, part.table, sheet=part.sheet)
    plan = part.plan = _plan(taken, register, arrivals, today, stop)
    mark_typed_over(plan, register)
    applied = plan.apply(None, stop)
    arrivals.learn(taken.grid, taken.header, plan, applied)
    return applied


def _plan(
    taken: Taken,
    register: Register,
    arrivals: Arrivals,
    today: date | None,
    stop: Callable[[], bool],
) -> Plan:
    options: dict[str, Any] = {"today": today, "cancelled": stop}
    if taken.table != PUPILS:
        options["arrivals"] = arrivals
    return taken.plan(register, **options)


def _look_at(file: TableFile, path: Path, register: Register, found: Found) -> None:
    named = tables_named(file)
    sheets = [each for each in file.sheets if each in named or len(file.grid(each).rows) > 1]
    if len(sheets) < 2:
        _look_at_one(file, path, register, found)
        return
    for sheet in [*named, *(each for each in sheets if each not in named)]:
        _look_at_sheet(file, path, sheet, register, found)


def _look_at_sheet(
    file: TableFile, path: Path, sheet: str, register: Register, found: Found
) -> None:
    """One of several sheets: of the table it is called like, else of the one its headings know."""
    named = tables_named(file).get(sheet)
    try:
        taken = take_sheet(file, register, named or table_meant(file, register, sheet), sheet=sheet)
    except Unreadable:
        taken = None
    if taken is not None and not _rows_below(taken):
        return
    if taken is not None and (named or is_clear(taken)):
        found.parts.append(_part(taken, path))
    elif len(file.grid(sheet).rows) > 1:
        why = "Its headings name no such records."
        why = (_wanting(file, sheet, named) or why) if named else _unclear(file, sheet)
        found.passed.append(Passed(file.name, why, sheet, path))


def _unclear(file: TableFile, sheet: str) -> str:
    grid = file.grid(sheet)
    tables = may_be(grid) if has_columns(grid) else []
    if not tables:
        return UNKNOWN
    words = " or ".join(NOUNS[table][1] for table in tables[:_NAMED])
    return f"Its headings do not tell clearly what its rows are; perhaps {words}."


def _look_at_one(file: TableFile, path: Path, register: Register, found: Found) -> None:
    """A file that is one table, or that nobody knows for one."""
    table = table_meant(file, register)
    try:
        taken = take_sheet(file, register, table)
    except Unreadable:
        taken = None
    if taken is not None and not _rows_below(taken):
        raise taken.kind.refusal(file.name)
    if taken is not None and is_clear(taken):
        found.parts.append(_part(taken, path))
        return
    named = tables_named(file).items()
    wanting = (_wanting(file, sheet, called) for sheet, called in named)
    why = next(filter(None, wanting), UNKNOWN)
    has_rows = any(len(file.grid(sheet).rows) > 1 for sheet in file.sheets)
    found.passed.append(Passed(file.name, why, path=path if has_rows else None))


def _wanting(file: TableFile, sheet: str, table: str) -> str:
    """What a sheet lacks that is called like a table and is nearly one; empty for any other."""
    grid = file.grid(sheet)
    may_be = table != PUPILS and has_columns(grid)
    wanting = wanting_in(grid, columns_of_table(table)) if may_be else ()
    if not wanting:
        return ""
    return (
        f"It has no column for {' and '.join(wanting)}: bring it in by itself, "
        "saying what holds for every row."
    )


def _part(taken: Taken, path: Path) -> Part:
    guessed = bool(taken.sheet) and told_by_headings(taken)
    return Part(path, taken.file.name, taken.sheet, taken.table, _rows_below(taken), guessed)


def _rows_below(taken: Taken) -> int:
    return len(taken.grid.rows) - taken.header.place - 1


def _turn(part: Part) -> tuple[int, str]:
    order: Sequence[str] = (
        *_FIRST,
        *(each for each in TABLES if each not in (*_FIRST, *_LAST)),
        *_LAST,
    )
    return order.index(part.table), part.name.casefold()


def _is_hidden(path: Path) -> bool:
    """Files of the system, and those by which Office marks that one is open."""
    return path.name.startswith((".", "~$")) or path.name.lower() in ("thumbs.db", "desktop.ini")


class _Opened:
    """The file that was read last: the sheets of one workbook come one after another."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._file: TableFile | None = None

    def file(self, path: Path) -> TableFile:
        if self._file is None or self._path != path:
            self._path, self._file = path, read_table_file(path)
        return self._file
