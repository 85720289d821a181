"""Year groups in the order children pass through them.

Source: NCyearActual of the DfE's common basic data set: E1, E2, N1, N2, R, 1 to 14.
"""

from __future__ import annotations

YEARS: tuple[str, ...] = ("E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 15)))
"""Every year group, youngest first."""

_RANK = {year: rank for rank, year in enumerate(YEARS)}
_WORDS = {
    "E1": "Early first year",
    "E2": "Early second year",
    "N1": "Nursery first year",
    "N2": "Nursery second year",
    "R": "Reception",
}


def year_rank(year: str | None) -> int:
    """The place of a year group in the order E1 to 14; unknown and absent ones come last."""
    return _RANK.get(year or "", len(YEARS))


def year_word(year: str | None) -> str:
    """A year group in words: 'Year 4', 'Reception'; empty where there is none."""
    if not year:
        return ""
    return _WORDS.get(year) or (f"Year {year}" if year in _RANK else year)


def next_year(year: str | None) -> str | None:
    """The year group after this one; None after 14 and for one that is not known."""
    rank = year_rank(year)
    return YEARS[rank + 1] if rank + 1 < len(YEARS) else None
