"""Who is on the school's roll on a day.

Enrolment status P (CBDS) is a previous pupil. The day of leaving is the last day on roll.
"""

from __future__ import annotations

from datetime import date

from senreg.rules.reading import Reading, Row, iso

PREVIOUS = "P"


def roll_state(pupil: Row, day: date | str) -> str:
    """here, left, or joining where the child's first day is still to come."""
    when = iso(day)
    left, joined = pupil.get("left"), pupil.get("joined")
    if left and left < when:
        return "left"
    if joined and joined > when:
        return "joining"
    return "left" if pupil.get("enrolment_status") == PREVIOUS and not left else "here"


def on_roll(register: Reading, day: date | str) -> list[Row]:
    """The live pupils on roll on a day, in the register's order."""
    when = iso(day)
    return [row for row in register.all("pupils") if roll_state(row, when) == "here"]
