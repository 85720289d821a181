"""`sync`: copies that meet in a folder."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.merging import say_plan
from senreg.cli.opening import REGISTER_HELP, add_person, reading, writing
from senreg.cli.unlocking import add_passphrase
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.sync.folder import PassedBy
    from senreg.sync.merge import MergePlan


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "sync",
        help="meet other copies in a folder: a stick, a network share, a cloud-synced one",
        example="senreg sync school.senreg /media/stick/sen\nsenreg sync school.senreg --dry-run",
    )
    parser.add_argument("register", metavar="REGISTER", nargs="?", help=REGISTER_HELP)
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        help="it must be there; left out: the one this register was synced with last",
    )
    add_passphrase(parser)
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    parser.add_argument("--json", action="store_true", help="what was found, as one object")
    add_person(parser)
    parser.set_defaults(run=_sync)


def _sync(args: argparse.Namespace) -> int:
    from senreg.places import is_register
    from senreg.sync.folder import look_into, sync_folder, unsent

    if args.register and not args.folder and not is_register(Path(args.register)):
        args.register, args.folder = None, args.register
    if args.dry_run:
        with reading(args) as (register, seen):
            looked = look_into(register, _chosen(register, args))
            _tell(looked.plan, unsent(register, looked), looked.passed, args)
            return 1 if looked.plan.conflicts or looked.passed else seen.code
    with writing(args) as register:
        done = sync_folder(register, _chosen(register, args))
        _tell(done.plan, done.sent, done.passed, args)
        if done.lost:
            lost = output.counted(done.lost, "saved change")
            output.warn(f"The folder lacks {lost} that can no longer be read.")
    return 1 if done.plan.conflicts or done.passed or done.lost else 0


def _chosen(register: Register, args: argparse.Namespace) -> Path:
    """The folder that was named, or the one remembered. Raises WrongUsage for neither."""
    from senreg.sync.copies import remembered

    named = args.folder or remembered(register.copy_id).folder
    if not named:
        raise WrongUsage(
            "This register was synced with no folder yet.",
            do="Name one that every copy can reach: senreg sync REGISTER FOLDER",
        )
    return Path(named)


def _tell(plan: MergePlan, sent: int, passed: list[PassedBy], args: argparse.Namespace) -> None:
    if args.json:
        output.print_json(
            {
                "operations": plan.operations,
                "records": plan.records,
                "conflicts": plan.conflicts,
                "details": plan.details,
                "sent": sent,
                "passed": [{"file": each.name, "why": each.why} for each in passed],
            }
        )
        return
    say_plan(plan, dry_run=args.dry_run, nothing="Nothing new has come.")
    if sent:
        written = output.counted(sent, "edit")
        output.say(f"{'Would write' if args.dry_run else 'Wrote'} into the folder: {written}.")
    else:
        output.say("The folder has everything of this copy.")
    for each in passed:
        output.warn(f"Passed by: {each.name}. {each.why}")
