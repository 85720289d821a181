"""Who would be in two places at once, and which groups are over their size.

Two groups clash for a person who is in both when they meet on the same weekday at times that
overlap, on days when both run and the person belongs to both. A group that ends at 10:00
does not clash with one that starts then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from senreg.rules.meeting import FIRST, LAST, Meeting, Span, meetings, span_of
from senreg.rules.naming import group_name, pupil_named, staff_named
from senreg.rules.reading import Reading, Row, iso
from senreg.rules.roll import PREVIOUS


@dataclass(frozen=True, slots=True)
class Clash:
    """Something that cannot be as it is planned.

    Args:
        kind: pupil or adult (in two places at once), size (a group over its size), or
            already (the pupil is in the group).
        person: The id of the pupil or adult; empty where a group is over size.
        groups: The ids of the groups, the one asked about first.
        words: One sentence.
    """

    kind: str
    person: str
    groups: tuple[str, ...]
    words: str


class _Booking(NamedTuple):
    """A person in a group at a time of the week, over some days."""

    group: str
    meeting: Meeting
    span: Span


class Timetable:
    """Groups with their times, and who is in them: made once to ask about several groups."""

    def __init__(self, register: Reading) -> None:
        self.register = register
        self.groups = {row["id"]: row for row in register.all("groups")}
        self.members = _members(register)
        slots = register.by("slots", "group")
        self.meetings = {
            key: meetings(slots[key], (self.intervention(row) or {}).get("session_minutes"))
            for key, row in self.groups.items()
            if key in slots
        }

    def intervention(self, group: Row) -> Row | None:
        """The intervention a group runs."""
        return self.register.get(str(group.get("intervention") or ""))

    def name(self, group: str) -> str:
        """What a group is called."""
        return group_name(self.groups[group], self.register.get)

    def spans(self, group: str) -> list[Span]:
        """The periods of all who are or were in a group."""
        return [span for spans in self.members.get(group, {}).values() for span in spans]

    def bookings(self, group: str, span: Span) -> Iterator[_Booking]:
        """The times of a group within some days."""
        common = span.within(span_of(self.groups[group]))
        if not common.is_empty:
            for meeting in self.meetings.get(group, ()):
                yield _Booking(group, meeting, common)

    def of_pupils(self, only: Collection[str] | None = None) -> dict[str, list[_Booking]]:
        """Where every pupil, or some of them, is when, by their placements."""
        found: dict[str, list[_Booking]] = {}
        for group in self.meetings:
            members = self.members.get(group, {})
            wanted = members if only is None else [each for each in only if each in members]
            for pupil, spans in ((each, members[each]) for each in wanted):
                for span in spans:
                    found.setdefault(pupil, []).extend(self.bookings(group, span))
        return found

    def of_adults(self) -> dict[str, list[_Booking]]:
        """Where every adult is when, by the groups they lead."""
        found: dict[str, list[_Booking]] = {}
        for group in self.meetings:
            for adult in dict.fromkeys(self.groups[group].get("staff") or ()):
                found.setdefault(adult, []).extend(self.bookings(group, Span(FIRST, LAST)))
        return found


def all_clashes(
    register: Reading, since: date | str | None = None, planned: str = ""
) -> list[Clash]:
    """Every clash of the timetable, groups over size last.

    Args:
        register: The open register.
        since: Clashes that are over before this day are left out; without it, all are given.
        planned: A group that does not run like this yet: of it, the words say what would be.
    """
    table, first = Timetable(register), iso(since) if since else FIRST
    found = [
        *_among("pupil", table.of_pupils(), table, first, planned=planned),
        *_among("adult", table.of_adults(), table, first, planned=planned),
    ]
    for group in table.groups:
        has = "would have" if group == planned else "has"
        over = _over_size(table, group, table.spans(group), first, has)
        if over:
            found.append(over)
    return found


def clashes_if_placed(
    register: Reading,
    pupil_ids: Collection[str],
    group_id: str,
    start: date | str | None = None,
    end: date | str | None = None,
    timetable: Timetable | None = None,
) -> list[Clash]:
    """What would be wrong if these pupils joined a group; nothing for an unknown group.

    Args:
        register: The open register.
        pupil_ids: The pupils to be placed.
        group_id: The group they would join.
        start: Their first day in it, normally today; without it, the group's.
        end: Their last day in it; without it, the group's.
        timetable: The register's timetable, where it is made already.
    """
    table = timetable or Timetable(register)
    group = table.groups.get(group_id)
    if group is None:
        return []
    asked = Span(iso(start) if start else FIRST, iso(end) if end else LAST)
    span = asked.within(span_of(group))
    if span.is_empty:
        return []
    wanted = list(dict.fromkeys(pupil_ids))
    members = table.members.get(group_id, {})
    inside = {pupil for pupil, spans in members.items() if any(span.meets(each) for each in spans)}
    found = [
        Clash("already", pupil, (group_id,), f"{_pupil(table, pupil)} is in this group already.")
        for pupil in wanted
        if pupil in inside
    ]
    coming = [pupil for pupil in wanted if pupil not in inside]
    booked = table.of_pupils(coming)
    for pupil in coming:
        theirs = [*table.bookings(group_id, span), *booked.get(pupil, ())]
        found += _among("pupil", {pupil: theirs}, table, FIRST, joining=group_id)
    if coming:
        spans = [*table.spans(group_id), *(span for _ in coming)]
        over = _over_size(table, group_id, spans, span.start, "would have")
        if over:
            found.append(over)
    return found


def _members(register: Reading) -> dict[str, dict[str, list[Span]]]:
    """Group, then pupil, then the periods the pupil is in it; those that touch are one.

    A child who leaves the school is in no group from the day after.
    """
    last_day = {
        row["id"]: row.get("left") or (FIRST if row.get("enrolment_status") == PREVIOUS else LAST)
        for row in register.all("pupils")
    }
    found: dict[str, dict[str, list[Span]]] = {}
    for row in register.all("placements"):
        pupil = str(row.get("pupil") or "")
        span = span_of(row).within(Span(FIRST, last_day.get(pupil, FIRST)))
        if span.is_empty or span.end == FIRST:
            continue
        spans = found.setdefault(str(row.get("group") or ""), {}).setdefault(pupil, [])
        touching = [each for each in spans if each.meets(span)]
        ends = [span, *touching]
        whole = Span(min(each.start for each in ends), max(each.end for each in ends))
        spans[:] = [*(each for each in spans if each not in touching), whole]
    return found


def _among(
    kind: str,
    bookings: dict[str, list[_Booking]],
    table: Timetable,
    since: str,
    joining: str = "",
    planned: str = "",
) -> Iterator[Clash]:
    """The clashes of each person, one for each pair of groups.

    With `joining`, only those with that group, which the person is not in yet.
    """
    for person, booked in bookings.items():
        told = set()
        for one, other in _overlapping(booked):
            if joining and joining not in (one.group, other.group):
                continue
            common = one.span.within(other.span)
            pair = frozenset((one.group, other.group))
            if common.is_empty or common.end < since or pair in told or len(pair) < 2:
                continue
            told.add(pair)
            first, second = (other, one) if other.group == joining else (one, other)
            would = "would be" if joining or planned in pair else "is"
            words = f"{_who(table, kind, person)} {would} {_told(table, first, second)}"
            yield Clash(kind, person, (first.group, second.group), words)


def _overlapping(booked: Iterable[_Booking]) -> Iterator[tuple[_Booking, _Booking]]:
    """Pairs of bookings at times of the week that overlap."""
    ordered = sorted(booked, key=lambda each: each.meeting.order)
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if other.meeting.weekday != one.meeting.weekday:
                break
            if other.meeting.start >= one.meeting.end:
                break
            yield one, other


def _who(table: Timetable, kind: str, person: str) -> str:
    return _pupil(table, person) if kind == "pupil" else staff_named(person, table.register.get)


def _told(table: Timetable, one: _Booking, other: _Booking) -> str:
    when = max(one.meeting, other.meeting, key=lambda meeting: meeting.start).words
    return f"in two places on {when}: {table.name(one.group)} and {table.name(other.group)}."


def _over_size(
    table: Timetable, group: str, spans: list[Span], since: str, has: str = "has"
) -> Clash | None:
    size = (table.intervention(table.groups[group]) or {}).get("group_size")
    if not size or len(spans) <= size:
        return None
    within = span_of(table.groups[group])
    most = _most_at_once([span.within(within) for span in spans], since)
    if most <= size:
        return None
    words = f"{table.name(group)} {has} {most} children; a group of it is for {size}."
    return Clash("size", "", (group,), words)


def _most_at_once(spans: Iterable[Span], since: str) -> int:
    """How many periods hold on the fullest day from `since` on."""
    ends = []
    for span in spans:
        if not span.is_empty and span.end >= since:
            ends += [(max(span.start, since), 0), (span.end, 1)]
    most = now = 0
    for _, closes in sorted(ends):
        now += -1 if closes else 1
        most = max(most, now)
    return most


def _pupil(table: Timetable, pupil: str) -> str:
    return pupil_named(pupil, table.register.get)
