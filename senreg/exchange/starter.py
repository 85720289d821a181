"""The bank of example targets that a new register begins with; a school edits it as it likes."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from senreg.register import Register

_FILE = Path(__file__).parent / "target_examples.csv"


def starter_bank() -> list[dict[str, str]]:
    """The examples as records of `target_examples`, without ids: fields that are empty left out.

    Statements hold three dots (…) where a figure or a name is to be filled in.
    """
    with _FILE.open(encoding="utf-8", newline="") as file:
        return [
            {name: value for name, value in row.items() if value} for row in csv.DictReader(file)
        ]


def add_starter_bank(register: Register) -> None:
    """Put the examples into a new register; it begins with them, so undo leaves them there."""
    with register.commit("Start the bank of targets", step=False) as commit:
        for example in starter_bank():
            commit.add("target_examples", example)
