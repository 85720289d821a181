"""Assistants' notes to the head: those that wait for the head's annotation, and the rest."""

from __future__ import annotations

from datetime import date

from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.naming import UNWORDED, excerpt, staff_named
from senreg.rules.reading import Reading, Row


def waiting(register: Reading) -> list[Row]:
    """The notes without an annotation, the longest waiting first."""
    rows = [row for row in register.all("staff_feedback") if not row.get("annotation")]
    return sorted(rows, key=lambda row: str(row.get("date") or ""))


def feedback(register: Reading, today: date) -> list[LeadPart]:
    """Notes that wait, with the days they have waited; then the annotated ones, newest first."""
    open_notes = waiting(register)
    annotated = [
        row for row in newest_first(register.all("staff_feedback")) if row.get("annotation")
    ]
    found = []
    if open_notes:
        lines = tuple(_open(register, row, today) for row in open_notes)
        found.append(LeadPart("Waiting for the head", lines, "Enter: write the annotation"))
    if annotated:
        lines = tuple(_answered(register, row) for row in annotated)
        found.append(LeadPart("Annotated", lines, f"{len(annotated)} notes"))
    return found


def _words(row: Row) -> str:
    return excerpt(row.get("idea") or row.get("pupil_matters") or UNWORDED, 90)


def _open(register: Reading, row: Row, today: date) -> LeadLine:
    day = row.get("date")
    days = (today - date.fromisoformat(str(day))).days if day else None
    of = said(f"from {staff_named(row.get('staff'), register.get) or 'nobody named'}", when(day))
    return LeadLine(_words(row), "no day" if days is None else f"{days} days", of, row["id"])


def _answered(register: Reading, row: Row) -> LeadLine:
    by = staff_named(row.get("annotated_by"), register.get)
    of = said(
        f"from {staff_named(row.get('staff'), register.get) or 'nobody named'}",
        f"{by or 'Answered'}: {excerpt(row['annotation'], 90)}",
    )
    return LeadLine(_words(row), when(row.get("annotated_on")) or "–", of, row["id"])
