"""What every preview of an import has: its rows, what a person says of them, one writing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from senreg.clock import today as todays_date
from senreg.errors import SenregError, WrongUsage
from senreg.exchange.field_change import FieldChange
from senreg.exchange.grid import Grid
from senreg.exchange.headings import Header
from senreg.exchange.import_parts import Absent, Applied, Counts, ImportCancelled, State
from senreg.exchange.uncalculated import told_of_file

if TYPE_CHECKING:
    from senreg.exchange.session_names import NewSession
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

_EVERY = 250
"""Rows between two looks whether to stop."""


class RowInPlan(Protocol):
    """A row of a preview: its number in the file, what it would change, what becomes of it."""

    changes: list[FieldChange]

    @property
    def number(self) -> int:
        """The row's number in the file."""

    @property
    def state(self) -> State:
        """The one state it is in."""


R = TypeVar("R", bound=RowInPlan)


class RowPlan(ABC, Generic[R]):
    """The preview of an import, which a person may change before it is applied.

    A subclass reads and compares the rows when it is made, and writes them.
    """

    OF: ClassVar[str]
    """What a row is about, as in 'no row 7 with a pupil'."""

    def __init__(
        self,
        register: Register | Unmade,
        grid: Grid,
        header: Header,
        file_name: str,
        *,
        today: date | None,
        progress: Callable[[int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.register = register
        self.header = header
        self.file_name = file_name
        self.file_remarks = (*grid.remarks, *told_of_file(grid, header))
        self.today = today or todays_date()
        self.rows: list[R] = []
        self.absent: list[Absent] = []
        self.version = register.version
        self._progress, self._cancelled = progress, cancelled

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
            absent=len(self.absent),
        )

    @property
    def new_sessions(self) -> list[NewSession]:
        """The sessions that are made for the marks that come in."""
        return []

    def row(self, number: int) -> R:
        """The row of that number. Raises WrongUsage where the file has none."""
        for each in self.rows:
            if each.number == number:
                return each
        raise WrongUsage(
            f"The file has no row {number} with a {self.OF}.",
            do="Rows are counted as in the spreadsheet, the headings included.",
        )

    def take(self, number: int, name: str, *, taken: bool) -> None:
        """Make one change of a row, or leave that field as it is.

        Raises:
            WrongUsage: The row has no such change, or what is new cannot be without it.
        """
        row = self.row(number)
        found = [change for change in row.changes if change.field == name]
        if not found or not (taken or self.may_leave(number, name)):
            raise WrongUsage(f"Row {number} has no change of {name} to choose about.")
        for change in found:
            change.taken = taken

    @abstractmethod
    def may_leave(self, number: int, name: str) -> bool:
        """Whether a row can come in without what it says of a field."""

    def apply(
        self,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Applied:
        """Write what the plan shows, in one commit.

        Args:
            progress: Told the rows done and all rows.
            cancelled: Asked whether to stop; then nothing is written.

        Raises:
            SenregError: The register was changed since the plan was made; nothing is written.
            ImportCancelled: `cancelled` said so; nothing is written.
        """
        if self.register.version != self.version:
            raise SenregError(
                "The register was changed since this preview was made.",
                do="Look at a new preview, then import.",
            )
        self._progress, self._cancelled = progress, cancelled
        applied = self._write()
        self.version = self.register.version
        return applied

    @abstractmethod
    def _write(self) -> Applied:
        """Write every row that is taken, in one commit, with a `pause` at each."""

    def pause(self, done: int, total: int) -> None:
        """Tell how far it has come, every so many rows. Raises ImportCancelled when stopped."""
        if done % _EVERY:
            return
        if self._progress is not None:
            self._progress(done, total)
        if self._cancelled is not None and self._cancelled():
            raise ImportCancelled("The import was stopped.")
