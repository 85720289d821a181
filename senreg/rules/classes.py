"""The classes there are, as they are offered for a class sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from senreg.rules.order import natural
from senreg.rules.reading import Reading
from senreg.rules.roll import on_roll
from senreg.rules.status import has_sen, status_on


@dataclass(frozen=True, slots=True)
class SchoolClass:
    """A class with children on roll.

    Args:
        name: As the pupils have it.
        children: How many are in it.
        on_register: How many of them have SEN.
    """

    name: str
    children: int
    on_register: int

    @property
    def id(self) -> str:
        """The name, by which a list knows it."""
        return self.name


def classes(register: Reading, today: date) -> list[SchoolClass]:
    """Every class that has a child on roll, in the order people read them: 4B before 10A."""
    statuses = register.by("sen_statuses", "pupil")
    counts: dict[str, list[int]] = {}
    for pupil in on_roll(register, today):
        name = str(pupil.get("class_name") or "")
        if not name:
            continue
        status = status_on(statuses.get(pupil["id"], ()), today)
        count = counts.setdefault(name, [0, 0])
        count[0] += 1
        count[1] += status is not None and has_sen(status.get("code"))
    found = [SchoolClass(name, *count) for name, count in counts.items()]
    return sorted(found, key=lambda each: natural(each.name))
