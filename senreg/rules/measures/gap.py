"""The gap: mean points of pupils without SEN less the mean of those with SEN."""

from __future__ import annotations

from datetime import date

from senreg.rules.measures.asked import NOT_KNOWN, Asked, Measure, MeasureRow, mean, parted
from senreg.rules.measures.assessed import Assessed, Mark, commonest_scale
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.progress import latest
from senreg.rules.measures.who import ROLL, on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading, Row

DEFINITION = (
    "Mean points of pupils without SEN (no status, N or M) less the mean of pupils with SEN (K or "
    "E, historic A, P, S), at the latest assessment in the period, on one scale, by subject and "
    "key stage; status and key stage are those of each assessment's own date."
)


def gap(register: Reading, asked: Asked) -> Measure:
    """The measure `gap`, a row for each subject and key stage."""
    refuse_other_parts(asked, "subject")
    parts = Parts(register, asked.today)
    assessed = Assessed(register, asked)
    pupils = {pupil["id"]: pupil for pupil in on_roll(register, asked.end)}
    rows: list[MeasureRow] = []
    for subject in assessed.subjects(asked):
        marks = assessed.by_subject.get(subject, {})
        scale = asked.scale or commonest_scale(
            mark for pupil, mark in latest(marks).items() if pupil in pupils
        )
        last = latest(
            {pupil: [each for each in own if each.scale == scale] for pupil, own in marks.items()}
            if not asked.scale
            else marks
        )
        rows += _rows(asked, parts, subject, scale, last, pupils)
    return Measure("gap", DEFINITION, asked.start, asked.end, tuple(rows), whom=ROLL)


def _rows(
    asked: Asked,
    parts: Parts,
    subject: str,
    scale: str,
    last: dict[str, Mark],
    pupils: dict[str, Row],
) -> list[MeasureRow]:
    def part_of(pupil: Row) -> tuple[str, str]:
        mark = last.get(pupil["id"])
        day = date.fromisoformat(mark.day) if mark else asked.end
        more = (
            parts.of(pupil, asked.by, day) if asked.by not in ("", "subject", "key_stage") else ""
        )
        return parts.stage(pupil, day) or NOT_KNOWN, more

    rows = []
    for part, members in parted(pupils.values(), part_of):
        stage, more = part if isinstance(part, tuple) else ("", "")
        with_sen: dict[str, float] = {}
        without: dict[str, float] = {}
        for pupil in members:
            mark = last.get(pupil["id"])
            if mark is not None and mark.points is not None:
                own = with_sen if parts.has_sen(pupil, mark.day) else without
                own[pupil["id"]] = mark.points
        one, other = mean(list(without.values())), mean(list(with_sen.values()))
        known = (*without, *with_sen)
        by = {"subject": subject, "key_stage": stage} | ({asked.by: more} if more else {})
        rows.append(
            MeasureRow(
                by,
                len(known),
                len(members) - len(known),
                one - other if one is not None and other is not None else None,
                "points",
                {
                    "scale": scale,
                    "without_sen": one,
                    "n_without_sen": len(without),
                    "with_sen": other,
                    "n_with_sen": len(with_sen),
                },
                known,
                tuple(each["id"] for each in members if each["id"] not in known),
                said={
                    pupil: f"{value_in_words(points)} point{'s' * (points != 1)}{words}"
                    for own, words in ((without, ""), (with_sen, ", SEN"))
                    for pupil, points in own.items()
                },
            )
        )
    return rows
