"""Assessments of a period by pupil and subject, on one scale, with their points."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import partial
from typing import NamedTuple

from senreg.errors import WrongUsage
from senreg.rules.measures.asked import Asked
from senreg.rules.measures.scale_steps import (
    Steps,
    points_of,
    same_name,
    scale_named,
    scales_of,
    spelt_as_one,
)
from senreg.rules.reading import Reading


class Mark(NamedTuple):
    """One assessment.

    Args:
        day: Its ISO day.
        scale: The name of its scale, spelt in one way throughout.
        value: What was given.
        points: Its points; None where it has none.
    """

    day: str
    scale: str
    value: str
    points: float | None


class Moved(NamedTuple):
    """How far a child went from one assessment to another on the same scale.

    Args:
        by: How many; less than 0 is down the scale.
        unit: points; or steps, of a scale that gives its steps none.
    """

    by: float
    unit: str

    @property
    def words(self) -> str:
        """'+3', '+1 step', '-2 steps'."""
        if self.unit == "points":
            return f"{self.by:+g}"
        return f"{self.by:+g} step{'' if abs(self.by) == 1 else 's'}"


def moved(before: Mark, after: Mark, scales: Mapping[str, Steps]) -> Moved | None:
    """From one mark to another; None for two scales, or a value that is none of its scale."""
    if not same_name(before.scale, after.scale):
        return None
    if before.points is not None and after.points is not None:
        return Moved(after.points - before.points, "points")
    steps = scale_named(scales, after.scale)
    first, last = steps.place_of(before.value), steps.place_of(after.value)
    return Moved(last - first, "steps") if first is not None and last is not None else None


Marks = dict[str, list[Mark]]
"""Marks by pupil, earliest first; of several on a day and a scale the best is the last."""


class Assessed:
    """The assessments of a period, of pupils who were not archived."""

    def __init__(self, register: Reading, asked: Asked) -> None:
        self.scales = scales_of(register)
        self.by_subject: dict[str, Marks] = {}
        live = {row["id"] for row in register.all("pupils")}
        self._rows = [row for row in register.all("assessments") if row.get("pupil") in live]
        names = self._take_all(asked)
        spelt = spelt_as_one(names, self.scales)
        respelt = any(name != scale for name, scale in spelt.items())
        for marks in self.by_subject.values():
            for each in marks.values():
                if respelt:
                    each[:] = [one._replace(scale=spelt[one.scale]) for one in each]
                each.sort(key=_by_day)
                if len({one[:2] for one in each}) < len(each):
                    each.sort(key=partial(from_least, scales=self.scales))

    def _take_all(self, asked: Asked) -> set[str]:
        """Take what was asked for; the names of scales that stand in it."""
        first, last = asked.first, asked.last
        wanted: dict[str, bool] = {}
        for row in self._rows:
            day = row.get("date")
            if not day or not first <= day <= last:
                continue
            subject, scale = row.get("subject") or "", row.get("scale") or ""
            if asked.subject and subject != asked.subject:
                continue
            if scale not in wanted:
                wanted[scale] = not asked.scale or same_name(scale, asked.scale)
            if wanted[scale]:
                mark = Mark(day, scale, row.get("value") or "", points_of(row, self.scales))
                marks = self.by_subject.setdefault(subject, defaultdict(list))
                marks[row["pupil"]].append(mark)
        return {name for name, wants in wanted.items() if wants}

    def subjects(self, asked: Asked) -> list[str]:
        """The subjects to answer for, the one asked for also where nothing stands in it.

        Raises WrongUsage for a subject, or a scale, of which the register has no assessment.
        """
        if asked.scale:
            self._refuse_unknown_scale(asked.scale)
        if not asked.subject:
            return sorted(self.by_subject)
        known = {str(row.get("subject") or "") for row in self._rows}
        if asked.subject not in known and known:
            raise WrongUsage(
                f"There is no assessment in {asked.subject}.",
                do="There are: " + ", ".join(sorted(filter(None, known))) + ".",
            )
        return [asked.subject]

    def _refuse_unknown_scale(self, scale: str) -> None:
        names = {str(row.get("scale") or "") for row in self._rows}
        if not any(same_name(each, scale) for each in names):
            known = set(spelt_as_one(names, self.scales).values())
            raise WrongUsage(
                f"No assessment is on the scale {scale}.",
                do="There are: " + (", ".join(sorted(filter(None, known))) or "none") + ".",
            )

    def steps(self, scale: str) -> Steps:
        """A scale by name."""
        return scale_named(self.scales, scale)


def from_least(
    mark: Mark, scales: Mapping[str, Steps]
) -> tuple[str, str, bool, float, bool, float, str]:
    """A key by day and scale, then from the least to the best of what was given."""
    steps = scale_named(scales, mark.scale)
    place = steps.place_of(mark.value) or 0.0
    return (
        mark.day, mark.scale, mark.points is not None, mark.points or 0.0,
        steps.has(mark.value), -place if steps.falls else place, mark.value,
    )  # fmt: skip


def _by_day(mark: Mark) -> tuple[str, str]:
    return mark.day, mark.scale


def commonest_scale(marks: Iterable[Mark]) -> str:
    """The scale that most of the marks are on; of several the first by name."""
    counts = Counter(mark.scale for mark in marks)
    return min(counts, key=lambda scale: (-counts[scale], scale)) if counts else ""
