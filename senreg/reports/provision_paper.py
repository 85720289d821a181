"""The provision map on paper: of the school, of a class or of one child, with costs or without.

Its columns are those that advice services for families ask for: what, by whom, how long, how
often, in how large a group, what it is measured by and until when. Costs are those of the school
year so far, by the rule of `senreg.rules.measures.delivered`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import (
    Column,
    Document,
    Heading,
    Part,
    Points,
    Table,
    Words,
    section,
)
from senreg.rules.dates import school_year_of, school_year_span, short_day
from senreg.rules.group_times import Time, times_words
from senreg.rules.measures.delivered import FORMULA, HOLIDAYS, HOURS, Delivered, delivered
from senreg.rules.meeting import Held, clock, meetings, running
from senreg.rules.naming import group_name, pupil_name, staff_named
from senreg.rules.provision_map import Cell, ProvisionMap, provision_map, tier_words
from senreg.rules.reading import Reading, Row

THRESHOLD = 6000
"""Pounds a year for one child that the school meets first, where the school says nothing."""

NOT_A_TEST = (
    "This is information and not a test: no law makes help, or an assessment, depend on what was "
    "spent."
)
_UNKNOWN = "not known"


@dataclass(frozen=True, slots=True)
class _Run:
    """A group as it runs: its row, what it runs, and the places that are in the map."""

    group: Row
    intervention: Row
    held: tuple[Held, ...]
    all_in_it: int
    given: Delivered | None


def provision_paper(register: Reading, asked: Asked) -> Document:
    """The map of whom it was asked for.

    Raises:
        SenregError: No child on roll is in a class of that name.
    """
    runs = _runs(register, asked)
    costs = asked.choices.costs
    day = short_day(asked.today)
    if asked.pupil is not None:
        school = next(iter(register.all("school")), {})
        name = clean_line(pupil_name(asked.pupil))
        parts = tuple(_of_pupil(register, school, asked, runs))
        confidence = "Confidential: for those who plan with this child."
        return Document(f"Provision for {name}", f"On {day}.", parts, confidence, 10, True)
    if asked.class_name:
        table = _table(register, runs, costs, named=True)
        class_name = clean_line(asked.class_name)
        confidence = "Confidential: for the adults of this class."
        parts = (table or Words("No child of this class is in a group today."), *_told(runs, costs))
        return Document(f"Provision map: {class_name}", f"On {day}.", parts, confidence, 9.5, True)
    grid = provision_map(register, asked.today, "year")
    parts = (
        *section("Pupils and hours a week, by year group", _grid(grid)),
        *section("What runs", _table(register, runs, costs)),
        *_told(runs, costs),
    )
    lead = f"On {day}: {_counted(grid.total)}. Hours are child-hours a week."
    if not runs:
        parts = (Words("Nothing runs today."),)
    confidence = "For those who lead and fund provision."
    return Document("Provision map", lead, parts, confidence, 9.5, True)


def _runs(register: Reading, asked: Asked) -> list[_Run]:
    by_group: dict[str, list[Held]] = {}
    for held in running(register, asked.today):
        by_group.setdefault(held.group["id"], []).append(held)
    wanted = _wanted(register, asked)
    ours = {
        key: kept
        for key, every in by_group.items()
        if (kept := tuple(held for held in every if wanted is None or held.pupil["id"] in wanted))
    }
    first, _ = school_year_span(school_year_of(asked.today))
    given: dict[str, Delivered] = {}
    if asked.choices.costs:
        found = delivered(register, first.isoformat(), asked.today.isoformat(), ours)
        given = {each.group["id"]: each for each in found}
    runs = [
        _Run(held[0].group, held[0].intervention or {}, held, len(by_group[key]), given.get(key))
        for key, held in ours.items()
    ]
    return sorted(runs, key=lambda run: (_tier_rank(run), group_name(run.group, register.get)))


def _wanted(register: Reading, asked: Asked) -> set[str] | None:
    """The children it is about; None for all."""
    if asked.pupil is not None:
        return {asked.pupil["id"]}
    if not asked.class_name:
        return None
    from senreg.reports.class_sheet import members

    return {row["id"] for row in members(register, asked.class_name, asked.today)}


def _tier_rank(run: _Run) -> tuple[int, str]:
    from senreg.rules.provision_map import TIERS

    tier = str(run.intervention.get("tier") or "")
    order = list(TIERS)
    return (order.index(tier) if tier in order else len(order), tier)


def _table(
    register: Reading,
    runs: Sequence[_Run],
    costs: bool,
    *,
    named: bool = False,
    one_child: bool = False,
) -> Table | None:
    if not runs:
        return None
    columns = [Column("Provision", 4), Column("Tier", 2)]
    if named:
        columns.append(Column("Children", 4))
    columns += [Column("With", 3), Column("How long", 2), Column("How often", 3)]
    columns += [Column("In the group", 2, figures=True), Column("Measured by", 3)]
    columns.append(Column("Until", 2))
    if costs:
        columns.append(Column("£ a child", 2, figures=True))
    if costs and not one_child:
        columns.append(Column("£ for this class" if named else "£ in all", 2, figures=True))
    ours = named or one_child
    rows = tuple(
        _row(register, run, named=named) + (_costs(run, ours, one_child) if costs else ())
        for run in runs
    )
    total = costs and len(rows) > 1
    if total:
        known = _pounds(_sum(runs, ours))
        rows = (*rows, ("All that is known", *[""] * (len(columns) - 2), known))
    return Table(tuple(columns), rows, total)


def _row(register: Reading, run: _Run, *, named: bool) -> tuple[str, ...]:
    slots = register.by("slots", "group").get(run.group["id"], ())
    lengths = sorted({str(row["minutes"]) for row in slots if row.get("minutes")})
    length = " or ".join(lengths) or str(run.intervention.get("session_minutes") or "")
    adults = ", ".join(staff_named(each, register.get) for each in run.group.get("staff") or ())
    until = max((str(held.placement.get("end") or "") for held in run.held), default="")
    until = until or str(run.group.get("end") or "")
    cells = [clean_line(group_name(run.group, register.get)), _tier(run)]
    if named:
        cells.append(", ".join(clean_line(pupil_name(held.pupil)) for held in run.held))
    cells += [
        clean_line(adults),
        f"{length} minutes" if length else "",
        _often(slots, run.intervention),
        str(run.all_in_it),
        clean_line(str(run.intervention.get("measure") or "")),
        short_day(until) if until else "",
    ]
    return tuple(cells)


def _costs(run: _Run, ours: bool, one_child: bool) -> tuple[str, ...]:
    """What a child's place costs; beside it what those of the map cost, or the whole group."""
    a_child = _pounds(run.given.cost_a_pupil if run.given else None)
    return (a_child,) if one_child else (a_child, _pounds(_cost(run, ours)))


