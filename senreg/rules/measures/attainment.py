"""Attainment: the share at or above a value at the last assessment of the period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked, Measure, MeasureRow, parted, share
from senreg.rules.measures.assessed import Assessed, Mark
from senreg.rules.measures.parts import Parts, key_stage, refuse_other_parts
from senreg.rules.measures.progress import latest
from senreg.rules.measures.who import ROLL, on_roll
from senreg.rules.reading import Reading, Row


def attainment(register: Reading, asked: Asked) -> Measure:
    """The measure `attainment`.

    In a subject whose scales do not have the value all pupils are unknown, and a note says so.

    Raises WrongUsage where no value is given, or no scale of any subject has it.
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
    last = {
        subject: latest(assessed.by_subject.get(subject, {}))
        for subject in assessed.subjects(asked)
    }
    reached = {
        subject: _reached(assessed, marks, asked.at_least) for subject, marks in last.items()
    }
    without = [subject for subject, marks in last.items() if marks and not reached[subject]]
    if without and not any(reached.values()):
        raise WrongUsage(_lacks(without[0], asked), do="Give a step of its scale with --at-least.")
    rows: list[MeasureRow] = []
    for subject, marks in last.items():

        def part_of(pupil: Row, on: dict[str, Mark] = marks) -> str:
            mark = on.get(pupil["id"])
            day = date.fromisoformat(mark.day) if mark else asked.end
            return parts.of(pupil, asked.by, day) if asked.by else ""

        for part, members in parted(pupils, part_of) or [("", [])]:
            by = {} if asked.subject else {"subject": subject}
            if asked.by:
                by[asked.by] = str(part)
            rows.append(_row(by, members, reached[subject]))
    notes = tuple(_lacks(subject, asked) for subject in without)
    definition = (
        f"Of pupils on roll on the last day, the share at or above {asked.at_least}, on the order "
        "of its scale, at their last assessment in the period."
    )
    return Measure("attainment", definition, asked.start, asked.end, tuple(rows), notes, whom=ROLL)


def reached_by_year(register: Reading, asked: Asked) -> Iterator[Measure]:
    """Attainment by year group, for each value that the school wants reached in a subject.

    What is to be reached, on which scale and in which key stage, says its table `expectations`;
    one of which nothing was assessed in the period says nothing.

    Args:
        register: The register.
        asked: The period; the rest is left alone.

    Raises WrongUsage where the scale that was used lacks the value.
    """
    wanted = {
        (str(row["subject"]), str(row["scale"]), str(row["at_least"]), str(row.get("stage") or ""))
        for row in register.all("expectations")
        if row.get("subject") and row.get("scale") and row.get("at_least")
    }
    for subject, scale, least, stage in sorted(wanted):
        own = replace(asked, by="year_group", subject=subject, scale=scale, at_least=least)
        if Assessed(register, own).by_subject:
            answer = attainment(register, own)
            rows = (
                replace(row, by={"subject": subject, **row.by})
                for row in answer.rows
                if stage in ("", key_stage(row.by["year_group"]))
            )
            yield replace(answer, rows=tuple(rows))


def _lacks(subject: str, asked: Asked) -> str:
    return f"No scale that is used in {subject or 'this subject'} has the value {asked.at_least}."


def _row(by: dict[str, str], members: Sequence[Row], reached: dict[str, bool]) -> MeasureRow:
    known = [each["id"] for each in members if each["id"] in reached]
    count = sum(reached[each] for each in known)
    missing = tuple(each["id"] for each in members if each["id"] not in reached)
    return MeasureRow(
        by, len(known), len(missing), share(count, len(known)), "share",
        {"reached": count}, tuple(known), missing,
    )  # fmt: skip


def _reached(assessed: Assessed, last: dict[str, Mark], least: str) -> dict[str, bool]:
    """By pupil whether a mark is at or above a value; those off the scale are left out."""
    found = {}
    for pupil, mark in last.items():
        steps = assessed.steps(mark.scale)
        stands, wanted = steps.place_of(mark.value), steps.place_of(least)
        if stands is not None and wanted is not None:
            found[pupil] = stands <= wanted if steps.falls else stands >= wanted
    return found
