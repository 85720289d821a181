"""How the school gets better at it: objectives, coach, self-review, partners, frozen figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from senreg.models.describe import About
from senreg.models.record import (
    Code,
    Day,
    Line,
    Number,
    Record,
    RecordId,
    RecordIds,
    Text,
    Whole,
)

HEADINGS = (
    ("culture", "Culture and ethos"),
    ("practice", "Practice"),
    ("structure", "Structure and systems"),
    ("leadership", "Leadership and management"),
)
"""The four headings of 'good schools plus' (Chapman and others, NCSL, 2011)."""

OBJECTIVE_KINDS = (
    ("improvement", "School improvement plan"),
    ("performance", "Performance management"),
)

OBJECTIVE_STATUSES = (
    ("open", "Open"),
    ("met", "Met"),
    ("partly", "Partly met"),
    ("not_met", "Not met"),
)

OBJECTIVE_MEASURES = (
    ("progress", "Progress at expected"),
    ("participation", "Families met three times"),
    ("conversations", "Conversations held"),
    ("absence", "Not persistently absent"),
    ("taking_part", "Taking part in something"),
    ("behaviour", "Behaviour better"),
    ("bullying", "Bullying less"),
    ("relationships", "Relationships better"),
)
"""What the register can judge an objective by, for the objective's own pupils."""

PARTNER_KINDS = (
    ("school", "Another school"),
    ("special", "Special school"),
    ("network", "Network of schools"),
    ("service", "Service of the authority or health"),
    ("charity", "Charity"),
    ("club", "Club or arts organisation"),
    ("other", "Other"),
)


class Objective(Record):
    """What the school, or one adult, means to reach, measured for the pupils it rests on."""

    kind: Annotated[Code, About("Kind", choices=OBJECTIVE_KINDS)]
    text: Annotated[Text | None, About("Objective", long=True)] = None
    owner: Annotated[RecordId | None, About("Owner", of="staff")] = None
    measure: Annotated[
        Code | None,
        About(
            "Measured by",
            "What of its pupils the register counts; in other words, the school judges itself.",
            choices=OBJECTIVE_MEASURES,
            open=True,
        ),
    ] = None
    subject: Annotated[Line | None, About("Subject", "Of progress; every one without it.")] = None
    pupils: Annotated[RecordIds, About("Pupils", "On whom it rests.", of="pupils")] = Field(
        default_factory=list
    )
    set_on: Annotated[Day | None, About("Set on")] = None
    due: Annotated[Day | None, About("Due")] = None
    status: Annotated[Code | None, About("Status", choices=OBJECTIVE_STATUSES)] = None
    outcome: Annotated[Text | None, About("How it went", long=True)] = None


class CoachVisit(Record):
    """A visit of the coach to the one who leads the programme in the school."""

    date: Annotated[Day | None, About("On")] = None
    coach: Annotated[RecordId | None, About("Coach", of="staff")] = None
    met: Annotated[RecordIds, About("Met", of="staff")] = Field(default_factory=list)
    focus: Annotated[Text | None, About("Looked at", long=True)] = None
    found: Annotated[Text | None, About("Found", long=True)] = None
    next_on: Annotated[Day | None, About("Next visit", meeting=True)] = None


class SelfReview(Record):
    """Where the school stands under one of the four headings, on what evidence."""

    kind: Annotated[Code, About("Heading", choices=HEADINGS)]
    date: Annotated[Day | None, About("On")] = None
    rating: Annotated[
        Whole | None,
        About(
            "Stands at",
            choices=(("1", "Beginning"), ("2", "Developing"), ("3", "Secure"), ("4", "Leading")),
        ),
    ] = None
    evidence: Annotated[
        Text | None, About("Evidence", "What the register shows, and what was seen.", long=True)
    ] = None
    next_step: Annotated[Text | None, About("Next step", long=True)] = None
    by: Annotated[RecordId | None, About("By", of="staff")] = None


class Partner(Record):
    """A school, a service or an organisation outside that the school works with."""

    name: Annotated[Line, About("Partner")]
    kind: Annotated[Code, About("Kind", choices=PARTNER_KINDS, open=True)]
    what: Annotated[Text | None, About("What is done together", long=True)] = None
    contact: Annotated[Line | None, About("Contact")] = None
    since: Annotated[Day | None, About("Since")] = None
    until: Annotated[Day | None, About("Until")] = None


class YearFigure(Record):
    """A measure as it stood at the end of a year, frozen before leavers are erased."""

    name: Annotated[Line, About("Measure", unasked=True)]
    school_year: Annotated[Line | None, About("School year", unasked=True)] = None
    start: Annotated[Day | None, About("From", unasked=True)] = None
    end: Annotated[Day | None, About("Until", unasked=True)] = None
    by: Annotated[Line | None, About("Of", "What part of the school.", unasked=True)] = None
    n: Annotated[Whole | None, About("Pupils counted", unit="pupils", unasked=True)] = None
    unknown: Annotated[Whole | None, About("Unknown", unit="pupils", unasked=True)] = None
    value: Annotated[Number | None, About("Value", unasked=True)] = None
    unit: Annotated[Line | None, About("Unit", unasked=True)] = None
    further: Annotated[
        Text | None,
        About("With it", "What else was told beside it, a line each.", long=True, unasked=True),
    ] = None
    definition: Annotated[Text | None, About("Definition", long=True, unasked=True)] = None
    frozen_on: Annotated[Day | None, About("Frozen on", unasked=True)] = None
