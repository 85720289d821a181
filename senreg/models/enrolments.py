"""What held of a child for a time: class by school year, the targeted cohort, free meals."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId


class Enrolment(Record):
    """Where a child was in one school year, written when the school rolls over."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    school_year: Annotated[
        Line | None,
        About("School year", "Such as 2026/27.", headings=("Academic year", "Academic year")),
    ] = None
    year_group: Annotated[
        Code | None, About("Year group", code_set="year_group", headings=("Year", "NC year"))
    ] = None
    class_name: Annotated[
        Line | None, About("Class", headings=("Class", "Form", "Registration group"))
    ] = None
    key_teacher: Annotated[
        RecordId | None, About("Key teacher", of="staff", headings=("Teacher", "Class teacher"))
    ] = None


class CohortMembership(Record):
    """A stretch of time in which a child belonged to the targeted cohort."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    start: Annotated[Day | None, About("From")] = None
    end: Annotated[Day | None, About("Until")] = None


class FreeMealsPeriod(Record):
    """A stretch of time in which a child was eligible for free school meals.

    Transfer files carry eligibility as a history of such stretches (FSMhistory); whether a
    child was eligible in the last six years is worked out from it, and never stored.
    """

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    start: Annotated[Day | None, About("From", confidential=True)] = None
    end: Annotated[Day | None, About("Until", confidential=True)] = None
