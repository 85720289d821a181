"""The lowest-attaining fifth followed: how it moved from term to term, and who is in it now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from senreg.rules.leading.lines import LeadLine, LeadPart, said
from senreg.rules.lowest_fifth import IN, followed
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading
from senreg.rules.status import status_look
from senreg.rules.tracking import Tracking, TrackRow, tracking

_NOTE = (
    "The fifth of the children of a year group assessed in a subject on one scale in the term, "
    "with the fewest points; ties at its bound are all in it, and of fewer than five nobody is. "
    "The year group is today's, so that the same children are set beside each other."
)


def following(register: Reading, today: date) -> list[LeadPart]:
    """For each subject the fifth of every term beside the one before, then who was in the last."""
    grid = tracking(register, today)
    by_subject: dict[str, list[TrackRow]] = {}
    for row in grid.rows:
        by_subject.setdefault(row.subject, []).append(row)
    found = []
    for subject, rows in sorted(by_subject.items()):
        steps = _steps(grid, rows)
        if steps:
            found.append(LeadPart(f"{subject}, from term to term", steps, "in the lowest fifth"))
            found.append(_inside(grid, subject, rows))
    return found


def _steps(grid: Tracking, rows: Sequence[TrackRow]) -> tuple[LeadLine, ...]:
    states = {row.id: row.fifth for row in rows}
    lines = []
    for step in followed(grid.terms, states):
        place = grid.terms.index(step.term)
        behind = tuple(row.pupil for row in rows if row.fifth[place] == IN)
        if step.inside or step.left or step.lost:
            moved = step.words.partition(" in it")[2].removeprefix(", ")
            lines.append(LeadLine(step.term, str(step.inside), moved, "", behind, _NOTE))
    return tuple(lines)


def _inside(grid: Tracking, subject: str, rows: Sequence[TrackRow]) -> LeadPart:
    """Who was in it in the last term it is known of, those longest in it first."""
    last = max(
        place for row in rows for place, state in enumerate(row.fifth) if state
    )  # a step was found: some state is known
    inside = [row for row in rows if row.fifth[last] == IN]
    inside.sort(key=lambda row: -row.fifth.count(IN))
    lines = tuple(
        LeadLine(
            f"{row.name} ({row.class_name})" if row.class_name else row.name,
            next((value for value in reversed(row.values) if value), "–"),
            said(
                "in it " + ", ".join(
                    term for term, state in zip(grid.terms, row.fifth, strict=True) if state == IN
                ),
                status_look(row.code).word if row.code else "no SEN recorded",
                f"{value_in_words(row.a_year)} points a year"
                if row.a_year is not None
                else "progress unknown",
            ),
            "",
            (row.pupil,),
            _NOTE,
        )
        for row in inside
    )  # fmt: skip
    return LeadPart(f"{subject}, in it in {grid.terms[last]}", lines, "the latest result")
