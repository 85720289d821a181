"""Which class a child was in when, and who is in the targeted cohort."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId


class Enrolment(Record):
    """Where a child was in one school year, written when the school rolls over."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    school_year: Annotated[
        Line | None, About("School year", "Such as 2026/27.", headings=("Academic year",))
    ] = None
    year_group: Annotated[Code | None, About("Year group", code_set="year_group")] = None
    class_name: Annotated[Line | None, About("Class")] = None
    key_teacher: Annotated[RecordId | None, About("Key teacher", of="staff")] = None


class CohortMembership(Record):
    """A stretch of time in which a child belonged to the targeted cohort."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    start: Annotated[Day | None, About("From")] = None
    end: Annotated[Day | None, About("Until")] = None
