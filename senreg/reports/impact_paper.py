"""What each intervention gained in a period: for leaders, without the name of a child."""

from __future__ import annotations

from senreg.errors import WrongUsage
from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import Column, Document, Part, Table, Words, section
from senreg.reports.school_charts import gains
from senreg.rules.dates import short_day
from senreg.rules.impact_rows import NO_COMPARISON, ImpactRow, impact_rows
from senreg.rules.measures.delivered import HOLIDAYS
from senreg.rules.measures.provision import IMPACT
from senreg.rules.periods import Period, period_named, terms_so_far, year_so_far
from senreg.rules.reading import Reading

NOTHING_SCORED = (
    "No child has a score from before and after in these days yet: what was gained shows once the "
    "last scores are taken. Ask for an earlier term to see what groups that ended have gained."
)


def impact_paper(register: Reading, asked: Asked) -> Document:
    """The interventions of a term, or of the school year so far. Raises WrongUsage for no term."""
    period = period_of(register, asked)
    costs = asked.choices.costs
    rows = impact_rows(register, period.start, period.end, asked.today)
    ran = [row for row in rows if row.n or row.unknown or row.hours]
    lead = f"{short_day(period.start)} to {short_day(period.end)}, {period.name}."
    parts: tuple[Part, ...] = (Words("No intervention ran, or ended, in these days."),)
    if ran:
        told = [NO_COMPARISON, IMPACT]
        if any(not row.ranked for row in ran):
            told.append(
                "Where few children have both scores, chance weighs more than the help: such a "
                "gain is shown and has no place in an order."
            )
        if any(row.holidays for row in ran):
            told.append(HOLIDAYS)
        chart = gains(ran)
        parts = (
            *((chart,) if chart is not None else ()),
            *(() if any(row.n for row in ran) else (Words(NOTHING_SCORED),)),
            _table(ran, costs),
            *section("How to read this", Words("\n".join(told), "small")),
        )
    confidence = "For those who lead and fund provision. No child is named."
    return Document("Impact of interventions", lead, parts, confidence, 9.5, landscape=True)


def period_of(register: Reading, asked: Asked) -> Period:
    """The term that was asked for, or the school year so far. Raises WrongUsage for no term."""
    terms = register.all("terms")
    if not asked.choices.term:
        return year_so_far(asked.today)
    found = period_named(asked.choices.term, asked.today, terms)
    if found is None:
        names = ", ".join(each.name for each in terms_so_far(asked.today, terms)[:4])
        raise WrongUsage("No term of that name has begun.", do=f"The last terms are: {names}.")
    return found


def _table(rows: list[ImpactRow], costs: bool) -> Table:
    columns = [
        Column("Intervention", 5),
        Column("Measured by", 4),
        Column("Children with both scores", 2, figures=True),
        Column("Lacking a score", 2, figures=True),
        Column("Mean gain", 2, figures=True),
        Column("Least to most", 3, figures=True),
        Column("Months a month", 2, figures=True),
        Column("Targets met", 2, figures=True),
        Column("Hours", 2, figures=True),
    ]
    if costs:
        columns += [Column("£ in all", 2, figures=True), Column("£ a month gained", 2, True)]
    return Table(tuple(columns), tuple(_row(row, costs) for row in rows))


def _row(row: ImpactRow, costs: bool) -> tuple[str, ...]:
    told = (
        clean_line(row.name),
        clean_line(row.measure),
        str(row.n),
        str(row.unknown or ""),
        "" if row.gain is None else f"{row.gain:+.1f}",
        row.spread,
        "" if row.ratio is None else f"{row.ratio:.1f}",
        row.targets,
        _hours(row),
    )
    if not costs:
        return told
    return (*told, _pounds(row.cost) or "not known", _pounds(row.month))


def _hours(row: ImpactRow) -> str:
    """The hours, and how many of them are planned ones."""
    if not row.hours:
        return ""
    of_them = "planned" if row.planned == row.hours else f"{row.planned:.1f} of them planned"
    return f"{row.hours:.1f} ({of_them})" if row.planned else f"{row.hours:.1f}"


def _pounds(figure: float | None) -> str:
    return "" if figure is None else f"{figure:,.0f}"
