"""Which pupil a record is about, and where that pupil was on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import NamedTuple, TypeVar

from senreg.rules.dates import as_day, school_year_of
from senreg.rules.naming import Get
from senreg.rules.reading import Row

AnyRow = TypeVar("AnyRow", bound=Row)

_LEADS_ON = ("target", "about", "conversation", "review", "placement")
_DEPTH = 4


class Place(NamedTuple):
    """A child's year group, class and key teacher; empty where they are not known."""

    year_group: str
    class_name: str
    key_teacher: str


def pupil_of(row: Row | None, get: Get, table: str = "") -> Row | None:
    """The pupil a record is about, found through what it refers to; None for school matters.

    Args:
        row: Any record; an archived one too.
        get: Finds a record by its id.
        table: Its table, for a row that does not know it.
    """
    for _ in range(_DEPTH):
        if row is None:
            return None
        if (table or getattr(row, "table", "")) == "pupils" or row.get("surname"):
            return row
        if row.get("pupil"):
            return get(str(row["pupil"]))
        leads = next((row[field] for field in _LEADS_ON if row.get(field)), None)
        row, table = get(str(leads)) if leads else None, ""
    return None


def owned_by(rows: Iterable[AnyRow], owner: str) -> list[AnyRow]:
    """The records that belong to a record, and those that belong to these in their turn.

    A record belongs to what its model says it cannot be without, such as the reviews of a
    target; one of a table that this version does not know, to whatever it leads to.

    Args:
        rows: Every record, of all tables.
        owner: The id of a pupil, a target, a group.
    """
    held: dict[str, list[AnyRow]] = {}
    for row in rows:
        for field in _owning_fields(str(getattr(row, "table", ""))):
            if row.get(field):
                held.setdefault(str(row[field]), []).append(row)
    found: dict[str, AnyRow] = {}
    waiting = [owner]
    while waiting:
        for row in held.get(waiting.pop(), ()):
            if row["id"] not in found and row["id"] != owner:
                found[row["id"]] = row
                waiting.append(row["id"])
    return list(found.values())


@cache
def _owning_fields(table: str) -> tuple[str, ...]:
    from senreg.models.tables import TABLES, fields_of

    if table not in TABLES:
        return ("pupil", *_LEADS_ON)
    return tuple(
        field.name for field in fields_of(table) if field.required and field.kind == "record"
    )


def is_archived(row: Row) -> bool:
    """Whether a record was put away."""
    return bool(row.get("archived"))


def place_on(
    pupil: Row, enrolments: Iterable[Row], day: date, today: date, terms: Sequence[Row] = ()
) -> Place:
    """Year group, class and key teacher of a child on a day.

    The pupil's own fields are today's and hold for the whole of today's school year; other
    years are read from the enrolments, and are unknown where those are silent.

    Args:
        pupil: A row of `pupils`.
        enrolments: The pupil's rows of `enrolments`.
        day: The day in question.
        today: The day the pupil's own fields are of.
        terms: Rows of `terms`: a year begins with its autumn term where that is in August.
    """
    year = school_year_of(day, terms)
    if year != school_year_of(today, terms):
        for row in enrolments:
            if same_school_year(row.get("school_year"), year):
                return _place(row)
        return Place("", "", "")
    return _place(pupil)


def same_school_year(stored: object, year: str) -> bool:
    """Whether a stored school year, '2026/27' or '2026/2027', is the year '2026/27'."""
    text = str(stored or "")
    return text == year or text == f"{year[:5]}{int(year[:4]) + 1}"


def age_on(pupil: Row, day: date) -> int | None:
    """A child's age in whole years on a day; None without a date of birth or before it."""
    born = as_day(pupil.get("dob"))
    if born is None or born > day:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _place(row: Row) -> Place:
    return Place(
        str(row.get("year_group") or ""),
        str(row.get("class_name") or ""),
        str(row.get("key_teacher") or ""),
    )
