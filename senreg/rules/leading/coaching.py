"""The coach's visits, what was agreed at each, and what of it is still to be done."""

from __future__ import annotations

from datetime import date

from senreg.rules.due import due_state
from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.naming import UNWORDED, excerpt, staff_named
from senreg.rules.reading import Reading, Row


def coaching(register: Reading, today: date) -> list[LeadPart]:
    """Open actions of every visit, by day; then the visits, newest first."""
    actions = register.by("actions", "about")
    visits = newest_first(register.all("coach_visits"))
    still = [
        (row, visit) for visit in visits for row in actions.get(visit["id"], ())
        if not row.get("done_on")
    ]  # fmt: skip
    still.sort(key=lambda pair: str(pair[0].get("due") or "9999"))
    found = []
    if still:
        lines = tuple(_action(row, visit, today) for row, visit in still)
        found.append(LeadPart("Still to be done", lines, "from the coach's visits"))
    if visits:
        lines = tuple(_visit(register, row, actions.get(row["id"], ())) for row in visits)
        found.append(LeadPart("Visits", lines, _next(visits, today)))
    return found


def _next(visits: list[Row], today: date) -> str:
    days = sorted(str(row["next_on"]) for row in visits if row.get("next_on"))
    coming = next((day for day in days if day >= today.isoformat()), "")
    return f"the next {when(coming)}" if coming else "no next visit is arranged"


def _action(row: Row, visit: Row, today: date) -> LeadLine:
    late = due_state(row.get("due"), today) == "overdue"
    of = said("overdue" if late else "", str(row.get("who") or ""), f"visit {when(visit['date'])}")
    return LeadLine(
        excerpt(row.get("what") or UNWORDED, 90), when(row.get("due")) or "no day", of, row["id"]
    )


def _visit(register: Reading, row: Row, actions: object) -> LeadLine:
    listed: list[Row] = list(actions)  # type: ignore[call-overload]
    done = sum(bool(each.get("done_on")) for each in listed)
    met = ", ".join(filter(None, (staff_named(each, register.get) for each in row["met"] or ())))
    of = said(
        staff_named(row.get("coach"), register.get),
        f"met {met}" if met else "",
        f"{done} of {len(listed)} actions done" if listed else "",
        excerpt(row.get("found") or "", 90),
    )
    title = excerpt(row.get("focus") or UNWORDED, 90)
    return LeadLine(
        title, when(row.get("date")) or "no day", of, row["id"],
        tuple(each["id"] for each in listed), said={each["id"]: _stands(each) for each in listed},
    )  # fmt: skip


def _stands(action: Row) -> str:
    """Whether an action is done, else by when it is due."""
    if action.get("done_on"):
        return f"✓ done {when(action['done_on'])}"
    return f"due {when(action['due'])}" if action.get("due") else "not done"
