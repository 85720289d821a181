"""The columns of the tracking grid."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from screens.widgets.columns import Cell, Column
from senreg.models.text import folded
from senreg.rules.lowest_fifth import IN
from senreg.rules.order import natural
from senreg.rules.status import status_look
from senreg.rules.tracking import TrackRow

_LAST = 1e9
_WIDEST_STEP = 16
"""Cells beyond which a step is cut rather than a term left out."""

LOW = "▾"
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


def moved_columns(terms: Sequence[str]) -> list[Column[TrackRow]]:
    """The same, of those who moved: by how much stands there also where there is little room."""
    ranks = {"change": 0, "verdict": 5}
    return [column._replace(rank=ranks.get(column.id, column.rank)) for column in columns(terms)]


def followed_columns(terms: Sequence[str], rows: Sequence[TrackRow]) -> list[Column[TrackRow]]:
    """Who, what, and each term in which the child was low, as wide as the steps in `rows` are.

    Where there is little room the earliest terms go, so that no step is cut short.
    """
    by_id = {column.id: column for column in columns(terms)}
    subject = max((cell_len(row.subject) for row in rows), default=7)
    by_term = []
    for place in range(len(terms)):
        term = by_id[f"term{place}"]
        steps = (cell_len(_low(row, place)) for row in rows if place < len(row.values))
        widest = max(steps, default=0)
        rank = 0 if place + 1 == len(terms) else len(terms) - place
        width = min(max(widest, len(term.title)), _WIDEST_STEP)
        by_term.append(term._replace(width=width, most=max(width, min(widest, 24)), rank=rank))
    return [
        by_id["name"]._replace(width=16),
        by_id["class"]._replace(rank=8),
        by_id["sen"]._replace(rank=9),
        by_id["subject"]._replace(width=min(subject, 11)),
        *by_term,
    ]


def in_full(terms: Sequence[str], row: TrackRow) -> str:
    """A line with all of its terms: 'Nowak, Łukasz, English: Aut 25 ▾ 3 secure; Spr 26 –.'."""
    steps = (f"{name} {_low(row, place) or '–'}" for place, name in enumerate(terms))
    return f"{row.name}, {row.subject}: {'; '.join(steps)}."


def moves(row: TrackRow) -> str:
    """How a line moves, in words: '▁▃█ 4.5 points a year; 3 expected (the school's own).'."""
    said = []
    if row.a_year is not None:
        said.append(f"{row.a_year:.1f} points a year over the twelve months")
    if row.change is not None:
        unit = " points" if row.change.unit == "points" else ""
        said.append(f"{row.change.words}{unit} since the assessment before")
    if row.expected is not None:
        source = f" ({row.source})" if row.source else ""
        said.append(f"{row.expected:g} a year expected{source}")
    return f"{row.spark} {'; '.join(said)}.".lstrip() if said else row.spark


def _low(row: TrackRow, place: int) -> str:
    """The step of a term, with its sign where the child was in the lowest fifth."""
    value = row.values[place]
    return f"{LOW} {value}" if row.fifth[place] == IN else value


def _term(place: int, name: str, count: int) -> Column[TrackRow]:
    def cell(row: TrackRow) -> Cell:
        if place >= len(row.values):
            return ""
        return _low(row, place)

    rank = 0 if place + 1 == count else 6 + count - place
    return Column(f"term{place}", name, cell, None, 14, 16, rank)


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
