"""Why a child is on the register: status, needs, barriers, and what helps."""

from __future__ import annotations

from typing import Annotated, Any

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text, Whole
from senreg.models.wording import unspecific

BARRIERS = (
    ("attendance", "Attendance"),
    ("attention", "Attention and working memory"),
    ("behaviour", "Behaviour"),
    ("bullying", "Bullying"),
    ("confidence", "Confidence"),
    ("emotional", "Emotional wellbeing"),
    ("home", "Circumstances at home"),
    ("language", "Language"),
    ("medical", "Health"),
    ("participation", "Taking part"),
    ("physical", "Physical or sensory"),
    ("relationships", "Relationships"),
    ("other", "Other"),
)


class SenStatus(Record):
    """A child's SEN provision from one day to another; one is open at a time."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    code: Annotated[
        Code,
        About(
            "SEN status",
            "N none, M monitored, K SEN support, E education, health and care plan.",
            code_set="sen_provision",
            headings=(
                "SEN",
                "SEND",
                "SEN code",
                "SEN provision",
                "SEND status",
                "Special needs",
                "SEN stage",
                "SEN status code",
                "SEND provision",
                "SEN support",
                "SEN level",
                "SEN provision code",
                "Current SEN status",
                "SEND code",
                "SEN register",
            ),
        ),
    ]
    start: Annotated[
        Day | None,
        About(
            "From",
            headings=(
                "SEN start date",
                "SEN status start date",
                "SEN provision start date",
                "SEN date",
                "SEN start",
                "Date placed on register",
                "Date added to SEN register",
                "SEND start date",
                "SEN status date",
            ),
        ),
    ] = None
    end: Annotated[
        Day | None,
        About("Until", headings=("SEN end date", "SEN status end date", "SEN provision end date")),
    ] = None
    reason: Annotated[
        Text | None, About("Reason", "Why the status began or changed.", long=True)
    ] = None
    parents_informed_on: Annotated[
        Day | None,
        About(
            "Parents told on",
            "SEN support begins with telling them.",
            headings=("Parents informed",),
        ),
    ] = None


class Need(Record):
    """A type of need of a child, ranked: 1 is the primary need."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    code: Annotated[
        Code,
        About(
            "Type of need",
            code_set="sen_type",
            headings=(
                "SEN need",
                "Need",
                "Primary need",
                "Primary SEN need",
                "SEN type",
                "SEN type 1",
                "Primary SEN type",
                "SEN primary need",
                "SEN need type",
                "SEN needs",
                "Needs",
                "Need type",
                "SEND need",
                "Primary area of need",
                "SEN need 1",
                "Need 1",
                "Special educational need type",
                "SEN primary type",
            ),
        ),
    ]
    rank: Annotated[
        Whole | None,
        About("Rank", "1 is the primary need.", headings=("SEN type rank", "Need rank")),
    ] = None
    start: Annotated[
        Day | None, About("From", headings=("Need start date", "SEN need start date"))
    ] = None
    end: Annotated[Day | None, About("Until", headings=("Need end date", "SEN need end date"))] = (
        None
    )
    source: Annotated[
        Line | None, About("Who says so", "Such as school, speech therapist, paediatrician.")
    ] = None


SECONDARY_NEED_HEADINGS = (
    "Secondary need", "Secondary SEN need", "SEN type 2", "Secondary SEN type", "SEN need 2",
    "SEN secondary need", "Need 2", "SEN secondary type",
)  # fmt: skip
"""Headings of a column that holds a need of rank 2."""


class Barrier(Record):
    """What stands between a child and learning."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    category: Annotated[
        Code | None,
        About(
            "Kind of barrier", choices=BARRIERS, open=True, headings=("Barrier type", "Category")
        ),
    ] = None
    description: Annotated[
        Text | None,
        About(
            "Barrier",
            "What is seen, and when.",
            long=True,
            headings=("Barrier to learning", "Description"),
        ),
    ] = None
    identified_on: Annotated[
        Day | None, About("Seen on", headings=("Date identified", "Identified on", "Date"))
    ] = None
    by: Annotated[RecordId | None, About("Seen by", of="staff", headings=("Identified by",))] = None
    resolved_on: Annotated[
        Day | None, About("Overcome on", headings=("Resolved on", "Date resolved", "Resolved"))
    ] = None


class Strategy(Record):
    """Something adults do that helps this child."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    description: Annotated[
        Text | None,
        About(
            "Strategy",
            "In a few words an adult can act on.",
            long=True,
            headings=("Strategies", "What helps", "Support strategy", "Description"),
        ),
    ] = None
    place: Annotated[
        Code | None,
        About(
            "For",
            choices=(("class", "Class"), ("home", "Home"), ("both", "Class and home")),
            headings=("Place", "Home or school"),
        ),
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What in the wording binds nobody."""
        found = unspecific(values.get("description"))
        return [found] if found else []
