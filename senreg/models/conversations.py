"""The structured conversation with a child's family, and the attempts to hold one.

Its four stages are those of the Achievement for All handbook (National Strategies, 2009):
explore, focus, plan, review. The review looks back at this conversation and settles the next.
"""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text, TimeOfDay, Whole, YesNo

ATTEMPT_WAYS = (
    ("letter", "Letter"),
    ("call", "Phone call"),
    ("text", "Text message"),
    ("email", "Email"),
    ("gate", "At the gate"),
    ("visit", "Home visit"),
    ("meeting", "Meeting not attended"),
    ("other", "Other"),
)


class Conversation(Record):
    """A structured conversation: planned for a day; held only where a parent or carer came."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    planned_for: Annotated[
        Day | None,
        About(
            "Planned for", meeting=True, headings=("Planned date", "Date planned", "Appointment")
        ),
    ] = None
    at: Annotated[TimeOfDay | None, About("At", "Such as 15:45.", headings=("Time",))] = None
    held_on: Annotated[
        Day | None,
        About(
            "Held on",
            "Only where a parent or carer took part.",
            headings=("Date", "Date held", "Conversation date", "Meeting date"),
        ),
    ] = None
    led_by: Annotated[
        RecordId | None,
        About(
            "Led by",
            "The adult who knows the child best.",
            of="staff",
            headings=("Teacher", "Key teacher", "Staff"),
        ),
    ] = None
    attendees: Annotated[
        Text | None,
        About(
            "Who came",
            "Each with what they are to the child: Mum, interpreter, aunt.",
            long=True,
            headings=("Attendees", "Attended", "Present"),
        ),
    ] = None
    not_there: Annotated[
        Text | None, About("Who did not come, and why", "Such as Dad, at work.", long=True)
    ] = None
    minutes: Annotated[
        Whole | None, About("Length", unit="minutes", headings=("Minutes", "Duration"))
    ] = None
    pupil_present: Annotated[
        YesNo, About("The child was there", headings=("Pupil present", "Child present"))
    ] = False
    going_well: Annotated[
        Text | None, About("What is going well", "At home and at school.", long=True)
    ] = None
    concerns: Annotated[
        Text | None, About("Concerns", "What the family worries about.", long=True)
    ] = None
    hopes: Annotated[
        Text | None,
        About(
            "Hopes",
            "What they wish for the child, now and later, and the help they would like.",
            long=True,
        ),
    ] = None
    has_worked: Annotated[
        Text | None, About("What has worked", "At home, here, or at the last school.", long=True)
    ] = None
    explore: Annotated[
        Text | None, About("Explore", "Whatever else was heard while listening.", long=True)
    ] = None
    focus: Annotated[
        Text | None,
        About(
            "Focus",
            "The one or two things that matter most now.",
            long=True,
            headings=("Priorities", "Agreed focus"),
        ),
    ] = None
    plan: Annotated[
        Text | None,
        About(
            "Plan",
            "What was agreed; targets and actions are below.",
            long=True,
            headings=("Actions agreed", "Next steps"),
        ),
    ] = None
    review: Annotated[
        Text | None,
        About("Review", "The conversation summed up, and how to keep in touch.", long=True),
    ] = None
    parent_words: Annotated[
        Text | None,
        About(
            "In the family's words",
            "As they said it.",
            long=True,
            headings=("Parent views", "Parents' views", "Parent comments"),
        ),
    ] = None
    pupil_words: Annotated[
        Text | None,
        About(
            "In the child's words",
            "As the child said it.",
            long=True,
            headings=("Pupil views", "Pupil voice", "Child's views"),
        ),
    ] = None
    voice: Annotated[
        Line | None,
        About("How the child was heard", "Such as there, talked before, drew a picture."),
    ] = None
    summary_given_on: Annotated[
        Day | None, About("Summary given on", headings=("Summary sent", "Summary date"))
    ] = None
    summary_given: Annotated[
        Line | None, About("Summary given by", "Such as on paper, by email, read aloud.")
    ] = None
    next_on: Annotated[
        Day | None,
        About(
            "Next conversation",
            "When you meet again. What is planned already moves to this day; else it is planned.",
            meeting=True,
            headings=("Next date", "Next meeting", "Next conversation date"),
        ),
    ] = None
    handed_to: Annotated[
        RecordId | None,
        About("Handed over to", "Next year's teacher, who has read this.", of="staff"),
    ] = None
    handed_on: Annotated[Day | None, About("Handed over on")] = None


class Attempt(Record):
    """A try at bringing a conversation about that did not."""

    conversation: Annotated[RecordId, About("Conversation", of="conversations")]
    on: Annotated[Day | None, About("On")] = None
    how: Annotated[Code | None, About("How", choices=ATTEMPT_WAYS, open=True)] = None
    why_not: Annotated[
        Text | None, About("Why it did not come about", "As far as it is known.", long=True)
    ] = None
