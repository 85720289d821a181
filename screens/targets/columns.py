"""The columns of the list of targets."""

from __future__ import annotations

from collections.abc import Callable

from screens.widgets.columns import Cell, Column
from senreg.clock import today
from senreg.models.days import as_day
from senreg.rules.cycle import IN_SHORT
from senreg.rules.dates import short_day
from senreg.rules.target_rows import COLUMNS, KINDS, TargetRow

HALF_A_YEAR = 182
"""Days; a date that is further away is shown with its year."""


def columns(told_why: Callable[[], bool] = lambda: False) -> list[Column[TargetRow]]:
    """When, who, what, how it went last, and who leads.

    Args:
        told_why: Whether it is said why a target is stuck, in the place of how it went last.
    """

    def outcome(row: TargetRow) -> Cell:
        return _why(row) if told_why() and row.stuck else _outcome(row)

    return [
        _column("due", _when, 16, 24),
        _column("name", lambda row: row.name, 16, 26),
        _column("class", lambda row: (row.class_name, "muted"), 5, 8, rank=3),
        _column("kind", lambda row: (KINDS.get(row.kind, row.kind), "muted"), 10, rank=4),
        _column("target", lambda row: row.statement, 24, 90),
        _column("outcome", outcome, 13, rank=2),
        _column("owner", _owner, 6, 18, rank=5),
    ]


def _column(
    column: str,
    cell: Callable[[TargetRow], Cell],
    width: int,
    most: int = 0,
    *,
    rank: int = 0,
) -> Column[TargetRow]:
    return Column(column, COLUMNS[column], cell, _by_rules, width=width, most=most, rank=rank)


def _by_rules(row: TargetRow) -> str:
    """The list is sorted by the rules; this only says that the column can be sorted by."""
    return row.id


def _when(row: TargetRow) -> Cell:
    look = row.look
    if row.state in ("closed", "none"):
        return f"{look.symbol} {look.word}", look.colour
    word = "Overdue" if row.state == "overdue" else "Due"
    return f"{look.symbol} {word} {near(row.life.due)}", look.colour


def near(day: str) -> str:
    """A day without its year where no other year could be meant."""
    words = short_day(day)
    when = as_day(day)
    is_near = when is not None and abs((when - today()).days) <= HALF_A_YEAR
    return words.rpartition(" ")[0] if is_near else words


def _outcome(row: TargetRow) -> Cell:
    look = row.outcome_look
    return (f"{look.symbol} {look.word}", look.colour) if look is not None else ("", "")


def _why(row: TargetRow) -> Cell:
    return f"! {IN_SHORT[row.stuck[0]]}", "warn"


def _owner(row: TargetRow) -> Cell:
    if not row.active:
        return row.owner_short, "muted"
    return row.owner_short or ("nobody", "warn")
