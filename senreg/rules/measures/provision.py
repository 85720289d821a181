"""Impact of interventions, and what provision costs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from statistics import median

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import NOT_KNOWN, Asked, Measure, MeasureRow, Value, mean, parted
from senreg.rules.measures.delivered import FORMULA, HOLIDAYS, HOURS, Delivered, delivered
from senreg.rules.measures.words import value_in_words
from senreg.rules.naming import pupil_named
from senreg.rules.reading import Reading, Row

DAYS_A_MONTH = 30.4375
"""Days of a mean month: 365.25 ÷ 12."""

_AGE = re.compile(r"(?<![^\W_])ages?(?![^\W_])", re.IGNORECASE)
"""The word itself: not the end of “percentage”."""

IMPACT = (
    "By intervention, placements whose exit score was taken in the period and that have both "
    "scores: the mean gain before and after, in the good direction: where less is better it is "
    "what the score fell by. There is no comparison group: it does not say that "
    "the help caused it. Ratio gain is mean gain ÷ mean months between the scores (days ÷ "
    "30.4375), of those whose days are known and in order, where the measure is an age in months. "
    f"Cost is that of a pupil in the period: {FORMULA}. {HOURS}. A month gained costs that ÷ mean "
    "gain."
)
COST = (
    f"Cost of provision in the period: the sum of what each pupil cost, which is {FORMULA}, group "
    f"by group. {HOURS}."
)
_ENDED = "the placements that ended, or were scored at their end, in the period"
_PLACED = "the pupils placed in the period, unknown those one of whose groups has no known cost"
_COST_PARTS = ("intervention", "pupil", "tier")


def impact(register: Reading, asked: Asked) -> Measure:
    """The measure `impact`, a row for each intervention."""
    if asked.by not in ("", "intervention"):
        raise WrongUsage("Impact is parted by intervention only.", do="Leave --by out.")
    groups = delivered(register, asked.first, asked.last)
    costs = parted_costs(groups)
    placements: dict[str, list[Row]] = {}
    live = {str(row["id"]) for row in register.all("pupils")}
    for row in register.all("placements"):
        if str(row.get("pupil")) not in live:
            continue
        group = register.get(str(row.get("group") or "")) or {}
        if asked.holds(row.get("exit_on") or row.get("end")):
            placements.setdefault(str(group.get("intervention") or ""), []).append(row)
    rows = []
    for intervention in sorted(
        register.all("interventions"), key=lambda row: str(row.get("name") or "").casefold()
    ):
        listed = placements.get(intervention["id"], [])
        given = costs.get(intervention["id"], [])
        if listed or given:
            rows.append(_impact_row(register, intervention, listed, given))
    return Measure("impact", IMPACT, asked.start, asked.end, tuple(rows), _notes(groups), _ENDED)


def _notes(groups: Iterable[Delivered]) -> tuple[str, ...]:
    """What is said beside costs of planned hours that may count holidays."""
    return (HOLIDAYS,) if any(each.holidays for each in groups) else ()


def is_age_in_months(measure: object) -> bool:
    """Whether what is measured is an age, such as a reading age in months."""
    return bool(_AGE.search(str(measure or "")))


def parted_costs(groups: Iterable[Delivered]) -> dict[str, list[Delivered]]:
    """What was delivered, by the id of the intervention."""
    found: dict[str, list[Delivered]] = {}
    for each in groups:
        found.setdefault(str(each.group.get("intervention") or ""), []).append(each)
    return found


def _impact_row(
    register: Reading, intervention: Row, listed: Sequence[Row], given: Sequence[Delivered]
) -> MeasureRow:
    scored = [
        row
        for row in listed
        if row.get("entry_score") is not None and row.get("exit_score") is not None
    ]
    sign = -1.0 if intervention.get("direction") == "down" else 1.0
    gains = [sign * (float(row["exit_score"]) - float(row["entry_score"])) for row in scored]
    gain = mean(gains)
    placed = len(_placed(given))
    total = _cost_of(given)
    a_pupil = total / placed if total is not None and placed else None
    aims = [register.get(str(each)) or {} for row in listed for each in row.get("targets") or ()]
    outcomes = [int(row["outcome"]) for row in listed if row.get("outcome") is not None]
    more: dict[str, Value] = {
        "measure": intervention.get("measure"),
        "direction": intervention.get("direction"),
        "mean_gain": gain,
        "median_gain": median(gains) if gains else None,
        "least_gain": min(gains, default=None),
        "most_gain": max(gains, default=None),
        "targets_met": sum(each.get("status") == "met" for each in aims),
        "targets": len(aims),
        "mean_outcome": mean(outcomes),
        "hours": known_sum(each.hours for each in given),
        "hours_planned": sum(each.hours or 0.0 for each in given if each.planned),
        "hours_unknown": sum(each.hours is None for each in given),
        "holidays_counted": any(each.holidays for each in given),
        "cost": a_pupil,
        "total_cost": total,
        "placed": placed,
        "ratio_gain": None,
        "cost_per_month_gained": None,
    }
    if is_age_in_months(intervention.get("measure")):
        more["ratio_gain"] = _ratio_gain(scored, sign)
        if gain is not None and gain > 0 and a_pupil is not None:
            more["cost_per_month_gained"] = a_pupil / gain
    known = {row["id"] for row in scored}
    missing = tuple(str(row.get("pupil")) for row in listed if row["id"] not in known)
    return MeasureRow(
        {"intervention": str(intervention.get("name") or "")},
        len(scored), len(listed) - len(scored), gain, "points of the measure", more,
        tuple(str(row.get("pupil")) for row in scored), missing, intervention["id"],
        said=_scores_in_words(scored),
    )  # fmt: skip


def _scores_in_words(scored: Sequence[Row]) -> dict[str, str]:
    """By pupil '84 → 92', of several placements one after the other."""
    found: dict[str, list[str]] = {}
    for row in sorted(scored, key=lambda row: str(row.get("start") or "")):
        scores = (value_in_words(row[name]) for name in ("entry_score", "exit_score"))
        found.setdefault(str(row.get("pupil")), []).append(" → ".join(scores))
    return {pupil: "; ".join(listed) for pupil, listed in found.items()}


def known_sum(figures: Iterable[float | None]) -> float | None:
    """The sum of those that are known; None where none is."""
    known = [each for each in figures if each is not None]
    return sum(known) if known else None


def _placed(given: Iterable[Delivered]) -> set[str]:
    """The pupils actually placed."""
    return {str(row.get("pupil")) for each in given for row in each.placed}


def _cost_of(given: Sequence[Delivered]) -> float | None:
    """Pounds of all groups together; None where hours or a rate are unknown."""
    costs = [each.cost for each in given if each.cost is not None]
    return sum(costs) if len(costs) == len(given) else None


def _ratio_gain(scored: Sequence[Row], sign: float) -> float | None:
    """Mean gain ÷ mean months between the scores, of those whose days are known and in order."""
    gains, days = [], []
    for row in scored:
        first, last = row.get("entry_on") or row.get("start"), row.get("exit_on") or row.get("end")
        if first and last and first < last:
            gains.append(sign * (float(row["exit_score"]) - float(row["entry_score"])))
            days.append((date.fromisoformat(last) - date.fromisoformat(first)).days)
    return sum(gains) / (sum(days) / DAYS_A_MONTH) if days else None


def cost(register: Reading, asked: Asked) -> Measure:
    """The measure `cost`: by intervention, pupil or tier."""
    by = asked.by or "intervention"
    if by not in _COST_PARTS:
        raise WrongUsage(
            f"Cost cannot be parted by {by}.",
            do="It can be parted by: " + ", ".join(_COST_PARTS) + ".",
        )
    groups = delivered(register, asked.first, asked.last)
    shares = [
        (each, str(pupil))
        for each in groups
        for pupil in sorted({str(row.get("pupil")) for row in each.placed})
    ]

    def part_of(pair: tuple[Delivered, str]) -> str:
        group, pupil = pair
        if by == "pupil":
            return pupil
        held = group.intervention or {}
        return str(held.get("name" if by == "intervention" else "tier") or NOT_KNOWN)

    rows = []
    for part, members in parted(shares, part_of):
        name = pupil_named(part, register.get) if by == "pupil" else str(part)
        rows.append(_cost_row({by: name}, members))
    return Measure("cost", COST, asked.start, asked.end, tuple(rows), _notes(groups), _PLACED)


def _cost_row(by: dict[str, str], members: Sequence[tuple[Delivered, str]]) -> MeasureRow:
    lacking = tuple(dict.fromkeys(pupil for each, pupil in members if each.cost_a_pupil is None))
    known = [(each, pupil) for each, pupil in members if pupil not in lacking]
    pupils = tuple(dict.fromkeys(pupil for _, pupil in known))
    total = sum(each.cost_a_pupil or 0.0 for each, _ in known)
    return MeasureRow(
        by,
        len(pupils),
        len(lacking),
        round(total, 2) if known else None,
        "£",
        {
            "per_pupil": round(total / len(pupils), 2) if pupils else None,
            "hours": known_sum({each.group["id"]: each.hours for each, _ in members}.values()),
            "planned": any(each.planned for each, _ in members),
        },
        pupils,
        lacking,
        said=_costs_in_words(known),
    )


def _costs_in_words(members: Sequence[tuple[Delivered, str]]) -> dict[str, str]:
    found: dict[str, float] = {}
    for each, pupil in members:
        found[pupil] = found.get(pupil, 0.0) + (each.cost_a_pupil or 0.0)
    return {pupil: value_in_words(round(total, 2), "£") for pupil, total in found.items()}
