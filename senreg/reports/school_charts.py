"""Charts of the whole school, for those who lead and govern it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from senreg.errors import WrongUsage
from senreg.models.text import clean_line
from senreg.reports.document.charts import Bar, Bars, Manner
from senreg.rules.impact_rows import ImpactRow
from senreg.rules.leadership import SUBJECTS
from senreg.rules.measures import Asked, measured
from senreg.rules.needs import need_word
from senreg.rules.reading import Reading
from senreg.rules.small_numbers import count_told, share_told, together, too_small
from senreg.rules.years import year_word

ALL = 1
"""With so few as least, every number is told."""

_Counts = Sequence[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _Part:
    """How a chart speaks of the parts of the register.

    Args:
        others: Those together that are too small to be told.
        none: The part of which nothing is recorded.
        several: What is said where one has most, and where two have.
        one: What is said before the one that there is.
        alike: The same where many have most.
        hidden: The same where the one with most may not be told.
    """

    others: str
    none: str
    several: tuple[str, str]
    one: str
    alike: str
    hidden: str


_PARTS = {
    "need": _Part(
        "Other needs together",
        "No primary need",
        ("{} is most often the primary need", "{} and {} are most often the primary need"),
        "all with the same primary need",
        "no primary need stands out",
        "which primary need is most frequent cannot be told",
    ),
    "year_group": _Part(
        "Other years together",
        "No year group",
        (
            "{} has the most children on the SEN register",
            "{} and {} have the most children on the SEN register",
        ),
        "all in one year group",
        "no year group has the most",
        "which year group has the most cannot be told",
    ),
}


def on_register_by(register: Reading, part: str, today: date, least: int = ALL) -> Bars | None:
    """The children on the SEN register by `need` or `year_group`; None where nobody is on it.

    Args:
        register: The register.
        part: By what.
        today: The day.
        least: Fewer children than these are not told of.
    """
    how = _PARTS[part]
    word = need_word if part == "need" else year_word
    rows = measured("register", register, Asked(today, today, today, by=part)).rows
    counts = [
        (how.none if row.by[part] == "none" else word(row.by[part]) or row.by[part], row.n)
        for row in rows
    ]
    total = sum(count for _, count in counts)
    if not total:
        return None
    if part == "need":
        counts.sort(key=lambda pair: -pair[1])
    told = together(counts, least, how.others)
    bars = tuple(
        Bar(name, None if too_small(count, least) else count, count_told(count, least))
        for name, count in told
    )
    title = _most(counts, told, how, least)
    return Bars(title, f"n {count_told(total, least)}, on roll and on the register today.", bars)


_FEW = 2
"""Of more than these that are alike, none is named as the first."""


def _most(counts: _Counts, told: _Counts, part: _Part, least: int) -> str:
    """What the register is made of, as far as it may be told: 'Year 6 has the most …: 15 of 51'.

    Args:
        counts: Every part and its count.
        told: Those that may be told, the others together.
        part: How the parts are spoken of.
        least: Fewer children than these are not told of.
    """
    total, most = sum(count for _, count in counts), max(count for _, count in counts)
    people = "1 child" if total == 1 else f"{count_told(total, least)} children".capitalize()
    first = [pair for pair in counts if pair[1] == most]
    if not all(pair in told for pair in first):
        return f"{people} on the SEN register; {part.hidden}"
    names = [name for name, _ in first]
    if part.none in names:
        return f"{part.none} is recorded for {most} of the {people} on the SEN register"
    if len(told) == 1:
        return f"{people} on the SEN register, {part.one}: {names[0]}"
    if len(names) > _FEW:
        return f"{people} on the SEN register; {part.alike}"
    each = " each" if len(names) > 1 else ""
    return f"{part.several[len(names) - 1].format(*names)}: {most}{each} of {total}"


def progress_with_and_without(register: Reading, asked: Asked, least: int = ALL) -> Bars | None:
    """Who made at least the progress expected, with SEN and without; None where nobody can say.

    Args:
        register: The register.
        asked: The period.
        least: Fewer children than these are not told of.
    """
    bars: list[Bar] = []
    finding = ""
    for subject in SUBJECTS:
        try:
            rows = measured("progress", register, _by_sen(asked, subject)).rows
        except WrongUsage:
            continue
        shares = {}
        parts: tuple[tuple[str, str, Manner], ...] = (
            ("SEN", "with SEN", 1),
            ("no SEN", "without", 0),
        )
        for code, words, manner in parts:
            row = next((row for row in rows if row.by.get("sen") == code), None)
            if row is None or not row.n:
                continue
            told = share_told(round(float(row.value or 0) * row.n), row.n, least)
            shares[code] = told.value
            bars.append(Bar(f"{subject.capitalize()}, {words}", told.value, told.words, manner))
        finding = finding or _finding(subject, shares)
    if not bars:
        return None
    return Bars(
        finding or "Too few results may be told to set children with SEN beside those without",
        "Children who made the progress the school expects, of those with two results two terms "
        "apart or more in twelve months, by whether they had SEN when last assessed. Hatched: with "
        "SEN.",
        tuple(bars),
        full=1.0,
    )


def _finding(subject: str, shares: dict[str, float | None]) -> str:
    sen, without = shares.get("SEN"), shares.get("no SEN")
    if sen is None or without is None:
        return ""
    return (
        f"In {subject.capitalize()} {sen * 100:.0f}% of children with SEN made at least the "
        f"progress expected, and {without * 100:.0f}% of those without"
    )


def _by_sen(asked: Asked, subject: str) -> Asked:
    return Asked(asked.start, asked.end, asked.today, by="sen", subject=subject)


def gains(rows: Sequence[ImpactRow]) -> Bars | None:
    """Months gained a month of each intervention whose measure is an age; None for none.

    What is measured otherwise has no figure that can be laid beside another's.
    """
    told = [row for row in rows if row.ratio is not None]
    told.sort(key=lambda row: (not row.ranked, -(row.ratio or 0)))
    ranked = [row for row in told if row.ranked]
    if not told:
        return None
    title = "No intervention has enough scores to be laid beside another"
    if ranked:
        best, most = ranked[0], "gained most: " if len(ranked) > 1 else "gained "
        title = f"{clean_line(best.name)} {most}{best.ratio:.1f} months a month"
    bars = tuple(
        Bar(
            row.name,
            row.ratio,
            f"{row.ratio:.1f} (n {row.n}{f', {row.unknown} unknown' if row.unknown else ''})",
            0 if row.ranked else 1,
        )
        for row in told
    )
    few = "; hatched: too few to be ranked" if len(ranked) < len(told) else ""
    children = "children with both scores"
    of = f"Months gained for a month between the scores. n is {children}{few}."
    return Bars(title, of, bars, (1.0, "1: as much as the time that passed"))
