"""A calendar file (iCalendar, RFC 5545) of everything in a register that has a day to come.

An entry has the same UID in every file of the same register, and a SEQUENCE that grows with the
time of the file: a calendar that takes in a second file changes what it has, and takes off what
was called off. Days are whole days and times are the school's own, without a time zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from senreg import __version__
from senreg.exchange.written import write_out
from senreg.models.text import clean, clean_line
from senreg.rules.calendar_entries import CalendarEntry, calendar_entries
from senreg.rules.dates import as_day, short_day
from senreg.rules.out_of_date import delete_after

if TYPE_CHECKING:
    from icalendar import Calendar, Event

    from senreg.register import Register

FIRST_SECOND = datetime(2020, 1, 1, tzinfo=UTC)
"""From when SEQUENCE counts seconds: it fits a calendar's whole numbers until 2088."""


@dataclass(frozen=True, slots=True)
class CalendarMade:
    """What was written.

    Args:
        path: The file.
        entries: How many entries stand in it.
        called_off: How many more take an entry off a calendar that has it.
        names: Whether children are named in it.
        delete_after: The day after which it should be deleted.
    """

    path: Path
    entries: int
    called_off: int
    names: bool
    delete_after: date

    @property
    def words(self) -> str:
        """Such as '45 entries, by initials; 2 that were called off are taken out'."""
        entries = f"{self.entries:,} {'entry' if self.entries == 1 else 'entries'}"
        out = "that was called off is" if self.called_off == 1 else "that were called off are"
        off = f"; {self.called_off:,} {out} taken out" if self.called_off else ""
        return f"{entries}, by {'name' if self.names else 'initials'}{off}"


def hand_out_calendar(
    register: Register, path: Path, today: date, *, names: bool = False
) -> CalendarMade:
    """Write a calendar file, and keep a note that it was handed out.

    The first one of a copy calls nothing off: no calendar can have it, and some would show it.

    Args:
        register: The open register.
        path: Where the file goes.
        today: The day that tells what is to come.
        names: Whether children and staff are named, instead of initials.

    Raises:
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    from senreg.export_log import CALENDAR, handed_out, note

    entries = calendar_entries(register, today, names=names)
    if not any(each.kind == CALENDAR for each in handed_out(register)):
        entries = [each for each in entries if not each.called_off]
    until = delete_after(register, today)
    made_at = datetime.now(UTC).replace(microsecond=0)
    calendar = calendar_of(
        entries,
        register_id=register.register_id,
        school=str(register.school.get("name") or ""),
        made_on=today,
        made_at=made_at,
        until=until,
    )
    write_out(path, [calendar.to_ical()])
    off = sum(each.called_off for each in entries)
    made = CalendarMade(path, len(entries) - off, off, names, until)
    note(register, CALENDAR, f"Calendar: {made.words}", path, delete_after=until)
    return made


def calendar_of(
    entries: Iterable[CalendarEntry],
    *,
    register_id: str,
    school: str,
    made_on: date,
    made_at: datetime,
    until: date,
) -> Calendar:
    """Entries as a calendar.

    Args:
        entries: What goes in; those without a day of the calendar are passed over.
        register_id: What all copies of the register share: it is part of every UID.
        school: The school's name.
        made_on: The day it is made, as the school has it.
        made_at: The moment, in UTC.
        until: The day after which it should be deleted.
    """
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", f"-//senreg//senreg {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    name = clean_line(f"SEN dates, {school}" if school else "SEN dates")
    note = (
        f"Made on {short_day(made_on)}, delete after {short_day(until)}. Dates of children "
        "with special educational needs: share it only with staff who work with them."
    )
    for field, text in (("name", name), ("x-wr-calname", name)):
        calendar.add(field, text)
    for field in ("description", "x-wr-caldesc"):
        calendar.add(field, note)
    stamp = max(0, int((made_at - FIRST_SECOND).total_seconds()))
    foot = f"Made on {short_day(made_on)}, delete after {short_day(until)}."
    for each in entries:
        event = _event(each, foot)
        if event is not None:
            event.add("uid", f"{each.key}@{register_id}.senreg")
            event.add("dtstamp", made_at)
            event.add("last-modified", made_at)
            event.add("sequence", stamp)
            calendar.add_component(event)
    return calendar


def _event(each: CalendarEntry, foot: str) -> Event | None:
    from icalendar import Event

    day = as_day(each.day)
    if day is None or day >= date.max:
        return None
    event = Event()
    event.add("summary", clean_line(each.title))
    event.add("description", clean(f"{each.more}\n{foot}".strip()))
    event.add("status", "CANCELLED" if each.called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    start = _start(day, each.at)
    if isinstance(start, datetime):
        event.add("dtstart", start)
        event.add("dtend", start + timedelta(minutes=each.minutes))
    else:
        event.add("dtstart", day)
        event.add("dtend", day + timedelta(days=1))
    busy = not each.deadline and isinstance(start, datetime)
    event.add("transp", "OPAQUE" if busy else "TRANSPARENT")
    return event


def _start(day: date, at: str) -> date | datetime:
    """The moment something begins; its day where no time is known or understood."""
    try:
        return datetime.combine(day, time.fromisoformat(at)) if at else day
    except ValueError:
        return day
