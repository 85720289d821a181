"""Assessments under way, plans and their amendments, and what authorities ask the school."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.data import words
from senreg.demo.making import LAST_YEAR, Child, Making
from senreg.models.days import months_on

_WEEKS_TO_PLAN = 19
_AMENDED_DAYS = (35, 56)


def write_statutory(made: Making) -> None:
    """The dates from which the law counts, drawn apart: the rest of the school stays as it is."""
    if made.plan.old:
        return
    with made.drawing_apart("statutory"):
        reviews: dict[str, list[dict[str, Any]]] = {}
        for review in made.tables.get("reviews", ()):
            if review["kind"] == "annual" and "held_on" in review:
                reviews.setdefault(review["pupil"], []).append(review)
        for child in made.helped:
            if child.status == "E":
                _write_plan(made, child, reviews.get(child.id, []))
        _write_under_way(made)
        _write_consultations(made)


def _write_plan(made: Making, child: Child, reviews: list[dict[str, Any]]) -> None:
    """How the plan came about, where it was here; and each amendment after a review."""
    statuses = [each for each in made.tables["sen_statuses"] if each["pupil"] == child.id]
    issued = date.fromisoformat(statuses[-1]["start"])
    requested = made.days.before(issued - timedelta(weeks=_WEEKS_TO_PLAN))
    if requested > child.joined and (reviews or months_on(issued, 11) > made.plan.today):
        made.add(
            "ehc_processes",
            pupil=child.id,
            requested_on=requested,
            decided_on=made.days.before(requested + timedelta(days=made.draw.between(30, 42))),
            decision="assess",
            advice_asked_on=made.days.before(requested + timedelta(days=44)),
            advice_sent_on=made.days.before(requested + timedelta(days=80)),
            draft_on=made.days.before(issued - timedelta(days=made.draw.between(20, 30))),
            final_on=issued,
        )
    transfer = date(made.year + 1, 2, 15)
    if child.year == LAST_YEAR and transfer <= made.plan.today:
        named = made.days.before(transfer - timedelta(days=made.draw.between(3, 20)))
        notice = made.days.before(named - timedelta(days=50))
        made.add("ehc_processes", pupil=child.id, amendment_notice_on=notice, final_on=named)
    for review in reviews:
        if review.get("la_decision") != "amend" or "la_decided_on" not in review:
            continue
        notice = date.fromisoformat(review["la_decided_on"])
        final = made.days.before(notice + timedelta(days=made.draw.between(*_AMENDED_DAYS)))
        made.add(
            "ehc_processes",
            pupil=child.id,
            amendment_notice_on=notice,
            final_on=final if final <= made.plan.today else None,
        )


def _write_under_way(made: Making) -> None:
    """A request waiting for its decision, a draft to be commented on, and a plan that is late."""
    settled = made.plan.today - timedelta(weeks=24)
    able = [child for child in made.helped if child.status == "K" and child.joined < settled]
    stages: tuple[dict[str, int], ...] = (
        {"requested_on": 38},
        {
            "requested_on": 112,
            "decided_on": 74,
            "advice_asked_on": 72,
            "advice_sent_on": 40,
            "draft_on": 6,
        },
        {
            "requested_on": 146,
            "decided_on": 105,
            "advice_asked_on": 103,
            "advice_sent_on": 70,
            "draft_on": 30,
        },
        {"requested_on": 88, "decided_on": 50, "advice_asked_on": 36},
    )
    for child, stage in zip(made.draw.some(able, len(stages)), stages, strict=False):
        days: dict[str, Any] = {
            name: made.plan.today - timedelta(days=ago) for name, ago in stage.items()
        }
        made.add(
            "ehc_processes",
            pupil=child.id,
            decision="assess" if "decided_on" in days else None,
            **days,
        )


def _write_consultations(made: Making) -> None:
    today = made.plan.today
    for place, (reference, answer) in enumerate(words("consultations")):
        received = made.days.before(today - timedelta(days=(9, 60)[place % 2]))
        answered = made.days.before(received + timedelta(days=13))
        over = answered <= today
        made.add(
            "consultations",
            reference=reference,
            authority="202",
            received_on=received,
            answered_on=answered if over else None,
            answer=answer if over else None,
        )
