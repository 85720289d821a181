"""Filtering, counting and sorting the rows of the Register list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from senreg.models.text import folded
from senreg.rules.due import DUE_LOOK
from senreg.rules.needs import need_word
from senreg.rules.order import natural
from senreg.rules.register_rows import FLAGS, PupilRow
from senreg.rules.status import status_look, status_rank
from senreg.rules.years import year_rank, year_word

Facets = Mapping[str, Collection[str]]
"""The values chosen in each facet; a facet that is absent or empty lets every row through."""

NOTHING = "-"
"""The facet value of rows that have none: no class, no need, no key teacher."""

FACETS: dict[str, str] = {
    "roll": "On roll",
    "year": "Year",
    "class": "Class",
    "status": "Status",
    "need": "Need",
    "teacher": "Key teacher",
    "flag": "Flags",
    "cohort": "Cohort",
    "review": "Review",
}
"""Each facet and its title, in the order they are offered."""

COLUMNS: dict[str, str] = {
    "name": "Name",
    "year": "Year",
    "class": "Class",
    "status": "Status",
    "need": "Need",
    "teacher": "Key teacher",
    "review": "Review",
    "targets": "Targets",
    "flags": "Flags",
}
"""Each column the list can be sorted by, and its heading."""


class FacetValue(NamedTuple):
    """One value of a facet: what is stored in a view, its words, and how many pupils have it."""

    value: str
    label: str
    pupils: int


def filter_rows(
    rows: Iterable[PupilRow], text: str = "", facets: Facets | None = None
) -> list[PupilRow]:
    """The rows that hold every word of a text and fit every facet, in the order given.

    Within a facet one of the chosen values is enough; of flags a row must have all, so that
    EAL with FSM gives the children who have both. Unless the facet "roll" says otherwise,
    leavers are left out.

    Args:
        rows: From `register_rows`.
        text: As typed; case, accents and the style of apostrophes are set aside.
        facets: The chosen values by facet. A facet of another name lets every row through.
    """
    facets = facets or {}
    tests = [_passes(name, frozenset(chosen)) for name, chosen in facets.items() if chosen]
    if not facets.get("roll"):
        rows = [row for row in rows if row.roll != "left"]
    for test in tests:
        rows = [row for row in rows if test(row)]
    for word in folded(text).split():
        rows = [row for row in rows if word in row.haystack]
    return list(rows)


def facet_values(rows: Sequence[PupilRow]) -> dict[str, list[FacetValue]]:
    """What each facet offers for these rows, with the number of rows of each value.

    A child with two needs or three flags counts once in each of them.
    """
    return {
        facet: [
            FacetValue(value, facet_label(facet, value), count)
            for value, count in sorted(
                Counter(value for row in rows for value in read(row)).items(),
                key=lambda item: _place(facet, item[0]),
            )
        ]
        for facet, read in _READ.items()
    }


def facet_label(facet: str, value: str) -> str:
    """A facet's value in words."""
    if value == NOTHING:
        return _ABSENT.get(facet, "None")
    if facet == "year":
        return year_word(value)
    if facet == "status":
        return status_look(value).word
    if facet == "need":
        return f"{value} {need_word(value)}" if need_word(value) != value else value
    if facet == "flag":
        return next((words for _, flag, words in FLAGS if flag == value), value)
    return _LABELS.get((facet, value), value)


def sort_rows(rows: Iterable[PupilRow], column: str, descending: bool = False) -> list[PupilRow]:
    """The rows by a column of `COLUMNS`, rows without a value last either way.

    Rows that are equal in the column stay by name. An unknown column sorts by name.
    """
    by_name = sorted(rows, key=lambda row: row.order, reverse=descending and column == "name")
    key = _SORT.get(column)
    if key is None:
        return by_name
    having = [row for row in by_name if not _lacks(column, row)]
    lacking = [row for row in by_name if _lacks(column, row)]
    having.sort(key=key, reverse=descending)
    return having + lacking


def _passes(facet: str, chosen: frozenset[str]) -> Callable[[PupilRow], bool]:
    if facet == "flag":
        return lambda row: chosen.issubset(row.flags or (NOTHING,))
    read = _READ.get(facet)
    if read is None:
        return lambda _: True
    return lambda row: not chosen.isdisjoint(read(row))


_READ: dict[str, Callable[[PupilRow], tuple[str, ...]]] = {
    "roll": lambda row: (row.roll,),
    "year": lambda row: (row.year or NOTHING,),
    "class": lambda row: (row.class_name or NOTHING,),
    "status": lambda row: (row.status or NOTHING,),
    "need": lambda row: row.needs or (NOTHING,),
    "teacher": lambda row: (row.teacher_name or NOTHING,),
    "flag": lambda row: row.flags or (NOTHING,),
    "cohort": lambda row: ("yes" if row.cohort else "no",),
    "review": lambda row: (row.review.state,),
}
_ABSENT = {
    "year": "No year group",
    "class": "No class",
    "status": "Not recorded",
    "need": "No need recorded",
    "teacher": "No key teacher",
    "flag": "No flags",
}
_LABELS = {
    ("roll", "here"): "On roll",
    ("roll", "joining"): "Joining",
    ("roll", "left"): "Left",
    ("cohort", "yes"): "In the cohort",
    ("cohort", "no"): "Not in the cohort",
    **{("review", state): look.word for state, look in DUE_LOOK.items()},
}
_ORDERS: dict[str, tuple[str, ...]] = {
    "roll": ("here", "joining", "left"),
    "flag": tuple(flag for _, flag, _ in FLAGS),
    "cohort": ("yes", "no"),
    "review": tuple(DUE_LOOK),
}


def _place(facet: str, value: str) -> tuple[Any, ...]:
    """Where a value stands in its facet; the absent value last."""
    absent = value == NOTHING
    if facet == "year":
        return (absent, year_rank(value), value)
    if facet == "status":
        return (absent, status_rank(value), value)
    order = _ORDERS.get(facet)
    if order is not None:
        return (absent, order.index(value) if value in order else len(order), value)
    return (absent, *natural(value))


_SORT: dict[str, Callable[[PupilRow], Any]] = {
    "year": lambda row: year_rank(row.year),
    "class": lambda row: natural(row.class_name),
    "status": lambda row: status_rank(row.status),
    "need": lambda row: row.needs,
    "teacher": lambda row: folded(row.teacher_name),
    "review": lambda row: row.review.day,
    "targets": lambda row: row.open_targets,
    "flags": lambda row: row.flags,
}


def _lacks(column: str, row: PupilRow) -> bool:
    if column == "review":
        return not row.review.day
    if column == "targets":
        return False
    attribute = {"class": "class_name", "need": "needs"}.get(column, column)
    return not getattr(row, attribute)
