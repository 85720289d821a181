"""Bringing records of any other table than pupils into a register: looked at first.

A row is the record whose id it names; else, where a record says the same already, it is that
one and unchanged; else it is new. What it refers to is found by id or by name. A row with
anything that cannot be taken is left out and told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.clock import today as todays_date
from senreg.errors import InvalidRecord, SenregError
from senreg.exchange.columns import NAME_MARK
from senreg.exchange.field_change import FieldChange
from senreg.exchange.grid import Cell, Grid, GridRow, misfit_words
from senreg.exchange.headings import Column, Header, squeezed
from senreg.exchange.import_parts import IMPORT_RECORDS, Absent, Applied, Counts, State
from senreg.exchange.pupil_cells import BadCell, CellReader, NotUnderstood, cell_text
from senreg.exchange.pupil_matching import Candidate
from senreg.exchange.record_columns import ID, OF_PUPIL, TableColumns, no_records
from senreg.exchange.record_names import RecordNames
from senreg.exchange.staff_book import NewStaff
from senreg.models.describe import Field
from senreg.models.entry import write_entry
from senreg.rules.naming import describe_record
from senreg.rules.reading import Row

if TYPE_CHECKING:
    from senreg.register import Register


@dataclass(slots=True)
class PlannedRecord:
    """What becomes of one row: as `senreg.exchange.import_parts.PlannedRow`, of any table."""

    number: int
    record: str = ""
    name: str = ""
    values: dict[str, object] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    problem: str = ""
    remarks: list[str] = field(default_factory=list)
    upn_remarks: list[str] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = False

    @property
    def pupil(self) -> str:
        """The id of the record it is; empty for a new one."""
        return self.record

    @property
    def state(self) -> State:
        """The one state it is in."""
        if self.problem:
            return "problem"
        if not self.record:
            return "new"
        return "changed" if self.changes else "unchanged"


class RecordsPlan:
    """The preview of an import of records; nothing is written before `apply`."""

    def __init__(
        self,
        register: Register,
        grid: Grid,
        header: Header,
        columns: TableColumns,
        file_name: str,
        *,
        today: date | None = None,
    ) -> None:
        """Read and compare a sheet.

        Raises:
            Unreadable: The sheet has no rows below its header.
        """
        self.register = register
        self.header = header
        self.table = columns.table
        self.titles = columns.titles
        self.today = today or todays_date()
        self.absent: list[Absent] = []
        self.new_staff: list[NewStaff] = []
        self._columns = columns
        self._version = register.version
        self.file_name = file_name
        self.file_remarks = grid.remarks
        self._names = RecordNames(register)
        self._live = {row["id"]: row for row in register.all(self.table)}
        self._said = _Said(self._live.values())
        self._readers = self._reader_of_each()
        self.rows = [self._planned(row, grid.ragged) for row in grid.rows[header.place + 1 :]]
        if not self.rows:
            raise no_records(file_name, columns)

    @property
    def counts(self) -> Counts:
        """How many rows are in each state."""
        states = [row.state for row in self.rows]
        return Counts(
            rows=len(states),
            new=states.count("new"),
            changed=states.count("changed"),
            unchanged=states.count("unchanged"),
            problems=states.count("problem"),
            absent=0,
        )

    @property
    def worth_a_look(self) -> bool:
        """Whether rows are left out."""
        return any(row.problem for row in self.rows)

    def apply(self) -> Applied:
        """Write what the plan shows, in one commit.

        Raises:
            SenregError: The register was changed since the plan was made; nothing is written.
        """
        if self.register.version != self._version:
            raise SenregError(
                "The register was changed since this preview was made.",
                do="Look at a new preview, then import.",
            )
        counts, ids = self.counts, {}
        self.register.before("import")
        with self.register.commit(IMPORT_RECORDS) as c:
            for row in self.rows:
                if row.state == "new":
                    ids[row.number] = c.add(self.table, row.values)
                elif row.state == "changed":
                    c.set(row.record, **{change.field: change.new for change in row.changes})
        self._version = self.register.version
        return Applied(counts, ids, 0, 0)

    def _reader_of_each(self) -> list[tuple[str, Callable[[Sequence[Cell]], object]]]:
        found: list[tuple[str, Callable[[Sequence[Cell]], object]]] = []
        for column in self.header.columns:
            described = self._columns.fields.get(column.target)
            if column.target in OF_PUPIL or column.target == ID:
                found.append((column.target, _reading(column.index, cell_text)))
            elif described is not None and described.kind in ("record", "records"):
                found.append((column.target, self._reading_names(column, described)))
            elif described is not None:
                reader = CellReader(described, described.title, self.today)
                found.append((column.target, _reading(column.index, reader.read)))
        return found

    def _reading_names(
        self, column: Column, described: Field
    ) -> Callable[[Sequence[Cell]], object]:
        """Reads ids, or names; where an id is of another register, the name beside it."""
        named = squeezed(column.heading + NAME_MARK)
        places = [column.index]
        places += [each.index for each in self.header.columns if squeezed(each.heading) == named]

        def read(cells: Sequence[Cell]) -> object:
            unknown: NotUnderstood | None = None
            for place in places:
                text = cell_text(cells[place]) if place < len(cells) else ""
                try:
                    found = self._names.find(described, text)
                except NotUnderstood as problem:
                    unknown = unknown or problem
                else:
                    if found is not None:
                        return found
            if unknown is not None:
                raise unknown
            return None

        return read

    def _planned(self, row: GridRow, ragged: bool) -> PlannedRecord:
        planned = PlannedRecord(row.number, problem=row.problem)
        if ragged and len(row.cells) < self.header.width:
            planned.problem = misfit_words(len(row.cells), self.header.width)
        if planned.problem:
            return planned
        who: dict[str, str] = {}
        record_id = ""
        for target, read in self._readers:
            try:
                value = read(row.cells)
            except (BadCell, NotUnderstood) as problem:
                planned.problem = planned.problem or str(problem)
                continue
            if value in (None, ""):
                continue
            if target == ID:
                record_id = str(value)
            elif target in OF_PUPIL:
                who[target] = str(value)
            else:
                planned.values[target] = value
        if not planned.problem:
            self._place(planned, record_id, who)
        return planned

    def _place(self, planned: PlannedRecord, record_id: str, who: Mapping[str, str]) -> None:
        if who and "pupil" not in planned.values:
            try:
                planned.values["pupil"] = self._names.pupil(who, self.today)
            except (BadCell, NotUnderstood) as problem:
                planned.problem = str(problem)
                return
        row = self._live.get(record_id) or self._said.same(planned.values)
        if row is None:
            self._check_new(planned)
            return
        planned.record = str(row["id"])
        planned.name = describe_record(row, self.register.get, self.table)
        for name, value in planned.values.items():
            old = row.get(name)
            if value != old and (value or old):
                planned.changes.append(self._change(name, old, value))

    def _check_new(self, planned: PlannedRecord) -> None:
        from senreg.models.validate import checked

        try:
            planned.values = checked(self.table, planned.values, partial=False)
        except InvalidRecord as refused:
            planned.problem = " ".join(problem.message for problem in refused.problems)
            return
        if self._said.again(planned.values):
            planned.problem = "It says the same as a row above it."
            return
        planned.name = describe_record(planned.values, self.register.get, self.table)
        planned.changes = [self._change(name, None, v) for name, v in planned.values.items()]

    def _change(self, name: str, old: object, new: object) -> FieldChange:
        described = self._columns.fields[name]
        was, will_be = self._in_words(described, old), self._in_words(described, new)
        return FieldChange(name, described.title, old, new, was, will_be)

    def _in_words(self, described: Field, value: object) -> str:
        if value is not None and described.kind in ("record", "records"):
            ids = value if isinstance(value, list) else [value]
            rows = [(each, self.register.get(str(each))) for each in ids]
            return ", ".join(
                describe_record(row, self.register.get) if row else str(each) for each, row in rows
            )
        return write_entry(described, value)


class _Said:
    """What the records of a table say, to find one that says what a row says."""

    def __init__(self, rows: Any) -> None:
        self._rows: list[Row] = list(rows)
        self._by_first: dict[tuple[str, str], list[Row]] = {}
        self._new: set[str] = set()
        for row in self._rows:
            for name, value in row.items():
                if isinstance(value, str) and name != "id":
                    self._by_first.setdefault((name, value), []).append(row)

    def same(self, values: Mapping[str, object]) -> Row | None:
        """A record that holds every one of these values."""
        texts = [(name, value) for name, value in values.items() if isinstance(value, str)]
        if not texts:
            return None
        few = min((self._by_first.get(each, []) for each in texts), key=len)
        for row in few:
            if all((row.get(name) or None) == (value or None) for name, value in values.items()):
                return row
        return None

    def again(self, values: Mapping[str, object]) -> bool:
        """Whether a new record of the same values was met before."""
        key = repr(sorted(values.items()))
        if key in self._new:
            return True
        self._new.add(key)
        return False


def _reading(place: int, read: Callable[[Cell], object]) -> Callable[[Sequence[Cell]], object]:
    """Reads one cell of a row by its place; a row that does not reach so far gives nothing."""
    return lambda cells: read(cells[place]) if place < len(cells) else None
