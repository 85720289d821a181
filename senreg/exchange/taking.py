"""A sheet taken for the rows of a table: which table it is of, and what its columns are.

What the command line, the guided screen and a whole folder do with a file before its rows are
compared with the register::

    file = read_table_file(path)
    table = table_meant(file, register)          # or the one a person names
    taken = take_sheet(file, register, table)    # its sheet, headings and columns
    taken.place("start", "From")                 # what a person corrects
    plan = taken.plan(register)                  # ImportPlan or RecordsPlan
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from senreg.errors import Unreadable, WrongUsage
from senreg.exchange import pupil_columns, record_columns
from senreg.exchange.column_memory import (
    every_remembered,
    place_as_before,
    recall,
    tables_remembered,
)
from senreg.exchange.grid import Grid
from senreg.exchange.headings import NOTE, SKIP, Header, squeezed
from senreg.exchange.tabular import TableFile
from senreg.models.tables import TABLES, fields_of
from senreg.rules.reading import Reading

if TYPE_CHECKING:
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

PUPILS = "pupils"

_CLEARLY = 2
"""Columns by which another table must know a sheet better than a list of pupils does."""

_NUMBERED = re.compile(r"[\d\W_]+$")


@dataclass(frozen=True, slots=True)
class Kind:
    """What is done with the columns of one table's sheets; pupils have ways of their own.

    Args:
        table: The table.
        titles: What a column may be taken for, in words; `SKIP` is always another.
        keeps_notes: Whether a column may be kept as a dated note.
        suffices: Whether columns for these targets are enough to bring rows in.
        named: The target a person names. Raises WrongUsage.
        read_header: The header of a sheet, given the headings a person placed and the fields
            that hold for every row.
        by_hand: The header in a row that a person shows, 0 first.
        put: Takes a column for a target. Raises WrongUsage.
        sheet_of: The sheet most like it, given the same. Raises Unreadable.
        refusal: What is said of a file without such rows.
    """

    table: str
    titles: Mapping[str, str]
    keeps_notes: bool
    suffices: Callable[[set[str]], bool]
    named: Callable[[str], str]
    read_header: Callable[[Grid, Mapping[str, str], Collection[str]], Header | None]
    by_hand: Callable[[Grid, int], Header]
    put: Callable[[Header, str, str], None]
    sheet_of: Callable[[TableFile, Mapping[str, str], Collection[str]], str]
    refusal: Callable[[str], Unreadable]

    @property
    def targets(self) -> set[str]:
        """Everything a column may be taken for, passing it over included."""
        return {*self.titles, SKIP, *([NOTE] if self.keeps_notes else [])}


@dataclass(slots=True)
class Taken:
    """One sheet with its columns placed, which a person may correct before it is compared.

    Args:
        file: The file.
        sheet: The sheet's name; empty for plain text.
        kind: The table its rows go to.
        grid: Its rows.
        header: Its headings.
        known: Its columns are placed as they were for such a file before.
        meant: The table the program would have taken it for.
        every: By field, what holds for every row that has no word of its own for it, as text.
        told: Sentences about how it is taken, for the preview.
    """

    file: TableFile
    sheet: str
    kind: Kind
    grid: Grid
    header: Header
    known: bool = False
    meant: str = ""
    every: dict[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """The table its rows go to."""
        return self.kind.table

    @property
    def title(self) -> str:
        """The file, and the sheet where there are several."""
        return f"{self.file.name}, sheet {self.sheet}" if self.sheet else self.file.name

    @property
    def suffices(self) -> bool:
        """Whether the columns as they are placed are enough to bring rows in."""
        return self.kind.suffices(self.header.targets | set(self.every))

    @property
    def wanting(self) -> str:
        """What such rows need and have no column for, in words; empty where nothing is wanting."""
        needed = [each for each in fields_of(self.table) if each.required]
        known = self.header.targets | set(self.every)
        wanting = [
            each
            for each in needed
            if not self.kind.suffices({other.name for other in needed if other != each} | known)
        ]
        told = {*record_columns.OF_SESSION} - known
        if len(told) == 1:
            other = record_columns.session_field(*told)
            wanting = [other if each.name == "session" else each for each in wanting]
        return " and ".join(each.title for each in wanting)

    def place(self, target: str, words: str) -> None:
        """Take a column for what a person says: by its heading, or "column D".

        Raises:
            WrongUsage: There is no such target or column.
        """
        self.kind.put(self.header, self.kind.named(target), words)

    def plan(self, register: Register | Unmade, **options: Any) -> ImportPlan | RecordsPlan:
        """The preview of bringing it in.

        Args:
            register: Where the rows go; `Unmade` takes pupils only.
            options: Those of `ImportPlan` and `RecordsPlan`; `whole_roll` is for pupils.

        Raises:
            Unreadable: There are no rows below the headings, or far too many.
            WrongUsage: A value for every row is none.
            ImportCancelled: It was stopped.
        """
        name = self.file.name
        if self.table == PUPILS:
            from senreg.exchange.pupils_import import ImportPlan

            pupils = ImportPlan(register, self.grid, self.header, name, **options)
            pupils.file_remarks = (*self.told, *pupils.file_remarks)
            return pupils
        from senreg.exchange.records_import import RecordsPlan
        from senreg.register import Register

        if not isinstance(register, Register):
            raise WrongUsage("A register begins with its pupils.", do="Choose a list of pupils.")
        options.pop("whole_roll", None)
        columns = record_columns.columns_of_table(self.table)
        plan = RecordsPlan(
            register, self.grid, self.header, columns, name, every=self.every, **options
        )
        misjudged = bool(self.meant) and self.meant != self.table
        plan.keep_mapping = misjudged and len(self.file.sheets) == 1
        plan.file_remarks = (*self.told, *plan.file_remarks)
        return plan


@cache
def kind_of_table(table: str) -> Kind:
    """How the sheets of a table are read. Raises WrongUsage where there is no such table."""
    if table == PUPILS:
        return Kind(
            PUPILS,
            {each.name: each.title for each in pupil_columns.pupil_targets().values()},
            keeps_notes=True,
            suffices=pupil_columns.suffice,
            named=pupil_columns.target_named,
            read_header=lambda grid, chosen, _: pupil_columns.read_header(grid, chosen),
            by_hand=pupil_columns.header_by_hand,
            put=pupil_columns.place_column,
            sheet_of=lambda file, chosen, _: pupil_columns.sheet_of_pupils(file, chosen),
            refusal=pupil_columns.no_pupils,
        )
    columns = record_columns.columns_of_table(table)
    return Kind(
        table,
        columns.titles,
        keeps_notes=False,
        suffices=columns.suffices,
        named=columns.target_named,
        read_header=lambda grid, chosen, given: record_columns.read_record_header(
            grid, columns, chosen, given
        ),
        by_hand=lambda grid, place: record_columns.record_header_by_hand(grid, place, columns),
        put=record_columns.place_record_column,
        sheet_of=lambda file, chosen, given: record_columns.sheet_of_records(
            file, columns, chosen, given
        ),
        refusal=lambda name: record_columns.no_records(name, columns),
    )


def take_sheet(
    file: TableFile,
    register: Reading,
    table: str,
    *,
    sheet: str | None = None,
    place: int | None = None,
    chosen: Mapping[str, str] | None = None,
    every: Mapping[str, str] | None = None,
) -> Taken:
    """A sheet of a file with its columns placed: as before, as recognised, as a person says.

    Args:
        file: The file, looked at.
        register: Holds how such files were placed before.
        table: Where its rows go.
        sheet: The sheet's name; the one most like it unless given.
        place: The row of headings, 0 first, where a person shows it.
        chosen: Headings placed by a person: heading to target as it is named.
        every: By field as it is named, what holds for every row.

    Raises:
        WrongUsage: There is no such table, sheet, target or column.
        Unreadable: No row of headings names the columns that such rows need.
    """
    kind = kind_of_table(table)
    by_heading = {heading: kind.named(target) for heading, target in (chosen or {}).items()}
    if every and table == PUPILS:
        raise WrongUsage(
            "What holds for every row cannot be said of a list of pupils.",
            do="Say which table its rows are of, or put it in a column of the file.",
        )
    for_all = {kind.named(name): value for name, value in (every or {}).items()}
    if sheet is None:
        found = [each for each in file.sheets if _place_as_before(file, each, register, table)]
        sheet = found[0] if found else kind.sheet_of(file, by_heading, for_all)
    grid = file.grid(sheet)
    if place is None:
        place = place_as_before(register, grid, table)
    by_hand = kind.by_hand(grid, place) if place is not None else None
    header = by_hand or kind.read_header(grid, by_heading, for_all)
    if header is None:
        raise kind.refusal(f"{file.name}, sheet {sheet}" if sheet else file.name)
    known = recall(register, header, table, kind.targets)
    if known:
        before = every_remembered(register, header, table)
        for_all = {name: before[name] for name in before if name in kind.titles} | for_all
    for heading, target in by_heading.items():
        kind.put(header, target, heading)
    return Taken(file, sheet, kind, grid, header, known, every=for_all)


def table_meant(file: TableFile, register: Reading, sheet: str | None = None) -> str:
    """The table that a file seems to be of; "pupils" where nothing tells otherwise.

    What was brought in before from such a file says most, where it has one sheet; then the name
    of a sheet, or of a text file; then headings that another table knows clearly better than a
    list of pupils does.

    Args:
        file: The file.
        register: Holds how such files were placed before.
        sheet: The one sheet that is meant, where a person says which.
    """
    sheets = [each for each in file.sheets if sheet is None or each == sheet]
    if len(sheets) == 1:
        for table in tables_remembered(register):
            if table in TABLES and _place_as_before(file, sheets[0], register, table):
                return table
    named = {each: table for each, table in tables_named(file).items() if each in sheets}
    if sheet in named:
        return named[sheet]
    if PUPILS in named.values():
        return PUPILS
    for called, table in named.items():
        if kind_of_table(table).read_header(file.grid(called), {}, ()) is not None:
            return table
    return _best_known(file, sheets)


def _place_as_before(file: TableFile, sheet: str, register: Reading, table: str) -> bool:
    if not register.all("column_mappings"):
        return False
    return place_as_before(register, file.grid(sheet), table) is not None


def tables_named(file: TableFile) -> dict[str, str]:
    """The sheets that are called like a table, each with the table."""
    tables = {squeezed(table): table for table in TABLES}
    found = {}
    for sheet in file.sheets:
        called = sheet or _NUMBERED.sub("", file.name.rpartition(".")[0])
        table = tables.get(squeezed(called))
        if table is not None:
            found[sheet] = table
    return found


def _best_known(file: TableFile, sheets: Sequence[str]) -> str:
    best, table = 0, PUPILS
    for sheet in sheets:
        grid = file.grid(sheet)
        header = pupil_columns.read_header(grid)
        if header is None:
            continue
        headed = [each for each in header.columns if each.heading]
        known = sum(each.how == "recognised" for each in headed)
        if 2 * known >= len(headed):
            return PUPILS
    for sheet in sheets:
        for each in TABLES:
            if each == PUPILS:
                continue
            header = kind_of_table(each).read_header(file.grid(sheet), {}, ())
            score = len(header.targets) if header is not None else 0
            if score > best:
                best, table = score, each
    pupils = max((len(_pupils_known(file, sheet)) for sheet in sheets), default=0)
    return table if best >= pupils + _CLEARLY else PUPILS


def _pupils_known(file: TableFile, sheet: str) -> set[str]:
    header = pupil_columns.read_header(file.grid(sheet))
    return header.targets if header is not None else set()
