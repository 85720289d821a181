"""Changing where a child stands: one status ends and one begins, and history is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.errors import SenregError
from senreg.rules.dates import days_after, short_day
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row, iso
from senreg.rules.roll import on_roll
from senreg.rules.status import OLD_STAGES, is_open, status_look, status_on

NEW_STAGES: dict[str, tuple[str, ...]] = {
    "A": ("K", "N"),
    "P": ("K", "N"),
    "Q": ("K", "N"),
    "S": ("E",),
}
"""What each stage of before 2014 may become. Source: SEND reforms of 2014: SEN support took
the place of School Action and Action Plus, and plans the place of statements, one by one."""

PLANS_FROM = "2014-09-01"
"""Education, health and care plans exist since 1 September 2014 (Children and Families Act
2014, Part 3)."""


class StageRefused(SenregError):
    """A change of status that would not be true."""


def change_status(
    pupil: str,
    statuses: Sequence[Row],
    new_code: str,
    day: date | str,
    reason: str = "",
    *,
    parents_informed_on: date | str | None = None,
) -> Proposal:
    """What is written when a child's status changes on a day.

    The open status ends the day before; one that began on that same day ends on it, so that
    it stays in the history. Exactly one status is open afterwards.

    Args:
        pupil: The pupil's id.
        statuses: The pupil's rows of `sen_statuses`.
        new_code: N, M, K or E, or an old stage where history is being typed in.
        day: The first day of the new status.
        reason: Why it changed, in the user's words.
        parents_informed_on: When the parents were told.

    Raises:
        StageRefused: The pupil has this status already, or another begins after the day.
    """
    when = iso(day)
    if any((row.get("start") or "") > when for row in statuses):
        raise StageRefused(
            f"Another status of this pupil begins after {short_day(when)}.",
            do="Choose a later day, or change that status first.",
        )
    ending = [row for row in statuses if not row.get("end") or row["end"] >= when]
    if len(ending) == 1 and is_open(ending[0]) and ending[0].get("code") == new_code:
        raise StageRefused(f"This pupil has the status {status_look(new_code).word} already.")
    before = days_after(date.fromisoformat(when), -1)
    values: dict[str, Any] = {"pupil": pupil, "code": new_code, "start": when}
    if reason:
        values["reason"] = reason
    if parents_informed_on:
        values["parents_informed_on"] = iso(parents_informed_on)
    ends = [(row, when if row.get("start") == when else before) for row in ending]
    return Proposal(
        tuple(
            Set("sen_statuses", row["id"], {"end": end})
            for row, end in ends
            if row.get("end") != end
        ),
        (Add("sen_statuses", values),),
    )


def stage_change(
    pupil: str,
    statuses: Sequence[Row],
    new_code: str,
    day: date | str,
    *,
    plan_issued_on: date | str | None = None,
    reason: str = "",
) -> Proposal:
    """The guided step from a stage of before 2014 to one of today.

    School Action and Action Plus become SEN support or no SEN from the day chosen; a
    statement becomes a plan from the day the authority issued it. The old stage stays in the
    history.

    Args:
        pupil: The pupil's id.
        statuses: The pupil's rows of `sen_statuses`.
        new_code: K or N from A, P and Q; E from S.
        day: The first day of the new status; for a plan, the day of issue counts instead.
        plan_issued_on: The date on the plan.
        reason: Why, in the user's words.

    Raises:
        StageRefused: The pupil is on no old stage, the new code does not follow from it, or
            a plan lacks its date of issue.
    """
    old = _old_stage(statuses)
    if old is None:
        raise StageRefused("This pupil is on no stage of before 2014.")
    code = str(old["code"])
    allowed = NEW_STAGES.get(code, ())
    if new_code not in allowed:
        words = " or ".join(status_look(each).word for each in allowed)
        raise StageRefused(
            f"{status_look(code).word} can become {words}, not {status_look(new_code).word}.",
            do="For any other change, change the status and give the reason.",
        )
    if new_code != "E":
        return change_status(pupil, statuses, new_code, day, reason)
    if not plan_issued_on:
        raise StageRefused(
            "A statement becomes a plan only on the day the authority issued the plan.",
            do="Give the date of issue that stands on the plan.",
        )
    if iso(plan_issued_on) < PLANS_FROM:
        raise StageRefused(
            f"No education, health and care plan was issued before {short_day(PLANS_FROM)}.",
            do="Give the date of issue that stands on the plan.",
        )
    return change_status(pupil, statuses, "E", plan_issued_on, reason)


@dataclass(frozen=True, slots=True)
class OldStage:
    """A child still on a stage of before 2014.

    Args:
        pupil: The row of `pupils`.
        status: The row of `sen_statuses` that holds.
        choices: The codes it may become, the usual one first.
    """

    pupil: Row
    status: Row
    choices: tuple[str, ...]


def old_stages(register: Reading, day: date) -> list[OldStage]:
    """Every child on roll whose status on a day is a stage of before 2014."""
    statuses = register.by("sen_statuses", "pupil")
    found = []
    for pupil in on_roll(register, day):
        status = status_on(statuses.get(pupil["id"], ()), day)
        if status is not None and status.get("code") in OLD_STAGES:
            found.append(OldStage(pupil, status, NEW_STAGES[status["code"]]))
    return found


def _old_stage(statuses: Sequence[Row]) -> Row | None:
    """The open old stage of one pupil, the latest where data holds several."""
    opened = [row for row in statuses if is_open(row) and row.get("code") in OLD_STAGES]
    return max(opened, key=lambda row: row.get("start") or "", default=None)
