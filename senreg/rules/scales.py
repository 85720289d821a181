"""Scores against the scale that the words of their measure name: of 10, out of 20, /5."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from senreg.rules.found import Finding, who
from senreg.rules.reading import Reading, Row

_NUMBERS = {"five": 5, "eight": 8, "ten": 10, "twelve": 12, "twenty": 20, "fifty": 50}
_SCALE = re.compile(
    rf"(?:(?:^|[\s,;:(\[])(?:out\s+)?of|(?<!\d)\s*/)\s*(?P<most>\d{{1,4}}|{'|'.join(_NUMBERS)})"
    r"(?:\s+(?:points?|marks?))?\s*[)\]]?\s*\.?\s*$",
    re.IGNORECASE,
)
"""At the end of the label only: 'right on 4 out of 5 days' in its middle is no scale."""


def most_of(label: object) -> int | None:
    """The highest score of a measure such as 'Sessions attended, of 10'; None where it names none.

    A label such as 'Readings, 4 out of 5' names a part of five, not a scale.
    """
    text = str(label or "")
    found = _SCALE.search(text)
    if found is None or text[: found.start()].rstrip()[-1:].isdigit():
        return None
    most = found["most"].lower()
    return _NUMBERS.get(most) or int(most) or None


def off_scale(label: object, value: object) -> str:
    """A sentence where a score lies off the scale its measure names; else empty."""
    most = most_of(label)
    if most is None or isinstance(value, bool) or not isinstance(value, (int, float)):
        return ""
    if 0 <= value <= most:
        return ""
    side = "more than" if value > most else "less than"
    return f"{value:g} is {side} “{str(label).strip()}” allows."


def measure_of_place(register: Reading, place: Row) -> str:
    """What a place in a group is scored in: the measure of its intervention."""
    group = register.get(str(place.get("group") or "")) or {}
    intervention = register.get(str(group.get("intervention") or "")) or {}
    return str(intervention.get("measure") or "")


def measure_of_target(target: Row) -> str:
    """What the figures of a target are in: its unit; where it has none, its measure."""
    return str(target.get("unit") or target.get("measure") or "")


def figures_off_scale(target: Row, before: Row | None = None) -> dict[str, str]:
    """Of a target as it is to be: field and sentence of each figure off the scale of its measure.

    Args:
        target: The fields of a row of `targets`.
        before: The row it is made of; what was off the scale in it already is left alone.
    """
    found = {
        name: words
        for name in _SCORES["targets"]
        if (words := off_scale(measure_of_target(target), target.get(name)))
    }
    known = figures_off_scale(before) if before is not None and found else {}
    return {name: words for name, words in found.items() if known.get(name) != words}


_SCORES: dict[str, tuple[str, ...]] = {
    "placements": ("entry_score", "exit_score"),
    "targets": ("start_value", "target_value"),
    "target_reviews": ("value",),
}
"""The fields that hold a score, by table."""


def scale_findings(register: Reading) -> Iterator[Finding]:
    """Every score off the scale of its measure."""
    for table in _SCORES:
        for row in register.all(table):
            yield from scores_off_scale(register, table, row)


def scores_off_scale(register: Reading, table: str, row: Row) -> Iterator[Finding]:
    """The scores of one record that are off the scale; none for tables without scores."""
    values: list[Any] = [row.get(name) for name in _SCORES.get(table, ())]
    if not any(value is not None for value in values):
        return
    owner: Row = row
    if table == "placements":
        label = measure_of_place(register, row)
    else:
        if table == "target_reviews":
            owner = register.get(str(row.get("target") or "")) or {}
        label = measure_of_target(owner)
    pupil = register.get(str(owner.get("pupil") or ""))
    of = f"{who(pupil)}: " if pupil is not None else ""
    for value in values:
        if words := off_scale(label, value):
            yield Finding("score_off_scale", "warning", table, row["id"], of + words)
