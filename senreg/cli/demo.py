"""`demo`: an invented school to look round in."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from senreg.cli import output
from senreg.cli.opening import remember
from senreg.cli.verbs import Verbs


def add_verbs(verbs: Verbs) -> None:
    """Add the verb of this family."""
    parser = verbs.add_parser(
        "demo",
        help="look round in an invented school; nobody in it is real",
        example="senreg demo\nsenreg demo --at practice.senreg --pupils 2000 --no-open",
        description=(
            "An invented junior school to look round in; nobody in it is real. Without --at it is\n"
            "kept on this machine, and the same figures open it again with what was tried in it.\n"
            "It is never encrypted and asks for no passphrase."
        ),
    )
    parser.add_argument(
        "--at", metavar="FOLDER", type=Path, help="make it here: a new or an empty folder"
    )
    parser.add_argument(
        "--pupils", metavar="N", type=int, default=240, help="how many children; otherwise 240"
    )
    parser.add_argument(
        "--seed", metavar="S", type=int, default=1, help="the same seed makes the same school"
    )
    parser.add_argument(
        "--era",
        metavar="2011",
        type=int,
        help="2011: School Action, Action Plus and statements; levels; it is July 2011 in it",
    )
    parser.add_argument("--no-open", action="store_true", help="make it, and only say where it is")
    parser.set_defaults(run=_demo)


def _demo(args: argparse.Namespace) -> int:
    place = _made(args)
    output.say(str(place))
    if args.no_open or not (sys.stdin.isatty() and sys.stdout.isatty()):
        remember(place)
        return 0
    from senreg.cli.interface import open_interface

    return open_interface(place)


def _made(args: argparse.Namespace) -> Path:
    figures = {"pupils": args.pupils, "seed": args.seed, "era": args.era}
    if args.at is None:
        from senreg.demo.kept import kept_school

        return kept_school(**figures)
    from senreg.demo.build import build

    with build(args.at, **figures) as register:
        return register.path
