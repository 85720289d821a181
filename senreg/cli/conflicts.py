"""`conflicts` and `settle`."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import NoSuchRecord, WrongUsage

if TYPE_CHECKING:
    from senreg.register import Conflict, Register


def add_conflicts(verbs: Verbs) -> None:
    """Add the verbs."""
    parser = verbs.add_parser(
        "conflicts",
        help="what two copies changed differently and a person must settle",
        example="senreg conflicts school.senreg",
    )
    add_register(parser)
    parser.add_argument("--json", action="store_true", help="an array of conflicts")
    parser.set_defaults(run=_conflicts)
    parser = verbs.add_parser(
        "settle",
        help="decide a conflict",
        example='senreg settle pupils/fbctdjxe5qh7ve2k/class_name school.senreg --take "4B"\n'
        "senreg settle pupils/fbctdjxe5qh7ve2k/what_helps school.senreg --both",
    )
    parser.add_argument("conflict", metavar="CONFLICT", help="its id, from senreg conflicts")
    add_register(parser)
    holds = parser.add_mutually_exclusive_group(required=True)
    holds.add_argument(
        "--take", metavar="VALUE", help="the value that holds, one of the two or new"
    )
    holds.add_argument(
        "--both", action="store_true", help="what both wrote: the lines of each text, or both lists"
    )
    add_person(parser)
    parser.set_defaults(run=_settle)


def _conflicts(args: argparse.Namespace) -> int:
    with reading(args) as (register, seen):
        standing = register.conflicts()
        if args.json:
            output.print_json([_as_json(conflict) for conflict in standing])
        elif standing:
            output.say("\n\n".join(_drawn(register, conflict) for conflict in standing))
        else:
            output.say("There are no conflicts.")
        return 1 if standing else seen.code


def _as_json(conflict: Conflict) -> dict[str, Any]:
    from senreg.clock import iso

    return {
        "id": conflict.id,
        "table": conflict.table,
        "record": conflict.record,
        "field": conflict.field,
        "values": [
            {"value": output.json_ready(each.value), "by": each.by, "at": iso(each.at)}
            for each in conflict.values
        ],
    }


def _drawn(register: Register, conflict: Conflict) -> str:
    from senreg.cli.story import field_in_words
    from senreg.models.days import shown_moment
    from senreg.rules.naming import describe_record, staff_named

    row = register.get(conflict.record)
    what = (
        describe_record(row, register.get, conflict.table) if row is not None else conflict.record
    )
    title = field_in_words(register, conflict.table, conflict.field)[0]
    lines = [f"{conflict.id}  {what}: {title}"]
    for each in conflict.values:
        words = field_in_words(register, conflict.table, conflict.field, each.value)[1]
        by = staff_named(each.by, register.get)
        first, *more = (words or "(nothing)").split("\n")
        lines.append(f"    {first}  ({by}, {shown_moment(each.at)})")
        lines += [f"      {line}" for line in more]
    return "\n".join(lines)


def _settle(args: argparse.Namespace) -> int:
    with writing(args) as register:
        conflict = next((each for each in register.conflicts() if each.id == args.conflict), None)
        if conflict is None:
            raise NoSuchRecord(
                "There is no conflict with that id, or it is settled already.",
                do="See those that stand with: senreg conflicts",
            )
        value = _both(conflict) if args.both else _taken(register, conflict, args.take)
        register.settle(conflict.id, value)
        left = len(register.conflicts())
        output.say(f"Settled; {output.counted(left, 'conflict')} left.")
    return 0


def _both(conflict: Conflict) -> object:
    from senreg.models.tables import known_field
    from senreg.rules.settling import BOTH_KINDS, both

    field = known_field(conflict.table, conflict.field)
    if field is None or field.kind not in BOTH_KINDS:
        raise WrongUsage(
            "Only a text of several lines or a list can hold both.", do="Take one with --take."
        )
    return both(field.kind, [each.value for each in conflict.values])


def _taken(register: Register, conflict: Conflict, text: str) -> object:
    """The value meant: one of those in conflict as it is stored or shown, else a new one."""
    from senreg.cli.story import field_in_words
    from senreg.cli.values import read_pairs
    from senreg.models.text import clean_line, folded

    wanted = folded(clean_line(text))

    def stored(value: object) -> str:
        return "" if value is None else str(value)

    def shown(value: object) -> str:
        return field_in_words(register, conflict.table, conflict.field, value)[1]

    for written in (stored, shown):
        for each in conflict.values:
            if folded(clean_line(written(each.value))) == wanted:
                return each.value
    if conflict.field == "archived":
        raise WrongUsage("This is put away or it is not.", do="Take yes or no.")
    return read_pairs(register, conflict.table, [f"{conflict.field}={text}"])[conflict.field]
