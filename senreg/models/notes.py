"""What happened and was said, and where the papers are."""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text, YesNo

NOTE_KINDS = (
    ("call", "Phone call"),
    ("email", "Email"),
    ("meeting", "Meeting"),
    ("visit", "Visit"),
    ("observation", "Observation"),
    ("incident", "Incident"),
    ("other", "Other"),
)

DOCUMENT_KINDS = (
    ("plan", "Education, health and care plan"),
    ("advice", "Advice of a professional"),
    ("assessment", "Assessment report"),
    ("medical", "Medical letter"),
    ("review", "Review paperwork"),
    ("consent", "Consent"),
    ("letter", "Letter"),
    ("previous_school", "Records of the last school"),
    ("other", "Other"),
)


class Note(Record):
    """A call, a meeting, something seen: what was said or happened, and when."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    happened_on: Annotated[
        Day | None,
        About(
            "On",
            "The day it happened, not the day it was written down.",
            headings=("Date", "Happened on", "When"),
        ),
    ] = None
    kind: Annotated[
        Code, About("Kind", choices=NOTE_KINDS, headings=("Type", "Note type", "Contact type"))
    ]
    with_whom: Annotated[
        Line | None, About("With", headings=("With whom", "Spoke to", "Contact"))
    ] = None
    text: Annotated[
        Text | None,
        About(
            "Note",
            long=True,
            confidential=True,
            headings=("Notes", "Text", "Comment", "Comments", "Details", "What was said"),
        ),
    ] = None
    confidential: Annotated[
        YesNo, About("Confidential", "Never in a staff pack, whatever the policy says.")
    ] = False


class Document(Record):
    """A paper or file about a child: what it is and where it is kept."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    title: Annotated[
        Line | None, About("Title", headings=("Document", "Document title", "Name"))
    ] = None
    dated: Annotated[
        Day | None, About("Dated", "The date on the document.", headings=("Date", "Document date"))
    ] = None
    kind: Annotated[
        Code, About("Kind", choices=DOCUMENT_KINDS, open=True, headings=("Type", "Document type"))
    ]
    kept_where: Annotated[
        Line | None,
        About(
            "Kept", "The drawer, folder or system it is in.", headings=("Location", "Where kept")
        ),
    ] = None
    given_to: Annotated[
        Line | None, About("Given to", "Who has been given a copy.", headings=("Shared with",))
    ] = None
    given_on: Annotated[Day | None, About("Given on", headings=("Shared on", "Date shared"))] = None
