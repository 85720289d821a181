"""The options of `report` about a school's own Word template."""

from __future__ import annotations

import argparse
from pathlib import Path

from senreg.cli import output
from senreg.errors import WrongUsage


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add them to the verb."""
    parser.add_argument(
        "--template",
        metavar="FILE",
        type=Path,
        help="your school's own Word document, that a plan, a passport or letters are written into",
    )
    parser.add_argument(
        "--fields", action="store_true", help="only list what a template of this paper can name"
    )
    parser.add_argument(
        "--starting-template",
        action="store_true",
        help="write no paper but a template of it to begin from, to a file of --to",
    )


def asked_for(args: argparse.Namespace) -> bool:
    """Whether no paper is wanted, but the fields or a template to begin from."""
    return bool(args.fields or args.starting_template)


def tell_or_begin(args: argparse.Namespace) -> int:
    """List the fields of a paper, or write a template of it to begin from."""
    from senreg.exchange.written import write_out
    from senreg.reports.school_template.fields import in_lines
    from senreg.reports.school_template.starting import starting_template

    _refuse_without_template(args.name)
    if args.starting_template:
        if args.to is None or args.to.suffix.lower() != ".docx":
            raise WrongUsage(
                "A template is a Word document.", "Nothing was made.", "Name it: --to FILE.docx"
            )
        if args.to.exists():
            raise WrongUsage(
                "There is a file of that name already.", "It is as it was.", "Choose another name."
            )
        write_out(args.to, [starting_template(args.name)])
        output.say("A template to begin from is written. Change it in Word as you like.")
    if args.fields:
        lines = list(in_lines(args.name))
        width = max(len(written) for written, _ in lines)
        output.say("\n".join(f"{written:<{width}}  {told}".rstrip() for written, told in lines))
    return 0


def check(args: argparse.Namespace) -> None:
    """Raise for a paper that is not written into a template, and for one that cannot be used."""
    from senreg.reports.school_template.filling import check_template

    _refuse_without_template(args.name)
    if args.for_child:
        raise WrongUsage("A plan in words for the child is not written into a template.")
    if args.to.suffix.lower() != ".docx":
        raise WrongUsage("A template makes a Word document.", do="End the file's name in .docx.")
    check_template(args.template, args.name)


def _refuse_without_template(name: str) -> None:
    from senreg.reports.school_template.fields import TEMPLATED

    if name not in TEMPLATED:
        raise WrongUsage(
            "This paper is not written into a template of the school's.",
            do="Those that are: " + ", ".join(TEMPLATED) + ".",
        )
