"""Meetings at which a child's provision is looked at."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Record, RecordId, Text

REVIEW_KINDS = (
    ("termly", "Termly review"),
    ("annual", "Annual review of a plan"),
    ("transition", "Transition review"),
    ("initial", "Initial review"),
)

LA_DECISIONS = (
    ("maintain", "Keep the plan as it is"),
    ("amend", "Amend the plan"),
    ("cease", "Cease the plan"),
)
"""The three decisions after an annual review (SEND Regulations 2014, regulation 20)."""


class Review(Record):
    """A review: planned for a day, and held on one."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    kind: Annotated[
        Code,
        About("Kind", choices=REVIEW_KINDS, headings=("Review type", "Type of review", "Type")),
    ]
    planned_for: Annotated[
        Day | None,
        About(
            "Planned for",
            headings=("Review date", "Next review", "Next review date", "SEN review date"),
            meeting=True,
        ),
    ] = None
    held_on: Annotated[
        Day | None, About("Held on", headings=("Last review", "Last review date", "Date of review"))
    ] = None
    invited: Annotated[Text | None, About("Invited", "A person a line.", long=True)] = None
    attended: Annotated[Text | None, About("Came", "A person a line.", long=True)] = None
    advice_requested_on: Annotated[Day | None, About("Advice asked for on")] = None
    papers_sent_on: Annotated[
        Day | None, About("Papers sent on", "Two weeks before an annual review.")
    ] = None
    report_sent_on: Annotated[
        Day | None, About("Report sent on", "Within two weeks after an annual review.")
    ] = None
    la_decision: Annotated[Code | None, About("Authority's decision", choices=LA_DECISIONS)] = None
    la_decided_on: Annotated[
        Day | None, About("Authority decided on", "Within four weeks of the meeting.")
    ] = None
