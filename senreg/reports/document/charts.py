"""Charts: what they show, told once, and drawn as it is wanted on a page, on paper or in text.

A chart says its finding in its title, and of how many it is under it. What tells one thing from
another is its words and its pattern or dashes, never its colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import isfinite
from typing import ClassVar, Literal

from senreg.models.text import clean_line

Manner = Literal[0, 1, 2, 3]
"""How a bar or a line is told from the next: dark, hatched, dotted, white; of a line its dashes."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar.

    Args:
        label: What it is of.
        value: How long it is; None where it is not known, which is no bar.
        words: The figure as people read it, with its n.
        manner: How it is filled.
    """

    label: str
    value: float | None
    words: str
    manner: Manner = 0


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars that lie under one another, from nought.

    Args:
        title: What they show, as a sentence.
        of: What is counted, and of how many.
        bars: The bars.
        mark: A figure to compare with, as a line across, and its words.
        full: The figure whose bar takes all the room, such as 1 for shares; 0 for the longest.
    """

    kind: ClassVar[str] = "chart"
    title: str
    of: str
    bars: tuple[Bar, ...]
    mark: tuple[float, str] | None = None
    full: float = 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """One figure of a course.

    Args:
        at: Where it stands along the course, such as the number of its day.
        label: The same in words.
        value: How high it is; None where it is not known, which breaks the line.
        words: The figure as people read it; the bare number where empty.
    """

    at: float
    label: str
    value: float | None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One line of a course: its name, its points in their order, and how it is drawn."""

    name: str
    points: tuple[Point, ...]
    manner: Manner = 0


@dataclass(frozen=True, slots=True)
class Course:
    """Figures over time.

    Args:
        title: What they show, as a sentence.
        of: What is measured, and in how many points.
        runs: The lines; the figures of the first stand beside its points.
    """

    kind: ClassVar[str] = "chart"
    title: str
    of: str
    runs: tuple[Run, ...]


Chart = Bars | Course


def known(value: float | None) -> float | None:
    """A figure that can be drawn; None for one that is not known, not a number, or without end."""
    return value if value is not None and isfinite(value) else None


def figure_words(point: Point) -> str:
    """The figure of a point as people read it."""
    value = known(point.value)
    return clean_line(point.words) or ("not known" if value is None else f"{value:g}")


def figures(chart: Chart) -> Iterator[str]:
    """Every figure of a chart in words, a line each, for those who do not see it."""
    if isinstance(chart, Bars):
        for bar in chart.bars:
            yield f"{clean_line(bar.label)}: {clean_line(bar.words)}"
        if chart.mark is not None:
            yield f"Line across: {clean_line(chart.mark[1])}"
        return
    for run in chart.runs:
        told = ", ".join(
            f"{clean_line(point.label)} {figure_words(point)}".strip() for point in run.points
        )
        yield f"{clean_line(run.name)}: {told}"


def described(chart: Chart) -> str:
    """A chart in words: its title, of how many it is, and its figures."""
    told = [clean_line(chart.title), clean_line(chart.of), *figures(chart)]
    return "\n".join(each for each in told if each)


def share_of(values: Iterable[float | None], *also: float) -> tuple[float, list[float | None]]:
    """Values by the greatest of them, each from -1 to 1; and where nought lies, 0 to 1.

    Returns:
        The share of the room that is left of nought, and for each value its part of the room.
    """
    told = [known(each) for each in values]
    every = [each for each in (*told, *also) if each is not None and isfinite(each)]
    most = max((abs(each) for each in every), default=0.0)
    if not most:
        return 0.0, [None if each is None else 0.0 for each in told]
    least, top = min(0.0, min(every) / most), max(0.0, max(every) / most)
    room = top - least
    return -least / room, [None if each is None else each / most / room for each in told]
