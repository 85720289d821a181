"""`measure`: figures of the register, each with its definition, its n and its period."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.rules.measures import Asked, Measure


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    from senreg.rules.measures import MEASURES

    parser = verbs.add_parser(
        "measure",
        help="a figure with its n: progress, absence, participation, impact and more",
        example="senreg measure participation school.senreg --by lead_role\n"
        "senreg measure progress school.senreg --subject english --expected 3 --json\n"
        "senreg measure attainment school.senreg --subject english --at-least 4b\n"
        "senreg measure school.senreg --freeze 2025/26",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        nargs="?",
        help="; ".join(f"{n}: {w}" for n, (_, w) in MEASURES.items()),
    )
    add_register(parser)
    parser.add_argument(
        "--from",
        dest="start",
        metavar="DATE",
        help="the first day; else a year back, or for register and responsibility the school "
        "year's first",
    )
    parser.add_argument("--to", dest="end", metavar="DATE", help="the last day; else today")
    parser.add_argument(
        "--by", metavar="FIELD", default="",
        help="part the figure: class_name, key_teacher, status, need, sex, fsm and others",
    )  # fmt: skip
    parser.add_argument("--subject", metavar="NAME", default="", help="only this subject")
    parser.add_argument("--scale", metavar="NAME", default="", help="only this scale")
    parser.add_argument(
        "--expected", metavar="POINTS", type=float, help="points a year that are expected"
    )
    parser.add_argument(
        "--at-least", metavar="VALUE", default="", help="the value to reach, for attainment"
    )
    parser.add_argument(
        "--freeze", metavar="YEAR", help="keep the figures of a school year, such as 2025/26"
    )
    parser.add_argument("--json", action="store_true", help="one JSON document")
    add_person(parser)
    parser.set_defaults(run=_measure)


def _measure(args: argparse.Namespace) -> int:
    from senreg.rules.measures import MEASURES, measured

    if args.freeze:
        return _freeze(args)
    if args.name is None:
        output.say("\n".join(output.table(("measure", "what it says"), _listed())))
        return 0
    if args.name not in MEASURES:
        raise WrongUsage(
            f"There is no measure called {args.name}.", do="There are: " + ", ".join(MEASURES) + "."
        )
    with reading(args) as (register, seen):
        answer = measured(args.name, register, _asked(register, args))
        if args.json:
            output.print_json(as_json(answer))
        else:
            output.say("\n".join(_drawn(answer)))
        return seen.code


def _listed() -> list[tuple[str, str]]:
    from senreg.rules.measures import MEASURES

    return [(name, words) for name, (_, words) in MEASURES.items()]


def _asked(register: Register, args: argparse.Namespace) -> Asked:
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.models.entry import choice_meant
    from senreg.models.tables import field_of
    from senreg.rules.measures import Asked, usual_start

    now = today()
    end = read_day(register, "--to", args.end) if args.end else now
    usual = usual_start(args.name, end, register.all("terms"))
    start = read_day(register, "--from", args.start) if args.start else usual
    subject = args.subject
    if subject:
        meant = choice_meant(field_of("assessments", "subject"), subject)
        subject = meant.code if meant else subject
    return Asked(start, end, now, args.by, subject, args.scale, args.expected, args.at_least)


def as_json(answer: Measure) -> dict[str, Any]:
    """The answer as scripts read it."""
    document: dict[str, Any] = {
        "measure": answer.name,
        "definition": answer.definition,
        "from": answer.start.isoformat(),
        "to": answer.end.isoformat(),
        "rows": [
            {
                "by": row.by,
                "n": row.n,
                "unknown": row.unknown,
                "value": row.value,
                "unit": row.unit,
                **{name: _plain(value) for name, value in row.more.items()},
            }
            for row in answer.rows
        ],
    }
    if answer.notes:
        document["notes"] = list(answer.notes)
    return document


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def _drawn(answer: Measure) -> list[str]:
    from senreg.models.days import short_day
    from senreg.rules.measures.words import heading_of, more_in_words, shown_more, value_in_words

    parts = list(dict.fromkeys(part for row in answer.rows for part in row.by))
    more = shown_more(answer.rows)
    rows = [
        [
            *(row.by.get(part, "") for part in parts),
            value_in_words(row.value, row.unit),
            str(row.n),
            str(row.unknown),
            *([str(row.n + row.unknown)] if answer.whom else []),
            *(more_in_words(row, name) for name in more),
        ]
        for row in answer.rows
    ]
    headings = [*(each.replace("_", " ") for each in parts), "value", "n", "unknown"]
    headings += ["together"] if answer.whom else []
    lines = [answer.definition, ""]
    lines.append(f"{short_day(answer.start.isoformat())} to {short_day(answer.end.isoformat())}")
    if rows:
        lines += output.table([*headings, *map(heading_of, more)], rows)
        units = list(dict.fromkeys(row.unit for row in answer.rows))
        lines += ["", "The value is: " + ", ".join(units) + "."]
        lines += [f"Together, n + unknown: {answer.whom}."] if answer.whom else []
    else:
        lines.append("Nothing is recorded that this could be worked out from.")
    return [*lines, *answer.notes]


def _freeze(args: argparse.Namespace) -> int:
    from senreg.clock import today
    from senreg.year_figures import freeze

    if args.name and not args.register:
        args.register = args.name
    elif args.name:
        raise WrongUsage("All measures of a year are frozen together.", do="Leave the name out.")
    with writing(args) as register:
        count, left = freeze(register, args.freeze, today())
        output.say(f"{output.counted(count, 'figure')} of {args.freeze} kept.")
        for sentence in left:
            output.warn(sentence)
        return 1 if left else 0