def _cost(run: _Run, ours: bool) -> float | None:
    """The cost of a group, or of the places of it that are in the map; None where not known."""
    if run.given is None:
        return None
    if not ours:
        return run.given.cost
    each = run.given.cost_a_pupil
    return None if each is None else each * len({held.pupil["id"] for held in run.held})


def _tier(run: _Run) -> str:
    tier = run.intervention.get("tier")
    return clean_line(tier_words(tier)) if tier else ""


def _often(slots: Sequence[Row], intervention: Row) -> str:
    met = sorted(meetings(slots), key=lambda each: each.start)
    times = [Time(each.weekday, clock(each.start)) for each in met]
    if times:
        return f"{len(times)} × a week: {times_words(times, short=True)}"
    a_week = intervention.get("sessions_per_week")
    return f"{a_week:g} × a week" if isinstance(a_week, int | float) else ""


def _sum(runs: Sequence[_Run], ours: bool) -> float | None:
    """The costs that are known: of the places in the map, or of whole groups."""
    known = [cost for run in runs if (cost := _cost(run, ours)) is not None]
    return sum(known) if known else None


def _pounds(figure: float | None) -> str:
    return _UNKNOWN if figure is None else f"{figure:,.0f}"


def _told(runs: Sequence[_Run], costs: bool) -> Iterator[Part]:
    """How the costs come about; nothing without costs."""
    if not costs or not runs:
        return
    told = [
        f"Costs are of this school year so far: {FORMULA}.",
        f"{HOURS}.",
        (
            "“Not known” stands where the role of an adult has no rate on the School screen, or a "
            "group neither times nor a marked session."
        ),
    ]
    if any(run.given and run.given.holidays for run in runs):
        told.append(HOLIDAYS)
    yield Words("\n".join(told), "small")


def _grid(grid: ProvisionMap) -> Table | None:
    if not grid.columns:
        return None
    columns = (
        Column("Tier", 4),
        *(Column(words, 2, figures=True) for _, words in grid.columns),
        Column("All", 2, figures=True),
    )
    codes = [code for code, _ in grid.columns]
    lines = [
        (
            clean_line(tier.label),
            *(_cell(tier.cells.get(code)) for code in codes),
            _cell(tier.total),
        )
        for tier in grid.tiers
        if tier.total.places
    ]
    lines.append(("All", *_cells(grid.totals, codes), _cell(grid.total)))
    return Table(columns, tuple(lines), total=True)


def _cells(cells: Mapping[str, Cell], codes: Sequence[str]) -> Iterator[str]:
    return (_cell(cells.get(code)) for code in codes)


def _cell(cell: Cell | None) -> str:
    """Pupils and hours: '12 · 4.5 h', with a plus where the length of some is not known."""
    if cell is None or not cell.places:
        return ""
    return f"{cell.pupils} · {cell.hours:.3g} h{' +' if cell.unknown else ''}"


def _counted(total: Cell) -> str:
    pupils = "1 pupil" if total.pupils == 1 else f"{total.pupils} pupils"
    unknown = f", and {total.unknown} places of unknown length" if total.unknown else ""
    hours = "1 hour" if total.hours == 1 else f"{total.hours:.3g} hours"
    return f"{pupils}, {hours} a week{unknown}"


def _of_pupil(register: Reading, school: Row, asked: Asked, runs: Sequence[_Run]) -> Iterator[Part]:
    from senreg.reports.pupil_page import pupil_page

    page = pupil_page(register, asked.child, asked.today)
    if page.helps:
        yield Heading("In class, every day")
        yield Points(page.helps)
    yield Heading("Beyond the class")
    costs = asked.choices.costs
    table = _table(register, runs, costs, one_child=True)
    yield table or Words("This child is in no group today.")
    if page.hours:
        yield Words(f"{page.hours} a week in all.")
    if costs and table:
        yield from _against_threshold(school, runs)
        yield from _told(runs, costs)


def _against_threshold(school: Row, runs: Sequence[_Run]) -> Iterator[Part]:
    known = _sum(runs, ours=True)
    if known is None:
        return
    threshold = school.get("notional_threshold") or THRESHOLD
    all_known = all(run.given and run.given.cost_a_pupil is not None for run in runs)
    lacking = "" if all_known else " (some costs are not known)"
    yield Words(
        f"£{known:,.0f} for this child this school year so far{lacking}; the school meets "
        f"£{threshold:,.0f} a year first. {NOT_A_TEST}"
    )
