"""What the preview of an import is made of: rows, absent pupils, and the sums of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from senreg.errors import SenregError
from senreg.exchange.field_change import FieldChange
from senreg.exchange.pupil_matching import Candidate
from senreg.exchange.pupil_rows import PupilRow

State = Literal["new", "changed", "unchanged", "problem"]

IMPORT_PUPILS = "Import pupils"
IMPORT_RECORDS = "Import records"
IMPORT_LABELS = frozenset({IMPORT_PUPILS, IMPORT_RECORDS})
"""The labels of commits by which an import writes."""


LEFT_OUT = "You left it out."
"""The problem of a row that a person does not want."""


class ImportCancelled(SenregError):
    """The person stopped it; nothing was changed."""


@dataclass(slots=True)
class PlannedRow:
    """What becomes of one row of the file.

    Args:
        read: What the row says.
        pupil: The id of the pupil it is; empty for a new one and for an open question.
        name: The name to show.
        changes: What it would change; for a new pupil, all it says.
        problem: Why it is left out; empty where it is not.
        candidates: Pupils to choose among, where a person has to.
        may_be_new: Whether "a new pupil" is one of the answers.
        remarks: Sentences to look at about a row that is taken.
        upn_remarks: What is odd about its UPN; kept with the pupil, and no reason to stop.
    """

    read: PupilRow
    pupil: str = ""
    name: str = ""
    changes: list[FieldChange] = field(default_factory=list)
    problem: str = ""
    candidates: tuple[Candidate, ...] = ()
    may_be_new: bool = False
    remarks: list[str] = field(default_factory=list)
    upn_remarks: list[str] = field(default_factory=list)

    @property
    def spoilt(self) -> str:
        """Why it cannot be taken whatever a person says of it; empty where it can."""
        return self.read.problem

    @property
    def number(self) -> int:
        """The row's number in the file."""
        return self.read.number

    @property
    def state(self) -> State:
        """The one state it is in, after what a person chose."""
        if self.problem:
            return "problem"
        if not self.pupil:
            return "new"
        return "changed" if any(change.taken for change in self.changes) else "unchanged"


@dataclass(slots=True)
class Absent:
    """A pupil on roll who is not in a file of the whole roll.

    Args:
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        words: Year and class, to tell who it is.
        left_on: The ISO day to mark as the last on roll; empty while the pupil stays.
    """

    pupil: str
    name: str
    words: str
    left_on: str = ""


class Counts(NamedTuple):
    """How many rows are in each state, and how many pupils on roll are not in the file."""

    rows: int
    new: int
    changed: int
    unchanged: int
    problems: int
    absent: int


class Applied(NamedTuple):
    """What was written.

    Args:
        counts: The rows as they were applied.
        ids: The ids of new pupils by row number.
        left: How many pupils were marked as left.
        staff: How many members of staff were added.
        sessions: How many sessions were made for their marks.
    """

    counts: Counts
    ids: dict[int, str]
    left: int
    staff: int
    sessions: int = 0
