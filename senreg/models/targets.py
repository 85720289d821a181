"""What a child is working towards, how it went, and who does what about it."""

from __future__ import annotations

from typing import Annotated

from senreg.models.areas import AREAS
from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Number, Record, RecordId, Text, Whole

TARGET_KINDS = (("curricular", "Curricular"), ("wider", "Wider outcome"))

TARGET_STATUSES = (
    ("set", "Set"),
    ("working", "Working towards"),
    ("met", "Met"),
    ("partly", "Partly met"),
    ("not_met", "Not met"),
    ("carried_over", "Carried over"),
    ("dropped", "Dropped"),
)
"""`set` and `working` are open; a target carried over is closed by the one that follows it."""

OUTCOMES = (
    ("-2", "Much less than expected"),
    ("-1", "Less than expected"),
    ("0", "As expected"),
    ("1", "More than expected"),
    ("2", "Much more than expected"),
)
"""The five steps of goal attainment scaling (Kiresuk and Sherman, 1968): 0 is what was set."""

OWN_RATINGS = (
    ("1", "Not yet"),
    ("2", "A little"),
    ("3", "Nearly"),
    ("4", "I can do it"),
)
"""How a child says that a target stands; beside what is judged, never part of it."""


class Target(Record):
    """One thing a child should be able to do by a date."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    kind: Annotated[
        Code,
        About("Kind", choices=TARGET_KINDS, headings=("Target type", "Type of target", "Type")),
    ]
    area: Annotated[
        Code | None,
        About(
            "Area",
            choices=AREAS,
            open=True,
            headings=("Area of need", "Target area", "Subject", "Area of learning"),
        ),
    ] = None
    statement: Annotated[
        Text | None,
        About(
            "Target",
            "What the child will do, how often or how well, and by when.",
            long=True,
            headings=(
                "Target text",
                "SMART target",
                "Learning target",
                "Outcome",
                "Short-term outcome",
                "Objective",
                "Goal",
            ),
        ),
    ] = None
    child_statement: Annotated[
        Text | None,
        About(
            "In the child's words",
            "I can …, I will …",
            long=True,
            headings=("Child-friendly target", "In my words", "Pupil-friendly target"),
        ),
    ] = None
    baseline: Annotated[
        Text | None,
        About(
            "Where it starts",
            "What the child does today.",
            long=True,
            headings=("Baseline", "Starting point"),
        ),
    ] = None
    success_criterion: Annotated[
        Text | None,
        About(
            "How we will know",
            "Such as: 4 out of 5 occasions, with no reminder.",
            long=True,
            headings=("Success criteria", "Success criterion", "Success looks like"),
        ),
    ] = None
    measure: Annotated[
        Line | None,
        About(
            "Measured by",
            "A count, a test, an observation, a work sample.",
            headings=("Measure", "How measured"),
        ),
    ] = None
    unit: Annotated[Line | None, About("Counted in", "Such as words a minute, times a week.")] = (
        None
    )
    start_value: Annotated[
        Number | None,
        About("Figure at the start", headings=("Start value", "Baseline score", "Start score")),
    ] = None
    target_value: Annotated[
        Number | None, About("Figure to reach", headings=("Target value", "Target score"))
    ] = None
    set_on: Annotated[Day | None, About("Set on", headings=("Date set", "Set", "Start date"))] = (
        None
    )
    due: Annotated[
        Day | None,
        About(
            "Due",
            "When it is looked at: +6w, end of term.",
            headings=("Due date", "Review date", "Target date", "By when", "Review by", "Deadline"),
        ),
    ] = None
    owner: Annotated[
        RecordId | None,
        About("Led by", of="staff", headings=("Owner", "Staff", "Responsible", "Lead")),
    ] = None
    conversation: Annotated[
        RecordId | None,
        About("Conversation", "The structured conversation it was agreed in.", of="conversations"),
    ] = None
    status: Annotated[
        Code | None,
        About("Status", choices=TARGET_STATUSES, headings=("Target status", "Progress")),
    ] = None
    follows: Annotated[
        RecordId | None,
        About("Follows", "The target that was carried over into it.", of="targets", unasked=True),
    ] = None


class TargetReview(Record):
    """A look at a target: how far the child has come, and on what evidence."""

    target: Annotated[
        RecordId, About("Target", of="targets", headings=("Target statement", "Reviewed target"))
    ]
    date: Annotated[Day | None, About("On", headings=("Date", "Review date", "Reviewed on"))] = None
    by: Annotated[RecordId | None, About("By", of="staff", headings=("Reviewed by", "Staff"))] = (
        None
    )
    outcome: Annotated[
        Whole | None,
        About(
            "Outcome",
            "From −2, much less than expected, to +2; 0 is as expected.",
            choices=OUTCOMES,
            headings=("Rating", "Outcome score", "Review outcome"),
        ),
    ] = None
    value: Annotated[
        Number | None,
        About(
            "Figure now",
            "In what the target is counted in.",
            headings=("Value", "Current score", "Score"),
        ),
    ] = None
    evidence: Annotated[
        Text | None,
        About(
            "Evidence",
            "What was seen, counted or made.",
            long=True,
            headings=("Comment", "Comments"),
        ),
    ] = None
    pupil_rating: Annotated[
        Whole | None,
        About(
            "The child's own rating",
            "As the child sees it: it stands beside the outcome and is no part of it.",
            choices=OWN_RATINGS,
        ),
    ] = None
    pupil_view: Annotated[
        Text | None,
        About("What the child says", long=True, headings=("Pupil view", "Child's view")),
    ] = None
    parent_view: Annotated[
        Text | None,
        About("What the family says", long=True, headings=("Parent view", "Parents' view")),
    ] = None
    next_step: Annotated[
        Text | None, About("Next step", long=True, headings=("Next steps", "Next"))
    ] = None


class Action(Record):
    """Something a person has promised to do."""

    about: Annotated[
        RecordId,
        About(
            "About",
            "What it follows from: a target, a review, a conversation, a visit or a referral.",
            of="targets",
            also_of=("reviews", "target_reviews", "conversations", "coach_visits", "referrals"),
        ),
    ]
    what: Annotated[Text | None, About("Action", long=True, headings=("Task", "What"))] = None
    who: Annotated[
        Line | None,
        About("Who", "Such as Mum, class teacher, the child.", headings=("Owner", "By whom")),
    ] = None
    place: Annotated[
        Code | None,
        About("Where", choices=(("school", "School"), ("home", "Home"), ("other", "Elsewhere"))),
    ] = None
    due: Annotated[Day | None, About("Due", headings=("Due date", "By when"))] = None
    done_on: Annotated[
        Day | None, About("Done on", headings=("Done", "Completed", "Date done"))
    ] = None
