"""What the cells of a row say about a pupil: read by the description of each field.

A date that is none, or a text that is too long, makes the row a problem. Words that a closed
list does not know are not understood: the row is taken without them, they are kept as a note
under their heading, and it is told.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from senreg.exchange.grid import Cell
from senreg.models.days import parse_day, typed_day
from senreg.models.describe import Field
from senreg.models.entry import EntryProblem, choices_in_words, nearest_in_words, read_entry
from senreg.models.upn import normalised_upn

LONGEST_LINE = 500
"""Characters of a field of one line; `senreg.models.record.Line` holds no more."""

_ERRORS = frozenset({"#n/a", "#ref!", "#value!", "#name?", "#div/0!", "#null!", "#num!"})
_NOTHING = _ERRORS | {"n/a", "null", "-", "--"}
_WITH_YEAR = re.compile(
    r"\d\D+\d{1,2}\D+\d{2}|[^\W\d]{3}.*\d{2}\s*$|^\d{4}-\d|[^\W\d]{3}\D+\d{4}\b"
)
_EXCEL_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range(10_000, 80_000)
"""Excel's day numbers of 1927 to 2119; other figures are not taken for dates."""

_FIRST_WORD = re.compile(r"\s*(\w+)\b(?!/)")
_YEAR_GROUP = re.compile(
    r"\s*(?:nc|national curriculum|curriculum)?\s*(?:year|yr|y)?\s*(?:group)?\s*0*(\w+)\s*$",
    re.IGNORECASE,
)
_NEED_SEPARATORS = (r"\n", ";", r"\|", "/", ",", r"&|\+|\band\b")


class BadCell(Exception):
    """A cell that spoils its row. Its text is the sentence that says why."""


class NotUnderstood(Exception):
    """Words that a closed list does not know. Its text is the sentence that says so."""


def cell_text(cell: Cell) -> str:
    """A cell as a person would read it: whole numbers without a point, dates as 03/11/2016."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        day = typed_day(cell)
        timed = isinstance(cell, datetime) and cell.time() != time()
        return f"{day} {cell:%H:%M}" if timed else day
    return f"{cell:%H:%M}" if isinstance(cell, time) else str(cell)


FEW = 8
"""Choices that are all named where a word is none of them."""


def says_nothing(text: str) -> bool:
    """Whether a cell is blank, or holds what spreadsheets and reports put for blank."""
    return not text or text.lower() in _NOTHING


@dataclasses.dataclass(slots=True)
class CellReader:
    """Reads the cells of one field, each different text once.

    Args:
        field: The field's description.
        title: What the column is called, for messages.
        today: The day after which a date of birth cannot be.
    """

    field: Field
    title: str
    today: date
    _known: dict[str, object] = dataclasses.field(default_factory=dict)

    def read(self, cell: Cell) -> object:
        """The stored value of a cell; None for one that says nothing.

        Raises:
            BadCell: The cell spoils its row.
            NotUnderstood: Its words are not on the field's list.
        """
        if isinstance(cell, str) and cell in self._known:
            found = self._known[cell]
        else:
            try:
                found = self._read(cell)
            except (BadCell, NotUnderstood) as problem:
                found = problem
            if isinstance(cell, str):
                self._known[cell] = found
        if isinstance(found, Exception):
            raise found
        return found

    def _read(self, cell: Cell) -> object:
        if self.field.kind == "day":
            return self._day(cell)
        text = cell_text(cell)
        in_words = self.field.kind in ("line", "text")
        if not text or text.lower() in (_ERRORS if in_words else _NOTHING):
            return None
        if self.field.kind != "text" and len(text) > LONGEST_LINE:
            raise BadCell(f"{self.title} is longer than {LONGEST_LINE} characters.")
        for reading in (text, *_plainer(self.field, text)):
            try:
                value = read_entry(self.field, reading, today=self.today)
                return normalised_upn(value) if self.field.name == "upn" else value
            except EntryProblem:
                continue
        may_be = self._choices(text)
        raise NotUnderstood(f"{self.title}: {_short(text)} was not understood.{may_be}")

    def _choices(self, text: str) -> str:
        """What it may be, where that is few words; of a longer list what is near."""
        words = choices_in_words(self.field)
        if words and len(self.field.offered()) <= FEW:
            return f" It may be: {words}."
        near = nearest_in_words(self.field, text) if words else ""
        return f" Near to it: {near}." if near else f" It may be: {words}." if words else ""

    def _day(self, cell: Cell) -> str | None:
        day = day_of(cell, self.title, self.today)
        if day is not None and self.field.name == "dob" and day > self.today:
            raise BadCell(f"{self.title}: {typed_day(day)} is still to come.")
        return day.isoformat() if day is not None else None


def _plainer(field: Field, text: str) -> list[str]:
    """Simpler words for what a school system says at length: "Yes (EAL)", "YR 04"."""
    pattern = _FIRST_WORD if field.kind == "yes_no" else None
    if field.name == "year_group":
        pattern = _YEAR_GROUP
    found = pattern.match(text) if pattern else None
    return [found[1]] if found else []


def day_of(cell: Cell, title: str, today: date) -> date | None:
    """The date in a cell: a date of the spreadsheet's own, its day number, or text.

    Text must name the year; it is read in British order.

    Raises:
        BadCell: It is no date.
    """
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    text = cell_text(cell)
    if says_nothing(text):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and int(cell) in _SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(cell))
    if len(text) == 5 and text.isascii() and text.isdigit() and int(text) in _SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(text))
    if _WITH_YEAR.search(text):
        try:
            return parse_day(text, today=today)
        except ValueError:
            pass
    raise BadCell(f"{title}: {_short(text)} is not a date.")


def read_needs(text: str, read: Callable[[Cell], object]) -> list[str]:
    """The types of need a cell names, the first one first: "SLCN; ASD", "ASD and SEMH".

    Args:
        text: The cell's text.
        read: Reads one type of need (`CellReader.read`).

    Raises:
        NotUnderstood: Some of it is no type of need.
    """
    try:
        code = read(text)
    except NotUnderstood:
        for separator in _NEED_SEPARATORS:
            parts = [part.strip() for part in re.split(separator, text) if part.strip()]
            codes = _all_read(parts, read) if len(parts) > 1 else None
            if codes is not None:
                return list(dict.fromkeys(codes))
        raise
    return [str(code)] if code is not None else []


def _all_read(parts: list[str], read: Callable[[Cell], object]) -> list[str] | None:
    """The codes of all parts; neighbours may belong together, as a name may have a comma."""
    codes = []
    while parts:
        for length in range(min(len(parts), 5), 0, -1):
            try:
                codes.append(str(read(", ".join(parts[:length]))))
            except NotUnderstood:
                continue
            parts = parts[length:]
            break
        else:
            return None
    return codes


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"
