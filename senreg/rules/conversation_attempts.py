"""What is written when a conversation did not come about, or is to be held by somebody else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from senreg.rules.conversations import MISSED, PLANNED, state_of
from senreg.rules.proposal import Proposal, Set, Writing
from senreg.rules.reading import Reading, Row


def write_attempt(
    commit: Writing,
    pupil: str,
    conversation: Row | None,
    attempt: Mapping[str, Any],
    new_day: str | None = None,
    at: str | None = None,
) -> str:
    """Write a try that was in vain into an open commit, and where there is one the new day.

    Args:
        commit: The open commit.
        pupil: The pupil's id.
        conversation: The conversation that was tried for; None where none was planned, so that
            one is added to which the attempt belongs.
        attempt: The fields of the attempt beside the conversation.
        new_day: The ISO day for which it is planned now.
        at: The time of that day.

    Returns:
        The id of the conversation.
    """
    plan = {name: value for name, value in (("planned_for", new_day), ("at", at)) if value}
    if conversation is None:
        key = commit.add("conversations", {"pupil": pupil, **plan})
    else:
        key = str(conversation["id"])
        if plan:
            commit.set(key, **plan)
    given = {name: value for name, value in attempt.items() if value not in (None, "")}
    commit.add("attempts", {**given, "conversation": key})
    return key


def tried_since(register: Reading, pupil: str, since: str, until: str) -> list[Row]:
    """The attempts to meet a child's family after one ISO day and up to another, latest first.

    Args:
        register: The open register.
        pupil: The pupil's id.
        since: The day of the last conversation that was held; empty for all attempts.
        until: The day of the conversation that is looked at; 9999 where it is to come.
    """
    attempts = register.by("attempts", "conversation")
    tried = [
        each
        for row in register.by("conversations", "pupil").get(pupil, ())
        for each in attempts.get(row["id"], ())
        if since < str(each.get("on") or "9998") <= until
    ]
    return sorted(tried, key=lambda each: str(each.get("on") or ""), reverse=True)


def usual_way(conversation: Row | None, today: date) -> str | None:
    """How it was tried as a rule: a meeting nobody came to, where its day has come."""
    planned = (conversation or {}).get("planned_for")
    return "meeting" if planned and planned <= today.isoformat() else None


def let_lead(register: Reading, pupils: Iterable[str], staff: str, today: date) -> Proposal:
    """What is written when somebody is to lead what is still to be held with some children.

    Args:
        register: The open register.
        pupils: The ids of the children.
        staff: The staff id of who leads.
        today: The day of the question.
    """
    conversations = register.by("conversations", "pupil")
    return Proposal(
        tuple(
            Set("conversations", row["id"], {"led_by": staff})
            for pupil in pupils
            for row in conversations.get(pupil, ())
            if state_of(row, today) in (PLANNED, MISSED) and row.get("led_by") != staff
        )
    )
