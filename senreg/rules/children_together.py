"""Children who are entered or planned for together: a class, a year, a cohort, a group."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from senreg.rules.conversations import cohort
from senreg.rules.naming import group_name, list_name, staff_named
from senreg.rules.order import natural
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_on
from senreg.rules.years import year_word


class Together(NamedTuple):
    """Children and what they are together.

    Args:
        id: What tells it from the others: its kind, and the name or id of what it is.
        words: 'Class 4B', 'Year 4', 'The cohort'.
        pupils: The rows of the children, by name.
    """

    id: str
    words: str
    pupils: tuple[Row, ...]


def children_together(register: Reading, day: date) -> list[Together]:
    """The children on roll on a day by class, then cohort, register, group, teacher and year."""
    pupils = sorted(on_roll(register, day), key=lambda row: (list_name(row).casefold(), row["id"]))
    found = [*_by(pupils, "class_name", "class", lambda name: f"Class {name}")]
    members = {row["id"] for row in cohort(register, day)}
    statuses = register.by("sen_statuses", "pupil")

    def on_register(row: Row) -> bool:
        status = status_on(statuses.get(row["id"], ()), day)
        return status is not None and has_sen(status["code"])

    found.append(
        Together("cohort", "The cohort", tuple(row for row in pupils if row["id"] in members))
    )
    found.append(Together("sen", "The SEN register", tuple(filter(on_register, pupils))))
    found += _groups(register, pupils, day)
    found += _by(
        pupils, "key_teacher", "staff", lambda key: f"Key teacher {staff_named(key, register.get)}"
    )
    found += _by(pupils, "year_group", "year", year_word)
    return [each for each in found if each.pupils]


def _by(pupils: list[Row], field: str, kind: str, words: object) -> Iterator[Together]:
    assert callable(words)
    for value in sorted({str(row.get(field) or "") for row in pupils} - {""}, key=natural):
        own = tuple(row for row in pupils if str(row.get(field) or "") == value)
        yield Together(f"{kind} {value}", str(words(value)), own)


def _groups(register: Reading, pupils: list[Row], day: date) -> list[Together]:
    """The groups that run on a day, by name, with the children placed in them then."""
    when = day.isoformat()
    placements = register.by("placements", "group")
    found = []
    for group in register.all("groups"):
        placed = {row.get("pupil") for row in placements.get(group["id"], ()) if covers(row, when)}
        if placed and covers(group, when):
            own = tuple(row for row in pupils if row["id"] in placed)
            name = f"Group {group_name(group, register.get)}"
            found.append(Together(f"group {group['id']}", name, own))
    return sorted(found, key=lambda each: each.words.casefold())
