"""Findings about records that do not fit together: references, periods, places in groups."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from senreg.rules.belonging import is_archived, pupil_of
from senreg.rules.found import Finding, who
from senreg.rules.naming import describe_record, group_name, pupil_named
from senreg.rules.reading import Reading, Row, covers
from senreg.rules.roll import roll_state

BELONGS: dict[str, str] = {
    "enrolments": "pupil",
    "contacts": "pupil",
    "cohort_memberships": "pupil",
    "fsm_periods": "pupil",
    "sen_statuses": "pupil",
    "needs": "pupil",
    "barriers": "pupil",
    "strategies": "pupil",
    "notes": "pupil",
    "documents": "pupil",
    "referrals": "pupil",
    "conversations": "pupil",
    "attempts": "conversation",
    "targets": "pupil",
    "target_reviews": "target",
    "actions": "about",
    "plans": "pupil",
    "reviews": "pupil",
    "ehc_processes": "pupil",
    "ehc_outcomes": "pupil",
    "ehc_provisions": "pupil",
    "holds": "pupil",
    "groups": "intervention",
    "slots": "group",
    "placements": "pupil group",
    "sessions": "group",
    "session_marks": "session pupil",
    "assessments": "pupil",
    "attendance": "pupil",
    "wider_marks": "pupil",
    "participations": "pupil",
    "survey_answers": "survey",
}
"""The fields of each table without which a record hangs in the air."""

PERIODS: dict[str, tuple[str, str]] = {
    "terms": ("start", "end"),
    "staff": ("since", "until"),
    "lead_roles": ("start", "end"),
    "cohort_memberships": ("start", "end"),
    "fsm_periods": ("start", "end"),
    "sen_statuses": ("start", "end"),
    "needs": ("start", "end"),
    "barriers": ("identified_on", "resolved_on"),
    "targets": ("set_on", "due"),
    "holds": ("start", "end"),
    "groups": ("start", "end"),
    "placements": ("start", "end"),
    "attendance": ("start", "end"),
    "activities": ("start", "end"),
    "participations": ("start", "end"),
    "objectives": ("set_on", "due"),
    "partners": ("since", "until"),
}
"""Pairs of dates of which the first comes first."""


def link_findings(register: Reading) -> Iterator[Finding]:
    """Records whose parent is missing: it was never there, or it was lost."""
    for table, fields in BELONGS.items():
        for row in register.all(table):
            for field in fields.split():
                named = row.get(field)
                if named and register.get(str(named)) is not None:
                    continue
                lack = f"a {field} that is not in the register" if named else f"no {field}"
                words = f"{_named(row, table, register)} names {lack}."
                yield Finding("missing_record", "error", table, row["id"], words)


def period_findings(register: Reading) -> Iterator[Finding]:
    """Records that end before they begin."""
    for table in PERIODS:
        for row in register.all(table):
            yield from ends_before_it_begins(register, table, row)


def ends_before_it_begins(register: Reading, table: str, row: Row) -> Iterator[Finding]:
    """Whether one record ends before it begins."""
    if table in PERIODS:
        start, end = (row.get(name) for name in PERIODS[table])
        if start and end and end < start:
            words = f"{_named(row, table, register)} ends before it begins."
            yield Finding("end_before_start", "error", table, row["id"], words)


def placement_findings(register: Reading, today: date) -> Iterator[Finding]:
    """Children who are still placed where nothing runs, or who have left."""
    day = today.isoformat()
    for row in register.all("placements"):
        group = register.get(str(row.get("group") or ""))
        pupil = register.get(str(row.get("pupil") or ""))
        if group is None or pupil is None or not covers(row, day):
            continue
        name = f"{who(pupil)} is still in {group_name(group, register.get)}"
        if is_archived(group):
            words = f"{name}, which was archived."
            yield Finding("placement_in_archived_group", "warning", "placements", row["id"], words)
        elif group.get("end") and group["end"] < day:
            words = f"{name}, which has ended."
            yield Finding("placement_in_ended_group", "warning", "placements", row["id"], words)
        elif roll_state(pupil, day) == "left":
            words = f"{name}, and has left the school."
            yield Finding("placement_of_leaver", "note", "placements", row["id"], words)


def _named(row: Row, table: str, register: Reading) -> str:
    words = describe_record(row, register.get, table)
    pupil = pupil_of(row, register.get, table)
    if pupil is None or pupil_named(pupil["id"], register.get) in words:
        return words
    return f"{words} ({who(pupil)})"
