"""The adults of the school."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Number, Record, RecordId

ROLES = (
    ("head", "Headteacher"),
    ("deputy", "Deputy headteacher"),
    ("programme_lead", "Programme lead"),
    ("senco", "SENCO"),
    ("class_teacher", "Class teacher"),
    ("subject_teacher", "Subject teacher"),
    ("form_tutor", "Form tutor"),
    ("ta", "Teaching assistant"),
    ("pastoral", "Pastoral staff"),
    ("home_school_worker", "Home-school worker"),
    ("coach", "Coach"),
    ("governor", "Governor"),
    ("other", "Other"),
)


class StaffMember(Record):
    """An adult who works with children here, or did."""

    name: Annotated[
        Line,
        About("Name", headings=("Staff name", "Full name", "Teacher", "Member of staff")),
    ]
    initials: Annotated[
        Line | None, About("Initials", "Shown where there is little room.", headings=("Code",))
    ] = None
    role: Annotated[Code, About("Role", choices=ROLES, headings=("Job", "Job title", "Post"))]
    since: Annotated[Day | None, About("Since", headings=("Start date",))] = None
    until: Annotated[
        Day | None, About("Until", "The last day here.", headings=("End date", "Leaving date"))
    ] = None


class Rate(Record):
    """What an hour of a role costs the school from a day on. Pay is never kept by name."""

    role: Annotated[Code, About("Role", choices=ROLES)]
    per_hour: Annotated[Number | None, About("An hour", unit="£ an hour")] = None
    start: Annotated[Day | None, About("From")] = None


class LeadRole(Record):
    """Which role leads the programme in this school, and since when."""

    role: Annotated[Code, About("Role", choices=ROLES)]
    staff: Annotated[RecordId | None, About("Who", of="staff")] = None
    start: Annotated[Day | None, About("From")] = None
    end: Annotated[Day | None, About("Until")] = None
