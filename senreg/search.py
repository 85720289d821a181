"""Finding words anywhere in a register's text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from senreg.models.tables import TABLES, fields_of
from senreg.models.text import folded
from senreg.store.rows import Row

_TEXT_KINDS = ("line", "text")
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Hit:
    """A record in whose text the words stand: the field, and the text around the first word."""

    row: Row
    field: str
    excerpt: str


def hits(rows_of: Callable[[str], list[Row]], words: str, *, limit: int) -> list[Hit]:
    """The records that hold all the words, in any case and with or without accents.

    Pupils come first, then the tables in the order of the register.
    """
    wanted = folded(words).split()
    if not wanted:
        return []
    found: list[Hit] = []
    for table in sorted(TABLES, key=lambda name: name != "pupils"):
        names = [field.name for field in fields_of(table) if field.kind in _TEXT_KINDS]
        for row in rows_of(table):
            hit = _hit(row, names, wanted)
            if hit is not None:
                found.append(hit)
                if len(found) >= limit:
                    return found
    return found


def _hit(row: Row, names: list[str], wanted: list[str]) -> Hit | None:
    texts = [(name, value) for name in names if isinstance(value := row[name], str) and value]
    whole = folded("\n".join(value for _, value in texts))
    if not all(word in whole for word in wanted):
        return None
    for name, value in texts:
        place = folded(value).find(wanted[0])
        if place >= 0:
            return Hit(row, name, _excerpt(value, place))
    return None


def _excerpt(text: str, place: int) -> str:
    flat = " ".join(text.split())
    start = max(0, min(place, len(flat)) - _AROUND)
    piece = flat[start : start + 2 * _AROUND]
    return ("…" if start else "") + piece + ("…" if start + 2 * _AROUND < len(flat) else "")
