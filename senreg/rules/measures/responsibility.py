"""Whose responsibility: by key teacher, their pupils, conversations, reviews and progress."""

from __future__ import annotations

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, ids, mean, parted, share
from senreg.rules.measures.assessed import Assessed
from senreg.rules.measures.participation import held_in
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.progress import gains
from senreg.rules.measures.who import on_roll
from senreg.rules.reading import Reading, Row
from senreg.rules.today import due_and_overdue

DEFINITION = (
    "By key teacher on the last day, their pupils on the SEN register or in the cohort: "
    "conversations held in the period of those planned for it, reviews and targets overdue on the "
    "last day, and mean progress in points a year."
)


def responsibility(register: Reading, asked: Asked) -> Measure:
    """The measure `responsibility`: by key teacher, or by class, year and the like."""
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    part = asked.by or "key_teacher"
    pupils = [
        pupil
        for pupil in on_roll(register, asked.end)
        if parts.has_sen(pupil, asked.end) or parts.in_cohort(pupil, asked.last)
    ]
    held = held_in(register, asked)
    planned = _planned(register, asked)
    overdue: dict[str, int] = {}
    for line in due_and_overdue(register, asked.end):
        if line.state == "overdue" and line.kind in ("review", "target"):
            overdue[line.pupil] = overdue.get(line.pupil, 0) + 1
    moved = _moved(register, asked, parts, pupils)
    rows = []
    for word, members in parted(pupils, lambda pupil: parts.of(pupil, part, asked.end)):
        names = [each["id"] for each in members]
        met = sum(len(held.get(each, ())) for each in names)
        meant = sum(planned.get(each, 0) for each in names)
        figures = [figure for each in names for figure in moved.get(each, ())]
        rows.append(
            MeasureRow(
                {part: str(word)},
                len(names),
                sum(not planned.get(each) for each in names),
                share(met, meant),
                "share of planned conversations held",
                {
                    "pupils": len(names),
                    "held": met,
                    "planned": meant,
                    "overdue": sum(overdue.get(each, 0) for each in names),
                    "mean_progress": mean(figures),
                    "n_progress": sum(each in moved for each in names),
                },
                ids(members),
                tuple(each for each in names if not planned.get(each)),
            )
        )
    return Measure("responsibility", DEFINITION, asked.start, asked.end, tuple(rows))


def _planned(register: Reading, asked: Asked) -> dict[str, int]:
    """Conversations of the period by pupil: planned for a day in it, or held in it unplanned."""
    found: dict[str, int] = {}
    for row in register.all("conversations"):
        if asked.holds(row.get("planned_for") or row.get("held_on")) or asked.holds(
            row.get("held_on")
        ):
            pupil = str(row.get("pupil"))
            found[pupil] = found.get(pupil, 0) + 1
    return found


def _moved(
    register: Reading, asked: Asked, parts: Parts, pupils: list[Row]
) -> dict[str, list[float]]:
    """Points a year of each pupil in each subject."""
    assessed = Assessed(register, asked)
    found: dict[str, list[float]] = {}
    for subject in assessed.subjects(register, asked):
        try:
            gained = gains(register, asked, parts, assessed, subject, pupils)
        except WrongUsage:
            continue
        for each in gained:
            found.setdefault(each.pupil["id"], []).append(each.a_year)
    return found
