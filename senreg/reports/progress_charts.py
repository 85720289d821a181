"""How one child gets on in each subject, as charts beside what the school expects."""

from __future__ import annotations

from datetime import date

from senreg.models.days import months_on
from senreg.models.text import clean_line
from senreg.reports.document.charts import Course, Point, Run
from senreg.rules.dates import short_day
from senreg.rules.measures.assessed import Mark
from senreg.rules.measures.term_count import TERMS_A_YEAR, TermCount
from senreg.rules.naming import known_as
from senreg.rules.pupil_progress import SubjectProgress, subjects_of
from senreg.rules.reading import Reading, Row

FEWEST = 3
"""Fewer results than these are told in words and need no chart."""

_ON_THE_PAGE, _YEARS = 2, 2
"""The pupil page has so many charts, of so many years."""


def progress_charts(register: Reading, child: Row, start: date, end: date) -> tuple[Course, ...]:
    """A chart of each subject with three results or more on one scale between two days."""
    terms = TermCount(register.all("terms"))
    called = clean_line(known_as(child)) or "The child"
    found = []
    for each in subjects_of(register, child, end):
        marks = [
            mark
            for mark in each.marks
            if mark.points is not None and start.isoformat() <= mark.day <= end.isoformat()
        ]
        if len(marks) >= FEWEST:
            found.append(_chart(each, marks, terms, called))
    return tuple(found)


def latest_charts(register: Reading, child: Row, today: date) -> tuple[Course, ...]:
    """The charts of the pupil page: the last two years, of two subjects at most."""
    charts = progress_charts(register, child, months_on(today, -12 * _YEARS), today)
    return charts[:_ON_THE_PAGE]


def _chart(each: SubjectProgress, marks: list[Mark], terms: TermCount, called: str) -> Course:
    points = tuple(_point(mark, mark.points) for mark in marks)
    runs = [Run(called, points)]
    first, last = marks[0], marks[-1]
    aim = None
    if each.expected is not None:
        apart = terms.of_assessment(last.day) - terms.of_assessment(first.day)
        aim = (first.points or 0) + each.expected * apart / TERMS_A_YEAR
        path = (_point(first, first.points), _point(last, aim))
        runs.append(Run(f"Expected: {each.expected:g} a year", path, 1))
    scale = clean_line(last.scale)
    on = f" on {scale}" if scale else ""
    return Course(
        f"{clean_line(each.title)}: {_finding(first, last, aim)}",
        f"Points{on}, {len(marks)} results.",
        tuple(runs),
    )


def _point(mark: Mark, points: float | None) -> Point:
    return Point(date.fromisoformat(mark.day).toordinal(), short_day(mark.day), points)


def _finding(first: Mark, last: Mark, aim: float | None) -> str:
    """'from 6 to 10 points, 1 more than expected'."""
    begun, reached = first.points or 0.0, last.points or 0.0
    moved = (
        f"from {begun:g} to {reached:g} points" if begun != reached else f"{reached:g} points still"
    )
    if aim is None:
        return moved
    apart = round(reached - aim, 1)
    if not apart:
        return f"{moved}, as expected"
    return f"{moved}, {abs(apart):g} {'more' if apart > 0 else 'fewer'} than expected"
