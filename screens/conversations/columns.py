"""The columns of the planner, and the lines of the calendar of who is seen when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

from screens.today.lines import DAYS
from screens.widgets.columns import Cell, Column
from screens.widgets.section_list import Section
from senreg.clock import today
from senreg.rules.conversation_rows import COLUMNS, Planner, Seen, TalkRow, part_column
from senreg.rules.conversations import HELD, LOOKS, MISSED, NONE, Spoken
from senreg.rules.dates import as_day, short_day

NEAR = 180
"""Days within which a day is written without its year."""


def columns(planner: Planner) -> list[Column[TalkRow]]:
    """Who, by whom, what became of each part of the year, and how many were held."""
    parts = [
        Column[TalkRow](
            part_column(place),
            part.name,
            _part(place),
            _by_rules,
            width=11,
            most=15,
            rank=abs(place - planner.now),
        )
        for place, part in enumerate(planner.parts)
    ]
    return [
        Column("name", COLUMNS["name"], lambda row: row.name, _by_rules, width=16, most=30),
        Column(
            "class",
            COLUMNS["class"],
            lambda row: (row.class_name, "muted"),
            _by_rules,
            width=5,
            most=8,
            rank=4,
        ),
        Column("teacher", COLUMNS["teacher"], _teacher, _by_rules, width=7, most=22, rank=3),
        *parts,
        Column("held", COLUMNS["held"], _held, _by_rules, width=4, most=8, rank=3),
        Column("next", COLUMNS["next"], _next, _by_rules, width=10, most=14, rank=5),
    ]


def _by_rules(row: TalkRow) -> str:
    """The list is sorted by the rules; this only says that the column can be sorted by."""
    return row.id


def _part(place: int) -> Callable[[TalkRow], Cell]:
    def cell(row: TalkRow) -> Cell:
        return spoken_cell(row.parts[place]) if place < len(row.parts) else ""

    return cell


def spoken_cell(told: Spoken) -> Cell:
    """'√ 4 Sep', '! 5 Oct ×2' or '-'."""
    look = LOOKS[told.state]
    if told.state == NONE:
        return look.symbol, "muted"
    tried = f" ×{told.attempts}" if told.attempts and told.state != HELD else ""
    return f"{look.symbol} {near(told.day)}{tried}", look.colour


def near(day: str) -> str:
    """A day without its year where no other year could be meant."""
    words, when = short_day(day), as_day(day)
    if when is not None and abs((when - today()).days) <= NEAR:
        return words.rpartition(" ")[0]
    return words


def _teacher(row: TalkRow) -> Cell:
    return row.teacher_short or ("nobody", "warn")


def _held(row: TalkRow) -> Cell:
    tone = "good" if row.held >= row.planned else ""
    return f"{row.held}/{row.planned}", tone


def _next(row: TalkRow) -> Cell:
    return near(row.next) if row.next else ("", "muted")


# The calendar


def calendar_columns() -> list[Column[Seen]]:
    """When, whom, and who leads."""
    return [
        Column("when", "", _when, width=16, most=18),
        Column("name", "", lambda each: each.name, width=22, most=30),
        Column("class", "", lambda each: (each.class_name, "muted"), width=5, most=8, rank=2),
        Column("led", "", _led, width=16, most=26, rank=1),
        Column("state", "", _state, width=9, most=10),
    ]


def weeks(seen: Sequence[Seen], day: date) -> Iterator[Seen | Section]:
    """Conversations under the weeks they fall in, from this week on and then those before."""
    monday = _monday(day)
    coming = [each for each in seen if each.day >= monday.isoformat()]
    before = [each for each in seen if each.day < monday.isoformat()]
    yield from _under_weeks(coming, monday)
    yield from _under_weeks(before[::-1], monday)


def _under_weeks(seen: Sequence[Seen], this: date) -> Iterator[Seen | Section]:
    now = ""
    by_week: dict[str, list[Seen]] = {}
    for each in seen:
        by_week.setdefault(_monday(date.fromisoformat(each.day)).isoformat(), []).append(each)
    for week, found in by_week.items():
        start = date.fromisoformat(week)
        title = f"Week of {short_day(week)}"
        if start == this:
            title = f"This week, from {short_day(week)}"
        elif start == this + timedelta(7):
            title = f"Next week, from {short_day(week)}"
        if now != week:
            now = week
            yield Section(f"week {week}", f"{title}: {len(found)}")
        yield from sorted(found, key=lambda each: (each.day, each.at or "99", each.name))


def _monday(day: date) -> date:
    return day - timedelta(day.weekday())


def _when(each: Seen) -> Cell:
    day = date.fromisoformat(each.day)
    return f"{DAYS[day.weekday()]} {near(each.day)} {each.at}".rstrip()


def _led(each: Seen) -> Cell:
    return each.led or ("nobody leads", "warn")


def _state(each: Seen) -> Cell:
    look = LOOKS[each.state]
    return f"{look.symbol} {look.word}", look.colour if each.state in (HELD, MISSED) else "muted"
