"""Assessments of a period by pupil and subject, on one scale, with their points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked
from senreg.rules.measures.scale_steps import Steps, points_of, scale_named, scales_of
from senreg.rules.reading import Reading, Row


class Mark(NamedTuple):
    """One assessment.

    Args:
        day: Its ISO day.
        scale: The name of its scale.
        value: What was given.
        points: Its points; None where it has none.
    """

    day: str
    scale: str
    value: str
    points: float | None


Marks = dict[str, list[Mark]]
"""Marks by pupil, earliest first."""


class Assessed:
    """The assessments of a period."""

    def __init__(self, register: Reading, asked: Asked) -> None:
        self.scales = scales_of(register)
        self.by_subject: dict[str, Marks] = {}
        self._known_scales: set[str] = set()
        for row in register.all("assessments"):
            self._take(row, asked)
        for marks in self.by_subject.values():
            for each in marks.values():
                each.sort()

    def _take(self, row: Row, asked: Asked) -> None:
        scale = str(row.get("scale") or "")
        self._known_scales.add(scale)
        subject = str(row.get("subject") or "")
        if not asked.holds(row.get("date")) or (asked.subject and subject != asked.subject):
            return
        if asked.scale and scale.casefold() != asked.scale.casefold():
            return
        mark = Mark(
            str(row["date"]), scale, str(row.get("value") or ""), points_of(row, self.scales)
        )
        self.by_subject.setdefault(subject, defaultdict(list))[str(row.get("pupil"))].append(mark)

    def subjects(self, register: Reading, asked: Asked) -> list[str]:
        """The subjects to answer for, the one asked for also where nothing stands in it.

        Raises WrongUsage for a subject, or a scale, of which the register has no assessment.
        """
        if asked.scale and asked.scale.casefold() not in {
            each.casefold() for each in self._known_scales
        }:
            raise WrongUsage(
                f"No assessment is on the scale {asked.scale}.",
                do="There are: "
                + (", ".join(sorted(filter(None, self._known_scales))) or "none")
                + ".",
            )
        if not asked.subject:
            return sorted(self.by_subject)
        known = {str(row.get("subject") or "") for row in register.all("assessments")}
        if asked.subject not in known and known:
            raise WrongUsage(
                f"There is no assessment in {asked.subject}.",
                do="There are: " + ", ".join(sorted(filter(None, known))) + ".",
            )
        return [asked.subject]

    def steps(self, scale: str) -> Steps:
        """A scale by name."""
        return scale_named(self.scales, scale)


def commonest_scale(marks: Iterable[Mark]) -> str:
    """The scale that most of the marks are on; of several the first by name."""
    counts = Counter(mark.scale for mark in marks)
    return min(counts, key=lambda scale: (-counts[scale], scale)) if counts else ""
