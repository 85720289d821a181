"""Terms counted through the years, three a year, to tell how far apart two days lie."""

from __future__ import annotations

from collections.abc import Sequence

from senreg.rules.dates import term_of
from senreg.rules.reading import Row

TERMS_A_YEAR = 3
_AUGUST, _NOVEMBER = 8, 11


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
            start = term_of(day, self._terms).start
            season = 0 if start.month >= _AUGUST else 1 if start.month < 4 else 2
            year = start.year if season == 0 else start.year - 1
            number = year * TERMS_A_YEAR + season
            self._known[day] = number
        return number

    def of_assessment(self, day: str) -> int:
        """The term an assessment speaks of: before 1 November it is the summer before.

        That holds for August too, be it a holiday or an autumn term that began early.
        """
        year, month = int(day[:4]), int(day[5:7])
        return year * TERMS_A_YEAR - 1 if _AUGUST <= month < _NOVEMBER else self.of(day)
