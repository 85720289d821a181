"""Persistent absence by the definition of its year, beside the period before.

Definitions: to 2009/10 about a fifth (64 sessions of a year, 52 of two terms); 2010/11 to 2014/15
about 15 per cent (56 sessions of a year, 46 of five half terms, 38 of two terms); from 2015/16 a
tenth or more of the pupil's own possible sessions (DfE, A guide to absence statistics, 3.2.1 to
3.2.3). The school may set its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from senreg.rules.dates import school_year_of
from senreg.rules.measures.asked import (
    Asked,
    Measure,
    MeasureRow,
    parted,
    share,
    twelve_months_to,
)
from senreg.rules.measures.parts import Parts, refuse_other_parts
from senreg.rules.measures.who import ROLL, on_roll
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading, Row

_SHARE, _SESSIONS = "share", "sessions"
_OLD = {"year": 64.0, "two_terms": 52.0}
_MIDDLE = {"year": 56.0, "five": 46.0, "two_terms": 38.0}


class Threshold(NamedTuple):
    """From what on absence is persistent.

    Args:
        kind: share, of the pupil's own possible sessions; or sessions missed.
        value: Such as 0.1, or 46 sessions.
        source: Who says so.
    """

    kind: str
    value: float
    source: str

    @property
    def words(self) -> str:
        """'10% or more of own possible sessions', '46 sessions or more'."""
        if self.kind == _SHARE:
            return f"{self.value * 100:g}% or more of the pupil's own possible sessions"
        return f"{self.value:g} sessions or more"

    def is_met(self, missed: int, possible: int) -> bool:
        """Whether absence is persistent."""
        return (
            missed >= self.value * possible - 1e-9 if self.kind == _SHARE else missed >= self.value
        )


def threshold_for(school: Row, start: date, end: date) -> Threshold:
    """The definition for a period: the school's own, else that of the school year of its end.

    Args:
        school: The school's record.
        start: The first day of the period.
        end: The last day.
    """
    kind, value = school.get("absence_kind"), school.get("absence_value")
    if kind in (_SHARE, _SESSIONS) and value:
        return Threshold(str(kind), float(value), "the school's own")
    first = int(school_year_of(end)[:4])
    if first >= 2015:
        return Threshold(_SHARE, 0.1, "from 2015/16 on")
    sessions, fifth, source = (
        (_OLD, 0.2, "to 2009/10") if first < 2010 else (_MIDDLE, 0.15, "2010/11 to 2014/15")
    )
    length = _length(start, end)
    if length in sessions:
        return Threshold(_SESSIONS, sessions[length], source)
    return Threshold(_SHARE, fifth, source)


def _length(start: date, end: date) -> str:
    """What part of a school year a period is: year, five (half terms), two_terms, or other."""
    first = int(school_year_of(end)[:4])
    if start.year != first or start.month not in (8, 9):  # some autumn terms begin in August
        return "other"
    if end.month in (7, 8):
        return "year"
    if end.month in (5, 6):
        return "five"
    return "two_terms" if end.month in (3, 4) else "other"


def absence(register: Reading, asked: Asked) -> Measure:
    """The measure `absence`, with the relative change against the period before."""
    refuse_other_parts(asked)
    parts = Parts(register, asked.today)
    school = next(iter(register.all("school")), {})
    now = threshold_for(school, asked.start, asked.end)
    pupils = on_roll(register, asked.end)
    tallies = tallies_in(register, asked.first, asked.last)
    earlier = _before(asked)
    then = threshold_for(school, *earlier)
    before = tallies_in(register, earlier[0].isoformat(), earlier[1].isoformat())
    rows = []
    days = _last_days(register, asked) if asked.by else {}
    for part, members in parted(
        pupils,
        lambda pupil: (
            parts.of(pupil, asked.by, days.get(pupil["id"], asked.end)) if asked.by else ""
        ),
    ) or [("", [])]:
        known = [each["id"] for each in members if each["id"] in tallies]
        over = [each for each in known if now.is_met(*tallies[each])]
        value = share(len(over), len(known))
        more: dict[str, object] = {
            "persistent": len(over),
            "threshold": {"kind": now.kind, "value": now.value, "source": now.source},
        }
        if now[:2] == then[:2]:
            more |= _against(value, [before[e["id"]] for e in members if e["id"] in before], then)
        missing = tuple(each["id"] for each in members if each["id"] not in tallies)
        said = {each: absent_in_words(*tallies[each]) for each in over}
        rows.append(
            MeasureRow(
                {asked.by: str(part)} if asked.by and members else {},
                len(known), len(missing), value, "share", dict(more), tuple(over), missing,
                said=said,
            )
        )  # fmt: skip
    definition = (
        "Of pupils on roll on the last day with attendance in the period, the share whose "
        f"(authorised + unauthorised) ÷ possible sessions meet the threshold: {now.words} "
        f"({now.source}). Overlapping periods of attendance are never added: such a pupil is "
        "unknown. Attendance that reaches out of the period is left out. Class, status and so on "
        "are those of the last day of a pupil's attendance in it. The change is against the "
        "same days a year earlier, where the threshold is the same."
    )
    return Measure("absence", definition, asked.start, asked.end, tuple(rows), whom=ROLL)


def _last_days(register: Reading, asked: Asked) -> dict[str, date]:
    """By pupil the last day of the attendance that lies within the period."""
    found: dict[str, str] = {}
    for row in register.all("attendance"):
        if _lies_within(row, asked.first, asked.last):
            pupil = str(row.get("pupil"))
            found[pupil] = max(found.get(pupil, ""), str(row["end"]))
    return {pupil: date.fromisoformat(day) for pupil, day in found.items()}


def tallies_in(register: Reading, first: str, last: str) -> dict[str, tuple[int, int]]:
    """Sessions missed and possible of each pupil, from records that lie within the period.

    Pupils are left out whose records overlap, or lack a figure, or hold no possible session.
    """
    periods: dict[str, list[Row]] = {}
    for row in register.all("attendance"):
        if _lies_within(row, first, last):
            periods.setdefault(str(row.get("pupil")), []).append(row)
    tallies = ((pupil, _tally(rows)) for pupil, rows in periods.items())
    return {pupil: tally for pupil, tally in tallies if tally is not None}


def absent_in_words(missed: int, possible: int) -> str:
    """'23 of 190 sessions missed, 12%'."""
    return f"{missed} of {possible} sessions missed, {value_in_words(missed / possible, 'share')}"


def tally_in(rows: Iterable[Row], first: str, last: str) -> tuple[int, int] | None:
    """The same of one pupil's rows of `attendance`; None where it cannot be told."""
    return _tally([row for row in rows if _lies_within(row, first, last)])


def _lies_within(row: Row, first: str, last: str) -> bool:
    start, end = row.get("start"), row.get("end")
    return bool(start and end and first <= start and end <= last)


def _tally(rows: list[Row]) -> tuple[int, int] | None:
    rows.sort(key=lambda row: str(row["start"]))
    missed = possible = 0
    reached = ""
    for row in rows:
        figures = [row.get(name) for name in ("possible", "authorised", "unauthorised")]
        if any(each is None for each in figures) or row["start"] <= reached:
            return None
        reached = row["end"]
        possible += figures[0] or 0
        missed += (figures[1] or 0) + (figures[2] or 0)
    return (missed, possible) if possible > 0 else None


def _before(asked: Asked) -> tuple[date, date]:
    """The same days a year earlier."""
    return twelve_months_to(asked.start), twelve_months_to(asked.end)


def _against(
    value: float | None, before: Sequence[tuple[int, int]], threshold: Threshold
) -> dict[str, object]:
    earlier = share(sum(threshold.is_met(*each) for each in before), len(before))
    if earlier is None:
        return {}
    change = (value - earlier) / earlier if value is not None and earlier else None
    return {"before": earlier, "n_before": len(before), "relative_change": change}
