"""What is to be changed in the school's own system, as a list for the office to work through."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.exchange.formulas import guarded
from senreg.exchange.written import write_out

if TYPE_CHECKING:
    from senreg.exchange.comparing import Difference
    from senreg.register import Register

HEADINGS = ("UPN", "Name", "Born", "What", "It should say", "It says now")


def write_list(register: Register, differences: Iterable[Difference], path: Path) -> int:
    """Write the differences as CSV with a byte order mark, a line each; how many there are.

    It is kept in the register that the list was handed out.

    Raises CannotWrite; then nothing was written.
    """
    from senreg.export_log import SPREADSHEET, note

    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    count = 0
    for each in differences:
        pupil = register.get(each.pupil)
        upn, born = (pupil["upn"], pupil["dob"]) if pupil is not None else ("", "")
        cells = (upn or "", each.name, born or "", each.title, each.here, each.there)
        writer.writerow([guarded(cell) for cell in cells])
        count += 1
    write_out(path, [b"\xef\xbb\xbf", text.getvalue().encode("utf-8")])
    note(register, SPREADSHEET, "What differs from the school's own system", path)
    return count
