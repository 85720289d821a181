"""Terms counted through the years, three a year, to tell how far apart two days lie."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from senreg.rules.dates import school_year_of, term_of
from senreg.rules.reading import Row

TERMS_A_YEAR = 3
_NOVEMBER = 11


class TermCount:
    """Numbers the terms: autumn, spring and summer of one year are three numbers in a row.

    Args:
        terms: Rows of the table `terms`; halves of terms count as the term they are of.
    """

    def __init__(self, terms: Sequence[Row]) -> None:
        self._terms = terms
        self._known: dict[str, int] = {}

    def of(self, day: str) -> int:
        """The number of the term a day lies in; holidays belong to the term before."""
        number = self._known.get(day)
        if number is None:
            when = date.fromisoformat(day)
            start = term_of(when, self._terms).start
            season = 0 if start.month >= 8 else 1 if start.month < 4 else 2
            number = int(school_year_of(when)[:4]) * TERMS_A_YEAR + season
            self._known[day] = number
        return number

    def of_assessment(self, day: str) -> int:
        """The term an assessment speaks of: before 1 November it is the summer before."""
        when = date.fromisoformat(day)
        if 9 <= when.month < _NOVEMBER:
            return int(school_year_of(when)[:4]) * TERMS_A_YEAR - 1
        return self.of(day)
