"""`join`: a copy made from a bundle or a staff pack."""

from __future__ import annotations

import argparse
from pathlib import Path

from senreg.cli import output
from senreg.cli.opening import remember
from senreg.cli.unlocking import add_passphrase, first_line, passphrase_for
from senreg.cli.verbs import Verbs


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "join",
        help="make a copy from a bundle, or open a staff pack",
        example="senreg join monday.senreg-bundle --at laptop.senreg\n"
        "senreg join 4b.senreg-pack --at 4b.senreg",
    )
    parser.add_argument("bundle", metavar="BUNDLE", type=Path)
    parser.add_argument(
        "--at", metavar="FOLDER", required=True, type=Path, help="the new copy's folder"
    )
    add_passphrase(parser)
    parser.add_argument(
        "--new-passphrase-file",
        metavar="F",
        type=Path,
        help="what is to open the copy; left out: what opens the bundle",
    )
    parser.set_defaults(run=_join)


def _join(args: argparse.Namespace) -> int:
    from senreg.sync.join import join

    with join(
        args.bundle,
        args.at,
        passphrase=passphrase_for(args.bundle, args),
        new_passphrase=first_line(args.new_passphrase_file) if args.new_passphrase_file else None,
    ) as register:
        pupils = output.counted(register.count("pupils"), "pupil")
        what = "copy" if register.pack is None else "staff pack"
        output.say(f"A {what} with {pupils} is at {register.path}.")
        remember(register.path)
    return 0
