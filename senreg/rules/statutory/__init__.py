"""Statutory dates: worked out from what happened, each with the law it comes from.

Weeks are calendar weeks: holidays and bank holidays do not stop them, and a limit that ends on
one ends on it. A limit falls away only where an exception was entered with its reason. Nothing
here is stored.
"""

from __future__ import annotations

from senreg.rules.statutory.gathered import dates_of_pupil, statutory_dates
from senreg.rules.statutory.limits import BY_WORDS, LIMITS, Limit, StatutoryDate

__all__ = ["BY_WORDS", "LIMITS", "Limit", "StatutoryDate", "dates_of_pupil", "statutory_dates"]
