"""Whether something with a date is overdue, due soon or later, and how that is shown."""

from __future__ import annotations

from datetime import date

from senreg.rules.dates import days_after
from senreg.rules.status import Look

FORTNIGHT = 14
"""How many days ahead counts as due soon."""

DUE_LOOK: dict[str, Look] = {
    "overdue": Look("Overdue", "!", "red"),
    "due": Look("Due soon", "▲", "yellow"),
    "later": Look("Planned", "·", "green"),
    "none": Look("None planned", "-", "dim"),
}
"""Each state with its word, symbol and colour."""


def due_state(day: str | None, today: date) -> str:
    """overdue, due (today or within a fortnight), later, or none where there is no day.

    Args:
        day: An ISO day.
        today: The day that decides.
    """
    if not day:
        return "none"
    if day < today.isoformat():
        return "overdue"
    return "due" if day <= days_after(today, FORTNIGHT) else "later"
