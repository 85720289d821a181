"""The figures of a school year, kept with their definitions before leavers are erased."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.errors import WrongUsage
from senreg.rules.dates import school_year_of, school_year_span, terms_of_year
from senreg.rules.measures import Asked, Measure, MeasureRow, measured
from senreg.rules.measures.attainment import reached_by_year
from senreg.rules.measures.words import heading_of, more_in_words, shown_more

if TYPE_CHECKING:
    from senreg.register import Register, Row

_TABLE = "year_figures"
_KEPT = (
    ("register", ""), ("register", "need"), ("register", "year_group"), ("participation", ""),
    ("participation", "lead_role"), ("progress", ""), ("progress", "sen"),
    ("attainment", "year_group"), ("gap", ""),
    ("absence", ""), ("wider", ""), ("relationships", ""), ("impact", ""), ("cost", ""),
    ("responsibility", ""),
)  # fmt: skip
"""The measures that ask for nothing but a period, parted as the leadership screen parts them."""

_SAME = ("name", "school_year", "by")
_FIGURES = ("n", "unknown", "value", "unit", "definition", "further")


def freeze(
    register: Register,
    school_year: str,
    today: date,
    watch: Callable[[int, int], object] = lambda _done, _of: None,
) -> tuple[int, list[str]]:
    """Keep every figure of a school year that is not kept already as it is now: one commit.

    A figure that has changed since it was frozen is kept beside the earlier one, with its day.
    The year is counted to the last day of its summer term: those who leave with it are in it,
    whichever day of the holidays their school writes down.

    Args:
        register: Open for writing.
        school_year: Such as 2025/26.
        today: The day they are frozen on; of a year that goes on, also the last they count.
        watch: Told before each measure how many of how many are taken; what it raises ends the
            work with nothing kept.

    Returns:
        How many rows were written, and why some measures could not be taken.

    Raises:
        WrongUsage: It is no school year, or one that has not begun.
    """
    try:
        start, _ = school_year_span(school_year, register.all("terms"))
    except ValueError as wrong:
        raise WrongUsage(str(wrong)) from None
    if start > today:
        raise WrongUsage(f"The school year {school_year} has not begun.")
    end = terms_of_year(school_year, register.all("terms"))[-1].end
    known = _newest(register)
    rows: list[dict[str, Any]] = []
    left: list[str] = []
    for done, (name, part) in enumerate(_KEPT):
        watch(done, len(_KEPT))
        try:
            asked = Asked(start, min(end, today), today, by=part)
            for answer in _answers(name, register, asked):
                rows += [row for row in _rows(answer, school_year, today) if _is_new(row, known)]
        except WrongUsage as wrong:
            reason = f"{name}: {wrong.happened}"
            left += [] if reason in left else [reason]
    if rows:
        with register.commit("Freeze the figures of a year") as commit:
            for row in rows:
                commit.add(_TABLE, row)
    return len(rows), left


def _answers(name: str, register: Register, asked: Asked) -> Iterable[Measure]:
    """The measure; attainment for each value that the school wants reached."""
    if name == "attainment":
        return reached_by_year(register, asked)
    return (measured(name, register, asked),)


def _rows(answer: Measure, school_year: str, today: date) -> list[dict[str, Any]]:
    found = []
    for row in answer.rows:
        moved = row.more.get("moved_on") or row.more.get("moved_off")
        if not (row.n or row.unknown or moved):
            continue  # nobody was asked about: there is no figure to keep
        values = {
            "name": answer.name,
            "school_year": school_year,
            "start": answer.start.isoformat(),
            "end": answer.end.isoformat(),
            "by": ", ".join(f"{part} {value}" for part, value in row.by.items())[:500] or None,
            "n": row.n,
            "unknown": row.unknown,
            "value": None if row.value is None else float(row.value),
            "unit": row.unit,
            "further": "\n".join(_further(row)) or None,
            "definition": answer.definition,
            "frozen_on": today.isoformat(),
        }
        found.append({name: value for name, value in values.items() if value is not None})
    return found


def _further(row: MeasureRow) -> list[str]:
    """What a row tells beside its value, in words: 'ratio gain: 2.76', 'moved on: 3'."""
    return [f"{heading_of(name)}: {more_in_words(row, name)}" for name in shown_more((row,))]


def _newest(register: Register) -> dict[tuple[object, ...], tuple[object, ...]]:
    """The figures that were frozen last, by what they are of."""
    frozen = sorted(register.all(_TABLE), key=lambda row: str(row.get("frozen_on") or ""))
    return {
        tuple(row.get(name) for name in _SAME): tuple(row.get(name) for name in _FIGURES)
        for row in frozen
    }


def _is_new(row: dict[str, Any], known: dict[tuple[object, ...], tuple[object, ...]]) -> bool:
    of = tuple(row.get(name) for name in _SAME)
    return known.get(of) != tuple(row.get(name) for name in _FIGURES)


_COUNTED_ON = {
    "assessments": "date", "conversations": "held_on", "attendance": "end", "placements": "start",
    "wider_marks": "date",
}  # fmt: skip
"""By table of a child's records the day on which a year's figures count them."""


def years_unkept(register: Register, records: Iterable[Row], today: date) -> list[str]:
    """The school years that are over, count some of a child's records, and were never kept."""
    terms = register.all("terms")
    days = {row.get(_COUNTED_ON[row.table]) for row in records if row.table in _COUNTED_ON}
    kept = {row["school_year"] for row in register.all(_TABLE)}
    years = {school_year_of(str(day), terms) for day in days if day}
    return sorted(year for year in years - kept if year < school_year_of(today, terms))


def years_to_keep(register: Register, today: date) -> list[str]:
    """The school years whose figures may be kept, newest first.

    They are the present one, the one before, and each in which a child was assessed or a
    conversation held.
    """
    terms = register.all("terms")
    days = {today.isoformat(), today.replace(year=today.year - 1, day=1).isoformat()}
    for table, field in (("assessments", "date"), ("conversations", "held_on")):
        days |= {str(day) for day in register.by(table, field) if day}
    now = school_year_of(today, terms)
    return sorted(
        (year for year in {school_year_of(day, terms) for day in days} if year <= now), reverse=True
    )
