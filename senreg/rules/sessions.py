"""Sessions of a group: which day is to be marked next, who is to be marked, and the marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import blake2b
from typing import Any, NamedTuple

from senreg.models.text import folded
from senreg.rules.naming import UNKNOWN_PUPIL, list_name
from senreg.rules.open_days import OpenDays
from senreg.rules.proposal import Writing
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.status import Look

MARK_LOOK: dict[str, Look] = {
    "present": Look("Present", "●", "green"),
    "absent": Look("Absent", "○", "red"),
    "late": Look("Late", "◐", "yellow"),
}
NO_MARK = Look("Not marked", "·", "dim")

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_WEEKEND = (5, 6)
_LOOK_BACK = 28
"""Days within which a meeting that was not marked is proposed."""

_LOOK_AHEAD = 49
"""Days within which a meeting to come is looked for: a summer holiday is not longer."""


class Seat(NamedTuple):
    """A child at a session.

    Args:
        id: The pupil's id.
        name: 'Surname, Known-as'.
        class_name: The pupil's class.
        mark: present, absent or late; empty where there is none.
        record: The id of the mark that is kept; empty where there is none.
        fresh: The id of a mark that is begun; empty for any.
    """

    id: str
    name: str
    class_name: str
    mark: str
    record: str
    fresh: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session that is, or is to be, marked.

    Args:
        group: The group's id.
        day: Its ISO day.
        session: The id of the session that is kept; empty for one to be begun.
        minutes: How long it was; None where unknown.
        note: What was noted of it.
        seats: The children placed in the group on the day, and those marked already, by name.
        fresh: The id of a session that is begun; empty for any.
    """

    group: str
    day: str
    session: str
    minutes: int | None
    note: str
    seats: tuple[Seat, ...]
    fresh: str = ""


def next_day(register: Reading, group: str, today: date) -> str:
    """The ISO day to mark: the earliest meeting after the newest session, of the last four weeks.

    Where all since are marked it is the latest meeting before that was left out, else the next
    meeting to come; today where the group has no times. Days on which the school is closed are
    passed over.
    """
    row = register.get(group) or {}
    known = {str(each.get("date")) for each in sessions_of(register, group)}
    weekdays = {each.get("weekday") for each in register.by("slots", "group").get(group, ())}
    newest = max(known, default="")
    open_days = OpenDays(register.all("terms"))
    around = [today + timedelta(days=days) for days in range(-_LOOK_BACK, _LOOK_AHEAD)]
    meetings = [
        each.isoformat()
        for each in around
        if _WEEKDAYS[each.weekday()] in weekdays
        and covers(row, each.isoformat())
        and (each.weekday() in _WEEKEND or open_days.has(each))
    ]
    open_ = [day for day in meetings if day not in known]
    by_now = [day for day in open_ if day <= today.isoformat()]
    later = [day for day in by_now if day > newest]
    if later or by_now:
        return later[0] if later else by_now[-1]
    return next(iter(open_), today.isoformat())


def sessions_of(register: Reading, group: str) -> list[Row]:
    """The sessions of a group, the latest first."""
    found = [row for row in register.by("sessions", "group").get(group, ()) if row.get("date")]
    return sorted(found, key=lambda row: str(row["date"]), reverse=True)


def sitting_of(register: Reading, group: str, day: str) -> Sitting:
    """The session of a group on a day as it is kept, or as it would be begun."""
    session = next((row for row in sessions_of(register, group) if row["date"] == day), None)
    kept: dict[str, Row] = {}
    if session is not None:
        for row in register.by("session_marks", "session").get(session["id"], ()):
            kept[str(row.get("pupil"))] = row
    placed = {
        str(row.get("pupil"))
        for row in register.by("placements", "group").get(group, ())
        if covers(row, day)
    }
    fresh = "" if session is not None else _fresh(register, "session", group, day)
    begun = session["id"] if session is not None else fresh
    seats = [_seat(register, pupil, kept.get(pupil), begun) for pupil in placed | set(kept)]
    seats.sort(key=lambda seat: (folded(seat.name), seat.id))
    minutes = session.get("minutes") if session is not None else usual_minutes(register, group, day)
    return Sitting(
        group,
        day,
        session["id"] if session is not None else "",
        minutes,
        str((session or {}).get("note") or ""),
        tuple(seats),
        fresh,
    )


