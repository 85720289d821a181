"""Writing the record of a conversation down, and all that comes of it, at once.

What a form holds beside the conversation's own fields has names of its own: `curricular_due`,
`home2_what`, `barrier1`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from senreg.rules.conversation_agreed import KINDS, actions_of, agreed_in
from senreg.rules.conversations import next_planned
from senreg.rules.proposal import Writing
from senreg.rules.reading import Reading, Row
from senreg.rules.smart import holds_blanks
from senreg.rules.target_steps import from_example, next_due, usual_owner

PLACES = ("school", "home")
"""Where actions are agreed."""

ACTIONS = 3
"""So many actions the record asks for at each place; more are added on the pupil's page."""

BARRIERS = 3
"""So many barriers the record asks for."""

CAME = "came"
"""Whether a parent or carer took part."""

DAY = "day"
"""The day of the visit, where it is not that of a conversation that was held."""

FOLLOWS = "follows"
TARGET_PARTS = ("statement", "success_criterion", "child_statement", "area", "due")
"""What is asked of a target that a conversation ends in."""

ACTION_PARTS = ("what", "who", "due")
"""What is asked of an action."""


def target_field(kind: str, part: str) -> str:
    """The name of what a form asks about the target of a kind."""
    return f"{kind}_{part}"


def action_field(place: str, number: int, part: str) -> str:
    """The name of what a form asks about an action, counted from 1."""
    return f"{place}{number}_{part}"


def barrier_field(number: int) -> str:
    """The name of what a form asks about a barrier, counted from 1."""
    return f"barrier{number}"


def barrier_kind(number: int) -> str:
    """The name of what a form asks about the kind of a barrier, counted from 1."""
    return f"barrier{number}_kind"


def begun(
    register: Reading, pupil: Row, conversation: Row | None, person: str, today: date
) -> dict[str, Any]:
    """What the record begins with beside what the conversation has stored.

    Args:
        register: The open register.
        pupil: The child.
        conversation: The row of `conversations`; None for one that was not planned.
        person: The staff id of who sits here; empty where nobody of the staff does.
        today: The day of the visit.
    """
    row: Row = conversation or {}
    leader = row.get("led_by") or pupil.get("key_teacher") or person or None
    values: dict[str, Any] = {
        CAME: bool(row.get("held_on")),
        "held_on": row.get("held_on") or today.isoformat(),
        "led_by": leader,
    }
    if not row.get("held_on") and row.get("planned_for") != today.isoformat():
        values["at"] = None
    due = next_due(today, register.all("terms"))
    for kind in KINDS:
        values[target_field(kind, "due")] = due
    if conversation is not None:
        for kind, target in agreed_by_kind(register, conversation).items():
            for part in TARGET_PARTS:
                values[target_field(kind, part)] = target.get(part)
        for place in PLACES:
            for number, action in enumerate(own_actions(register, conversation, place), 1):
                for part in ACTION_PARTS:
                    values[action_field(place, number, part)] = action.get(part)
    return values


def agreed_by_kind(register: Reading, conversation: Row) -> dict[str, Row]:
    """The first target of each kind that was agreed in a conversation."""
    found: dict[str, Row] = {}
    for target in agreed_in(register, conversation).targets:
        found.setdefault(str(target.get("kind")), target)
    return {kind: found[kind] for kind in KINDS if kind in found}


def kinds_lacking(register: Reading, conversation: Row) -> tuple[str, ...]:
    """The kinds of target that a conversation should end in and does not, the curricular first."""
    agreed = agreed_by_kind(register, conversation)
    return tuple(kind for kind in KINDS if kind not in agreed)


def own_actions(register: Reading, conversation: Row, place: str) -> list[Row]:
    """The actions of a conversation at a place, as many as the record asks for."""
    actions = actions_of(register, conversation["id"])
    return [row for row in actions if row.get("place") == place][:ACTIONS]


def carried_over(target: Row) -> dict[str, Any]:
    """What the record of a target begins with that goes on from an open one."""
    values = {part: target.get(part) for part in ("statement", "success_criterion")}
    return {**values, "child_statement": target.get("child_statement"), "area": target.get("area")}


def of_example(example: Row) -> dict[str, Any]:
    """What the record of a target begins with that is written from an example of the bank."""
    values = from_example(example)
    return {part: values.get(part) for part in TARGET_PARTS if part != "due"}


def blanks_left(values: Mapping[str, Any]) -> list[str]:
    """A sentence for each target of a record in which blanks of an example were left.

    The summary for the family would say them as they are.
    """
    parts = ("statement", "success_criterion")
    return [
        f"The {kind} target has blanks that are not filled in: three dots."
        for kind in KINDS
        if any(holds_blanks(str(values.get(target_field(kind, part)) or "")) for part in parts)
    ]


def write_record(
    commit: Writing,
    register: Reading,
    pupil: Row,
    conversation: Row | None,
    own: Mapping[str, Any],
    more: Mapping[str, Any],
    today: date,
) -> str:
    """Write the record of a conversation into an open commit.

    Where no parent or carer came, it has no day on which it was held; why they did not come is
    kept as an attempt.

    Args:
        commit: The open commit.
        register: The open register.
        pupil: The child.
        conversation: The row of `conversations` as it was read; None for a new one.
        own: Fields of the conversation that were changed, all of them for a new one.
        more: What the form holds beside them.
        today: The day of the visit.

    Returns:
        The id of the conversation.
    """
    before = dict(conversation or {})
    day = str(own.get("held_on") or more.get(DAY) or before.get("held_on") or today.isoformat())
    key = _write_itself(commit, pupil, conversation, own, more, day)
    leader = own.get("led_by") or before.get("led_by")
    _write_targets(commit, register, pupil, conversation, key, more, day, leader)
    _write_actions(commit, register, conversation, key, more)
    _write_barriers(commit, pupil, more, day, leader)
    following = own.get("next_on")
    if following and following != before.get("next_on"):
        _plan_next(commit, register, pupil, key, str(following), leader, today)
    return key


