"""Plans that were given out, referrals, and what the authority's plans demand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from senreg.demo.data import read
from senreg.demo.making import Child, Making

_REFERRED = 0.22
_GIVEN_OUT = 0.85


def write_papers(made: Making) -> None:
    """For every child on the register the plans of past terms, and what went to services."""
    targets: dict[str, list[dict[str, Any]]] = {}
    for target in made.tables.get("targets", ()):
        targets.setdefault(target["pupil"], []).append(target)
    for child in made.helped:
        _write_plans(made, child, targets.get(child.id, []))
        if made.draw.chance(_REFERRED):
            _write_referral(made, child)
        if child.status in ("E", "S"):
            _write_demands(made, child)


def _write_plans(made: Making, child: Child, targets: list[dict[str, Any]]) -> None:
    """One plan for each of the last three terms, worded as its targets were then."""
    for term in made.days.terms[max(0, made.now - 2) : made.now + 1]:
        first, last = term.start.isoformat(), term.end.isoformat()
        then = [each for each in targets if first <= each["set_on"] <= last]
        if not then or not made.draw.chance(_GIVEN_OUT):
            continue
        issued = made.days.after(date.fromisoformat(then[0]["set_on"]) + timedelta(days=3))
        if issued > made.plan.today or issued < child.joined:
            continue
        lines = [f"{place}. {each['statement']}" for place, each in enumerate(then, 1)]
        made.add(
            "plans",
            pupil=child.id,
            kind="iep" if made.plan.old else "sen_support",
            title=f"Plan for {term.name}",
            issued_on=issued,
            shared_with="Parents",
            shared_on=issued,
            text="\n".join(lines),
        )


def _write_referral(made: Making, child: Child) -> None:
    draw, practice = made.draw, read("practice")
    service, reason = draw.fresh("referral", practice["referrals"])
    agreed = made.recent_day(child, 300)
    steps = [agreed]
    for least, most in ((2, 15), (30, 70), (20, 60), (10, 40)):
        steps.append(made.days.after(steps[-1] + timedelta(days=draw.between(least, most))))
    past = [day if day <= made.plan.today else None for day in steps]
    made.add(
        "referrals",
        pupil=child.id,
        service=service,
        reason=child.say(reason),
        parent_agreed_on=past[0],
        sent_on=past[1],
        chased_on=past[2],
        seen_on=past[3],
        report_on=past[4],
        outcome=child.say(draw.one(practice["referral_outcomes"])) if past[4] else None,
    )


def _write_demands(made: Making, child: Child) -> None:
    draw, practice = made.draw, read("practice")
    for outcome in draw.some(practice["ehc_outcomes"], 2):
        made.add("ehc_outcomes", pupil=child.id, section="E", wording=child.say(outcome))
    for wording, quantity in draw.some(practice["ehc_provisions"], 2):
        made.add("ehc_provisions", pupil=child.id, section="F", wording=wording, quantity=quantity)
