"""`import`: a spreadsheet into a register, looked at first."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.importing_many import import_many, is_many
from senreg.cli.opening import add_person, reading, writing
from senreg.cli.unlocking import add_passphrase
from senreg.cli.verbs import Verbs
from senreg.errors import Unreadable, WrongUsage

if TYPE_CHECKING:
    from senreg.exchange.import_parts import PlannedRow
    from senreg.exchange.pupils_import import ImportPlan
    from senreg.exchange.records_import import RecordsPlan
    from senreg.exchange.taking import Taken
    from senreg.register import Register
    from senreg.rules.found import Finding

_ODD_TOLD = 20
"""Lines about what is odd after an import; `check` has them all."""


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "import",
        help="spreadsheets and transfer files, looked at first with --dry-run",
        example="senreg import roll.xlsx --into school.senreg --whole-roll --dry-run\n"
        'senreg import mine.csv --into school.senreg --map dob="Born" --map skip="Bus route"\n'
        "senreg import september/ --into school.senreg",
    )
    parser.add_argument(
        "file",
        metavar="FILE",
        type=Path,
        help=".csv, .xlsx, .xls or .ods as it comes, a transfer file (CTF) as .xml, or a folder of "
        "such files",
    )
    parser.add_argument(
        "--into", dest="register", metavar="REGISTER", help="the register that takes it in"
    )
    add_passphrase(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    _add_columns(parser)
    parser.add_argument(
        "--whole-roll",
        action="store_true",
        help="the file has everyone on roll: tell who is missing from it",
    )
    _add_answers(parser)
    parser.add_argument("--json", action="store_true", help="what became of it, as one object")
    add_person(parser)
    parser.set_defaults(run=_import)


def _add_columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--sheet", metavar="NAME", help="else the one most like such rows")
    parser.add_argument(
        "--table",
        metavar="TABLE",
        help="what the rows are; else what such a file was before, or what its sheet and headings "
        "say, or pupils; all: every sheet of a workbook that is called like one or clearly is one",
    )
    parser.add_argument(
        "--map",
        dest="placed",
        metavar="FIELD=HEADING",
        action="append",
        default=[],
        help="take a column for a field, as a note (note=...), or pass it over (skip=...); "
        "remembered for the next such file",
    )
    parser.add_argument(
        "--every",
        metavar="FIELD=VALUE",
        action="append",
        default=[],
        help="what holds for each row that has no word of its own for it (not for pupils)",
    )


def _add_answers(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--match",
        metavar="ROW=ID",
        action="append",
        default=[],
        help="which pupil a row is: an id, or new",
    )
    parser.add_argument(
        "--keep",
        metavar="FIELD",
        action="append",
        default=[],
        help="leave this field of pupils in the register as it is",
    )
    parser.add_argument(
        "--left",
        metavar="ID",
        action="append",
        default=[],
        help="mark a pupil who is missing from the whole roll as left today",
    )


def _import(args: argparse.Namespace) -> int:
    from senreg.exchange.typed_over import mark_typed_over

    if is_many(args):
        return import_many(args)
    _refuse_what_does_not_fit(args)
    if args.dry_run:
        with reading(args) as (register, seen):
            plan = _planned(register, args)
            typed = mark_typed_over(plan, register)
            _tell_preview(plan, args)
            _tell_typed(typed, "would be overwritten")
            return 1 if plan.worth_a_look or typed else seen.code
    with writing(args) as register:
        plan = _planned(register, args)
        typed = mark_typed_over(plan, register)
        look = plan.worth_a_look or typed
        before = _odd(register, plan.table)
        _apply(plan, register, args)
        look = _tell_odd(before, _odd(register, plan.table)) or look
        _tell_typed(typed, "is overwritten" if typed == 1 else "are overwritten")
        return 1 if look else 0


def _tell_typed(typed: int, what: str) -> None:
    """How many values that a person typed an import goes over; which, the lines before say."""
    if typed:
        which = output.counted(typed, "value")
        output.warn(f"{which} typed here {what} by the file; --keep FIELD leaves one as it is.")


def _odd(register: Register, table: str) -> list[Finding]:
    """What is odd in the register; nothing for pupils, whose rows are looked at one by one."""
    if table == "pupils":
        return []
    from senreg.clock import today
    from senreg.rules.typed import odd_now

    return odd_now(register, today())


def _tell_odd(before: list[Finding], after: list[Finding]) -> bool:
    """What the rows made odd, a line each on standard error; whether there was anything."""
    from senreg.rules.typed import new_findings

    odd = new_findings(before, after)
    for finding in odd[:_ODD_TOLD]:
        output.warn(finding.message)
    if len(odd) > _ODD_TOLD:
        output.warn(f"{len(odd) - _ODD_TOLD:,} more like these: senreg check")
    return bool(odd)


def _refuse_what_does_not_fit(args: argparse.Namespace) -> None:
    if args.left and not args.whole_roll:
        raise WrongUsage(
            "--left goes with --whole-roll: only then can anyone be missing.",
            do="Add --whole-roll if the file has everyone on roll.",
        )


def _planned(register: Register, args: argparse.Namespace) -> ImportPlan | RecordsPlan:
    from senreg.exchange.pupils_import import ImportPlan

    taken = taken_from(register, args)
    if taken.table != "pupils" and (args.whole_roll or args.match or args.keep):
        raise WrongUsage(
            "--whole-roll, --match and --keep are for lists of pupils.",
            do="Leave them out, or say --table pupils if it is one.",
        )
    plan = taken.plan(register, whole_roll=args.whole_roll)
    if isinstance(plan, ImportPlan):
        _answer(plan, args)
    return plan


def taken_from(register: Register, args: argparse.Namespace, table: str | None = None) -> Taken:
    """The sheet of `args.file`, with its columns placed as the command line says.

    Args:
        register: The register.
        args: `file`, `sheet`, `placed` (--map), and where there are such `table` and `every`.
        table: What the rows are, where nothing else can be.

    Raises WrongUsage and Unreadable.
    """
    from senreg.exchange.recognising import refuse_unclear, say_guess, sheets_left
    from senreg.exchange.tabular import read_table_file
    from senreg.exchange.taking import table_meant, take_sheet

    table = table or args.table
    placed = [_pair(each, "--map", "dob=Born on") for each in args.placed]
    every = [_pair(each, "--every", "kind=wider") for each in getattr(args, "every", ())]
    file = read_table_file(args.file)
    meant = table_meant(file, register, args.sheet) if table != "pupils" else table
    try:
        taken = take_sheet(
            file,
            register,
            table or meant,
            sheet=args.sheet,
            chosen={heading: target for target, heading in placed},
            every=dict(every),
        )
    except Unreadable:
        if table is None:
            refuse_unclear(file, args.sheet)
        raise
    taken.meant = meant
    if table is None:
        say_guess(taken)
    if args.sheet is None:
        taken.told += sheets_left(taken)
    return taken


def _answer(plan: ImportPlan, args: argparse.Namespace) -> None:
    """Give the plan the answers that stand on the command line."""
    for each in args.match:
        row, pupil = _pair(each, "--match", "7=new")
        if not row.isascii() or not row.isdigit():
            raise WrongUsage(f"--match {each}: {row} is no row number.", do="Write --match 7=new")
        plan.choose(int(row), pupil)
    for field in args.keep:
        for planned, name in _changes_of(plan, field):
            plan.take(planned.number, name, taken=False)
    for pupil in args.left:
        plan.mark_left(pupil)


def _changes_of(plan: ImportPlan, field: str) -> list[tuple[PlannedRow, str]]:
    """The changes of known pupils that a field, or a table of what belongs to them, names."""
    from senreg.exchange.belongings import TABLES, Belonging
    from senreg.exchange.pupil_columns import target_named

    name = field if field == "notes" or field in TABLES else target_named(field)
    return [
        (row, change.field)
        for row in plan.rows
        if row.state == "changed"
        for change in row.changes
        if change.field == name or (isinstance(change.new, Belonging) and change.new.table == name)
    ]


def _pair(words: str, option: str, example: str) -> tuple[str, str]:
    first, equals, second = words.partition("=")
    if not equals or not first.strip() or not second.strip():
        raise WrongUsage(f"{option} {words} is not understood.", do=f"Write {option} {example}")
    return first.strip(), second.strip()


def _tell_preview(plan: ImportPlan | RecordsPlan, args: argparse.Namespace) -> None:
    from senreg.exchange.import_words import as_document, as_lines, sessions_in_words

    if args.json:
        output.print_json(as_document(plan))
        return
    for line in as_lines(plan):
        output.say(line)
    output.say()
    if words := sessions_in_words(len(plan.new_sessions), made=False):
        output.say(words)
    output.say("This was a look ahead: nothing was changed.")


def _apply(plan: ImportPlan | RecordsPlan, register: Register, args: argparse.Namespace) -> None:
    from senreg.exchange.import_words import as_document, as_lines, sessions_in_words

    applied = plan.apply()
    if args.json:
        output.print_json(as_document(plan, applied))
        return
    for line in as_lines(plan):
        output.say(line)
    output.say()
    if words := sessions_in_words(applied.sessions, made=True):
        output.say(words)
    if applied.left:
        output.say(f"{output.counted(applied.left, 'pupil')} marked as left.")
    if plan.table == "pupils":
        from senreg.exchange.known_now import known_now

        output.say(known_now(register, plan.today).words)
    if applied.counts.new or applied.counts.changed or applied.left:
        output.say("To take it all back: senreg undo")
    else:
        output.say("Nothing had to be changed.")
