"""`senreg list`: the records of a table as an aligned table, as JSON or as CSV."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import handing_out, reading
from senreg.errors import WrongUsage
from senreg.models.describe import Field

if TYPE_CHECKING:
    from senreg.register import Register

Listed = tuple[str, Mapping[str, Any]]
"""An id and the fields of its record."""

_FIRST = {
    "pupils": ("surname", "forename", "year_group", "class_name", "upn", "dob", "key_teacher"),
}
"""Fields that lead the aligned table where the order of the model is not what people look for."""


def list_records(args: argparse.Namespace) -> int:
    """The records that a `list` command asks for, printed."""
    from senreg.models.tables import model_of

    _move_register_out_of_where(args)
    model_of(args.table)
    leaves = args.csv and not output.is_screen()
    with (handing_out if leaves else reading)(args) as (register, seen):
        listed = chosen(register, args)
        if leaves and listed:
            _keep_note(register, args.table, len(listed))
        if args.json:
            _print_json(args.table, listed)
        elif args.csv:
            _print_csv(register, args.table, listed)
        else:
            output.say("\n".join(_drawn(register, args.table, listed)))
        return seen.code


def _keep_note(register: Register, table: str, count: int) -> None:
    """A spreadsheet that is not only looked at leaves the register as one of `export` does."""
    from senreg.export_log import SPREADSHEET, STREAM, note, tables_handed_out

    note(register, SPREADSHEET, tables_handed_out({table: count}, confidential=True), STREAM)


def _move_register_out_of_where(args: argparse.Namespace) -> None:
    """Take back a register that stands after the words of `--where`."""
    from senreg.cli.verbs import FIELD_VALUE

    args.where = list(args.where or ())
    others = [word for word in args.where if not FIELD_VALUE.match(word)]
    if len(others) == 1 and not args.register and others[0] == args.where[-1]:
        args.register = args.where.pop()


def chosen(register: Register, args: argparse.Namespace) -> list[Listed]:
    """The records that hold on the date and pass every filter, in the order people look for."""
    from senreg.cli.values import filters

    listed = _at_hand(register, args)
    for matches in filters(register, args.table, args.where):
        listed = [(record, fields) for record, fields in listed if matches(fields)]
    if args.table in ("pupils", "staff"):
        listed.sort(key=lambda each: _by_name(each[1]))
    return listed


def _at_hand(register: Register, args: argparse.Namespace) -> list[Listed]:
    if args.on is None:
        return [(row.id, row) for row in register.all(args.table, archived=args.archived)]
    if args.archived:
        raise WrongUsage("--on and --archived cannot go together.", do="Leave one of them out.")
    from senreg.cli.on_date import true_on
    from senreg.cli.values import read_day

    return true_on(register, args.table, read_day(register, "--on", args.on))


def _by_name(fields: Mapping[str, Any]) -> tuple[str, str]:
    from senreg.models.text import folded

    return (
        folded(str(fields.get("surname") or fields.get("name") or "")),
        folded(str(fields.get("forename") or "")),
    )


def _print_json(table: str, listed: Sequence[Listed]) -> None:
    from senreg.models.tables import complete

    output.print_json([complete(table, record, dict(fields)) for record, fields in listed])


def _print_csv(register: Register, table: str, listed: Sequence[Listed]) -> None:
    from senreg.exchange.columns import columns_of
    from senreg.exchange.spreadsheets_out import table_csv

    rows = [{**fields, "id": record} for record, fields in listed]
    output.print_csv("".join(table_csv(register, rows, columns_of(register, table))))


def _drawn(register: Register, table: str, listed: Sequence[Listed]) -> list[str]:
    from senreg.models.tables import fields_of
    from senreg.rules.values import in_words

    if not listed:
        return [f"No records in {table} match." if register.count(table) else f"{table} is empty."]
    fields = _worth_a_column(fields_of(table), table, listed)
    rows = [
        [record, *(in_words(register, field, values.get(field.name), brief=True)
                   for field in fields)]
        for record, values in listed
    ]  # fmt: skip
    shown = _as_many_as_fit(rows, ["id", *(field.title for field in fields)])
    lines = output.table(["id", *(field.title for field in fields)][:shown],
                         [row[:shown] for row in rows])  # fmt: skip
    left = len(fields) + 1 - shown
    tail = f"; {output.counted(left, 'more field')} with --json or --csv" if left else ""
    return [*lines, "", output.counted(len(listed), "record") + tail]


def _worth_a_column(fields: Sequence[Field], table: str, listed: Sequence[Listed]) -> list[Field]:
    """The fields that hold something, those people look for first, long texts last."""
    first = _FIRST.get(table, ())
    filled = [
        field
        for field in fields
        if any(values.get(field.name) not in (None, "", [], False) for _, values in listed)
    ]
    places = {name: place for place, name in enumerate(first)}
    return sorted(
        filled, key=lambda field: (places.get(field.name, len(first)), field.kind == "text")
    )


def _as_many_as_fit(rows: Sequence[Sequence[str]], headings: Sequence[str]) -> int:
    """How many columns the screen has room for, at least two."""
    room, used = output.screen_width(), 0
    for at, heading in enumerate(headings):
        longest = max(output.cells(row[at]) for row in rows)
        used += min(max(longest, len(heading)), output.WIDEST_CELL) + 2
        if used - 2 > room and at >= 2:
            return at
    return len(headings)
