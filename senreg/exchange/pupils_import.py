"""Bringing a list of pupils into a register: looked at first, then written in one step.

The steps, as the command line and the guided screen take them::

    file = read_table_file(path)                      # tabular: refuses what is no table
    taken = take_sheet(file, register, "pupils")      # taking: its columns, as the last time
    taken.place("dob", "Born on")                     # by hand; NOTE keeps a column as a note
    plan = taken.plan(register, whole_roll=True)
    plan.rows, plan.absent, plan.counts               # every row in one of four states
    plan.choose(7, pupil_id)                          # which pupil row 7 is, or NEW
    plan.take(7, "class_name", taken=False)           # leave one field of one row as it is
    plan.leave_out(8)                                 # do not bring in this row
    plan.mark_left(pupil_id)                          # one who is absent has left
    plan.apply()                                      # one commit, one undo

Reading and comparing 2,000 rows takes part of a second; `progress(done, total)` and
`cancelled()` are called every so many rows, on the thread that makes the plan.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from senreg.errors import SenregError, Unreadable, WrongUsage
from senreg.exchange.field_change import FieldChange
from senreg.exchange.grid import Grid
from senreg.exchange.headings import Header
from senreg.exchange.import_parts import (
    LEFT_OUT,
    Absent,
    Applied,
    Counts,
    ImportCancelled,
    PlannedRow,
)
from senreg.exchange.pupil_changes import ARCHIVED, TEACHER, Differ
from senreg.exchange.pupil_columns import no_pupils, pupil_targets, use_ids
from senreg.exchange.pupil_matching import NEW, Match, Matching, PupilIndex
from senreg.exchange.pupil_rows import PupilRow, RowReader
from senreg.exchange.row_plan import RowPlan
from senreg.exchange.staff_book import NewStaff
from senreg.models.upn import upn_warnings
from senreg.rules.naming import list_name
from senreg.rules.reading import Row
from senreg.rules.roll import roll_state

if TYPE_CHECKING:
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

__all__ = [
    "NEW",
    "Absent",
    "Applied",
    "Counts",
    "ImportCancelled",
    "ImportPlan",
    "PlannedRow",
]

MOST_PUPILS = 20_000
"""Rows a list may have; the largest schools of England have about 4,000 pupils."""

_LEFT_OUT = "left out"


class ImportPlan(RowPlan[PlannedRow]):
    """The preview of an import of pupils, which a person may change before it is applied."""

    OF = "pupil"

    def __init__(
        self,
        register: Register | Unmade,
        grid: Grid,
        header: Header,
        file_name: str,
        *,
        whole_roll: bool = False,
        today: date | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> None:
        """Read and compare a sheet.

        Args:
            register: The register; nothing is written to it before `apply`. One that is still
                to be made is put `into` its place later.
            grid: The rows of the sheet.
            header: Its header, with the columns placed.
            file_name: The file's name, to say where a note comes from.
            whole_roll: The file has everyone on roll, so that who is missing may have left.
            today: The day of the import; without it, today.
            progress: Told the rows done and all rows.
            cancelled: Asked whether to stop.

        Raises:
            Unreadable: The sheet has no rows below its header, or more than any school.
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
        self.table = "pupils"
        self.titles = {target.name: target.title for target in pupil_targets().values()}
        self._look_at_file = grid.look
        self.whole_roll = whole_roll
        self._answers: dict[int, str] = {}
        self._refused: set[tuple[int, str]] = set()
        self._left: dict[str, str] = {}
        self._index = PupilIndex(register.all("pupils"), register.all("pupils", archived=True))
        staff = {row["id"] for row in register.all("staff")}
        use_ids(header, grid, self._index.by_id, staff)
        self._read = self._read_rows(grid)
        if not self._read:
            raise no_pupils(file_name)
        self._told = {row.number: list(row.told) for row in self._read}
        self.differ = Differ(register, file_name, self.today)
        self._compare()

    @property
    def new_staff(self) -> list[NewStaff]:
        """The members of staff that would be added, by name."""
        found = {
            change.new: None
            for row in self.rows
            if not row.problem
            for change in row.changes
            if change.taken and change.field == TEACHER and isinstance(change.new, NewStaff)
        }
        return sorted(found, key=lambda each: each.name.casefold())

    @property
    def worth_a_look(self) -> bool:
        """Whether there is something to look at: rows left out, absent pupils, remarks."""
        return (
            bool(self.absent)
            or self._look_at_file
            or any(row.problem or row.remarks for row in self.rows)
        )

    def choose(self, number: int, answer: str) -> None:
        """Say which pupil a row is: the pupil's id, or `NEW`.

        Raises:
            WrongUsage: There is no such row or pupil, or the row cannot be read at all.
        """
        if self.row(number).read.problem:
            raise WrongUsage(
                f"Row {number} cannot be brought in: {self.row(number).problem}",
                do="Mend it in the file and import again.",
            )
        if answer != NEW and self._index.any(answer) is None:
            raise WrongUsage(
                "There is no pupil with that id in this register.",
                do="The preview names the ids to choose among.",
            )
        self._answers[number] = answer
        self._compare()

    def leave_out(self, number: int, *, out: bool = True) -> None:
        """Do not bring in a row, or do so after all. Raises WrongUsage for no such row."""
        self.row(number)
        if out:
            self._answers[number] = _LEFT_OUT
        else:
            self._answers.pop(number, None)
        self._compare()

    def take(self, number: int, name: str, *, taken: bool) -> None:
        """Make one change of a row, or leave that field as it is, however it is matched later."""
        super().take(number, name, taken=taken)
        key = (number, name)
        (self._refused.discard if taken else self._refused.add)(key)

    def may_leave(self, number: int, name: str) -> bool:
        """Whether a row can come in without what it says of a field: a new pupil has a name."""
        return bool(self.row(number).pupil) or name not in ("surname", "forename")

    def mark_left(self, pupil: str, left_on: date | None = None, *, left: bool = True) -> None:
        """Say that an absent pupil has left, or is still here after all.

        Args:
            pupil: The pupil's id; one of `absent`.
            left_on: The last day on roll; without it, the day of the import.
            left: False takes it back.

        Raises:
            WrongUsage: The pupil is not among the absent.
        """
        for each in self.absent:
            if each.pupil == pupil:
                each.left_on = (left_on or self.today).isoformat() if left else ""
                self._left[pupil] = each.left_on
                return
        raise WrongUsage(
            "That pupil is not among those who are missing from the file.",
            do="Only a pupil on roll who is not in a file of the whole roll is marked as left.",
        )

    def into(self, register: Register) -> None:
        """Let the plan be written to another register, in which there are no pupils either.

        Raises:
            SenregError: There are pupils in it, with whom the rows were not compared.
        """
        if register.count("pupils"):
            raise SenregError("There are pupils in that register already.")
        self.register = register
        self.version = register.version
        self.differ = Differ(register, self.file_name, self.today)

    def _write(self) -> Applied:
        from senreg.exchange.pupils_apply import write_plan

        return write_plan(self)

    def _read_rows(self, grid: Grid) -> list[PupilRow]:
        reader = RowReader(grid, self.header, self.today)
        if len(reader) > MOST_PUPILS:
            raise Unreadable(
                f"{self.file_name} has {len(reader):,} rows; no school has as many pupils.",
                do="Copy the rows that are wanted into a new file and import that.",
            )
        rows: list[PupilRow] = []
        for row in reader:
            self.pause(len(rows), 2 * len(reader))
            rows.append(row)
        return rows

    def _compare(self) -> None:
        matching = Matching(self._read, self._index, self._answers)
        total = 2 * len(self._read)
        self.rows = []
        for place, read in enumerate(self._read):
            self.pause(len(self._read) + place, total)
            self.rows.append(self._planned(read, matching.matches.get(read.number)))
        if self._progress is not None:
            self._progress(total, total)
        self.absent = self._missing() if self.whole_roll else []

    def _planned(self, read: PupilRow, match: Match | None) -> PlannedRow:
        read.told = list(self._told[read.number])
        planned = PlannedRow(read, name=read.shown_name, problem=read.problem)
        if match is None or read.problem:
            return planned
        if self._answers.get(read.number) == _LEFT_OUT:
            planned.problem = LEFT_OUT
            return planned
        planned.problem = match.problem
        planned.candidates, planned.may_be_new = match.candidates, match.may_be_new
        if match.problem:
            return planned
        if match.pupil is None:
            planned.problem = _not_new(read)
            if planned.problem and read.unread:
                planned.problem = " ".join([planned.problem, *dict.fromkeys(read.unread.values())])
            planned.changes = [] if planned.problem else self.differ.of_new(read)
        else:
            planned.pupil = match.pupil["id"]
            planned.name = list_name(match.pupil)
            planned.changes = self.differ.of_known(read, match.pupil)
            if self._index.is_archived(planned.pupil):
                planned.changes.insert(0, _restored())
        for change in planned.changes:
            change.taken = (read.number, change.field) not in self._refused
        planned.remarks = [*read.told, *filter(None, [match.told])]
        if any(change.field == "upn" for change in planned.changes):
            planned.upn_remarks = upn_warnings(read.text("upn"))
        return planned

    def _missing(self) -> list[Absent]:
        """Who is on roll and in no row, whatever state that row is in."""
        seen = {row.pupil for row in self.rows if row.pupil}
        for row in self.rows:
            if row.problem:
                found = [*self._index.with_upn(row.read), *self._index.named(row.read)]
                seen.update(each["id"] for each in found)
        day = self.today.isoformat()
        return [
            Absent(pupil["id"], list_name(pupil), _where(pupil), self._left.get(pupil["id"], ""))
            for pupil in self._index.by_id.values()
            if pupil["id"] not in seen and _is_here(pupil, day)
        ]


def _not_new(read: PupilRow) -> str:
    """Why a row that is nobody in the register cannot become a new pupil."""
    missing = [name for name in ("surname", "forename") if not read.text(name)]
    if not missing:
        return ""
    if read.whole_name:
        return "Its name has only one part, where a surname and a forename are needed."
    if len(missing) == 2 and read.text("upn"):
        return "No pupil of the register has this UPN, and the row gives no name."
    return f"It gives no {' and no '.join(missing)}."


def _restored() -> FieldChange:
    return FieldChange(ARCHIVED, "Put away", True, False, "Yes", "No")


def _is_here(pupil: Row, day: str) -> bool:
    """Whether somebody is on roll after this day, so that missing from the roll is news."""
    gone = pupil.get("left") and pupil["left"] <= day
    return roll_state(pupil, day) == "here" and not gone


def _where(pupil: Row) -> str:
    from senreg.rules.years import year_word

    parts = (year_word(pupil.get("year_group")), str(pupil.get("class_name") or ""))
    return ", ".join(part for part in parts if part)
