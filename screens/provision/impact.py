"""Impact: what each intervention gained and cost, and slimming the map to those worth keeping."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.page import app_of
from screens.plain import plain, say
from screens.provision.hours import NO_TERMS
from screens.provision.panel import Panel
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.models.text import folded
from senreg.rules.dates import days_after, short_day
from senreg.rules.impact_rows import NO_COMPARISON, ImpactRow, Slimmed, impact_rows, slimmed
from senreg.rules.measures.delivered import FORMULA
from senreg.rules.naming import list_name
from senreg.rules.nouns import counted

EMPTY = (
    "Nothing has run in the last twelve months. g shows the groups: place children in them, give "
    "scores at both ends, and mark the sessions."
)
COSTS = (
    "Hours: of sessions marked; where none was, planned by the times of a group in term (plan: "
    f"all, part: of some groups). A pupil’s cost: {FORMULA}; Cost is not divided."
)
_YEAR = 365


class ImpactPanel(Panel):
    """The interventions of twelve months: n, gain, ratio, outcomes, targets, hours and cost."""

    NAME = "impact"
    TITLE = "Impact"
    FOOTER = ("open", "mark", "slim", "sort", "groups")

    def __init__(self) -> None:
        super().__init__(id="impact")
        self.told = Text(classes="told")
        self.judged: RecordList[ImpactRow] = RecordList(
            _columns(), sort="name", empty=EMPTY, sorter=_in_order, id="impact-list"
        )
        self.foot = Static(id="impact-foot", markup=False)
        self._known: tuple[tuple[int, date], list[ImpactRow]] | None = None

    def compose(self) -> ComposeResult:
        """What the list is of, the list, and what its figures do not say."""
        yield self.told
        yield self.judged
        yield self.foot

    @property
    def home(self) -> RecordList[ImpactRow]:
        """The list."""
        return self.judged

    @property
    def period(self) -> tuple[date, date]:
        """The twelve months to today."""
        now = today()
        return date.fromisoformat(days_after(now, -_YEAR)), now

    def refill(self) -> None:
        """Work the figures out again."""
        start, end = self.period
        self.judged.fill(self._rows(start, end))
        supposed = any(row.holidays for row in self.judged.rows)
        self.told.show(
            Span(f"  {short_day(start.isoformat())} to {short_day(end.isoformat())}  ", "strong"),
            Span(NO_TERMS.lstrip() + "  " if supposed else "", "warn"),
            Span("Space marks those to keep, k slims the map to them", "muted"),
        )
        self._tell()

    def _rows(self, start: date, end: date) -> list[ImpactRow]:
        """The figures; worked out where the register or the day is another."""
        of = (self.register.version, end)
        if self._known is None or self._known[0] != of:
            self._known = of, impact_rows(self.register, start, end, end)
        return self._known[1]

    @on(RecordList.Highlighted, "#impact-list")
    def _tell(self) -> None:
        row = self.judged.current
        if row is None:
            self.foot.update("")
            return
        words = [NO_COMPARISON, COSTS]
        if not row.ranked:
            words.insert(0, f"n {row.n} is too small to rank it.")
        about = (
            f"{row.name}: measured by {row.measure}." if row.measure else f"{row.name}: no measure."
        )
        if row.spread:
            about += f" Gains from {row.spread}."
        if row.planned and row.hours is not None:
            about += f" Of its {_told(row.hours)} hours {_told(row.planned)} are planned."
        self.foot.update(plain(" ".join([about, *words]), "$muted"))

    # Commands of the page

    def command_open(self) -> None:
        """The children behind the highlighted line."""
        row = self.judged.current
        if row is None:
            return
        from screens.dialogs.choose import ChooseDialog, Option

        register = self.register
        found = [
            (pupil, note)
            for pupils, note in ((row.behind, "both scores"), (row.running, "in it now"))
            for pupil in dict.fromkeys(pupils)
        ]
        options = [
            Option(f"{place}:{pupil}", list_name(known), note)
            for place, (pupil, note) in enumerate(found)
            if (known := register.get(pupil)) is not None
        ]
        self.app.push_screen(
            ChooseDialog(f"{row.name}: who is behind it", options, empty="Nobody, so far."),
            self._to_pupil,
        )

    @on(RecordList.Opened, "#impact-list")
    def _opened(self) -> None:
        self.command_open()

    def _to_pupil(self, chosen: str | None) -> None:
        row = self.register.get(chosen.partition(":")[2]) if chosen else None
        if row is not None:
            app_of(self).open_record(row)

    def command_mark(self) -> None:
        """Mark the highlighted intervention as one to keep."""
        self.judged.action_mark()

    def command_sort(self) -> None:
        """Choose the column to sort by."""
        from screens.dialogs.sorting import choose_order

        choose_order(self.app, self.judged)

    def command_slim(self) -> None:
        """Keep only the marked interventions, after seeing who would lose what."""
        from screens.provision.slimming import SlimPreview

        keep = set(self.judged.marks)
        if not keep:
            say(app_of(self), "Mark those to keep first, with Space or a click at the left edge.")
            return
        start, end = self.period
        would = slimmed(self.register, keep, start, end, end)
        if not would.dropped:
            say(app_of(self), "Everything in the catalogue is marked: there is nothing to drop.")
            return
        self.app.push_screen(
            SlimPreview(len(keep), would),
            lambda yes: self._slim(would) if yes else None,
        )

    def _slim(self, would: Slimmed) -> None:
        with self.register.commit("Slim the provision map") as commit:
            for row in would.dropped:
                commit.archive(row["id"])
        self.judged.unmark()
        self.refill()
        say(
            app_of(self), f"{counted('interventions', len(would.dropped))} put away. u brings back."
        )


def _columns() -> list[Column[ImpactRow]]:
    """Intervention, n, gain, ratio, outcomes, targets, hours, cost, a month gained."""

    def column(
        name: str, title: str, cell: Callable[[ImpactRow], Cell], width: int, rank: int = 0
    ) -> Column[ImpactRow]:
        most = 36 if name == "name" else 0
        order = _ORDERS.get(name)
        return Column(name, title, cell, order, width=width, most=most, rank=rank)

    return [
        column("name", "Intervention", lambda row: row.name, 22),
        column("n", "n", _n, 3),
        column("gain", "Gain", lambda row: _figure(row.gain), 6),
        column("ratio", "Ratio", _ratio, 7, 1),
        column("outcomes", "−2 … +2", _outcomes, 11, 4),
        column("targets", "Targets met", lambda row: row.targets, 11, 5),
        column("hours", "Hours", _hours, 9, 3),
        column("cost", "Cost", lambda row: _pounds(row.cost), 7),
        column("month", "A month", lambda row: _pounds(row.month), 7, 2),
        column("now", "Now", lambda row: str(len(row.running) or ""), 4, 6),
    ]


_ORDERS: dict[str, Callable[[ImpactRow], str | float]] = {
    "name": lambda row: folded(row.name),
    "n": lambda row: -row.n,
    "gain": lambda row: _down(row.gain),
    "ratio": lambda row: _down(row.ratio),
    "hours": lambda row: _down(row.hours),
    "cost": lambda row: _down(row.cost),
    "month": lambda row: row.month if row.month is not None else _LAST,
}
"""What the columns that can be sorted by are sorted by: the most first, unknown last."""

_JUDGING = ("gain", "ratio", "month")
"""Columns by which help is judged: what has too few children stands last, whatever its figure."""

_LAST = 1e9


def _n(row: ImpactRow) -> Cell:
    return str(row.n), "" if row.ranked else "warn"


def _ratio(row: ImpactRow) -> Cell:
    if row.ratio is None:
        return "", ""
    place = f" #{row.rank}" if row.rank else ""
    return f"{row.ratio:.1f}{place}", "strong" if row.rank else "muted"


def _outcomes(row: ImpactRow) -> Cell:
    if not any(row.outcomes):
        return "", ""
    return " ".join(str(each) for each in row.outcomes), ""


def _hours(row: ImpactRow) -> Cell:
    """The hours, and whether all or part of them are planned ones."""
    if not row.planned or row.hours is None:
        return _figure(row.hours)
    return f"{_told(row.hours)} {'part' if row.planned < row.hours else 'plan'}", "warn"


def _figure(value: float | None) -> Cell:
    return "–" if value is None else _told(value)


def _told(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _pounds(value: float | None) -> Cell:
    return "–" if value is None else f"£{value:,.0f}"


def _down(value: float | None) -> float:
    return -value if value is not None else _LAST


def _in_order(rows: list[ImpactRow], column: str, backwards: bool) -> list[ImpactRow]:
    if (order := _ORDERS.get(column)) is None:
        return rows
    found = sorted(rows, key=order, reverse=backwards)
    return sorted(found, key=lambda row: not row.ranked) if column in _JUDGING else found
