"""Ids of another register, by the records they became here.

Tables that a register exported refer to each other by its ids. Where several of them are
brought into another register in one go, what each id became is learned table by table, so that
a target finds its conversation and a mark its session, whatever they are called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from senreg.exchange.columns import ID_HEADING
from senreg.exchange.headings import Header, squeezed
from senreg.exchange.pupil_cells import cell_text
from senreg.store.operations import EASY_LETTERS

if TYPE_CHECKING:
    from senreg.exchange.grid import Grid
    from senreg.exchange.import_parts import Applied
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan

_AN_ID = re.compile(f"[{EASY_LETTERS}]{{16}}")


def is_an_id(text: str) -> bool:
    """Whether a text has the form of a register's ids."""
    return _AN_ID.fullmatch(text) is not None


class Arrivals:
    """What the ids of files became in this register, over one run of imports."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def here(self, record_id: str) -> str:
        """The id here of what a file calls so; the same id where nothing is known of it."""
        return self._known.get(record_id, record_id)

    def learn(
        self, grid: Grid, header: Header, plan: ImportPlan | RecordsPlan, applied: Applied
    ) -> None:
        """Take in what the rows of a sheet became.

        Args:
            grid: The sheet.
            header: Its headings; without a column of ids there is nothing to learn.
            plan: What was brought in.
            applied: What applying it gave.
        """
        wanted = squeezed(ID_HEADING)
        column = next((each for each in header.columns if squeezed(each.heading) == wanted), None)
        if column is None:
            return
        cells = {row.number: row.cells for row in grid.rows}
        for row in plan.rows:
            became = applied.ids.get(row.number) or row.pupil
            found = cells.get(row.number, ())
            if became and column.index < len(found):
                self._known[cell_text(found[column.index])] = became
