"""What parents say of the school, what is offered to them, and how the school rates itself."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, RecordIds, Text, Whole

RATINGS = (
    ("1", "Poor"),
    ("2", "Needs work"),
    ("3", "Satisfactory"),
    ("4", "Good"),
    ("5", "Excellent"),
)
"""Five points; 5 is the excellent of the pilot's school survey."""

RATING_KINDS = (
    ("parents", "Relationships with parents"),
    ("pupils", "Pupils' voice"),
    ("teaching", "Teaching of pupils with SEN"),
    ("leadership", "Leadership of SEN"),
)


class Survey(Record):
    """A set of questions asked of parents (or others) at one time."""

    name: Annotated[Line, About("Survey", "Such as Parents, autumn 2026.")]
    asked_on: Annotated[Day | None, About("Asked on")] = None
    of_whom: Annotated[
        Code | None,
        About(
            "Asked of",
            choices=(("parents", "Parents"), ("pupils", "Pupils"), ("staff", "Staff")),
        ),
    ] = None
    given_out: Annotated[Whole | None, About("Given out", unit="papers")] = None
    questions: Annotated[
        Text | None,
        About(
            "Questions",
            "A line each, in the order of the paper; an open one ends with a question mark and "
            "three dots: What would help you?...",
            long=True,
        ),
    ] = None
    relationship_question: Annotated[
        Whole | None,
        About("Number of the question on the relationship", "The first where nothing is given."),
    ] = None


class SurveyAnswer(Record):
    """One answer on one returned paper."""

    survey: Annotated[RecordId, About("Survey", of="surveys")]
    paper: Annotated[Whole | None, About("Paper", "Which returned paper: 1, 2, 3.")] = None
    question: Annotated[Whole | None, About("Question", "Its number on the paper.")] = None
    rating: Annotated[Whole | None, About("Rating", choices=RATINGS)] = None
    words: Annotated[Text | None, About("In their words", long=True)] = None


class SchoolRating(Record):
    """How the school itself rates something on a day; kept apart from parents' answers."""

    kind: Annotated[Code, About("Of what", choices=RATING_KINDS, open=True)]
    date: Annotated[Day | None, About("On")] = None
    rating: Annotated[Whole | None, About("Rating", choices=RATINGS)] = None
    by: Annotated[RecordId | None, About("By", of="staff")] = None
    evidence: Annotated[Text | None, About("Because", "What it rests on.", long=True)] = None


class Workshop(Record):
    """Something offered to parents, chosen from what they asked for."""

    name: Annotated[Line, About("Workshop", "Such as Maths at home.")]
    date: Annotated[Day | None, About("On")] = None
    led_by: Annotated[RecordId | None, About("Led by", of="staff")] = None
    partner: Annotated[Line | None, About("Partner", "Who came from outside.")] = None
    survey: Annotated[
        RecordId | None, About("Asked for in", "The survey it follows from.", of="surveys")
    ] = None
    answers: Annotated[
        RecordIds,
        About("Asked for by", "The answers that it follows from.", of="survey_answers"),
    ] = Field(default_factory=list)
    asked_by: Annotated[Whole | None, About("How many asked for it", unit="papers")] = None
    invited: Annotated[Whole | None, About("Invited", unit="families")] = None
    attended: Annotated[Whole | None, About("Came", unit="families")] = None
    pupils: Annotated[RecordIds, About("Families who came", "By their children.", of="pupils")] = (
        Field(default_factory=list)
    )
    said: Annotated[Text | None, About("What they said of it", long=True)] = None
