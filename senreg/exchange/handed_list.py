"""What was handed out of a register, as it is told to the school's data protection officer."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from senreg import clock
from senreg.exchange.formulas import guarded
from senreg.exchange.written import write_out
from senreg.export_log import SPREADSHEET, handed_out, note
from senreg.models.text import clean_line
from senreg.register import Register
from senreg.rules.dates import short_day
from senreg.rules.naming import pupil_name, staff_named

HEADINGS = ("When", "Who", "Kind", "What", "About", "Where to", "Delete after")
ERASED = "a child since erased"


@dataclass(frozen=True, slots=True)
class HandedLine:
    """One thing that was handed out, in words.

    Args:
        at: When, in milliseconds since 1970.
        by: Who made it, by name where that is known.
        kind: bundle, backup, spreadsheet, calendar, paper or pack.
        what: What it is.
        about: The child it is about, by name; empty for several or all.
        to: Where it was written.
        delete_after: The ISO day by which it should be deleted; empty where none was set.
        overdue: That day is over.
    """

    at: int
    by: str
    kind: str
    what: str
    about: str
    to: str
    delete_after: str
    overdue: bool

    @property
    def sentence(self) -> str:
        """The whole of it: what, about whom, by whom, where to, until when."""
        about = f" about {self.about}" if self.about else ""
        until = f", delete after {short_day(self.delete_after)}" if self.delete_after else ""
        return f"{self.what}{about}, by {self.by}, to {self.to}{until}"


def handed_lines(register: Register) -> list[HandedLine]:
    """Everything this copy handed out, newest first; it reads the whole journal."""
    day = clock.today().isoformat()
    found = []
    for each in reversed(handed_out(register)):
        row = register.get(each.pupil, "pupils") if each.pupil else None
        about = clean_line(pupil_name(row)) if row is not None else ERASED if each.pupil else ""
        found.append(
            HandedLine(
                each.at,
                clean_line(staff_named(each.by, register.get)),
                each.kind,
                clean_line(each.what),
                about,
                clean_line(each.to),
                each.delete_after,
                bool(each.delete_after) and each.delete_after < day,
            )
        )
    return found


def write_handed_list(register: Register, lines: Sequence[HandedLine], path: Path) -> None:
    """Write the list as CSV with a byte order mark, a line each; that is handed out, too.

    Raises CannotWrite; then nothing was written.
    """
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for each in lines:
        at, until = clock.shown(each.at), each.delete_after
        cells = (at, each.by, each.kind, each.what, each.about, each.to, until)
        writer.writerow([guarded(cell) for cell in cells])
    write_out(path, [b"\xef\xbb\xbf", text.getvalue().encode("utf-8")])
    note(register, SPREADSHEET, "What was handed out of this copy", path)
