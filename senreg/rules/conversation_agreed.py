"""What was agreed in a conversation: targets, actions and how they stand, and the next day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from senreg.rules.conversations import last_held
from senreg.rules.proposal import Proposal, Set
from senreg.rules.reading import Reading, Row
from senreg.rules.target_life import is_open, last_review

KINDS = ("curricular", "wider")
"""A conversation ends in one target of each kind."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What a conversation ended in.

    Args:
        conversation: Its row.
        targets: The targets agreed in it, the curricular first.
        reviews: The last review of each target, by the target's id.
        actions: What was promised, for school before home, by day.
        barriers: What stood in the child's way and is not overcome.
    """

    conversation: Row
    targets: tuple[Row, ...]
    reviews: dict[str, Row]
    actions: tuple[Row, ...]
    barriers: tuple[Row, ...]

    @property
    def done(self) -> int:
        """How many of the actions are done."""
        return sum(bool(row.get("done_on")) for row in self.actions)


def agreed_in(register: Reading, conversation: Row) -> Agreed:
    """What one conversation ended in."""
    key = conversation["id"]
    targets = sorted(
        register.by("targets", "conversation").get(key, ()),
        key=lambda row: (row.get("kind") != KINDS[0], str(row.get("due") or "9999")),
    )
    reviews = register.by("target_reviews", "target")
    last = {row["id"]: last_review(reviews.get(row["id"], ())) for row in targets}
    barriers = register.by("barriers", "pupil").get(conversation.get("pupil"), ())
    return Agreed(
        conversation,
        tuple(targets),
        {key: review for key, review in last.items() if review is not None},
        tuple(actions_of(register, key)),
        tuple(row for row in barriers if not row.get("resolved_on")),
    )


def agreed_last_time(register: Reading, pupil: str, before: str = "9999") -> Agreed | None:
    """What the last conversation with a child's family ended in; None before the first.

    Args:
        register: The open register.
        pupil: The pupil's id.
        before: Only conversations held before this ISO day are looked at.
    """
    last = last_held(register.by("conversations", "pupil").get(pupil, ()), before)
    return agreed_in(register, last) if last is not None else None


def actions_of(register: Reading, conversation: str) -> list[Row]:
    """What was promised in a conversation: at school, at home, elsewhere, each by day."""
    order = ("school", "home")
    return sorted(
        register.by("actions", "about").get(conversation, ()),
        key=lambda row: (
            order.index(row["place"]) if row.get("place") in order else len(order),
            str(row.get("due") or "9999"),
        ),
    )


def open_of_kind(register: Reading, pupil: str, kind: str) -> list[Row]:
    """The open targets of a child of one kind, those due first before the rest."""
    own = register.by("targets", "pupil").get(pupil, ())
    return sorted(
        (row for row in own if row.get("kind") == kind and is_open(row)),
        key=lambda row: str(row.get("due") or "9999"),
    )


def open_besides(register: Reading, pupil: str, agreed: Agreed | None, now: str) -> list[Row]:
    """The open targets of a child that were agreed neither last time nor in the present talk.

    Args:
        register: The open register.
        pupil: The pupil's id.
        agreed: What was agreed last time.
        now: The id of the conversation that is written down; empty for a new one.
    """
    told = {row["id"] for row in agreed.targets} if agreed is not None else set()
    return [
        row
        for kind in KINDS
        for row in open_of_kind(register, pupil, kind)
        if row["id"] not in told and not (now and row.get("conversation") == now)
    ]


# Handover to the next teacher


def hand_over(register: Reading, pupils: Iterable[str], teacher: str, today: date) -> Proposal:
    """What is written when the last conversations of some children are handed to a teacher.

    Args:
        register: The open register.
        pupils: The ids of the children; those without a conversation are passed over.
        teacher: The staff id; each child's own key teacher where it is empty.
        today: The day of the handover.
    """
    conversations = register.by("conversations", "pupil")
    sets = []
    for key in pupils:
        pupil, last = register.get(key), last_held(conversations.get(key, ()))
        to = teacher or str((pupil or {}).get("key_teacher") or "")
        if last is not None and to and last.get("handed_to") != to:
            values = {"handed_to": to, "handed_on": today.isoformat()}
            sets.append(Set("conversations", last["id"], values))
    return Proposal(tuple(sets))
