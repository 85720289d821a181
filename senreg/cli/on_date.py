"""Records as they stood on a date: what `list --on` shows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.errors import WrongUsage
from senreg.models.tables import fields_of
from senreg.rules.belonging import same_school_year
from senreg.rules.dates import school_year_of
from senreg.rules.reading import Row, covers
from senreg.rules.roll import on_roll

if TYPE_CHECKING:
    from senreg.register import Register

_PERIODS = (
    ("start", "end"),
    ("since", "until"),
    ("joined", "left"),
    ("from", "to"),
    ("identified_on", "resolved_on"),
)
_MOMENTS = ("happened_on", "date", "dated", "done_on", "held_on", "planned_for")
_YEARLY = ("year_group", "class_name", "key_teacher")


def true_on(register: Register, table: str, day: date) -> list[tuple[str, Mapping[str, Any]]]:
    """The live records of a table that hold on a day, each as its id and its fields.

    A period counts from its first to its last day, and is open where one of them is not known.
    Something that happens holds on its day: the one it was held on, else the one planned. A
    target holds from the day it was set. A pupil is listed while on roll, with the year group,
    class and key teacher of that school year: today's if it is this one, else those of the
    enrolment, else blank, for today's would be wrong.

    Raises:
        WrongUsage: Records of this table have no dates to go by.
    """
    if table == "pupils":
        return _pupils_on(register, day)
    names = {field.name for field in fields_of(table)}
    when = day.isoformat()
    rows = register.all(table)
    for start, end in _PERIODS:
        if start in names and end in names:
            return [(row.id, row) for row in rows if covers(row, when, start, end)]
    if "school_year" in names:
        year = school_year_of(day, register.all("terms"))
        return [(row.id, row) for row in rows if same_school_year(row["school_year"], year)]
    if "set_on" in names:
        return [(row.id, row) for row in rows if not row["set_on"] or row["set_on"] <= when]
    moments = [name for name in _MOMENTS if name in names]
    if moments:
        return [(row.id, row) for row in rows if _moment(row, moments) == when]
    raise WrongUsage(
        f"Records of {table} have no dates, so none can be true on a day.", do="Leave --on out."
    )


def _moment(row: Row, fields: list[str]) -> str:
    """The day something happened on, by the first of its date fields that is filled in."""
    return next((str(row[name]) for name in fields if row.get(name)), "")


def _pupils_on(register: Register, day: date) -> list[tuple[str, Mapping[str, Any]]]:
    from senreg.clock import today

    terms = register.all("terms")
    year = school_year_of(day, terms)
    rows = on_roll(register, day)
    if year == school_year_of(today(), terms):
        return [(row["id"], row) for row in rows]
    of_year = {
        row["pupil"]: row
        for row in register.all("enrolments")
        if same_school_year(row["school_year"], year)
    }
    found: list[tuple[str, Mapping[str, Any]]] = []
    for row in rows:
        then = of_year.get(row["id"])
        yearly = {name: then[name] if then else None for name in _YEARLY}
        found.append((row["id"], {**row, **yearly}))
    return found
