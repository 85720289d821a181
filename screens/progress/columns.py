"""The columns of the tracking grid."""

from __future__ import annotations

from collections.abc import Sequence

from screens.widgets.columns import Cell, Column
from senreg.models.text import folded
from senreg.rules.lowest_fifth import IN
from senreg.rules.order import natural
from senreg.rules.status import status_look
from senreg.rules.tracking import TrackRow

_LAST = 1e9
VERDICTS = {
    "below": ("▼ below", "warn"),
    "expected": ("= expected", ""),
    "above": ("▲ above", "good"),
}


def columns(terms: Sequence[str]) -> list[Column[TrackRow]]:
    """Who, what, the terms, and how it moves."""
    return [
        Column("name", "Name", lambda row: row.name, lambda row: folded(row.name), 18, 30),
        Column("class", "Class", lambda row: row.class_name, _by_class, 5, 8, 2),
        Column("sen", "SEN", _sen, lambda row: row.code or "~", 4, 0, 3),
        Column("subject", "Subject", lambda row: row.subject, lambda row: row.subject, 11, 14),
        *(_term(place, name, len(terms)) for place, name in enumerate(terms)),
        Column("spark", "12 months", lambda row: (row.spark, "accent"), None, 9, 0, 4),
        Column(
            "change",
            "Since",
            _change,
            lambda row: _down(row.change.by if row.change else None),
            8,
            0,
            5,
        ),
        Column("verdict", "A year", _verdict, _by_pace, 15, 0),
    ]


def followed_columns(terms: Sequence[str]) -> list[Column[TrackRow]]:
    """Who, what, and every term also where there is little room: in which the child was low."""
    shown = columns(terms)
    kept = [column for column in shown if column.id in ("name", "subject")]
    more = [column._replace(rank=1) for column in shown if column.id in ("class", "sen")]
    by_term = [column._replace(width=9, rank=0) for column in shown if column.id.startswith("term")]
    return [kept[0], *more, kept[1], *by_term]


def _term(place: int, name: str, count: int) -> Column[TrackRow]:
    def cell(row: TrackRow) -> Cell:
        if place >= len(row.values):
            return ""
        low = row.fifth[place] == IN
        return f"▾ {row.values[place]}" if low else row.values[place]

    rank = 0 if place + 1 == count else 6 + count - place
    return Column(f"term{place}", name, cell, None, 12, 16, rank)


def _sen(row: TrackRow) -> Cell:
    look = status_look(row.code)
    return (f"{look.symbol} {row.code}", look.colour) if row.code else ("", "")


def _change(row: TrackRow) -> Cell:
    if row.change is None:
        return "", ""
    return row.change.words, "warn" if row.change.by < 0 else ""


def _verdict(row: TrackRow) -> Cell:
    if row.a_year is None:
        return "–", "muted"
    words, tone = VERDICTS.get(row.verdict, ("", ""))
    return f"{row.a_year:.1f} {words}".strip(), tone


def _by_class(row: TrackRow) -> object:
    return natural(row.class_name)


def _by_pace(row: TrackRow) -> float:
    return row.a_year if row.a_year is not None else _LAST


def _down(value: float | None) -> float:
    return -value if value is not None else _LAST
