"""Which pupils a figure is about."""

from __future__ import annotations

from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll, roll_state

__all__ = ["on_roll", "on_roll_throughout"]


def on_roll_throughout(register: Reading, first: str, last: str) -> list[Row]:
    """The pupils who were on roll on the first day, the last, and so between.

    A pupil without a date of joining is taken to have been there.
    """
    return [
        row
        for row in register.all("pupils")
        if roll_state(row, first) == "here" == roll_state(row, last)
    ]
