"""`merge`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output, staff_packs
from senreg.cli.opening import add_person, chosen_register, reading, writing
from senreg.cli.unlocking import add_passphrase, passphrase_given
from senreg.cli.verbs import Verbs

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.sync.bundle import Bundle
    from senreg.sync.merge import MergePlan


def add_merge(verbs: Verbs) -> None:
    """Add the verb."""
    parser = verbs.add_parser(
        "merge",
        help="bring in what other copies did",
        example="senreg merge from-4b.senreg-bundle --into school.senreg --dry-run",
    )
    parser.add_argument("bundles", metavar="BUNDLE", nargs="+", type=Path)
    parser.add_argument(
        "--into", dest="register", metavar="REGISTER", help="the register that takes them in"
    )
    add_passphrase(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    parser.add_argument("--json", action="store_true", help="what was found, as one object")
    parser.add_argument(
        "--old-key",
        action="store_true",
        help="take in what a copy sealed under the key that this register gave up",
    )
    parser.add_argument(
        "--take-outside",
        action="store_true",
        help="take in what came back from a staff pack and is not within it",
    )
    add_person(parser)
    parser.set_defaults(run=_merge)


_FOR_UNLOCKING = ("senreg.vault", "cryptography.hazmat.primitives.kdf.argon2")
"""What the passphrase waits for: loaded first, so that nothing else is loaded beside it."""

_FOR_MERGING = (
    *_FOR_UNLOCKING,
    "senreg.store.preparing",
    "senreg.register",
    "senreg.sync.merge",
    "senreg.sync.sealed_bundle",
    "senreg.sync.packs",
    "senreg.sync.taking_in",
    "senreg.sync.asides",
    "senreg.store.rekeying",
    "senreg.sitting",
    "senreg.cli.references",
)


def _merge(args: argparse.Namespace) -> int:
    if args.dry_run:
        with reading(args) as (register, seen):
            plan = _planned(register, _read(register, args), args)
            _tell_merge(plan, args)
            return 1 if plan.to_look_at else seen.code
    from senreg.cli.ahead import BackupAhead, loading_ahead

    copying = BackupAhead(chosen_register(args.register), _FOR_UNLOCKING)
    with loading_ahead(_FOR_MERGING), copying, writing(args) as register:
        from senreg.sync.asides import set_aside
        from senreg.sync.copies import of_bundle
        from senreg.sync.taking_in import take_in

        register.prepare("merge", copying.begun())
        bundles = _read(register, args)
        plan = _planned(register, bundles, args)
        new = take_in(register, plan, map(of_bundle, bundles))
        set_aside(register, plan)
        _tell_merge(plan, args)
        if new and not args.json:
            output.say(f"It brought about {output.counted(new, 'finding')}: senreg check")
    return 1 if plan.to_look_at else 0


def _read(register: Register, args: argparse.Namespace) -> list[Bundle]:
    from senreg.sync.bundle import read_bundle
    from senreg.sync.packs import pack_keys
    from senreg.sync.returns import refuse_whole_in_pack

    given = passphrase_given(args)
    for path in args.bundles:
        refuse_whole_in_pack(register, path)
    keys, packs = register.store.keys, pack_keys(register)
    return [read_bundle(path, keys, given, packs=packs) for path in args.bundles]


def _planned(register: Register, bundles: list[Bundle], args: argparse.Namespace) -> MergePlan:
    from senreg.sync.merge import plan_merge, together

    return plan_merge(
        register,
        together(register, bundles),
        old_key=args.old_key,
        take_outside=args.take_outside,
    )


def _tell_merge(plan: MergePlan, args: argparse.Namespace) -> None:
    if args.json:
        output.print_json(
            {
                "operations": plan.operations,
                "records": plan.records,
                "conflicts": plan.conflicts,
                "details": [*plan.details, *plan.outside_details],
            }
        )
        return
    nothing = f"There is nothing {'else ' if plan.outside else ''}new in it."
    say_plan(plan, dry_run=args.dry_run, nothing=nothing)


def say_plan(plan: MergePlan, *, dry_run: bool, nothing: str) -> None:
    """What a merge brings, or would, in words: by person, by pupil, each conflict, the sum."""
    for sentence in plan.details:
        output.say(sentence)
    staff_packs.tell_outside(plan, dry_run=dry_run)
    if not plan.operations:
        output.say(nothing)
        return
    output.say(
        f"{'Would bring in' if dry_run else 'Brought in'}: "
        f"{output.counted(plan.operations, 'edit')} of "
        f"{output.counted(plan.records, 'record')}, "
        f"{output.counted(plan.conflicts, 'conflict')}."
    )
    if plan.conflicts and not dry_run:
        output.say("See them with: senreg conflicts")
