"""Who is on the school's roll on a day.

Enrolment status P (CBDS) is a previous pupil. The day of leaving is the last day on roll.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from senreg.models.days import short_day
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


class RollSign(NamedTuple):
    """What marks a child who is not simply on roll.

    Args:
        symbol: One cell wide.
        word: For a list: left, joining, leaves today.
        words: The same with its day: 'Left on 21 Jul 2026'.
    """

    symbol: str
    word: str
    words: str


def roll_sign(pupil: Row, day: date | str) -> RollSign | None:
    """The sign of a child who left, is to come, or is here for the last day; else None."""
    when = iso(day)
    state, left = roll_state(pupil, when), pupil.get("left")
    if state == "joining":
        return RollSign("←", "joining", f"Joins on {short_day(pupil.get('joined'))}")
    if state == "left":
        return RollSign("→", "left", f"Left on {short_day(left)}" if left else "Left")
    if left == when:
        return RollSign("→", "leaves today", "Leaves today")
    return None


def on_roll(register: Reading, day: date | str) -> list[Row]:
    """The live pupils on roll on a day, in the register's order."""
    when = iso(day)
    return [row for row in register.all("pupils") if roll_state(row, when) == "here"]
