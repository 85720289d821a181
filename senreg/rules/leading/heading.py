"""Who leads the programme and since when, and which roles share the lead."""

from __future__ import annotations

from datetime import date

from senreg.models.tables import field_of
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.measures import Asked, measured, usual_start
from senreg.rules.measures.asked import period_in_words
from senreg.rules.measures.participation import LEAD_ROLE
from senreg.rules.measures.words import adds_up, value_in_words
from senreg.rules.naming import staff_name, staff_named
from senreg.rules.reading import Reading, Row, covers

_SHARING = (
    "head", "deputy", "programme_lead", "senco", "pastoral", "home_school_worker", "coach",
    "governor",
)  # fmt: skip


def heading(register: Reading, today: date) -> list[LeadPart]:
    """Leads of the programme, families met three times under each, and the roles about it."""
    day = today.isoformat()
    leads = newest_first(register.all("lead_roles"), "start")
    found = []
    if leads:
        lines = tuple(_lead(register, row, day) for row in leads)
        found.append(LeadPart("Leads of the programme", lines))
    start = usual_start("participation", today, register.all("terms"))
    answer = measured("participation", register, Asked(start, today, today, by=LEAD_ROLE))
    met = tuple(
        LeadLine(
            f"Led by the {row.by[LEAD_ROLE].replace('_', ' ')}", value_in_words(row.value, "share"),
            f"n {row.n}, {row.unknown} unknown", "", row.behind,
            f"{adds_up(answer, row)}\n{answer.definition}",
        )
        for row in answer.rows
        if row.by
    )  # fmt: skip
    if met:
        found.append(LeadPart("Families met three times", met, period_in_words(start, today)))
    words = field_of("staff", "role")
    staff = [
        row for row in register.all("staff")
        if row.get("role") in _SHARING and covers(row, day, "since", "until")
    ]  # fmt: skip
    staff.sort(key=lambda row: (_SHARING.index(row["role"]), staff_name(row)))
    shared = tuple(
        LeadLine(staff_name(row), when(row.get("since")), words.label_of(row["role"]), row["id"])
        for row in staff
    )
    if shared:
        found.append(LeadPart("Who shares the lead", shared, "since"))
    return found


def _lead(register: Reading, row: Row, day: str) -> LeadLine:
    role = field_of("lead_roles", "role").label_of(row.get("role"))
    name = staff_named(row.get("staff"), register.get)
    until = f"until {when(row['end'])}" if row.get("end") else "until now"
    return LeadLine(
        f"{role}, {name}" if name else role, when(row.get("start")) or "no day",
        said("leads today" if covers(row, day) else "", until), row["id"],
    )  # fmt: skip
