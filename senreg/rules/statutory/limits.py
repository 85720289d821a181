"""Each statutory time limit: what is due, from whom, and by which paragraph."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from senreg.rules.dates import days_after
from senreg.rules.due import due_state

BY_WORDS = {"school": "the school", "authority": "the authority", "family": "the family"}
"""Who is to act, in words."""

REGULATIONS = "SEND Regs 2014"
"""The Special Educational Needs and Disability Regulations 2014 (S.I. 2014/1530)."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time limit.

    Args:
        id: Its name in code, in a calendar's ids and in findings.
        words: What is due.
        by: Who is to act: school, authority or family.
        short: Its paragraph, where there is little room.
        source: The law or guidance that sets it, with the time it gives.
        lapses: Whether it is over once its day is past, done or not: a right that was not used,
            or a decision that only may be made.
        quiet: Whether it stays off Today, where another date says the same sooner.
    """

    id: str
    words: str
    by: str
    short: str
    source: str
    lapses: bool = False
    quiet: bool = False


LIMITS: dict[str, Limit] = {
    limit.id: limit
    for limit in (
        Limit(
            "decision",
            "Decision whether to assess",
            "authority",
            "reg 5(1)",
            f"{REGULATIONS}, reg 5(1): 6 weeks",
        ),
        Limit(
            "advice",
            "The school’s advice for the assessment",
            "school",
            "reg 8(1)",
            f"{REGULATIONS}, reg 8(1); Code of Practice 9.52: 6 weeks",
        ),
        Limit(
            "no_plan",
            "Decision not to issue a plan, if none is to be",
            "authority",
            "reg 10(1)",
            f"{REGULATIONS}, reg 10(1): 16 weeks",
            lapses=True,
            quiet=True,
        ),
        Limit(
            "final",
            "Final plan",
            "authority",
            "reg 13(2)",
            f"{REGULATIONS}, reg 13(2): 20 weeks",
        ),
        Limit(
            "draft_comments",
            "Comments on the draft plan",
            "family",
            "reg 13(1)",
            f"{REGULATIONS}, reg 13(1): at least 15 days",
            lapses=True,
        ),
        Limit(
            "appeal",
            "Appeal, or a month from the mediation certificate if that is later",
            "family",
            "rule 20",
            "First-tier Tribunal (HESC) Rules 2008, rule 20: 2 months",
            lapses=True,
            quiet=True,
        ),
        Limit(
            "amendment_comments",
            "Comments on the amendments",
            "family",
            "reg 22(2)",
            f"{REGULATIONS}, reg 22(2): at least 15 days",
            lapses=True,
        ),
        Limit(
            "amended",
            "Final amended plan",
            "authority",
            "reg 22(3)",
            f"{REGULATIONS}, reg 22(3): 8 weeks from the notice",
        ),
        Limit(
            "amended_after_meeting",
            "Final amended plan",
            "authority",
            "reg 22(3)",
            f"{REGULATIONS}, regs 20(10), 22(3), as read in [2022] EWHC 493: 12 weeks from the "
            "meeting",
        ),
        Limit(
            "review_papers",
            "Annual review: advice out to all who are invited",
            "school",
            "reg 20(4)",
            f"{REGULATIONS}, reg 20(4): 2 weeks before the meeting",
        ),
        Limit(
            "review_meeting",
            "Annual review: the meeting",
            "school",
            "s 44(1)",
            f"CFA 2014, s 44(1); {REGULATIONS}, reg 20(10): 4 weeks before the year is over",
        ),
        Limit(
            "review_concluded",
            "Annual review concluded",
            "authority",
            "s 44(1)",
            "Children and Families Act 2014, s 44(1): 12 months",
            quiet=True,
        ),
        Limit(
            "review_report",
            "Annual review: report to all who were invited",
            "school",
            "reg 20",
            f"{REGULATIONS}, reg 20; Code of Practice 9.176: 2 weeks from the meeting",
        ),
        Limit(
            "review_decision",
            "Annual review: decision to keep, amend or cease the plan",
            "authority",
            "reg 20(10)",
            f"{REGULATIONS}, reg 20(10): 4 weeks from the meeting",
        ),
        Limit(
            "phase_transfer",
            "Plan naming the next school",
            "authority",
            "reg 18(1)",
            f"{REGULATIONS}, reg 18(1)(b): before 15 February",
        ),
        Limit(
            "phase_transfer_post_16",
            "Plan naming the post-16 place",
            "authority",
            "reg 18(1)",
            f"{REGULATIONS}, reg 18(1)(a): before 31 March",
        ),
        Limit(
            "consultation",
            "Answer to the authority’s consultation",
            "school",
            "Code 9.83",
            "Code of Practice 9.83: 15 days",
        ),
        Limit(
            "records",
            "SEN file to the next school",
            "school",
            "reg 9",
            "Pupil Information Regs 2005, reg 9: 15 school days",
        ),
    )
}
"""Every limit by its id."""


class StatutoryDate(NamedTuple):
    """A limit that counts for somebody, with its day.

    Args:
        limit: The limit.
        day: The last ISO day on which it is kept.
        record: The id of the record to open.
        table: The table of that record.
        anchor: The id of the record from which it is counted; with the limit it names the date
            for good.
        pupil: The child's id; empty for one who is not on roll.
        met_on: The ISO day on which it was met, or on which nothing was due any more.
        excepted: The reason for which it need not be kept, a code or words.
        note: What else is to be said.
        settled: Whether nothing is to be done now, because the matter is planned in time.
    """

    limit: Limit
    day: str
    record: str
    table: str
    anchor: str
    pupil: str = ""
    met_on: str = ""
    excepted: str = ""
    note: str = ""
    settled: bool = False

    def state(self, today: date) -> str:
        """met, excepted, over, settled; or overdue, due, later as for anything with a date."""
        if self.met_on:
            return "met"
        if self.excepted:
            return "excepted"
        if self.limit.lapses and self.day < today.isoformat():
            return "over"
        return "settled" if self.settled else due_state(self.day, today)

    def waits(self, today: date) -> bool:
        """Whether something is still to be done."""
        return self.state(today) in ("overdue", "due", "later")

    @property
    def words(self) -> str:
        """What is due, and what else is to be said."""
        return f"{self.limit.words} ({self.note})" if self.note else self.limit.words


def weeks_after(day: date, weeks: int) -> str:
    """The ISO day so many calendar weeks later: day 1 is the day after."""
    return days_after(day, 7 * weeks)
