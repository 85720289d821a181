"""The lowest-attaining fifth, and how it is followed: who was in it in a term, came in, left it.

The fifth is that of the children of a year group assessed in a subject on one scale in the term,
with the fewest points; ties at its bound are all in it, and of fewer than five nobody is. The
year group is that of today, so that the same children are set beside each other in every term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from senreg.rules.measures.assessed import Mark

FIFTH = 5

IN, OUT, NOT_KNOWN = "in", "out", ""


def bound_of(points: Sequence[float]) -> float | None:
    """The points up to which a child is in the lowest fifth; None where there are too few."""
    if len(points) < FIFTH:
        return None
    return sorted(points)[ceil(len(points) / FIFTH) - 1]


def by_term(
    lines: Iterable[tuple[str, str, Sequence[Mark]]],
    terms: Sequence[int],
    term_of: Callable[[str], int],
) -> dict[str, tuple[str, ...]]:
    """Of each line whether it was in the fifth in each term: IN, OUT or NOT_KNOWN.

    Args:
        lines: An id, what is compared with each other (year group and subject), and the marks,
            earliest first.
        terms: The numbers of the terms.
        term_of: The number of the term of an ISO day.
    """
    known = list(lines)
    found: dict[str, dict[int, str]] = {line: {} for line, _, _ in known}
    groups: dict[tuple[int, str, str], dict[str, float]] = {}
    for line, compared, marks in known:
        for mark in marks:
            if mark.points is not None:
                key = (term_of(mark.day), compared, mark.scale.casefold())
                groups.setdefault(key, {})[line] = mark.points
    for (term, _, _), points in groups.items():
        bound = bound_of(list(points.values()))
        if bound is not None:
            for line, own in points.items():
                found[line][term] = IN if own <= bound else OUT
    return {
        line: tuple(of_term.get(term, NOT_KNOWN) for term in terms)
        for line, of_term in found.items()
    }


@dataclass(frozen=True, slots=True)
class Followed:
    """The fifth of a term beside the one before it, in lines of a child and a subject.

    Args:
        term: The name of the term.
        inside: How many are in it.
        came: Of these, how many were assessed the term before and not in it.
        new: How many in it were not assessed, on the same footing, the term before.
        left: How many were in it the term before, and are assessed and not in it now.
        lost: How many were in it the term before and are not assessed now.
    """

    term: str
    inside: int
    came: int
    new: int
    left: int
    lost: int

    @property
    def words(self) -> str:
        """'Sum 26: 14 in it, 2 came in, 3 left it, 1 not assessed'."""
        said = [f"{self.inside} in it"]
        said += [
            f"{count} {what}"
            for count, what in (
                (self.came, "came in"),
                (self.new, "not assessed before"),
                (self.left, "left it"),
                (self.lost, "not assessed again"),
            )
            if count
        ]
        return f"{self.term}: {', '.join(said)}"


def followed(names: Sequence[str], states: Mapping[str, Sequence[str]]) -> list[Followed]:
    """How the fifth moved from term to term; terms in which nobody was assessed are left out."""
    places = [place for place in range(len(names)) if any(each[place] for each in states.values())]
    found = []
    for number, place in enumerate(places):
        before = places[number - 1] if number else None
        pairs = [(each[before] if before is not None else "", each[place]) for each in
                 states.values()]  # fmt: skip
        found.append(
            Followed(
                names[place],
                sum(now == IN for _, now in pairs),
                pairs.count((OUT, IN)),
                pairs.count((NOT_KNOWN, IN)) if before is not None else 0,
                pairs.count((IN, OUT)),
                pairs.count((IN, NOT_KNOWN)),
            )
        )
    return found
