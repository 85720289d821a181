"""What an invented school is made of: names, sentences and provision, kept as data files."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parent / "data"
ANY = "*"
"""Stands in the column `needs` for every need."""


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A row of a data file that fits certain needs."""

    needs: frozenset[str]
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.values[column]


@dataclass(frozen=True, slots=True, eq=False)
class Ladder:
    """A target that can be climbed over several terms, with what is said on each rung."""

    kind: str
    area: str
    needs: frozenset[str]
    measure: str
    unit: str
    start: tuple[int, int]
    step: tuple[int, int]
    limit: int
    falling: bool
    levels: bool
    texts: dict[str, list[str]]

    def fits(self, needs: frozenset[str]) -> bool:
        """Whether it suits a child with these needs."""
        return ANY in self.needs or not self.needs.isdisjoint(needs)


@cache
def read(name: str) -> Any:
    """A JSON data file, read once."""
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))


@cache
def lines(name: str) -> tuple[Line, ...]:
    """The rows of a CSV data file, each with the needs it fits."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Line(frozenset(row.pop("needs").split("|")), row) for row in csv.DictReader(file)
        )


@cache
def lines_for(name: str, needs: frozenset[str]) -> tuple[Line, ...]:
    """The rows that fit a child with these needs: those for them, then those for everyone."""
    own = tuple(line for line in lines(name) if not line.needs.isdisjoint(needs))
    return own + tuple(line for line in lines(name) if ANY in line.needs)


@cache
def ladders(name: str) -> tuple[Ladder, ...]:
    """The target ladders of a JSON data file."""
    return tuple(_ladder(each) for each in read(name))


def words(name: str) -> Any:
    """A list or table of sentences by its name in words.json."""
    return read("words")[name]


def _ladder(row: dict[str, Any]) -> Ladder:
    texts = ("statement", "baseline", "success", "child", "up", "met", "short")
    return Ladder(
        row["kind"],
        row["area"],
        frozenset(row["needs"]),
        row["measure"],
        row["unit"],
        (row["start"][0], row["start"][1]),
        (row["step"][0], row["step"][1]),
        row["limit"],
        row.get("falling", False),
        row.get("levels", False),
        {name: row[name] for name in texts},
    )
