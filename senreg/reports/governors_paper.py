"""SEN in figures for governors: no child can be told from it, and no member of staff is named.

Every count of children is told by the rule of `senreg.rules.small_numbers`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from senreg.errors import WrongUsage
from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Column,
    Document,
    Facts,
    Part,
    Table,
    Words,
    facts,
    points,
    section,
)
from senreg.reports.school_charts import gains, on_register_by, progress_with_and_without
from senreg.rules.dates import short_day
from senreg.rules.impact_rows import NO_COMPARISON, ImpactRow, impact_rows
from senreg.rules.measures import Asked as Measured
from senreg.rules.measures import Measure, measured, usual_start
from senreg.rules.measures.words import value_in_words
from senreg.rules.reading import Reading
from senreg.rules.roll import on_roll
from senreg.rules.small_numbers import LEAST, count_told, share_told, together, too_small
from senreg.rules.status import has_sen, status_look

FEWEST = 3
"""A number under which no figure would hide anybody."""


def governors_paper(register: Reading, asked: Asked) -> Document:
    """The figures on the day it is made. Raises WrongUsage for a least number under three."""
    least = asked.choices.least or LEAST
    if least < FEWEST:
        raise WrongUsage(
            f"Fewer than {FEWEST} would hide nobody.", do=f"Say at least {FEWEST}: --least {LEAST}"
        )
    today = asked.today
    months = Measured(usual_start("progress", today), today, today)
    lead = f"On {short_day(today)}; what has a period is of the twelve months until then."
    return Document(
        "Special educational needs: figures for governors",
        lead,
        (_promise(least), *_parts(register, asked, months, least)),
        "For governors. No child can be told from it.",
        10.5,
        look=(_beside_earlier(least),),
    )


def _beside_earlier(least: int) -> str:
    return (
        f"Numbers of fewer than {least} children are not told, nor what they could be worked out "
        "from. Laid beside an earlier paper they might be: read both."
    )


def _promise(least: int) -> Words:
    return Words(
        f"So that no child can be told from these figures, numbers of fewer than {least} children "
        "are not told, nor any figure from which one could be worked out. Such parts stand "
        "together under one name.",
        "small",
    )


def _parts(register: Reading, asked: Asked, months: Measured, least: int) -> Iterator[Part]:
    used: list[Measure] = []
    today = asked.today
    yield from section(
        "The SEN register",
        _register(register, today, least, used),
        on_register_by(register, "need", today, least),
        on_register_by(register, "year_group", today, least),
    )
    yield from section("Families", _families(register, months, least, used))
    yield from section(
        "Progress", progress_with_and_without(register, months, least), _gap(register, months, used)
    )
    yield from section("Attendance", _attendance(register, months, least, used))
    yield from section("Wider outcomes", _wider(register, months, least, used))
    yield from section("Provision", *_provision(register, asked, months, least, used))
    how = tuple(dict.fromkeys(each.definition for each in used))
    small = Words(NO_COMPARISON, "small")
    yield from section("How the figures are worked out", points(how), small)


def _register(register: Reading, today: date, least: int, used: list[Measure]) -> Facts | None:
    year = Measured(usual_start("register", today, register.all("terms")), today, today)
    answer = measured("register", register, year)
    used.append(answer)
    roll = len(on_roll(register, today))
    rows = [row for row in answer.rows if has_sen(row.by["code"])]
    total = sum(row.n for row in rows)
    parts = together([(status_look(row.by["code"]).word, row.n) for row in rows], least, "")
    came = sum(int(str(row.more["moved_on"])) for row in answer.rows)
    went = sum(int(str(row.more["moved_off"])) for row in answer.rows)
    return facts(
        ("On the SEN register", share_told(total, roll, least).words),
        *((name, count_told(count, least)) for name, count in parts if name),
        ("Came on to it this school year", count_told(came, least)),
        ("Went off it this school year", count_told(went, least)),
    )


def _families(register: Reading, months: Measured, least: int, used: list[Measure]) -> Facts | None:
    terms = register.all("terms")
    start = usual_start("participation", months.end, terms)
    answer = measured("participation", register, replace(months, start=start))
    used.append(answer)
    told = [
        ("Families met three times", share_told(int(str(row.more["full"])), row.n, least).words)
        for row in answer.rows
        if row.n
    ]
    said = measured("relationships", register, months)
    used.append(said)
    ratings = [row for row in said.rows if row.by["source"] == "school" and row.n]
    if ratings:
        last = ratings[-1]
        when = short_day(last.by["date"])
        told.append(("The school’s own rating", f"{value_in_words(last.value)} of 5, {when}"))
    surveys = [row for row in said.rows if row.by["source"] == "parents" and row.n]
    if surveys:
        last = surveys[-1]
        share = share_told(int(str(last.more["excellent"])), last.n, least).words
        name = clean_line(last.by["survey"])
        told.append(("Parents who say “excellent”", f"{share}{f', {name}' if name else ''}"))
    return facts(*told)


def _gap(register: Reading, months: Measured, used: list[Measure]) -> Words | None:
    """That the definition of progress is told, where it was used."""
    try:
        answer = measured("progress", register, replace(months, by="sen", subject="english"))
    except WrongUsage:
        return Words("Nothing says how much progress is expected.")
    used.append(answer)
    return None


def _attendance(
    register: Reading, months: Measured, least: int, used: list[Measure]
) -> Facts | None:
    answer = measured("absence", register, replace(months, by="sen"))
    used.append(answer)
    words = {"SEN": "with SEN", "no SEN": "without SEN"}
    return facts(
        *(
            (
                f"Persistently absent, {words[row.by['sen']]}",
                share_told(int(str(row.more["persistent"])), row.n, least).words,
            )
            for row in answer.rows
            if row.by.get("sen") in words
        )
    )


def _wider(register: Reading, months: Measured, least: int, used: list[Measure]) -> Facts | None:
    answer = measured("wider", register, months)
    used.append(answer)
    told = []
    for row in answer.rows:
        if row.n:
            taking = row.by["category"] == "participation"
            count = int(str(row.more["taking_part" if taking else "better"]))
            title = (
                "Take part in something" if taking else f"{row.by['category'].capitalize()}: better"
            )
            told.append((title, share_told(count, row.n, least).words))
    return facts(*told)


def _provision(
    register: Reading, asked: Asked, months: Measured, least: int, used: list[Measure]
) -> Iterator[Part | None]:
    rows = impact_rows(register, months.start, months.end, asked.today)
    running = {pupil for row in rows for pupil in row.running}
    cost = measured("cost", register, months)
    told = [("Children in a group today", count_told(len(running), least))]
    if asked.choices.costs:
        used.append(cost)
        known = [float(row.value) for row in cost.rows if row.value is not None]
        lacking = sum(row.unknown for row in cost.rows)
        words = value_in_words(sum(known), "£") if known else "not known"
        some = "; of some places the cost is not known" if lacking and known else ""
        told.append(("What it cost in twelve months", f"{words}{some}"))
    yield facts(*told)
    scored = [row for row in rows if row.n]
    enough = [row for row in scored if not too_small(len(set(row.behind)), least)]
    yield gains([replace(row, unknown=0) for row in enough])
    yield _impact(enough)
    if len(enough) < len(scored):
        yield Words(
            f"Interventions with scores of fewer than {least} children are not told here.", "small"
        )
    if scored:
        used.append(measured("impact", register, months))


def _impact(rows: list[ImpactRow]) -> Table | None:
    columns = (
        Column("Intervention", 5),
        Column("Measured by", 5),
        Column("Children with both scores", 3, figures=True),
        Column("Mean gain", 2, figures=True),
        Column("Months a month", 2, figures=True),
    )
    told = tuple(
        (
            clean_line(row.name),
            clean_line(row.measure),
            f"{row.n}",
            "" if row.gain is None else f"{row.gain:+.1f}",
            "" if row.ratio is None else f"{row.ratio:.1f}",
        )
        for row in rows
    )
    return Table(columns, told) if told else None
