"""What is known of an import under way, from the file to the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from senreg.errors import SenregError

if TYPE_CHECKING:
    from screens.dialogs.working import Work
    from senreg.exchange.grid import Grid
    from senreg.exchange.headings import Header
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan
    from senreg.exchange.tabular import TableFile
    from senreg.exchange.taking import Taken
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

PUPILS = "pupils"
EXAMPLES = 3
EXAMPLES_WITHIN = 200
"""Rows among which examples of a column are looked for."""


@dataclass(slots=True)
class ImportTask:
    """One import.

    Args:
        taken: The sheet, with its columns placed.
        register: Where the rows go; `Unmade` where that is made at the end.
        school: The school of a register that is still to be made.
        whole_roll: The file has everyone on roll.
        guessed: Only its headings say what the rows are.
        rivals: The tables that know its headings as well, where that was guessed.
    """

    taken: Taken
    register: Register | Unmade
    school: dict[str, object] = field(default_factory=dict)
    whole_roll: bool = False
    guessed: bool = False
    rivals: Sequence[str] = ()

    @property
    def file(self) -> TableFile:
        """The file, looked at."""
        return self.taken.file

    @property
    def grid(self) -> Grid:
        """The rows of the sheet."""
        return self.taken.grid

    @property
    def header(self) -> Header:
        """Its headings, with the columns placed."""
        return self.taken.header

    @property
    def title(self) -> str:
        """The file, and the sheet where there are several."""
        return self.taken.title

    @property
    def about_pupils(self) -> bool:
        """Whether its rows are pupils."""
        return self.taken.table == PUPILS

    @property
    def rows_below(self) -> int:
        """How many rows stand below the headings."""
        return len(self.grid.rows) - self.header.place - 1

    def plan(self, doing: Work) -> ImportPlan | RecordsPlan:
        """Read and compare every row. Raises SenregError where there is nothing to compare."""
        from senreg.exchange.typed_over import mark_typed_over

        plan = self.taken.plan(
            self.register,
            whole_roll=self.whole_roll,
            progress=doing.report,
            cancelled=doing.stopped,
        )
        mark_typed_over(plan, self.register)
        return plan

    def examples(self, index: int) -> str:
        """The first different texts of a column, so that a person knows it by what is in it."""
        from senreg.exchange.pupil_cells import cell_text, says_nothing

        found: list[str] = []
        for row in self.grid.rows[self.header.place + 1 :][:EXAMPLES_WITHIN]:
            text = cell_text(row.cells[index])[:80] if index < len(row.cells) else ""
            if not says_nothing(text) and text not in found:
                found.append(text)
            if len(found) == EXAMPLES:
                break
        return " · ".join(found)


@dataclass(frozen=True, slots=True)
class NoHeadings:
    """A file whose rows can be read, and in which no row of headings was recognised."""

    file: TableFile
    refused: SenregError
    table: str = PUPILS


def looked_at(
    file: TableFile, register: Register | Unmade, table: str = "", sheet: str | None = None
) -> ImportTask | NoHeadings:
    """The import of a file, begun with the sheet that looks most like such rows.

    Args:
        file: The file.
        register: Where the rows go.
        table: The table they go to; what the file seems to be of unless given.
        sheet: The one sheet that is meant.

    Raises:
        Unreadable: There is nothing in the file that could be one.
    """
    from senreg.exchange.taking import table_meant

    meant = table_meant(file, register, sheet) if table != PUPILS else table
    try:
        return task_of(file, sheet, register, table or meant, meant=meant)
    except SenregError as refused:
        if any(len(file.grid(each).rows) > 1 for each in file.sheets):
            return NoHeadings(file, refused, table or meant)
        raise


def task_of(
    file: TableFile,
    sheet: str | None,
    register: Register | Unmade,
    table: str = PUPILS,
    *,
    place: int | None = None,
    meant: str = "",
) -> ImportTask:
    """The import of one sheet.

    Args:
        file: The file.
        sheet: The sheet's name; the one most like such rows where there is none.
        register: Where the rows go.
        table: The table they go to.
        place: The row of headings a person chose, 0 first; looked for without it.
        meant: The table the file seems to be of.

    Raises:
        Unreadable: No row of headings was recognised, and none was chosen.
    """
    from senreg.exchange.recognising import rivals, told_by_headings
    from senreg.exchange.taking import take_sheet

    taken = take_sheet(file, register, table, sheet=sheet, place=place)
    taken.meant = meant
    guessed = meant == table and told_by_headings(taken)
    return ImportTask(taken, register, guessed=guessed, rivals=rivals(taken) if guessed else ())
