"""An assessment and its plan: twenty weeks from the day the authority has the request.

Sources: SEND Regulations 2014, regulations 5, 8, 10 and 13; for an amendment regulation 22.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.models.days import months_on
from senreg.rules.dates import as_day, days_after
from senreg.rules.reading import Row
from senreg.rules.statutory.limits import LIMITS, StatutoryDate, weeks_after

DECISION_WEEKS, ADVICE_WEEKS, NO_PLAN_WEEKS, FINAL_WEEKS = 6, 6, 16, 20
AMENDED_WEEKS = 8
COMMENT_DAYS = 15
"""At least so many days, the first of them the day on which the draft or the notice was served
(regulations 13(1) and 22(2)(c))."""

APPEAL_MONTHS = 2


def process_dates(row: Row) -> Iterator[StatutoryDate]:
    """What follows from one row of `ehc_processes`.

    Where it holds a request and an amendment, a final plan on or after the notice is the
    amended one.
    """
    if as_day(row.get("requested_on")) is not None:
        yield from _from_request(row)
    if (asked := as_day(row.get("advice_asked_on"))) is not None:
        yield _date(
            row,
            "advice",
            weeks_after(asked, ADVICE_WEEKS),
            row.get("advice_sent_on") or row.get("final_on") or row.get("ended_on"),
            row.get("advice_exception"),
        )
    if (draft := as_day(row.get("draft_on"))) is not None:
        over = plan_of(row) or row.get("ended_on")
        yield _date(row, "draft_comments", days_after(draft, COMMENT_DAYS - 1), over)
    yield from _appeals(row)
    if (notice := as_day(row.get("amendment_notice_on"))) is not None:
        over = amended_of(row) or row.get("ended_on")
        yield _date(row, "amendment_comments", days_after(notice, COMMENT_DAYS - 1), over)
        yield _date(row, "amended", weeks_after(notice, AMENDED_WEEKS), over)


def plan_of(row: Row) -> str:
    """The ISO day of the plan that an assessment led to; empty for an amendment."""
    final, notice = row.get("final_on"), row.get("amendment_notice_on")
    if not final or (notice and (not row.get("requested_on") or final >= notice)):
        return ""
    return str(final)


def amended_of(row: Row) -> str:
    """The ISO day of the plan as amended; empty where there is none yet."""
    final, notice = row.get("final_on"), row.get("amendment_notice_on")
    return str(final) if final and notice and final >= notice else ""


def _from_request(row: Row) -> Iterator[StatutoryDate]:
    requested = as_day(row.get("requested_on"))
    assert requested is not None
    final, ended = row.get("final_on"), row.get("ended_on")
    decided = row.get("decided_on") or row.get("draft_on") or final or ended
    day = weeks_after(requested, DECISION_WEEKS)
    yield _date(row, "decision", day, decided, row.get("decision_exception"))
    if row.get("decision") == "refuse":
        return
    exception = row.get("final_exception")
    if not row.get("draft_on") and not final:
        yield _date(row, "no_plan", weeks_after(requested, NO_PLAN_WEEKS), ended, exception)
    yield _date(row, "final", weeks_after(requested, FINAL_WEEKS), final or ended, exception)


def _appeals(row: Row) -> Iterator[StatutoryDate]:
    """The family may appeal a refusal to assess, a refusal to issue, and the plan itself."""
    refused = row.get("decided_on") if row.get("decision") == "refuse" else ""
    decided = as_day(plan_of(row) or row.get("ended_on") or refused or amended_of(row))
    if decided is not None and decided.year < date.max.year:
        yield _date(row, "appeal", months_on(decided, APPEAL_MONTHS).isoformat())


def _date(
    row: Row, limit: str, day: str, met: object = None, exception: object = None
) -> StatutoryDate:
    return StatutoryDate(
        LIMITS[limit],
        day,
        row["id"],
        "ehc_processes",
        row["id"],
        str(row.get("pupil") or ""),
        str(met or ""),
        "" if met else str(exception or ""),
    )
