"""What help there is, when it runs, and who is in it."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from senreg.models.describe import About
from senreg.models.evidence import DIRECTIONS
from senreg.models.record import (
    Code,
    Day,
    Line,
    Number,
    Record,
    RecordId,
    RecordIds,
    Text,
    TimeOfDay,
    Whole,
)
from senreg.models.targets import OUTCOMES
from senreg.models.wording import unspecific

TIERS = (
    ("universal", "Universal"),
    ("targeted", "Targeted"),
    ("targeted_plus", "Targeted plus"),
    ("specialist", "Specialist"),
)

WEEKDAY_CODES = (
    ("mon", "Monday"),
    ("tue", "Tuesday"),
    ("wed", "Wednesday"),
    ("thu", "Thursday"),
    ("fri", "Friday"),
    ("sat", "Saturday"),
    ("sun", "Sunday"),
)

MARKS = (("present", "Present"), ("absent", "Absent"), ("late", "Late"))
MARKS_WRITTEN = (
    (
        "present",
        ("p", "/", "\\", "✓", "✔", "√", "y", "yes", "1", "here", "there", "came", "attended"),
    ),
    ("absent", ("a", "o", "n", "no", "0", "away", "missed", "not there", "did not attend")),
    ("late", ("l",)),
)
"""How people write them in a register of their own; / \\ O L are the marks of school registers
(DfE, Working together to improve school attendance, attendance codes)."""


class Intervention(Record):
    """A kind of help in the school's catalogue."""

    name: Annotated[
        Line, About("Intervention", headings=("Name", "Intervention name", "Provision"))
    ]
    tier: Annotated[
        Code | None, About("Tier", choices=TIERS, open=True, headings=("Wave", "Level"))
    ] = None
    area_of_need: Annotated[
        Code | None,
        About(
            "Area of need", "One of the four broad areas.", code_set="sen_area", headings=("Area",)
        ),
    ] = None
    subject: Annotated[Line | None, About("Subject")] = None
    description: Annotated[
        Text | None, About("Description", long=True, headings=("What it is",))
    ] = None
    measure: Annotated[
        Line | None,
        About(
            "Measured by",
            "What is scored at entry and exit, such as a reading age.",
            headings=("Measure", "Assessment used"),
        ),
    ] = None
    direction: Annotated[
        Code | None,
        About(
            "Which way is better",
            "Where less is better, a score that falls is a gain. Left out: more is better.",
            choices=DIRECTIONS,
        ),
    ] = None
    session_minutes: Annotated[
        Whole | None, About("Length of a session", unit="minutes", headings=("Minutes",))
    ] = None
    sessions_per_week: Annotated[
        Number | None,
        About("Sessions a week", unit="a week", headings=("Sessions per week", "Frequency")),
    ] = None
    weeks: Annotated[
        Whole | None,
        About(
            "Weeks",
            "How long a run lasts.",
            unit="weeks",
            headings=("Number of weeks", "Duration in weeks"),
        ),
    ] = None
    group_size: Annotated[
        Whole | None, About("Largest group", unit="pupils", headings=("Group size",))
    ] = None
    resource_cost: Annotated[
        Number | None,
        About(
            "Resources",
            "What a run costs apart from people's time.",
            unit="£ a run",
            headings=("Cost", "Resource cost"),
        ),
    ] = None
    entry_criteria: Annotated[
        Text | None, About("Who it is for", long=True, headings=("Entry criteria",))
    ] = None
    exit_criteria: Annotated[
        Text | None, About("When it ends", long=True, headings=("Exit criteria",))
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, Any]) -> list[str]:
        """What in the wording binds nobody."""
        found = unspecific(values.get("description"))
        return [found] if found else []


class Group(Record):
    """One run of an intervention, with the adults who lead it."""

    intervention: Annotated[
        RecordId,
        About("Intervention", of="interventions", headings=("Intervention name", "Provision")),
    ]
    staff: Annotated[
        RecordIds,
        About("Led by", of="staff", headings=("Staff", "Led by staff", "Adult", "Teacher", "TA")),
    ] = Field(default_factory=list)
    start: Annotated[Day | None, About("From", headings=("Start date", "Start"))] = None
    end: Annotated[Day | None, About("Until", headings=("End date", "End"))] = None
    place: Annotated[Line | None, About("Place", headings=("Room", "Location", "Where"))] = None


class Slot(Record):
    """A time of the week at which a group meets."""

    group: Annotated[RecordId, About("Group", of="groups")]
    weekday: Annotated[Code | None, About("Day", choices=WEEKDAY_CODES)] = None
    at: Annotated[TimeOfDay | None, About("At", "Such as 09:30.")] = None
    minutes: Annotated[Whole | None, About("Length", unit="minutes")] = None


class Placement(Record):
    """A child in a group, from one day to another, with scores at both ends."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    group: Annotated[
        RecordId, About("Group", of="groups", headings=("Intervention", "Provision", "Group name"))
    ]
    start: Annotated[Day | None, About("From", headings=("Start date", "Start"))] = None
    end: Annotated[Day | None, About("Until", headings=("End date", "End"))] = None
    entry_on: Annotated[
        Day | None, About("Entry score taken on", headings=("Baseline date", "Entry date"))
    ] = None
    entry_score: Annotated[
        Number | None,
        About(
            "Entry score",
            "In the intervention's measure.",
            headings=("Baseline score", "Baseline", "Start score", "Pre score"),
        ),
    ] = None
    exit_on: Annotated[
        Day | None, About("Exit score taken on", headings=("Exit date", "Final date"))
    ] = None
    exit_score: Annotated[
        Number | None, About("Exit score", headings=("Final score", "End score", "Post score"))
    ] = None
    targets: Annotated[
        RecordIds, About("Serves", "The targets it works on.", of="targets", headings=("Targets",))
    ] = Field(default_factory=list)
    outcome: Annotated[
        Whole | None,
        About(
            "Outcome",
            "From −2, much less than expected, to +2; 0 is as expected.",
            choices=OUTCOMES,
            headings=("Impact", "Rating"),
        ),
    ] = None
    ended_reason: Annotated[
        Line | None, About("Why it ended", headings=("Reason ended", "Reason for ending"))
    ] = None


class Session(Record):
    """One meeting of a group that took place."""

    group: Annotated[RecordId, About("Group", of="groups", headings=("Intervention", "Group name"))]
    date: Annotated[Day | None, About("On", headings=("Date", "Session date"))] = None
    minutes: Annotated[
        Whole | None, About("Length", unit="minutes", headings=("Minutes", "Duration"))
    ] = None
    note: Annotated[Line | None, About("Note", headings=("Notes", "Comment"))] = None


class SessionMark(Record):
    """Whether a child was at a session."""

    session: Annotated[RecordId, About("Session", of="sessions")]
    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    mark: Annotated[
        Code | None,
        About(
            "Mark",
            choices=MARKS,
            also=MARKS_WRITTEN,
            headings=("Attendance", "Present", "Register mark", "There"),
        ),
    ] = None
