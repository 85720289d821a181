"""The annual review of a plan that comes next: its day, what is due when, and who is invited.

Sources: SEND Regulations 2014, regulation 20; Code of Practice 9.166 to 9.185.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.models.days import months_on
from senreg.models.text import clean_line, folded
from senreg.rules.dates import as_day
from senreg.rules.reading import Reading, Row
from senreg.rules.reviews import open_reviews
from senreg.rules.status import status_on
from senreg.rules.statutory import StatutoryDate, dates_of_pupil
from senreg.rules.statutory.assessment import amended_of, plan_of

OF_REVIEW = frozenset(
    {
        "review_papers",
        "review_meeting",
        "review_concluded",
        "review_report",
        "review_decision",
        "amended_after_meeting",
        "amendment_comments",
        "amended",
        "phase_transfer",
        "phase_transfer_post_16",
    }
)
"""Limits that are of a plan's review and of what follows from it."""


@dataclass(frozen=True, slots=True)
class AnnualReview:
    """The next annual review of a child with a plan.

    Args:
        review: The review as it is planned; None where none is.
        last: The last that was held; None before the first.
        since: From which day on is told: the last review's, else the plan's, else a year back.
        plan_on: The ISO day of the plan, or of the plan as amended; empty where it is not known.
        dates: What the law sets a day for, by day.
        invited: Who is invited, as it was written.
        forgotten: Contacts with parental responsibility whose names are not among the invited;
            none with a restriction.
    """

    review: Row | None
    last: Row | None
    since: date
    plan_on: str
    dates: tuple[StatutoryDate, ...]
    invited: tuple[str, ...]
    forgotten: tuple[Row, ...]


def has_plan(register: Reading, pupil: str, today: date) -> bool:
    """Whether a child has an education, health and care plan on a day."""
    status = status_on(register.by("sen_statuses", "pupil").get(pupil, ()), today)
    return status is not None and status.get("code") == "E"


def annual_review(register: Reading, child: Row, today: date) -> AnnualReview:
    """The review of one child's plan that comes next on a day."""
    own = child["id"]
    annual = [
        row for row in register.by("reviews", "pupil").get(own, ()) if row.get("kind") == "annual"
    ]
    held = [row for row in annual if row.get("held_on") and row["held_on"] <= today.isoformat()]
    last = max(held, key=lambda row: str(row["held_on"]), default=None)
    planned = open_reviews(annual)
    review = planned[0] if planned else None
    processes = register.by("ehc_processes", "pupil").get(own, ())
    plan_on = max((amended_of(row) or plan_of(row) for row in processes), default="")
    since = as_day(last["held_on"]) if last else as_day(plan_on)
    invited = _people(review.get("invited") if review else None)
    dates = [each for each in dates_of_pupil(register, child, today) if each.limit.id in OF_REVIEW]
    return AnnualReview(
        review,
        last,
        since if since is not None and since <= today else months_on(today, -12),
        plan_on,
        tuple(dates),
        invited,
        _forgotten(register, own, invited),
    )


def _people(text: object) -> tuple[str, ...]:
    """A person a line."""
    return tuple(
        filter(None, (clean_line(line).strip(" ,") for line in str(text or "").split("\n")))
    )


def _forgotten(register: Reading, pupil: str, invited: tuple[str, ...]) -> tuple[Row, ...]:
    """Those with parental responsibility; 'both parents' and the like stands for all of them."""
    said = folded(" ".join(invited))
    if not said or "parents" in said.split():
        return ()
    return tuple(
        row
        for row in register.by("contacts", "pupil").get(pupil, ())
        if row.get("parental_responsibility")
        and not row.get("restriction")
        and (name := folded(clean_line(str(row.get("name") or ""))))
        and name not in said
    )
