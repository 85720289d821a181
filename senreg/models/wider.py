"""Wider outcomes: marks over time, and what children take part in.

The five categories are those of the Achievement for All pilot (Humphrey and Squires, 2011).
"""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.evidence import DIRECTIONS
from senreg.models.record import Code, Day, Line, Number, Record, RecordId, Text, Whole, YesNo

CATEGORIES = (
    ("attendance", "Attendance"),
    ("behaviour", "Behaviour"),
    ("bullying", "Bullying"),
    ("relationships", "Positive relationships"),
    ("participation", "Wider participation"),
)


class WiderMark(Record):
    """How a child does in one of the wider outcomes on a day, on a scale with its direction."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    date: Annotated[Day | None, About("On", headings=("Date",))] = None
    category: Annotated[
        Code | None, About("Wider outcome", choices=CATEGORIES, headings=("Category", "Outcome"))
    ] = None
    value: Annotated[Number | None, About("Mark", headings=("Value", "Score"))] = None
    scale: Annotated[
        Line | None, About("Scale", "Such as Incidents a week, Teacher rating, of 5.")
    ] = None
    direction: Annotated[Code | None, About("Direction", choices=DIRECTIONS)] = None
    by: Annotated[RecordId | None, About("By", of="staff", headings=("Marked by", "Staff"))] = None


class Activity(Record):
    """A club, a team, an outing, a residential: what children can take part in."""

    name: Annotated[Line, About("Activity", headings=("Club", "Activity name"))]
    partner: Annotated[
        Line | None, About("Partner", "Who runs it or lends a hand, from outside the school.")
    ] = None
    start: Annotated[Day | None, About("From")] = None
    end: Annotated[Day | None, About("Until")] = None
    description: Annotated[Text | None, About("What it is", long=True)] = None


class Participation(Record):
    """A child in an activity; or that a child is known to take part in nothing."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    activity: Annotated[
        RecordId | None, About("Activity", of="activities", headings=("Activity name", "Club"))
    ] = None
    takes_no_part: Annotated[
        YesNo, About("Takes part in nothing", "Asked, and known to be in no activity.")
    ] = False
    start: Annotated[Day | None, About("From", headings=("Start date",))] = None
    end: Annotated[Day | None, About("Until", headings=("End date",))] = None
    sessions: Annotated[
        Whole | None, About("Sessions offered", unit="sessions", headings=("Sessions possible",))
    ] = None
    attended: Annotated[
        Whole | None, About("Sessions attended", unit="sessions", headings=("Attended",))
    ] = None

    @classmethod
    def warnings(cls, values: dict[str, object]) -> list[str]:
        """A participation names an activity or says that there is none, never both."""
        found = []
        if values.get("activity") and values.get("takes_no_part"):
            found.append("It names an activity and says the child takes part in nothing.")
        sessions, attended = values.get("sessions"), values.get("attended")
        if isinstance(sessions, int) and isinstance(attended, int) and attended > sessions:
            found.append("More sessions were attended than there were.")
        return found
