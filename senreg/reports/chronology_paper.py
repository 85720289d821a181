"""What happened to a child, by the day it happened: for a request, a panel or a review."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from senreg.models.text import clean_line
from senreg.reports.asked import Asked
from senreg.reports.document.parts import Column, Document, Heading, Part, Table, Words
from senreg.rules.chronology import Chronology, chronology
from senreg.rules.dates import school_year_of, short_day
from senreg.rules.naming import pupil_name
from senreg.rules.reading import Reading

_COLUMNS = (Column("Day", 2), Column("What happened", 5), Column("Of it", 9))


def chronology_paper(register: Reading, asked: Asked) -> Document:
    """The events of one child under their school years."""
    told = chronology(register, asked.child, asked.today)
    parts = tuple(_parts(told)) or (Words("Nothing with a day is written of this child."),)
    name = clean_line(pupil_name(asked.child))
    lead = f"By the day things happened, until {short_day(asked.today)}."
    confidence = "Confidential: for those it is handed to."
    look = tuple(_look(told))
    return Document(f"Chronology: {name}", lead, parts, confidence, 10, look=look)


def _parts(told: Chronology) -> Iterator[Part]:
    for year, events in groupby(told.events, key=lambda event: school_year_of(event.day)):
        yield Heading(year)
        rows = ((short_day(event.day), event.what, event.detail) for event in events)
        yield Table(_COLUMNS, tuple(rows))


def _look(told: Chronology) -> Iterator[str]:
    if told.events:
        yield "Read it for what it says of other people: notes stand in it as they were written."
    if told.confidential:
        count = "1 note is" if told.confidential == 1 else f"{told.confidential} notes are"
        yield f"{count} confidential and not in it."
    if told.undated:
        count = "1 note has" if told.undated == 1 else f"{told.undated} notes have"
        yield f"{count} no day and cannot be in it."
