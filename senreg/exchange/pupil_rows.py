"""What each row of a list of pupils says, before it is compared with the register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import cast

from senreg.exchange.belongings import Belonging
from senreg.exchange.grid import Cell, Grid, GridRow, misfit_words
from senreg.exchange.headings import NOTE, SKIP, Column, Header, heading_text, squeezed
from senreg.exchange.pupil_cells import (
    LONGEST_LINE,
    BadCell,
    CellReader,
    NotUnderstood,
    cell_text,
    read_needs,
    says_nothing,
)
from senreg.exchange.pupil_columns import (
    ID,
    NAME,
    NEEDS,
    PLAN,
    STATUS,
    STATUS_START,
    pupil_targets,
)
from senreg.exchange.uncalculated import uncalculated_in
from senreg.exchange.whole_names import split_name
from senreg.models.entry import NO, YES
from senreg.models.text import folded

LONGEST_NOTE = 90_000
"""Characters of the cells of one row that are kept as a note."""


@dataclass(slots=True)
class PupilRow:
    """A row of the file, read.

    Args:
        number: Its row number in the file.
        values: Fields of the pupil that it gives, as they are stored; blank cells give none.
        whole_name: The name where it stands in one cell; else empty.
        record_id: What stands in a column of ids.
        status: The code of SEN status, or None.
        status_start: The ISO day it began, or None.
        needs: Codes by rank, 1 for the primary need.
        needs_since: By code, the ISO day since which a need is known, where the file says it.
        belongings: Records of other tables that the file has for the pupil.
        teacher: The key teacher as written: a name, initials or an id.
        kept: Headings and texts of cells to be kept as a note.
        told: Sentences about what was not understood.
        unread: By target, why its cell says nothing although something stands there.
        problem: Why the row is left out; empty where it can be taken.
    """

    number: int
    values: dict[str, object] = field(default_factory=dict)
    whole_name: str = ""
    record_id: str = ""
    status: str | None = None
    status_start: str | None = None
    needs: dict[int, str] = field(default_factory=dict)
    needs_since: dict[str, str] = field(default_factory=dict)
    belongings: tuple[Belonging, ...] = ()
    teacher: str = ""
    kept: list[tuple[str, str]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    def text(self, name: str) -> str:
        """A value of the row as text, empty where it has none."""
        value = self.values.get(name)
        return str(value) if value is not None else ""

    @property
    def shown_name(self) -> str:
        """The name as the file has it, for pointing the row out."""
        surname, forename = self.text("surname"), self.text("forename")
        return f"{surname}, {forename}" if surname and forename else self.whole_name or surname


class RowReader:
    """Reads the rows of a sheet by its header, one after another."""

    def __init__(self, grid: Grid, header: Header, today: date) -> None:
        self._grid = grid
        self._header = header
        self._today = today
        self._headings = [squeezed(column.heading) for column in header.columns]
        self._notes = [column for column in header.columns if column.target == NOTE]
        self._asked = [column for column in header.columns if column.target != SKIP]
        targets = pupil_targets()
        self._taken: list[tuple[str, list[tuple[Column, Callable[[Cell], object]]]]] = []
        for name in targets:
            columns = header.of(name)
            if columns:
                self._taken.append((name, [(each, self._reader(name, each)) for each in columns]))

    def __iter__(self) -> Iterator[PupilRow]:
        for row in self._grid.rows[self._header.place + 1 :]:
            if not self._is_header_again(row):
                yield self._read(row)

    def __len__(self) -> int:
        """How many rows there are to read, at most."""
        return max(len(self._grid.rows) - self._header.place - 1, 0)

    def _is_header_again(self, row: GridRow) -> bool:
        """Reports printed over several pages repeat their headings."""
        cells = row.cells
        if not cells or not isinstance(cells[0], str) or len(cells) < len(self._headings):
            return False
        if squeezed(cells[0][:200]) != self._headings[0]:
            return False
        return [squeezed(heading_text(cell)) for cell in cells][: len(self._headings)] == (
            self._headings
        )

    def _read(self, row: GridRow) -> PupilRow:
        read = PupilRow(row.number)
        read.problem = row.problem or self._misshapen(row)
        for column, told in uncalculated_in(row, self._asked):
            read.told.append(told)
            read.unread.setdefault(column.target, told)
        for name, columns in self._taken:
            self._read_target(read, row, name, columns)
        for column in self._notes:
            text = self._text(row, column)
            if text:
                read.kept.append((column.label, text))
        _take_belongings(read, self._grid.belongings.get(row.number, ()), self._today.isoformat())
        _name_apart(read)
        _preferred_apart(read)
        if not read.problem and sum(len(text) for _, text in read.kept) > LONGEST_NOTE:
            read.problem = (
                f"What would be kept as a note is longer than {LONGEST_NOTE:,} characters."
            )
        return read

    def _misshapen(self, row: GridRow) -> str:
        if not self._grid.ragged:
            return ""
        has, wants = len(row.cells), self._header.width
        if has < wants:
            return misfit_words(has, wants)
        extra = row.cells[len(self._header.columns) :]
        if any(cell != "" for cell in extra):
            return misfit_words(has, wants)
        return ""

    def _read_target(
        self,
        read: PupilRow,
        row: GridRow,
        name: str,
        columns: list[tuple[Column, Callable[[Cell], object]]],
    ) -> None:
        """Take the first column that says something; what others say differently is kept."""
        found: object = None
        for column, reader in columns:
            cell = row.cells[column.index] if column.index < len(row.cells) else ""
            if cell == "":
                continue
            try:
                value = reader(cell)
            except BadCell as bad:
                read.problem = read.problem or str(bad)
                continue
            except NotUnderstood as words:
                read.told.append(f"{words} It is kept as a note.")
                read.unread.setdefault(name, str(words))
                read.kept.append((column.label, cell_text(cell)))
                continue
            if value is None:
                continue
            if found is None:
                found = value
            elif value != found:
                read.kept.append((column.label, cell_text(cell)))
        if found is not None:
            _put(read, name, found)

    def _text(self, row: GridRow, column: Column) -> str:
        if column.index >= len(row.cells):
            return ""
        text = cell_text(row.cells[column.index])
        return "" if says_nothing(text) else text

    def _reader(self, name: str, column: Column) -> Callable[[Cell], object]:
        target = pupil_targets()[name]
        if target.field is None or target.field.kind == "record":
            return _flag_reader(column) if name == PLAN else _line_reader(target.title)
        reader = CellReader(target.field, target.title, self._today)
        if name in NEEDS:
            return lambda cell: _needs(cell, reader)
        if name == STATUS and squeezed(column.heading) in ("sensupport", "sensupportyn"):
            return lambda cell: _support(cell, reader)
        return reader.read


def _put(read: PupilRow, name: str, value: object) -> None:
    if name == NAME:
        read.whole_name = str(value)
    elif name == ID:
        read.record_id = str(value)
    elif name == "key_teacher":
        read.teacher = str(value)
    elif name == STATUS:
        read.status = str(value)
    elif name == PLAN:
        read.status = "E" if value else read.status
    elif name == STATUS_START:
        read.status_start = str(value)
    elif name in NEEDS:
        rank = NEEDS.index(name) + 1
        for code in cast("list[str]", value):
            while rank in read.needs:
                rank += 1
            if code not in read.needs.values():
                read.needs[rank] = code
    else:
        read.values[name] = value


def _take_belongings(read: PupilRow, belongings: Sequence[Belonging], today: str) -> None:
    """Needs that hold today take their rank; everything else stays as the file has it."""
    rest = []
    for each in belongings:
        if each.table != "needs" or (each.values.get("end") or today) < today:
            rest.append(each)
            continue
        code, rank = each.values["code"], each.values.get("rank") or 1
        while rank in read.needs:
            rank += 1
        if code not in read.needs.values():
            read.needs[rank] = code
            if each.values.get("start"):
                read.needs_since[code] = each.values["start"]
    read.belongings = tuple(rest)


def _line_reader(title: str) -> Callable[[Cell], object]:
    def read(cell: Cell) -> str | None:
        text = " ".join(cell_text(cell).split())
        if says_nothing(text):
            return None
        if len(text) > LONGEST_LINE:
            raise BadCell(f"{title} is longer than {LONGEST_LINE} characters.")
        return text

    return read


def _flag_reader(column: Column) -> Callable[[Cell], object]:
    """Reads whether there is an EHC plan: only yes or no, for a date or a name is neither."""

    def read(cell: Cell) -> bool | None:
        word = folded(cell_text(cell))
        if word in YES or word in ("e", "ehcp"):
            return True
        if word in NO or says_nothing(word):
            return None
        raise NotUnderstood(f"{column.label}: that is neither yes nor no.")

    return read


def _support(cell: Cell, reader: CellReader) -> object:
    """A column headed "SEN support": yes is code K; no leaves open whether there is a plan."""
    word = folded(cell_text(cell))
    if word in YES:
        return "K"
    return None if word in NO else reader.read(cell)


def _needs(cell: Cell, reader: CellReader) -> list[str] | None:
    text = cell_text(cell)
    return None if says_nothing(text) else read_needs(text, reader.read) or None


def _name_apart(read: PupilRow) -> None:
    """Fill surname and forename from a whole name where they have no cells of their own."""
    if not read.whole_name or ("surname" in read.values and "forename" in read.values):
        return
    parts = split_name(read.whole_name)
    if parts:
        read.values.setdefault("surname", parts[0])
        read.values.setdefault("forename", parts[1])


def _preferred_apart(read: PupilRow) -> None:
    """Take the surname off a preferred name, and drop one that is no other than the forename."""
    preferred = read.text("preferred_name")
    if not preferred:
        return
    surname = read.text("surname")
    before, comma, after = preferred.partition(",")
    if comma and folded(before.strip()) == folded(surname):
        preferred = after.strip()
    elif surname and folded(preferred).endswith(" " + folded(surname)):
        preferred = preferred[: -len(surname)].strip()
    if preferred and folded(preferred) != folded(read.text("forename")):
        read.values["preferred_name"] = preferred
    else:
        del read.values["preferred_name"]
