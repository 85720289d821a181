"""The lines of Today: everything that wants attention, under headings that say how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from screens.widgets.columns import Cell, Column
from screens.widgets.section_list import Section
from senreg.rules.dates import days_after, short_day
from senreg.rules.due import DUE_LOOK, FORTNIGHT

if TYPE_CHECKING:
    from senreg.rules.today import Today, TodayLine

KINDS = {
    "statutory": ("statutory date", "statutory dates"),
    "review": ("review", "reviews"),
    "conversation": ("conversation", "conversations"),
    "target": ("target", "targets"),
    "summary": ("summary", "summaries"),
    "action": ("action", "actions"),
}
"""What can be due, one and several."""

KIND_WORDS = {"statutory": "Law", "conversation": "Talk", "summary": "Give"}
"""Kinds whose own word is too long for the narrow column."""

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Line(NamedTuple):
    """One line of the page.

    Args:
        id: Its name on the page; two lines may be about one record.
        when: When it is or was due, or another short word, with its tone.
        name: The pupil, as lists have it.
        class_name: The pupil's class.
        kind: What it is in a word.
        words: The rest.
        record: The id of the record it opens.
        command: The command it runs, where it opens no record.
        table: Of what kind the record is: target, review, action, conflict; empty for others.
        tone: The tone of its words.
        again: The line above is about the same child.
    """

    id: str
    when: Cell = ""
    name: str = ""
    class_name: str = ""
    kind: str = ""
    words: str = ""
    record: str = ""
    command: str = ""
    table: str = ""
    tone: str = ""
    again: bool = False


def columns() -> list[Column[Line]]:
    """When, who, and what, where things are due."""
    when, name, class_name, words = aside_columns()
    kind = Column[Line]("kind", "", lambda each: (each.kind, "muted"), width=6, most=7, rank=1)
    return [when, name, class_name, kind, words]


def aside_columns() -> list[Column[Line]]:
    """When, who, and what, where everything under a heading is of one kind."""
    return [
        Column("when", "", lambda each: each.when, width=12, most=13),
        Column("name", "", _name, width=18, most=26),
        Column("class", "", lambda each: (each.class_name, "muted"), width=4, most=6, rank=2),
        Column("words", "", lambda each: (each.words, each.tone), width=22, most=90),
    ]


def _name(each: Line) -> Cell:
    """The pupil; written softly where the line above is of the same."""
    return (each.name, "muted") if each.again else each.name


def whole(each: Line) -> Sequence[Cell]:
    """What is shown of a line about no child: its words, over the whole width."""
    if each.name:
        return ()
    words: Cell = (each.words, each.tone)
    if isinstance(each.when, str):
        return (words,)
    return (each.when, words)


def dated(today: Today, day: date, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """What is overdue, and what is due in the next fortnight."""
    if not today.overdue and not today.due:
        until = short_day(days_after(day, FORTNIGHT))
        yield Section("overdue", "Nothing is due")
        yield Line("calm", words=f"Nothing is overdue, and nothing is due until {until}.")
        return
    if today.overdue:
        yield Section("overdue", f"Overdue: {len(today.overdue)}", _kinds(today.overdue), "bad")
        yield from _some("overdue", _due_lines(today.overdue, day), few, opened)
    yield Section("due", f"Due in the next fortnight: {len(today.due)}", _kinds(today.due))
    if today.due:
        yield from _some("due", _due_lines(today.due, day), few, opened)
    else:
        yield Line("calm", words="Nothing.", tone="muted")


def files(today: Today, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """Files of children who have left that something is to be done with."""
    if not today.files:
        return
    yield Section("files", f"Files of children who have left: {len(today.files)}")
    lines = [
        Line(
            f"file {each.record}",
            (short_day(each.day), "bad" if each.state == "overdue" else "muted"),
            each.name,
            words=each.words,
            record=each.record,
            table="file",
        )
        for each in today.files
    ]
    yield from _some("files", lines, few, opened)


def leaders(today: Today, day: date, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """What waits for the leaders of the school."""
    if not today.leaders:
        return
    yield Section("leaders", f"For leaders: {len(today.leaders)}")
    lines = [
        Line(
            f"leaders {each.record}",
            (near_day(each.day, day) if each.day else "-", DUE_LOOK[each.state].colour),
            words=each.words,
            record=each.record,
            table="leaders",
        )
        for each in today.leaders
    ]
    yield from _some("leaders", lines, few, opened)


def missing(today: Today, few: int, opened: set[str]) -> Iterator[Line | Section]:
    """Children on the register without an open target, or without a primary need."""
    for code, title, gaps in (
        ("no_target", "On the register with no target", today.no_target),
        ("no_need", "On the register with no primary need", today.no_need),
    ):
        if gaps:
            yield Section(code, f"{title}: {len(gaps)}")
            lines = [
                Line(
                    f"{code} {gap.record}",
                    ("- Missing", "warn"),
                    gap.name,
                    gap.class_name,
                    words=gap.words.partition(",")[0],
                    record=gap.record,
                    table=code,
                )
                for gap in gaps
            ]
            yield from _some(code, lines, few, opened)


def _due_lines(found: Sequence[TodayLine], today: date) -> list[Line]:
    lines, before = [], None
    for each in found:
        look = DUE_LOOK[each.state]
        lines.append(
            Line(
                f"{each.state} {each.record} {each.limit}".rstrip(),
                (f"{look.symbol} {near_day(each.day, today)}", look.colour),
                each.name,
                each.class_name,
                KIND_WORDS.get(each.kind, each.kind.capitalize()),
                each.text,
                each.record,
                table=each.kind,
                again=before == each.pupil,
            )
        )
        before = each.pupil
    return lines


def near_day(iso: str, today: date) -> str:
    """A day as it is said: 'today', 'tomorrow', 'Thu 26 Nov'; with its year where it is far."""
    day = date.fromisoformat(iso)
    apart = (day - today).days
    if 0 <= apart <= 1:
        return ("today", "tomorrow")[apart]
    words = short_day(day)
    if -7 < apart <= FORTNIGHT:
        return f"{DAYS[day.weekday()]} {words.rpartition(' ')[0]}"
    return words.rpartition(" ")[0] if abs(apart) < 300 else words


def _kinds(lines: Sequence[TodayLine]) -> str:
    """'3 reviews, 2 conversations, 20 targets, 34 actions'."""
    counts = Counter(each.kind for each in lines)
    return ", ".join(
        f"{counts[kind]} {one if counts[kind] == 1 else many}"
        for kind, (one, many) in KINDS.items()
        if counts[kind]
    )


def some(
    section: str, lines: Sequence[Line], few: int, opened: set[str]
) -> Iterator[Line | Section]:
    """The first few lines of a section, and how many more there are; all where it is opened."""
    yield from _some(section, lines, few, opened)


def _some(
    section: str, lines: Sequence[Line], few: int, opened: set[str]
) -> Iterator[Line | Section]:
    if section in opened or len(lines) <= few + 1:
        yield from lines
        if section in opened and len(lines) > few + 1:
            yield Line(f"fewer {section}", words="Show fewer", command=section, tone="info")
        return
    yield from lines[:few]
    more = len(lines) - few
    yield Line(f"more {section}", words=f"Show the other {more}", command=section, tone="info")
