"""What differs between the register and a file of the school's own system, pupil by pupil.

Each difference belongs to one side. What the SENCO decides (status, needs, unit and resourced
provision) is right here and is to be changed there; what the office decides (names, class, year
and the like) is right there and can be taken here. A blank in the file says nothing of most
fields, but where this register has a status or need and the file shows a column for it, the
blank is a difference: the census is made of what stands there.

    compared = Comparison(register, file, header, file.name, whole_roll=True)
    compared.there, compared.here                # the differences by side
    compared.take()                              # all of `here`, in one commit, one undo
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from senreg.exchange.belongings import Belonging
from senreg.exchange.import_parts import Applied, PlannedRow
from senreg.exchange.pupil_changes import ARCHIVED, NOTES
from senreg.exchange.pupil_columns import NEEDS, PLAN, STATUS, STATUS_START
from senreg.exchange.pupils_import import ImportPlan
from senreg.rules.status import status_look, status_on

if TYPE_CHECKING:
    from senreg.exchange.field_change import FieldChange
    from senreg.exchange.grid import Grid
    from senreg.exchange.headings import Header
    from senreg.register import Register
    from senreg.rules.reading import Row

OURS = frozenset({STATUS, STATUS_START, *NEEDS, "sen_unit", "resourced_provision"})
"""What is right in this register, so that the other system is to be changed."""

_BLANK = "(blank)"
_ON_REGISTER = ("K", "E")


@dataclass(slots=True)
class Difference:
    """One fact of one pupil that the two do not agree on.

    Args:
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        row: The row of the file.
        field: A field of pupils, or table.field.
        title: Its words for people.
        here: The register's value in words.
        there: The file's value in words; "(blank)" where its cell says nothing.
        ours: It is to be changed there; otherwise it can be taken here.
    """

    pupil: str
    name: str
    row: int
    field: str
    title: str
    here: str
    there: str
    ours: bool


class NotCompared(NamedTuple):
    """A row that is not, or not wholly, compared, and why."""

    number: int
    name: str
    problem: str


class Comparison:
    """The register beside a file. Nothing is changed before `take`."""

    def __init__(
        self,
        register: Register,
        grid: Grid,
        header: Header,
        file_name: str,
        *,
        whole_roll: bool = False,
        today: date | None = None,
    ) -> None:
        """Compare; the arguments and errors are those of `ImportPlan`."""
        self._register = register
        self.plan = ImportPlan(
            register, grid, header, file_name, whole_roll=whole_roll, today=today
        )
        self.compare()

    def compare(self) -> None:
        """Work the differences out anew, after a row was answered in the plan."""
        found = [each for row in self.plan.rows if row.pupil for each in self._of_row(row)]
        self.there = [each for each in found if each.ours]
        """To be changed in the other system."""
        self.here = [each for each in found if not each.ours]
        """Can be taken into this register."""

    @property
    def unknown(self) -> list[PlannedRow]:
        """Rows of children who are not in this register, where the file says they have needs.

        A register holds whom the school decides; of the others the file says nothing of note.
        """
        return [row for row in self.plan.rows if row.state == "new" and _has_sen(row)]

    @property
    def unsettled(self) -> list[NotCompared]:
        """Rows that could not be compared, or not wholly.

        They are broken, may be several children, or the words for a status or a need say nothing.
        """
        unread = [(row, row.problem or " ".join(_unread(row))) for row in self.plan.rows]
        return [NotCompared(row.number, row.name, why) for row, why in unread if why]

    @property
    def alike(self) -> int:
        """How many pupils of both have no difference at all."""
        differing = {each.pupil for each in (*self.there, *self.here)}
        both = {row.pupil for row in self.plan.rows if row.pupil and not row.problem}
        return len(both - differing)

    def take(self, chosen: Sequence[Difference] | None = None) -> Applied:
        """Take differences into this register, in one commit.

        Args:
            chosen: Some of `here`; all of them unless given.

        Raises what `ImportPlan.apply` raises; then nothing was changed.
        """
        wanted = {(each.row, each.field) for each in (self.here if chosen is None else chosen)}
        self.plan.rows = [row for row in self.plan.rows if row.pupil and not row.problem]
        for row in self.plan.rows:
            for change in row.changes:
                taken = (row.number, change.field) in wanted
                self.plan.take(row.number, change.field, taken=taken)
        return self.plan.apply()

    def _of_row(self, row: PlannedRow) -> Iterator[Difference]:
        for change in row.changes:
            passed = change.field in (NOTES, ARCHIVED, STATUS) or isinstance(change.new, Belonging)
            if not passed:
                yield self._difference(row, change)
        yield from self._status(row)
        yield from self._blank_there(row)

    def _difference(self, row: PlannedRow, change: FieldChange) -> Difference:
        return Difference(
            row.pupil,
            row.name,
            row.number,
            change.field,
            change.title,
            change.old_words or _BLANK,
            change.new_words,
            change.field in OURS,
        )

    def _status(self, row: PlannedRow) -> Iterator[Difference]:
        """The status that each has today; none, N and monitored are one in another system."""
        columns = {STATUS, PLAN}
        if not self.plan.header.targets & columns or columns & row.read.unread.keys():
            return
        here = _code_of(self.plan.differ.statuses.get(row.pupil, ()), self.plan.today)
        there = row.read.status or ""
        if _counted(here) == _counted(there):
            return
        yield Difference(
            row.pupil,
            row.name,
            row.number,
            STATUS,
            "SEN status",
            here=status_look(here).word if here else _BLANK,
            there=status_look(there).word if there else _BLANK,
            ours=True,
        )

    def _blank_there(self, row: PlannedRow) -> Iterator[Difference]:
        """Needs that the register has and the file has a column, but no word, for."""
        columns = self.plan.header.targets - row.read.unread.keys()
        said = {change.field for change in row.changes}
        held = {need.get("rank"): need["code"] for need in self.plan.differ.needs_of(row.pupil)}
        for rank, name in enumerate(NEEDS, 1):
            if name in columns and name not in said and held.get(rank) and not row.read.needs:
                title, here = self.plan.titles[name], str(held[rank])
                yield Difference(
                    row.pupil, row.name, row.number, name, title, here, _BLANK, ours=True
                )


def _unread(row: PlannedRow) -> list[str]:
    """What is said of the cells for what this register decides that could not be read."""
    unread = row.read.unread
    return list(dict.fromkeys(unread[name] for name in (STATUS, PLAN, *NEEDS) if name in unread))


def _code_of(statuses: Sequence[Row], day: date) -> str:
    current = status_on(statuses, day)
    return str(current.get("code") or "") if current else ""


def _counted(code: str) -> str:
    """A status as the census counts it: N and M are no status there."""
    return "" if code in ("N", "M") else code


def _has_sen(row: PlannedRow) -> bool:
    return row.read.status in _ON_REGISTER or bool(row.read.needs)
