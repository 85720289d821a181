"""What records of each table are called: one of them, and several."""

from __future__ import annotations

NOUNS: dict[str, tuple[str, str]] = {
    "school": ("school record", "school records"),
    "terms": ("term", "terms"),
    "staff": ("member of staff", "members of staff"),
    "rates": ("hourly rate", "hourly rates"),
    "lead_roles": ("lead of the programme", "leads of the programme"),
    "pupils": ("pupil", "pupils"),
    "enrolments": ("school year", "school years"),
    "contacts": ("contact", "contacts"),
    "cohort_memberships": ("time in the cohort", "times in the cohort"),
    "fsm_periods": ("time of free school meals", "times of free school meals"),
    "sen_statuses": ("status", "statuses"),
    "needs": ("need", "needs"),
    "barriers": ("barrier", "barriers"),
    "strategies": ("strategy", "strategies"),
    "notes": ("note", "notes"),
    "documents": ("document", "documents"),
    "referrals": ("referral", "referrals"),
    "conversations": ("conversation", "conversations"),
    "attempts": ("attempt at a conversation", "attempts at conversations"),
    "targets": ("target", "targets"),
    "target_reviews": ("target review", "target reviews"),
    "actions": ("action", "actions"),
    "plans": ("plan given out", "plans given out"),
    "reviews": ("review", "reviews"),
    "ehc_processes": ("assessment or amendment of a plan", "assessments and amendments of plans"),
    "ehc_outcomes": ("outcome of a plan", "outcomes of plans"),
    "ehc_provisions": ("provision of a plan", "provisions of plans"),
    "consultations": ("consultation of an authority", "consultations of authorities"),
    "holds": ("hold", "holds"),
    "interventions": ("intervention", "interventions"),
    "groups": ("group", "groups"),
    "slots": ("time of a group", "times of groups"),
    "placements": ("place in a group", "places in groups"),
    "sessions": ("session", "sessions"),
    "session_marks": ("mark of a session", "marks of sessions"),
    "scales": ("scale", "scales"),
    "expectations": ("expected progress", "expectations of progress"),
    "assessments": ("assessment", "assessments"),
    "attendance": ("attendance period", "attendance periods"),
    "wider_marks": ("wider outcome mark", "wider outcome marks"),
    "activities": ("activity", "activities"),
    "participations": ("participation", "participations"),
    "surveys": ("survey", "surveys"),
    "survey_answers": ("survey answer", "survey answers"),
    "school_ratings": ("rating of the school", "ratings of the school"),
    "workshops": ("workshop", "workshops"),
    "objectives": ("objective", "objectives"),
    "coach_visits": ("coach visit", "coach visits"),
    "self_reviews": ("self-review", "self-reviews"),
    "partners": ("partner", "partners"),
    "year_figures": ("figure of a year", "figures of years"),
    "trainings": ("training", "trainings"),
    "observations": ("observation", "observations"),
    "staff_feedback": ("feedback note", "feedback notes"),
    "target_examples": ("example target", "example targets"),
    "saved_views": ("saved view", "saved views"),
    "column_mappings": ("known spreadsheet", "known spreadsheets"),
}
"""By table; the order is that of models.tables."""

_NOBODYS = {"set_aside": ("entry left of a staff pack", "entries left of staff packs")}
"""Tables of the register's own."""


def counted(table: str, number: int) -> str:
    """'1 target', '3 targets'; a table of a newer version by its own name."""
    one, many = (NOUNS | _NOBODYS).get(table) or (f"record of {table}", f"records of {table}")
    return f"{number:,} {one if number == 1 else many}"


def counted_list(counts: dict[str, int]) -> str:
    """'2 targets, 1 review': numbers by table in words, in the order of `NOUNS`."""
    order = list(NOUNS)
    tables = sorted(counts, key=lambda each: order.index(each) if each in NOUNS else len(order))
    return ", ".join(counted(table, counts[table]) for table in tables)
