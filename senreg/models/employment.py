"""Records of employment: they stand apart, and leave the register only where that is chosen."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Number, Record, RecordId, Text, Whole

TRAINING_KINDS = (
    ("conversation", "Structured conversation"),
    ("sen", "Special educational needs"),
    ("intervention", "An intervention"),
    ("visit", "Visit to another school"),
    ("other", "Other"),
)

STRANDS = (
    ("inspirational", "Inspirational"),
    ("organised", "Well organised"),
    ("differentiated", "Differentiated"),
    ("knowledge", "Based on knowledge"),
    ("interactive", "Interactive"),
    ("barriers", "Creative in removing barriers"),
)
"""The six strands of good teaching, as the programme names them."""

_SEEN = (("1", "Not seen"), ("2", "Beginning"), ("3", "Often"), ("4", "Throughout"))


class Training(Record):
    """Training that an adult has had."""

    kind: Annotated[Code, About("Training", choices=TRAINING_KINDS, open=True)]
    staff: Annotated[RecordId | None, About("Who", of="staff")] = None
    date: Annotated[Day | None, About("On")] = None
    title: Annotated[Line | None, About("Title")] = None
    given_by: Annotated[Line | None, About("Given by")] = None
    hours: Annotated[Number | None, About("Length", unit="hours")] = None
    changed: Annotated[
        Text | None, About("What changed in the classroom", "Seen later, and when.", long=True)
    ] = None


class Observation(Record):
    """A lesson looked at on the six strands of good teaching."""

    staff: Annotated[RecordId | None, About("Whose lesson", of="staff")] = None
    date: Annotated[Day | None, About("On")] = None
    by: Annotated[RecordId | None, About("Seen by", of="staff")] = None
    lesson: Annotated[Line | None, About("Lesson", "Class and subject.")] = None
    inspirational: Annotated[Whole | None, About("Inspirational", choices=_SEEN)] = None
    organised: Annotated[Whole | None, About("Well organised", choices=_SEEN)] = None
    differentiated: Annotated[Whole | None, About("Differentiated", choices=_SEEN)] = None
    knowledge: Annotated[Whole | None, About("Based on knowledge", choices=_SEEN)] = None
    interactive: Annotated[Whole | None, About("Interactive", choices=_SEEN)] = None
    barriers: Annotated[Whole | None, About("Creative in removing barriers", choices=_SEEN)] = None
    minutes_seen: Annotated[Whole | None, About("Minutes watched", unit="minutes")] = None
    minutes_with_lowest: Annotated[
        Whole | None,
        About("Of these with lower-attaining groups", "The teacher's own time.", unit="minutes"),
    ] = None
    note: Annotated[Text | None, About("Note", long=True)] = None


class StaffFeedback(Record):
    """An assistant's note to the head, and the head's annotation."""

    staff: Annotated[RecordId | None, About("From", of="staff")] = None
    date: Annotated[Day | None, About("On")] = None
    pupil_matters: Annotated[
        Text | None, About("What I saw", "What helped and what got in the way.", long=True)
    ] = None
    idea: Annotated[Text | None, About("My idea", long=True)] = None
    annotation: Annotated[Text | None, About("The head's annotation", long=True)] = None
    annotated_by: Annotated[RecordId | None, About("Annotated by", of="staff")] = None
    annotated_on: Annotated[Day | None, About("Annotated on")] = None
