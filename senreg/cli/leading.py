"""`leading`: the lists for leaders, each line with what stands behind it."""

from __future__ import annotations

import argparse

from senreg.cli import output
from senreg.cli.opening import add_register, reading
from senreg.cli.verbs import Verbs


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    from senreg.rules.leading import LISTS

    parser = verbs.add_parser(
        "leading",
        help="lists for leaders: responsibility, lessons, training, coach, self-review",
        example="senreg leading responsibility school.senreg\n"
        "senreg leading self-review school.senreg --json",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="; ".join(f"{name}: {title}" for name, (_, title) in LISTS.items()),
    )
    add_register(parser)
    parser.add_argument("--on", metavar="DATE", help="as it stands on this day; else today")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    parser.set_defaults(run=_leading)


def _leading(args: argparse.Namespace) -> int:
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.rules.leading import LISTS, led

    if args.name is None:
        rows = [(name, title) for name, (_, title) in LISTS.items()]
        output.say("\n".join(output.table(("list", "what it says"), rows)))
        return 0
    with reading(args) as (register, seen):
        day = read_day(register, "--on", args.on) if args.on else today()
        parts = led(args.name, register, day)
        if args.json:
            output.print_json(
                {
                    "list": args.name,
                    "on": day.isoformat(),
                    "parts": [
                        {
                            "title": part.title,
                            "lines": [
                                line._asdict() | {"said": dict(line.said)} for line in part.lines
                            ],
                        }
                        for part in parts
                    ],
                }
            )
        elif not parts:
            output.say("There is nothing here yet.")
        for part in () if args.json else parts:
            output.say("; ".join(filter(None, (part.title, part.note))))
            for line in part.lines:
                output.say(f"  {line.title}: {'; '.join(filter(None, line[1:3]))}")
        return seen.code
