"""`backup` and `restore`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from senreg.cli import output
from senreg.cli.opening import (
    add_person,
    add_register,
    chosen_register,
    handing_out,
    reading,
    remember,
    seated,
)
from senreg.cli.unlocking import add_passphrase
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.register import Register
    from senreg.restoring import Backup, MendPlan, RestorePlan
    from senreg.store.keys import KeyFile
    from senreg.store.mending import Found
    from senreg.vault import OpenKeys


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "backup",
        help="make a backup and read it back, or list those there are",
        example="senreg backup school.senreg\n"
        "senreg backup school.senreg --to /media/stick/school.senreg-backup\n"
        "senreg backup school.senreg --list",
    )
    add_register(parser)
    parser.add_argument(
        "--to", metavar="FILE", type=Path, help="this file, else one in the register's folder"
    )
    parser.add_argument("--list", action="store_true", help="make none: list those there are")
    parser.add_argument("--verify", action="store_true", help="with --list: read each back whole")
    parser.add_argument("--json", action="store_true", help="an array of backups, newest first")
    parser.set_defaults(run=_backup)
    parser = verbs.add_parser(
        "restore",
        help="go back to a backup, looked at first with --dry-run",
        example="senreg restore school.senreg-backup --into school.senreg --dry-run",
    )
    parser.add_argument(
        "backup", metavar="BACKUP", help="its file, or its name in the list of senreg backup"
    )
    parser.add_argument(
        "--into", dest="register", metavar="REGISTER", help="the register, whole, damaged or new"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would change, change nothing"
    )
    parser.add_argument("--json", action="store_true", help="what it came to, as one object")
    add_passphrase(parser)
    add_person(parser)
    parser.set_defaults(run=_restore)


def _backup(args: argparse.Namespace) -> int:
    if args.list and args.to:
        raise WrongUsage("--list and --to cannot go together.")
    if args.verify and not args.list:
        raise WrongUsage("--verify goes with --list: a new backup is always read back.")
    from senreg.export_log import back_up_to

    with (handing_out if args.to else reading)(args) as (register, seen):
        if not args.list:
            made = back_up_to(register, args.to) if args.to else register.backups.back_up()
            if not args.json:
                output.say(f"Made and read back whole: {made.path}, {_kb(made.size)}.")
                return seen.code
            output.print_json([_as_json(made)])
            return seen.code
        found = register.backups.all()
        if args.verify:
            found = [_verified(register, each, seen.point_out) for each in found]
        if args.json:
            output.print_json([_as_json(each) for each in found])
        else:
            output.say("\n".join(_drawn(found)) if found else "There are no backups yet.")
        return seen.code


def _verified(register: Register, backup: Backup, point_out: Any) -> Backup:
    from senreg.errors import SenregError

    try:
        return register.backups.verify(backup)
    except SenregError as refused:
        point_out(f"{backup.path.name}: {refused.happened}")
        return backup


def _as_json(backup: Backup) -> dict[str, Any]:
    from senreg.clock import iso

    return {
        "file": str(backup.path),
        "made": iso(backup.made_at),
        "size": backup.size,
        "reason": backup.reason or None,
        "verified": iso(backup.verified_at) if backup.verified_at else None,
    }


def _drawn(found: list[Backup]) -> list[str]:
    from senreg.clock import shown
    from senreg.restoring import reason_words

    rows = [
        [
            shown(each.made_at),
            reason_words(each),
            _kb(each.size),
            f"read back {shown(each.verified_at)}" if each.verified_at else "never read back",
            each.path.name,
        ]
        for each in found
    ]
    return output.table(["Made", "Why", "Size", "Verified", "File"], rows)


def _kb(size: int) -> str:
    return f"{max(1, round(size / 1000)):,} kB"


def _restore(args: argparse.Namespace) -> int:
    from senreg.restoring import state_of

    folder = chosen_register(args.register)
    backup = _file(args.backup, folder)
    unlock = _Unlocking(args)
    found = state_of(folder, unlock)
    if found.state != "sound":
        return _mend(args, backup, folder, found, unlock)
    return _go_back(args, backup, folder, found)


class _Unlocking:
    """Opens key files by what was given, or by what a person types, which is asked for once."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self._typed: str | None = None

    def __call__(self, file: KeyFile) -> OpenKeys:
        from senreg.cli.unlocking import ask_or_given

        if self._typed is None:
            self._typed = ask_or_given(self._args)
        return file.open_by(self._typed)


def _go_back(args: argparse.Namespace, backup: Path, folder: Path, found: Found) -> int:
    from senreg.register import Register
    from senreg.restoring import apply_restore, plan_restore

    if args.dry_run:
        with Register.open(folder, unlock=found.keys, read_only=True) as register:
            _tell(plan_restore(register, backup), args)
            return 0
    with seated(folder, found.keys, args) as register:
        plan = plan_restore(register, backup)
        apply_restore(register, plan)
        _tell(plan, args)
    return 0


def _file(named: str, folder: Path) -> Path:
    """The backup meant: a file, or one of those in the register's folder by its name."""
    from senreg.store.verified import BACKUPS

    path = Path(named)
    within = folder / BACKUPS / named
    return within if not path.exists() and path.name == named and within.exists() else path


def _mend(
    args: argparse.Namespace, backup: Path, folder: Path, found: Found, unlock: _Unlocking
) -> int:
    from senreg.register import login_name
    from senreg.restoring import apply_mend, plan_mend

    plan = plan_mend(backup, folder, found, unlock=unlock)
    told = plan.details
    if not args.dry_run:
        told = apply_mend(plan, by=args.person or login_name(), unlock=unlock)
        remember(folder)
    if args.json:
        output.print_json(_said(plan, found.state, told))
    else:
        output.say("\n".join([_of(plan), *told]))
    return 0


def _tell(plan: RestorePlan, args: argparse.Namespace) -> None:
    if args.json:
        counts = {"back": plan.back, "away": plan.away, "changed": plan.changed}
        output.print_json(_said(plan, "sound", plan.details) | counts)
        return
    output.say(_of(plan))
    for sentence in plan.details:
        output.say(sentence)
    if not plan.records:
        output.say("Nothing has changed since.")
    elif args.dry_run:
        output.say(f"Would change {output.counted(plan.records, 'record')}.")
    else:
        changed = output.counted(plan.records, "record")
        output.say(f"Changed {changed}. To take that back: senreg undo")


def _of(plan: RestorePlan | MendPlan) -> str:
    from senreg.restoring import made_words

    return made_words(plan.made_at, plan.reason)


def _said(plan: RestorePlan | MendPlan, state: str, details: list[str]) -> dict[str, Any]:
    from senreg.clock import iso

    return {"made": iso(plan.made_at), "register": state, "details": details}
