"""Annual reviews of a plan, and the plan's changes at the end of a phase.

Sources: Children and Families Act 2014, section 44(1); SEND Regulations 2014, regulations 18,
20 and 22; R (L, M and P) v Devon [2022] EWHC 493 (Admin) for the twelve weeks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from senreg.models.days import months_on
from senreg.rules.dates import as_day, days_after, school_year_of, school_year_span, short_day
from senreg.rules.reading import Row
from senreg.rules.reviews import open_reviews
from senreg.rules.statutory.assessment import amended_of, plan_of
from senreg.rules.statutory.limits import LIMITS, StatutoryDate, weeks_after

REPORT_WEEKS, DECISION_WEEKS, AMENDED_WEEKS = 2, 4, 12
PAPERS_WEEKS = 2

LAST_YEARS = {
    "nursery": ("N2",),
    "infant": ("2",),
    "junior": ("6",),
    "primary": ("6",),
    "middle": ("8",),
    "secondary": ("11",),
}
"""By phase of the school, the year groups that move on to another phase; else 6 and 11."""

_POST_16 = "11"


def review_dates(
    pupil: Row,
    reviews: Sequence[Row],
    processes: Sequence[Row],
    statuses: Sequence[Row],
    today: date,
) -> Iterator[StatutoryDate]:
    """What follows for a child with a plan from its annual reviews.

    After a meeting the last one held counts: what it lacks still is left behind by the next.

    Args:
        pupil: The child.
        reviews: The child's rows of `reviews`.
        processes: The child's rows of `ehc_processes`.
        statuses: The child's rows of `sen_statuses`: where no plan is dated, the status says
            since when there is one, for its first year.
        today: The day of the question.
    """
    annual = [row for row in reviews if row.get("kind") == "annual"]
    last = max(
        (row for row in annual if row.get("held_on")),
        key=lambda row: str(row["held_on"]),
        default=None,
    )
    if last is not None:
        yield from _after_meeting(last, processes)
        if last.get("la_decision") == "cease":
            return
    planned = open_reviews(annual)
    counted = counted_from(last, processes, statuses, today)
    if counted is not None:
        yield from _next_review(pupil, planned, *counted)
    elif planned:
        yield _papers(pupil, planned[0], planned[0]["id"])


def _after_meeting(row: Row, processes: Sequence[Row]) -> Iterator[StatutoryDate]:
    held = as_day(row["held_on"])
    if held is None:
        return
    day = weeks_after(held, REPORT_WEEKS)
    yield _of_review(row, "review_report", day, row.get("report_sent_on"))
    decided = row.get("la_decided_on")
    if not decided and row.get("la_decision"):
        decided = row["held_on"]
    yield _of_review(row, "review_decision", weeks_after(held, DECISION_WEEKS), decided)
    if row.get("la_decision") == "amend" and not any(
        (each.get("amendment_notice_on") or "") >= row["held_on"] for each in processes
    ):
        day = weeks_after(held, AMENDED_WEEKS)
        finals = [str(each.get("final_on") or "") for each in processes]
        met = min((each for each in finals if each >= row["held_on"]), default="")
        yield _of_review(row, "amended_after_meeting", day, met)


def counted_from(
    last: Row | None, processes: Sequence[Row], statuses: Sequence[Row], today: date
) -> tuple[date, str, str] | None:
    """From which day the twelve months run, and the record that says so, with its table.

    That is the day on which the last review was concluded, which is the day of its decision, or
    of its meeting while that is not known; before there was one, the day of the plan. A status
    that is older than a year says nothing: the reviews since were not written down here.
    """
    found = [(plan_of(row), row["id"], "ehc_processes") for row in processes]
    if last is not None:
        found.append((str(last.get("la_decided_on") or last["held_on"]), last["id"], "reviews"))
    found = [each for each in found if each[0]]
    if not found:
        year_ago = months_on(today, -12).isoformat()
        held = [row for row in statuses if row.get("code") == "E"]
        found = [
            (str(row["start"]), row["id"], "sen_statuses")
            for row in held
            if (row.get("start") or "") > year_ago
        ]
    day, record, table = max(found, default=("", "", ""))
    start = as_day(day)
    return (start, record, table) if start is not None and start.year < date.max.year else None


def _next_review(
    pupil: Row, planned: Sequence[Row], start: date, anchor: str, table: str
) -> Iterator[StatutoryDate]:
    """The next annual review: in the twelve months that begin with a day, its last not counted.

    The authority has four weeks from the meeting for its decision, so the meeting is at least
    four weeks before.
    """
    end = days_after(months_on(start, 12), -1)
    latest = days_after(date.fromisoformat(end), -7 * DECISION_WEEKS)
    record, its, note = anchor, table, ""
    if planned:
        record, its = planned[0]["id"], "reviews"
        if planned[0]["planned_for"] > latest:
            note = f"planned for {short_day(planned[0]['planned_for'])}, which is late"
        yield _papers(pupil, planned[0], anchor)
    else:
        day = days_after(date.fromisoformat(latest), -7 * PAPERS_WEEKS)
        yield StatutoryDate(LIMITS["review_papers"], day, record, its, anchor, pupil["id"])
    in_time = bool(planned) and not note
    for limit, day, settled in (
        ("review_meeting", latest, in_time),
        ("review_concluded", end, False),
    ):
        said = note if limit == "review_meeting" else ""
        yield StatutoryDate(
            LIMITS[limit], day, record, its, anchor, pupil["id"], note=said, settled=settled
        )


def _papers(pupil: Row, planned: Row, anchor: str) -> StatutoryDate:
    """When the advice goes out for a meeting that is planned."""
    meeting = date.fromisoformat(str(planned["planned_for"]))
    return StatutoryDate(
        LIMITS["review_papers"],
        days_after(meeting, -7 * PAPERS_WEEKS),
        planned["id"],
        "reviews",
        anchor,
        pupil["id"],
        str(planned.get("papers_sent_on") or ""),
    )


def transfer_dates(
    pupil: Row, phase: object, processes: Sequence[Row], today: date
) -> Iterator[StatutoryDate]:
    """In the last year of a phase the plan is reviewed and names the next school.

    The law says before 15 February, or 31 March for a move to a post-16 place; the dates are
    given as schools know them. A final plan of that school year meets it.
    """
    year = str(pupil.get("year_group") or "")
    if year not in LAST_YEARS.get(str(phase or ""), ("6", _POST_16)):
        return
    first, last = school_year_span(school_year_of(today))
    limit, day = "phase_transfer", date(last.year, 2, 15)
    if year == _POST_16:
        limit, day = "phase_transfer_post_16", date(last.year, 3, 31)
    met = max((plan_of(row) or amended_of(row) for row in processes), default="")
    yield StatutoryDate(
        LIMITS[limit],
        day.isoformat(),
        pupil["id"],
        "pupils",
        pupil["id"],
        pupil["id"],
        met if met >= first.isoformat() else "",
    )


def _of_review(row: Row, limit: str, day: str, met: object) -> StatutoryDate:
    pupil = str(row.get("pupil") or "")
    return StatutoryDate(LIMITS[limit], day, row["id"], "reviews", row["id"], pupil, str(met or ""))
