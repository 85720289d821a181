"""FIELD=VALUE words: read into what a register stores, matched against it, and shown again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.cli.references import NotOne, the_one
from senreg.clock import today
from senreg.errors import FieldProblem, InvalidRecord, WrongUsage
from senreg.models.describe import Field
from senreg.models.entry import EntryProblem, read_entry
from senreg.models.tables import field_of
from senreg.models.text import clean_line, folded
from senreg.rules.dates import parse_day
from senreg.rules.reading import Row

if TYPE_CHECKING:
    from senreg.register import Register

Matches = Callable[[Row], bool]


def split_pairs(words: Sequence[str]) -> list[tuple[str, str]]:
    """Field names and texts of FIELD=VALUE words, in their order.

    Raises:
        WrongUsage: A word has no field, or holds bytes that are not UTF-8.
    """
    pairs = []
    for word in words:
        name, equals, text = word.partition("=")
        if not equals or not name.strip():
            raise WrongUsage(f"{word} is not FIELD=VALUE.", do="Write it as class_name=4B")
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            raise WrongUsage(
                f"The value of {name} is not UTF-8 text.", do="Set the terminal to UTF-8."
            ) from None
        pairs.append((name.strip().lower(), text))
    return pairs


def read_pairs(register: Register, table: str, words: Sequence[str]) -> dict[str, Any]:
    """The values to store that FIELD=VALUE words give; an empty VALUE is None.

    Raises:
        WrongUsage: There is no such field, or it is given twice.
        InvalidRecord: A value cannot be taken; every such field is named.
    """
    values: dict[str, Any] = {}
    problems = []
    for name, text in split_pairs(words):
        if name in values:
            raise WrongUsage(f"{name} is given twice.", do="Give each field once.")
        field = field_of(table, name)
        values[name] = None
        try:
            values[name] = _read(register, field, text)
        except (EntryProblem, NotOne) as problem:
            message = problem.happened if isinstance(problem, NotOne) else str(problem)
            problems.append(FieldProblem(name, message))
    if problems:
        raise InvalidRecord(table, problems)
    return values


def _read(register: Register, field: Field, text: str) -> Any:
    if field.kind == "record":
        return the_one(register, field.tables, text) if text.strip() else None
    if field.kind == "records":
        return _read_several(register, field, text)
    return read_entry(field, text, today=today(), terms=register.all("terms"))


def _read_several(register: Register, field: Field, text: str) -> list[str]:
    """Ids from names; a semicolon parts them, else a comma where the whole is no name."""
    if not text.strip():
        return []
    if ";" not in text:
        try:
            return [the_one(register, field.tables, text)]
        except NotOne:
            if "," not in text:
                raise
    parts = text.split(";" if ";" in text else ",")
    return [the_one(register, field.tables, part) for part in parts if part.strip()]


def filters(register: Register, table: str, words: Sequence[str]) -> list[Matches]:
    """What `--where` words ask of a record; a record is listed when all of them hold.

    Choices are matched by code or by label, text without regard to capitals and accents,
    references by id, name or initials; an empty VALUE asks that nothing is known.

    Raises:
        WrongUsage: No such field, or a value that the field can never have.
    """
    return [_filter(register, table, name, text) for name, text in split_pairs(words)]


def _filter(register: Register, table: str, name: str, text: str) -> Matches:
    if name == "id":
        return lambda row: row["id"] == text
    field = field_of(table, name)
    if not text.strip():
        return lambda row: row.get(name) in (None, "", [], False)
    if field.kind == "choice":
        return _choice_filter(register, field, text)
    if field.kind in ("line", "text"):
        wanted = folded(clean_line(text))
        return lambda row: folded(clean_line(str(row.get(name) or ""))) == wanted
    return _value_filter(register, field, text)


def _value_filter(register: Register, field: Field, text: str) -> Matches:
    """By the value that a date, figure, yes-or-no or name means."""
    name = field.name
    try:
        value = _read(register, field, text)
    except EntryProblem as problem:
        raise WrongUsage(f"--where {name}: {problem}") from None
    if field.kind == "records":
        return lambda row: set(value) <= set(row.get(name) or ())
    if field.kind == "yes_no":
        return lambda row: bool(row.get(name)) is value
    return lambda row: row.get(name) == value


def _choice_filter(register: Register, field: Field, text: str) -> Matches:
    """By the code that a code or label means, or by a stored code no list knows."""
    name = field.name
    literal = folded(clean_line(text))
    code: object = None
    try:
        code = read_entry(field, text, today=today())
    except EntryProblem as problem:
        stored = {folded(str(row.get(name) or "")) for row in register.all(field.table)}
        if literal not in stored:
            raise WrongUsage(f"--where {name}: {problem}") from None
    return lambda row: (
        row.get(name) is not None and (row[name] == code or folded(str(row[name])) == literal)
    )


def read_day(register: Register, option: str, text: str) -> date:
    """The day an option names, typed as people say it.

    Raises:
        WrongUsage: It is no date.
    """
    try:
        return parse_day(text, today=today(), terms=register.all("terms"))
    except ValueError as problem:
        raise WrongUsage(f"{option}: {problem}") from None
