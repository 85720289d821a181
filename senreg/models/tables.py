"""The tables of a register and the model of each, loaded when it is first needed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import UnionType
from typing import TYPE_CHECKING, Any, Union, get_args, get_origin

from senreg.errors import WrongUsage
from senreg.models.describe import About, Field, Kind

if TYPE_CHECKING:
    from senreg.models.record import Record

TABLES: dict[str, str] = {
    "school": "school:School",
    "terms": "school:Term",
    "staff": "staff:StaffMember",
    "rates": "staff:Rate",
    "lead_roles": "staff:LeadRole",
    "pupils": "pupils:Pupil",
    "enrolments": "enrolments:Enrolment",
    "contacts": "contacts:Contact",
    "cohort_memberships": "enrolments:CohortMembership",
    "fsm_periods": "enrolments:FreeMealsPeriod",
    "sen_statuses": "sen:SenStatus",
    "needs": "sen:Need",
    "barriers": "sen:Barrier",
    "strategies": "sen:Strategy",
    "notes": "notes:Note",
    "documents": "notes:Document",
    "referrals": "plans:Referral",
    "conversations": "conversations:Conversation",
    "attempts": "conversations:Attempt",
    "targets": "targets:Target",
    "target_reviews": "targets:TargetReview",
    "actions": "targets:Action",
    "plans": "plans:Plan",
    "reviews": "reviews:Review",
    "ehc_processes": "ehc:EhcProcess",
    "ehc_outcomes": "plans:EhcOutcome",
    "ehc_provisions": "plans:EhcProvision",
    "consultations": "ehc:Consultation",
    "holds": "keeping:Hold",
    "interventions": "provision:Intervention",
    "groups": "provision:Group",
    "slots": "provision:Slot",
    "placements": "provision:Placement",
    "sessions": "provision:Session",
    "session_marks": "provision:SessionMark",
    "scales": "evidence:Scale",
    "expectations": "evidence:Expectation",
    "assessments": "evidence:Assessment",
    "attendance": "evidence:Attendance",
    "wider_marks": "wider:WiderMark",
    "activities": "wider:Activity",
    "participations": "wider:Participation",
    "surveys": "parents:Survey",
    "survey_answers": "parents:SurveyAnswer",
    "school_ratings": "parents:SchoolRating",
    "workshops": "parents:Workshop",
    "objectives": "improvement:Objective",
    "coach_visits": "improvement:CoachVisit",
    "self_reviews": "improvement:SelfReview",
    "partners": "improvement:Partner",
    "year_figures": "improvement:YearFigure",
    "trainings": "employment:Training",
    "observations": "employment:Observation",
    "staff_feedback": "employment:StaffFeedback",
    "target_examples": "banks:TargetExample",
    "saved_views": "banks:SavedView",
    "column_mappings": "banks:ColumnMapping",
}
"""Each table and where its model stands: module of `senreg.models`, then class."""

EMPLOYMENT = frozenset({"trainings", "observations", "staff_feedback"})
"""Records of employment: in no bundle unless that is chosen, and in no staff pack."""


def is_employment(table: str, record: Mapping[str, Any]) -> bool:
    """Whether a record is one of employment: all of some tables, and performance objectives."""
    return table in EMPLOYMENT or (table == "objectives" and record.get("kind") == "performance")


@cache
def model_of(table: str) -> type[Record]:
    """The pydantic model of a table. Raises WrongUsage for a table there is none of."""
    try:
        module, name = TABLES[table].split(":")
    except KeyError:
        raise WrongUsage(
            f"There is no table called {table}.", do="The tables are: " + ", ".join(TABLES) + "."
        ) from None
    model: type[Record] = getattr(import_module(f"senreg.models.{module}"), name)
    return model


@cache
def fields_of(table: str) -> tuple[Field, ...]:
    """The fields of a table in the order of its model, each with its description."""
    from typing import get_type_hints

    model = model_of(table)
    hints = get_type_hints(model, include_extras=True)
    found = []
    for name, info in model.model_fields.items():
        about = next(each for each in info.metadata if isinstance(each, About))
        found.append(Field(table, name, _kind(hints[name], about), info.is_required(), about))
    return tuple(found)


def field_of(table: str, name: str) -> Field:
    """One field of a table. Raises WrongUsage where the table has none of that name."""
    for field in fields_of(table):
        if field.name == name:
            return field
    raise WrongUsage(
        f"{table} has no field called {name}.",
        do="Its fields are: " + ", ".join(each.name for each in fields_of(table)) + ".",
    )


def known_field(table: str, name: str) -> Field | None:
    """One field of a table; None where it is of a newer version of senreg."""
    if table not in TABLES:
        return None
    return next((each for each in fields_of(table) if each.name == name), None)


def complete(table: str, record_id: str, stored: dict[str, Any]) -> dict[str, Any]:
    """A record as scripts see it: id, then every field of the model, null where unknown.

    Yes-or-no fields are false where nothing was stored, lists are empty. Fields of a newer
    version of senreg come last, as they are stored.
    """
    whole: dict[str, Any] = {"id": record_id}
    for field in fields_of(table):
        value = stored.get(field.name)
        if value is None and field.kind == "yes_no":
            value = False
        elif value is None and field.kind == "records":
            value = []
        whole[field.name] = value
    for name, value in stored.items():
        if name not in whole and name != "archived":
            whole[name] = value
    return whole


_PLAIN: dict[object, Kind] = {bool: "yes_no", date: "day", int: "whole", float: "number"}


def _kind(hint: object, about: About) -> Kind:
    bare = _bare(hint)
    if about.of:
        return "records" if get_origin(bare) is list else "record"
    if bare in _PLAIN:
        return _PLAIN[bare]
    if about.code_set or about.choices:
        return "choice"
    return "text" if about.long else "line"


def _bare(hint: Any) -> Any:
    """A type without its annotations and without None."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    if get_origin(hint) in (Union, UnionType):
        inner = [each for each in get_args(hint) if each is not type(None)]
        return _bare(inner[0]) if len(inner) == 1 else hint
    return hint
