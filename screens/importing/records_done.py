"""The end of an import of anything but pupils: what came in, and what it made odd."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget

from screens.importing.brought import BroughtIn
from screens.importing.frame import leave_import
from screens.page import app_of
from screens.plain import line, say
from screens.widgets.columns import Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span
from senreg.clock import today
from senreg.exchange.import_parts import IMPORT_RECORDS
from senreg.rules.nouns import counted

if TYPE_CHECKING:
    from screens.app import SenregApp
    from screens.dialogs.working import Work
    from senreg.exchange.import_parts import Applied
    from senreg.exchange.records_import import RecordsPlan
    from senreg.rules.found import Finding


@dataclass(frozen=True, slots=True)
class OddLine:
    """A finding as the list shows it."""

    finding: Finding

    @property
    def id(self) -> str:
        """Its name in the list: a record may have several."""
        return f"{self.finding.code} {self.finding.record}"


class RecordsDone(BroughtIn):
    """What was brought in, and what in the register is odd since.

    Args:
        table: The table the records are of.
        applied: What was written.
        odd: The findings there are since, and were not before.
    """

    PLACE = "import_records_done"
    LABEL = IMPORT_RECORDS
    AUTO_FOCUS = "#odd"

    def __init__(self, table: str, applied: Applied, odd: Sequence[Finding]) -> None:
        super().__init__(applied)
        self.table = table
        self.odd = odd
        self.lines: RecordList[OddLine] = RecordList(
            [Column("what", "To look at", lambda each: line(each.finding.message), width=40)],
            markable=False,
            empty="Nothing that came in is odd beside what was there.",
            id="odd",
        )

    def below(self) -> Iterator[Widget]:
        """What is odd."""
        yield self.lines

    def refill(self) -> None:
        """Count again: an undo, for one, takes it all back."""
        super().refill()
        here = counted(self.table, self.register.count(self.table))
        self.known.show(Span(f"  {here} in the register now.", "muted"))
        self.lines.fill([] if self.taken_back else map(OddLine, self.odd))

    @on(RecordList.Opened, "#odd")
    def _opened(self) -> None:
        self.command_open_record()

    def command_open_record(self) -> None:
        """Open the record that the highlighted line is about."""
        each = self.lines.current
        row = self.register.get(each.finding.record) if each is not None else None
        if row is None:
            say(self.app, "There is no record to open here.")
        else:
            app_of(self).open_record(row)

    def command_go_on(self) -> None:
        """Go back to where the import began."""
        self.dismiss()


def applied_to(plan: RecordsPlan, doing: Work) -> tuple[Applied, list[Finding]]:
    """Write a plan; what was written, and what is odd since."""
    from senreg.rules.typed import new_findings, odd_now

    before = odd_now(plan.register, today())
    applied = plan.apply(doing.report, doing.stopped)
    return applied, new_findings(before, odd_now(plan.register, today()))


def show_records_done(app: SenregApp, table: str, applied: Applied, odd: Sequence[Finding]) -> None:
    """Close the steps of the import, and show what came of it."""
    leave_import(app)
    app.push_screen(RecordsDone(table, applied, odd))
