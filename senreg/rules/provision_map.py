"""The provision map: what help runs on a day, by tier, for which year groups or classes.

Hours are child-hours a week: an hour with six children is six. A group's week is the sum of
its slots, or without slots session length times sessions a week; where neither is known the
place is counted as of unknown length and adds no hours. Only groups that run on the day,
places that are open on it and children on roll are in the map.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from senreg.rules.belonging import place_on
from senreg.rules.meeting import Held, running
from senreg.rules.naming import list_name
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row
from senreg.rules.years import year_rank, year_word

TIERS: dict[str, str] = {
    "universal": "Universal",
    "targeted": "Targeted",
    "targeted_plus": "Targeted plus",
    "specialist": "Specialist",
}
"""The tiers from the least to the most intense; other words a school uses come after them."""

NO_TIER = "No tier"
NO_COLUMN = "-"
"""The column of children without a year group or class."""


def tier_words(tier: object) -> str:
    """A tier in words: a school's own as it is; 'No tier' for none."""
    return TIERS.get(str(tier or "")) or str(tier or "") or NO_TIER


class Cell(NamedTuple):
    """What a set of children gets.

    Args:
        pupils: Different children.
        places: Children's places in groups: one child in two groups has two.
        hours: Child-hours a week of the places whose length is known.
        unknown: Places whose length is not known.
    """

    pupils: int = 0
    places: int = 0
    hours: float = 0.0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the map: a tier, or one intervention within it.

    Args:
        id: The tier's code, or the intervention's id; empty where unknown.
        label: Its words.
        cells: A cell for each column, by the column's code; absent where nobody is placed.
        total: All columns together; a child is counted once.
    """

    id: str
    label: str
    cells: dict[str, Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class Tier(Line):
    """A tier with the interventions that run in it, by name."""

    interventions: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ProvisionMap:
    """The grid on a day.

    Args:
        day: The day it is of.
        by: year or class.
        columns: Code and words of each column, in order.
        tiers: The lines, from universal to specialist; tiers where nothing runs too.
        totals: A cell for each column.
        total: The whole map; a child is counted once.
    """

    day: date
    by: str
    columns: tuple[tuple[str, str], ...]
    tiers: tuple[Tier, ...]
    totals: dict[str, Cell]
    total: Cell


def provision_map(
    register: Reading,
    day: date,
    by: Literal["year", "class"] = "year",
    today: date | None = None,
) -> ProvisionMap:
    """The map of a day.

    Args:
        register: The open register.
        day: The day.
        by: What the columns are.
        today: The day the pupils' own year groups and classes are of; without it, `day`.
    """
    places = _places(register, day, by, today or day)
    order: Callable[[str], Any] = year_rank if by == "year" else natural
    codes = sorted({code for code, _ in places}, key=lambda code: (code == NO_COLUMN, order(code)))
    return ProvisionMap(
        day,
        by,
        tuple((code, _column_words(code, by)) for code in codes),
        tuple(_tier(tier, places) for tier in _tiers(places)),
        _cells(places),
        _cell([held for _, held in places]),
    )


def places_in(
    register: Reading,
    day: date,
    by: Literal["year", "class"] = "year",
    *,
    tier: str | None = None,
    column: str | None = None,
    intervention: str | None = None,
) -> list[Held]:
    """The places that a cell of the map of a day counts, by the children's class and name.

    Args:
        register: The open register.
        day: The day, today's as a rule.
        by: What the columns are.
        tier: The tier's code; every tier without it.
        column: The column's code; every column without it.
        intervention: The intervention's id; every one without it.
    """
    found = [
        held
        for code, held in _places(register, day, by, day)
        if column in (None, code)
        and tier in (None, _tier_code(held))
        and intervention in (None, str(held.group.get("intervention") or ""))
    ]
    found.sort(
        key=lambda held: (natural(str(held.pupil.get("class_name") or "")), list_name(held.pupil))
    )
    return found


class PupilHours(NamedTuple):
    """What one child gets in a week.

    Args:
        hours: Hours a week of the places whose length is known.
        places: How many groups the child is in.
        unknown: Places whose length is not known.
    """

    hours: float
    places: int
    unknown: int


def hours_a_week(register: Reading, day: date) -> dict[str, PupilHours]:
    """Hours a week of every child who is in a group on a day, by pupil id."""
    found: dict[str, PupilHours] = {}
    for held in running(register, day):
        before = found.get(held.pupil["id"], PupilHours(0.0, 0, 0))
        found[held.pupil["id"]] = PupilHours(
            before.hours + (held.minutes or 0.0) / 60,
            before.places + 1,
            before.unknown + (held.minutes is None),
        )
    return found


def provision_of(register: Reading, pupil_id: str, day: date) -> list[Held]:
    """The groups one child is in on a day, with their minutes a week."""
    return [held for held in running(register, day) if held.pupil["id"] == pupil_id]


_Places = Sequence[tuple[str, Held]]


def _places(register: Reading, day: date, by: str, today: date) -> list[tuple[str, Held]]:
    """Every place that holds on a day, with the column it is counted in."""
    enrolments = register.by("enrolments", "pupil")
    terms = register.all("terms")

    def column(pupil: Row) -> str:
        place = place_on(pupil, enrolments.get(pupil["id"], ()), day, today, terms)
        return (place.year_group if by == "year" else place.class_name) or NO_COLUMN

    return [(column(held.pupil), held) for held in running(register, day)]


def _tier_code(held: Held) -> str:
    return str((held.intervention or {}).get("tier") or "")


def _tiers(places: _Places) -> list[str]:
    """The usual tiers, then the school's own by name, then places without one."""
    found = {_tier_code(held) for _, held in places}
    own = sorted(found - TIERS.keys() - {""})
    return [*TIERS, *own, *([""] if "" in found else [])]


def _tier(code: str, places: _Places) -> Tier:
    mine = [(column, held) for column, held in places if _tier_code(held) == code]
    by_intervention: dict[str, list[tuple[str, Held]]] = {}
    for column, held in mine:
        key = str(held.group.get("intervention") or "")
        by_intervention.setdefault(key, []).append((column, held))
    lines = [_line(key, theirs) for key, theirs in by_intervention.items()]
    lines.sort(key=lambda line: line.label.casefold())
    return Tier(
        code,
        tier_words(code),
        _cells(mine),
        _cell([held for _, held in mine]),
        tuple(lines),
    )


def _line(key: str, places: _Places) -> Line:
    intervention = places[0][1].intervention or {}
    label = str(intervention.get("name") or "Unknown intervention")
    return Line(key, label, _cells(places), _cell([held for _, held in places]))


def _cells(places: _Places) -> dict[str, Cell]:
    by_column: dict[str, list[Held]] = {}
    for column, held in places:
        by_column.setdefault(column, []).append(held)
    return {column: _cell(theirs) for column, theirs in by_column.items()}


def _cell(places: Iterable[Held]) -> Cell:
    pupils: set[str] = set()
    count, minutes, unknown = 0, 0.0, 0
    for held in places:
        pupils.add(held.pupil["id"])
        count += 1
        minutes += held.minutes or 0.0
        unknown += held.minutes is None
    return Cell(len(pupils), count, minutes / 60, unknown)


def _column_words(code: str, by: str) -> str:
    if code == NO_COLUMN:
        return "No year" if by == "year" else "No class"
    return year_word(code) if by == "year" else code
