"""The columns of the list of pupils."""

from __future__ import annotations

from screens.widgets.columns import Cell, Column
from senreg.clock import today
from senreg.models.days import as_day
from senreg.rules.dates import short_day
from senreg.rules.register_rows import PupilRow
from senreg.rules.years import year_word

_ROLL_TONES = {"here": "warn", "left": "muted", "joining": "muted"}

HALF_A_YEAR = 182
"""Days; a date that is further away is shown with its year."""


def columns() -> list[Column[PupilRow]]:
    """Name, year, class, status, need, key teacher, review, targets and flags."""
    return [
        Column("name", "Name", _name, _unsorted, width=17, most=30),
        Column("year", "Year", lambda row: _year(row.year), _unsorted, width=5, rank=3),
        Column("class", "Class", lambda row: row.class_name, _unsorted, width=5, most=10, rank=2),
        Column("status", "Status", _status, _unsorted, width=14, most=16),
        Column("need", "Need", _need, _unsorted, width=9, most=16, rank=1),
        Column("review", "Next review", _review, _unsorted, width=17, most=22, rank=4),
        Column("teacher", "Key teacher", lambda row: row.teacher, _unsorted, width=11, rank=6),
        Column("targets", "Targets", _targets, _unsorted, width=9, rank=7),
        Column("flags", "Flags", _flags, _unsorted, width=17, most=24, rank=5),
    ]


def _unsorted(row: PupilRow) -> str:
    """The list is sorted by the rules; this only says that the column can be sorted by."""
    return row.id


def _name(row: PupilRow) -> Cell:
    if row.sign is None:
        return row.name
    return f"{row.sign.symbol} {row.name} ({row.sign.word})", _ROLL_TONES[row.roll]


def _year(year: str) -> str:
    return f"Yr {year}" if year.isdigit() else year_word(year) if year == "R" else year


def _status(row: PupilRow) -> Cell:
    word, symbol, colour = row.look
    if not row.status:
        return symbol, colour
    return f"{symbol} {word}", colour


def _need(row: PupilRow) -> Cell:
    return ("" if not row.needs else " ".join(row.needs)), ""


def _review(row: PupilRow) -> Cell:
    if row.sign is not None and row.roll == "here":
        # The name leaves no room for the words, and there is nothing left to review.
        return f"{row.sign.symbol} {row.sign.words}", "warn"
    due = row.review
    if due.state == "none":
        return ("- None planned" if row.has_sen else ""), "muted"
    word = {"overdue": "Overdue", "due": "Due", "later": "Planned"}[due.state]
    return f"{due.look.symbol} {word} {_near(due.day)}", due.look.colour


def _near(day: str) -> str:
    """A day without its year where no other year could be meant."""
    words = short_day(day)
    when = as_day(day)
    near = when is not None and abs((when - today()).days) <= HALF_A_YEAR
    return words.rpartition(" ")[0] if near else words


def _targets(row: PupilRow) -> Cell:
    if row.open_targets:
        return f"{row.open_targets} open"
    return ("none", "warn") if row.has_sen else ""


def _flags(row: PupilRow) -> Cell:
    return " ".join((*row.flags, "Cohort") if row.cohort else row.flags), "muted"
