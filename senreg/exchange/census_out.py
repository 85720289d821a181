"""The SEN part of the school census as a spreadsheet, with its check."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.clock import today
from senreg.exchange.columns import Column
from senreg.exchange.reading_sheet import AboutWorkbook
from senreg.exchange.spreadsheets_out import csv_file
from senreg.exchange.written import write_out
from senreg.rules.census import CensusLine, CensusQuery, census, census_check
from senreg.rules.dates import short_day
from senreg.rules.out_of_date import delete_after

if TYPE_CHECKING:
    from senreg.register import Register

HEADINGS = (
    "UPN", "Surname", "Forename", "DOB", "NCyearActual", "SENprovision", "SENtype 1",
    "SENtype 2", "SENunitIndicator", "ResourcedProvisionIndicator",
)  # fmt: skip
"""The department's own names of the items, as its extracts have them."""

_MEANINGS = {
    "UPN": "Unique pupil number.",
    "DOB": "Date of birth.",
    "NCyearActual": "Year group in which the pupil is taught.",
    "SENprovision": "N no SEN (monitored pupils too), K SEN support, E EHC plan, on that day.",
    "SENtype 1": "Primary type of need, by the department's code.",
    "SENtype 2": "Secondary type of need.",
    "SENunitIndicator": "true where the pupil has a place in an SEN unit.",
    "ResourcedProvisionIndicator": "true where the pupil has a place in resourced provision.",
    "What is odd": "What the department's check of the census would query.",
    "What puts it right": "What to change, and where.",
}


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
        write_out(path, [workbook(sheets, _about(register, day))])
    what = f"SEN part of the school census, {len(lines):,} pupils"
    note(register, SPREADSHEET, what, path, delete_after=delete_after(register, today()))
    return len(lines), queries


def _about(register: Register, day: date) -> AboutWorkbook:
    made_on = today()
    return AboutWorkbook(
        f"The SEN part of the school census of {short_day(day)}",
        made_on,
        delete_after(register, made_on),
        "Pupils who were not on roll that day.",
        meanings=_MEANINGS,
    )


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
