"""Two children about whom everything is written, each word of which tells whose it is."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from senreg.models.tables import fields_of

from .conftest import Book

OWN = (
    "contacts",
    "sen_statuses",
    "barriers",
    "strategies",
    "notes",
    "documents",
    "referrals",
    "conversations",
    "targets",
    "plans",
    "reviews",
    "ehc_outcomes",
    "ehc_provisions",
    "ehc_processes",
    "assessments",
    "wider_marks",
    "needs",
)
"""Tables whose records are one child's."""


def written_about(
    book: Book,
    mark: str,
    tables: tuple[str, ...] = OWN,
    more: Mapping[str, Mapping[str, Any]] = MappingProxyType({}),
) -> str:
    """A child of 4B with a record in each of the tables, every free text of it with the mark.

    Args:
        book: Where it is written.
        mark: The mark.
        tables: The tables.
        more: By table what else its record holds.
    """
    with book.register.commit("Write") as c:
        named = {"forename": mark, "surname": "O'Neill", "class_name": "4B"}
        pupil = c.add("pupils", {**texts("pupils", mark), **named})
        for table in tables:
            needed = {**_NEEDED.get(table, {}), **more.get(table, {})}
            record = c.add(table, {**texts(table, mark), **needed, "pupil": pupil})
            if table in ("targets", "conversations", "reviews"):
                c.add("actions", {**texts("actions", mark), "about": record})
            if table == "targets":
                looked = {"target": record, "date": "2026-11-01"}
                c.add("target_reviews", {**texts("target_reviews", mark), **looked})
    return pupil


_NEEDED: dict[str, dict[str, Any]] = {
    "sen_statuses": {"code": "K", "start": "2025-09-05"},
    "targets": {"kind": "wider", "due": "2026-12-01"},
    "conversations": {"held_on": "2026-11-12", "next_on": "2027-02-01", "minutes": 40},
    "plans": {"kind": "isp"},
    "notes": {"happened_on": "2026-10-01", "kind": "call"},
    "reviews": {"kind": "termly", "planned_for": "2026-12-04"},
    "assessments": {"date": "2026-10-09", "subject": "maths"},
    "wider_marks": {"date": "2026-10-09", "value": 3},
    "needs": {"code": "SLCN", "rank": 1, "start": "2025-09-05"},
}
_NOT_FREE = {"upn", "former_upn", "uln", "at"}


def texts(table: str, mark: str) -> dict[str, Any]:
    """Every field of a table that takes any text, with the mark in it; what is chosen, chosen."""
    found: dict[str, Any] = {}
    for each in fields_of(table):
        if each.kind in ("line", "text") and each.name not in _NOT_FREE:
            found[each.name] = f"{mark} {each.name}"
        elif each.kind == "choice" and each.required:
            found[each.name] = each.offered()[0].code
    return found


def in_one_group(book: Book, *pupils: str) -> str:
    """A group that the children are in together, with sessions and marks of each, and its id."""
    with book.register.commit("Place") as c:
        kind = c.add("interventions", {"name": "Reading together", "session_minutes": 30})
        group = c.add("groups", {"intervention": kind, "start": "2026-09-07"})
        session = c.add("sessions", {"group": group, "date": "2026-10-05", "minutes": 30})
        for number, pupil in enumerate(pupils):
            place = {"pupil": pupil, "group": group, "start": "2026-09-07", "entry_score": number}
            c.add("placements", place)
            c.add("session_marks", {"session": session, "pupil": pupil, "mark": "present"})
            days = {"pupil": pupil, "start": "2026-09-07", "end": "2026-10-23"}
            c.add("attendance", {**days, "possible": 60, "authorised": number, "unauthorised": 0})
    return group
