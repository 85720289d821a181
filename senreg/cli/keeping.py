"""`erase`: what the law asks for once a child's file need not be kept any more."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, writing
from senreg.cli.verbs import Verbs
from senreg.errors import SenregError, WrongUsage

if TYPE_CHECKING:
    from senreg.erasure import Erased, Erasing
    from senreg.register import Register
    from senreg.reports.certificate import Certificate


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "erase",
        help="a child's records, for good: what the law asks for, not the everyday archive",
        example='senreg erase p4k2m9 school.senreg --reason retention --confirm "O\'Neill Sean" '
        "--certificate erased.html",
    )
    parser.add_argument("pupil", metavar="PUPIL", help="the child: id, UPN or whole name")
    add_register(parser)
    parser.add_argument(
        "--reason",
        metavar="TEXT",
        required=True,
        help="retention, transferred, request, mistake or other; any other text stands on the "
        "certificate alone",
    )
    parser.add_argument(
        "--confirm",
        metavar='"SURNAME FORENAME"',
        help="the child's name, as a sign that it is meant; without it, it is asked for",
    )
    parser.add_argument(
        "--certificate", metavar="FILE", type=Path, help="the certificate, as .html or .txt"
    )
    parser.add_argument(
        "--damaged-too",
        action="store_true",
        help="also remove damaged files that were put aside when the register was put together "
        "again: they may hold the child, and cannot be cleaned",
    )
    parser.add_argument(
        "--keep-figures",
        action="store_true",
        help="first keep the figures of each past school year in which the child counts and of "
        "which none were kept",
    )
    parser.add_argument("--json", action="store_true", help="what was erased, as one document")
    add_person(parser)
    parser.set_defaults(run=_erase)


def _erase(args: argparse.Namespace) -> int:
    from senreg import erasure
    from senreg.cli.references import the_one
    from senreg.clock import today
    from senreg.reports import certificate
    from senreg.rules.naming import pupil_name

    if args.certificate:
        certificate.check_ending(args.certificate)
    with writing(args) as register:
        plan = erasure.plan_erasing(register, the_one(register, "pupils", args.pupil), today())
        if not plan.holds:
            _confirm(args, plan)
            if args.keep_figures:
                _keep_figures(register, plan)
        code = erasure.reason_meant(args.reason)
        child = pupil_name(plan.pupil)
        erased = erasure.erase(register, plan, code or "other", put_aside_too=args.damaged_too)
        page = certificate.certificate(
            register, erased, child=child, said="" if code else args.reason
        )
        saved = _saved(page, args.certificate)
    if plan.unkept and not args.keep_figures:
        output.warn(f"The figures of {_years(plan)} were never kept; they lack this child now.")
    if args.json:
        output.print_json(_as_json(erased, page))
    elif saved:
        output.say(f"Erased: {page.what}. The certificate is written.")
        for name in erased.aside:
            output.warn(f"It names a folder that may still hold the child, to be deleted: {name}")
    else:
        output.say(certificate.as_text(page).rstrip())
    return 0 if erased.all_gone and not plan.mentions else 1


def _keep_figures(register: Register, plan: Erasing) -> None:
    """Keep the figures of the years in which the child counts."""
    from senreg.clock import today
    from senreg.erasure import keep_figures

    if plan.unkept:
        for sentence in keep_figures(register, plan, today()):
            output.warn(sentence)
        output.warn(f"The figures of {_years(plan)} were kept first.")


def _years(plan: Erasing) -> str:
    return ", ".join(plan.unkept)


def _saved(page: Certificate, path: Path | None) -> bool:
    """Write the certificate; where that fails it is shown, for it cannot be made again."""
    from senreg.reports import certificate

    if path is None:
        return False
    try:
        certificate.save(page, path)
    except SenregError as refusal:
        output.warn(f"The child was erased. {refusal.happened} The certificate is shown here.")
        return False
    return True


def _confirm(args: argparse.Namespace, plan: Erasing) -> None:
    """Ask for the child's name, or take it from the command line.

    Raises:
        WrongUsage: It was not given and nobody is there to type it.
        SenregError: It is another name.
    """
    from senreg.erasure import confirmation, is_confirmed
    from senreg.rules.nouns import counted_list

    typed = args.confirm
    if typed is None:
        if not sys.stdin.isatty():
            raise WrongUsage(
                "Erasing cannot be undone, so it is asked for twice.",
                do='Add: --confirm "SURNAME FORENAME"',
            )
        output.say(f"This erases for good: {counted_list(plan.counts)}.")
        if plan.aside and not args.damaged_too:
            output.say(
                "Damaged files that were put aside may hold the child too and are kept; "
                "--damaged-too removes them."
            )
        if plan.unkept and not args.keep_figures:
            output.say(
                f"The child counts in the figures of {', '.join(plan.unkept)}, which were never "
                "kept; --keep-figures keeps them first."
            )
        output.say(f"Type {confirmation(plan.pupil)} to go on, or nothing to stop:")
        typed = sys.stdin.readline()
    if not is_confirmed(plan.pupil, typed):
        raise SenregError(
            "What was typed is not this child's surname and forename.",
            "Nothing was erased.",
            "Type both as they are stored: senreg show ID",
        )


def _as_json(erased: Erased, page: Certificate) -> dict[str, Any]:
    from senreg.clock import iso

    plan = erased.plan
    return {
        "pupil": plan.pupil.id,
        "at": iso(erased.at),
        "by": erased.by,
        "reason": erased.reason,
        "records": plan.counts,
        "complete": erased.complete,
        "put_aside": erased.aside,
        "removed": erased.removed,
        "waiting": erased.waiting,
        "mentions": [
            {"table": hit.row.table, "record": hit.row.id, "field": hit.field}
            for hit in plan.mentions
        ],
        "handed_out": [
            {
                "at": iso(each.at),
                "by": each.by,
                "kind": each.kind,
                "what": each.what,
                "to": each.to,
                "delete_after": each.delete_after or None,
            }
            for each in plan.handed
        ],
        "not_reached": page.elsewhere,
    }
