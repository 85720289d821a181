"""Plans as they were given out, and what the authority's plan demands."""

from __future__ import annotations

from typing import Annotated, Any

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text
from senreg.models.wording import unspecific

PLAN_KINDS = (
    ("sen_support", "SEN support plan"),
    ("isp", "Individual Support Plan"),
    ("iep", "Individual education plan"),
    ("passport", "Pupil passport"),
    ("provision", "Provision plan"),
)

SERVICES = (
    ("ep", "Educational psychology"),
    ("salt", "Speech and language therapy"),
    ("ot", "Occupational therapy"),
    ("physio", "Physiotherapy"),
    ("camhs", "Child and adolescent mental health"),
    ("paediatrics", "Paediatrics"),
    ("advisory", "Advisory teachers"),
    ("early_help", "Early help"),
    ("other", "Other"),
)

SECTIONS = (
    ("E", "E: outcomes"),
    ("F", "F: special educational provision"),
    ("G", "G: health provision"),
    ("H1", "H1: social care provision"),
    ("H2", "H2: other social care provision"),
)
"""Sections of an education, health and care plan (SEND Regulations 2014, regulation 12)."""


class Plan(Record):
    """A plan as it was given out: a dated version with the text that was shared."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    kind: Annotated[Code, About("Kind", choices=PLAN_KINDS, open=True)]
    title: Annotated[Line | None, About("Title")] = None
    issued_on: Annotated[Day | None, About("Issued on")] = None
    shared_with: Annotated[Line | None, About("Given to")] = None
    shared_on: Annotated[Day | None, About("Given on")] = None
    text: Annotated[Text | None, About("As it was shared", long=True)] = None


class Referral(Record):
    """A child put forward to a service outside, from asking the family to the outcome."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    service: Annotated[
        Code | None,
        About(
            "Service",
            choices=SERVICES,
            open=True,
            headings=("Agency", "Referred to", "Professional"),
        ),
    ] = None
    reason: Annotated[
        Text | None, About("Why", long=True, headings=("Reason", "Reason for referral"))
    ] = None
    parent_agreed_on: Annotated[
        Day | None, About("Family agreed on", headings=("Consent date", "Parental consent"))
    ] = None
    sent_on: Annotated[
        Day | None, About("Sent on", headings=("Date", "Referral date", "Referred on", "Date sent"))
    ] = None
    chased_on: Annotated[
        Day | None, About("Asked after on", headings=("Chased on", "Date chased"))
    ] = None
    seen_on: Annotated[
        Day | None, About("Seen on", headings=("Seen", "Date seen", "Appointment"))
    ] = None
    report_on: Annotated[
        Day | None, About("Report had on", headings=("Report date", "Report received"))
    ] = None
    outcome: Annotated[Text | None, About("Outcome", long=True)] = None


class EhcOutcome(Record):
    """An outcome that a child's education, health and care plan names."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    section: Annotated[Code | None, About("Section", choices=SECTIONS, open=True)] = None
    wording: Annotated[Text | None, About("Outcome", "As the plan has it.", long=True)] = None
    quantity: Annotated[Line | None, About("By when")] = None


class EhcProvision(Record):
    """Provision that a child's education, health and care plan demands."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    section: Annotated[Code | None, About("Section", choices=SECTIONS, open=True)] = None
    wording: Annotated[Text | None, About("Provision", "As the plan has it.", long=True)] = None
    quantity: Annotated[Line | None, About("How much", "Such as 3 × 20 minutes a week.")] = None

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What in the wording binds nobody."""
        found = unspecific(values.get("wording"))
        return [found] if found else []
