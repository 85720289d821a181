"""Hours planned beside hours given, by intervention and group; and what one child's help costs.

Planned hours are those the times of a group give on days of the school's terms; given hours are
those of the sessions that were marked. Cost follows the formula of `measures.delivered`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.models.text import folded
from senreg.rules.dates import TermDays, first_of_school_year
from senreg.rules.measures.delivered import Delivered, delivered, planned_meetings
from senreg.rules.measures.provision import known_sum
from senreg.rules.naming import group_name, staff_named
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row

THRESHOLD = 6000
"""Pounds a year of the notional SEN threshold, where the school says nothing (DfE, 2013 on)."""


@dataclass(frozen=True, slots=True)
class GivenRow:
    """A group in a period.

    Args:
        id: The group's id.
        intervention: The name of what it runs.
        name: The name of the group.
        staff: The names of the adults.
        planned: Hours its times give; None where it has no times.
        given: Hours of its marked sessions; None where none was ever marked.
        pupils: Pupils placed in the period.
        cost: Pounds of the group; None where hours or a rate are not known.
        a_pupil: Pounds for each pupil placed; None where that cannot be told.
        holidays: Whether planned hours may count holidays, because no terms are recorded.
    """

    id: str
    intervention: str
    name: str
    staff: tuple[str, ...]
    planned: float | None
    given: float | None
    pupils: int
    cost: float | None
    a_pupil: float | None
    holidays: bool

    @property
    def share(self) -> float | None:
        """Given of planned, 0 to 1 and above; None where either is not known."""
        return self.given / self.planned if self.planned and self.given is not None else None


@dataclass(frozen=True, slots=True)
class GivenTotal:
    """The groups of one intervention: sums over those of which it is known."""

    name: str
    groups: tuple[GivenRow, ...]

    @property
    def planned(self) -> float | None:
        """Hours planned."""
        return known_sum(each.planned for each in self.groups)

    @property
    def given(self) -> float | None:
        """Hours given."""
        return known_sum(each.given for each in self.groups)

    @property
    def cost(self) -> float | None:
        """Pounds; None where that of one group is not known."""
        costs = [each.cost for each in self.groups]
        return None if None in costs else known_sum(costs)


def year_so_far(register: Reading, today: date) -> tuple[date, date]:
    """The first day of the school year of a day, and the day."""
    return first_of_school_year(today, register.all("terms")), today


def hours_given(register: Reading, start: date, end: date) -> list[GivenTotal]:
    """Every intervention with a group that had a pupil placed in a period, by name.

    Args:
        register: The register.
        start: First day of the period.
        end: Last day.
    """
    first, last = start.isoformat(), end.isoformat()
    slots = register.by("slots", "group")
    days = TermDays(register.all("terms"))
    by_name: dict[str, list[GivenRow]] = {}
    for each in delivered(register, first, last):
        own = slots.get(each.group["id"], ())
        meetings = planned_meetings(each.group, own, first, last, days)
        planned = sum(minutes for _, minutes in meetings) / 60 if own else None
        supposed = any(days.supposed(day) for day, _ in meetings)
        by_name.setdefault(
            str((each.intervention or {}).get("name") or "No intervention"), []
        ).append(_row(register, each, planned, supposed))
    return [
        GivenTotal(name, tuple(sorted(rows, key=lambda row: (natural(row.name), row.id))))
        for name, rows in sorted(by_name.items(), key=lambda pair: folded(pair[0]))
    ]


def _row(register: Reading, each: Delivered, planned: float | None, holidays: bool) -> GivenRow:
    return GivenRow(
        each.group["id"],
        str((each.intervention or {}).get("name") or ""),
        group_name(each.group, register.get),
        tuple(staff_named(one, register.get) for one in each.group.get("staff") or ()),
        planned,
        None if each.planned else each.hours,
        each.pupils,
        each.cost,
        each.cost_a_pupil,
        holidays,
    )


@dataclass(frozen=True, slots=True)
class PupilCost:
    """What one child's provision costs in a period. Information: it decides nothing.

    Args:
        pounds: The child's shares of the groups, of those of which it is known.
        unknown: The names of groups whose cost cannot be told.
        planned: Whether hours of some are planned ones, as no session of them was marked.
        holidays: Whether those may count holidays, because no terms are recorded.
        threshold: Pounds a year of the notional threshold.
    """

    pounds: float
    unknown: tuple[str, ...]
    planned: bool
    holidays: bool
    threshold: int

    @property
    def share(self) -> float:
        """Of the threshold of a whole year, 0 to 1 and above."""
        return self.pounds / self.threshold


def pupil_cost(register: Reading, pupil: str, start: date, end: date) -> PupilCost | None:
    """What a child's groups cost in a period; None for a child in none."""
    own = {str(row.get("group")) for row in register.by("placements", "pupil").get(pupil, ())}
    if not own:
        return None
    given = [
        each
        for each in delivered(register, start.isoformat(), end.isoformat(), own)
        if any(row.get("pupil") == pupil for row in each.placed)
    ]
    if not given:
        return None
    school: Row = next(iter(register.all("school")), {})
    shares = [(each, each.cost_a_pupil) for each in given]
    return PupilCost(
        sum(share for _, share in shares if share is not None),
        tuple(group_name(each.group, register.get) for each, share in shares if share is None),
        any(each.planned for each in given),
        any(each.holidays for each in given),
        int(school.get("notional_threshold") or THRESHOLD),
    )
