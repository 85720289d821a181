"""Relationships with parents: the school's ratings, and beside them what parents answer."""

from __future__ import annotations

from senreg.rules.measures.asked import Asked, Measure, MeasureRow, share
from senreg.rules.measures.parts import refuse_other_parts
from senreg.rules.reading import Reading, Row

EXCELLENT = 5
_OF_PARENTS = "parents"

DEFINITION = (
    "The school's own ratings of its relationships with parents, 1 to 5, by date; beside them, in "
    "rows of their own, the share of parents' answers that say excellent (5 of 5), by survey. The "
    "two are never mixed."
)
WHOM = "one rating of the school, or the papers of a survey that came back"


def relationships(register: Reading, asked: Asked) -> Measure:
    """The measure `relationships`."""
    if asked.by:
        refuse_other_parts(Asked(asked.start, asked.end, asked.today, "relationships"))
    ratings = [
        row
        for row in register.all("school_ratings")
        if row.get("kind") == _OF_PARENTS and asked.holds(row.get("date"))
    ]
    ratings.sort(key=lambda row: str(row["date"]))
    rows = [
        MeasureRow(
            {"source": "school", "date": str(row["date"])},
            int(row.get("rating") is not None),
            int(row.get("rating") is None),
            row.get("rating"),
            "of 5",
            record=row["id"],
        )
        for row in ratings
    ]
    answers = register.by("survey_answers", "survey")
    surveys = [
        row
        for row in register.all("surveys")
        if asked.holds(row.get("asked_on")) and row.get("of_whom") in (None, "parents")
    ]
    surveys.sort(key=lambda row: str(row["asked_on"]))
    rows += [_of_survey(row, answers.get(row["id"], ())) for row in surveys]
    return Measure("relationships", DEFINITION, asked.start, asked.end, tuple(rows), whom=WHOM)


def _of_survey(survey: Row, answers: object) -> MeasureRow:
    listed: list[Row] = list(answers)  # type: ignore[call-overload]
    question = survey.get("relationship_question") or 1
    papers = {row.get("paper") for row in listed if row.get("paper") is not None}
    rated = [
        row for row in listed if row.get("question") == question and row.get("rating") is not None
    ]
    excellent = sum(row["rating"] == EXCELLENT for row in rated)
    answered = {row.get("paper") for row in rated}
    return MeasureRow(
        {"source": "parents", "survey": str(survey.get("name") or ""),
         "date": str(survey["asked_on"])},
        len(rated),
        len(papers - answered),
        share(excellent, len(rated)),
        "share",
        {"excellent": excellent, "given_out": survey.get("given_out")}, record=survey["id"],
    )  # fmt: skip
