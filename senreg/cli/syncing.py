"""`sync`: copies that meet in a folder."""

from __future__ import annotations

import argparse
from dataclasses import asdict
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
        example="senreg sync school.senreg /media/stick/sen\nsenreg sync school.senreg --dry-run\n"
        "senreg sync school.senreg --copies",
    )
    parser.add_argument("register", metavar="REGISTER", nargs="?", help=REGISTER_HELP)
    parser.add_argument(
        "folder",
        metavar="FOLDER",
        nargs="?",
        help="it must be there; left out: the one this register was synced with last",
    )
    add_passphrase(parser)
    looking = parser.add_mutually_exclusive_group()
    looking.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    looking.add_argument(
        "--copies",
        action="store_true",
        help="every other copy that was met, by bundle or folder: whose it is, when it was last "
        "seen, what waits; nothing is changed",
    )
    parser.add_argument("--json", action="store_true", help="what was found, as one object")
    add_person(parser)
    parser.set_defaults(run=_sync)


def _sync(args: argparse.Namespace) -> int:
    from senreg.places import is_register
    from senreg.sync.folder import look_into, sync_folder, unsent

    if args.register and not args.folder and not is_register(Path(args.register)):
        args.register, args.folder = None, args.register
    if args.copies:
        return _say_copies(args)
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


def _say_copies(args: argparse.Namespace) -> int:
    """Tell of the other copies; 1 where something waits or the folder cannot be looked into."""
    from senreg.clock import iso, shown
    from senreg.sync.standing import copies_met, what_waits

    if args.folder:
        raise WrongUsage("--copies tells of the folder that is remembered.", do="Name no other.")
    with reading(args) as (register, seen):
        waiting = what_waits(register, edits=True)
        found = copies_met(register, waiting.edits or {})
        if args.json:
            said = [asdict(each) | {"at": iso(each.at) if each.at else None} for each in found]
            output.print_json(said)
        elif found:
            rows = [
                (each.whose, each.machine, shown(each.at) if each.at else "not yet",
                 str(each.waits), each.id)
                for each in found
            ]  # fmt: skip
            headings = ("Whose", "Computer", "Last seen", "Edits waiting", "Copy")
            output.say("\n".join(output.table(headings, rows)))
        else:
            output.say("No other copy was met yet, by a bundle or in a folder.")
        if waiting.away:
            output.warn(waiting.away)
        return 1 if waiting.count or waiting.away else seen.code


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
