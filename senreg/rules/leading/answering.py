"""Whose responsibility: by key teacher, class and subject, each row with its pupils."""

from __future__ import annotations

from collections import Counter
from datetime import date

from senreg.errors import WrongUsage
from senreg.models.tables import field_of
from senreg.rules.dates import first_of_school_year
from senreg.rules.leading.lines import LeadLine, LeadPart, said, year_back
from senreg.rules.measures import Asked, MeasureRow, measured
from senreg.rules.measures.participation import held_in
from senreg.rules.measures.responsibility import planned_in
from senreg.rules.measures.words import adds_up, value_in_words
from senreg.rules.reading import Reading
from senreg.rules.today import due_and_overdue

_PARTS = (("key_teacher", "By key teacher"), ("class_name", "By class"))
_PACE = "Progress is that of twelve months."
_IN_SUBJECT = (
    "Pupils with SEN who were assessed in the subject twice in twelve months, two terms apart: the "
    "share at or above what is expected; beside it the conversations held of planned this school "
    "year, and the reviews and targets overdue, of these pupils."
)


def answering(register: Reading, today: date) -> list[LeadPart]:
    """By key teacher and class: conversations of the school year, reviews, progress; by subject.

    Progress by subject is that of twelve months, as on the leadership screen.
    """
    so_far = (first_of_school_year(today, register.all("terms")), today)
    found = []
    for part, title in _PARTS:
        answer = measured("responsibility", register, Asked(*so_far, today, by=part))
        paced = pace_of_year(register, today, part)
        lines = tuple(
            _line(
                row,
                row.by[part],
                f"{adds_up(answer, row)}\n{answer.definition}",
                paced.get(row.by[part], "progress unknown"),
            )
            for row in answer.rows
        )
        found.append(LeadPart(title, lines, "conversations held of planned this school year"))
    found.append(LeadPart("By subject", _subjects(register, today), "at expected, 12 months"))
    return found


def pace_of_year(register: Reading, today: date, part: str) -> dict[str, str]:
    """Mean points a year of twelve months with its n, in words, by key teacher or class."""
    answer = measured("responsibility", register, Asked(year_back(today), today, today, by=part))
    return {
        row.by[part]: f"{value_in_words(row.more['mean_progress'])} points a year, "
        f"n {row.more['n_progress']}"
        for row in answer.rows
        if row.more.get("mean_progress") is not None
    }


def _line(row: MeasureRow, title: str, note: str, pace: str) -> LeadLine:
    words = said(f"{row.more['pupils']} pupils", f"{row.more['overdue']} overdue", pace)
    value = f"{row.more['held']} of {row.more['planned']}"
    pupils = tuple(dict.fromkeys((*row.behind, *row.missing)))
    return LeadLine(title, value, words, behind=pupils, note=f"{note} {_PACE}")


def _subjects(register: Reading, today: date) -> tuple[LeadLine, ...]:
    months = Asked(year_back(today), today, today, by="sen")
    so_far = Asked(first_of_school_year(today, register.all("terms")), today, today)
    try:
        answer = measured("progress", register, months)
    except WrongUsage as wrong:
        return (LeadLine("Progress", "–", wrong.happened),)
    held, planned = held_in(register, so_far), planned_in(register, so_far)
    overdue = Counter(
        line.pupil
        for line in due_and_overdue(register, today)
        if line.state == "overdue" and line.kind in ("review", "target")
    )
    words = field_of("assessments", "subject")
    lines = []
    for row in answer.rows:
        if row.by.get("sen") != "SEN":
            continue
        mean = row.more.get("mean")
        of = said(
            f"n {row.n}, {row.unknown} unknown",
            f"mean {value_in_words(mean)} a year" if mean is not None else "",
            f"conversations {sum(len(held.get(each, ())) for each in row.behind)} of "
            f"{sum(planned.get(each, 0) for each in row.behind)}",
            f"{sum(overdue[each] for each in row.behind)} overdue",
        )
        subject = str(row.by["subject"])
        lines.append(
            LeadLine(
                words.label_of(subject) or subject, value_in_words(row.value, "share"), of,
                behind=row.behind, note=f"{adds_up(answer, row)}\n{_IN_SUBJECT}",
            )
        )  # fmt: skip
    return tuple(lines)
