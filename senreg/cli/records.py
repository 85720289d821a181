"""`list`, `show`, `search`, `add`, `set`, `archive` and `restore-record`."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.table_help import tables_in_words
from senreg.cli.unlocking import add_passphrase
from senreg.cli.verbs import FIELD_VALUE, Parser, Verbs
from senreg.errors import SenregError, WrongUsage

if TYPE_CHECKING:
    from senreg.commit import Commit
    from senreg.register import Register, Row
    from senreg.rules.found import Finding


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_list(verbs)
    _add_show(verbs)
    _add_search(verbs)
    _add_add(verbs)
    _add_set(verbs)
    _add_archiving(verbs)


def _add_list(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "list",
        help="the records of a table",
        example="senreg list pupils school.senreg --where year_group=4 class_name=4B\n"
        "senreg list sen_statuses school.senreg --where code=K --on 1/9/2025 --json",
    )
    parser.add_argument("table", metavar="TABLE", help="such as pupils, targets, placements")
    parser.epilog = f"{parser.epilog}\n\n{tables_in_words()}"
    add_register(parser)
    parser.add_argument(
        "--where",
        metavar="FIELD=VALUE",
        nargs="+",
        action="extend",
        help="only records with these values; choices by code or by label",
    )
    parser.add_argument(
        "--on", metavar="DATE", help="as it was on that day; pupils: on roll, in that year's class"
    )
    parser.add_argument("--archived", action="store_true", help="those that were put away instead")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="an array of whole records")
    form.add_argument("--csv", action="store_true", help="for a spreadsheet")
    parser.set_defaults(run=_list)


def _list(args: argparse.Namespace) -> int:
    from senreg.cli.listing import list_records

    return list_records(args)


def _add_show(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "show",
        help="one record; of a pupil the whole page",
        example='senreg show p4k2m9 school.senreg\nsenreg show "Sean O\'Neill"',
    )
    parser.add_argument("id", metavar="ID", help="a record's id, or a pupil's whole name or UPN")
    add_register(parser)
    parser.add_argument("--json", action="store_true", help="the record alone, every field")
    parser.set_defaults(run=_show)


def _show(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_record_or_pupil

    with reading(args) as (register, seen):
        row = the_record_or_pupil(register, args.id)
        if args.json:
            output.print_json(_whole(row))
        else:
            from senreg.cli.page import page

            output.say("\n".join(page(register, row)))
        return seen.code


def _add_search(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "search",
        help="every record that holds all the words, in any text",
        example='senreg search "reading age" school.senreg',
    )
    add_passphrase(parser)
    parser.add_argument(
        "words",
        metavar="WORDS",
        nargs="+",
        help="what to look for; capitals and accents make no difference; the last word may be "
        "the REGISTER's folder",
    )
    parser.add_argument("--json", action="store_true", help="an array of what was found")
    parser.set_defaults(run=_search)


def _search(args: argparse.Namespace) -> int:
    from senreg.cli.finding import found

    args.words, args.register = _words_and_register(args.words)
    with reading(args) as (register, seen):
        hits = found(register, " ".join(args.words))
        if args.json:
            output.print_json([hit.as_json() for hit in hits])
        elif hits:
            output.say("\n".join(line for hit in hits for line in hit.lines()))
        else:
            output.say("Nothing holds all of these words.")
        return seen.code


def _words_and_register(words: list[str]) -> tuple[list[str], str | None]:
    from senreg.cli.verbs import looks_like_register

    if len(words) > 1 and looks_like_register(words[-1]):
        return words[:-1], words[-1]
    return words, None


def _add_fields(parser: Parser, usage: str) -> None:
    parser.usage = usage
    add_passphrase(parser)
    parser.add_argument(
        "words",
        metavar="[REGISTER] FIELD=VALUE …",
        nargs="*",
        help="the register's folder, if it is not the one last opened; then each field with its "
        "value: dates as people say them, choices by code or label, people by name, initials or "
        "id; FIELD= clears",
    )
    add_person(parser)


def _register_first(args: argparse.Namespace) -> list[str]:
    """The FIELD=VALUE words, with the register before them put in its place."""
    words: list[str] = list(args.words)
    args.register = None
    if words and (not FIELD_VALUE.match(words[0]) or (Path(words[0]) / "register.json").exists()):
        args.register = words.pop(0)
    if not words:
        raise WrongUsage("No FIELD=VALUE was given.", do="Such as: class_name=4B")
    return words


def _add_add(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "add",
        help="a new record; prints its id",
        example='senreg add pupils school.senreg surname="O\'Neill" forename=Sean class_name=4B\n'
        'senreg add targets school.senreg pupil="Sean O\'Neill" kind=curricular due="end of term"',
    )
    parser.add_argument("table", metavar="TABLE", help="such as pupils, targets, placements")
    parser.epilog = f"{parser.epilog}\n\n{tables_in_words()}"
    _add_fields(parser, "senreg add TABLE [REGISTER] FIELD=VALUE … [--as STAFF] [--json]")
    parser.add_argument("--json", action="store_true", help="print the new record, every field")
    parser.set_defaults(run=_add)


def _add(args: argparse.Namespace) -> int:
    from senreg.cli.values import read_pairs
    from senreg.models.tables import model_of
    from senreg.rules.sessions import id_to_begin

    words = _register_first(args)
    model_of(args.table)
    if args.table == "school":
        raise WrongUsage(
            "A register is of one school, and that is there already.",
            do="Change it with: senreg list school, then senreg set ID FIELD=VALUE",
        )
    with writing(args) as register:
        values = read_pairs(register, args.table, words)
        given = {name: value for name, value in values.items() if value is not None}
        _refuse_second(register, args.table, given)
        with register.commit(f"Add to {args.table}") as commit:
            begun = id_to_begin(register, args.table, given)
            new = commit.add(args.table, given, record_id=begun or None)
        _tell_warnings(commit)
        row = _there(register, new)
        odd = _tell_odd(register, row, [])
        if args.json:
            output.print_json(_whole(row))
        else:
            output.say(new)
    return 1 if odd else 0


def _refuse_second(register: Register, table: str, given: Mapping[str, object]) -> None:
    """Raise SenregError for a session of a group's day, or a mark of a child, that is there."""
    from senreg.rules.sessions import begun_already

    known = begun_already(register, table, given)
    if known:
        what = "That group has a session on that day" if table == "sessions" else "That is marked"
        raise SenregError(f"{what} already.", do=f"Change it with: senreg set {known} FIELD=VALUE")


