"""What a staff pack may hold, and what its holder may change.

A table comes into packs by a line in `CARRIED`. Of its fields the model decides: none that is
confidential unless the school's policy lists it, none that is a cost.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from senreg.rules.belonging import place_on, pupil_of
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import on_roll

if TYPE_CHECKING:
    from senreg.models.describe import Field

ALL = ("*",)
"""Every field."""


@dataclass(frozen=True, slots=True)
class Carried:
    """How a table comes into packs.

    Args:
        child: Its records belong to children; otherwise all packs hold it.
        group: The field that names a group, where its records belong to one: those of groups in
            which a child of the pack is or was.
        only: The fields that may be in a pack at all.
        changed: The fields of a record in the pack that its holder may change.
        added: Whether its holder adds records.
        nothing_without: Fields without which a record says nothing, or says too little to be
            safe: where one has a value and the policy lacks it, the record stays out.
    """

    child: bool = True
    group: str = ""
    only: tuple[str, ...] = ALL
    changed: tuple[str, ...] = ()
    added: bool = False
    nothing_without: tuple[str, ...] = ()


CARRIED: dict[str, Carried] = {
    "school": Carried(
        child=False, only=("name", "phase", "programme_name", "conversations_a_year")
    ),
    "terms": Carried(child=False),
    "staff": Carried(child=False, only=("name", "initials", "role")),
    "interventions": Carried(child=False),
    "target_examples": Carried(child=False),
    "pupils": Carried(
        changed=("interests", "strengths", "aspirations", "what_helps", "access_arrangements")
    ),
    "enrolments": Carried(),
    "cohort_memberships": Carried(),
    "contacts": Carried(nothing_without=("restriction",)),
    "sen_statuses": Carried(),
    "needs": Carried(),
    "barriers": Carried(changed=ALL, added=True),
    "strategies": Carried(changed=ALL, added=True),
    "notes": Carried(changed=ALL, added=True, nothing_without=("text",)),
    "referrals": Carried(),
    "conversations": Carried(changed=ALL, added=True),
    "attempts": Carried(changed=ALL, added=True),
    "targets": Carried(changed=ALL, added=True),
    "target_reviews": Carried(changed=ALL, added=True),
    "actions": Carried(changed=ALL, added=True),
    "plans": Carried(added=True),
    "reviews": Carried(),
    "ehc_processes": Carried(
        nothing_without=("decision_exception", "advice_exception", "final_exception")
    ),
    "ehc_outcomes": Carried(),
    "ehc_provisions": Carried(),
    "groups": Carried(child=False, group="id"),
    "slots": Carried(child=False, group="group"),
    "placements": Carried(),
    "sessions": Carried(child=False, group="group", changed=("minutes", "note"), added=True),
    "session_marks": Carried(changed=ALL, added=True),
    "scales": Carried(child=False),
    "expectations": Carried(child=False),
    "assessments": Carried(changed=ALL, added=True),
    "attendance": Carried(),
    "wider_marks": Carried(changed=ALL, added=True),
    "activities": Carried(child=False),
    "participations": Carried(changed=ALL, added=True),
}
"""The tables that packs hold."""


def is_added(table: str) -> bool:
    """Whether the holder of a pack adds records of a table."""
    carried = CARRIED.get(table)
    return carried is not None and carried.added


def fields_given(policy: str | None) -> dict[str, frozenset[str]]:
    """By table, the fields whose values a pack holds.

    Args:
        policy: The school's, a line each: `table.field` for a confidential field that may go.
    """
    listed = {line.strip() for line in (policy or "").splitlines()}
    return {
        table: frozenset(
            field.name
            for field in _fields(table)
            if (carried.only == ALL or field.name in carried.only)
            and "£" not in field.about.unit
            and (not field.about.confidential or f"{table}.{field.name}" in listed)
        )
        for table, carried in CARRIED.items()
    }


def unknown_in(policy: str | None) -> list[str]:
    """The lines of a policy that name no field of a table that packs hold."""
    known = {f"{table}.{field.name}" for table in CARRIED for field in _fields(table)}
    lines = [line.strip() for line in (policy or "").splitlines()]
    return [line for line in lines if line and line not in known]


def pupils_for(register: Reading, day: date, *, staff: str = "", class_name: str = "") -> list[Row]:
    """The children on roll of a class, or else of a key teacher, on a day."""
    enrolments = register.by("enrolments", "pupil")
    found = []
    for pupil in on_roll(register, day):
        place = place_on(pupil, enrolments.get(pupil["id"], ()), day, day)
        if place.class_name == class_name if class_name else place.key_teacher == staff:
            found.append(pupil)
    return found


class Scope:
    """Which records a pack holds.

    Args:
        pupils: The ids of its children.
        fields: By table, the fields it holds.
        get: Finds a record by its id.
        placements: Those of the pack's children at least, archived ones too: they say of which
            groups it is.
    """

    def __init__(
        self,
        pupils: Collection[str],
        fields: Mapping[str, Collection[str]],
        get: Callable[[str], Any],
        placements: Iterable[Row],
    ) -> None:
        self._pupils = pupils
        self._groups = {str(each.get("group")) for each in placements if each["pupil"] in pupils}
        self._fields = fields
        self._get = get

    def about(self, row: Row, table: str) -> bool:
        """Whether a record is about a child of the pack, or a group which that is in."""
        carried = CARRIED.get(table)
        if carried is not None and carried.group:
            return str(row.get(carried.group)) in self._groups
        if table == "pupils":
            return row["id"] in self._pupils
        pupil = pupil_of(row, self._get, table)
        if pupil is None or pupil["id"] not in self._pupils:
            return False
        parents = self._parents(row, table)
        return all(self.about(each, each.table) for each in parents if CARRIED[each.table].group)

    def holds(self, row: Row, table: str) -> bool:
        """Whether a child's or a group's record is in the pack: it and what it belongs to."""
        carried = CARRIED.get(table)
        if carried is None or not (carried.child or carried.group) or not self.about(row, table):
            return False
        if row.get("confidential") is True:
            return False
        given = self._fields.get(table, ())
        if any(row.get(name) and name not in given for name in carried.nothing_without):
            return False
        return all(self.holds(each, each.table) for each in self._parents(row, table))

    def held(self, rows: Iterable[Any]) -> set[tuple[str, str]]:
        """Of all records, archived ones too, those in the pack, as (table, id)."""
        everybodys = {
            table for table, carried in CARRIED.items() if not (carried.child or carried.group)
        }
        return {
            (each.table, each["id"])
            for each in rows
            if each.table in everybodys or self.holds(each, each.table)
        }

    def _parents(self, row: Row, table: str) -> list[Any]:
        named = [row.get(name) for name in _owning(table)]
        found = [self._get(str(each)) for each in named if each]
        return [each for each in found if each is not None and each.table in CARRIED]


@cache
def _fields(table: str) -> tuple[Field, ...]:
    from senreg.models.tables import fields_of

    return fields_of(table)


@cache
def _owning(table: str) -> tuple[str, ...]:
    """The fields that name what a record belongs to, where that is a child's or a group's too."""
    return tuple(
        field.name
        for field in _fields(table)
        if field.required
        and field.kind == "record"
        and any(
            CARRIED[each].child or CARRIED[each].group for each in field.tables if each in CARRIED
        )
    )
