"""The lines of the School page: figures under headings, and the lists behind them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from screens.widgets.columns import Cell, Column
from screens.widgets.section_list import Section
from senreg.models.tables import TABLES
from senreg.rules.dates import short_day
from senreg.rules.leadership import SECTIONS, Leadership
from senreg.rules.leading import HOLDS
from senreg.rules.leading import LISTS as LEADERS
from senreg.rules.nouns import NOUNS

if TYPE_CHECKING:
    from senreg.register import Register

LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "parents": ("Parents", ("surveys", "survey_answers", "workshops", "school_ratings")),
    "progress": ("Scales and expectations", ("scales", "expectations", "activities")),
    "improvement": (
        "Getting better",
        ("self_reviews", "objectives", "coach_visits", "partners"),
    ),
    "staff": (
        "Staff",
        ("lead_roles", "rates", "trainings", "observations", "staff_feedback"),
    ),
}
"""The lists of the school's own records, by the part of the page they stand in."""


class FigureLine(NamedTuple):
    """One line.

    Args:
        id: Its name on the page.
        title: What it is.
        value: The figure.
        of: What it counts.
        note: Its definition.
        behind: The pupils, or other records, behind it.
        missing: Those of whom it is not known.
        table: The list it opens, for a line that is no figure.
        opens: The record it opens.
        said: What is said of a pupil behind it, by id.
        under: The heading it stands under, where other lines have the same title.
    """

    id: str
    title: str
    value: str = ""
    of: str = ""
    note: str = ""
    behind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    table: str = ""
    opens: str = ""
    said: Mapping[str, str] = MappingProxyType({})
    under: str = ""

    @property
    def whole_title(self) -> str:
        """What it is, told apart from lines of the same title."""
        return f"{self.under}: {self.title}" if self.under else self.title

    @property
    def in_full(self) -> str:
        """Everything it says, for where the list cuts it short; of a list only what is in it."""
        if self.table:
            return self.note
        figure = ": ".join(each for each in (self.whole_title.rstrip("."), self.value) if each)
        first = "; ".join(each for each in (figure, self.of) if each)
        return f"{first.rstrip('.')}.\n{self.note}".strip() if first else self.note


LEADING = "leading "
"""How the name of a line begins that opens a list for leaders."""

_THIS_YEAR = ("register", "talks", "need", "year_group", "people")


def columns() -> list[Column[FigureLine]]:
    """What, how much, and of how many."""
    return [
        Column("title", "", lambda each: each.title, width=25, most=52),
        Column("value", "", lambda each: (each.value, "strong"), width=12, most=14),
        Column("of", "", lambda each: (each.of, "muted"), width=31, most=90),
    ]


def whole(each: FigureLine) -> Sequence[Cell]:
    """A line that opens a list, over the whole width; nothing for a figure."""
    if not each.table:
        return ()
    return (each.title, (each.value, "strong")) if each.value else (each.title,)


def lines(found: Leadership, register: Register) -> Iterator[FigureLine | Section]:
    """All that the page shows, in order."""
    for section, title in SECTIONS.items():
        figures = [each for each in found.figures if each.section == section]
        if figures:
            yield Section(section, title, _period(section, found))
        for place, each in enumerate(figures):
            yield FigureLine(
                f"{section} {place}", each.title, each.value, each.of, each.note, each.behind,
                each.missing, said=each.said,
            )  # fmt: skip
    yield Section("leaders", "For leaders", "Enter opens it")
    for name, (_, title) in LEADERS.items():
        yield FigureLine(f"{LEADING}{name}", title, note=HOLDS[name], table=f"{LEADING}{name}")
    for name, (title, tables) in LISTS.items():
        yield Section(name, title, "Enter opens the list")
        if name == "parents" and register.count("surveys"):
            yield FigureLine("key_papers", "Key the papers of a survey", table="key_papers")
            yield FigureLine("results", "What came back; workshops from it", table="results")
        for table in tables:
            if table in TABLES:
                yield FigureLine(
                    table, NOUNS[table][1].capitalize(), f"{register.count(table):,}", table=table
                )


def _period(section: str, found: Leadership) -> str:
    """The days that the figures of a part are of."""
    if section in ("barriers", "relations", "ratings"):
        return ""
    start, end = found.year if section in _THIS_YEAR else found.twelve_months
    return f"{short_day(start.isoformat())} to {short_day(end.isoformat())}"
