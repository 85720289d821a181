"""`compare`: what differs from the school's own system, pupil by pupil."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, reading, writing
from senreg.cli.unlocking import add_passphrase
from senreg.cli.verbs import Verbs

if TYPE_CHECKING:
    from senreg.exchange.comparing import Comparison, Difference
    from senreg.register import Register


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "compare",
        help="what differs from the school's own system, pupil by pupil",
        example="senreg compare roll.xlsx --with school.senreg --whole-roll\n"
        "senreg compare roll.xlsx --with school.senreg --take",
    )
    parser.add_argument(
        "file", metavar="FILE", type=Path, help="a list of pupils, as `import` reads it"
    )
    parser.add_argument(
        "--with", dest="register", metavar="REGISTER", help="the register to compare it with"
    )
    add_passphrase(parser)
    parser.add_argument("--sheet", metavar="NAME", help="else the one most like a list of pupils")
    parser.add_argument(
        "--map", dest="placed", metavar="FIELD=HEADING", action="append", default=[],
        help="take a column for a field, as in `import`",
    )  # fmt: skip
    parser.add_argument(
        "--whole-roll",
        action="store_true",
        help="the file has everyone on roll: tell who is missing from it",
    )
    parser.add_argument(
        "--take",
        action="store_true",
        help="take into the register what the school's system is right about, in one step",
    )
    parser.add_argument("--json", action="store_true", help="the differences as one object")
    add_person(parser)
    parser.set_defaults(run=_compare)


def _compare(args: argparse.Namespace) -> int:
    if args.take:
        with writing(args) as register:
            compared = _comparison(register, args)
            _tell(compared, args)
            applied = compared.take()
            if not args.json:
                what = output.counted(applied.counts.changed, "pupil")
                output.say(f"Taken into the register: {what}. To take it back: senreg undo")
            return 1 if compared.there or compared.unsettled else 0
    with reading(args) as (register, seen):
        compared = _comparison(register, args)
        _tell(compared, args)
        return 1 if _worth_a_look(compared) else seen.code


def _worth_a_look(compared: Comparison) -> bool:
    plan = compared.plan
    return bool(
        compared.there or compared.here or compared.unknown or compared.unsettled or plan.absent
    )


def _comparison(register: Register, args: argparse.Namespace) -> Comparison:
    from senreg.cli.importing import taken_from
    from senreg.exchange.comparing import Comparison

    taken = taken_from(register, args, "pupils")
    return Comparison(
        register, taken.grid, taken.header, taken.file.name, whole_roll=args.whole_roll
    )


def _tell(compared: Comparison, args: argparse.Namespace) -> None:
    if args.json:
        output.print_json(_document(compared))
        return
    for line in _lines(compared):
        output.say(line)


def _document(compared: Comparison) -> dict[str, Any]:
    plan = compared.plan
    return {
        "rows": len(plan.rows),
        "alike": compared.alike,
        "there": len(compared.there),
        "here": len(compared.here),
        "unknown": len(compared.unknown),
        "absent": len(plan.absent),
        "problems": len(compared.unsettled),
        "details": [
            *(_difference(each, "there") for each in compared.there),
            *(_difference(each, "here") for each in compared.here),
            *({"side": "unknown", "row": r.number, "name": r.name} for r in compared.unknown),
            *({"side": "absent", "pupil": a.pupil, "name": a.name} for a in plan.absent),
            *(
                {"side": "problem", "row": r.number, "name": r.name, "message": r.problem}
                for r in compared.unsettled
            ),
        ],
    }


def _difference(each: Difference, side: str) -> dict[str, Any]:
    return {
        "side": side,
        "pupil": each.pupil,
        "row": each.row,
        "name": each.name,
        "field": each.field,
        "here": each.here,
        "there": each.there,
    }


def _lines(compared: Comparison) -> Iterator[str]:
    alike = output.counted(compared.alike, "pupil")
    there, here = len(compared.there), len(compared.here)
    yield f"{alike} alike; {there:,} to change there, {here:,} to take here."
    yield from _by_pupil("Change these in the school's system", compared.there)
    yield from _by_pupil("Take these here (--take)", compared.here)
    yield from _section(
        "With needs in the file, and not in this register",
        [f"  row {row.number}  {row.name}" for row in compared.unknown],
    )
    yield from _section(
        "On roll here, and not in the file",
        [f"  {each.name}, {each.words}" for each in compared.plan.absent],
    )
    yield from _section(
        "Not compared",
        [f"  row {row.number}  {row.name}: {row.problem}" for row in compared.unsettled],
    )


def _by_pupil(title: str, differences: Sequence[Difference]) -> Iterator[str]:
    lines = []
    for name, some in groupby(differences, key=lambda each: (each.pupil, each.name)):
        lines.append(f"  {name[1]}")
        lines += [f"    {each.title}: here {each.here}, there {each.there}" for each in some]
    yield from _section(title, lines)


def _section(title: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield ""
        yield title
        yield from lines
