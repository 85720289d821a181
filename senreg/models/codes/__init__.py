"""The code sets: lists of codes and words, one CSV file a set, with its source and date.

A file opens with lines that start with `#` (the source and the date it was read), then a
heading line: code, label, active (yes or no), also (other words for it, parted by |), and
where the set has it, area. Codes marked inactive belong to older years: they are read, kept
and shown, and no longer offered.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from senreg.models.describe import Choice

_FOLDER = Path(__file__).parent


@cache
def code_set(name: str) -> tuple[Choice, ...]:
    """The choices of a set, in its own order. Raises KeyError where there is no such set."""
    return tuple(
        Choice(
            row["code"],
            row["label"],
            row["active"] == "yes",
            tuple(word for word in row["also"].split("|") if word),
        )
        for row in _rows(name)
    )


def code_sets() -> tuple[str, ...]:
    """The names of all sets, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.csv")))


@cache
def labels(name: str) -> dict[str, str]:
    """The words of a set by code."""
    return {choice.code: choice.label for choice in code_set(name)}


def label(name: str, code: object) -> str:
    """The words for a code; the code itself where the set does not know it, "" for None."""
    return "" if code is None else labels(name).get(str(code), str(code))


@cache
def source(name: str) -> str:
    """Where a set comes from and when it was read, as its file says."""
    lines = _lines(name)
    return " ".join(line[1:].strip() for line in lines if line.startswith("#"))


@cache
def _areas() -> dict[str, str]:
    return {row["code"]: row["area"] for row in _rows("sen_type") if row["area"]}


def broad_area(need: object) -> str | None:
    """The broad area of need (a code of the set sen_area) a type of need belongs to.

    The SEND Code of Practice 2015, 6.28 to 6.35, names four areas. Types that stand for no
    single one (OTH, NSA, DS) and unknown codes give None.
    """
    return _areas().get(str(need))


def _lines(name: str) -> list[str]:
    try:
        text = (_FOLDER / f"{name}.csv").read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KeyError(name) from None
    return text.splitlines()


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in _lines(name) if not line.startswith("#")))