def usual_minutes(register: Reading, group: str, day: str) -> int | None:
    """How long a group meets on a weekday: by its times, else by its intervention."""
    weekday = _WEEKDAYS[date.fromisoformat(day).weekday()]
    for slot in register.by("slots", "group").get(group, ()):
        if slot.get("weekday") == weekday and slot.get("minutes"):
            return int(slot["minutes"])
    intervention = register.get(str((register.get(group) or {}).get("intervention") or "")) or {}
    minutes = intervention.get("session_minutes")
    return int(minutes) if minutes else None


def keep(
    commit: Writing, sitting: Sitting, marks: Mapping[str, str], minutes: int | None, note: str
) -> str:
    """Write a session and its marks into an open commit; the session's id.

    Args:
        commit: The open commit.
        sitting: What is kept so far.
        marks: By pupil, present, absent or late; a pupil without one is not marked.
        minutes: How long it was.
        note: What is noted of it.
    """
    values = {"minutes": minutes, "note": note or None}
    session = sitting.session
    if session:
        commit.set(session, **values)
    else:
        given = {name: value for name, value in values.items() if value is not None}
        values = {"group": sitting.group, "date": sitting.day, **given}
        session = commit.add("sessions", values, record_id=sitting.fresh or None)
    for seat in sitting.seats:
        mark = marks.get(seat.id, "")
        if seat.record and mark != seat.mark:
            commit.set(seat.record, mark=mark or None)
        elif not seat.record and mark:
            values = {"session": session, "pupil": seat.id, "mark": mark}
            commit.add("session_marks", values, record_id=seat.fresh or None)
    return session


def id_to_begin(register: Reading, table: str, values: Mapping[str, Any]) -> str:
    """The id a new record gets wherever it is begun; empty for any.

    Args:
        register: The register.
        table: A session is known by its group and day, a mark by its session and pupil.
        values: The fields given, as they are stored.
    """
    kind, names = _KNOWN_BY.get(table, ("", ()))
    parts = [str(values.get(name) or "") for name in names]
    return _fresh(register, kind, *parts) if parts and all(parts) else ""


def known_by(table: str) -> tuple[str, ...]:
    """The fields by which one record of a table is known from another; none for most tables."""
    return _KNOWN_BY.get(table, ("", ()))[1]


def begun_already(register: Reading, table: str, values: Mapping[str, Any]) -> str:
    """The id of the session or mark that is there already for what is given; empty for none.

    Args:
        register: The register.
        table: As for `id_to_begin`.
        values: The fields given, as they are stored.
    """
    names = known_by(table)
    if not names or not all(values.get(name) for name in names):
        return ""
    owner, other = names
    rows = register.by(table, owner).get(values[owner], ())
    return next((str(row["id"]) for row in rows if row.get(other) == values[other]), "")


_KNOWN_BY = {
    "sessions": ("session", ("group", "date")),
    "session_marks": ("mark", ("session", "pupil")),
}
"""By table, what its records are called in their ids, and the fields that there is one for."""


def _fresh(register: Reading, *parts: str) -> str:
    """One id for one thing, wherever it is begun: two who mark a session apart mark the same one.

    Empty where a record has it already, such as one that was put away.
    """
    record = blake2b("/".join(parts).encode(), digest_size=8).hexdigest()
    return "" if register.get(record) is not None else record


def _seat(register: Reading, pupil: str, kept: Row | None, session: str) -> Seat:
    row = register.get(pupil)
    return Seat(
        pupil,
        list_name(row) if row else UNKNOWN_PUPIL,
        str((row or {}).get("class_name") or ""),
        str((kept or {}).get("mark") or ""),
        str((kept or {}).get("id") or ""),
        _fresh(register, "mark", session, pupil) if session and kept is None else "",
    )
