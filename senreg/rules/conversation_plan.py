"""Planning conversations for many children at once: a preview first, then one commit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

from senreg.models.text import folded
from senreg.rules.conversation_year import Part, offered_day
from senreg.rules.conversations import MISSED, NONE, agreed_next, day_of, spoken, state_of
from senreg.rules.dates import as_day, short_day
from senreg.rules.naming import known_as, list_name
from senreg.rules.open_days import OpenDays
from senreg.rules.order import natural
from senreg.rules.proposal import Add, Proposal
from senreg.rules.reading import Reading, Row

A_DAY = 3
"""Conversations that one adult holds on a day as a rule."""

APART = 21
"""Days within which a family that was seen is not asked in again."""

MINUTES = 30
"""A conversation takes half an hour; the next family of the same adult comes after it."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One conversation that would be planned.

    Args:
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        class_name: The pupil's class.
        part: The number of the part of the year, from 0.
        day: The ISO day.
        at: The time of the day; empty where none is said.
        led_by: The id of who leads; empty for nobody.
        agreed: Whether it is the day that was agreed with the family.
    """

    pupil: str
    name: str
    class_name: str
    part: int
    day: str
    led_by: str = ""
    at: str = ""
    agreed: bool = False

    @property
    def id(self) -> str:
        """What tells it from the others."""
        return f"{self.pupil} {self.part}"


def offered_days(parts: Sequence[Part], today: date, terms: Iterable[Row] = ()) -> dict[int, str]:
    """The day from which conversations are offered, by the number of each part still to come."""
    days = OpenDays(terms)
    return {
        place: offered_day(part, today, days)
        for place, part in enumerate(parts)
        if part.closes >= today
    }


def plan_year(
    register: Reading,
    pupils: Sequence[str],
    parts: Sequence[Part],
    first_days: Mapping[int, str],
    today: date,
    *,
    a_day: int = A_DAY,
    led_by: str = "",
    at: str = "",
) -> list[Planned]:
    """A conversation for each child in each part of the year that has none yet.

    Each adult holds so many on a day on which the school is open, class by class, from the day
    given on; where the part closes before all are seen, the days are filled again from its first.
    A day that was agreed with the family is taken, and no family is asked in twice within
    `APART` days where another day is left.

    Args:
        register: The open register.
        pupils: The ids of the children.
        parts: The parts of the year.
        first_days: The ISO day to begin at, by the number of the part; others are left out.
        today: The day that tells planned from missed.
        a_day: How many one adult holds on a day.
        led_by: Who leads; each child's key teacher where it is empty.
        at: The time of the first on a day, as 'HH:MM'; the others of the same adult follow by
            half hours, those already planned left free. Empty for no times.
    """
    conversations = register.by("conversations", "pupil")
    wanted = [_begun(row, led_by) for row in map(register.get, dict.fromkeys(pupils)) if row]
    wanted.sort(key=lambda each: (natural(each.class_name), folded(each.name)))
    own = {each.pupil: conversations.get(each.pupil, ()) for each in wanted}
    agreed = {pupil: agreed_next(rows, today) for pupil, rows in own.items()}
    known = {
        pupil: [agreed[pupil], *(day_of(row) for row in rows if state_of(row, today) != MISSED)]
        for pupil, rows in own.items()
    }
    planned: list[Planned] = []
    open_days = OpenDays(register.all("terms"))
    for place, first in sorted(first_days.items()):
        days = _days(parts[place], date.fromisoformat(first), open_days)
        lacking = [
            replace(each, part=place, day=agreed[each.pupil])
            for each in wanted
            if spoken(own[each.pupil], parts[place], today, {}).state == NONE
        ]
        planned += _days_of_part(lacking, parts[place], days, max(1, a_day), known)
    return _one_after_another(register, planned, at) if at else planned


def _days_of_part(
    lacking: Sequence[Planned],
    part: Part,
    days: Sequence[date],
    a_day: int,
    known: Mapping[str, list[str]],
) -> list[Planned]:
    """A day for each: the one it has, where that was agreed for the part, which takes its place.

    A day given is added to what is `known`, by pupil.
    """
    taken = Counter((each.led_by, each.day) for each in lacking if part.holds(each.day))
    found = []
    for each in lacking:
        if part.holds(each.day):
            found.append(replace(each, agreed=True))
            continue
        day = _day_for(each.led_by, days, taken, a_day, known[each.pupil])
        taken[each.led_by, day] += 1
        known[each.pupil].append(day)
        found.append(replace(each, day=day))
    return found


def _day_for(
    adult: str,
    days: Sequence[date],
    taken: Mapping[tuple[str, str], int],
    a_day: int,
    known: Iterable[str],
) -> str:
    """The first day on which an adult has room, and the family is not asked in again too soon.

    Args:
        adult: Who leads.
        days: The days there are, in order.
        taken: How many there are already, by adult and ISO day.
        a_day: How many one adult holds on a day; filled up again where every day is full.
        known: The ISO days on which the family is or was seen.
    """
    others = list(filter(None, map(as_day, known)))
    far = [day for day in days if all(abs((day - other).days) >= APART for other in others)]
    rounds = ((taken.get((adult, day.isoformat()), 0) // a_day, day) for day in far or days)
    return min(rounds)[1].isoformat()


def _one_after_another(register: Reading, planned: Sequence[Planned], at: str) -> list[Planned]:
    """Times for what is planned, so that no adult has two families at once."""
    begins = _minute(at)
    busy: dict[tuple[str, str], list[int]] = {}
    for row in register.all("conversations"):
        if row.get("at") and not row.get("held_on"):
            adult = str(row.get("led_by") or ""), str(row.get("planned_for") or "")
            busy.setdefault(adult, []).append(_minute(str(row["at"])))
    found = []
    for each in planned:
        if not each.led_by:
            found.append(replace(each, at=at))
            continue
        taken = busy.setdefault((each.led_by, each.day), [])
        minute = begins
        while any(abs(minute - other) < MINUTES for other in taken):
            minute += MINUTES
        taken.append(minute)
        time = f"{minute // 60:02}:{minute % 60:02}" if minute < _DAY else ""
        found.append(replace(each, at=time))
    return found


_DAY = 24 * 60


def _minute(at: str) -> int:
    """The minute of the day of a time as it is stored; one that cannot be read stands in no way."""
    hours, _, minutes = at.partition(":")
    return int(hours) * 60 + int(minutes) if hours.isdecimal() and minutes.isdecimal() else -_DAY


def outside_part(part: Part, day: str) -> str:
    """A sentence where an ISO day is not one of a part's days of school; else empty."""
    if part.opens.isoformat() <= day <= part.closes.isoformat():
        return ""
    opens, closes = short_day(part.opens), short_day(part.closes)
    return f"This day is not in {part.name}: {opens} to {closes}."


