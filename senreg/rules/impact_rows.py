"""Interventions judged: what each gained, for how many, what it cost, and what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from senreg.models.text import folded
from senreg.rules.measures import Asked, MeasureRow, measured
from senreg.rules.measures.delivered import delivered
from senreg.rules.naming import list_name
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import on_roll

RANKED_FROM = 8
"""Scored places from which an intervention is ranked, where the school says nothing."""

NO_COMPARISON = (
    "A gain before and after, with no comparison group: it does not say that the help caused it."
)


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """An intervention as the list shows it.

    Args:
        id: The intervention's id.
        name: Its name.
        measure: What it is scored in.
        n: Placements with both scores.
        unknown: Placements that ended in the period without both.
        gain: Mean gain; None without any.
        spread: 'least to most' of the gains.
        ratio: Months gained for a month between the scores, where the measure is an age.
        outcomes: How many of each outcome from -2 to 2.
        targets: 'met of served'.
        hours: Hours, those of marked sessions and planned ones together; None where not known.
        planned: How many of them are planned ones, of groups of which no session was ever marked.
        holidays: Whether those may count holidays, because no terms are recorded.
        cost: Pounds in the period; None where hours or a rate are not known.
        month: Pounds for a month gained.
        ranked: It has enough placements to be ranked.
        rank: Its place by ratio gain among those that are ranked; 0 for none.
        behind: The pupils with both scores.
        running: Pupils in a group of it on the day.
        haystack: Folded text that a filter looks in.
    """

    id: str
    name: str
    measure: str
    n: int
    unknown: int
    gain: float | None
    spread: str
    ratio: float | None
    outcomes: tuple[int, int, int, int, int]
    targets: str
    hours: float | None
    planned: float
    holidays: bool
    cost: float | None
    month: float | None
    ranked: bool
    rank: int
    behind: tuple[str, ...]
    running: tuple[str, ...]
    haystack: str


def impact_rows(register: Reading, start: date, end: date, today: date) -> list[ImpactRow]:
    """Every live intervention that ran in a period, or runs, by name.

    Args:
        register: The register.
        start: First day of the period.
        end: Last day.
        today: The day on which who is in it now is looked at.
    """
    answer = measured("impact", register, Asked(start, end, today))
    by_id = {row.record: row for row in answer.rows}
    school = next(iter(register.all("school")), {})
    least = int(school.get("rank_from") or RANKED_FROM)
    running = in_it_now(register, today)
    outcomes = _outcomes(register, start.isoformat(), end.isoformat())
    figures = {
        each: round(float(str(row.more["ratio_gain"])), 6)
        for each, row in by_id.items()
        if row.n >= least and row.more.get("ratio_gain") is not None
    }
    order = sorted(figures.values(), reverse=True)
    places = {each: order.index(figure) + 1 for each, figure in figures.items()}
    found = []
    for each in register.all("interventions"):
        key = each["id"]
        row = by_id.get(key)
        if row is not None or key in running:
            now, rank = running.get(key, ()), places.get(key, 0)
            found.append(_row(each, row, least, rank, now, outcomes.get(key, ())))
    return sorted(found, key=lambda row: folded(row.name))


def in_it_now(register: Reading, today: date) -> dict[str, tuple[str, ...]]:
    """By intervention, the pupils on roll who are in a group of it on a day."""
    day = today.isoformat()
    present = {row["id"] for row in on_roll(register, today)}
    placements = register.by("placements", "group")
    found: dict[str, dict[str, None]] = {}
    for group in register.all("groups"):
        for place in placements.get(group["id"], ()):
            pupil = str(place.get("pupil"))
            if covers(group, day) and covers(place, day) and pupil in present:
                found.setdefault(str(group.get("intervention")), {})[pupil] = None
    return {intervention: tuple(pupils) for intervention, pupils in found.items()}


@dataclass(frozen=True, slots=True)
class Slimmed:
    """What keeping only some interventions would mean.

    Args:
        dropped: The interventions that would be put away, by name.
        losing: By pupil in one of them now, by name, what each would no longer have.
        bare: Those of them who would be left without any group.
        cost: What the dropped ones cost in the period; None where hours or a rate is not known.
    """

    dropped: tuple[Row, ...]
    losing: tuple[tuple[Row, tuple[str, ...]], ...]
    bare: tuple[Row, ...]
    cost: float | None


def slimmed(register: Reading, keep: Iterable[str], start: date, end: date, today: date) -> Slimmed:
    """What would follow from keeping only these interventions of the catalogue.

    Args:
        register: The register.
        keep: The ids of those to keep.
        start: First day of the period whose cost is told.
        end: Last day.
        today: The day on which pupils are in groups.
    """
    kept = set(keep)
    rows = sorted(register.all("interventions"), key=lambda row: folded(str(row.get("name") or "")))
    dropped = tuple(row for row in rows if row["id"] not in kept)
    running = in_it_now(register, today)
    has: dict[str, list[str]] = {}
    for row in dropped:
        for pupil in running.get(row["id"], ()):
            has.setdefault(pupil, []).append(str(row.get("name") or ""))
    still = {pupil for each in kept for pupil in running.get(each, ())}
    pupils = [(register.get(pupil) or {}, tuple(names)) for pupil, names in has.items()]
    pupils.sort(key=lambda pair: (str(pair[0].get("class_name") or ""), list_name(pair[0])))
    names = {row["id"] for row in dropped}
    costs = [
        each.cost
        for each in delivered(register, start.isoformat(), end.isoformat())
        if str(each.group.get("intervention")) in names
    ]
    known = [cost for cost in costs if cost is not None]
    return Slimmed(
        dropped,
        tuple(pupils),
        tuple(row for row, _ in pupils if row and row["id"] not in still),
        sum(known) if len(known) == len(costs) else None,
    )


def _outcomes(register: Reading, first: str, last: str) -> dict[str, list[int]]:
    """By intervention, the outcomes of the placements that ended in a period."""
    found: dict[str, list[int]] = {}
    live = {str(row["id"]) for row in register.all("pupils")}
    for place in register.all("placements"):
        day = str(place.get("exit_on") or place.get("end") or "")
        if str(place.get("pupil")) not in live:
            continue
        if first <= day <= last and place.get("outcome") is not None:
            group = register.get(str(place.get("group") or "")) or {}
            found.setdefault(str(group.get("intervention")), []).append(int(place["outcome"]))
    return found


def _row(
    intervention: Row,
    row: MeasureRow | None,
    least: int,
    rank: int,
    running: Sequence[str],
    outcomes: Sequence[int],
) -> ImpactRow:
    more = row.more if row is not None else {}
    counts = Counter(outcomes)
    lowest, highest = _number(more.get("least_gain")), _number(more.get("most_gain"))
    spread = f"{lowest:g} to {highest:g}" if lowest is not None and highest is not None else ""
    name = str(intervention.get("name") or "")
    return ImpactRow(
        intervention["id"],
        name,
        measured_by(intervention),
        row.n if row else 0,
        row.unknown if row else 0,
        _number(row.value) if row else None,
        spread,
        _number(more.get("ratio_gain")),
        (counts[-2], counts[-1], counts[0], counts[1], counts[2]),
        f"{more['targets_met']} of {more['targets']}" if more.get("targets") else "",
        _number(more.get("hours")),
        _number(more.get("hours_planned")) or 0.0,
        bool(more.get("holidays_counted")),
        _number(more.get("total_cost")),
        _number(more.get("cost_per_month_gained")),
        bool(row and row.n >= least),
        rank,
        row.behind if row else (),
        tuple(running),
        folded(f"{name} {intervention.get('measure') or ''} {intervention.get('tier') or ''}"),
    )


def measured_by(intervention: Row) -> str:
    """'Difficulties, of 40 (less is better)': what is scored, and that a fall is the gain."""
    measure = str(intervention.get("measure") or "")
    falls = intervention.get("direction") == "down"
    return f"{measure} (less is better)".strip() if falls else measure


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) else None
