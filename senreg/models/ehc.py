"""The road to an education, health and care plan, by the dates from which the law counts.

Only what happened is kept. What is due, and by which paragraph, is worked out in
`senreg.rules.statutory`.
"""

from __future__ import annotations

from typing import Annotated

from senreg.models.describe import About
from senreg.models.record import Code, Day, Line, Record, RecordId, Text

DECISIONS = (
    ("assess", "Assess"),
    ("refuse", "Not to assess"),
)

EXCEPTIONS = (
    ("closed", "School closed for four weeks or more"),
    ("circumstances", "Exceptional personal circumstances"),
    ("away", "Family away for four weeks or more"),
    ("appointment", "An appointment was not kept"),
)
"""The reasons for which a time limit need not be kept (SEND Regulations 2014, regulations 5(4),
8(2), 10(4) and 13(3); not each of them for every limit)."""


class EhcProcess(Record):
    """A request for an assessment and the plan that follows; or an amendment to a plan."""

    pupil: Annotated[RecordId, About("Pupil", of="pupils")]
    requested_on: Annotated[
        Day | None,
        About("Request received on", "The day the authority had it; weeks are counted from it."),
    ] = None
    decided_on: Annotated[Day | None, About("Decided on", "Whether to assess.")] = None
    decision: Annotated[Code | None, About("Decision", choices=DECISIONS)] = None
    decision_exception: Annotated[
        Code | None,
        About(
            "Six weeks excepted",
            "Only where the authority has given a reason of the law.",
            choices=EXCEPTIONS,
            open=True,
            confidential=True,
        ),
    ] = None
    advice_asked_on: Annotated[
        Day | None, About("Advice asked for on", "The school’s own, for the assessment.")
    ] = None
    advice_sent_on: Annotated[Day | None, About("Advice sent on")] = None
    advice_exception: Annotated[
        Code | None,
        About("Advice excepted", choices=EXCEPTIONS, open=True, confidential=True),
    ] = None
    draft_on: Annotated[Day | None, About("Draft plan sent on")] = None
    final_on: Annotated[Day | None, About("Final plan on")] = None
    final_exception: Annotated[
        Code | None,
        About(
            "Twenty weeks excepted",
            "Only where the authority has given a reason of the law.",
            choices=EXCEPTIONS,
            open=True,
            confidential=True,
        ),
    ] = None
    ended_on: Annotated[
        Day | None,
        About("Ended without a plan on", "No plan is to be issued, or the request was withdrawn."),
    ] = None
    amendment_notice_on: Annotated[
        Day | None,
        About(
            "Amendment notice on", "Each amendment has a record of its own, with its final plan."
        ),
    ] = None


class Consultation(Record):
    """An authority asks whether the school could be named in the plan of a child not on roll."""

    reference: Annotated[
        Line | None, About("Reference", "The authority's own for the child; never the name.")
    ] = None
    authority: Annotated[Code | None, About("Authority", code_set="local_authority")] = None
    received_on: Annotated[Day | None, About("Received on")] = None
    answered_on: Annotated[Day | None, About("Answered on")] = None
    answer: Annotated[
        Text | None, About("Answer", "What the school said, and why.", long=True, confidential=True)
    ] = None
