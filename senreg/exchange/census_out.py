"""The SEN part of the school census as a spreadsheet, with its check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.exchange.columns import Column
from senreg.exchange.spreadsheets_out import csv_file
from senreg.exchange.written import write_out
from senreg.rules.census import CensusLine, CensusQuery, census, census_check

if TYPE_CHECKING:
    from senreg.register import Register

HEADINGS = (
    "UPN", "Surname", "Forename", "DOB", "NCyearActual", "SENprovision", "SENtype 1",
    "SENtype 2", "SENunitIndicator", "ResourcedProvisionIndicator",
)  # fmt: skip
"""The department's own names of the items, as its extracts have them."""


def export_census(register: Register, path: Path, day: date) -> tuple[int, list[CensusQuery]]:
    """Write the SEN part of the census of a day: .csv, or .xlsx with its check on a second sheet.

    It is kept in the register that it was handed out.

    Returns:
        How many children are in it, and what the census would query of them.

    Raises:
        CannotWrite: The file cannot be written; an older one is as it was.
    """
    from senreg.export_log import SPREADSHEET, note

    lines, queries = census(register, day), census_check(register, day)
    rows = [_row(each) for each in lines]
    columns = [_column(heading) for heading in HEADINGS]
    if path.suffix.lower() == ".csv":
        write_out(path, csv_file(register, rows, columns))
    else:
        from senreg.exchange.workbook import workbook

        asked = [_query(each) for each in queries]
        sheets = [
            ("census", columns, rows),
            ("census_check", [_column("What is odd"), _column("What puts it right")], asked),
        ]
        write_out(path, [workbook(sheets)])
    note(register, SPREADSHEET, f"SEN part of the school census, {len(lines):,} pupils", path)
    return len(lines), queries


def _row(line: CensusLine) -> dict[str, Any]:
    pupil = line.pupil
    first, second = (*line.needs, "", "")[:2]
    born = pupil.get("dob")
    return dict(
        zip(
            HEADINGS,
            (
                pupil.get("upn") or "",
                pupil.get("surname") or "",
                pupil.get("forename") or "",
                date.fromisoformat(born) if born else None,
                pupil.get("year_group") or "",
                line.provision,
                first,
                second,
                "true" if line.sen_unit else "false",
                "true" if line.resourced else "false",
            ),
            strict=True,
        )
    )


def _query(query: CensusQuery) -> dict[str, Any]:
    return {"What is odd": query.finding.message, "What puts it right": query.remedy}


def _column(heading: str) -> Column:
    return Column(heading, lambda row: row.get(heading))