def _add_set(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "set",
        help="change fields of a record",
        example="senreg set p4k2m9 school.senreg class_name=5B key_teacher=MO",
    )
    parser.add_argument("id", metavar="ID", help="the record's id, or a pupil's whole name or UPN")
    _add_fields(parser, "senreg set ID [REGISTER] FIELD=VALUE … [--as STAFF]")
    parser.set_defaults(run=_set)


def _set(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_record_or_pupil
    from senreg.cli.values import read_pairs
    from senreg.clock import today
    from senreg.rules.typed import typed_findings

    words = _register_first(args)
    with writing(args) as register:
        row = the_record_or_pupil(register, args.id)
        values = read_pairs(register, row.table, words)
        before = typed_findings(register, row.table, row.id, today())
        with register.commit(f"Change in {row.table}") as commit:
            commit.set(row, **values)
        _tell_warnings(commit)
        return 1 if _tell_odd(register, row, before) else 0


def _add_archiving(verbs: Verbs) -> None:
    for verb, summary, run in (
        ("archive", "put a record away; it can be brought back", _archive),
        ("restore-record", "bring a record back that was put away", _restore),
    ):
        parser = verbs.add_parser(verb, help=summary, example=f"senreg {verb} p4k2m9 school.senreg")
        parser.add_argument("id", metavar="ID", help="the record's id")
        add_register(parser)
        add_person(parser)
        parser.set_defaults(run=run)


def _archive(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_record

    with writing(args) as register:
        row = the_record(register, args.id)
        if row.archived:
            output.say("It was put away already.")
            return 0
        with register.commit(f"Archive in {row.table}") as commit:
            commit.archive(row)
    return 0


def _restore(args: argparse.Namespace) -> int:
    from senreg.cli.references import the_record

    with writing(args) as register:
        row = the_record(register, args.id)
        if not row.archived:
            output.say("It is not put away.")
            return 0
        with register.commit(f"Restore in {row.table}") as commit:
            commit.restore(row)
    return 0


def _tell_warnings(commit: Commit) -> None:
    """What is odd but kept: on standard error, and the exit code stays 0, for it is done."""
    for sentence in commit.warnings:
        output.warn(sentence)


def _tell_odd(register: Register, row: Row, before: list[Finding]) -> bool:
    """What the change makes odd, a line each on standard error; whether there was anything."""
    from senreg.clock import today
    from senreg.rules.typed import new_findings, typed_findings

    after = typed_findings(register, row.table, row.id, today())
    odd = new_findings(before, after)
    for finding in odd:
        output.warn(finding.message)
    return bool(odd)


def _whole(row: Row) -> dict[str, Any]:
    from senreg.models.tables import complete

    return complete(row.table, row.id, dict(row))


def _there(register: Register, record_id: str) -> Row:
    row = register.get(record_id)
    if row is None:  # pragma: no cover - a commit that returned has written it
        raise LookupError("a record just added is not there")
    return row
