"""Hours: what was planned beside what was given, by intervention and group, and its cost."""

from __future__ import annotations

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from screens.page import app_of
from screens.plain import plain
from screens.provision.panel import Panel
from screens.widgets.columns import Cell, Column
from screens.widgets.record_list import RecordList
from screens.widgets.section_list import Section, SectionList
from screens.widgets.spans import Span, Text
from senreg.clock import today
from senreg.rules.dates import short_day
from senreg.rules.hours_given import GivenRow, GivenTotal, hours_given, year_so_far
from senreg.rules.measures.delivered import FORMULA

EMPTY = (
    "No group has had a child in it this school year. g shows the groups: place children in them."
)
FOOT = (
    "Planned: by its times, in term. Given: as marked; – none, cost as planned. "
    f"A pupil: {FORMULA}; Cost is not divided."
)
NO_TERMS = "   Terms not recorded: planned counts holidays"
_SHORT_OF = 0.8
"""Given of planned below which a group stands out."""


class HoursPanel(Panel):
    """The groups of the school year so far, under what they run."""

    NAME = "hours"
    TITLE = "Hours"
    FOOTER = ("open", "groups", "impact")

    def __init__(self) -> None:
        super().__init__(id="hours")
        self.told = Text(classes="told")
        self.given: SectionList[GivenRow] = SectionList(
            _columns(), headed=True, empty=EMPTY, id="hours-list"
        )
        self.foot = Static(plain(FOOT, "$muted"), id="hours-foot", markup=False)
        self._known: tuple[tuple[int, date], list[GivenTotal]] | None = None

    def compose(self) -> ComposeResult:
        """Of which days, the list, and how its figures are made."""
        yield self.told
        yield self.given
        yield self.foot

    @property
    def home(self) -> SectionList[GivenRow]:
        """The list."""
        return self.given

    def refill(self) -> None:
        """Show the figures; work them out where the register or the day is another."""
        start, end = year_so_far(self.register, today())
        totals = self._totals(start, end)
        lines: list[GivenRow | Section] = []
        for number, total in enumerate(totals):
            lines += [Section(f"intervention{number}", total.name, _told(total)), *total.groups]
        self.given.fill(lines)
        words = f"  {short_day(start.isoformat())} to {short_day(end.isoformat())}"
        supposed = any(row.holidays for total in totals for row in total.groups)
        self.told.show(Span(words, "strong"), Span(NO_TERMS if supposed else "", "warn"))

    def _totals(self, start: date, end: date) -> list[GivenTotal]:
        of = (self.register.version, end)
        if self._known is None or self._known[0] != of:
            self._known = of, hours_given(self.register, start, end)
        return self._known[1]

    @on(RecordList.Opened, "#hours-list")
    def _opened(self) -> None:
        self.command_open()

    def command_open(self) -> None:
        """Open the highlighted group."""
        row = self.given.record
        if isinstance(row, GivenRow):
            from screens.provision.group_page import GroupPage

            app_of(self).push_screen(GroupPage(row.id))


def _told(total: GivenTotal) -> str:
    cost = "cost not known" if total.cost is None else f"£{total.cost:,.0f}"
    return f"{_hours(total.given)} of {_hours(total.planned)} hours, {cost}"


def _columns() -> list[Column[GivenRow]]:
    return [
        Column("name", "Group", lambda row: row.name, width=24, most=44),
        Column("staff", "Adults", lambda row: ", ".join(row.staff), width=14, most=30, rank=2),
        Column("planned", "Planned", lambda row: _hours(row.planned), width=8),
        Column("given", "Given", lambda row: _hours(row.given), width=6),
        Column("share", "Share", _share, width=6),
        Column("pupils", "Pupils", lambda row: str(row.pupils), width=6, rank=1),
        Column("cost", "Cost", lambda row: _pounds(row.cost), width=8),
        Column("each", "A pupil", lambda row: _pounds(row.a_pupil), width=8, rank=3),
    ]


def _hours(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}".removesuffix(".0")


def _share(row: GivenRow) -> Cell:
    if row.share is None:
        return "–", "muted"
    return f"{100 * row.share:.0f}%", "warn" if row.share < _SHORT_OF else ""


def _pounds(value: float | None) -> str:
    return "–" if value is None else f"£{value:,.0f}"
