"""The figures that were kept of each school year, with their definitions."""

from __future__ import annotations

from datetime import date

from senreg.rules.leading.lines import LeadLine, LeadPart, newest_first, said, when
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading, Row


def years(register: Reading, today: date) -> list[LeadPart]:
    """A part for each year, the last first; a figure that was kept again beside its earlier ones.

    Years are not set against each other: their definitions may differ.
    """
    kept: dict[str, dict[tuple[str, str], list[Row]]] = {}
    for row in newest_first(register.all("year_figures"), "frozen_on"):
        if str(row.get("frozen_on") or "") <= today.isoformat():
            own = kept.setdefault(str(row.get("school_year") or ""), {})
            own.setdefault((str(row["name"]), str(row.get("by") or "")), []).append(row)
    return [
        LeadPart(
            year or "No year",
            tuple(_line(name, by, rows) for (name, by), rows in found.items()),
            f"kept on {when(max(str(rows[0].get('frozen_on') or '') for rows in found.values()))}",
        )
        for year, found in sorted(kept.items(), reverse=True)
    ]


def _line(name: str, by: str, rows: list[Row]) -> LeadLine:
    row, *earlier = rows
    of = said(
        f"n {row.get('n') or 0:,}"
        + (f", {row['unknown']:,} unknown" if row.get("unknown") else ""),
        *str(row.get("further") or "").splitlines(),
        *(f"{_value(each)} on {when(each.get('frozen_on'))}" for each in earlier),
    )
    period = (
        f"{when(row.get('start'))} to {when(row.get('end'))}, kept on {when(row['frozen_on'])}."
    )
    title = name.capitalize() + (f": {by}" if by else "")
    return LeadLine(title, _value(row), of, note=f"{period}\n{row.get('definition') or ''}")


def _value(row: Row) -> str:
    """A figure in its unit: '79%', '3.52 points'; of the register how many there are."""
    if row["name"] == "register":
        return f"{row.get('n') or 0:,}"
    return value_in_words(row.get("value"), str(row.get("unit") or ""))
