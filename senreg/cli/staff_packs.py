"""`export --for`: a staff pack, and `merge` of what comes back from one."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.unlocking import first_line, new_passphrase
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.sync.merge import MergePlan

PACK = ".senreg-pack"
SEALED = "It is encrypted: its own passphrase opens it. Never send that with the file."

GOES_BACK = "It is encrypted, and the SENCO's register opens it."


def add_options(parser: argparse.ArgumentParser) -> None:
    """What `export` is told of a pack."""
    parser.add_argument(
        "--for",
        dest="staff",
        metavar="STAFF",
        help="of a .senreg-pack: whose it is; it holds the children whose key teacher that is",
    )
    parser.add_argument("--class", dest="class_name", metavar="CLASS", help="this class instead")
    parser.add_argument(
        "--pupils", metavar="PUPIL", nargs="+", help="these children instead: ids or whole names"
    )
    parser.add_argument(
        "--until",
        metavar="DATE",
        help="its last day, after which it can only be read; left out: that of the school year",
    )
    parser.add_argument(
        "--new-passphrase-file",
        metavar="F",
        type=Path,
        help="the file whose first line is to open the pack; else asked",
    )


def refuse_pack_options(args: argparse.Namespace) -> None:
    """Raise WrongUsage where something that is no pack is told what only a pack is."""
    named = {
        "--for": args.staff,
        "--class": args.class_name,
        "--pupils": args.pupils,
        "--until": args.until,
        "--new-passphrase-file": args.new_passphrase_file,
    }
    for option, given in named.items():
        if given:
            raise WrongUsage(f"{option} is for a staff pack.", do=f"Use the ending {PACK}.")


def to_pack(register: Register, args: argparse.Namespace) -> tuple[str, str]:
    """Write a pack; what was written, and what there is to look at."""
    from senreg.cli.references import the_one
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.models.days import shown_day
    from senreg.rules.dates import school_year_of, school_year_span
    from senreg.sync.packs import export_pack, plan_pack, to_look_at

    _refuse_what_is_no_packs(args)
    day = today()
    staff = the_one(register, "staff", args.staff)
    last = school_year_span(school_year_of(day))[1]
    plan = plan_pack(
        register,
        staff,
        read_day(register, "--until", args.until) if args.until else last,
        day,
        class_name=args.class_name or "",
        pupils=[the_one(register, "pupils", each) for each in args.pupils or ()],
    )
    who = register.get(staff)
    hints = [str(register.school["name"] or ""), str(who["name"] if who else "")]
    given = first_line(args.new_passphrase_file) if args.new_passphrase_file else None
    summary = export_pack(register, plan, args.to, new_passphrase(hints, given, "staff pack"))
    told = (
        f"Written: {output.counted(len(plan.pupils), 'child', 'children')}, "
        f"{output.counted(summary.records, 'record')}, {summary.size / 1000:,.0f} kB; "
        f"until {shown_day(plan.until)}."
    )
    return told, " ".join(to_look_at(register, plan))


def tell_outside(plan: MergePlan, *, dry_run: bool) -> None:
    """What was set aside, or would be, and how it is taken."""
    if not plan.outside:
        return
    count = sum(len(each["ops"]) for each in plan.outside)
    said = "Would be set aside" if dry_run else "Set aside"
    output.say(f"{said}, for it is not within the staff pack: {output.counted(count, 'edit')}.")
    for sentence in plan.outside_details:
        output.say(f"    {sentence}")
    kept = "" if dry_run else " It is kept: senreg packs --aside"
    output.say(f"To take that in as well: --take-outside.{kept}")


def _refuse_what_is_no_packs(args: argparse.Namespace) -> None:
    if not args.staff:
        raise WrongUsage("A staff pack is for somebody.", do="Say for whom: --for STAFF")
    if args.class_name and args.pupils:
        raise WrongUsage("A pack is of a class or of some children.", do="Leave one of them out.")
    if args.table or args.confidential:
        raise WrongUsage(
            "What a staff pack holds is the school's policy.",
            do="Leave --table and --confidential out; the policy is in the school's settings.",
        )
