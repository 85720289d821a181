"""How long the file of a child who has left is kept, and what is due for it.

A SEN file goes to the next school within fifteen school days (Education (Pupil Information)
(England) Regulations 2005, regulation 9) and is erased here once that school has confirmed it.
The last school keeps it until the date of birth + 31 years: 25, the life of a plan, and 6
(IRMS toolkit for schools). A child without one is erased after transfer. Both times are the
school's to set. Nothing is ever erased by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

from senreg.rules.dates import as_day, school_days_after, short_day
from senreg.rules.due import due_state
from senreg.rules.naming import list_name
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import roll_state
from senreg.rules.status import has_sen

SEN_YEARS = 31
"""Years after birth for which a SEN file is kept where the school has set nothing."""

SCHOOL_DAYS_TO_SEND = 15
"""School days within which a file goes to the next school."""

State = Literal["to_send", "sent", "kept", "erase", "unknown"]
"""to_send: it is to go to the next school; sent: receipt is not confirmed yet; kept: until a day;
erase: it need not be kept any more; unknown: there is no date to reckon from."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """The file of one child who has left.

    Args:
        pupil: The child's id.
        name: The child as lists have it.
        sen: There is a SEN file.
        state: Where it stands.
        day: The ISO day by which it is to be sent, until which it is kept, or since which it
            may be erased; empty where it is unknown.
        held: The ISO day until which it is held, 'open' for a hold without an end, or empty.
        words: What is to be done, in a line.
    """

    pupil: str
    name: str
    sen: bool
    state: State
    day: str
    held: str
    words: str

    @property
    def id(self) -> str:
        """The id of the child, whose record it is about."""
        return self.pupil

    @property
    def may_be_erased(self) -> bool:
        """Whether it need not be kept, and nothing holds it."""
        return self.state == "erase" and not self.held


def keepings(register: Reading, today: date) -> list[Keeping]:
    """The files of all children who have left: first what is to be done, each by day."""
    statuses = register.by("sen_statuses", "pupil")
    holds = register.by("holds", "pupil")
    terms = register.all("terms")
    to_send = cache(lambda day: school_days_after(day, SCHOOL_DAYS_TO_SEND, terms))
    school = next(iter(register.all("school")), {})
    found = [
        keeping(row, statuses.get(row["id"], ()), holds.get(row["id"], ()), school, to_send, today)
        for row in register.all("pupils")
        if roll_state(row, today) == "left"
    ]
    order = ("to_send", "sent", "erase", "unknown", "kept")
    found.sort(key=lambda each: (order.index(each.state), each.day, each.name))
    return found


def due_keepings(register: Reading, today: date) -> list[Keeping]:
    """Of these, what wants doing: files to send or to ask after, and to erase unless held."""
    return [
        each
        for each in keepings(register, today)
        if each.may_be_erased
        or (each.state == "to_send" and due_state(each.day, today) in ("overdue", "due"))
        or (each.state == "sent" and due_state(each.day, today) == "overdue")
    ]


def keeping(
    pupil: Row,
    statuses: Iterable[Row],
    holds: Iterable[Row],
    school: Row,
    to_send: Callable[[date], str],
    today: date,
) -> Keeping:
    """How the file of a child who has left stands.

    Args:
        pupil: The child.
        statuses: The child's SEN statuses: one with SEN makes a SEN file.
        holds: The holds on the file.
        school: The school's record, with its times.
        to_send: The ISO day by which a file goes on, given the day from which it is counted.
        today: The day that decides.
    """
    sen = any(has_sen(row.get("code")) for row in statuses)
    state, day = _standing(pupil, school, to_send, today, sen=sen)
    if state == "kept" and day <= today.isoformat():
        state = "erase"
    held = _held(holds, today)
    words = _words(pupil, state, day)
    if held:
        due = words.removeprefix("Erase: ")
        words = due[0].upper() + due[1:]
        words += "; on hold" + ("" if held == "open" else f" until {short_day(held)}")
    return Keeping(pupil["id"], list_name(pupil), sen, state, day, held, words)


def years_after(day: date, years: int) -> str:
    """The ISO day so many years later; 1 March for 29 February in a common year."""
    year = min(day.year + max(years, 0), date.max.year)
    try:
        return day.replace(year=year).isoformat()
    except ValueError:
        return date(year, 3, 1).isoformat()


def _standing(
    pupil: Row, school: Row, to_send: Callable[[date], str], today: date, *, sen: bool
) -> tuple[State, str]:
    left, sent = as_day(pupil.get("left")), as_day(pupil.get("records_sent"))
    chosen = pupil.get("keep_until")
    if pupil.get("records_receipt") or (sent is not None and not sen):
        return "kept", str(chosen or pupil.get("records_receipt") or sent)
    if sent is not None:
        return "sent", to_send(sent)
    if pupil.get("destination"):
        return "to_send", to_send(left or today)
    if chosen:
        return "kept", str(chosen)
    return _last_school(pupil, school, to_send, left, sen=sen)


def _last_school(
    pupil: Row, school: Row, to_send: Callable[[date], str], left: date | None, *, sen: bool
) -> tuple[State, str]:
    """Where no next school is known, this one may be the last."""
    born = as_day(pupil.get("dob"))
    if sen:
        years = school.get("keep_sen_years")
        return _until(born, SEN_YEARS if years is None else years)
    years = school.get("keep_other_years")
    if years is not None:
        return _until(left, years)
    if left is None:
        return "unknown", ""
    return "kept", to_send(left)


def _until(start: date | None, years: int) -> tuple[State, str]:
    return ("kept", years_after(start, years)) if start else ("unknown", "")


def _held(holds: Iterable[Row], today: date) -> str:
    """The last day of the holds in force, 'open' for one without an end."""
    ends = [str(row.get("end") or "open") for row in holds if covers(row, today.isoformat())]
    return "open" if "open" in ends else max(ends, default="")


def _words(pupil: Mapping[str, object], state: State, day: str) -> str:
    when = short_day(day) if day else ""
    if state == "to_send":
        return f"Send the file to {pupil.get('destination')} by {when}"
    if state == "sent":
        return f"Ask whether the file has come: it was sent on {short_day(pupil['records_sent'])}"
    if state == "kept":
        return f"Kept until {when}"
    if state == "unknown":
        return "There is no date to reckon from: the birth or the leaving is missing"
    if pupil.get("records_receipt") and not pupil.get("keep_until"):
        return f"Erase: the next school has had the file since {when}"
    return f"Erase: it was to be kept until {when}"
