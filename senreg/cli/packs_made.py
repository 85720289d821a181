"""`packs`: the staff packs that were made, renewed or withdrawn, and what was left of them."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import add_person, add_register, reading, writing
from senreg.cli.staff_packs import PACK
from senreg.cli.verbs import Verbs
from senreg.errors import NoSuchRecord, WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.store.pack_record import StaffPack


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "packs",
        help="staff packs: renew, withdraw, see what was set aside",
        example="senreg packs school.senreg\n"
        "senreg packs school.senreg --renew PACK --until 2027-12-17 --to 4b.senreg-pack\n"
        "senreg packs school.senreg --withdraw PACK\n"
        "senreg packs school.senreg --reinstate PACK\n"
        "senreg packs school.senreg --aside",
    )
    add_register(parser)
    does = parser.add_mutually_exclusive_group()
    does.add_argument("--renew", metavar="PACK", help="make a newer one, with another last day")
    does.add_argument(
        "--withdraw", metavar="PACK", help="set aside whatever comes back from it from now on"
    )
    does.add_argument(
        "--reinstate", metavar="PACK", help="take back that it was withdrawn: what comes is merged"
    )
    does.add_argument("--aside", action="store_true", help="what came back and was left")
    does.add_argument("--take", metavar="ID", nargs="+", help="take in after all what was left")
    parser.add_argument("--until", metavar="DATE", help="with --renew: the new last day")
    parser.add_argument("--to", metavar="FILE", type=Path, help="with --renew: the newer pack")
    parser.add_argument(
        "--new-passphrase-file",
        metavar="F",
        type=Path,
        help="with --renew: what is to open it; left out: only whoever has joined it takes it in",
    )
    parser.add_argument("--json", action="store_true", help="an array of packs, or of what is left")
    add_person(parser)
    parser.set_defaults(run=_packs)


def _packs(args: argparse.Namespace) -> int:
    if not args.renew and (args.until or args.to or args.new_passphrase_file):
        raise WrongUsage(
            "--until, --to and --new-passphrase-file are for --renew.", do="Say: --renew PACK"
        )
    if args.renew:
        return _renew(args)
    if args.withdraw:
        return _withdraw(args)
    if args.reinstate:
        return _reinstate(args)
    if args.take:
        return _take(args)
    with reading(args) as (register, seen):
        (_say_left if args.aside else _say_packs)(register, args.json)
        return seen.code


def _say_packs(register: Register, as_json: bool) -> None:
    from senreg.clock import today
    from senreg.models.days import shown_day
    from senreg.rules.naming import staff_named
    from senreg.sync.packs import packs_made

    made = packs_made(register)
    if as_json:
        output.print_json([_as_json(each) for each in made])
        return
    for each in made:
        ended = "ended" if each.is_over(today()) else "until"
        state = f"withdrawn {shown_day(each.withdrawn)}" if each.withdrawn else ""
        what = f"class {each.class_name}, " if each.class_name else ""
        children = output.counted(len(each.pupils), "child", "children")
        output.say(
            f"{each.id}  {staff_named(each.staff, register.get)}: {what}{children}, "
            f"{state or f'{ended} {shown_day(each.until)}'}"
        )
    if not made:
        output.say("No staff pack was made.")


def _as_json(pack: StaffPack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "staff": pack.staff,
        "class_name": pack.class_name or None,
        "pupils": sorted(pack.pupils),
        "until": pack.until,
        "withdrawn": pack.withdrawn or None,
    }


def _say_left(register: Register, as_json: bool) -> None:
    from senreg.clock import iso
    from senreg.models.days import shown_moment
    from senreg.rules.naming import staff_named
    from senreg.sync.asides import asides, said_of

    left = asides(register)
    if as_json:
        output.print_json(
            [
                {
                    "id": each.id,
                    "pack": each.pack,
                    "by": each.by,
                    "at": iso(each.at),
                    "operations": each.edits,
                    "details": said_of(register, each),
                }
                for each in left
            ]
        )
        return
    for each in left:
        by = staff_named(each.by, register.get)
        output.say(f"{each.id}  left by {by}, {shown_moment(each.at)}")
        for sentence in said_of(register, each):
            output.say(f"    {sentence}")
    output.say("To take one in after all: --take ID" if left else "Nothing was left.")


def _named(register: Register, pack: str) -> StaffPack:
    from senreg.sync.packs import packs_made

    for each in packs_made(register):
        if each.id == pack:
            return each
    raise NoSuchRecord("There is no staff pack of that id.", do="See them with: senreg packs")


def _renew(args: argparse.Namespace) -> int:
    from senreg.cli.unlocking import first_line
    from senreg.cli.values import read_day
    from senreg.clock import today
    from senreg.models.days import shown_day
    from senreg.sync.packs import export_pack, plan_renewal, to_look_at

    if not args.until or not args.to:
        raise WrongUsage("A renewed pack needs a last day and a file.", do="Say --until and --to.")
    if args.to.suffix.lower() != PACK:
        raise WrongUsage("That is no name of a staff pack.", do=f"Use the ending {PACK}.")
    given = first_line(args.new_passphrase_file) if args.new_passphrase_file else None
    with writing(args) as register:
        until = read_day(register, "--until", args.until)
        plan = plan_renewal(register, _named(register, args.renew), until, today())
        summary = export_pack(register, plan, args.to, given)
        output.say(
            f"Written: {output.counted(len(plan.pupils), 'child', 'children')}, "
            f"{output.counted(summary.records, 'record')}; until {shown_day(until)}."
        )
        output.say(
            "Whoever has the pack merges it there."
            if given is None
            else "Whoever has the pack merges it there; the new passphrase opens it elsewhere."
        )
        found = to_look_at(register, plan)
        for sentence in found:
            output.say(sentence)
    return 1 if found else 0


def _withdraw(args: argparse.Namespace) -> int:
    from senreg.clock import today
    from senreg.sync.packs import withdraw

    with writing(args) as register:
        withdraw(register, _named(register, args.withdraw), today())
    output.say("Withdrawn: whatever comes back from it is shown and set aside.")
    return 0


def _reinstate(args: argparse.Namespace) -> int:
    from senreg.sync.asides import asides
    from senreg.sync.packs import reinstate

    with writing(args) as register:
        pack = _named(register, args.reinstate)
        reinstate(register, pack)
        left = any(each.pack == pack.id for each in asides(register))
    if not pack.withdrawn:
        output.say("It was not withdrawn.")
        return 0
    output.say("Reinstated: what comes back from it and is within it is merged again.")
    if left:
        output.say("What was left stays set aside until it comes once more: --aside shows it.")
    return 0


def _take(args: argparse.Namespace) -> int:
    from senreg.sync.asides import take_after_all

    with writing(args) as register:
        count = take_after_all(register, args.take)
    output.say(f"Taken in after all: {output.counted(count, 'edit')}.")
    return 0
