"""A figure in words, for people: '42%', '4.3', '£1,204'."""

from __future__ import annotations

from collections.abc import Mapping

from senreg.rules.measures.asked import Measure, MeasureRow

_TITLES = {
    "full": "with 3 or more",
    "held": "held",
    "mean": "mean a year",
    "median": "median a year",
    "expected": "expected",
    "reached": "reached",
    "scale": "scale",
    "without_sen": "without SEN",
    "n_without_sen": "n without",
    "with_sen": "with SEN",
    "n_with_sen": "n with",
    "persistent": "persistent",
    "before": "year before",
    "relative_change": "relative change",
    "better": "better",
    "same": "same",
    "worse": "worse",
    "taking_part": "take part",
    "excellent": "excellent",
    "given_out": "given out",
    "roll": "roll",
    "moved_on": "moved on",
    "moved_off": "moved off",
    "measure": "measured by",
    "ratio_gain": "ratio gain",
    "targets_met": "targets met",
    "targets": "of targets",
    "hours": "hours",
    "hours_planned": "of them planned",
    "hours_unknown": "groups without hours",
    "placed": "placed",
    "cost": "cost a pupil",
    "total_cost": "cost in all",
    "cost_per_month_gained": "a month gained",
    "per_pupil": "a pupil",
    "pupils": "pupils",
    "planned": "planned",
    "overdue": "overdue",
    "mean_progress": "points a year",
    "n_progress": "n progress",
}
"""The further figures that are shown to people, with their headings, in this order."""

_UNITS = {
    "before": "share",
    "relative_change": "share",
    "cost": "£",
    "total_cost": "£",
    "cost_per_month_gained": "£",
    "per_pupil": "£",
}


def value_in_words(value: object, unit: str = "") -> str:
    """A value in its unit: a share as per cent, pounds with their sign; '–' where unknown."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{each}" for each in value.values())
    return _figure(value, unit) if isinstance(value, (int, float)) else str(value)


def _figure(value: float, unit: str) -> str:
    if unit.startswith("share"):
        return f"{value * 100:.0f}%"
    if unit == "£":
        return f"£{value:,.2f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"


def adds_up(answer: Measure, row: MeasureRow) -> str:
    """How n and unknown of a row come to whom: 'n 172 + 68 unknown = 240: the pupils on roll.'.

    Empty for a measure in which nobody can be unknown.
    """
    if not answer.whom:
        return ""
    unknown = f"{row.unknown:,} unknown = {row.n + row.unknown:,}" if row.unknown else "0 unknown"
    return f"n {row.n:,} + {unknown}: {answer.whom}."


def heading_of(name: str) -> str:
    """The heading of a further figure; its name where it has none."""
    return _TITLES.get(name) or name.replace("_", " ")


def shown_more(rows: tuple[MeasureRow, ...]) -> list[str]:
    """The further figures that any of the rows has, in the order people read them."""
    return [name for name in _TITLES if any(row.more.get(name) not in (None, "") for row in rows)]


def more_in_words(row: MeasureRow, name: str) -> str:
    """A further figure of a row in words."""
    return value_in_words(row.more.get(name), _UNITS.get(name, ""))
