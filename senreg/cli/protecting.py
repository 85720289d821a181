"""`passphrase` and `rekey`."""

from __future__ import annotations

import argparse
from pathlib import Path

from senreg.cli import output
from senreg.cli.opening import add_register, add_take_over, writing
from senreg.cli.unlocking import (
    first_line,
    key_told,
    new_passphrase,
    new_seal,
    told_what_opens,
)
from senreg.cli.verbs import Verbs
from senreg.errors import SenregError


def add_verbs(verbs: Verbs) -> None:
    """Add the verbs of this family."""
    parser = verbs.add_parser(
        "passphrase",
        help="another passphrase for a register, or encryption for a plain one",
        example="senreg passphrase school.senreg",
        description=(
            "Gives an encrypted register another passphrase, or encrypts a plain one where it is.\n"
            "The recovery key is taken in place of the passphrase, for the day it is forgotten."
        ),
    )
    _add_words(parser)
    parser.set_defaults(run=_passphrase)
    parser = verbs.add_parser(
        "rekey",
        help="a new key for all of a register, after a lost laptop or when a colleague leaves",
        example="senreg rekey school.senreg",
        description=(
            "Writes all of an encrypted register anew under a new key, with a new passphrase and\n"
            "a new recovery key. Whoever had the old ones cannot read what is written from now\n"
            "on. Other copies have to join anew from a bundle of this one."
        ),
    )
    _add_words(parser)
    parser.set_defaults(run=_rekey)


def _add_words(parser: argparse.ArgumentParser) -> None:
    add_register(parser)
    add_take_over(parser)
    parser.add_argument(
        "--new-passphrase-file",
        metavar="F",
        type=Path,
        help="the file whose first line is the new passphrase; left out: asked",
    )


def _passphrase(args: argparse.Namespace) -> int:
    from senreg.register import login_name

    given = first_line(args.new_passphrase_file) if args.new_passphrase_file else None
    with writing(args) as register:
        hints = [*register.guessed_names, login_name()]
        if register.sealed:
            chosen = new_passphrase(hints, given)
            with told_what_opens(register.path):
                register.change_passphrase(chosen)
            output.say("The passphrase is changed; the one until now opens it no longer.")
        else:
            seal = new_seal(hints, given)
            with key_told(), told_what_opens(register.path):
                register.protect(seal)
            output.say("The register is encrypted now, with its history.")
            output.say("Copies and bundles made before are as readable as they were: delete them.")
    return 0


def _rekey(args: argparse.Namespace) -> int:
    from senreg.register import login_name

    given = first_line(args.new_passphrase_file) if args.new_passphrase_file else None
    with writing(args) as register:
        if not register.sealed:
            raise SenregError(
                "This register is not encrypted, so there is no key to change.",
                do="Encrypt it: senreg passphrase",
            )
        seal = new_seal([*register.guessed_names, login_name()], given)
        with key_told(), told_what_opens(register.path):
            register.protect(seal)
        output.say("All of the register is written under a new key.")
        output.say("Every other copy has to join anew: senreg export, then senreg join there.")
    return 0
