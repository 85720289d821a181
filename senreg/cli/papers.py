"""`report`: papers for people, made from the register."""

from __future__ import annotations

import argparse
from pathlib import Path

from senreg.cli import output
from senreg.cli.opening import add_register, reading
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "report",
        help="a paper to print: class, or pupil",
        example="senreg report class school.senreg --class 4B --to 4B.html\n"
        "senreg report pupil school.senreg --pupil p7f3 --to page.html",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        help="class: what helps and the targets of a class on one A4, without diagnoses; "
        "pupil: one child's support in full",
    )
    add_register(parser)
    parser.add_argument(
        "--to", metavar="FILE", required=True, type=Path, help="the file to write, ending in .html"
    )
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--pupil", metavar="ID", help="the child it is about: id, UPN or name")
    about.add_argument("--class", dest="class_name", metavar="NAME", help="the class it is about")
    parser.set_defaults(run=_report)


def _report(args: argparse.Namespace) -> int:
    from senreg.clock import today
    from senreg.reports.papers import PAPERS, check_ending, make, save

    check_ending(args.to)
    definition = PAPERS.get(args.name)
    if definition and definition.about == "class" and args.pupil:
        raise WrongUsage("A class sheet is about one class.", do="Name it: --class NAME")
    if definition and definition.about == "pupil" and args.class_name:
        raise WrongUsage("A pupil page is about one child.", do="Name the child: --pupil ID")
    with reading(args) as (register, seen):
        pupil = None
        if args.pupil:
            from senreg.cli.references import the_one

            pupil = the_one(register, "pupils", args.pupil)
        paper = make(register, args.name, pupil=pupil, class_name=args.class_name, today=today())
        save(paper, args.to)
        output.say(f"{PAPERS[paper.name].title} written. It is not encrypted: print it, delete it.")
        return seen.code
