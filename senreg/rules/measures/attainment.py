"""Attainment: the share at or above a value at the last assessment of the period."""

from __future__ import annotations

from datetime import date

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, parted, share
from senreg.rules.measures.assessed import Assessed
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.progress import latest
from senreg.rules.measures.who import on_roll
from senreg.rules.reading import Reading, Row


def attainment(register: Reading, asked: Asked) -> Measure:
    """The measure `attainment`.

    Raises WrongUsage where no value is given, or no scale of the subject has it.
    """
    refuse_other_parts(asked)
    if not asked.at_least:
        raise WrongUsage(
            "Attainment is the share at or above a value, and none was given.",
            do="Give it with --at-least, such as --at-least 4b.",
        )
    parts = Parts(register, asked.today)
    assessed = Assessed(register, asked)
    pupils = on_roll(register, asked.end)
    rows: list[MeasureRow] = []
    for subject in assessed.subjects(asked):
        reached: dict[str, bool] = {}
        days: dict[str, str] = {}
        for pupil, mark in latest(assessed.by_subject.get(subject, {})).items():
            days[pupil] = mark.day
            steps = assessed.steps(mark.scale)
            stands, wanted = steps.place_of(mark.value), steps.place_of(asked.at_least)
            if stands is not None and wanted is not None:
                reached[pupil] = stands <= wanted if steps.falls else stands >= wanted
        if days and not reached:
            raise WrongUsage(
                f"No scale that is used in {subject or 'this subject'} has the value "
                f"{asked.at_least}.",
                do="Give a step of its scale with --at-least.",
            )

        def part_of(pupil: Row, on: dict[str, str] = days) -> str:
            day = on.get(pupil["id"])
            return (
                parts.of(pupil, asked.by, date.fromisoformat(day) if day else asked.end)
                if asked.by
                else ""
            )

        for part, members in parted(pupils, part_of) or [("", [])]:
            by = {} if asked.subject else {"subject": subject}
            if asked.by:
                by[asked.by] = str(part)
            known = [each["id"] for each in members if each["id"] in reached]
            count = sum(reached[each] for each in known)
            missing = tuple(each["id"] for each in members if each["id"] not in reached)
            rows.append(
                MeasureRow(
                    by, len(known), len(missing), share(count, len(known)), "share",
                    {"reached": count}, tuple(known), missing,
                )
            )  # fmt: skip
    definition = (
        f"Of pupils on roll on the last day, the share at or above {asked.at_least}, on the order "
        "of its scale, at their last assessment in the period."
    )
    return Measure("attainment", definition, asked.start, asked.end, tuple(rows))
