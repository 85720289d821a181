"""`report`: papers for people, made from the register."""

from __future__ import annotations

import argparse
from pathlib import Path

from senreg.cli import output
from senreg.cli.opening import add_register, handing_out
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "report",
        help="a paper to print (class, pupil, summary …), or a child's file",
        example="senreg report class school.senreg --class 4B --to 4B.html\n"
        "senreg report pupil school.senreg --pupil p7f3 --to page.html\n"
        "senreg report summary school.senreg --pupil p7f3 --to summary.html\n"
        "senreg report subject-access school.senreg --pupil p7f3 --to file.html --leave-out n4k2\n"
        "senreg report transfer school.senreg --pupil p7f3 --to file.zip",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        help="class: what helps and the targets of a class on one A4, without diagnoses; "
        "pupil: one child's support in full; summary: what was agreed, for the "
        "family; conversation: its record for the school's file; subject-access: all that is kept "
        "about a child, for who asks; transfer: the same for the next school",
    )
    add_register(parser)
    parser.add_argument(
        "--to",
        metavar="FILE",
        required=True,
        type=Path,
        help="the file to write, ending in .html; a child's file also in .json or .zip",
    )
    about = parser.add_mutually_exclusive_group()
    about.add_argument("--pupil", metavar="ID", help="the child it is about: id, UPN or name")
    parser.add_argument(
        "--conversation",
        metavar="ID",
        help="the conversation that a summary or a record is about; the last one held without it",
    )
    about.add_argument("--class", dest="class_name", metavar="NAME", help="the class it is about")
    parser.add_argument(
        "--leave-out",
        metavar="ID",
        nargs="+",
        action="extend",
        help="records of a child's file that are not handed out; the pack says why, not what",
    )
    parser.add_argument(
        "--looked-at",
        action="store_true",
        help="what is about others, or a view, has been looked at and stays in",
    )
    parser.set_defaults(run=_report)


def _report(args: argparse.Namespace) -> int:
    from senreg.cli.packs import PACKS, write_pack
    from senreg.clock import today
    from senreg.reports.papers import PAPERS, check_ending, keep, make

    if args.name in PACKS:
        return write_pack(args)
    if args.conversation and args.name not in ("conversation", "summary"):
        raise WrongUsage("Only a conversation's summary or record is about a conversation.")
    if args.leave_out or args.looked_at:
        raise WrongUsage("Only a child's file has entries to leave out.")
    check_ending(args.to)
    definition = PAPERS.get(args.name)
    if definition and definition.about == "class" and args.pupil:
        raise WrongUsage("A class sheet is about one class.", do="Name it: --class NAME")
    if definition and definition.about == "pupil" and args.class_name:
        raise WrongUsage("A pupil page is about one child.", do="Name the child: --pupil ID")
    with handing_out(args) as (register, seen):
        pupil = None
        if args.pupil:
            from senreg.cli.references import the_one

            pupil = the_one(register, "pupils", args.pupil)
        paper = make(
            register,
            args.name,
            pupil=pupil,
            class_name=args.class_name,
            conversation=args.conversation,
            today=today(),
        )
        keep(register, paper, args.to, today())
        output.say(f"{PAPERS[paper.name].title} written. It is not encrypted: print it, delete it.")
        return seen.code
