"""`new`, `check` and `locate`."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from senreg.cli import output
from senreg.cli.opening import add_register, reading, remember
from senreg.cli.unlocking import add_passphrase, key_told, new_seal, passphrase_given
from senreg.cli.verbs import Verbs
from senreg.errors import WrongUsage

if TYPE_CHECKING:
    from senreg.rules.findings import Finding
    from senreg.vault import Seal

LOOK_AT = ("error", "warning")
"""Severities of findings that make `check` end with 1; the others are told and no more."""


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    _add_new(verbs)
    parser = verbs.add_parser(
        "check",
        help="whether the file is whole, and what its data should make you look at",
        example="senreg check school.senreg",
    )
    add_register(parser)
    parser.add_argument("--json", action="store_true", help="integrity and findings as one object")
    parser.set_defaults(run=_check)
    parser = verbs.add_parser(
        "locate",
        help="where the register last opened and the settings of this machine are",
        example="senreg locate",
    )
    parser.add_argument("--json", action="store_true", help="the places as one object")
    parser.set_defaults(run=_locate)


def _add_new(verbs: Verbs) -> None:
    parser = verbs.add_parser(
        "new",
        help="an empty register for a school, encrypted",
        example='senreg new school.senreg --school "Holly Bank Junior School"',
    )
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the register's new folder")
    parser.add_argument("--school", metavar="NAME", required=True, help="the school's name")
    parser.add_argument(
        "--plain",
        action="store_true",
        help="not encrypted: whoever can open the folder can read it",
    )
    add_passphrase(parser)
    parser.set_defaults(run=_new)


def _new(args: argparse.Namespace) -> int:
    from senreg.models.text import clean_line

    if not clean_line(args.school):
        raise WrongUsage("The school has no name.", do='Such as: --school "Holly Bank Juniors"')
    from senreg.register import login_name
    from senreg.store.creating import prepare, refuse_taken, whole_or_gone
    from senreg.store.files import Files

    given = None if args.plain else passphrase_given(args)
    if args.plain and args.passphrase_file:
        raise WrongUsage("--plain and --passphrase-file cannot go together.")
    refuse_taken(args.folder)
    with whole_or_gone(args.folder):
        # What the disk refuses is known before a recovery key is told.
        prepare(Files(), args.folder)
        hints = [args.school, args.folder.stem, login_name()]
        seal = None if args.plain else new_seal(hints, given)
        with key_told() if seal is not None else nullcontext():
            path = _made(args.folder, args.school, seal)
    remember(path)
    output.say(f"The register is at {path}.")
    if args.plain:
        output.say("It is not encrypted: whoever can open this folder can read it.")
    output.say("Bring in the pupils next: senreg import FILE, or open it: senreg")
    return 0


def _made(folder: Path, school: str, seal: Seal | None) -> Path:
    from senreg.exchange.starter import add_starter_bank
    from senreg.register import Register

    with Register.create(folder, school, seal=seal) as register:
        add_starter_bank(register)
        return register.path


def _check(args: argparse.Namespace) -> int:
    from senreg.clock import today
    from senreg.rules.findings import findings
    from senreg.rules.remedies import to_review

    with reading(args) as (register, seen):
        found = findings(register, today())
        lost = register.lost_changes
        if lost:
            seen.point_out(_lost(lost))
        if register.unclean:
            seen.point_out(_unclean(register.unclean))
        integrity = " ".join([*register.warnings, *([_lost(lost)] if lost else [])]) or "ok"
        if args.json:
            document = {"integrity": integrity, "findings": [_as_json(each) for each in found]}
            output.print_json(document)
        else:
            output.say("\n".join(_drawn(integrity, found, to_review(register, today()))))
        worth_a_look = any(each.severity in LOOK_AT for each in found)
        return 1 if worth_a_look else seen.code


def _unclean(names: list[str]) -> str:
    return (
        "Damaged files that were put aside may hold a child who was erased: delete "
        f"{', '.join(names)} in the register's folder once they are not needed."
    )


def _lost(changes: int) -> str:
    return (
        f"{output.counted(changes, 'saved change')} can no longer be read in the journal: the "
        "records are whole, their history and the bundles made from it are not."
    )


def _as_json(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "severity": finding.severity,
        "table": finding.table,
        "record": finding.record,
        "message": finding.message,
    }


def _drawn(integrity: str, found: list[Finding], remedied: list[Finding]) -> list[str]:
    """What was found, a line each; `remedied` are those with ways out, in the order of theirs."""
    numbers = {each: f"  remedy {number}" for number, each in enumerate(remedied, 1)}
    told = [f"The file: {integrity}"]
    for each in found:
        line = f"{each.severity}: {each.message}  [{each.record}]"
        told.append(line + numbers.get(each, ""))
    told.append(output.counted(len(found), "finding"))
    if remedied:
        told.append("What two copies brought about has ways out: senreg remedy NUMBER")
    return told


def _locate(args: argparse.Namespace) -> int:
    from senreg.cli.opening import remembered_register
    from senreg.paths import settings_folder, state_folder

    register = remembered_register()
    places = {
        "register": str(register) if register else None,
        "settings": str(settings_folder()),
        "state": str(state_folder()),
    }
    if args.json:
        output.print_json(places)
        return 0
    output.say(f"Register  {places['register'] or 'none was opened here yet'}")
    output.say(f"Settings  {places['settings']}")
    output.say(f"State     {places['state']}")
    return 0
