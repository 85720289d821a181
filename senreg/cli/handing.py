"""`export --log`: what was handed out of a register, told or saved as a list."""

from __future__ import annotations

import argparse

from senreg.cli import output
from senreg.cli.opening import handing_out, reading
from senreg.errors import WrongUsage


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add them to the verb."""
    parser.add_argument(
        "--log",
        action="store_true",
        help="only tell what this copy handed out: when, who, what, about whom, where to, delete "
        "after; with --to into a .csv",
    )
    parser.add_argument("--json", action="store_true", help="with --log, one JSON document")


def log(args: argparse.Namespace) -> int:
    """Tell what was handed out, or write it into a list."""
    from senreg.clock import iso, shown
    from senreg.exchange.handed_list import handed_lines, write_handed_list

    if args.to is not None:
        if args.to.suffix.lower() != ".csv" or args.json:
            raise WrongUsage("The list is written as .csv.", do="Use .csv, without --json.")
        with handing_out(args) as (register, seen):
            lines = handed_lines(register)
            write_handed_list(register, lines, args.to)
            output.say(f"Written: {output.counted(len(lines), 'thing')} handed out.")
            return seen.code
    with reading(args) as (register, seen):
        lines = handed_lines(register)
        if args.json:
            output.print_json(
                [
                    {
                        "at": iso(each.at),
                        "by": each.by,
                        "kind": each.kind,
                        "what": each.what,
                        "about": each.about or None,
                        "to": each.to,
                        "delete_after": each.delete_after or None,
                    }
                    for each in lines
                ]
            )
        elif lines:
            output.say("\n".join(f"{shown(each.at)}  {each.sentence}" for each in lines))
        else:
            output.say("Nothing was handed out of this copy yet.")
        return seen.code
