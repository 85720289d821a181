"""The order in which forms ask for the fields of a table, and what forms are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from screens.forms.section import Section
from senreg.models.describe import Field

GROUPS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "pupils": (
        ("", ("forename", "surname", "preferred_name", "dob", "sex", "upn")),
        ("In school", ("year_group", "class_name", "key_teacher", "enrolment_status", "joined")),
        ("About the child", ("strengths", "interests", "aspirations", "what_helps")),
        (
            "Circumstances",
            (
                "first_language",
                "eal",
                "ethnicity",
                "fsm",
                "pupil_premium",
                "looked_after",
                "service_child",
                "social_care",
                "sen_unit",
                "resourced_provision",
                "access_arrangements",
            ),
        ),
        (
            "Coming and going",
            (
                "previous_school",
                "records_requested",
                "records_received",
                "left",
                "destination",
                "records_sent",
                "records_receipt",
                "keep_until",
            ),
        ),
    ),
    "targets": (
        ("", ("kind", "area", "statement", "child_statement")),
        (
            "How it is measured",
            ("baseline", "success_criterion", "measure", "unit", "start_value", "target_value"),
        ),
        ("When, and who leads", ("due", "owner", "set_on", "status")),
    ),
    "ehc_processes": (
        ("The request", ("requested_on", "decided_on", "decision", "decision_exception")),
        ("The school’s advice", ("advice_asked_on", "advice_sent_on", "advice_exception")),
        ("The plan", ("draft_on", "final_on", "final_exception", "ended_on")),
        ("An amendment", ("amendment_notice_on",)),
    ),
    "interventions": (
        ("", ("name", "tier", "area_of_need", "subject", "description")),
        ("How much", ("session_minutes", "sessions_per_week", "weeks", "group_size")),
        ("How it is judged", ("measure", "direction", "entry_criteria", "exit_criteria")),
        ("Cost", ("resource_cost",)),
    ),
}
"""Headings and the fields under them; fields that are in none come last."""

NAMES: dict[str, str] = {
    "pupils": "pupil",
    "enrolments": "school year",
    "contacts": "contact",
    "cohort_memberships": "time in the cohort",
    "fsm_periods": "time of free school meals",
    "sen_statuses": "status",
    "needs": "need",
    "barriers": "barrier",
    "strategies": "strategy",
    "notes": "note or call",
    "documents": "document",
    "conversations": "conversation",
    "attempts": "attempt",
    "plans": "plan given out",
    "targets": "target",
    "target_reviews": "target review",
    "actions": "action",
    "reviews": "review",
    "ehc_processes": "request or amendment",
    "ehc_outcomes": "outcome of the plan",
    "ehc_provisions": "provision of the plan",
    "holds": "hold",
    "interventions": "intervention",
    "groups": "group",
    "slots": "time of a group",
    "placements": "place in a group",
    "staff": "member of staff",
    "terms": "term",
    "target_examples": "example target",
    "saved_views": "view",
}
"""What one record of a table is called."""


def name_of(table: str) -> str:
    """What one record of a table is called, in lower case."""
    return NAMES.get(table, table.rstrip("s").replace("_", " "))


def new_title(table: str) -> str:
    """The title of a form for a new record."""
    return f"New {name_of(table)}"


def sections_of(
    table: str, names: Sequence[str] | None = None, hidden: Collection[str] = ()
) -> list[Section]:
    """The fields of a table under their headings.

    Args:
        table: The table.
        names: The fields to ask for, in this order and without headings; all of them else.
        hidden: Fields that are left out.
    """
    from senreg.models.tables import fields_of

    fields = {
        field.name: field
        for field in fields_of(table)
        if field.name not in hidden and not field.about.unasked and not _names_nothing(field)
    }
    if names is not None:
        return [Section("", tuple(fields[name] for name in names if name in fields))]
    sections = [
        Section(title, tuple(fields.pop(name) for name in members if name in fields))
        for title, members in GROUPS.get(table, ())
    ]
    return [*sections, Section("Other" if sections else "", tuple(fields.values()))]


def _names_nothing(field: Field) -> bool:
    """Whether a field would name a record of tables that this version of senreg has not."""
    return field.kind in ("record", "records") and not field.tables
