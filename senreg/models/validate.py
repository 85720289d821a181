"""Whether values may be saved: every field checked, every refusal named in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from senreg.errors import FieldProblem, InvalidRecord
from senreg.models.describe import Field
from senreg.models.entry import choice_meant, one_of
from senreg.models.tables import fields_of, model_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from senreg.models.record import Record


def checked(table: str, values: Mapping[str, Any], *, partial: bool) -> dict[str, object]:
    """The values as they are stored: JSON only, dates as ISO text, text cleaned.

    Args:
        table: A table of `senreg.models.tables.TABLES`.
        values: Field names with their values: JSON values, or dates.
        partial: Only the given fields are checked; None clears one. Otherwise it is a whole
            record: required fields must be there, and fields that are None are left out.

    Raises:
        InvalidRecord: With a problem for every field that is unknown, missing, of the wrong
            kind, too long, or a code that its closed list does not have.
        WrongUsage: Where there is no such table.
    """
    known = _known(table)
    problems = [
        FieldProblem(str(name), f"{table} has no field called {str(name)[:40]}.")
        for name in values
        if name not in known
    ]
    given = {name: value for name, value in values.items() if name in known}
    look = _each if partial else _whole
    kept = look(table, given, problems)
    for name, value in kept.items():
        kept[name] = _in_its_list(known[name], value, problems)
    if problems:
        raise InvalidRecord(table, problems)
    if not partial:
        return {name: value for name, value in kept.items() if value is not None}
    return kept


def warnings_for(table: str, values: Mapping[str, Any]) -> list[str]:
    """What a careful reader would point out in stored values that are kept all the same."""
    found = model_of(table).warnings(dict(values))
    for first, last in _periods(table):
        start, end = values.get(first), values.get(last)
        if start and end and str(end) < str(start):
            known = _known(table)
            found.append(f"“{known[last].title}” is before “{known[first].title}”.")
    return found


_PERIODS = (
    ("start", "end"),
    ("joined", "left"),
    ("dob", "joined"),
    ("since", "until"),
    ("set_on", "due"),
    ("identified_on", "resolved_on"),
    ("entry_on", "exit_on"),
)
"""Pairs of dates of which the first comes first."""


@cache
def _periods(table: str) -> tuple[tuple[str, str], ...]:
    known = _known(table)
    return tuple(each for each in _PERIODS if each[0] in known and each[1] in known)


@cache
def _known(table: str) -> dict[str, Field]:
    return {field.name: field for field in fields_of(table)}


@cache
def _codes(table: str, name: str) -> frozenset[str]:
    return frozenset(choice.code for choice in _known(table)[name].choices())


def _whole(table: str, given: Mapping[str, Any], problems: list[FieldProblem]) -> dict[str, object]:
    from pydantic import ValidationError

    try:
        record = model_of(table).model_validate(dict(given))
    except ValidationError as refused:
        bad = _explain(table, refused.errors(include_url=False), problems)
        rest = {name: value for name, value in given.items() if name not in bad}
        return _each(table, rest, problems)
    return {name: _stored(getattr(record, name)) for name in given}


def _each(table: str, given: Mapping[str, Any], problems: list[FieldProblem]) -> dict[str, object]:
    from pydantic import ValidationError

    model = model_of(table)
    kept: dict[str, object] = {}
    record = _blank(table)
    for name, value in given.items():
        try:
            model.__pydantic_validator__.validate_assignment(record, name, value)
        except ValidationError as refused:
            _explain(table, refused.errors(include_url=False), problems)
        else:
            kept[name] = _stored(getattr(record, name))
    return kept


@cache
def _blank(table: str) -> Record:
    """A record without values, on which one field at a time is tried; making one is slow."""
    return model_of(table).model_construct()


def _stored(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, list) else value


def _in_its_list(field: Field, value: object, problems: list[FieldProblem]) -> object:
    """The value, checked against the field's choices; words of an open list become its code."""
    if value is None or not (field.about.code_set or field.about.choices):
        return value
    if str(value) in _codes(field.table, field.name):
        return value
    if field.about.open:
        meant = choice_meant(field, str(value))
        return meant.code if meant else value
    problems.append(FieldProblem(field.name, one_of(field)))
    return value


def _explain(table: str, errors: list[ErrorDetails], problems: list[FieldProblem]) -> set[str]:
    """A problem for each field that an error is about; their names."""
    known, seen = _known(table), set()
    for error in errors:
        name = str(error["loc"][0])
        if name not in seen:
            seen.add(name)
            problems.append(FieldProblem(name, _sentence(known[name], error)))
    return seen


def _sentence(field: Field, error: ErrorDetails) -> str:
    kind, title = error["type"], field.title
    if kind == "missing" or (field.required and error.get("input") in (None, "")):
        return f"{title} is missing."
    if kind in ("string_too_long", "too_long"):
        most = f"{error['ctx']['max_length']:,}"
        if field.kind == "records":
            return f"{title} lists more than {most}."
        return f"{title} is longer than {most} characters."
    if field.name == "at":
        return f"{title} is a time such as 09:30."
    return title + _EXPECTED[field.kind]


_EXPECTED = {
    "line": " is text on one line.",
    "text": " is text.",
    "day": " is a date, such as 2026-11-27.",
    "number": " is a number.",
    "whole": " is a whole number.",
    "yes_no": " is true or false.",
    "choice": " is a code of its list.",
    "record": " is the id of a record.",
    "records": " is a list of the ids of records.",
}
