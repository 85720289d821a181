"""Which needs a child has on a day, the primary one first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from senreg.rules.reading import Row, covers, iso

UNRANKED = 99
"""Sorts after every rank: the CTF allows ranks 1 to 99."""


def open_needs(needs: Iterable[Row], day: date | str) -> list[Row]:
    """The needs of one pupil that hold on a day, by rank, those without a rank last."""
    when = iso(day)
    found = [row for row in needs if covers(row, when)]
    if len(found) > 1:
        found.sort(key=_place)
    return found


def primary_need(needs: Sequence[Row], day: date | str) -> Row | None:
    """The need of rank 1 on a day, or the only one where it has no rank; else None."""
    return primary_of(open_needs(needs, day))


def primary_of(opened: Sequence[Row]) -> Row | None:
    """The primary need among needs that `open_needs` gave."""
    if not opened:
        return None
    first = opened[0]
    if first.get("rank") == 1 or (len(opened) == 1 and first.get("rank") is None):
        return first
    return None


def need_word(code: str | None) -> str:
    """A type of need in words; the code itself where it is not known."""
    from senreg.models.codes import label

    return label("sen_type", code)


def _place(row: Row) -> tuple[int, str]:
    return (row.get("rank") or UNRANKED, row.get("start") or "")
