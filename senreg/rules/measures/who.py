"""Which pupils a figure is about."""

from __future__ import annotations

from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll, roll_state

__all__ = ["ROLL", "on_roll", "on_roll_throughout"]

ROLL = "the pupils on roll on the last day"


def on_roll_throughout(register: Reading, first: str, last: str) -> list[Row]:
    """The pupils who were on roll on the first day, the last, and so between.

    A pupil without a date of joining is taken to have been there.
    """
    return [
        row
        for row in register.all("pupils")
        if roll_state(row, first) == "here" == roll_state(row, last)
    ]
