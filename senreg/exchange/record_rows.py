"""What one row of a sheet says of a record: each field by its description, names as records."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from senreg.errors import WrongUsage
from senreg.exchange.cell_pieces import goes_on
from senreg.exchange.columns import NAME_MARK
from senreg.exchange.grid import Cell, GridRow, misfit_words
from senreg.exchange.headings import SKIP, Column, Header, squeezed
from senreg.exchange.pupil_cells import BadCell, CellReader, NotUnderstood, cell_text
from senreg.exchange.record_columns import (
    ID,
    OF_PUPIL,
    OF_SESSION,
    SESSION_GROUP,
    TableColumns,
    session_field,
)
from senreg.exchange.uncalculated import uncalculated_in
from senreg.models.describe import Field

if TYPE_CHECKING:
    from senreg.exchange.record_names import RecordNames

Read = Callable[[Sequence[Cell]], object]

_PART = re.compile(r"(?P<heading>.+) \((?P<number>[2-9]|[1-9]\d)\)")


@dataclass(slots=True)
class RecordRow:
    """What a row says.

    Args:
        number: Its number in the file.
        record: The id it names; empty for none.
        who: Texts that tell a pupil, by target.
        when: Texts that tell a session, by target.
        values: The value of each field it has a word for.
        misread: By field, the text of a cell that was not understood, and why.
        unread: By target, why a cell says nothing although something stands there.
        problem: Why it cannot be taken whatever it is of; else empty.
    """

    number: int
    record: str = ""
    who: dict[str, str] = field(default_factory=dict)
    when: dict[str, str] = field(default_factory=dict)
    values: dict[str, object] = field(default_factory=dict)
    misread: dict[str, tuple[str, str]] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    problem: str = ""


class RecordReader:
    """Reads the rows of one sheet.

    Args:
        header: Its headings, with the columns placed.
        columns: What the columns of the table may be.
        names: Finds the records that a row names.
        today: The day of the import.
        every: By field, the text that holds for each row without a word of its own for it.

    Raises:
        WrongUsage: A text that is to hold for every row cannot be meant.
    """

    def __init__(
        self,
        header: Header,
        columns: TableColumns,
        names: RecordNames,
        today: date,
        every: Mapping[str, str],
    ) -> None:
        self._header = header
        self._names = names
        self._columns = columns
        self._today = today
        self._readers = [
            (target, self._reading(column, target))
            for target in dict.fromkeys(column.target for column in header.columns)
            if target in (ID, *OF_PUPIL, *OF_SESSION) or target in columns.fields
            for column in header.of(target)
        ]
        self._asked = [column for column in header.columns if column.target != SKIP]
        self._every = self._for_all(every)

    def read(self, row: GridRow, *, ragged: bool) -> RecordRow:
        """What a row says; of several columns for one field the surest that says anything."""
        found = RecordRow(row.number, problem=row.problem)
        if ragged and len(row.cells) < self._header.width:
            found.problem = misfit_words(len(row.cells), self._header.width)
        if found.problem:
            return found
        for column, told in uncalculated_in(row, self._asked):
            found.unread.setdefault(column.target, told)
        if ID in found.unread:
            found.problem = found.unread[ID]
        else:
            self._read_cells(found, row)
        return found

    def _read_cells(self, found: RecordRow, row: GridRow) -> None:
        for target, read in self._readers:
            if any(target in had for had in (found.values, found.who, found.when, found.misread)):
                continue
            try:
                value = read(row.cells)
            except (BadCell, NotUnderstood) as problem:
                place = self._header.of(target)[0].index
                found.misread[target] = (_text_at(row.cells, place), str(problem))
                continue
            if value in (None, "", []):
                continue
            if target == ID:
                found.record = found.record or str(value)
            elif target in OF_PUPIL:
                found.who[target] = str(value)
            elif target in OF_SESSION:
                found.when[target] = str(value)
            else:
                found.values[target] = value
        for name, value in self._every.items():
            if name in OF_SESSION and name not in found.unread:
                found.when.setdefault(name, str(value))
            elif name not in found.misread and name not in found.unread:
                found.values.setdefault(name, value)

    def _reading(self, column: Column, target: str) -> Read:
        described = self._columns.fields.get(target)
        if described is None:
            return lambda cells: _text_at(cells, column.index)
        if described.kind in ("record", "records"):
            return self._reading_names(column, described)
        reader = CellReader(described, described.title, self._today)
        if described.kind == "text":
            places = [column.index, *_parts(self._header, column)]
            return lambda cells: reader.read(_joined(cells, places))
        return lambda cells: reader.read(_cell(cells, column.index))

    def _reading_names(self, column: Column, described: Field) -> Read:
        """Reads ids, or names; where an id is of another register, the name beside it."""
        named = squeezed(column.heading + NAME_MARK)
        places = [column.index]
        places += [each.index for each in self._header.columns if squeezed(each.heading) == named]

        def read(cells: Sequence[Cell]) -> object:
            unknown: NotUnderstood | None = None
            for place in places:
                try:
                    found = self._names.find(described, _text_at(cells, place))
                except NotUnderstood as problem:
                    unknown = unknown or problem
                else:
                    if found is not None:
                        return found
            if unknown is not None:
                raise unknown
            return None

        return read

    def _for_all(self, every: Mapping[str, str]) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, text in every.items():
            described = self._columns.fields.get(name)
            if name in OF_SESSION and name in self._columns.titles:
                described = session_field(name)
            if described is None:
                raise WrongUsage(
                    f"{name} is no field of {self._columns.table} that can hold for every row.",
                    do="Its fields are: " + ", ".join(self._columns.fields) + ".",
                )
            try:
                if name == SESSION_GROUP and self._names.named(described, text):
                    found[name] = text
                elif described.kind in ("record", "records"):
                    found[name] = self._names.find(described, text)
                else:
                    found[name] = CellReader(described, described.title, self._today).read(text)
            except (BadCell, NotUnderstood) as problem:
                raise WrongUsage(str(problem), do="Nothing was changed.") from None
        return {name: value for name, value in found.items() if value is not None}


def _cell(cells: Sequence[Cell], place: int) -> Cell:
    """The cell at a place; nothing where the row does not reach so far."""
    return cells[place] if place < len(cells) else ""


def _text_at(cells: Sequence[Cell], place: int) -> str:
    return cell_text(_cell(cells, place))


def _parts(header: Header, column: Column) -> list[int]:
    """The columns in which our own export goes on with a text longer than a cell of Excel."""
    found: list[int] = []
    for each in header.columns[column.index + 1 :]:
        part = _PART.fullmatch(each.heading)
        if not part or squeezed(part["heading"]) != squeezed(column.heading):
            break
        if int(part["number"]) != len(found) + 2:
            break
        found.append(each.index)
    return found


def _joined(cells: Sequence[Cell], places: Sequence[int]) -> Cell:
    """A text with its further parts: only a cell that is full goes on in the next."""
    whole = _cell(cells, places[0])
    last = whole
    for place in places[1:]:
        if not isinstance(last, str) or not isinstance(whole, str) or not goes_on(last):
            break
        last = _cell(cells, place)
        whole += cell_text(last)
    return whole
