"""The year-end roll-over: who moves up, into which class, and who leaves.

Nothing is changed here: a person sees the lines, changes what does not fit, and the proposal
made of them is written in one commit. Every child who stays on roll has a line.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from senreg.rules.belonging import same_school_year
from senreg.rules.dates import days_after, school_year_of, school_year_span
from senreg.rules.naming import list_name
from senreg.rules.order import natural
from senreg.rules.proposal import Add, Proposal, Set
from senreg.rules.reading import Reading, Row
from senreg.rules.roll import PREVIOUS, on_roll, roll_state
from senreg.rules.years import YEARS, next_year, year_rank, year_word

EARLY = 92
"""Days before the new school year; before that, nobody is moved up as a rule."""


@dataclass(frozen=True, slots=True)
class RollOverLine:
    """What is proposed for one child.

    Args:
        pupil: The pupil's id.
        name: 'Surname, Known-as'.
        from_year: The year group of the year that ends; empty where unknown.
        to_year: The one of the year that begins; the same where there is none after it.
        from_class: The class of the year that ends.
        to_class: The one of the year that begins; to be checked where `sure` is False.
        from_teacher: The key teacher's id in the year that ends.
        to_teacher: The one of the year that begins; empty where nobody is known.
        leaves: The child leaves at the end of the year.
        step: moves, stays (no year group to move to), done (shows the new year already) or
            starts (first day in the new year).
        sure: The class follows from its name; False asks for a look.
    """

    pupil: str
    name: str
    from_year: str
    to_year: str
    from_class: str
    to_class: str
    from_teacher: str
    to_teacher: str
    leaves: bool
    step: str
    sure: bool

    @property
    def words(self) -> str:
        """'Year 4, 4B to Year 5, 5B', 'Year 6, 6A: leaves'."""
        before = ", ".join(part for part in (year_word(self.from_year), self.from_class) if part)
        after = ", ".join(part for part in (year_word(self.to_year), self.to_class) if part)
        if self.leaves:
            return f"{before or 'No year group'}: leaves"
        if before == after:
            return f"{before or 'No year group'}: stays"
        return f"{before or 'No year group'} to {after or 'no class'}"


@dataclass(frozen=True, slots=True)
class RollOver:
    """The plan of a roll-over.

    Args:
        first: The first day of the school year that begins.
        ends: The school year that ends, such as '2025/26'.
        begins: The one that begins.
        top_year: The year group whose children are offered as leavers.
        lines: A line a child, by year group, class and name.
    """

    first: date
    ends: str
    begins: str
    top_year: str
    lines: tuple[RollOverLine, ...]

    def is_early(self, today: date) -> bool:
        """Whether the new year is so far away that nobody would move children up yet."""
        return (self.first - today).days > EARLY


def next_first(register: Reading, today: date) -> date:
    """The first day of the school year into which the children are to be moved up next.

    It is that of the coming one, unless most of those whose earlier years are known have not been
    moved into the present school year.
    """
    terms = register.all("terms")
    present = school_year_of(today, terms)
    first, last = school_year_span(present, terms)
    history = register.by("enrolments", "pupil")
    waiting = moved = 0
    for pupil in on_roll(register, today):
        years = {str(row.get("school_year") or "")[:4]: row for row in history.get(pupil["id"], ())}
        before = max((year for year in years if year < present[:4]), default="")
        if present[:4] in years:
            moved += 1
        elif before:
            same = years[before].get("year_group") == pupil.get("year_group")
            waiting, moved = waiting + same, moved + (not same)
    return first if waiting > moved else date.fromisoformat(days_after(last, 1))


def years_around(first: date, terms: Sequence[Row]) -> tuple[str, str]:
    """The school year that ends before a new one begins, and the new one: 2025/26, 2026/27.

    Args:
        first: The first day of the new year.
        terms: Rows of the table `terms`.
    """
    begins = school_year_of(first, terms)
    return school_year_of(days_after(school_year_span(begins)[0], -1)), begins


def roll_over(register: Reading, first: date, top_year: str | None = None) -> RollOver:
    """What moving up into a school year would mean for every child on roll.

    A child who shows the new year already (an enrolment of that year is there, or the year
    group is one above the enrolment of the year that ends) is not moved twice. One whose
    last day lies before the new year has no line.

    Args:
        register: The open register.
        first: The first day of the new school year, normally 1 September.
        top_year: The school's last year group; without it, the highest on roll.
    """
    last = days_after(first, -1)
    ends, begins = years_around(first, register.all("terms"))
    history = register.by("enrolments", "pupil")
    here = [row for row in register.all("pupils") if roll_state(row, first) != "left"]
    staying = [row for row in here if roll_state(row, last) == "here"]
    top = top_year or _highest(staying)
    teachers = _teachers(staying)
    lines = [
        _line(row, _Years(history.get(row["id"], ()), ends, begins, last), top, teachers)
        for row in here
    ]
    lines.sort(
        key=lambda line: (
            year_rank(line.from_year),
            natural(line.from_class),
            line.name.casefold(),
        )
    )
    return RollOver(first, ends, begins, top, tuple(lines))


def adjusted(line: RollOverLine, **changes: Any) -> RollOverLine:
    """The line with what a person chose instead: to_year, to_class, to_teacher or leaves."""
    return replace(line, **changes, sure=True)


def roll_over_proposal(plan: RollOver, register: Reading, left_on: date | None = None) -> Proposal:
    """What is written when a person agrees to the lines.

    The year that ends is kept as an enrolment where it was not yet; the pupil's own fields
    and a new enrolment show the year that begins; leavers get their last day.

    Args:
        plan: From `roll_over`, with its lines as the person left them.
        register: The open register.
        left_on: The last day of those who leave; without it, the day before the new year.
    """
    history = register.by("enrolments", "pupil")
    last_day = left_on.isoformat() if left_on else days_after(plan.first, -1)
    sets: list[Set] = []
    adds: list[Add] = []
    for line in plan.lines:
        years = _Years(history.get(line.pupil, ()), plan.ends, plan.begins, last_day)
        if line.step in ("moves", "stays") and years.ending is None:
            place = (line.from_year, line.from_class, line.from_teacher)
            adds.append(_enrolment(line.pupil, plan.ends, *place))
        if line.leaves:
            values = {"left": last_day, "enrolment_status": PREVIOUS}
            sets.append(Set("pupils", line.pupil, values))
            continue
        place = (line.to_year, line.to_class, line.to_teacher)
        if line.step in ("moves", "stays"):
            sets.append(Set("pupils", line.pupil, _values(*place)))
        if years.beginning is None:
            adds.append(_enrolment(line.pupil, plan.begins, *place))
    return Proposal(tuple(sets), tuple(adds))


def next_class(class_name: str, from_year: str, to_year: str) -> str | None:
    """The class a year up where its name begins with the year: 4B to 5B, Year 4 Oak to Year 5 Oak.

    None where the name does not follow from the year.
    """
    if not class_name or not from_year or not to_year:
        return None
    pattern = rf"((?:year|yr\.?|y)?\s*){re.escape(from_year)}(?![0-9])(.*)"
    found = re.fullmatch(pattern, class_name, re.IGNORECASE | re.DOTALL)
    if not found or (from_year.isalpha() and re.match("[^0-9_\\W]{2}", found[2])):
        return None
    return f"{found[1]}{to_year}{found[2]}"


class _Years:
    """What the history of one child says about the two school years."""

    def __init__(self, rows: Iterable[Row], ends: str, begins: str, last: str) -> None:
        self.last = last
        self.ending: Row | None = None
        self.beginning: Row | None = None
        for row in rows:
            if same_school_year(row.get("school_year"), ends):
                self.ending = row
            elif same_school_year(row.get("school_year"), begins):
                self.beginning = row


def _line(pupil: Row, years: _Years, top: str, teachers: Mapping[str, str]) -> RollOverLine:
    year, class_name = str(pupil.get("year_group") or ""), str(pupil.get("class_name") or "")
    teacher = str(pupil.get("key_teacher") or "")
    same = (year, year, class_name, class_name, teacher, teacher)
    name = list_name(pupil)
    if roll_state(pupil, years.last) == "joining":
        return RollOverLine(pupil["id"], name, *same, leaves=False, step="starts", sure=True)
    before = str((years.ending or {}).get("year_group") or "")
    if years.beginning is not None or (before and year == next_year(before)):
        return RollOverLine(pupil["id"], name, *same, leaves=False, step="done", sure=True)
    after = next_year(year)
    leaves = year in YEARS and bool(top) and year_rank(year) >= year_rank(top)
    if after is None:
        step = "stays"
        return RollOverLine(pupil["id"], name, *same, leaves=leaves, step=step, sure=True)
    suggested = next_class(class_name, year, after)
    to_class = suggested or class_name
    return RollOverLine(
        pupil=pupil["id"],
        name=name,
        from_year=year,
        to_year=after,
        from_class=class_name,
        to_class=to_class,
        from_teacher=teacher,
        to_teacher=teachers.get(to_class, "") if suggested else teacher,
        leaves=leaves,
        step="moves",
        sure=suggested is not None or not class_name,
    )


def _highest(pupils: Sequence[Row]) -> str:
    known = [str(row["year_group"]) for row in pupils if row.get("year_group") in YEARS]
    return max(known, key=year_rank, default="")


def _teachers(pupils: Sequence[Row]) -> dict[str, str]:
    """The key teacher most children of each class have today: who is likely to stay with it."""
    counts: dict[str, Counter[str]] = {}
    for row in pupils:
        if row.get("class_name") and row.get("key_teacher"):
            counts.setdefault(row["class_name"], Counter())[row["key_teacher"]] += 1
    return {name: count.most_common(1)[0][0] for name, count in counts.items()}


def _values(year: str, class_name: str, teacher: str) -> dict[str, str | None]:
    return {
        "year_group": year or None,
        "class_name": class_name or None,
        "key_teacher": teacher or None,
    }


def _enrolment(pupil: str, school_year: str, year: str, class_name: str, teacher: str) -> Add:
    given = {name: value for name, value in _values(year, class_name, teacher).items() if value}
    return Add("enrolments", {"pupil": pupil, "school_year": school_year, **given})
