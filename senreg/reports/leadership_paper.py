"""The figures for those who lead the school, each with its n and how it is worked out."""

from __future__ import annotations

from collections.abc import Iterator

from senreg.models.text import clean, clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.charts import Bars
from senreg.reports.document.parts import Column, Document, Part, Table, Words, points, section
from senreg.reports.school_charts import gains, on_register_by, progress_with_and_without
from senreg.rules.dates import short_day
from senreg.rules.figures import Figure
from senreg.rules.impact_rows import NO_COMPARISON, impact_rows
from senreg.rules.leadership import SECTIONS, Leadership, leadership
from senreg.rules.measures import Asked as Measured
from senreg.rules.reading import Reading

_IN_CHARTS = ("need", "year_group")
"""Sections whose figures are bars: told once, in the chart."""

_COLUMNS = (
    Column("Figure", 5),
    Column("Value", 2, figures=True),
    Column("Of what, and of how many", 7),
)


def leadership_paper(register: Reading, asked: Asked) -> Document:
    """Every figure of the leadership screen on the day it is made."""
    told = leadership(register, asked.today)
    (start, end), (year_ago, _) = told.year, told.twelve_months
    lead = (
        f"On {short_day(end)}. Conversations and movement since {short_day(start)}; progress, "
        f"attendance, provision since {short_day(year_ago)}."
    )
    return Document(
        "Figures for leadership",
        lead,
        tuple(_parts(register, asked, told)),
        "For those who lead the school. No child is named; small numbers are told.",
        10,
        look=("Small numbers are in it, and staff by name: the governors’ paper has neither.",),
    )


def _parts(register: Reading, asked: Asked, told: Leadership) -> Iterator[Part]:
    charts = _charts(register, asked, told)
    for code, title in SECTIONS.items():
        figures = [each for each in told.figures if each.section == code]
        table = _table(figures) if figures and code not in _IN_CHARTS else None
        yield from section(title, *charts.get(code, ()), table)
    how = {_definition(each): SECTIONS[each.section] for each in reversed(told.figures)}
    how.pop("", None)
    lines = tuple(f"{title}: {words}" for words, title in reversed(how.items()))
    small = Words(NO_COMPARISON, "small")
    yield from section("How the figures are worked out", points(lines), small)


def _charts(register: Reading, asked: Asked, told: Leadership) -> dict[str, tuple[Bars, ...]]:
    """By section, what is drawn in it."""
    start, end = told.twelve_months
    found = {
        "need": on_register_by(register, "need", asked.today),
        "year_group": on_register_by(register, "year_group", asked.today),
        "progress": progress_with_and_without(register, Measured(start, end, asked.today)),
        "provision": gains(impact_rows(register, start, end, asked.today)),
    }
    return {code: (chart,) for code, chart in found.items() if chart is not None}


def _table(figures: list[Figure]) -> Table:
    rows = tuple((clean_line(each.title), each.value, clean_line(each.of)) for each in figures)
    return Table(_COLUMNS, rows)


def _definition(figure: Figure) -> str:
    """The last line of what is said of a figure; lines before it are of that figure alone."""
    return clean(figure.note).rpartition("\n")[2]
