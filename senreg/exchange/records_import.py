"""Bringing records of any other table than pupils into a register: looked at first.

A row is the record whose id it names; else, where a record says the same already, or the same
and nothing of the rest, it is that one; else it is new. What it refers to is found by id or by
name. A row with anything that cannot be taken is left out and told, but for a word that a list
of choices does not know: the row comes in without it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from senreg.errors import InvalidRecord
from senreg.exchange.column_memory import remember
from senreg.exchange.field_change import FieldChange
from senreg.exchange.grid import Grid
from senreg.exchange.headings import Header
from senreg.exchange.import_parts import (
    IMPORT_RECORDS,
    LEFT_OUT,
    Applied,
    State,
)
from senreg.exchange.pupil_cells import BadCell, NotUnderstood
from senreg.exchange.pupil_matching import Candidate
from senreg.exchange.record_columns import TableColumns, no_records
from senreg.exchange.record_names import RecordNames
from senreg.exchange.record_rows import RecordReader, RecordRow
from senreg.exchange.records_said import RecordsSaid
from senreg.exchange.row_plan import RowPlan
from senreg.exchange.session_names import NewSession, SessionNames
from senreg.exchange.staff_book import NewStaff
from senreg.models.describe import Field
from senreg.models.entry import write_entry
from senreg.rules.naming import describe_record
from senreg.rules.reading import Row
from senreg.rules.sessions import id_to_begin, known_by

if TYPE_CHECKING:
    from senreg.commit import Commit
    from senreg.exchange.arrivals import Arrivals
    from senreg.register import Register

WITHOUT = "The row comes in without it."
STAYS = "What the register says of it stays."
"""What becomes of a row, new or known, one of whose cells says nothing."""

ONE_RECORD = frozenset({"school"})
"""Tables with one record in a register: what a file says is of that one."""


@dataclass(slots=True)
class PlannedRecord:
    """What becomes of one row: as `senreg.exchange.import_parts.PlannedRow`, of any table.

    `spoilt` is why the row cannot be taken whatever a person says of it.
    """

    number: int
    record: str = ""
    name: str = ""
    values: dict[str, object] = field(default_factory=dict)
    changes: list[FieldChange] = field(default_factory=list)
    spoilt: str = ""
    left_out: bool = False
    remarks: list[str] = field(default_factory=list)
    upn_remarks: list[str] = field(default_factory=list)
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = False

    @property
    def pupil(self) -> str:
        """The id of the record it is; empty for a new one."""
        return self.record

    @property
    def problem(self) -> str:
        """Why it is left out; empty where it is not."""
        return self.spoilt or (LEFT_OUT if self.left_out else "")

    @property
    def state(self) -> State:
        """The one state it is in."""
        if self.problem:
            return "problem"
        if not self.record:
            return "new"
        return "changed" if any(change.taken for change in self.changes) else "unchanged"


class RecordsPlan(RowPlan[PlannedRecord]):
    """The preview of an import of records, which a person may change before it is applied."""

    OF = "record"
    register: Register

    def __init__(
        self,
        register: Register,
        grid: Grid,
        header: Header,
        columns: TableColumns,
        file_name: str,
        *,
        every: Mapping[str, str] | None = None,
        arrivals: Arrivals | None = None,
        today: date | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Read and compare a sheet.

        Args:
            register: The register; nothing is written to it before `apply`.
            grid: The rows of the sheet.
            header: Its header, with the columns placed.
            columns: What the columns of the table may be.
            file_name: The file's name, for messages.
            every: By field, the text that holds for each row without a word of its own for it.
            arrivals: What the ids of files became here, in one run of several imports.
            today: The day of the import; without it, today.
            progress: Told the rows done and all rows.
            cancelled: Asked whether to stop.

        Raises:
            Unreadable: The sheet has no rows below its header.
            WrongUsage: A text that is to hold for every row cannot be meant.
            ImportCancelled: `cancelled` said so.
        """
        super().__init__(
            register,
            grid,
            header,
            file_name,
            today=today,
            progress=progress,
            cancelled=cancelled,
        )
        self.table = columns.table
        self.titles, self._columns = columns.titles, columns
        self.new_staff: list[NewStaff] = []
        self.keep_mapping = False
        """Remember where the columns stand even if nobody placed one by hand."""
        self._every = dict(every or {})
        self._arrivals = arrivals
        self._names = RecordNames(register, arrivals)
        self._live = {row["id"]: row for row in register.all(self.table)}
        self._said = RecordsSaid(self._live.values(), columns.fields, known_by(self.table))
        self._sessions = SessionNames(register, self._names, self.today)
        self._read(grid)

    def _read(self, grid: Grid) -> None:
        reader = RecordReader(self.header, self._columns, self._names, self.today, self._every)
        below = grid.rows[self.header.place + 1 :]
        if not below:
            raise no_records(self.file_name, self._columns)
        for row in below:
            self.pause(len(self.rows), len(below))
            self.rows.append(self._planned(reader.read(row, ragged=grid.ragged)))

    @property
    def new_sessions(self) -> list[NewSession]:
        """The sessions that are made for the marks that come in."""
        rows = [row for row in self.rows if row.state in ("new", "changed")]
        return self._sessions.new_among([row.values.get("session") for row in rows])

    @property
    def worth_a_look(self) -> bool:
        """Whether rows are left out, or come in without something that stands in the file."""
        return any(row.problem or row.remarks for row in self.rows)

    def leave_out(self, number: int, *, out: bool = True) -> None:
        """Do not bring in a row, or do so after all. Raises WrongUsage for no such row."""
        self.row(number).left_out = out

    def may_leave(self, number: int, name: str) -> bool:
        """Whether a row can come in without what it says of a field."""
        return bool(self.row(number).record) or not self._columns.fields[name].required

    def _write(self) -> Applied:
        counts, sessions = self.counts, self.new_sessions
        ids: dict[int, str] = {}
        begun: set[str] = set()
        self.register.before("import")
        with self.register.commit(IMPORT_RECORDS) as c:
            for each in sessions:
                values = {name: value for name, value in each.items() if name != "id"}
                c.add("sessions", values, record_id=each["id"])
            for place, row in enumerate(self.rows):
                self.pause(place, len(self.rows))
                if row.state == "new":
                    ids[row.number] = self._added(c, _values_taken(row), begun)
                    begun.add(ids[row.number])
                elif row.state == "changed":
                    taken = {each.field: each.new for each in row.changes if each.taken}
                    c.set(row.record, **taken)
            chosen = any(each.how == "chosen" for each in self.header.columns)
            if self.keep_mapping or chosen or self._every:
                remember(
                    c,
                    self.register,
                    self.header,
                    self.table,
                    name=self.file_name,
                    today=self.today.isoformat(),
                    every=self._every,
                )
        return Applied(counts, ids, 0, 0, len(sessions))

    def _added(self, c: Commit, values: dict[str, object], taken: Collection[str]) -> str:
        """Add a record; one that can be begun anywhere gets the id it has everywhere."""
        record = id_to_begin(self.register, self.table, values)
        return c.add(self.table, values, record_id=record if record not in taken else None)

    def _planned(self, read: RecordRow) -> PlannedRecord:
        planned = PlannedRecord(read.number, spoilt=read.problem)
        if read.problem:
            return planned
        row = self._meant(read)
        # A name that fits several, or nothing, gives way to what else tells the child or session.
        for name, told in (("pupil", read.who), ("session", read.when)):
            if told:
                read.misread.pop(name, None)
        planned.spoilt = self._misread(read, row)
        planned.values = read.values
        try:
            if not planned.spoilt:
                self._told_apart(read)
                self._place(planned, row)
        except (BadCell, NotUnderstood) as problem:
            planned.spoilt = str(problem)
        if planned.spoilt:
            planned.spoilt = " ".join([planned.spoilt, *read.unread.values()])
            planned.name = planned.name or ", ".join(read.who.values())
        else:
            stays = STAYS if planned.record else WITHOUT
            planned.remarks += [f"{why} {stays}" for why in read.unread.values()]
        return planned

    def _misread(self, read: RecordRow, row: Row | None) -> str:
        """Why cells that were not understood spoil a row; those that need not are told only."""
        spoilt = ""
        for name, (text, why) in read.misread.items():
            # What the register holds already is no news, whatever its model would say of it.
            if row is not None and text == _as_exported(row.get(name)):
                continue
            if self._columns.gives_way(name):
                read.unread[name] = why
            else:
                spoilt = spoilt or why
        return spoilt

    def _told_apart(self, read: RecordRow) -> None:
        """Find the child and the session that several cells tell together."""
        values = read.values
        if read.who and "pupil" not in values:
            values["pupil"] = self._names.pupil(read.who, self.today)
        if read.when and "session" not in values:
            values["session"] = self._sessions.meant(read.when, str(values.get("pupil") or ""))

    def _meant(self, read: RecordRow) -> Row | None:
        """The record whose id a row names; of a table that has one record, that one."""
        if self.table in ONE_RECORD and len(self._live) == 1:
            return next(iter(self._live.values()))
        known = self._arrivals.here(read.record) if self._arrivals is not None else read.record
        return self._live.get(known)

    def _place(self, planned: PlannedRecord, row: Row | None) -> None:
        said, values = self._said, planned.values
        row = row or said.same(values) or said.known(values) or said.less(values)
        if row is None:
            self._check_new(planned)
            return
        self._said.claim(row, planned.values)
        planned.record = str(row["id"])
        planned.name = describe_record(row, self._sessions.get, self.table)
        for name, value in planned.values.items():
            old = row.get(name)
            if value != old and (value or old):
                planned.changes.append(self._change(name, old, value))
        planned.spoilt = self._refused({each.field: each.new for each in planned.changes})

    def _refused(self, values: dict[str, object]) -> str:
        """Why a record cannot take these values; empty where it can."""
        from senreg.models.validate import checked

        try:
            checked(self.table, values, partial=True)
        except InvalidRecord as refused:
            return " ".join(problem.message for problem in refused.problems)
        return ""

    def _check_new(self, planned: PlannedRecord) -> None:
        from senreg.models.validate import checked

        met = self._said.met(planned.values)
        try:
            planned.values = checked(self.table, planned.values, partial=False)
        except InvalidRecord as refused:
            planned.spoilt = " ".join(problem.message for problem in refused.problems)
            return
        if met or self._said.again(planned.values):
            planned.spoilt = "It says the same as a row above it."
            return
        planned.name = describe_record(planned.values, self._sessions.get, self.table)
        planned.changes = [self._change(name, None, v) for name, v in planned.values.items()]

    def _change(self, name: str, old: object, new: object) -> FieldChange:
        described = self._columns.fields[name]
        was, will_be = self._in_words(described, old), self._in_words(described, new)
        return FieldChange(name, described.title, old, new, was, will_be)

    def _in_words(self, described: Field, value: object) -> str:
        if value is not None and described.kind in ("record", "records"):
            ids = value if isinstance(value, list) else [value]
            rows = [(each, self._sessions.get(str(each))) for each in ids]
            return ", ".join(
                describe_record(row, self._sessions.get) if row else str(each) for each, row in rows
            )
        return write_entry(described, value)


def _as_exported(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _values_taken(row: PlannedRecord) -> dict[str, object]:
    left = {each.field for each in row.changes if not each.taken}
    return {name: value for name, value in row.values.items() if name not in left}
