"""`report`: papers for people, made from the register."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output, school_templates
from senreg.cli.opening import add_register, handing_out
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.reports.asked import Choices


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "report",
        help="a paper to print (class, pupil, summary …), or a child's file",
        example="senreg report class school.senreg --class 4B --to 4B.html\n"
        "senreg report pupil school.senreg --pupil p7f3 --to page.html\n"
        "senreg report plan school.senreg --pupil p7f3 --to plan.docx --kind isp --given-to Mum\n"
        "senreg report letter school.senreg --class 4B --to a.docx --template ours.docx\n"
        "senreg report summary school.senreg --pupil p7f3 --to summary.html\n"
        "senreg report subject-access school.senreg --pupil p7f3 --to file.html --leave-out n4k2\n"
        "senreg report transfer school.senreg --pupil p7f3 --to file.zip",
    )
    parser.add_argument(
        "name",
        metavar="NAME",
        help="class: what helps and the targets of a class on one A4, without diagnoses; pupil: "
        "one child's support in full; passport: who a child is and what helps, on one page; plan: "
        "the child's plan; provision: what help runs, of the school, a class or a child; letter: "
        "invitations or reminders to families; impact: what interventions gained; governors: "
        "figures from which no child can be told; leadership: every figure of the school; "
        "chronology: what happened to a child by day; evidence: the graduated approach over "
        "several terms; annual-review: the papers for the review of an EHC plan; inspection: "
        "children by initials, with the story of each; summary: what was agreed, for the family; "
        "conversation: its record for the school's file; subject-access: all that is kept about "
        "a child, for who asks; transfer: the same for the next school",
    )
    add_register(parser)
    parser.add_argument(
        "--to",
        metavar="FILE",
        type=Path,
        help="the file to write, ending in .html, and for papers that can be .docx or .pdf; a "
        "child's file in .html, .json or .zip, for the next school in .docx or .pdf too",
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
    parser.add_argument(
        "--kind",
        metavar="KIND",
        help="what your school calls its plan: sen_support, isp, iep, provision, or its own words; "
        "of a letter: invitation or reminder",
    )
    parser.add_argument("--for-child", action="store_true", help="a plan in words for the child")
    parser.add_argument(
        "--costs", action="store_true", help="a provision map or the impact with what it costs"
    )
    parser.add_argument(
        "--term", metavar="NAME", help="the term it is about; else the school year so far"
    )
    parser.add_argument(
        "--from", dest="since", metavar="DATE",
        help="the first day that evidence is about; else the first of the last four terms",
    )  # fmt: skip
    parser.add_argument("--until", metavar="DATE", help="the last day it is about; else today")
    parser.add_argument(
        "--least", metavar="N", type=int, default=0,
        help="in figures for governors, numbers of fewer than N children are not told; else 5",
    )  # fmt: skip
    parser.add_argument(
        "--given-to",
        metavar="WHO",
        help="keep with the child that this version of a plan or passport was given out today",
    )
    school_templates.add_options(parser)
    parser.set_defaults(run=_report)


def _report(args: argparse.Namespace) -> int:
    from senreg.cli.packs import PACKS, write_pack
    from senreg.clock import today
    from senreg.reports.papers import PAPERS, check_ending, keep, make

    if school_templates.asked_for(args):
        return school_templates.tell_or_begin(args)
    if args.to is None:
        raise WrongUsage("--to is missing.", do="Name the file: --to FILE")
    if args.name in PACKS:
        return write_pack(args)
    _check(args)
    check_ending(args.to, args.name)
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
            choices=_choices(register, args),
            today=today(),
        )
        for sentence in paper.look:
            output.warn(sentence)
        keep(register, paper, args.to, today(), args.template)
        output.say(f"{PAPERS[paper.name].title} written. It is not encrypted: print it, delete it.")
        if args.given_to:
            from senreg.models.text import clean_line
            from senreg.reports.giving import give_out

            version = give_out(register, paper, args.given_to, today())
            output.say(f"{version} is kept as given to {clean_line(args.given_to)}.")
        return seen.code


def _choices(register: Register, args: argparse.Namespace) -> Choices:
    """What was chosen. Raises WrongUsage for a day that is none."""
    from senreg.cli.values import read_day
    from senreg.reports.papers import Choices

    return Choices(
        kind=args.kind or "",
        for_child=args.for_child,
        costs=args.costs,
        term=args.term or "",
        least=args.least,
        since=read_day(register, "--from", args.since) if args.since else None,
        until=read_day(register, "--until", args.until) if args.until else None,
    )


def _check(args: argparse.Namespace) -> None:
    """Raise WrongUsage for an option that the paper has no use for."""
    from senreg.reports.papers import PAPERS

    if args.conversation and args.name not in ("conversation", "summary"):
        raise WrongUsage("Only a conversation's summary or record is about a conversation.")
    if args.leave_out or args.looked_at:
        raise WrongUsage("Only a child's file has entries to leave out.")
    if args.template:
        school_templates.check(args)
    definition = PAPERS.get(args.name)
    if definition is None:
        return
    what = definition.title.lower()
    if args.pupil and not definition.can_be_about("pupil"):
        raise WrongUsage(f"A {what} is not about one child.", do="Name a class: --class NAME")
    if args.class_name and not definition.can_be_about("class"):
        raise WrongUsage(f"A {what} is not about a class.", do="Name the child: --pupil ID")
    taken = set(definition.choices)
    for given, choices, refusal in (
        (
            args.costs,
            {"costs"},
            "Only provision maps, impact and figures for governors have costs.",
        ),
        (args.kind, {"kind", "letter"}, "Only a plan or a letter has a kind."),
        (args.for_child, {"for_child"}, "Only a plan is written for the child."),
        (args.term, {"term"}, "This paper is not about a term."),
        (args.least, {"least"}, "Only figures for governors leave small numbers out."),
        (args.since or args.until, {"days"}, "This paper is not about days that are chosen."),
    ):
        if given and not choices & taken:
            raise WrongUsage(refusal)
    if args.given_to and not definition.version:
        raise WrongUsage("Only a plan or a passport is given out as a version.")
