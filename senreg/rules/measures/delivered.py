"""Hours and cost of groups.

A pupil's cost is (hours of every adult × the rate of their role on that date + resource cost of
the run) ÷ pupils actually placed.

Hours are those of the sessions that took place. Of a group of which no session was ever recorded
they are those its times give on the days of the school's terms, and the figure says that they are
planned. Where no terms are recorded it says that holidays are counted too. Of a group without
sessions and without times, and of a session whose length is nowhere written, they are not known,
and so is the cost.
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from senreg.rules.dates import TermDays
from senreg.rules.reading import Reading, Row

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FORMULA = (
    "(hours of every adult × the rate of their role on that date + resource cost of the run) ÷ "
    "pupils actually placed"
)
HOURS = (
    "Hours are those of the sessions that took place; of a group of which none was ever recorded, "
    "those its times give on days of the school's terms"
)
HOLIDAYS = (
    "No terms are recorded for some of these days, so that planned hours count holidays too; "
    "terms are recorded in the settings."
)


@dataclass(frozen=True, slots=True)
class Delivered:
    """What a group gave in a period.

    Args:
        group: The group.
        intervention: What it runs; None where that is not in the register.
        placed: The placements of pupils who were in it in the period, archived ones apart.
        hours: Hours of sessions; None where they are not known.
        staff_cost: Pounds for the adults; None where hours or a rate are not known.
        resources: Pounds for the run, where it began in the period.
        planned: Whether hours are planned ones, because no session was ever recorded.
        holidays: Whether planned hours may count holidays, because no terms are recorded.
    """

    group: Row
    intervention: Row | None
    placed: tuple[Row, ...]
    hours: float | None
    staff_cost: float | None
    resources: float
    planned: bool
    holidays: bool

    @property
    def cost(self) -> float | None:
        """Pounds of the whole group; None where hours or a rate are not known."""
        return None if self.staff_cost is None else self.staff_cost + self.resources

    @property
    def pupils(self) -> int:
        """Pupils actually placed."""
        return len({str(each.get("pupil")) for each in self.placed})

    @property
    def cost_a_pupil(self) -> float | None:
        """Pounds for each pupil placed; None where that of the group is unknown or nobody was."""
        return None if self.cost is None or not self.pupils else self.cost / self.pupils


def delivered(
    register: Reading, first: str, last: str, of: Container[str] | None = None
) -> list[Delivered]:
    """What groups gave from one day to another, of those that had a pupil placed.

    Args:
        register: The register.
        first: First ISO day of the period.
        last: Last ISO day.
        of: The ids of the groups that are looked at; None for every group.
    """
    placements = register.by("placements", "group")
    sessions = register.by("sessions", "group")
    slots = register.by("slots", "group")
    rates = _rates(register)
    days = TermDays(register.all("terms"))
    live = {str(row["id"]) for row in register.all("pupils")}
    found = []
    for group in register.all("groups"):
        if of is not None and group["id"] not in of:
            continue
        placed = tuple(
            row
            for row in placements.get(group["id"], ())
            if str(row.get("pupil")) in live and _overlaps(row, first, last)
        )
        if not placed or not _overlaps(group, first, last):
            continue
        held, times = sessions.get(group["id"], ()), slots.get(group["id"], ())
        planned = not held and any(each.get("minutes") for each in times)
        meetings: Sequence[tuple[str, int | None]] | None = None
        if held:
            meetings = [
                (str(row["date"]), _minutes(row, group, register))
                for row in held
                if row.get("date") and first <= str(row["date"]) <= last
            ]
        elif planned:
            meetings = planned_meetings(group, times, first, last, days)
        supposed = planned and any(days.supposed(day) for day, _ in meetings or ())
        found.append(
            _of_group(register, group, placed, meetings, rates, first, last, planned, supposed)
        )
    return found


def planned_meetings(
    group: Row, slots: Sequence[Row], first: str, last: str, days: TermDays
) -> list[tuple[str, int]]:
    """Day and minutes of each meeting the times of a group give on days of terms in a period."""
    start = max(str(group.get("start") or first), first)
    end = min(str(group.get("end") or last), last)
    found = []
    for slot in slots:
        if slot.get("weekday") not in _WEEKDAYS or not slot.get("minutes") or start > end:
            continue
        day = date.fromisoformat(start)
        day += timedelta(days=(_WEEKDAYS.index(slot["weekday"]) - day.weekday()) % 7)
        while day.isoformat() <= end:
            if days.has(day.isoformat()):
                found.append((day.isoformat(), int(slot["minutes"])))
            day += timedelta(days=7)
    return sorted(found)


def _of_group(
    register: Reading,
    group: Row,
    placed: tuple[Row, ...],
    meetings: Sequence[tuple[str, int | None]] | None,
    rates: Mapping[str, list[tuple[str, float]]],
    first: str,
    last: str,
    planned: bool,
    holidays: bool,
) -> Delivered:
    intervention = register.get(str(group.get("intervention") or ""))
    adults = [register.get(str(each)) or {} for each in group.get("staff") or ()]
    lengths = [(day, minutes) for day, minutes in meetings or () if minutes is not None]
    unknown = meetings is None or len(lengths) < len(meetings)
    cost = None if unknown or (meetings and not adults) else 0.0
    for day, minutes in lengths:
        for adult in adults:
            rate = rate_on(rates, str(adult.get("role") or ""), day)
            cost = None if cost is None or rate is None else cost + rate * minutes / 60
    hours = None if unknown else sum(minutes for _, minutes in lengths) / 60
    began = first <= str(group.get("start") or first) <= last
    resources = float((intervention or {}).get("resource_cost") or 0) if began else 0.0
    return Delivered(group, intervention, placed, hours, cost, resources, planned, holidays)


def rate_on(rates: Mapping[str, list[tuple[str, float]]], role: str, day: str) -> float | None:
    """Pounds an hour of a role on a day; None where no rate holds."""
    holding = [rate for start, rate in rates.get(role, ()) if start <= day]
    return holding[-1] if holding else None


def _rates(register: Reading) -> dict[str, list[tuple[str, float]]]:
    """By role, from which day on which rate holds, earliest first."""
    found: dict[str, list[tuple[str, float]]] = {}
    for row in register.all("rates"):
        if row.get("per_hour") is not None:
            entry = (str(row.get("start") or ""), float(row["per_hour"]))
            found.setdefault(str(row.get("role")), []).append(entry)
    for entries in found.values():
        entries.sort()
    return found


def _minutes(session: Row, group: Row, register: Reading) -> int | None:
    """A session's own length, else that of the intervention's sessions; None where unknown."""
    if session.get("minutes") is not None:
        return int(session["minutes"])
    intervention = register.get(str(group.get("intervention") or "")) or {}
    return int(intervention["session_minutes"]) if intervention.get("session_minutes") else None


def _overlaps(row: Row, first: str, last: str) -> bool:
    start, end = row.get("start"), row.get("end")
    return (not start or str(start) <= last) and (not end or str(end) >= first)
