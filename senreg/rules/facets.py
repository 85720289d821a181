"""Narrowing a list of rows by chosen values and by typed words, whatever the rows are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from senreg.models.text import folded
from senreg.rules.order import natural
from senreg.rules.register_filter import NOTHING, FacetValue
from senreg.rules.years import year_rank, year_word


class Searchable(Protocol):
    """A row with the folded text that a filter looks in."""

    @property
    def haystack(self) -> str:
        """Folded text."""


R = TypeVar("R", bound=Searchable)


@dataclass(frozen=True, slots=True)
class Facet(Generic[R]):
    """One thing by which rows are told apart.

    Args:
        id: Its name in code.
        title: Its heading.
        read: The values of a row; a row may have several.
        label: The words of a value.
        place: Where a value stands among the others; by its words without it.
    """

    id: str
    title: str
    read: Callable[[R], Collection[str]]
    label: Callable[[str], str] = str
    place: Callable[[str], Any] | None = None

    def values(self, rows: Iterable[R]) -> list[FacetValue]:
        """The values that rows have, in order, with the number of rows of each."""
        counts = Counter(value for row in rows for value in self.read(row))
        place = self.place or (lambda value: natural(self.label(value)))
        return [
            FacetValue(value, self.label(value), counts[value])
            for value in sorted(counts, key=place)
        ]


def by_name(
    id: str,  # noqa: A002
    title: str,
    read: Callable[[R], str],
    none: str,
) -> Facet[R]:
    """A facet whose values are names in themselves; rows without one stand last, under `none`."""
    return Facet(
        id,
        title,
        lambda row: (read(row) or NOTHING,),
        lambda value: none if value == NOTHING else value,
        lambda value: (value == NOTHING, natural(value)),
    )


def by_year(read: Callable[[R], str]) -> Facet[R]:
    """The facet of year groups, in the order of a child's years."""
    return Facet(
        "year",
        "Year",
        lambda row: (read(row) or NOTHING,),
        lambda value: "No year group" if value == NOTHING else year_word(value),
        year_rank,
    )


def narrowed(
    rows: Iterable[R],
    facets: Sequence[Facet[R]],
    chosen: Mapping[str, Collection[str]],
    text: str = "",
) -> list[R]:
    """The rows that hold every word of a text and fit every facet, in the order given.

    Within a facet one of the chosen values is enough.

    Args:
        rows: The rows.
        facets: What can be chosen by.
        chosen: Values by the facet's id; a facet without any lets every row through.
        text: As typed; case, accents and the style of apostrophes are set aside.
    """
    kept = list(rows)
    for facet in facets:
        wanted = frozenset(chosen.get(facet.id, ()))
        if wanted:
            kept = [row for row in kept if not wanted.isdisjoint(facet.read(row))]
    for word in folded(text).split():
        kept = [row for row in kept if word in row.haystack]
    return kept
