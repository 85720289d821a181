"""Wider outcomes: the change from first to last mark, and who takes part in something."""

from __future__ import annotations

from collections.abc import Container, Sequence
from datetime import date

from senreg.rules.measures.asked import Asked, Measure, MeasureRow, mean, parted, share
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.scale_steps import Steps, folded_name, same_name, scales_of
from senreg.rules.measures.who import ROLL, on_roll
from senreg.rules.reading import Reading, Row

PARTICIPATION = "participation"

DEFINITION = (
    "By category, of pupils on roll on the last day with a first and a last mark in the period on "
    "one scale: the mean change in the good direction; marks of one day count as their mean; "
    "class, status and so on are those of the last mark's day. For "
    "participation, of pupils of whom it is known, the share who took part in at least one "
    "activity in the period."
)


def wider(register: Reading, asked: Asked) -> Measure:
    """The measure `wider`, a row for each category."""
    refuse_other_parts(asked, "category")
    by = "" if asked.by == "category" else asked.by
    parts = Parts(register, asked.today)
    pupils = on_roll(register, asked.end)
    scales = scales_of(register)
    marks = _marks(register, asked, {pupil["id"] for pupil in pupils})
    taking = taking_part(register, asked.first, asked.last)
    rows: list[MeasureRow] = []
    for category in [*sorted(each for each in marks if each != PARTICIPATION), PARTICIPATION]:
        own = {} if category == PARTICIPATION else marks[category]

        def part_of(pupil: Row, own: dict[str, list[Row]] = own) -> str:
            days = [str(row["date"]) for row in own.get(pupil["id"], ())]
            day = date.fromisoformat(max(days)) if days else asked.end
            return parts.of(pupil, by, day) if by else ""

        for part, members in parted(pupils, part_of):
            named = {"category": category} | ({by: str(part)} if by else {})
            if category == PARTICIPATION:
                rows.append(_takers(named, members, taking))
            else:
                rows.append(_change(named, members, marks[category], scales))
    return Measure("wider", DEFINITION, asked.start, asked.end, tuple(rows), whom=ROLL)


def taking_part(register: Reading, first: str, last: str) -> dict[str, bool]:
    """By pupil of whom it is known, whether it took part in an activity in a period."""
    activities = {row["id"]: row for row in register.all("activities")}
    found: dict[str, bool] = {}
    for row in register.all("participations"):
        start = str(row.get("start") or "")
        activity = activities.get(str(row.get("activity") or ""), {})
        end = str(row.get("end") or activity.get("end") or "9999-12-31")
        if start > last or end < first:
            continue
        pupil = str(row.get("pupil"))
        if row.get("activity"):
            found[pupil] = True
        elif row.get("takes_no_part"):
            found.setdefault(pupil, False)
    return found


def _marks(
    register: Reading, asked: Asked, pupils: Container[object]
) -> dict[str, dict[str, list[Row]]]:
    found: dict[str, dict[str, list[Row]]] = {}
    for row in register.all("wider_marks"):
        if row.get("pupil") not in pupils:
            continue
        if asked.scale and not same_name(row.get("scale"), asked.scale):
            continue
        if asked.holds(row.get("date")) and row.get("value") is not None:
            of_category = found.setdefault(str(row.get("category") or "other"), {})
            of_category.setdefault(str(row.get("pupil")), []).append(row)
    return found


def change_of(marks: Sequence[Row], scales: dict[str, Steps]) -> float | None:
    """From the first mark to the last on one scale, in the good direction; None without both.

    Of several scales the one with the latest last mark is taken, if it has two days with marks,
    of several such the first by name. Marks of one day count as their mean.
    """
    best: tuple[str, float] | None = None
    for scale, own in _by_scale(marks):
        days = [str(row["date"]) for row in own]
        first, last = min(days), max(days)
        if first == last or (best is not None and last <= best[0]):
            continue
        moved = _on_day(own, last) - _on_day(own, first)
        best = (last, -moved if _falls(own, last, scales.get(scale)) else moved)
    return best[1] if best else None


def _by_scale(marks: Sequence[Row]) -> list[tuple[str, list[Row]]]:
    """Marks by the folded name of their scale, in the order of the names."""
    found: dict[str, list[Row]] = {}
    for row in marks:
        found.setdefault(folded_name(row.get("scale")), []).append(row)
    return sorted(found.items(), key=lambda pair: pair[0])


def _on_day(marks: Sequence[Row], day: str) -> float:
    """The mark of a day: the mean of those that were given on it."""
    values = sorted(float(row["value"]) for row in marks if row["date"] == day)
    return sum(values) / len(values)


def _falls(marks: Sequence[Row], last: str, scale: Steps | None) -> bool:
    """Whether less is better: what the marks of the last day say, else their scale."""
    said = {row.get("direction") for row in marks if row["date"] == last} - {None}
    if len(said) == 1:
        return said == {"down"}
    return scale is not None and scale.falls


def _change(
    by: dict[str, str],
    members: Sequence[Row],
    marks: dict[str, list[Row]],
    scales: dict[str, Steps],
) -> MeasureRow:
    changes = {}
    for pupil in members:
        change = change_of(marks.get(pupil["id"], ()), scales)
        if change is not None:
            changes[pupil["id"]] = change
    missing = tuple(each["id"] for each in members if each["id"] not in changes)
    figures = list(changes.values())
    more = {
        "better": sum(each > 0 for each in figures),
        "same": sum(each == 0 for each in figures),
        "worse": sum(each < 0 for each in figures),
    }
    return MeasureRow(
        by, len(changes), len(missing), mean(figures), "points in the good direction",
        dict(more), tuple(changes), missing,
        said={each: changed_in_words(change) for each, change in changes.items()},
    )  # fmt: skip


def changed_in_words(change: float) -> str:
    """'✓ +2 better', '▼ -1 worse', '= no change'."""
    if not change:
        return "= no change"
    return f"✓ {change:+.3g} better" if change > 0 else f"▼ {change:+.3g} worse"


def taking_in_words(takes: bool) -> str:
    """Whether a pupil takes part, in words."""
    return "✓ takes part" if takes else "▼ in nothing"


def _takers(by: dict[str, str], members: Sequence[Row], taking: dict[str, bool]) -> MeasureRow:
    known = [each["id"] for each in members if each["id"] in taking]
    count = sum(taking[each] for each in known)
    missing = tuple(each["id"] for each in members if each["id"] not in taking)
    return MeasureRow(
        by, len(known), len(missing), share(count, len(known)), "share",
        {"taking_part": count}, tuple(known), missing,
        said={each: taking_in_words(taking[each]) for each in known},
    )  # fmt: skip
