"""What is known of an import under way, from the file to the plan."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from senreg.errors import SenregError

if TYPE_CHECKING:
    from screens.dialogs.working import Work
    from senreg.exchange.grid import Grid
    from senreg.exchange.headings import Header
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.tabular import TableFile
    from senreg.exchange.unmade import Unmade
    from senreg.register import Register

EXAMPLES = 3
EXAMPLES_WITHIN = 200
"""Rows among which examples of a column are looked for."""


@dataclass(slots=True)
class ImportTask:
    """One import.

    Args:
        file: The file, looked at.
        sheet: The sheet the pupils are on; empty for plain text.
        grid: Its rows.
        header: Its headings, with the columns placed.
        register: Where the pupils go; `Unmade` where that is made at the end.
        school: The school of a register that is still to be made.
        known: Such a file was imported before: its columns are placed as they were then.
        whole_roll: The file has everyone on roll.
    """

    file: TableFile
    sheet: str
    grid: Grid
    header: Header
    register: Register | Unmade
    school: dict[str, object] = field(default_factory=dict)
    known: bool = False
    whole_roll: bool = False

    @property
    def title(self) -> str:
        """The file, and the sheet where there are several."""
        return f"{self.file.name}, sheet {self.sheet}" if self.sheet else self.file.name

    @property
    def rows_below(self) -> int:
        """How many rows stand below the headings."""
        return len(self.grid.rows) - self.header.place - 1

    def take_header(self, header: Header) -> None:
        """Go on with other headings, placed as they were before where they are known."""
        from senreg.exchange.pupils_import import recall_columns

        self.header = header
        self.known = recall_columns(self.register, header)

    def plan(self, doing: Work) -> ImportPlan:
        """Read and compare every row. Raises SenregError where there is nothing to compare."""
        from senreg.exchange.pupils_import import ImportPlan
        from senreg.exchange.typed_over import mark_typed_over

        plan = ImportPlan(
            self.register,
            self.grid,
            self.header,
            self.file.name,
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


def looked_at(file: TableFile, register: Register | Unmade) -> ImportTask | NoHeadings:
    """The import of a file, begun with the sheet that looks most like a list of pupils.

    Raises:
        Unreadable: There is nothing in the file that could be one.
    """
    from senreg.exchange.pupil_columns import sheet_of_pupils

    try:
        sheet = sheet_of_pupils(file)
    except SenregError as refused:
        if any(len(file.grid(each).rows) > 1 for each in file.sheets):
            return NoHeadings(file, refused)
        raise
    return task_of(file, sheet, register)


def task_of(
    file: TableFile, sheet: str, register: Register | Unmade, place: int | None = None
) -> ImportTask:
    """The import of one sheet.

    Args:
        file: The file.
        sheet: The sheet's name.
        register: Where the pupils go.
        place: The row of headings a person chose, 0 first; looked for without it.

    Raises:
        Unreadable: No row of headings was recognised, and none was chosen.
    """
    from senreg.exchange.pupil_columns import header_by_hand, no_pupils, read_header

    grid = file.grid(sheet)
    header = read_header(grid) if place is None else header_by_hand(grid, place)
    if header is None:
        raise no_pupils(f"{file.name}, sheet {sheet}" if sheet else file.name)
    task = ImportTask(file, sheet, grid, header, register)
    task.take_header(header)
    return task
