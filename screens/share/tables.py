"""What the tables of a register are called where all of them are offered."""

from __future__ import annotations

from screens.forms.sections import name_of

MANY: dict[str, str] = {
    "school": "The school",
    "staff": "Staff",
    "enrolments": "School years",
    "cohort_memberships": "Times in the cohort",
    "fsm_periods": "Times of free school meals",
    "sen_statuses": "SEN statuses",
    "strategies": "Strategies",
    "notes": "Notes and calls",
    "slots": "Times of groups",
    "placements": "Places in groups",
}
"""Names that are not simply the name of one with an s."""


def many_of(table: str) -> str:
    """What the records of a table are called: 'Pupils', 'Target reviews', 'Places in groups'."""
    return MANY.get(table) or f"{name_of(table)}s".capitalize()
