"""The columns by which a table leaves senreg: one for each field, as our import reads them.

A column is headed by the field's title and holds the stored value: an id, a code, a date. Where
that is not what a person reads, a second column beside it holds the words: "Key teacher" has
"Key teacher (name)", "Sex" has "Sex (in words)". A file with both can be read back without
loss; import passes over the words.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from senreg.models.describe import Field
from senreg.models.tables import fields_of
from senreg.models.text import clean
from senreg.rules.reading import Reading, Row

ID_HEADING = "Id"
"""The heading of the column with a record's own id."""

NAME_MARK = " (name)"
WORDS_MARK = " (in words)"

Value = str | int | float | date | None
"""What a cell holds: text, a number, a date, or nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that is handed out.

    Args:
        heading: What stands above it, unlike any other of the same table.
        value: What a record has in it.
        is_id: It holds ids, which are for reading back and not for reading.
        long: It holds text of several lines.
        field: The field it shows; none for the record's own id, and for what is worked out.
        beside: It says in words what the column before it holds.
    """

    heading: str
    value: Callable[[Row], Value]
    is_id: bool = False
    long: bool = False
    field: Field | None = None
    beside: bool = False


def headings_of(fields: Sequence[Field]) -> list[str]:
    """What stands above the columns of fields: their titles, told apart where two are alike."""
    titles = Counter(field.title for field in fields)
    return [
        field.title
        if titles[field.title] == 1 and field.title != ID_HEADING
        else f"{field.title} ({field.name})"
        for field in fields
    ]


def is_words_heading(heading: str, headings: Iterable[str]) -> bool:
    """Whether a column only says in words what the one of the same title beside it says.

    Args:
        heading: The heading of the column.
        headings: Every heading of the same sheet.
    """
    stem = heading.strip()
    for mark in (NAME_MARK, WORDS_MARK):
        if stem.casefold().endswith(mark):
            title = stem[: -len(mark)].casefold()
            return any(other.strip().casefold() == title for other in headings)
    return False


def columns_of(
    register: Reading,
    table: str,
    fields: Sequence[Field] | None = None,
    *,
    confidential: bool = True,
) -> list[Column]:
    """The columns of a table, the record's id first.

    Args:
        register: Finds the records that ids refer to.
        table: A table of `senreg.models.tables.TABLES`.
        fields: Those to show, in this order; all but the program's own unless given.
        confidential: Whether fields that their model calls confidential are shown.
    """
    if fields is None:
        fields = [field for field in fields_of(table) if not field.about.unasked]
    fields = [field for field in fields if confidential or not field.about.confidential]
    namer = Namer(register)
    columns = [Column(ID_HEADING, _record_id, is_id=True)]
    for field, heading in zip(fields, headings_of(fields), strict=True):
        refers = field.kind in ("record", "records")
        long = field.kind == "text"
        columns.append(Column(heading, _stored(field), is_id=refers, long=long, field=field))
        if refers:
            named = _names(field.name, namer)
            columns.append(Column(heading + NAME_MARK, named, field=field, beside=True))
        elif field.kind in ("choice", "whole") and (labels := _labels(field)):
            words = _words(field.name, labels)
            columns.append(Column(heading + WORDS_MARK, words, field=field, beside=True))
    return columns


class Namer:
    """Names of the records that ids refer to, each worked out once."""

    def __init__(self, register: Reading) -> None:
        self._register = register
        self._known: dict[str, str] = {}

    def __call__(self, record_id: str) -> str:
        """The record in short words; nothing for an id the register does not hold."""
        words = self._known.get(record_id)
        if words is None:
            words = self._known[record_id] = self._describe(record_id)
        return words

    def _describe(self, record_id: str) -> str:
        from senreg.rules.naming import describe_record

        row = self._register.get(record_id)
        return clean(describe_record(row, self._register.get)) if row is not None else ""


def _record_id(row: Row) -> Value:
    return str(row["id"])


def _stored(field: Field) -> Callable[[Row], Value]:
    name = field.name
    if field.kind == "yes_no":
        return lambda row: "Yes" if row.get(name) else "No"
    if field.kind == "day":
        return lambda row: _day(row.get(name))
    return lambda row: _plain(row.get(name))


def _day(value: object) -> Value:
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return clean(str(value))


def _plain(value: object) -> Value:
    match value:
        case None:
            return None
        case bool():
            return "Yes" if value else "No"
        case int():
            return value
        case float():
            return _number(value)
    return clean(_as_text(value))


def _as_text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _number(value: float) -> Value:
    if not math.isfinite(value):
        return str(value)
    return int(value) if value.is_integer() and abs(value) < 2**53 else value


def _names(name: str, namer: Namer) -> Callable[[Row], Value]:
    def words(row: Row) -> Value:
        return "; ".join(filter(None, (namer(each) for each in _ids(row.get(name))))) or None

    return words


def _ids(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (each for each in value if isinstance(each, str))


def _labels(field: Field) -> Mapping[Any, str]:
    """Words by code; none where every code is its own word."""
    labels = {choice.code: choice.label for choice in field.choices()}
    told = any(str(code).casefold() != label.casefold() for code, label in labels.items())
    return labels if told else {}


def _words(name: str, labels: Mapping[Any, str]) -> Callable[[Row], Value]:
    def words(row: Row) -> Value:
        value = row.get(name)
        return None if value is None else labels.get(str(value))

    return words
