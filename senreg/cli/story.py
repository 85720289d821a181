"""`history`, `undo` and `redo`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs

if TYPE_CHECKING:
    from senreg.register import FieldChange, Register, Undone

EVERYTHING = "everything"
"""In place of an id: the history of the whole register."""


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "history",
        help="who changed what in a record, and when",
        example="senreg history p4k2m9 school.senreg\n"
        "senreg history everything school.senreg --by AO",
    )
    parser.add_argument(
        "id",
        metavar="ID",
        help=f"a record's id, a pupil's whole name or UPN, or the word {EVERYTHING}",
    )
    add_register(parser)
    parser.add_argument(
        "--all",
        action="store_true",
        help="and in all that belongs to it, such as a pupil's targets",
    )
    parser.add_argument(
        "--field", metavar="FIELD", help="only this field, by its name, such as class_name"
    )
    parser.add_argument(
        "--by", metavar="STAFF", help="only by this person: initials, name, id, or a login name"
    )
    parser.add_argument("--json", action="store_true", help="an array of changes, oldest first")
    parser.set_defaults(run=_history)
    for verb, summary, run in (
        ("undo", "take back the last thing done on this copy", _undo),
        ("redo", "do again what was just undone", _redo),
    ):
        parser = verbs.add_parser(verb, help=summary, example=f"senreg {verb} school.senreg")
        add_register(parser)
        add_person(parser)
        parser.set_defaults(run=run)


def _history(args: argparse.Namespace) -> int:
    with reading(args) as (register, seen):
        by = _person(register, args.by) if args.by else None
        changes = _changes(register, args.id, children=args.all, field=args.field, by=by)
        if args.json:
            output.print_json([_as_json(change) for change in changes])
        else:
            output.say("\n".join(_drawn(register, changes)) if changes else "No such change.")
        return seen.code


def _person(register: Register, named: str) -> str:
    """The staff id of a person, or the name as it is given: who left may be staff no more."""
    from senreg.cli.references import NotOne, the_one

    try:
        return the_one(register, "staff", named)
    except NotOne:
        return named


def _changes(register: Register, named: str, **which: Any) -> list[FieldChange]:
    """The changes of a record, a pupil or the register; of one that was erased, that it was."""
    from senreg.cli.references import the_record_or_pupil
    from senreg.models.text import clean_line

    if named == EVERYTHING:
        return register.history(**which)
    if register.get(clean_line(named)) is None and (gone := register.history(clean_line(named))):
        return gone
    row = the_record_or_pupil(register, named)
    return register.history(row.id, **which)


def _as_json(change: FieldChange) -> dict[str, Any]:
    from senreg.clock import iso

    return {
        "at": iso(change.at),
        "by": change.by,
        "copy": change.copy,
        "table": change.table,
        "record": change.record,
        "field": change.field,
        "old": output.json_ready(change.old),
        "new": output.json_ready(change.new),
        "commit": change.commit,
    }


def _drawn(register: Register, changes: list[FieldChange]) -> list[str]:
    from senreg.models.days import shown_moment
    from senreg.rules.naming import staff_named

    rows = []
    for change in changes:
        title, old, new = field_in_words(
            register, change.table, change.field, change.old, change.new
        )
        rows.append(
            [
                shown_moment(change.at),
                staff_named(change.by, register.get),
                title,
                old,
                new,
                change.label,
            ]
        )
    return output.table(["When", "By", "What", "Before", "After", "In"], rows)


def field_in_words(register: Register, table: str, name: str, *values: object) -> tuple[str, ...]:
    """A field's title, then each of its values in words.

    A field of a newer version of senreg keeps its own name and its values as they are stored.
    """
    from senreg.models.tables import TABLES, fields_of
    from senreg.rules.values import in_words

    if name == "erased":
        from senreg.erasure import REASONS

        return ("Erased", *(dict(REASONS).get(str(value), "") for value in values))
    if name == "archived":
        return ("Put away", *("Yes" if value else "No" for value in values))
    if table in TABLES:
        for field in fields_of(table):
            if field.name == name:
                return (field.title, *(in_words(register, field, value) for value in values))
    return (name, *("" if value is None else str(value) for value in values))


def _undo(args: argparse.Namespace) -> int:
    with writing(args) as register:
        return _told(register, register.undo(), "Undone", "There is nothing to undo on this copy.")


def _redo(args: argparse.Namespace) -> int:
    with writing(args) as register:
        return _told(register, register.redo(), "Done again", "There is nothing to redo.")


def _told(register: Register, done: Undone | None, word: str, nothing: str) -> int:
    """Say what was undone and what was left; 1 where something is left to look at."""
    from senreg.rules.naming import describe_record

    if done is None:
        output.say(nothing)
        return 1
    output.say(f"{word}: {done.label} ({output.counted(done.changed, 'record')}).")
    for left in done.left:
        row = register.get(left.record)
        what = describe_record(row, register.get, left.table) if row is not None else left.record
        title = field_in_words(register, left.table, left.field)[0]
        output.say(f"Left as it is, because it was changed since: {what}, {title}.")
    return 1 if done.left else 0
