"""How long what is handed out holds good."""

from __future__ import annotations

from datetime import date, timedelta

from senreg.rules.dates import end_of_term
from senreg.rules.reading import Reading

LEAST_DAYS = 14
"""What is made so close to the end of a term is good until the end of the next."""


def delete_after(register: Reading, today: date) -> date:
    """The day it is out of date: the end of the term, or of the next if that is near."""
    terms = register.all("terms")
    end = end_of_term(today, terms)
    return end if end - today >= timedelta(LEAST_DAYS) else end_of_term(end + timedelta(1), terms)
