"""Structured conversations: held, planned, missed or lacking, and who is to be seen.

A conversation counts as held only where it has a day on which a parent or carer took part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from senreg.rules.conversation_year import Part
from senreg.rules.due import due_state
from senreg.rules.reading import Reading, Row, covers, iso
from senreg.rules.roll import roll_state
from senreg.rules.status import Look

HELD, PLANNED, MISSED, NONE = "held", "planned", "missed", "none"

LOOKS: dict[str, Look] = {
    HELD: Look("Held", "√", "green"),
    PLANNED: Look("Planned", "·", ""),
    MISSED: Look("Missed", "!", "red"),
    NONE: Look("None", "-", "yellow"),
}
"""How each state is shown."""

SUMMARY_DAYS = 7
"""Days after a conversation by which the family has its summary as a rule."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What became of one part of the year for one child.

    Args:
        state: held, planned, missed (its day has passed) or none.
        day: The ISO day it was held, or is or was planned for; empty for none.
        conversation: Its id; empty for none.
        attempts: How often it was tried in vain.
    """

    state: str
    day: str = ""
    conversation: str = ""
    attempts: int = 0


def day_of(conversation: Row) -> str:
    """The ISO day a conversation was held, or else is planned for; empty for neither."""
    return str(conversation.get("held_on") or conversation.get("planned_for") or "")


def is_held(conversation: Row) -> bool:
    """Whether a parent or carer took part on a day that is known."""
    return bool(conversation.get("held_on"))


def state_of(conversation: Row, today: date) -> str:
    """held, planned or missed; none where it has no day at all."""
    if is_held(conversation):
        return HELD
    planned = conversation.get("planned_for")
    if not planned:
        return NONE
    return MISSED if planned < today.isoformat() else PLANNED


def in_cohort(memberships: Iterable[Row], day: date | str) -> bool:
    """Whether a child belongs to the targeted cohort on a day.

    Args:
        memberships: The child's rows of `cohort_memberships`.
        day: The day.
    """
    return any(covers(row, iso(day)) for row in memberships)


def cohort(register: Reading, day: date) -> list[Row]:
    """The children on roll who belong to the cohort on a day, in the register's order."""
    memberships = register.by("cohort_memberships", "pupil")
    return [
        pupil
        for pupil in register.all("pupils")
        if roll_state(pupil, day) == "here" and in_cohort(memberships.get(pupil["id"], ()), day)
    ]


def spoken(
    conversations: Sequence[Row], part: Part, today: date, attempts: Mapping[str, int]
) -> Spoken:
    """What became of a part of the year: one that was held counts before one that is planned.

    Args:
        conversations: The child's rows of `conversations`.
        part: The part of the year.
        today: The day that tells planned from missed.
        attempts: How many attempts there were, by conversation.
    """
    own = [row for row in conversations if part.holds(day_of(row))]
    order = (HELD, PLANNED, MISSED)
    for state in order:
        found = [row for row in own if state_of(row, today) == state]
        if found:
            row = max(found, key=day_of) if state != PLANNED else min(found, key=day_of)
            tried = sum(attempts.get(each["id"], 0) for each in own)
            return Spoken(state, day_of(row), str(row["id"]), tried)
    return Spoken(NONE)


def attempts_made(register: Reading) -> dict[str, int]:
    """How many attempts there were, by the id of the conversation."""
    return {
        str(conversation): len(rows)
        for conversation, rows in register.by("attempts", "conversation").items()
    }


def last_held(conversations: Iterable[Row], before: str = "9999") -> Row | None:
    """The latest conversation that was held before an ISO day; None before the first."""
    held = [row for row in conversations if is_held(row) and row["held_on"] < before]
    return max(held, key=lambda row: str(row["held_on"]), default=None)


def next_planned(conversations: Iterable[Row], today: date) -> Row | None:
    """The next conversation that is planned from a day on; None where none is."""
    planned = [row for row in conversations if state_of(row, today) == PLANNED]
    return min(planned, key=lambda row: str(row["planned_for"]), default=None)


def agreed_next(conversations: Sequence[Row], today: date) -> str:
    """The ISO day agreed last for the next conversation, where none is planned; empty for none."""
    day = str((last_held(conversations) or {}).get("next_on") or "")
    return day if day >= today.isoformat() and next_planned(conversations, today) is None else ""


def waiting(conversations: Sequence[Row], today: date, part: Part) -> Row | None:
    """The conversation whose day has passed and that nothing has answered since.

    One that was held later, or is planned again for the same part of the year, answers it;
    the next part's does not, because the family is to be seen in each.

    Args:
        conversations: The child's rows of `conversations`.
        today: The day of the question.
        part: The part of the year of that day; what was missed before it is not asked for.
    """
    since, until = part.start.isoformat(), part.end.isoformat()
    missed = [
        row
        for row in conversations
        if state_of(row, today) == MISSED and str(row["planned_for"]) >= since
    ]
    latest = max(missed, key=lambda row: str(row["planned_for"]), default=None)
    again = next_planned(conversations, today)
    if latest is None or (again is not None and str(again["planned_for"]) <= until):
        return None
    later = last_held(conversations)
    if later is not None and later["held_on"] >= latest["planned_for"]:
        return None
    return latest


def summary_due(conversation: Row) -> str:
    """The ISO day by which the family should have the summary; empty where nothing is owed."""
    held = conversation.get("held_on")
    if not held or conversation.get("summary_given_on"):
        return ""
    return date.fromordinal(date.fromisoformat(held).toordinal() + SUMMARY_DAYS).isoformat()


def held_between(conversations: Iterable[Row], start: date | str, end: date | str) -> int:
    """How many were held from one day to another, both counted."""
    return sum(
        is_held(row) and iso(start) <= str(row["held_on"]) <= iso(end) for row in conversations
    )


@dataclass(frozen=True, slots=True)
class Dated:
    """A conversation or a summary that Today tells of.

    Args:
        conversation: Its row.
        day: The ISO day it is or was due.
        what: conversation or summary.
    """

    conversation: Row
    day: str
    what: str


def dated_conversations(register: Reading, today: date, part: Part) -> list[Dated]:
    """What is due or overdue of conversations: those to hold, and summaries not given.

    Args:
        register: The open register.
        today: The day of the question.
        part: The part of the year of that day; what lies before it is not asked for any more.
    """
    found, since = [], part.start.isoformat()
    for rows in register.by("conversations", "pupil").values():
        late = waiting(rows, today, part)
        if late is not None:
            found.append(Dated(late, str(late["planned_for"]), "conversation"))
        for row in rows:
            if state_of(row, today) == PLANNED:
                day = str(row["planned_for"])
                if due_state(day, today) == "due":
                    found.append(Dated(row, day, "conversation"))
            elif is_held(row) and row["held_on"] >= since and (owed := summary_due(row)):
                found.append(Dated(row, owed, "summary"))
    return found