def with_changed(
    planned: Sequence[Planned], which: str, day: str, at: str, led_by: str
) -> list[Planned]:
    """A preview in which one conversation is planned otherwise; without it where day is empty.

    Args:
        planned: The preview.
        which: The id of the conversation in it.
        day: The ISO day; empty where it is not to be planned.
        at: The time of the day; empty for none.
        led_by: The id of who leads; empty for nobody.
    """
    return [
        replace(each, day=day, at=at, led_by=led_by, agreed=each.agreed and day == each.day)
        if each.id == which
        else each
        for each in planned
        if day or each.id != which
    ]


def plan_proposal(planned: Sequence[Planned]) -> Proposal:
    """What is written when a preview is agreed: the conversations, in one commit."""
    return Proposal(
        adds=tuple(
            Add(
                "conversations",
                {
                    name: value
                    for name, value in (
                        ("pupil", each.pupil),
                        ("planned_for", each.day),
                        ("at", each.at),
                        ("led_by", each.led_by),
                    )
                    if value
                },
            )
            for each in planned
        )
    )


def into_cohort(register: Reading, pupils: Sequence[str], today: date) -> Proposal:
    """What is written when children join the cohort from a day on; those in it are passed over."""
    from senreg.rules.conversations import in_cohort

    memberships = register.by("cohort_memberships", "pupil")
    return Proposal(
        adds=tuple(
            Add("cohort_memberships", {"pupil": pupil, "start": today.isoformat()})
            for pupil in pupils
            if not in_cohort(memberships.get(pupil, ()), today)
        )
    )


def _begun(pupil: Row, led_by: str) -> Planned:
    leader = led_by or str(pupil.get("key_teacher") or "")
    name = list_name(pupil) or known_as(pupil)
    return Planned(pupil["id"], name, str(pupil.get("class_name") or ""), 0, "", leader)


def _days(part: Part, first: date, open_days: OpenDays) -> list[date]:
    """The open days of a part from a day on; the day itself where there are none by then."""
    return list(takewhile(lambda day: day <= part.closes, open_days.since(first))) or [first]
