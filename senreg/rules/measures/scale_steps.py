"""Scales: the order of their steps, and points where they have them.

The school's own scales win over those that are built in. A built-in one has points only where
a source gives them; what is a plain number counts as its own points.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from senreg.rules.reading import Reading, Row

_LEVELS = {
    "W": 3, "1C": 7, "1B": 9, "1A": 11, "2C": 13, "2B": 15, "2A": 17, "3C": 19, "3B": 21, "3A": 23,
    "4C": 25, "4B": 27, "4A": 29, "5C": 31, "5B": 33, "5A": 35, "6C": 37, "6B": 39, "6A": 41,
}  # fmt: skip
"""Average points of National Curriculum sub-levels, in use until 2015 (docsbay 478175, 2013)."""

_SMALL_STEPS = (
    "Aware of it",
    "Joins in when led",
    "Does it with much help",
    "Does it with a prompt",
    "Does it alone at times",
    "Does it alone",
    "Does it alone in new places",
)
"""How far a child is with one thing, in words of our own; no points, as nobody has set any."""

_AGE_RELATED = ("Below", "Working towards", "Expected", "Greater depth")


@dataclass(frozen=True, slots=True)
class Steps:
    """A scale as it is used.

    Args:
        name: What assessments call it.
        order: Its steps from the lowest, folded; empty where any number may stand.
        points: Points by folded step.
        falls: Whether less is better.
        names: Its steps as they are written, in the same order.
    """

    name: str
    order: tuple[str, ...] = ()
    points: dict[str, float] | None = None
    falls: bool = False
    names: tuple[str, ...] = ()

    @property
    def counts(self) -> bool:
        """Whether a step can be told by its number from the lowest: none is a number itself."""
        return bool(self.names) and not any(name[:1].isdigit() for name in self.names)

    def named(self, typed: str) -> str:
        """What is meant by what was typed: the step itself, or its number from 1 up."""
        if self.counts and typed.isdecimal() and 1 <= int(typed) <= len(self.names):
            return self.names[int(typed) - 1]
        return typed

    def points_of(self, value: object) -> float | None:
        """The points of a value; None where the scale gives it none."""
        key = folded_name(value)
        if self.points and key in self.points:
            return self.points[key]
        return None if self.order else _number(key)

    def place_of(self, value: object) -> float | None:
        """Where a value stands on the scale, to compare by; None where it is none of it."""
        key = folded_name(value)
        if self.order:
            return float(self.order.index(key)) if key in self.order else None
        return _number(key)

    def has(self, value: object) -> bool:
        """Whether a value is one of the scale."""
        return self.place_of(value) is not None


def scales_of(register: Reading) -> dict[str, Steps]:
    """The scales by folded name: built-in ones, then the school's own in their place."""
    found = {folded_name(each.name): each for each in _built_in()}
    for row in register.all("scales"):
        steps = _own(row)
        found[folded_name(steps.name)] = steps
    return found


def same_name(one: object, other: object) -> bool:
    """Whether two names of a scale are one: capitals and spaces make no difference."""
    return folded_name(one) == folded_name(other)


def spelt_as_one(names: Iterable[str], scales: dict[str, Steps]) -> dict[str, str]:
    """Names of scales as they were written, each with the one that stands for all like it.

    Args:
        names: As they stand in records.
        scales: Those that are described: their spelling wins, else the first by letters.
    """
    first: dict[str, str] = {}
    for name in sorted(names):
        key = folded_name(name)
        first.setdefault(key, scales[key].name if key in scales else " ".join(name.split()))
    return {name: first[folded_name(name)] for name in names}


def scale_named(scales: Mapping[str, Steps], name: object) -> Steps:
    """A scale by name; one nobody described is taken for a plain number."""
    return scales.get(folded_name(name)) or Steps(str(name or ""))


def points_of(assessment: Row, scales: dict[str, Steps]) -> float | None:
    """The points of an assessment: those that were given, else those of its scale."""
    given = assessment.get("points")
    if given is not None:
        return float(given)
    return scale_named(scales, assessment.get("scale")).points_of(assessment.get("value"))


def _built_in() -> tuple[Steps, ...]:
    levels = {folded_name(name): float(points) for name, points in _LEVELS.items()}
    # A whole level counts as its b value: 2 is 15, 4 is 27.
    whole = {str(level): levels[f"{level}b"] for level in range(1, 7)}
    order = tuple(sorted({**levels, **whole}, key=lambda step: ({**levels, **whole}[step], step)))
    return (
        Steps("National Curriculum level", order, {**levels, **whole}),
        _of_words("Age-related", _AGE_RELATED),
        _of_words("Small steps", _SMALL_STEPS),
        Steps("Reading age"),
        Steps("Spelling age"),
        Steps("Standardised score"),
    )


def _of_words(name: str, steps: Sequence[str]) -> Steps:
    return Steps(name, tuple(map(folded_name, steps)), names=tuple(steps))


def _own(row: Row) -> Steps:
    names: dict[str, str] = {}
    points = {}
    for line in str(row.get("steps") or "").splitlines():
        step, _, figure = line.rpartition("=") if "=" in line else (line, "", "")
        key = folded_name(step)
        if key:
            names.setdefault(key, " ".join(step.split()))
            number = _number(folded_name(figure))
            if number is not None:
                points[key] = number
    falls = row.get("direction") == "down"
    name = str(row.get("name") or "")
    return Steps(name, tuple(names), points, falls, tuple(names.values()))


def folded_name(value: object) -> str:
    """A name or a step to compare by: without a difference of capitals, spaces, 2 and 2.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str("" if value is None else value).split()).casefold()


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if isfinite(number) else None
