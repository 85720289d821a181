"""Where a child stands on the SEN register on a day, and how that is shown.

Codes: N no SEN, K SEN support, E education, health and care plan (CBDS CS096); M is the
register's own: a monitored concern, counted as N. A, P and S are the stages before the
reforms of 2014: School Action, School Action Plus, statement; Q, X and O come from the
management systems of that time.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from senreg.rules.reading import Row, iso


class Look(NamedTuple):
    """How a code is shown: a word, a symbol one cell wide, and a colour.

    Colours are among: dim, red, yellow, green, blue, cyan, magenta.
    """

    word: str
    symbol: str
    colour: str


# The symbols are of WGL4, the set that the console fonts of Windows have.
STATUS_LOOK: dict[str, Look] = {
    "N": Look("No SEN", "·", "dim"),
    "M": Look("Monitored", "○", "yellow"),
    "K": Look("SEN support", "●", "cyan"),
    "E": Look("EHC plan", "■", "magenta"),
    "A": Look("School Action", "▫", "cyan"),
    "P": Look("Action Plus", "▪", "cyan"),
    "S": Look("Statement", "□", "magenta"),
    "Q": Look("Action Plus, assessed", "▪", "cyan"),
    "X": Look("Severe disability", "□", "magenta"),
    "O": Look("No longer needed", "·", "dim"),
}
"""Each status code with its word, symbol and colour."""

NO_STATUS = Look("Not recorded", "-", "dim")
ON_REGISTER = frozenset("KEAPSQX")
"""Codes of children who have SEN: on the register. N, M and O (no longer needed) are not."""

OLD_STAGES = frozenset("APSQ")
"""Codes of before 2014; Q is Action Plus with a statutory assessment under way."""

_ORDER = {code: rank for rank, code in enumerate("ESXKPQAMNO")}


def status_look(code: str | None) -> Look:
    """How a status is shown; a code that is not known is shown as it is."""
    if not code:
        return NO_STATUS
    return STATUS_LOOK.get(code) or Look(code, "?", "dim")


def status_rank(code: str | None) -> int:
    """The place of a status from most to least support: E first, N last, then none."""
    return _ORDER.get(code or "", len(_ORDER))


def has_sen(code: str | None) -> bool:
    """Whether a status puts a child on the register: K, E, or an old stage."""
    return code in ON_REGISTER


def status_on(statuses: Iterable[Row], day: date | str) -> Row | None:
    """The status that held on a day, from the statuses of one pupil.

    The first and the last day of a status both count. Where the data holds several, the one
    that began last is taken, of those begun together one still open, of such the one of most
    support; never whichever happens to be stored last.
    """
    when = iso(day)
    best: Row | None = None
    best_key = ("", False, 0, "")
    for row in statuses:
        start, end = row.get("start") or "", row.get("end")
        if start <= when and (not end or end >= when):
            code = str(row.get("code") or "")
            key = (start, not end, -status_rank(code), code)
            if best is None or key > best_key:
                best, best_key = row, key
    return best


def is_open(row: Row) -> bool:
    """Whether a status, need or membership has no end."""
    return not row.get("end")
