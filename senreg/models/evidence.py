"""What is measured: attainment and attendance, and the scales that marks are given on."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Number, Record, RecordId, Text, Whole

SUBJECTS = (
    ("english", "English"),
    ("reading", "Reading"),
    ("writing", "Writing"),
    ("spelling", "Spelling"),
    ("maths", "Mathematics"),
    ("science", "Science"),
)

KEY_STAGES = (
    ("EY", "Early years"),
    ("KS1", "Key stage 1"),
    ("KS2", "Key stage 2"),
    ("KS3", "Key stage 3"),
    ("KS4", "Key stage 4"),
    ("KS5", "Key stage 5"),
)
"""Years 1 and 2, 3 to 6, 7 to 9, 10 and 11, 12 to 14; before Year 1 the early years."""

SCALE_KINDS = (("attainment", "Attainment"), ("wider", "Wider outcome"))

DIRECTIONS = (("up", "More is better"), ("down", "Less is better"))


class Scale(Record):
    """A scale that assessments or marks are given on."""

    name: Annotated[Line, About("Scale", "Such as Teacher judgement, Reading age.")]
    kind: Annotated[Code, About("For", choices=SCALE_KINDS)]
    steps: Annotated[
        Text | None,
        About(
            "Steps",
            "From the lowest up, a line each; points after an equals sign: 2B = 15. "
            "None for a scale that is a plain number.",
            long=True,
        ),
    ] = None
    direction: Annotated[Code | None, About("Direction", choices=DIRECTIONS)] = None
    unit: Annotated[Line | None, About("Counted in", "Such as months, points.")] = None
    source: Annotated[Line | None, About("Source", "Where steps and points come from.")] = None


class Expectation(Record):
    """How much progress the school expects in a year, by subject and key stage."""

    scale: Annotated[Line | None, About("Scale")] = None
    subject: Annotated[Code | None, About("Subject", choices=SUBJECTS, open=True)] = None
    stage: Annotated[Code | None, About("Key stage", choices=KEY_STAGES)] = None
    points_a_year: Annotated[Number | None, About("Expected in a year", unit="points")] = None
    at_least: Annotated[
        Line | None,
        About(
            "To reach by its end",
            "The value of the scale to be reached by the end of the key stage, such as 4c.",
        ),
    ] = None
    source: Annotated[Line | None, About("Source", "Who says so, and when.")] = None
    start: Annotated[Day | None, About("Holds from")] = None


class Assessment(Record):
    """What a child was judged or measured to be able to do on a day."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    subject: Annotated[
        Code | None,
        About("Subject", choices=SUBJECTS, open=True, headings=("Area of learning", "Strand")),
    ] = None
    date: Annotated[
        Day | None, About("On", headings=("Assessment date", "Result date", "Date taken", "Date"))
    ] = None
    scale: Annotated[Line | None, About("Scale", headings=("Aspect", "Test", "Assessment"))] = None
    value: Annotated[Line | None, About("Result", headings=("Grade", "Level", "Score"))] = None
    points: Annotated[
        Number | None,
        About(
            "Points",
            "Worked out where the scale has points.",
            unit="points",
            headings=("Points score",),
        ),
    ] = None
    by: Annotated[
        RecordId | None, About("By", of="staff", headings=("Assessed by", "Teacher", "Assessor"))
    ] = None


class Attendance(Record):
    """A child's sessions over a stretch of days. A session is half a school day."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    start: Annotated[Day | None, About("From", headings=("Start date", "Period start"))] = None
    end: Annotated[Day | None, About("Until", headings=("End date", "Period end"))] = None
    possible: Annotated[
        Whole | None,
        About("Possible", unit="sessions", headings=("Possible sessions", "Sessions possible")),
    ] = None
    authorised: Annotated[
        Whole | None,
        About(
            "Authorised absence",
            unit="sessions",
            headings=("Authorised", "Authorised absences", "Sessions missed authorised"),
        ),
    ] = None
    unauthorised: Annotated[
        Whole | None,
        About(
            "Unauthorised absence",
            unit="sessions",
            headings=("Unauthorised", "Unauthorised absences", "Sessions missed unauthorised"),
        ),
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, object]) -> list[str]:
        """Absence can be no more than the sessions there were."""
        possible = values.get("possible")
        missed = [values.get(name) for name in ("authorised", "unauthorised")]
        known = [each for each in missed if isinstance(each, int)]
        found = []
        if isinstance(possible, int) and sum(known) > possible:
            found.append("More sessions were missed than there were.")
        if any(each < 0 for each in known) or (isinstance(possible, int) and possible < 0):
            found.append("Sessions are counted from 0 up.")
        return found
