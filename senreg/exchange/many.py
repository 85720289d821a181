"""Several files, or all sheets of a workbook, brought in one after another.

Each sheet is one commit, so that stopping between two leaves whole what was done, and one undo
takes one sheet back. What is no table is named and passed over. They go in an order in which
what is referred to comes first: staff, pupils, groups, then what is about them::

    found = look_into(folder, register)       # what there is, and what is passed over
    for part in found.parts:                  # its table and its rows; a person may leave it out
        part.wanted = False
    brought = bring_in(found, register)       # each in its turn
    brought.words                             # what was done, and what was not
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from senreg.errors import SenregError, Unreadable
from senreg.exchange.arrivals import Arrivals
from senreg.exchange.import_parts import Applied, ImportCancelled
from senreg.exchange.record_columns import columns_of_table, wanting_in
from senreg.exchange.tabular import TableFile, read_table_file
from senreg.exchange.taking import PUPILS, Taken, table_meant, tables_named, take_sheet
from senreg.models.tables import TABLES
from senreg.models.text import clean_line
from senreg.places import is_register
from senreg.rules.nouns import counted

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan
    from senreg.register import Register

    Plan = ImportPlan | RecordsPlan

State = Literal["waiting", "done", "refused", "stopped", "left"]

MOST_FILES = 500
"""Files of one folder that are looked at."""

_FIRST = ("school", "terms", "staff", PUPILS)
_LAST = ("actions",)


@dataclass(slots=True)
class Part:
    """One sheet to be brought in.

    Args:
        path: The file.
        name: The file's name, as it may be shown.
        sheet: The sheet; empty for plain text.
        table: Where its rows go.
        rows: How many there are below the headings.
        wanted: Whether it is to be brought in.
        state: What became of it.
        refused: Why it could not be brought in.
        applied: What was written.
        plan: What was brought in, or would be; kept to be told.
    """

    path: Path
    name: str
    sheet: str
    table: str
    rows: int
    wanted: bool = True
    state: State = "waiting"
    refused: str = ""
    applied: Applied | None = None
    plan: Plan | None = None

    @property
    def title(self) -> str:
        """The file, and the sheet where it has several."""
        return f"{self.name}, sheet {self.sheet}" if self.sheet else self.name

    @property
    def left_out(self) -> int:
        """Rows that were, or would be, left out."""
        return sum(bool(row.problem) for row in self.plan.rows) if self.plan is not None else 0

    @property
    def typed(self) -> int:
        """Values that a person typed here and that it goes over."""
        rows = self.plan.rows if self.plan is not None else []
        return sum(
            change.typed and change.taken
            for row in rows
            if row.state == "changed"
            for change in row.changes
        )


@dataclass(slots=True)
class Passed:
    """A file, or a sheet, that is passed over.

    Args:
        file: The file's name, as it may be shown.
        why: A sentence.
        sheet: The sheet, where it is one of several.
    """

    file: str
    why: str
    sheet: str = ""

    @property
    def name(self) -> str:
        """The file, and the sheet where it is one of several."""
        return f"{self.file}, sheet {self.sheet}" if self.sheet else self.file


@dataclass(slots=True)
class Found:
    """What there is to bring in, in the order in which it goes, and what is passed over."""

    parts: list[Part] = field(default_factory=list)
    passed: list[Passed] = field(default_factory=list)

    @property
    def done(self) -> list[Part]:
        """The parts that were brought in."""
        return [part for part in self.parts if part.state == "done"]

    @property
    def worth_a_look(self) -> bool:
        """Whether anything was passed over, refused, stopped, or left out."""
        return bool(self.passed) or any(
            part.state in ("refused", "stopped") or part.left_out for part in self.parts
        )

    @property
    def words(self) -> str:
        """What was done, and where it stopped, in a few sentences."""
        done, stopped = self.done, [each for each in self.parts if each.state == "stopped"]
        if not done and not stopped:
            return "Nothing was brought in."
        rows = sum(part.applied.counts.new + part.applied.counts.changed
                   for part in done if part.applied)  # fmt: skip
        sheets = "1 sheet" if len(done) == 1 else f"{len(done):,} sheets"
        told = f"Brought in: {sheets}, {rows:,} {'record' if rows == 1 else 'records'}."
        if stopped:
            names = ", ".join(part.title for part in stopped[:5])
            more = f" and {len(stopped) - 5:,} more" if len(stopped) > 5 else ""
            done_words = f"{told} It stays." if done else "Nothing was brought in."
            told = f"Stopped. {done_words} Not reached: {names}{more}."
        return told


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
    """What a workbook has to bring in: every sheet that is called like a table.

    Raises:
        Unreadable: It cannot be read, or no sheet is called so.
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
    """Bring the parts in, each in one commit; or only see what each would do by itself.

    Args:
        found: What there is; what becomes of each part is put into it.
        register: Where it goes.
        dry_run: Change nothing. A part that refers to what an earlier one brings does not find
            it then.
        today: The day of the import; without it, today.
        tell: Told the parts done, all parts, and the name of the next.
        cancelled: Asked before each part, and within one, whether to stop; a part that is
            stopped changes nothing, and those before it stay.
        each: Told each part once it is known what became of it.
    """
    arrivals, opened = Arrivals(), _Opened()
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
            _bring(part, opened.file(part.path), register, arrivals, today, stop, dry_run=dry_run)
        except ImportCancelled:
            part.state = "stopped"
        except SenregError as refused:
            part.state, part.refused = "refused", refused.happened
        else:
            part.refused = ""
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
    *,
    dry_run: bool,
) -> None:
    from senreg.exchange.typed_over import mark_typed_over

    taken = take_sheet(file, register, part.table, sheet=part.sheet)
    plan = part.plan = _plan(taken, register, arrivals, today, stop)
    mark_typed_over(plan, register)
    if not dry_run:
        part.applied = plan.apply(None, stop)
        arrivals.learn(taken.grid, taken.header, plan, part.applied)
        part.state = "done"


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
    if len(named) < 2:
        table = table_meant(file, register)
        taken = take_sheet(file, register, table)
        found.parts.append(_part(taken, path))
        return
    for sheet, table in named.items():
        try:
            taken = take_sheet(file, register, table, sheet=sheet)
        except Unreadable:
            if len(file.grid(sheet).rows) > 1:
                found.passed.append(Passed(file.name, _why_not(file, sheet, table), sheet))
            continue
        if _rows_below(taken):
            found.parts.append(_part(taken, path))
    for sheet in file.sheets:
        if sheet not in named and file.grid(sheet).rows:
            why = "It is not called like a table of the register."
            found.passed.append(Passed(file.name, why, sheet))


def _why_not(file: TableFile, sheet: str, table: str) -> str:
    wanting = wanting_in(file.grid(sheet), columns_of_table(table)) if table != PUPILS else ()
    if not wanting:
        return "Its headings name no such records."
    return (
        f"It has no column for {' and '.join(wanting)}: bring it in by itself, "
        "saying what holds for every row."
    )


def _part(taken: Taken, path: Path) -> Part:
    rows = _rows_below(taken)
    if not rows:
        raise taken.kind.refusal(taken.file.name)
    return Part(path, taken.file.name, taken.sheet, taken.table, rows)


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


def tables_in_words(parts: Iterable[Part]) -> str:
    """What there is, by table: '62 pupils, 3 targets'."""
    rows: dict[str, int] = {}
    for part in parts:
        rows[part.table] = rows.get(part.table, 0) + part.rows
    return ", ".join(counted(table, number) for table, number in rows.items())
