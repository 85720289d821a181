"""What of a register belongs into a calendar: conversations, reviews and statutory dates.

Each has a key that stays the same as long as it is about the same thing, so that a calendar
which takes it in again changes the entry it has. What is not to be any more is given as called
off while its day is to come: taking it in takes it away. What lies in the past and is done with
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from senreg.rules.conversation_year import part_now
from senreg.rules.conversations import PLANNED, is_held, last_held, next_planned, state_of, waiting
from senreg.rules.initials import NO_INITIALS
from senreg.rules.naming import initials, pupil_name, staff_name
from senreg.rules.reading import Reading, Row
from senreg.rules.reviews import pending_reviews
from senreg.rules.roll import roll_state
from senreg.rules.statutory import BY_WORDS, StatutoryDate, statutory_dates
from senreg.rules.statutory.assessment import process_dates
from senreg.rules.statutory.gathered import consultation_dates, record_dates
from senreg.rules.today import review_words

MINUTES = 60
"""How long a conversation is where nothing is said: the handbook plans up to an hour."""


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One entry of a calendar.

    Args:
        key: Names it for good: a record's id and what of it.
        day: The ISO day.
        title: What it is and about whom, in a line.
        at: The time, HH:MM; empty for a whole day.
        minutes: How long it takes, where it has a time.
        more: What else is to be said, some lines.
        called_off: It is not to be any more.
        deadline: It is a last day and not a meeting: nobody is busy.
    """

    key: str
    day: str
    title: str
    at: str = ""
    minutes: int = MINUTES
    more: str = ""
    called_off: bool = False
    deadline: bool = False


def calendar_entries(register: Reading, today: date, *, names: bool = False) -> list[CalendarEntry]:
    """Everything that belongs into a calendar, by day.

    Children and staff are given by initials, because calendars are shared and shown; nothing
    that was said or written about a child is given at all.

    Args:
        register: The open register.
        today: The day that tells what is to come.
        names: Whether names are given instead.
    """
    whom = _Whom(register, names)
    found = [
        *_conversations(register, today, whom),
        *_reviews(register, today, whom),
        *_statutory(register, today, whom),
    ]
    found.sort(key=lambda each: (each.day, each.at, each.key))
    return found


class _Whom:
    """How people are called in this calendar."""

    def __init__(self, register: Reading, names: bool) -> None:
        self.register = register
        self.names = names

    def titled(self, pupil_id: object, words: str) -> str:
        """What it is about a child, the child first."""
        pupil = self.register.get(str(pupil_id)) if pupil_id else None
        if pupil is None:
            return words
        name = pupil_name(pupil) if self.names else initials(pupil) or NO_INITIALS
        return f"{name}: {words}"

    def adult(self, staff_id: object) -> str:
        """A member of staff; nobody where the id names none."""
        row = self.register.get(str(staff_id)) if staff_id else None
        if row is None:
            return ""
        return staff_name(row) if self.names else initials(row)

    def here(self, pupil_id: object, today: date) -> bool:
        """Whether the child is one of the school."""
        pupil = self.register.get(str(pupil_id)) if pupil_id else None
        return (
            pupil is not None and not pupil.get("archived") and roll_state(pupil, today) != "left"
        )


def _conversations(register: Reading, today: date, whom: _Whom) -> Iterator[CalendarEntry]:
    now = today.isoformat()
    part = part_now(register, today)
    for pupil, rows in register.by("conversations", "pupil").items():
        here = whom.here(pupil, today)
        late = waiting(rows, today, part) if here else None
        for row in rows:
            day = str(row.get("planned_for") or "")
            stands = here and (row is late or state_of(row, today) == PLANNED)
            if stands or day >= now:
                yield _conversation(row, day, whom, called_off=not stands)
        last = last_held(rows)
        agreed = str((last or {}).get("next_on") or "")
        if last is not None and agreed >= now:
            off = not here or next_planned(rows, today) is not None
            title = whom.titled(pupil, "Next structured conversation, as agreed")
            key = f"{last['id']}-next"
            yield CalendarEntry(key, agreed, title, called_off=off, deadline=True)
    for row in register.all("conversations", archived=True):
        if not is_held(row) and (row.get("planned_for") or "") >= now:
            yield _conversation(row, str(row["planned_for"]), whom, called_off=True)


def _conversation(row: Row, day: str, whom: _Whom, *, called_off: bool) -> CalendarEntry:
    led = whom.adult(row.get("led_by"))
    minutes = row.get("minutes")
    return CalendarEntry(
        f"{row['id']}-conversation",
        day,
        whom.titled(row.get("pupil"), "Structured conversation"),
        str(row.get("at") or ""),
        minutes if isinstance(minutes, int) and 0 < minutes <= 24 * 60 else MINUTES,
        f"Led by {led}." if led else "",
        called_off,
    )


def _reviews(register: Reading, today: date, whom: _Whom) -> Iterator[CalendarEntry]:
    now = today.isoformat()
    waits = {row["id"] for _, row in pending_reviews(register)}
    for archived in (False, True):
        for row in register.all("reviews", archived=archived):
            day = str(row.get("planned_for") or "")
            stands = row["id"] in waits and not archived and whom.here(row.get("pupil"), today)
            if stands or day >= now:
                title = whom.titled(row.get("pupil"), review_words(row))
                yield CalendarEntry(f"{row['id']}-review", day, title, called_off=not stands)


def _statutory(register: Reading, today: date, whom: _Whom) -> Iterator[CalendarEntry]:
    now = today.isoformat()
    for each in (*statutory_dates(register, today), *record_dates(register, today)):
        stands = each.waits(today)
        if stands or each.day >= now:
            yield _dated(each, whom, called_off=not stands)
    put_away = [
        *(
            each
            for row in register.all("ehc_processes", archived=True)
            for each in process_dates(row)
        ),
        *consultation_dates(register, archived=True),
    ]
    for each in put_away:
        if each.day >= now:
            yield _dated(each, whom, called_off=True)


def _dated(each: StatutoryDate, whom: _Whom, *, called_off: bool) -> CalendarEntry:
    """A consultation's reference is the authority's, and may tell the child: it goes with names."""
    shown = each.words if whom.names or each.limit.id != "consultation" else each.limit.words
    by = "" if each.limit.by == "school" else f", by {BY_WORDS[each.limit.by]}"
    return CalendarEntry(
        f"{each.anchor}-{each.limit.id}",
        each.day,
        whom.titled(each.pupil, f"{shown}{by}"),
        more=f"Last day. {each.limit.source}.",
        called_off=called_off,
        deadline=True,
    )
