"""Invented schools for the tests of this folder, each made once."""

from __future__ import annotations

from datetime import date
from functools import cache

from senreg.demo.build import generate
from senreg.demo.making import Making

TODAY = date(2026, 11, 22)

DAYS = (
    date(2026, 9, 1),
    date(2026, 9, 4),
    date(2026, 10, 28),
    date(2026, 12, 31),
    date(2027, 3, 28),
    date(2027, 7, 22),
    date(2027, 8, 31),
    date(2028, 2, 29),
)
"""The first day of a school year, half-term, holidays, a leap day."""


@cache
def school(
    *,
    pupils: int = 240,
    seed: int = 1,
    era: int | None = None,
    years: int = 1,
    today: date | None = TODAY,
) -> Making:
    return generate(pupils=pupils, seed=seed, era=era, years=years, today=None if era else today)
