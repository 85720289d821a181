"""A transfer file as a sheet: the rows that an import of pupils reads, and what goes with them."""

from __future__ import annotations

from datetime import date

from senreg.clock import today
from senreg.errors import Unreadable
from senreg.exchange.belongings import Belonging
from senreg.exchange.ctf.pupils import TransferPupil, YearOfAttendance
from senreg.exchange.ctf.reading import NEWEST, OLDEST, Transfer
from senreg.exchange.grid import LONGEST_CELL, Grid, GridRow
from senreg.rules.dates import school_year_of, school_year_span

HEADINGS = (
    "UPN", "Surname", "Forename", "Known as", "Date of birth", "Sex", "Year group",
    "Enrolment status", "Ethnicity", "First language", "Service child", "Looked after",
    "Free school meals", "Previous school", "SEN status", "SEN status from",
    "Surname in use", "Middle names", "Former surname", "Former forename", "Former UPN",
    "Schools before",
)  # fmt: skip
"""Those that are no field of a pupil are kept as a note, as in any file."""

_PARTS_NAMED = 12


def sheet_of(transfer: Transfer, name: str) -> Grid:
    """The sheet: a row of headings, then a row a child; columns nobody has a word in are left out.

    Raises:
        Unreadable: There are no children in it.
    """
    if not transfer.pupils:
        raise Unreadable(
            f"{name} is a transfer file with no children in it.",
            do="Ask for one that names the children.",
        )
    seen_on = _day_of(transfer)
    cells = [_cells(each, seen_on) for each in transfer.pupils]
    headings = [each for each in HEADINGS if any(row.get(each) for row in cells)]
    grid = Grid([GridRow(1, headings)], ragged=False)
    offset = _offset(transfer)
    for number, (pupil, row) in enumerate(zip(transfer.pupils, cells, strict=True), 2):
        texts = [row.get(each, "") for each in headings]
        grid.rows.append(GridRow(number, texts, _problem(texts)))
        grid.belongings[number] = tuple(_belongings(pupil, seen_on, offset))
    doubts = _doubts(transfer, offset, seen_on)
    grid.remarks, grid.look = (*doubts, *_passed_over(transfer)), bool(doubts)
    return grid


def _day_of(transfer: Transfer) -> date:
    """The day on which the file was true: when it was made, and not later than today."""
    day = date.fromisoformat(transfer.made_on) if transfer.made_on else today()
    return min(day, today())


def _cells(pupil: TransferPupil, seen_on: date) -> dict[str, str]:
    cells = dict(pupil.cells)
    cells["SEN status"], cells["SEN status from"] = pupil.sen.code, pupil.sen.since
    if pupil.has_meals:
        day = seen_on.isoformat()
        now = any(
            each.values["start"] <= day <= each.values.get("end", "9") for each in pupil.meals
        )
        cells["Free school meals"] = "yes" if now else "no"
    return cells


def _problem(texts: list[str]) -> str:
    if any(len(each) > LONGEST_CELL for each in texts):
        return f"One of its parts is longer than {LONGEST_CELL:,} characters."
    if any("\ufffd" in each for each in texts):
        return "It has letters that this file's encoding does not explain."
    return ""


def _belongings(pupil: TransferPupil, seen_on: date, offset: int | None) -> list[Belonging]:
    years = [_attended(each, seen_on, offset) for each in pupil.attendance]
    return [
        *pupil.sen.ended,
        *pupil.sen.needs,
        *pupil.meals,
        *pupil.contacts,
        *(each for each in years if each is not None),
    ]


def _attended(year: YearOfAttendance, seen_on: date, offset: int | None) -> Belonging | None:
    """A year's sessions as one stretch, up to the day of the file; None where it is unclear."""
    if year.start:
        school_year = school_year_of(date.fromisoformat(year.start))
    elif year.year and offset is not None and 1990 < year.year < 2100:
        school_year = school_year_of(date(year.year - offset, 9, 1))
    else:
        return None
    if year.possible is None:
        return None
    first, last = school_year_span(school_year)
    start = year.start or first.isoformat()
    end = min(last, seen_on).isoformat()
    if start > end:
        return None
    values = {
        "start": start,
        "end": end,
        "possible": year.possible,
        "authorised": year.authorised,
        "unauthorised": year.unauthorised,
    }
    return Belonging("attendance", {key: each for key, each in values.items() if each is not None})


def _offset(transfer: Transfer) -> int | None:
    """0 where the file names a school year by the year in which it begins, 1 by that of its end.

    Writers differ, so the header's own year is held against the day the file was made; None
    where that cannot tell.
    """
    if transfer.school_year is None or not transfer.made_on:
        return None
    begins = school_year_span(school_year_of(date.fromisoformat(transfer.made_on)))[0].year
    offset = transfer.school_year - begins
    return offset if offset in (0, 1) else None


def _doubts(transfer: Transfer, offset: int | None, seen_on: date) -> list[str]:
    """What a person should look at, for something of it may be missing."""
    remarks = []
    number = transfer.version.partition(".")[0]
    if transfer.version and not (number.isdigit() and OLDEST <= int(number) <= NEWEST):
        remarks.append(
            f"It is of version {transfer.version[:20]}, where {OLDEST} to {NEWEST} are known: "
            "look whether anything is missing."
        )
    years = [each for pupil in transfer.pupils for each in pupil.attendance]
    if offset is None and any(not each.start for each in years):
        remarks.append("Which school year its attendance is of is not clear: it is left out.")
    told = [each for each in years if each.start or offset is not None]
    lost = sum(_attended(each, seen_on, offset) is None for each in told)
    if lost:
        remarks.append(
            f"Attendance is left out for want of possible sessions, or because it begins after "
            f"the day the file was made: {lost:,} of {len(told):,} school years."
        )
    return remarks


def _passed_over(transfer: Transfer) -> list[str]:
    """The parts for which there is no place, the most frequent first."""
    if not transfer.passed_over:
        return []
    parts = [f"{name[:40]} ({n:,})" for name, n in transfer.passed_over.most_common(_PARTS_NAMED)]
    more = len(transfer.passed_over) - len(parts)
    rest = f" and {more} more." if more > 0 else "."
    return [f"Passed over, for senreg keeps nothing of the kind: {', '.join(parts)}{rest}"]