def _write_itself(
    commit: Writing,
    pupil: Row,
    conversation: Row | None,
    own: Mapping[str, Any],
    more: Mapping[str, Any],
    day: str,
) -> str:
    """The conversation itself, and where nobody came the attempt."""
    values, before = dict(own), dict(conversation or {})
    if not more.get(CAME):
        values["held_on"] = None
        if not values.get("at"):
            values.pop("at", None)
        if not (values.get("planned_for") or before.get("planned_for")):
            values["planned_for"] = day
    if conversation is None:
        given = {name: each for name, each in values.items() if each not in (None, "", [])}
        key = commit.add("conversations", {**given, "pupil": pupil["id"]})
    else:
        key = str(conversation["id"])
        changed = {name: each for name, each in values.items() if not _same(each, before.get(name))}
        if changed:
            commit.set(key, **changed)
    why = values.get("not_there")
    if why and not more.get(CAME) and not _same(why, before.get("not_there")):
        attempt = {"conversation": key, "on": day, "how": "meeting", "why_not": why}
        commit.add("attempts", attempt)
    return key


def _write_barriers(
    commit: Writing, pupil: Row, more: Mapping[str, Any], day: str, leader: object
) -> None:
    for number in range(1, BARRIERS + 1):
        if words := more.get(barrier_field(number)):
            kind = more.get(barrier_kind(number))
            seen = {"description": words, "category": kind, "identified_on": day, "by": leader}
            seen = {name: each for name, each in seen.items() if each}
            commit.add("barriers", {"pupil": pupil["id"], **seen})


def _write_targets(
    commit: Writing,
    register: Reading,
    pupil: Row,
    conversation: Row | None,
    key: str,
    more: Mapping[str, Any],
    day: str,
    leader: object,
) -> None:
    """One curricular and one wider target: changed where they are there, else added."""
    there = agreed_by_kind(register, conversation) if conversation is not None else {}
    for kind in KINDS:
        asked = {part: more.get(target_field(kind, part)) for part in TARGET_PARTS}
        if not asked["statement"]:
            continue
        if kind in there:
            changed = {
                part: each for part, each in asked.items() if not _same(each, there[kind].get(part))
            }
            if changed:
                commit.set(there[kind]["id"], **changed)
            continue
        follows = str(more.get(target_field(kind, FOLLOWS)) or "")
        given: dict[str, Any] = {
            "pupil": pupil["id"],
            "kind": kind,
            "status": "set",
            "set_on": day,
            "owner": usual_owner([pupil], None) or leader,
            "conversation": key,
            "follows": follows,
            **asked,
        }
        if follows:
            before = register.get(follows) or {}
            given |= {part: before.get(part) for part in ("measure", "unit", "target_value")}
            commit.set(follows, status="carried_over")
        commit.add(
            "targets", {name: each for name, each in given.items() if each not in (None, "")}
        )


def _write_actions(
    commit: Writing,
    register: Reading,
    conversation: Row | None,
    key: str,
    more: Mapping[str, Any],
) -> None:
    for place, number, asked in _actions(more):
        there = own_actions(register, conversation, place) if conversation is not None else []
        if number <= len(there):
            row = there[number - 1]
            changed = {part: each for part, each in asked.items() if not _same(each, row.get(part))}
            if changed:
                commit.set(row["id"], **changed)
        elif asked["what"]:
            given = {part: each for part, each in asked.items() if each}
            commit.add("actions", {"about": key, "place": place, **given})


def _actions(more: Mapping[str, Any]) -> Iterator[tuple[str, int, dict[str, Any]]]:
    for place in PLACES:
        for number in range(1, ACTIONS + 1):
            asked = {part: more.get(action_field(place, number, part)) for part in ACTION_PARTS}
            if asked["what"]:
                yield place, number, asked


def _plan_next(
    commit: Writing,
    register: Reading,
    pupil: Row,
    key: str,
    day: str,
    leader: object,
    today: date,
) -> None:
    """The next conversation on the day agreed: one that is planned already moves to it."""
    first = planned_beside(register, pupil, key, today)
    if first is not None:
        if first["planned_for"] != day:
            commit.set(first["id"], planned_for=day)
        return
    given = {"pupil": pupil["id"], "planned_for": day, "led_by": leader}
    commit.add("conversations", {name: each for name, each in given.items() if each})


def planned_beside(register: Reading, pupil: Row, conversation: str, today: date) -> Row | None:
    """The next conversation that is planned for a child, one apart; None where none is.

    Args:
        register: The open register.
        pupil: The child.
        conversation: The id of the one that is left out; empty for none.
        today: The day from which on.
    """
    own = register.by("conversations", "pupil").get(pupil["id"], ())
    return next_planned((row for row in own if row["id"] != conversation), today)


def _same(one: object, other: object) -> bool:
    """Whether two stored values are the same: nothing, no and an empty text are one."""
    return one == other or (one in (None, False, "") and other in (None, False, ""))
