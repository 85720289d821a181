"""What `show` says of a child's education, health and care plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from senreg.clock import today
from senreg.register import Register, Row
from senreg.rules.dates import shown_day
from senreg.rules.due import DUE_LOOK
from senreg.rules.naming import describe_record
from senreg.rules.statutory import BY_WORDS, StatutoryDate, dates_of_pupil


def statutory_lines(register: Register, pupil: Row) -> list[str]:
    """What the law sets a day for and is still to be done, each with its source."""
    return [
        _date(each)
        for each in dates_of_pupil(register, pupil, today())
        if each.state(today()) not in ("met", "over")
    ]


def plan_lines(register: Register, pupil: Row) -> Iterator[str]:
    """The assessments and amendments, then outcomes and provision as the plan has them."""
    for row in register.find("ehc_processes", pupil=pupil.id):
        bare = {name: value for name, value in row.items() if name != "pupil"}
        yield f"{describe_record(bare, register.get, row.table)}  [{row.id}]"
    for table in ("ehc_outcomes", "ehc_provisions"):
        yield from _demands(register.find(table, pupil=pupil.id))


def _demands(rows: Sequence[Row]) -> Iterator[str]:
    for row in rows:
        section = f"{row['section']}: " if row["section"] else ""
        much = f" ({row['quantity']})" if row["quantity"] else ""
        yield f"{section}{row['wording'] or ''}{much}"


def _date(each: StatutoryDate) -> str:
    state = each.state(today())
    by = "" if each.limit.by == "school" else f", by {BY_WORDS[each.limit.by]}"
    how = {"excepted": "Excepted", "settled": "Planned, latest day"}.get(state)
    how = how or DUE_LOOK[state].word
    return f"{how} {shown_day(each.day)}: {each.words}{by} ({each.limit.source})"
